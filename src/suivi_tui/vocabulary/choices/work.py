"""Who employs, by which route and contract, what the hours were (domain.md 2, 4, 5, 7)."""

from suivi_tui.vocabulary.choices.choice import Choice


class CompanyKind(Choice):
    """Kinds of company or insertion structure (domain.md 1.1 and 5.3)."""

    ORDINARY = "entreprise", "Entreprise", "ordinaire", "titulaire", "direct"
    EI = "EI", "Entreprise d'insertion"
    ACI = "ACI", "Atelier et chantier d'insertion", "atelier chantier d'insertion"
    AI = "AI", "Association intermédiaire"
    ETTI = "ETTI", "Entreprise de travail temporaire d'insertion"
    EITI = "EITI", "Entreprise d'insertion par le travail indépendant"
    GEIQ = "GEIQ", "Groupement d'employeurs pour l'insertion et la qualification"
    EA = "EA", "Entreprise adaptée"
    EATT = "EATT", "Entreprise adaptée de travail temporaire"
    ESAT = "ESAT", "Établissement et service d'aide par le travail"
    ETT = "ETT", "Entreprise de travail temporaire", "agence d'intérim", "intérim"
    REGIE = "regie", "Régie de quartier", "régie", "régie de territoire", "RQ"
    PRISON = "SEP", "Structure d'emploi pénitentiaire"
    OTHER = "autre", "Autre structure"

    @property
    def short(self) -> str:
        """How the kind is written in a narrow column."""
        code = str(self.value)
        return {"entreprise": "Entreprise", "regie": "Régie", "autre": "Autre"}.get(code, code)


class Mode(Choice):
    """The routes by which hours are worked (domain.md 5.1)."""

    DIRECT = "direct", "Embauche directe", "embauche", "recrutement direct"
    STAFFING = "mise_a_disposition", "Mise à disposition", "mad", "intérim"
    SUBCONTRACT = "sous_traitance", "Sous-traitance ou cotraitance", "sous-traitance", "cotraitance"
    TRAINING = "formation", "Formation"


class EmploymentKind(Choice):
    """Kinds of work contract (domain.md 5.2)."""

    PERMANENT = "cdi", "CDI", "contrat à durée indéterminée"
    INSERTION_PERMANENT = "cdi_inclusion", "CDI inclusion", "cdi d'inclusion"
    FIXED_TERM = "cdd", "CDD", "contrat à durée déterminée"
    USAGE_FIXED_TERM = "cdd_usage", "CDD d'usage"
    INSERTION_FIXED_TERM = "cddi", "CDD d'insertion", "cdd-i", "cdd insertion"
    SPRINGBOARD = "cdd_tremplin", "CDD tremplin"
    APPRENTICESHIP = "apprentissage", "Contrat d'apprentissage", "apprenti"
    PROFESSIONAL_TRAINING = (
        "professionnalisation",
        "Contrat de professionnalisation",
        "contrat pro",
        "contrat de professionalisation",
        "alternance",
    )
    INSERTION_MISSION = (
        "mission_insertion",
        "Mission d'intérim d'insertion",
        "intérim d'insertion",
        "ctti",
        "mission etti",
    )
    MISSION = (
        "mission",
        "Mission d'intérim",
        "intérim",
        "ctt",
        "contrat de mission intérimaire",
        "intérim classique",
    )
    ASSISTED = "pec", "Parcours emploi compétences", "cui", "cui-cie", "contrat aidé"
    INTERNSHIP = "stage", "Stage"
    OTHER = "autre", "Autre contrat"


class HourKind(Choice):
    """What the hours were; ``number`` is the integer of the key of an hour line."""

    WORK = "travail", "Travail", "production"
    TRAINING = "formation", "Formation"
    OTHER = "autre", "Autre"

    @property
    def number(self) -> int:
        """The integer stored in the key of an hour line."""
        return list(HourKind).index(self) + 1

    @classmethod
    def numbered(cls, number: int) -> "HourKind":
        """The kind whose key integer is ``number``."""
        return list(cls)[number - 1]


class RefusalReason(Choice):
    """Why declared hours are not validated."""

    BEFORE_DECISION = (
        "avant_validation",
        "Personne embauchée avant validation",
        "avant validation",
    )
    NOT_ELIGIBLE = "hors_eligibilite", "Hors de la période d'éligibilité", "non éligible"
    OUTSIDE_CONTRACT = "hors_marche", "Hors du marché"
    NO_PROOF = "sans_justificatif", "Justificatif manquant", "pas de justificatif"
    DUPLICATE = "doublon", "Heures déjà comptées", "doublon"
    IMPLAUSIBLE = "invraisemblable", "Heures invraisemblables"
    OTHER = "autre", "Autre motif", "autre"


class StatementStatus(Choice):
    """What is known of the statement of a sender for a month."""

    RECEIVED = "recu", "Reçu"
    PARTIAL = "partiel", "Partiel"
    NO_ACTIVITY = "sans_activite", "Sans activité"
    CHECKED = "verifie", "Vérifié"
    LOCKED = "verrouille", "Verrouillé"
