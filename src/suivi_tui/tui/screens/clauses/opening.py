"""The way to the text of a clause from a contract, a planned purchase or an alert."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from suivi_tui.tui.screens.base import SuiviScreen


def open_clause(screen: "SuiviScreen[Any]", contract: int) -> None:
    """The text of the clause of a contract, over the screen shown; Escape comes back."""
    from suivi_tui.tui.screens.clauses.screen import ClauseScreen

    screen.suivi.push_screen(ClauseScreen(contract))
