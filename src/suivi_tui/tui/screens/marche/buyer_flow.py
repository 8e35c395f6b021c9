"""What is particular to the buyer of a contract, for all its contracts: its type, its delay."""

from collections.abc import Callable, Mapping
from typing import Any

from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.marche.forms import WholeField
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.widgets.fields import ChoiceField, Field, TextField
from suivi_tui.vocabulary.choices import BuyerKind, options

Known = Mapping[str, Any]


def edit_buyer(
    screen: SuiviScreen[Any], contract: int, lot: int | None, then: Callable[[], object]
) -> None:
    """The form of the buyer of a contract; ``lot`` does not matter."""

    def read(base: Any) -> tuple[int, Known]:
        from suivi_tui.store.queries.entry import record

        buyer = int((record(base.connection, "contract", contract) or {}).get("buyer") or 0)
        return buyer, record(base.connection, "buyer", buyer) or {}

    def show(found: tuple[int, Known]) -> None:
        buyer, known = found
        if not known:
            screen.notify_plain("Ce marché n'a plus d'acheteur.", "warning")
            return

        def save(base: Any, values: Mapping[str, Any]) -> None:
            from suivi_tui.actions.records import save_record

            save_record(base, "buyer", buyer, values)

        ask(
            screen,
            lambda: AskingForm("Acheteur, pour tous ses marchés", _fields(known), record=buyer),
            save,
            lambda _: then(),
        )

    screen.read("buyer", read, show)


def _fields(known: Known) -> list[Field[Any]]:
    return [
        TextField("name", "Nom", required=True, initial=known["name"]),
        ChoiceField("kind", "Type d'acheteur", options=options(BuyerKind),
                    initial=known["kind"] or None),
        TextField("territory", "Territoire", initial=known["territory"] or None),
        WholeField("answer_weeks", "Réponse sous (semaines)", initial=known["answer_weeks"],
                   hint="après le lancement"),
    ]  # fmt: skip
