"""A contract without a lot: hours are owed on a lot, so it is offered to make the only one."""

from collections.abc import Callable
from typing import Any

from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.screens.base import SuiviScreen

QUESTION = (
    "Des heures se doivent sur un lot, et ce marché n'en a aucun. Faut-il le noter comme un "
    "marché à lot unique ? S'il a plusieurs lots, ajoutez-les d'abord sur sa fiche."
)


def ask_single_lot(screen: SuiviScreen[Any], contract: int, then: Callable[[], object]) -> None:
    """Make the only lot of a contract if the person says so, then go on."""

    def save(base: Any) -> object:
        from suivi_tui.actions.planned_purchases import single_lot

        return single_lot(base, contract)

    def answered(yes: bool | None) -> None:
        if yes:
            screen.write(save, lambda _: then())

    screen.suivi.push_screen(Confirm("Lot unique", QUESTION, yes="Lot unique"), answered)
