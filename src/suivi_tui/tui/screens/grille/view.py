"""What the grid screen shows, and each cell saved when it is left."""

from collections.abc import Sequence
from typing import Any, Final

from textual import on
from textual.app import ComposeResult

from suivi_tui.readings.entry_grid import EntryGrid, GridFigures
from suivi_tui.store.queries.hours import GridCell, GridRow
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.grille import content, saving
from suivi_tui.tui.screens.grille.drafts import GridDrafts
from suivi_tui.tui.screens.grille.saving import CellPlace, cell_numbers
from suivi_tui.tui.screens.grille.widget import ObligationGrid
from suivi_tui.tui.widgets.cells import Cell, CellKey, CellState
from suivi_tui.tui.widgets.hour_grid import HourGrid
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

EMPTY_GRID: Final = (
    "Personne n'est encore placé sur cette obligation. Touche a : ajouter une personne."
)


class GridView(SuiviScreen[None]):
    """The grid of one obligation; ``neighbours`` are the obligations that `o` walks through."""

    def __init__(
        self, obligation: int, month: Month | None = None, neighbours: Sequence[int] = ()
    ) -> None:
        super().__init__()
        self.obligation = obligation
        self.neighbours = list(neighbours)
        self.whole = False
        self.entry: EntryGrid | None = None
        self.rows: list[GridRow] = []
        self.drafts = GridDrafts(self)
        self._month = month
        self._extra: list[GridRow] = []
        self._saves: dict[CellKey, int] = {}
        self._move_to: CellKey | None = None

    def compose_body(self) -> ComposeResult:
        """Two lines about the obligation, the grid, two about the cell."""
        yield StatusLine(2, id="about")
        yield ObligationGrid(id="grid")
        yield StatusLine(2, id="cell")

    @property
    def grid(self) -> ObligationGrid:
        """The grid."""
        return self.query_one(ObligationGrid)

    # reading

    def load(self) -> None:
        """The grid over its window of months."""
        obligation, today, month, whole = self.obligation, self.suivi.today, self._month, self.whole

        def ask(base: Any) -> EntryGrid | None:
            from suivi_tui.readings.entry_grid import entry_grid

            return entry_grid(base.connection, obligation, today, month=month, whole=whole)

        self.read("grid", ask, self.show_entry)

    def show_entry(self, entry: EntryGrid | None) -> None:
        """Show what was read; the first time, propose the half-typed cell again."""
        if entry is None:
            self.query_one("#cell", StatusLine).say("Cette obligation n'existe plus.")
            self.grid.set_data([], [], {})
            return
        first, self.entry = self.entry is None, entry
        known = {(row.placement, row.kind) for row in entry.grid.rows}
        self._extra = [row for row in self._extra if (row.placement, row.kind) not in known]
        ranks = {row.placement: place for place, row in enumerate(entry.grid.rows)}
        rows = [*entry.grid.rows, *self._extra]
        self.rows = sorted(rows, key=lambda row: (ranks.get(row.placement, 0), row.kind))
        lines, months = content.lines_of(self.rows), content.columns_of(entry)
        self.grid.stored = {
            ((placement, kind), month): cell
            for (placement, kind, month), cell in entry.grid.cells.items()
        }
        self.grid.figures = entry.figures
        cells = content.cells_of(entry, self.rows, self.suivi.read_only)
        self.grid.set_data(lines, months, cells)
        self._go_there(first)
        self.show_figures(entry.figures)
        self.show_cell()
        self.refresh_bindings()
        if first:
            self.grid.focus()
            self.drafts.propose()

    def _go_there(self, first: bool) -> None:
        grid = self.grid
        wanted = self._move_to or ((None, self._month) if first and self._month else None)
        self._move_to = None
        if wanted is None or grid.editing:
            return
        rows = [place for place, line in enumerate(grid.lines) if line.key == wanted[0]]
        columns = [place for place, month in enumerate(grid.months) if month.key == wanted[1]]
        grid.go_to_cell(
            rows[0] if rows else grid.cursor_row, columns[0] if columns else grid.cursor_column
        )

    def show_figures(self, figures: GridFigures) -> None:
        """Which obligation, and where it stands."""
        if self.entry is not None:
            tone = "alerte" if figures.owed is None else ""
            about = content.about_words(self.entry)
            figures_line = (content.figures_words(figures), tone)
            self.query_one("#about", StatusLine).say((about, "total"), figures_line)

    @on(HourGrid.CursorMoved)
    def _moved(self, event: HourGrid.CursorMoved) -> None:
        event.stop()
        self.query_one("#cell", StatusLine).say_at_rest(*self._cell_words())

    def show_cell(self) -> None:
        """Say now what is under the cursor."""
        self.query_one("#cell", StatusLine).say(*self._cell_words())

    def _cell_words(self) -> tuple[str, ...]:
        here = self.here()
        if self.entry is None or here is None:
            return (EMPTY_GRID,) if self.entry is not None else ()
        row, month = here
        return content.cell_words(
            self.entry, row, month, self.grid.lines[self.grid.cursor_row].hint
        )

    def here(self) -> tuple[GridRow, Month] | None:
        """The person and month under the cursor."""
        row = self.row_of(self.grid.row_key)
        month = self.grid.column_key
        return (row, Month(month)) if row is not None and isinstance(month, int) else None

    def row_of(self, key: object) -> GridRow | None:
        """The line of a key of the grid."""
        return next((row for row in self.rows if (row.placement, row.kind) == key), None)

    def place(self, row: GridRow, month: Month) -> CellPlace:
        """The cell of a person and a month."""
        return CellPlace(self.obligation, row.placement, row.kind, month)

    # one cell

    @on(HourGrid.CellLeft)
    def _left(self, event: HourGrid.CellLeft) -> None:
        event.stop()
        row = self.row_of(event.row)
        if self.entry is None or row is None or not isinstance(event.column, int):
            return
        key: CellKey = (event.row, event.column)
        number = self._saves[key] = self._saves.get(key, 0) + 1
        place, hours, text = self.place(row, Month(event.column)), event.hours, event.text
        before = self.grid.stored.get(key)
        self._take(key, before, hours)

        def saved(_: object) -> None:
            if self._saves.get(key) != number:
                return
            self._take(key, self.grid.stored.get(key), hours)
            state = CellState.EMPTY if hours is None else CellState.PENDING
            self.grid.put(*key, Cell(hours, state))
            self.show_cell()
            if self._belied(place.month):
                self.reload()

        def failed(failure: Failure) -> None:
            if self._saves.get(key) == number and self.is_attached:
                self._give_back(key, before)
                self.drafts.keep_text(key, text)
            self.suivi.toast_failure(failure)

        self.write(lambda base: saving.save_cell(base, place, hours), saved, failed)

    def _take(self, key: CellKey, before: GridCell | None, hours: Hours | None) -> None:
        """Hours typed count at once, before the disk has them."""
        if self.grid.figures is not None:
            self.grid.figures = self.grid.figures.with_cell(before, hours)
            self.show_figures(self.grid.figures)
        empty = GridCell(0, None, "", "", "", None)
        typed = (before or empty)._replace(declared=hours or 0, validated=None, refusal_reason="")
        self._store(key, None if hours is None else typed)

    def _belied(self, month: Month) -> bool:
        """Whether new hours change what is known of the statement of a month."""
        statements = self.entry.grid.statements.get(month, ()) if self.entry is not None else ()
        settled = (StatementStatus.NO_ACTIVITY.value, StatementStatus.CHECKED.value)
        return any(statement.status in settled for statement in statements)

    def _store(self, key: CellKey, cell: GridCell | None) -> None:
        """Remember what a cell holds, here and in what was read."""
        self.grid.stored.pop(key, None)
        if cell is not None:
            self.grid.stored[key] = cell
        if self.entry is not None:
            numbers = cell_numbers(*key)
            self.entry.grid.cells.pop(numbers, None)
            if cell is not None:
                self.entry.grid.cells[numbers] = cell

    def _give_back(self, key: CellKey, before: GridCell | None) -> None:
        """What was there before a write that failed."""
        if self.grid.figures is not None:
            old = (before.declared, before.validated) if before else None
            figures = self.grid.figures.exchanged(self.grid.stored.get(key), old)
            self.grid.figures = figures
            self.show_figures(figures)
        self._store(key, before)
        row = self.row_of(key[0])
        if self.entry is not None and row is not None and isinstance(key[1], int):
            cell = content.cell_of(self.entry, row, Month(key[1]), self.suivi.read_only)
            self.grid.put(*key, cell or Cell())
        self.show_cell()

    @on(HourGrid.CellRefused)
    def _refused(self, event: HourGrid.CellRefused) -> None:
        event.stop()
        self.notify_plain(event.reason, "warning")

    @on(HourGrid.DraftChanged)
    def _draft(self, event: HourGrid.DraftChanged) -> None:
        event.stop()
        self.drafts.changed(event.draft)

    def keep_draft(self) -> None:
        """The screen is left or the application ends: what is half-typed is kept."""
        self.drafts.changed(self.grid.draft)
