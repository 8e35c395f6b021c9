"""What an alert is, and the one catalogue of its kinds."""

from datetime import date
from typing import NamedTuple

from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.months import Month

_GRAVITY_STEP = 10**12


class AlertKind(NamedTuple):
    """A kind of alert: its code, its title, how grave it is by default, what to do next."""

    code: str
    title: str
    gravity: Gravity
    action: str


class Alert(NamedTuple):
    """One thing that needs an eye. Ids are None where the alert does not concern them.

    ``sender`` is the company whose statement is missing, ``silent`` the months that it should
    declare; ``company`` always owes the hours. ``about`` says what the alert is about, the same
    day after day, so that what was said of it can be found again. ``measure`` is how bad its cause
    is, in whole steps of its kind: an alert that was acknowledged comes back when it grows. Time
    that passes is no step by itself. ``level`` 2 is a missing statement that a reminder did not
    bring, or that is very late; ``due`` is the day by which something has to happen. ``concerns``
    are the records that it counts, (entity, id).
    """

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
    sender: int | None = None
    silent: tuple[Month, ...] = ()
    about: str = ""
    measure: int = 0
    level: int | None = None
    due: date | None = None
    concerns: tuple[tuple[str, int], ...] = ()

    @property
    def severity(self) -> int:
        """Gravity, then measure: the greater, the worse."""
        worst = len(Gravity) - self.gravity.rank
        return worst * _GRAVITY_STEP + min(max(self.measure, 0), _GRAVITY_STEP - 1)


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

CATCH_UP = AlertKind(
    "rattrapage",
    "Date limite de rattrapage",
    Gravity.ALERT,
    "Convenir maintenant des embauches avec l'entreprise, ou d'un aménagement avec l'acheteur",
)
TARGET_MISSED = AlertKind(
    "cible_manquee",
    "Cible non atteinte",
    Gravity.ALERT,
    "Orienter les prochaines embauches vers ce public, ou compléter les fiches",
)
HOURS_TWICE = AlertKind(
    "heures_en_double",
    "Mêmes heures déclarées deux fois",
    Gravity.ALERT,
    "Demander le bulletin ou la facture, puis garder une seule des deux lignes",
)
OBJECTIVE_TO_REVIEW = AlertKind(
    "objectif_a_revoir",
    "Objectif à revoir",
    Gravity.ALERT,
    "Revoir les heures à réaliser, ou noter qu'elles ne changent pas",
)
REPORT_DUE = AlertKind(
    "bilan_a_etablir",
    "Bilan ou attestation à établir",
    Gravity.ALERT,
    "Établir l'attestation ou le bilan, puis clore l'obligation",
)
NOTICE_EXPIRED = AlertKind(
    "mise_en_demeure_echue",
    "Mise en demeure échue",
    Gravity.CRITICAL,
    "Noter la réponse du titulaire, ou proposer la suite à l'acheteur",
)
ANSWER_DUE = AlertKind(
    "reponse_acheteur",
    "Réponse attendue par l'acheteur",
    Gravity.ALERT,
    "Répondre à l'acheteur, puis mettre à jour l'étape ou l'échéance",
)
CLAUSE_REQUIRED = AlertKind(
    "seuil_europeen",
    "Au-dessus du seuil européen sans clause",
    Gravity.ALERT,
    "Proposer une clause à l'acheteur, ou noter le motif écrit",
)
TEXT_DIFFERS = AlertKind(
    "texte_different",
    "Texte de la clause différent de la base",
    Gravity.ALERT,
    "Refaire le texte et l'envoyer, ou corriger la base",
)
OUTCOME_DUE = AlertKind(
    "suite_a_demander",
    "Situations à demander",
    Gravity.ALERT,
    "Demander les situations aux structures et aux prescripteurs",
)
SAME_PERSON = AlertKind(
    "doublon_personne",
    "Personne peut-être en double",
    Gravity.ALERT,
    "Comparer les deux fiches et n'en garder qu'une",
)
SAME_COMPANY = AlertKind(
    "doublon_entreprise",
    "Entreprise en double",
    Gravity.INFO,
    "Comparer les fiches et n'en garder qu'une",
)
NO_CONTACT = AlertKind(
    "sans_contact",
    "Personne à joindre inconnue",
    Gravity.INFO,
    "Saisir un contact avec un téléphone ou un courriel",
)
NO_FACILITATOR = AlertKind(
    "sans_facilitateur",
    "Sans facilitateur",
    Gravity.INFO,
    "Dire qui suit ce marché",
)
SUMMARY_INCOMPLETE = AlertKind(
    "synthese_incomplete",
    "Synthèse annuelle à compléter",
    Gravity.ALERT,
    "Compléter les fiches des participants avant la synthèse",
)
BACKUP_OLD = AlertKind(
    "sauvegarde_ancienne",
    "Sauvegarde trop ancienne",
    Gravity.ALERT,
    "Faire une sauvegarde",
)
RETENTION_REACHED = AlertKind(
    "conservation",
    "Durée de conservation atteinte",
    Gravity.INFO,
    "Prévoir l'anonymisation de ces fiches, ou noter un nouveau contact",
)
ONE_PERSON = AlertKind(
    "concentration_personne",
    "Heures portées par une personne",
    Gravity.INFO,
    "Chercher d'autres candidats pour les prochains besoins",
)
ONE_STRUCTURE = AlertKind(
    "concentration_structure",
    "Heures portées par un employeur",
    Gravity.INFO,
    "Proposer d'autres structures aux entreprises",
)
ONE_SEX = AlertKind(
    "concentration_sexe",
    "Heures portées par un seul sexe",
    Gravity.INFO,
    "En parler avec les prescripteurs et les entreprises",
)
SHORT_MISSIONS = AlertKind(
    "missions_courtes",
    "Missions très courtes",
    Gravity.INFO,
    "Demander aux employeurs des missions plus longues",
)

CATALOGUE: tuple[AlertKind, ...] = (
    NOTICE_EXPIRED,
    LATE,
    CATCH_UP,
    END_NEAR,
    ANSWER_DUE,
    CLAUSE_REQUIRED,
    TEXT_DIFFERS,
    OBJECTIVE_TO_REVIEW,
    TARGET_MISSED,
    HOURS_IMPLAUSIBLE,
    HOURS_TWICE,
    HOURS_NOT_ELIGIBLE,
    HOURS_OUTSIDE,
    STATEMENT_MISSING,
    ELIGIBILITY_END,
    NO_PARTICIPANT,
    REPORT_DUE,
    PROOF_MISSING,
    SAME_PERSON,
    OUTCOME_DUE,
    SUMMARY_INCOMPLETE,
    BACKUP_OLD,
    OBJECTIVE_UNKNOWN,
    START_UNKNOWN,
    NO_FACILITATOR,
    NO_CONTACT,
    SAME_COMPANY,
    RETENTION_REACHED,
    ONE_PERSON,
    ONE_STRUCTURE,
    ONE_SEX,
    SHORT_MISSIONS,
)
"""Every kind of alert, in the order in which they are listed at equal gravity."""


def days_until(day: date, today: date) -> int:
    """Days left before a day; negative once it has passed."""
    return (day - today).days
