"""Two periods or two groups side by side: what to compare with, and what the two are called."""

from collections.abc import Callable
from typing import Any, Final

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.evaluation import scope as scopes
from suivi_tui.tui.screens.evaluation.filters_flow import ask_period, change_filter
from suivi_tui.tui.screens.evaluation.scope import Scope, months_text, year_before

NOTHING, BEFORE = "rien", "avant"
_OTHERS: Final = (
    (scopes.PERIOD, "Une autre période…"),
    ("buyers", "Un autre acheteur…"),
    ("operation", "Une autre opération…"),
    ("company", "Une autre structure…"),
    ("facilitator", "Un autre facilitateur…"),
    ("territory", "Un autre territoire…"),
)


def ask_other(
    screen: SuiviScreen[Any],
    scope: Scope,
    other: Scope | None,
    use: Callable[[Scope | None], object],
) -> None:
    """What to compare ``scope`` with; ``use`` gets None when nothing is compared any more."""
    before = year_before(scope)
    choices = [Choice(NOTHING, "Ne plus comparer")] if other is not None else []
    if before is not None:
        choices.append(Choice(BEFORE, "Un an plus tôt", months_text(before.filters, short=True)))
    choices += [Choice(key, label) for key, label in _OTHERS]

    def chosen(key: str | None) -> None:
        if key is None:
            return
        if key in (NOTHING, BEFORE):
            use(before if key == BEFORE else None)
        elif key == scopes.PERIOD:
            ask_period(screen, scope, use, "Comparer à la période")
        else:
            change_filter(screen, scope, key, (), use)

    screen.suivi.push_screen(Choose("Comparer avec", choices), chosen)


def titles(scope: Scope, other: Scope | None) -> tuple[str, str]:
    """What tells the two columns apart; '' for both when nothing is compared."""
    if other is None:
        return "", ""
    if scope.filters[:2] != other.filters[:2]:
        return months_text(scope.filters, True), months_text(other.filters, True)
    for key, _, none in scopes.NARROWING:
        mine, its = scope.name_of(key), other.name_of(key)
        if mine != its:
            return mine or none, its or none
    return "ici", "là"
