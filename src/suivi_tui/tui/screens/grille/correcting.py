"""Which month a negative line takes back: asked among the months of the same person."""

from typing import TYPE_CHECKING, Any, Final

from suivi_tui.store.queries.hours import GridRow
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.grille import content, saving
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, add_months, format_month, months_between
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.tui.screens.grille.acts import GridActs

MONTHS_BACK: Final = 24
LATER: Final = 0


def ask_correction(screen: "GridActs", row: GridRow, month: Month) -> None:
    """Ask the month; the latest first, with what was declared in it."""
    stored = screen.grid.stored(content.key_of(row), month)
    if stored is None or stored.declared >= 0:
        screen.notify_plain("Seule une ligne négative se rattache à un autre mois.", "warning")
        return
    place = screen.place(row, month)

    def ask(base: Any) -> dict[Month, Hours]:
        from suivi_tui.store.queries.entry import months_of_placement

        return months_of_placement(base.connection, row.placement, row.kind)

    def show(declared: dict[Month, Hours]) -> None:
        months = {*declared, *months_between(add_months(month, -MONTHS_BACK), month)}
        past = sorted((item for item in months if item <= month), reverse=True)
        # What was declared first: most often one of these is taken back.
        ranked = sorted(past, key=lambda item: not (item in declared and item != month))
        choices = [Choice(item, format_month(item), _declared(declared, item)) for item in ranked]
        later = Choice(LATER, "À rattacher plus tard")
        title = f"{format_hours(Hours(stored.declared))}{NBSP}: quel mois est corrigé{NBSP}?"
        screen.suivi.push_screen(Choose(title, [*choices, later]), chosen)

    def chosen(answer: int | None) -> None:
        if answer is not None:
            corrected = Month(answer) if answer != LATER else None
            screen.act(
                lambda base: saving.attach(base, place, corrected), lambda _: screen.reload()
            )

    screen.read("months", ask, show)


def _declared(declared: dict[Month, Hours], month: Month) -> str:
    return format_hours(declared[month]) if month in declared else ""
