"""What is written down, how grave it is, what made a change (domain.md 2, 4, 5, 7)."""

from suivi_tui.vocabulary.choices.choice import Choice


class FollowUpKind(Choice):
    """Exchanges and acts that a facilitator writes down."""

    CALL = "appel", "Appel"
    MAIL = "courriel", "Courriel"
    VISIT = "visite", "Visite de chantier"
    MEETING = "reunion", "Réunion"
    PROMISE = "promesse", "Promesse"
    REMINDER = "relance", "Relance"
    FORMAL_NOTICE = "mise_en_demeure", "Mise en demeure"
    CERTIFICATE = "attestation", "Attestation"
    PENALTY = "penalite", "Proposition de pénalité"
    WAIVER = "dispense", "Dossier de remise"
    OUTCOME = "suivi_parcours", "Point de parcours"
    REFUSAL = "refus_clause", "Clause non retenue, motif"
    OTHER = "autre", "Autre échange"


class Gravity(Choice):
    """How much an alert matters, the gravest first."""

    CRITICAL = "critique", "Critique"
    ALERT = "alerte", "Alerte"
    INFO = "info", "Information"

    @property
    def rank(self) -> int:
        """0 for the gravest, for sorting."""
        return list(Gravity).index(self)


class BatchKind(Choice):
    """What made a batch of changes."""

    ENTRY = "saisie", "Saisie"
    IMPORT = "import", "Import"
    UNDO = "annulation", "Annulation"
    MERGE = "fusion", "Fusion"
    EXPORT = "export", "Export"
