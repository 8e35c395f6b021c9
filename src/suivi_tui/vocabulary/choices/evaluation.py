"""What is said of a contract when it is evaluated."""

from suivi_tui.vocabulary.choices.choice import Choice


class ReviewAuthor(Choice):
    """Whose words a review holds."""

    COMPANY = "entreprise", "L'entreprise"
    TUTOR = "tuteur", "Le tuteur"
    PARTICIPANT = "participant", "La personne en insertion"
    BUYER = "acheteur", "L'acheteur"
    FACILITATOR = "facilitateur", "Le facilitateur"


class OutcomeOrigin(Choice):
    """The day from which the 3, 6 and 12 months of a path are counted (domain.md 7.2)."""

    EXIT = "sortie", "À partir de la sortie"
    ENTRY = "entree", "À partir de l'entrée"


class ObligationVerdict(Choice):
    """What an evaluation says of an obligation at the end of a period."""

    KEPT = "tenue", "Tenue"
    PARTLY = "en_partie", "Tenue en partie"
    NOT_KEPT = "non_tenue", "Non tenue"
    EXCUSED = "neutralisee", "Neutralisée ou remise"
    UNKNOWN = "indeterminee", "Objectif à saisir"
    GOING_ON = "en_cours", "En cours"

    @property
    def judged(self) -> bool:
        """Whether it is over and its objective known."""
        return self not in (ObligationVerdict.UNKNOWN, ObligationVerdict.GOING_ON)


class VerdictReason(Choice):
    """Why an obligation was kept or not, as the base tells it."""

    DONE = "realisee", "Heures réalisées"
    NEUTRALISED = "neutralisee", "Neutralisée avec l'acheteur"
    NOTHING_OWED = "rien_du", "Plus rien n'était dû (heures transférées ou retirées)"
    WAIVED = "remise", "Remise accordée par l'acheteur"
    HOLDER = "titulaire", "Défaillance ou changement du titulaire"
    PENALTY = "penalite", "Pénalité appliquée"
    REDUCED = "penalite_reduite", "Pénalité réduite"
    ABANDONED = "sans_suite", "Pénalité proposée, sans suite"
    PROPOSED = "penalite_proposee", "Pénalité proposée, décision attendue"
    EFFORTS = "moyens", "Moyens mis en œuvre, documentés"
    NOTICE = "mise_en_demeure", "Mise en demeure"
    PENDING = "a_valider", "Des heures restent à valider"
    REFUSED = "refusees", "Des heures ont été refusées"
    STOPPED = "arret", "Chantier arrêté"
    EARLY = "close_tot", "Close avant sa fin"
    UNSAID = "sans_motif", "Motif à renseigner"
