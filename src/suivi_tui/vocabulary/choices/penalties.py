"""What a contract says of penalties (domain.md 6.2), and how days are counted."""

from suivi_tui.vocabulary.choices.choice import Choice


class PenaltyKind(Choice):
    """How a penalty is computed."""

    PER_HOUR = "par_heure", "Par heure manquante"
    PER_DAY = "par_jour", "Par jour de retard"
    FLAT = "forfait", "Montant forfaitaire"


class Breach(Choice):
    """What is sanctioned."""

    HOURS = "heures", "Heures d'insertion non réalisées"
    PROOFS = "justificatifs", "Justificatifs non transmis"
    STATEMENT = "releve", "Relevé d'heures non transmis"
    FINAL_REPORT = "bilan", "Bilan de fin de marché non transmis"
    MEETING = "reunion", "Absence à une réunion"
    OTHER = "autre_manquement", "Autre manquement"


class CountFrom(Choice):
    """After which day a penalty runs: the next day is the first one that counts."""

    NOTICE = "mise_en_demeure", "Le lendemain de la mise en demeure"
    NOTICE_DEADLINE = (
        "delai_mise_en_demeure",
        "Le lendemain du délai laissé par la mise en demeure",
    )
    DUE_DATE = "echeance", "Le lendemain de l'échéance, sans mise en demeure"

    @property
    def needs_notice(self) -> bool:
        """Whether nothing is due without a formal notice."""
        return self is not CountFrom.DUE_DATE


class DayCount(Choice):
    """Which days count. CCAG 2021, article 3.2: calendar days unless the contract says otherwise.

    ``WORKING`` is Monday to Friday, ``BUSINESS`` Monday to Saturday, both without public holidays.
    """

    CALENDAR = "calendaires", "Jours calendaires"
    WORKING = "ouvres", "Jours ouvrés (lundi à vendredi)"
    BUSINESS = "ouvrables", "Jours ouvrables (lundi à samedi)"


class PenaltyIndex(Choice):
    """Hourly amounts published elsewhere that a clause multiplies."""

    HOURLY_CEILING = "plafond_horaire", "Plafond horaire de la sécurité sociale", "phss"
    MINIMUM_WAGE = "smic_horaire", "SMIC horaire", "smic"
    STAFFING_PRICE = "tarif_etti", "Tarif horaire d'une ETTI"
    OTHER = "autre_indice", "Autre indice horaire"


class CapBasis(Choice):
    """What a cap is computed on."""

    CONTRACT_AMOUNT = "montant_marche", "Pourcentage du montant du marché"
    YEARLY_AMOUNT = "montant_annuel", "Pourcentage du montant annuel"
    ABSOLUTE = "montant_fixe", "Montant maximal"
