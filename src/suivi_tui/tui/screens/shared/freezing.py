"""« Figer » from any screen that shows figures: a name, then the figures are kept as they are."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.widgets.fields import TextField
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.filters import Filters
    from suivi_tui.readings.snapshots import Asked
    from suivi_tui.tui.screens.base import SuiviScreen

EVALUATION: Final = "evaluation"


def ask_freeze(
    screen: "SuiviScreen[Any]",
    filters: "Filters",
    asked: "Asked | None" = None,
    preset: str = EVALUATION,
    then: Callable[[int], object] | None = None,
) -> None:
    """Ask for a name, keep the figures of ``filters`` under it; ``then`` gets the new row.

    ``asked`` tells the day, the hours of a full-time post and the classes (None: today, and
    those in force). ``preset`` is a code of ``actions.snapshots.PRESETS``.
    """
    today = screen.suivi.today

    def save(base: Any, values: dict[str, Any]) -> int:
        from suivi_tui.actions.snapshots import freeze
        from suivi_tui.readings.snapshots import Asked

        return freeze(base, preset, values["label"], filters, asked or Asked(today))

    def done(row: int) -> None:
        screen.notify_plain(
            f"Synthèse figée. La page «{NBSP}Synthèses figées{NBSP}» dira si ses chiffres changent."
        )
        if then is not None:
            then(row)

    ask_fields(
        screen,
        "Figer ces chiffres",
        lambda: [
            TextField("label", "Nom", required=True, hint="l'envoi qu'elle prouve : Bilan 2026…")
        ],
        save,
        then=done,
    )
