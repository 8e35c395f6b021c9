"""The grid of the screens: what was read, what the checks say of each cell, tables pasted whole."""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from textual import events

from suivi_tui.readings.entry_grid import EntryGrid, GridFigures
from suivi_tui.rules.possible_hours import impossible_hours
from suivi_tui.store.queries.hours import GridCell, GridRow
from suivi_tui.tui.plain import fit
from suivi_tui.tui.screens.grille import content
from suivi_tui.tui.screens.grille.paste import cells_of_text
from suivi_tui.tui.screens.grille.words import GRAVITIES, by_gravity
from suivi_tui.tui.widgets.cells import CellKey, CellState
from suivi_tui.tui.widgets.hour_grid import HourGrid
from suivi_tui.tui.widgets.hour_messages import FromGrid
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, parse_hours
from suivi_tui.vocabulary.months import Month

if TYPE_CHECKING:
    from suivi_tui.readings.entry_facts import EntryFacts
    from suivi_tui.rules.checks import Finding

_REST_ROOM = 24
_USUAL_WIDTH = 76
_WIDE = 100
# Three months stay in view on 80 columns.
_LABEL_NARROW, _LABEL_WIDE = 38, 48


class PeopleGrid(HourGrid):
    """People x months of an obligation or of a sender; « reste » moves with every digit."""

    cell_width = 10

    class TablePasted(FromGrid):
        """Several cells were pasted, to preview from the cell of the cursor on."""

        def __init__(self, grid: HourGrid, table: list[list[str]]) -> None:
            super().__init__(grid)
            self.table = table

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.entry: EntryGrid | None = None
        self.rows: dict[Hashable, GridRow] = {}
        self.facts: EntryFacts | None = None
        self._found: dict[CellKey, tuple[Finding, ...]] = {}

    def show(
        self, entry: EntryGrid, rows: Sequence[GridRow], *, read_only: bool, unfold: bool
    ) -> None:
        """Show what was read; with ``unfold`` the figures that differ have lines of their own."""
        self.entry = entry
        self.rows = {content.key_of(row): row for row in rows}
        self.label_share = 3 if entry.sender is None else 2
        lines, details = content.lines_of(entry, rows), dict[CellKey, Piece]()
        if unfold:
            lines, details = content.unfolded(entry, rows, lines)
        cells = content.cells_of(entry, rows, read_only)
        self.set_data(lines, content.columns_of(entry), cells, details)

    @property
    def label_width(self) -> int:
        """Room for what is left to do under the names, on a usual terminal; for the contracts
        beside the names in the view of a sender."""
        if self.entry is not None and self.entry.sender is not None:
            self.label_most = _LABEL_NARROW if self.size.width < _WIDE else _LABEL_WIDE
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

    # what is known of the cells

    def stored(self, row: Hashable, column: Hashable) -> GridCell | None:
        """What a cell holds in the base, or is about to."""
        known = self.rows.get(row)
        if self.entry is None or known is None or not isinstance(column, int):
            return None
        return self.entry.grid.cells.get((known.placement, known.kind, column))

    @property
    def row_here(self) -> GridRow | None:
        """The line of the cursor."""
        return self.rows.get(self.row_key)

    def figures_now(self) -> GridFigures | None:
        """The figures of the obligation of the cursor, the half-typed cell included."""
        row = self.row_here
        if self.entry is None or row is None:
            return None
        figures = self.entry.figures[row.obligation]
        draft = self.draft
        if draft is None:
            return figures
        typed = self.typed_hours()
        if typed is None and draft.text.strip():
            return figures
        return figures.with_cell(self.stored(draft.row, draft.column), typed)

    def impossible(self, hours: Hours) -> str:
        """See :func:`rules.possible_hours.impossible_hours`."""
        month = self.column_key
        return impossible_hours(hours, Month(month)) if isinstance(month, int) else ""

    @property
    def fault_now(self) -> str:
        """Why the half-typed text is refused, or would be when the cell is left; else empty."""
        draft = self.draft
        if self.fault or draft is None:
            return self.fault
        try:
            return self.impossible(parse_hours(draft.text)) if draft.text.strip() else ""
        except UserError:
            # Half a number is no fault yet.
            return ""

    # what the checks say

    def know(self, facts: "EntryFacts | None") -> None:
        """The facts that the checks need were read."""
        self.facts = facts
        self._found = {}
        self.refresh()

    def findings_here(self) -> tuple["Finding", ...]:
        """What the checks say of the hours half-typed under the cursor, else of those pending."""
        if self.editing:
            hours = self.typed_hours()
            row, month = self.row_here, self.column_key
            if self.facts is None or hours is None or row is None or not isinstance(month, int):
                return ()
            place = (row.obligation, row.placement, row.kind, Month(month))
            return self.facts.findings(*place, hours)
        return self.findings(self.row_key, self.column_key)

    def findings(self, row: Hashable, column: Hashable) -> tuple["Finding", ...]:
        """What the checks say of the pending hours of a cell."""
        found = self._found.get((row, column))
        if found is None:
            found = self._found[row, column] = self._check(row, column)
        return found

    def _check(self, row: Hashable, column: Hashable) -> tuple["Finding", ...]:
        line, cell = self.rows.get(row), self.cell(row, column)
        pending = cell.state in (CellState.PENDING, CellState.SAVING)
        if self.facts is None or line is None or not pending or cell.hours is None:
            return ()
        if not isinstance(column, int):
            return ()
        month = Month(column)
        return self.facts.findings(line.obligation, line.placement, line.kind, month, cell.hours)

    def checked_again(self, row: GridRow, month: Month) -> None:
        """Hours of a person changed in a month: their other lines may be judged differently."""
        for place, line in enumerate(self.lines):
            other = self.rows.get(line.key)
            if other is not None and other.participant == row.participant:
                self._found.pop((line.key, month), None)
                self.refresh_row(place)

    def mark(self, row: Hashable, column: Hashable) -> Piece:
        """The sign of the gravest finding of a cell."""
        found = self.findings(row, column)
        if not found:
            return (" ", "")
        sign, _, tone = GRAVITIES[by_gravity(found)[0].gravity]
        return (sign, tone)

    def draw_footer(self, line: int, width: int) -> list[Piece]:
        """Totals; what is left to do beside them when there is room and one obligation."""
        pieces = super().draw_footer(line, width)
        if self.entry is None or self.entry.sender is not None or not pieces:
            return pieces
        figures = self.figures_now()
        if figures is None or figures.left_once_validated is None:
            return pieces
        if self.label_width < _REST_ROOM:
            return pieces
        text = f" Total · reste {content.compact(figures.left_once_validated)}"
        return [(fit(text, self.label_width), ""), *pieces[1:]]
