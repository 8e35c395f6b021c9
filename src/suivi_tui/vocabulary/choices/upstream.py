"""Before the contract: how hours are sized, what is advised, who is called (domain.md 2, 3)."""

from suivi_tui.vocabulary.choices.choice import Choice


class CalibrationMethod(Choice):
    """Ways of sizing the hours of a contract or lot (domain.md 3.1, 3.4, 3.5)."""

    AMOUNT = "montant", "Montant, part de main-d'œuvre, taux et coût horaire"
    LABOUR_HOURS = "heures", "Part des heures de travail connues"
    PER_AMOUNT = "par_montant", "Heures par tranche de montant facturé"
    AFTER_TRANSFER = "hors_reprise", "Part des heures hors personnel repris"
    MINIMUM = "minimum", "Volume minimal par personne"
    ANRU_WORKS = "anru_travaux", "ANRU, travaux et ingénierie"
    ANRU_NEIGHBOURHOOD = "anru_gup", "ANRU, gestion urbaine de proximité"
    TRAINING = "formation", "Clause de formation, durée selon le montant"


class HoursRounding(Choice):
    """How exact hours become those of the clause; kept with each result (domain.md 3.1)."""

    NONE = "aucun", "Sans arrondi"
    UNIT = "unite", "À l'heure inférieure"
    TEN = "dizaine", "À la dizaine inférieure"
    WEEK = "semaine", "À la semaine de 35 h inférieure"

    @property
    def step(self) -> int | None:
        """Whole hours of a step; None when nothing is rounded."""
        return {"unite": 1, "dizaine": 10, "semaine": 35}.get(str(self.value))


class FeasibilityVerdict(Choice):
    """Whether the hours of a calibration can be worked on the site as it is planned."""

    FEASIBLE = "faisable", "Faisable"
    TIGHT = "tendu", "Tendu"
    NOT_FEASIBLE = "non_faisable", "Non faisable"
    UNKNOWN = "inconnu", "À compléter"


class Recommendation(Choice):
    """What is advised for a planned purchase (domain.md 2.1)."""

    CONDITION = "condition", "Condition d'exécution"
    CRITERION = "critere", "Critère d'attribution"
    CONDITION_CRITERION = "condition_critere", "Condition et critère"
    RESERVED_INSERTION = "reserve_insertion", "Réserver à l'insertion"
    RESERVED_DISABILITY = "reserve_handicap", "Réserver au handicap"
    INSERTION_CONTRACT = "marche_insertion", "Marché d'insertion"
    TRAINING = "formation", "Clause de formation"
    SOCIAL_CONDITION = "condition_sociale", "Autre condition sociale ou motif écrit"
    NOTHING = "rien", "Pas de clause"


class DirectoryKind(Choice):
    """Who stands in the directory."""

    FACILITATOR = "facilitateur", "Facilitateur", "facilitatrice", "chargé de mission clauses"
    REFERENT = "referent", "Référent", "référente", "référent clauses", "référent achats"
    PRESCRIBER = "prescripteur", "Prescripteur", "conseiller emploi"
    OTHER = "autre", "Autre contact"
