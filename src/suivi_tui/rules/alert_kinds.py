"""What an alert is, and the one catalogue of its kinds."""

from datetime import date
from typing import NamedTuple

from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.months import Month


class AlertKind(NamedTuple):
    """A kind of alert: its code, its title, how grave it is by default, what to do next."""

    code: str
    title: str
    gravity: Gravity
    action: str


class Alert(NamedTuple):
    """One thing that needs an eye. Ids are None where the alert does not concern them."""

    code: str
    gravity: Gravity
    contract: int | None
    lot: int | None
    obligation: int | None
    company: int | None
    participant: int | None
    month: Month | None
    message: str
    action: str


LATE = AlertKind(
    "retard",
    "Retard sur les heures attendues",
    Gravity.ALERT,
    "Appeler l'entreprise et convenir d'un plan de rattrapage",
)
STATEMENT_MISSING = AlertKind(
    "releve_manquant",
    "Relevé manquant",
    Gravity.ALERT,
    "Relancer l'entreprise, ou noter le mois sans activité",
)
ELIGIBILITY_END = AlertKind(
    "eligibilite_fin",
    "Fin d'éligibilité proche",
    Gravity.ALERT,
    "Valider à nouveau l'éligibilité, ou préparer la suite du parcours",
)
HOURS_NOT_ELIGIBLE = AlertKind(
    "heures_hors_eligibilite",
    "Heures hors de la période d'éligibilité",
    Gravity.ALERT,
    "Vérifier la décision et les dates, puis valider ou refuser ces heures",
)
HOURS_OUTSIDE = AlertKind(
    "heures_hors_marche",
    "Heures hors du marché",
    Gravity.ALERT,
    "Vérifier le mois et les dates du marché, puis valider ou refuser ces heures",
)
HOURS_IMPLAUSIBLE = AlertKind(
    "heures_invraisemblables",
    "Heures invraisemblables",
    Gravity.ALERT,
    "Demander le bulletin de paie ou la facture, puis corriger ou refuser",
)
END_NEAR = AlertKind(
    "fin_proche",
    "Fin proche avec des heures à réaliser",
    Gravity.ALERT,
    "Faire le point avec l'entreprise et l'acheteur avant la fin",
)
NO_PARTICIPANT = AlertKind(
    "sans_participant",
    "Démarré sans participant",
    Gravity.ALERT,
    "Appeler le référent de l'entreprise et proposer des candidats",
)
OBJECTIVE_UNKNOWN = AlertKind(
    "objectif_a_saisir",
    "Objectif d'heures à saisir",
    Gravity.INFO,
    "Saisir les heures à réaliser",
)
START_UNKNOWN = AlertKind(
    "demarrage_a_saisir",
    "Date de démarrage à saisir",
    Gravity.INFO,
    "Saisir la date de démarrage de l'obligation",
)
PROOF_MISSING = AlertKind(
    "justificatif_manquant",
    "Justificatif d'éligibilité manquant",
    Gravity.ALERT,
    "Demander le justificatif au prescripteur ou à l'employeur",
)

CATALOGUE: tuple[AlertKind, ...] = (
    LATE,
    END_NEAR,
    HOURS_IMPLAUSIBLE,
    HOURS_NOT_ELIGIBLE,
    HOURS_OUTSIDE,
    STATEMENT_MISSING,
    ELIGIBILITY_END,
    NO_PARTICIPANT,
    PROOF_MISSING,
    OBJECTIVE_UNKNOWN,
    START_UNKNOWN,
)
"""Every kind of alert, in the order in which they are listed at equal gravity."""


def days_until(day: date, today: date) -> int:
    """Days left before a day; negative once it has passed."""
    return (day - today).days
