"""What « Agir » does about an alert: one table, from a kind of alert to the acts it calls for.

The first act of a kind is the usual one; a kind without an entry opens its record.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from suivi_tui.readings.alerts import AlertReading
from suivi_tui.rules import alert_kinds as kinds
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.alertes import act_flows as flows
from suivi_tui.tui.screens.alertes import act_forms as forms
from suivi_tui.tui.screens.alertes.act_flows import Act
from suivi_tui.tui.screens.alertes.opened import open_record
from suivi_tui.tui.screens.alertes.words import KIND_TITLES
from suivi_tui.tui.screens.base import SuiviScreen

OPEN: Final = Act("Ouvrir la fiche", open_record, flows.always, writes=False)
_SHEET: Final = Act("Ouvrir l'obligation", flows.obligation_sheet, flows.of_obligation,
                    writes=False)  # fmt: skip
_GRID: Final = Act("Ouvrir la grille des heures", flows.hour_grid, flows.of_obligation,
                   writes=False)  # fmt: skip
_CRITERION: Final = Act("Décider du critère", flows.criterion, flows.of_person)
_LIST: Final = Act("Voir la liste", flows.listed, flows.of_several, writes=False)
_DESK: Final = Act("Ouvrir les pénalités", flows.penalty_desk, flows.of_obligation, writes=False)

ACTS: Final[Mapping[str, tuple[Act, ...]]] = {
    kinds.NOTICE_EXPIRED.code: (_DESK,),
    kinds.LATE.code: (_SHEET,),
    kinds.CATCH_UP.code: (_SHEET,),
    kinds.TARGET_MISSED.code: (_SHEET,),
    kinds.END_NEAR.code: (
        _SHEET,
        Act("Préparer la fiche de réunion", flows.meeting_brief, flows.of_contract),
    ),
    kinds.ANSWER_DUE.code: (
        Act("Noter la réponse ou la nouvelle échéance", forms.answer, flows.of_contract),
    ),
    kinds.CLAUSE_REQUIRED.code: (
        OPEN,
        Act("Noter le motif écrit", forms.written_ground, flows.of_contract),
    ),
    kinds.TEXT_DIFFERS.code: (
        Act("Voir les écarts du texte", flows.clause_text, flows.of_contract, writes=False),
    ),
    kinds.OBJECTIVE_TO_REVIEW.code: (
        Act("Faire évoluer l'objectif", forms.new_movement, flows.of_obligation),
    ),
    kinds.HOURS_IMPLAUSIBLE.code: (_GRID,),
    kinds.HOURS_TWICE.code: (_GRID,),
    kinds.HOURS_NOT_ELIGIBLE.code: (_GRID,),
    kinds.HOURS_OUTSIDE.code: (_GRID,),
    kinds.STATEMENT_MISSING.code: (
        Act("Préparer la relance", flows.reminder, flows.of_sender),
        Act("Saisir le relevé", flows.sender_grid, flows.of_silent_month, writes=False),
        Act("Noter le mois sans activité", flows.no_activity, flows.of_silent_month),
    ),
    kinds.ELIGIBILITY_END.code: (_CRITERION,),
    kinds.PROOF_MISSING.code: (_CRITERION,),
    kinds.NO_PARTICIPANT.code: (
        Act("Voir et noter les besoins de l'entreprise", flows.needs, flows.of_company),
        _SHEET,
    ),
    kinds.REPORT_DUE.code: (Act("Préparer l'attestation", flows.certificate, flows.of_obligation),),
    kinds.SAME_PERSON.code: (_LIST,),
    kinds.SAME_COMPANY.code: (_LIST,),
    kinds.OUTCOME_DUE.code: (
        Act("Demander les situations par courriel", flows.outcome_request, flows.always),
        Act("Voir les situations à demander", flows.outcomes, flows.always, writes=False),
    ),
    kinds.SUMMARY_INCOMPLETE.code: (_LIST,),
    kinds.BACKUP_OLD.code: (Act("Sauvegarder maintenant", flows.back_up, flows.always),),
    kinds.OBJECTIVE_UNKNOWN.code: (
        Act("Saisir l'objectif", forms.first_objective, flows.of_obligation),
    ),
    kinds.START_UNKNOWN.code: (
        Act("Saisir le démarrage", forms.obligation_dates, flows.of_obligation),
    ),
    kinds.NO_FACILITATOR.code: (
        Act("Dire qui suit ce marché", forms.facilitator, flows.of_contract),
    ),
    kinds.NO_CONTACT.code: (Act("Ajouter un contact", forms.contact, flows.of_contact),),
    kinds.RETENTION_REACHED.code: (_LIST,),
    kinds.ONE_PERSON.code: (_LIST,),
    kinds.ONE_STRUCTURE.code: (_LIST,),
    kinds.ONE_SEX.code: (_LIST,),
    kinds.SHORT_MISSIONS.code: (_LIST,),
}


TOGETHER: Final = (
    Act("Préparer les relances du mois", flows.reminders, flows.of_sender),
    Act("Ouvrir le mur des relevés", flows.statement_wall, flows.always, writes=False),
)
"""What missing statements call for when there are several."""


def acts_of(alert: AlertReading, *, read_only: bool = False) -> list[Act]:
    """What can be done about an alert: the acts of its kind that fit it, else its record."""
    fit = [act for act in ACTS.get(alert.code, ()) if act.fits(alert)]
    return [act for act in fit if not (act.writes and read_only)] or [OPEN]


def act_label(alert: AlertReading, *, read_only: bool = False) -> str:
    """The acts of an alert in a line: ``Préparer la relance, ou saisir le relevé``."""
    first, *others = [act.label for act in acts_of(alert, read_only=read_only)]
    return ", ou ".join([first, *(label[:1].lower() + label[1:] for label in others)])


def act_on(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """Do the act that the alert calls for; ask which one when there are several."""
    _do(screen, alert, acts_of(alert, read_only=screen.suivi.read_only))


def act_on_all(screen: SuiviScreen[Any], alerts: Sequence[AlertReading]) -> None:
    """Do the act that alerts of one kind call for together."""
    if len(alerts) == 1:
        act_on(screen, alerts[0])
        return
    together = [act for act in TOGETHER if not (act.writes and screen.suivi.read_only)]
    _do(screen, alerts[0], together)


def _do(screen: SuiviScreen[Any], alert: AlertReading, acts: Sequence[Act]) -> None:
    if len(acts) == 1:
        acts[0].run(screen, alert)
        return
    choices = [Choice(place, act.label) for place, act in enumerate(acts)]

    def chosen(place: int | None) -> None:
        if place is not None:
            acts[place].run(screen, alert)

    title = KIND_TITLES.get(alert.code, "Agir")
    screen.suivi.push_screen(Choose(title, choices), chosen)
