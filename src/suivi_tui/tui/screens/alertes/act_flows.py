"""The acts themselves: a form, a letter, a grid, a desk; the screen is read again afterwards.

Each takes the screen it starts from and the alert, whose ids its ``of_...`` has checked.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from suivi_tui.readings.alerts import AlertReading
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.alertes.opened import open_listed
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.opening import STATEMENTS, open_place
from suivi_tui.tui.widgets.fields import ChoiceField, DateField, Field, TextField
from suivi_tui.vocabulary.choices import (
    DocumentKind,
    RefusalGround,
    Stage,
    StatementStatus,
    options,
)
from suivi_tui.vocabulary.months import format_month
from suivi_tui.vocabulary.text import NOTES_LIMIT

if TYPE_CHECKING:
    from suivi_tui.store.queries.obligations import ObligationRow

_GONE: Final = "Cette fiche n'est plus dans la base."


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


# forms of other rooms


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


def contact(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """A person to call."""
    from suivi_tui.tui.screens.entreprises.forms import contact_fields, save_contact

    company = alert.sender or alert.company
    owner, subject = ("contract", alert.contract) if company is None else ("company", company)
    assert subject is not None
    name = alert.sender_name or alert.company_name or alert.contract_number or "?"
    _ask(
        screen,
        f"Contact de {name}",
        contact_fields,
        lambda base, values: save_contact(base, owner, subject, None, values),
        new_of(subject),
    )


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


# forms about an obligation


def first_objective(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """The hours owed, never said so far."""
    _movement(screen, alert, first=True)


def new_movement(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """What the amendment changes to the hours owed."""
    _movement(screen, alert, first=False)


def _movement(screen: SuiviScreen[Any], alert: AlertReading, *, first: bool) -> None:
    today = screen.suivi.today

    def show(row: "ObligationRow") -> None:
        from suivi_tui.tui.screens.marche import forms, saving

        given = {"obligation": row.obligation}
        _ask(
            screen,
            f"Objectif de {row.company_name}",
            partial(forms.objective_fields, today, None, first, row.first_day),
            lambda base, values: saving.save_part(base, "obligation_event", None, values | given),
            new_of(row.obligation),
        )

    _with_obligation(screen, alert, show)


def obligation_dates(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """The start on site."""
    today = screen.suivi.today

    def show(row: "ObligationRow") -> None:
        from suivi_tui.tui.screens.marche import forms, saving

        _ask(
            screen,
            f"Obligation de {row.company_name}",
            partial(forms.obligation_fields, today, row),
            lambda base, values: saving.save_part(base, "obligation", row.obligation, values),
            row.obligation,
        )

    _with_obligation(screen, alert, show)


def _with_obligation(
    screen: SuiviScreen[Any], alert: AlertReading, then: Callable[["ObligationRow"], object]
) -> None:
    obligation = alert.obligation
    assert obligation is not None

    def read(base: Any) -> "ObligationRow | None":
        from suivi_tui.store.queries import obligations

        return obligations.one(base.connection, obligation)

    def show(row: "ObligationRow | None") -> None:
        if row is None:
            screen.notify_plain(_GONE, "warning")
        else:
            then(row)

    screen.read("act", read, show)


# forms about a contract


def facilitator(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """Who follows the contract."""
    _ask_of_contract(
        screen, alert, "Facilitateur",
        lambda: [TextField("facilitator", "Facilitateur", required=True)],
    )  # fmt: skip


def answer(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """The buyer was answered: another stage, another date, or none."""
    contract, today = alert.contract, screen.suivi.today
    assert contract is not None

    def read(base: Any) -> str | None:
        from suivi_tui.store.queries.contracts import contract_sheet

        sheet = contract_sheet(base.connection, contract, today)
        return sheet.fields.stage if sheet is not None else None

    def fields(stage: str | None) -> list[Field[Any]]:
        return [
            ChoiceField("stage", "État", options=options(Stage), initial=stage or None),
            DateField("answer_due", "Réponse attendue le", today=today, ahead=True,
                      hint="vide : la réponse est faite"),
        ]  # fmt: skip

    screen.read(
        "act",
        read,
        lambda stage: _ask_of_contract(
            screen, alert, "Réponse à l'acheteur", lambda: fields(stage)
        ),
    )


def written_ground(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """Why the contract has no social condition, in writing."""
    contract, today = alert.contract, screen.suivi.today
    assert contract is not None
    _ask(
        screen,
        "Motif écrit, sans clause sociale",
        lambda: _ground_fields(today),
        lambda base, values: _save(base, "refusal", None, {**values, "contract": contract}),
        new_of(contract),
    )


def _ground_fields(today: date) -> list[Field[Any]]:
    return [
        ChoiceField("ground", "Motif", options=options(RefusalGround), required=True),
        TextField("text", "Texte", limit=NOTES_LIMIT, hint="ce que l'acheteur a écrit"),
        DateField("date", "Date", today=today, required=True, initial=today),
    ]


def _ask_of_contract(
    screen: SuiviScreen[Any],
    alert: AlertReading,
    title: str,
    fields: Callable[[], list[Field[Any]]],
) -> None:
    contract = alert.contract
    assert contract is not None
    named = f"{title} · {alert.contract_number}" if alert.contract_number else title
    _ask(screen, named, fields, lambda base, values: _save(base, "contract", contract, values),
         contract)  # fmt: skip


def _save(base: Any, entity: str, row: int | None, values: Values) -> None:
    from suivi_tui.actions.records import save_record

    save_record(base, entity, row, values)


def _ask(
    screen: SuiviScreen[Any],
    title: str,
    fields: Callable[[], Sequence[Field[Any]]],
    save: Callable[[Any, Values], object],
    record: int | str,
) -> None:
    def saved(_: object) -> None:
        screen.notify_plain("Enregistré. Ctrl+Z l'annule.")
        screen.reload()

    ask_fields(screen, title, fields, save, record, saved)
