"""From another screen to the needs of a company or an obligation, or to one need."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from suivi_tui.tui.screens.base import SuiviScreen


def open_needs(
    screen: "SuiviScreen[Any]",
    company: int | None = None,
    obligation: int | None = None,
    name: str = "",
) -> None:
    """The needs of a company, of an obligation, or all; ``name`` says whose in the title."""
    from suivi_tui.tui.screens.besoins.screen import Needs

    screen.suivi.push_screen(Needs(company, obligation, name))


def open_need(screen: "SuiviScreen[Any]", need: int) -> None:
    """One need: the people proposed and what became of them."""
    from suivi_tui.tui.screens.besoins.besoin import NeedDetail

    screen.suivi.push_screen(NeedDetail(need))
