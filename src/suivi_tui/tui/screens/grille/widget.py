"""The grid of the screen: tables are pasted whole, and the footer says what is left to do."""

from textual import events

from suivi_tui.readings.entry_grid import GridFigures
from suivi_tui.store.queries.hours import GridCell
from suivi_tui.tui.plain import fit
from suivi_tui.tui.screens.grille.content import compact
from suivi_tui.tui.screens.grille.paste import cells_of_text
from suivi_tui.tui.widgets.cells import CellKey
from suivi_tui.tui.widgets.hour_grid import HourGrid
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, parse_hours

_REST_ROOM = 24
_USUAL_WIDTH = 76


class ObligationGrid(HourGrid):
    """People x months of one obligation; « reste » moves with every digit."""

    cell_width = 10
    figures: GridFigures | None = None

    class TablePasted(HourGrid._FromGrid):
        """Several cells were pasted, to preview from the cell of the cursor on."""

        def __init__(self, grid: HourGrid, table: list[list[str]]) -> None:
            super().__init__(grid)
            self.table = table

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.stored: dict[CellKey, GridCell] = {}

    @property
    def label_width(self) -> int:
        """Room for what is left to do under the names, on a usual terminal."""
        wide = self.size.width >= _USUAL_WIDTH
        return max(super().label_width, _REST_ROOM if wide else 0)

    def on_paste(self, event: events.Paste) -> None:
        """One value goes into the cell, several are a table to preview."""
        table = cells_of_text(event.text)
        if len(table) == 1 and len(table[0]) == 1:
            return
        event.stop()
        event.prevent_default()
        if self.leave() and self.lines and self.months:
            self.post_message(self.TablePasted(self, table))

    def figures_now(self) -> GridFigures | None:
        """The figures with the half-typed cell; None before anything was read."""
        draft = self.draft
        if self.figures is None or draft is None:
            return self.figures
        try:
            after: Hours | None = parse_hours(draft.text) if draft.text.strip() else None
        except UserError:
            return self.figures
        return self.figures.with_cell(self.stored.get((draft.row, draft.column)), after)

    def draw_footer(self, line: int, width: int) -> list[Piece]:
        """Totals; what is left to do beside them when there is room."""
        pieces = super().draw_footer(line, width)
        figures = self.figures_now()
        if figures is None or figures.left_once_validated is None or not pieces:
            return pieces
        if self.label_width < _REST_ROOM:
            return pieces
        text = f" Total · reste {compact(figures.left_once_validated)}"
        return [(fit(text, self.label_width), ""), *pieces[1:]]
