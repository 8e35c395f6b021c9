"""The acts themselves: a letter, a grid, a desk, a list; the screen is read again afterwards.

Each takes the screen it starts from and the alert, whose ids its ``of_...`` has checked.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from suivi_tui.readings.alerts import AlertReading
from suivi_tui.tui.screens.alertes.opened import open_listed
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.opening import STATEMENTS, open_place
from suivi_tui.vocabulary.choices import DocumentKind, StatementStatus
from suivi_tui.vocabulary.months import format_month


class Act(NamedTuple):
    """What the key offers: its words, what it does, which alerts it fits, whether it writes."""

    label: str
    run: Callable[[SuiviScreen[Any], AlertReading], object]
    fits: Callable[[AlertReading], bool]
    writes: bool = True


def of_contract(alert: AlertReading) -> bool:
    """About one contract."""
    return alert.contract is not None


def of_obligation(alert: AlertReading) -> bool:
    """About one obligation."""
    return alert.obligation is not None


def of_person(alert: AlertReading) -> bool:
    """About one person."""
    return alert.participant is not None


def of_sender(alert: AlertReading) -> bool:
    """About what one company declares."""
    return alert.sender is not None


def of_silent_month(alert: AlertReading) -> bool:
    """About months that one company did not declare for an obligation."""
    return alert.sender is not None and alert.obligation is not None and bool(alert.silent)


def of_contact(alert: AlertReading) -> bool:
    """About a company or a contract with nobody to call."""
    return alert.company is not None or alert.contract is not None


def of_several(alert: AlertReading) -> bool:
    """About records that it counts."""
    return bool(alert.concerns)


def of_company(alert: AlertReading) -> bool:
    """About a company."""
    return alert.company is not None


def always(alert: AlertReading) -> bool:
    """Whatever it is about."""
    return True


# screens


def obligation_sheet(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """What is due, how far it is, until when it can be saved."""
    from suivi_tui.tui.screens.marche.obligation import ObligationDetail

    assert alert.obligation is not None
    screen.suivi.push_screen(ObligationDetail(alert.obligation))


def hour_grid(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """The hours of the obligation, on the month of the alert."""
    from suivi_tui.tui.screens.grille.screen import HourGridScreen

    assert alert.obligation is not None
    screen.suivi.push_screen(HourGridScreen(alert.obligation, alert.month))


def sender_grid(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """The statement that is missing, ready to be typed."""
    from suivi_tui.tui.screens.grille.sender import SenderGridScreen

    assert alert.sender is not None
    screen.suivi.push_screen(SenderGridScreen(alert.sender, alert.silent[0]))


def statement_wall(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """Who declares what, month by month."""
    open_place(screen, (STATEMENTS, None))


def penalty_desk(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """What the contract allows; the buyer decides."""
    from suivi_tui.tui.screens.penalites.desk import PenaltyDesk

    assert alert.obligation is not None
    screen.suivi.push_screen(PenaltyDesk(alert.obligation))


def clause_text(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """What the base says otherwise than the text that was sent."""
    from suivi_tui.tui.screens.clauses.opening import open_clause

    assert alert.contract is not None
    open_clause(screen, alert.contract)


def listed(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """The records that the alert counts."""
    open_listed(screen, alert)


# letters


def _letter(screen: SuiviScreen[Any], kind: DocumentKind | str, about: tuple[str, int]) -> None:
    from suivi_tui.tui.screens.shared.letters import ask_letter

    ask_letter(screen, kind, about)


def reminder(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """One mail for all that the company did not declare, at the level that is due."""
    from suivi_tui.tui.screens.shared.letters import REMINDERS

    assert alert.sender is not None
    _letter(screen, REMINDERS, ("company", alert.sender))


def reminders(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """The reminders of the month, of every company that did not declare."""
    from suivi_tui.tui.screens.shared.letters import EVERYBODY, REMINDERS

    _letter(screen, REMINDERS, EVERYBODY)


def certificate(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """The certificate of the hours carried out."""
    assert alert.obligation is not None
    _letter(screen, DocumentKind.CERTIFICATE, ("obligation", alert.obligation))


def meeting_brief(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """One page for the meeting."""
    assert alert.contract is not None
    _letter(screen, DocumentKind.MEETING_BRIEF, ("contract", alert.contract))


def outcome_request(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """Ask the structures what became of the people; of one person when the alert names one."""
    from suivi_tui.tui.screens.shared.letters import EVERYBODY

    person = alert.participant
    about = EVERYBODY if person is None else ("participant", person)
    _letter(screen, DocumentKind.OUTCOME_REQUEST, about)


# other rooms


def criterion(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """Decide of a criterion, or add one."""
    from suivi_tui.tui.screens.participants.criterion import ask_criterion

    assert alert.participant is not None
    ask_criterion(screen, alert.participant, screen.reload)


def outcomes(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """The situations to ask, person by person."""
    screen.suivi.action_open_page("points_a_demander")


def needs(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """Whom the company needs, and who was proposed."""
    from suivi_tui.tui.screens.besoins.opening import open_needs

    open_needs(screen, alert.company, alert.obligation, alert.company_name or "")


def back_up(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """A verified copy of the base."""
    from suivi_tui.tui.screens.historique.sauvegarder import back_up_now

    back_up_now(screen, screen.reload)


def no_activity(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """The company had nobody on the site: nothing more is asked for these months."""
    from suivi_tui.tui.screens.saisie import marks

    assert alert.obligation is not None and alert.sender is not None
    places = [(alert.obligation, alert.sender, month) for month in alert.silent]
    months = ", ".join(format_month(month) for month in alert.silent)
    status, today = StatementStatus.NO_ACTIVITY, screen.suivi.today

    def done(said: str) -> None:
        screen.notify_plain(said or f"Sans activité en {months}. Ctrl+Z l'annule.")
        screen.reload()

    screen.write(partial(marks.mark, places=places, status=status, today=today), done)
