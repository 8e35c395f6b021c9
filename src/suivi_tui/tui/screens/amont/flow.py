"""The acts on planned purchases, whichever screen they are asked from."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.dialogs.form_draft import NEW, new_of
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.amont import forms
from suivi_tui.tui.screens.amont.words import CLAUSE_OF, explained
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.vocabulary.choices import RefusalGround
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.planned_purchases import PlannedPurchase
    from suivi_tui.store.queries.planned_purchases import LotRow, PurchaseRow, RefusalRow

Then = Callable[[], object]


def ask_purchase(
    screen: SuiviScreen[Any], known: "PurchaseRow | None", then: Callable[[int], object]
) -> None:
    """The form of a purchase; ``then`` gets its id."""
    today = screen.suivi.today
    row = known.contract if known is not None else None

    def names(base: Any) -> list[tuple[int, str]]:
        from suivi_tui.store.queries.entry import identities

        return [(buyer, name) for buyer, name, _ in identities(base.connection, "buyer")]

    def save(base: Any, values: Values) -> int:
        from suivi_tui.actions.planned_purchases import save_purchase

        return save_purchase(base, row, values, today).row

    screen.read(
        "buyers",
        names,
        lambda buyers: ask_fields(
            screen,
            "Achat prévu" if row is not None else "Nouvel achat prévu",
            lambda: forms.purchase_fields(today, buyers, known),
            save,
            NEW if row is None else row,
            then,
        ),
    )


def ask_lot(screen: SuiviScreen[Any], contract: int, known: "LotRow | None", then: Then) -> None:
    """The form of a lot of a purchase."""

    def save(base: Any, values: Values) -> None:
        from suivi_tui.actions.records import save_record

        given = values if known is not None else {**values, "contract": contract}
        save_record(base, "lot", known.lot if known is not None else None, given)

    record = known.lot if known is not None else new_of(contract)
    ask_fields(screen, "Lot", lambda: forms.lot_fields(known), save, record, lambda _: then())


def explain(screen: SuiviScreen[Any], purchase: "PlannedPurchase") -> None:
    """The advice in full, with its texts and what else was looked at."""
    screen.suivi.push_screen(Message(f"Conseil{NBSP}: {purchase.row.object}", explained(purchase)))


def take_in_charge(screen: SuiviScreen[Any], purchase: "PlannedPurchase", then: Then) -> None:
    """The purchase goes on with a clause."""
    contract, today, form = purchase.row.contract, screen.suivi.today, purchase.advice.form

    def save(base: Any, values: Values) -> None:
        from suivi_tui.actions.planned_purchases import take_in_charge as take

        take(base, contract, values["stage"], values["clause_form"], today)

    clause = CLAUSE_OF.get(form) if form is not None else None
    ask_fields(
        screen, "Prendre en charge", lambda: forms.charge_fields(clause), save,
        f"charge/{contract}", lambda _: then(),
    )  # fmt: skip


def ask_refusal(screen: SuiviScreen[Any], purchase: "PlannedPurchase", then: Then) -> None:
    """Without a clause: the ground, then its text, kept in the register."""
    listed = [Choice(each.value, each.label) for each in RefusalGround]
    title = f"Pour quel motif l'achat n'a-t-il pas de clause{NBSP}?"
    screen.suivi.push_screen(
        Choose(title, listed), lambda ground: _ask_text(screen, purchase, ground, then)
    )


def _ask_text(
    screen: SuiviScreen[Any], purchase: "PlannedPurchase", ground: str | None, then: Then
) -> None:
    if ground is None:
        return
    from suivi_tui.reference.purchasing import grounds

    contract, today = purchase.row.contract, screen.suivi.today
    known = grounds().get(ground)
    text = known.text if known is not None else ""

    def save(base: Any, values: Values) -> None:
        from suivi_tui.actions.refusals import refuse

        refuse(base, contract, values["ground"], values["text"], values["date"])

    def done(_: object) -> None:
        screen.notify_plain("Motif gardé au registre. Ctrl+Z l'annule.")
        then()

    ask_fields(
        screen, "Sans clause, motif écrit", lambda: forms.ground_fields(today, ground, text), save,
        f"motif/{contract}", done,
    )  # fmt: skip


def edit_refusal(screen: SuiviScreen[Any], known: "RefusalRow", then: Then) -> None:
    """Change an entry of the refusal register."""
    today = screen.suivi.today

    def save(base: Any, values: Values) -> None:
        from suivi_tui.actions.refusals import change_refusal

        change_refusal(base, known.refusal, values["ground"], values["text"], values["date"])

    ask_fields(
        screen, "Motif écrit, sans clause", lambda: forms.register_fields(today, known), save,
        known.refusal, lambda _: then(),
    )  # fmt: skip


def set_answered(screen: SuiviScreen[Any], purchase: "PlannedPurchase", then: Then) -> None:
    """The buyer was answered today; once more, it waits again."""
    contract = purchase.row.contract
    day = None if purchase.answered_on is not None else screen.suivi.today

    def save(base: Any) -> None:
        from suivi_tui.actions.planned_purchases import answer

        answer(base, contract, day)

    def done(_: object) -> None:
        said = "Réponse à l'acheteur notée." if day is not None else "La réponse est attendue."
        screen.notify_plain(f"{said} Ctrl+Z l'annule.")
        then()

    screen.write(save, done)


def renew(screen: SuiviScreen[Any], contract: int, then: Callable[[int], object]) -> None:
    """Make the successor of a contract that ends a planned purchase."""

    def save(base: Any) -> int:
        from suivi_tui import paths
        from suivi_tui.actions.planned_purchases import renew as plan
        from suivi_tui.reference.purchasing import purchasing_reference

        return plan(base, contract, purchasing_reference(paths.reference_file())).row

    screen.write(save, then)
