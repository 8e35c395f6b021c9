"""The forms that settle an alert: an objective, a date, a contact, an answer, a written ground.

Each takes the screen it starts from and the alert; that screen is read again once it is saved.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.readings.alerts import AlertReading
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.texts import as_date
from suivi_tui.tui.widgets.fields import ChoiceField, DateField, Field, TextField
from suivi_tui.vocabulary.choices import RefusalGround, Stage, options
from suivi_tui.vocabulary.text import NOTES_LIMIT

if TYPE_CHECKING:
    from suivi_tui.store.queries.obligations import ObligationRow

_GONE: Final = "Cette fiche n'est plus dans la base."


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
    """The buyer was answered that day; else another stage, another date."""
    contract, today = alert.contract, screen.suivi.today
    assert contract is not None

    def read(base: Any) -> tuple[str | None, str | None]:
        from suivi_tui.store.queries.contracts import contract_sheet

        sheet = contract_sheet(base.connection, contract, today)
        return (None, None) if sheet is None else (sheet.fields.stage, sheet.fields.answer_due)

    def fields(stage: str | None, due: str | None) -> list[Field[Any]]:
        return [
            ChoiceField("stage", "État", options=options(Stage), initial=stage or None),
            DateField("answered_on", "Répondu le", today=today, initial=today,
                      hint="vide : la réponse reste à faire"),
            DateField("answer_due", "Réponse attendue le", today=today, ahead=True,
                      initial=as_date(due), hint="vide : selon l'acheteur"),
        ]  # fmt: skip

    screen.read(
        "act",
        read,
        lambda found: _ask_of_contract(
            screen, alert, "Réponse à l'acheteur", lambda: fields(*found)
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
