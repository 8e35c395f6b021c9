"""The hour grid: people x months; a digit edits the cell, leaving it saves it.

The grid knows neither base nor rule: it reports what was typed (:class:`HourGrid.CellLeft`), the
screen saves it and answers with :meth:`HourGrid.put`. Totals follow every digit. A digit or a
move of the cursor draws two lines at most. The half-typed text is reported every 200 ms at most
(:class:`HourGrid.DraftChanged`), so that a screen can keep it.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer

from suivi_tui.tui.commands import GRID, GRID_COMMANDS, bindings_of
from suivi_tui.tui.plain import fit, shown, typed
from suivi_tui.tui.widgets.cell_table import CellTable, Line, MonthColumn
from suivi_tui.tui.widgets.cells import EMPTY, TONES, Cell, CellKey, CellState, Draft
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, format_hours, parse_hours

# With the write itself, what is typed is on the disk within 250 ms.
DRAFT_DELAY: Final = 0.2
TYPED_LIMIT: Final = 12
__all__ = ["Cell", "CellState", "Draft", "HourGrid", "Line", "MonthColumn"]
_STARTS: Final = frozenset("0123456789,.-:")
_CONTINUES: Final = _STARTS | frozenset("hHmM ")


class HourGrid(CellTable):
    """See the module."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(GRID_COMMANDS)
    command_scope = GRID
    footer_height = 1
    right_width = 12
    right_title = "Total"
    corner = "Participant"

    class _FromGrid(Message):
        def __init__(self, grid: "HourGrid") -> None:
            super().__init__()
            self.grid = grid

        @property
        def control(self) -> "HourGrid":
            """The grid that sends the message."""
            return self.grid

    class CellLeft(_FromGrid):
        """An edited cell was left: ``hours`` is to be saved (None: the cell was emptied)."""

        def __init__(
            self, grid: "HourGrid", row: Hashable, column: Hashable, text: str, hours: Hours | None
        ) -> None:
            super().__init__(grid)
            self.row = row
            self.column = column
            self.text = text
            self.hours = hours

    class CellRefused(_FromGrid):
        """What was typed cannot be saved; ``reason`` is a French sentence. The cell stays open."""

        def __init__(self, grid: "HourGrid", reason: str) -> None:
            super().__init__(grid)
            self.reason = reason

    class ColumnPasted(_FromGrid):
        """Several lines were pasted in a column from ``row`` down: to preview, then to save."""

        def __init__(
            self, grid: "HourGrid", row: Hashable, column: Hashable, values: list[str]
        ) -> None:
            super().__init__(grid)
            self.row = row
            self.column = column
            self.values = values

    class _OnColumn(_FromGrid):
        def __init__(self, grid: "HourGrid", row: Hashable, column: Hashable) -> None:
            super().__init__(grid)
            self.row = row
            self.column = column

    class ColumnValidated(_OnColumn):
        """The hours of the column are to be validated."""

    class NoActivity(_OnColumn):
        """The month of the column is to be marked without activity."""

    class CursorMoved(_OnColumn):
        """The cursor is on another cell."""

    class DraftChanged(_FromGrid):
        """The half-typed text, every 200 ms at most; None when the cell was left or restored."""

        def __init__(self, grid: "HourGrid", draft: Draft | None) -> None:
            super().__init__(grid)
            self.draft = draft

    def __init__(
        self, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._cells: dict[CellKey, Cell] = {}
        self._column_totals: dict[Hashable, int] = {}
        self._row_totals: dict[Hashable, int] = {}
        self._text: str | None = None
        self._draft_timer: Timer | None = None

    # what a screen uses

    def set_data(
        self, lines: Sequence[Line], months: Sequence[MonthColumn], cells: Mapping[CellKey, Cell]
    ) -> None:
        """Show people, months and cells (missing ones are empty); a half-typed text is kept."""
        self._cells = dict(cells)
        self._row_totals = {}
        self._column_totals = {}
        for (row, column), cell in self._cells.items():
            self._add_up(row, column, cell.hours or 0)
        self.set_lines(lines, months)

    def cell(self, row: Hashable, column: Hashable) -> Cell:
        """The cell as last given by the screen."""
        return self._cells.get((row, column), EMPTY)

    def put(self, row: Hashable, column: Hashable, cell: Cell) -> None:
        """Show what is now true of a cell: saved, refused, validated by someone else."""
        before = self.cell(row, column)
        self._cells[row, column] = cell
        self._add_up(row, column, (cell.hours or 0) - (before.hours or 0))
        for place, line in enumerate(self.lines):
            if line.key == row:
                self.refresh_row(place)
        self.refresh_footer()

    @property
    def editing(self) -> bool:
        """Whether a cell is half-typed."""
        return self._text is not None

    @property
    def draft(self) -> Draft | None:
        """The half-typed cell, or None."""
        if self._text is None:
            return None
        return Draft(self.row_key, self.column_key, self._text)

    def restore_draft(self, draft: Draft) -> bool:
        """Put a half-typed cell back; False when its row or month is not shown any more."""
        rows = [place for place, line in enumerate(self.lines) if line.key == draft.row]
        columns = [place for place, month in enumerate(self.months) if month.key == draft.column]
        if not rows or not columns:
            return False
        self._text = None
        self.go_to_cell(rows[0], columns[0])
        self._set_text(typed(draft.text)[:TYPED_LIMIT])
        return True

    def leave(self) -> bool:
        """Leave the edited cell: its hours go to the screen. False when they cannot be read."""
        if self._text is None:
            return True
        text = self._text.strip()
        hours: Hours | None = None
        if text:
            try:
                hours = parse_hours(text)
            except UserError as error:
                self.post_message(self.CellRefused(self, str(error)))
                return False
        self._send(text, hours)
        return True

    def total_of_column(self, column: Hashable) -> int:
        """Hundredths of hours of a column, the half-typed cell included."""
        return self._column_totals.get(column, 0) + self._change(None, column)

    def total_of_row(self, row: Hashable) -> int:
        """Hundredths of hours of a row, the half-typed cell included."""
        return self._row_totals.get(row, 0) + self._change(row, None)

    # editing

    def _add_up(self, row: Hashable, column: Hashable, change: int) -> None:
        self._row_totals[row] = self._row_totals.get(row, 0) + change
        self._column_totals[column] = self._column_totals.get(column, 0) + change

    def _change(self, row: Hashable, column: Hashable) -> int:
        """What the half-typed text adds to the saved hours of its row or column."""
        if self._text is None:
            return 0
        if row not in (None, self.row_key) or column not in (None, self.column_key):
            return 0
        before = self.cell(self.row_key, self.column_key).hours or 0
        try:
            typed_hours = int(parse_hours(self._text)) if self._text.strip() else 0
        except UserError:
            return 0
        return typed_hours - before

    def _send(self, text: str, hours: Hours | None) -> None:
        row, column = self.row_key, self.column_key
        before = self.cell(row, column)
        self._close_editor()
        if hours == before.hours:
            self.refresh_row(self.cursor_row)
            self.refresh_footer()
            return
        self.put(row, column, Cell(hours, CellState.SAVING, note=before.note))
        self.post_message(self.CellLeft(self, row, column, text, hours))

    def _close_editor(self) -> None:
        self._text = None
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        self.post_message(self.DraftChanged(self, None))

    def _set_text(self, text: str) -> None:
        self._text = text
        self.refresh_row(self.cursor_row)
        self.refresh_footer()
        if self._draft_timer is None:
            self._draft_timer = self.set_timer(DRAFT_DELAY, self._tell_draft)

    def _tell_draft(self) -> None:
        self._draft_timer = None
        if self._text is not None:
            self.post_message(self.DraftChanged(self, self.draft))

    def _may_edit(self) -> bool:
        if not self.lines or not self.months:
            return False
        cell = self.cell(self.row_key, self.column_key)
        if cell.locked:
            self.post_message(self.CellRefused(self, cell.note or "Cette case est fermée."))
            return False
        return True

    def go_to_cell(self, row: int, column: int) -> None:
        """Leave the edited cell first; the cursor stays when its text cannot be read."""
        if self.leave():
            super().go_to_cell(row, column)

    def move_to(self, row: int) -> None:
        """See :meth:`go_to_cell`."""
        if self.leave():
            super().move_to(row)

    def cursor_moved(self, old: int, new: int) -> None:
        """Tell the screen which cell is under the cursor."""
        self.post_message(self.CursorMoved(self, self.row_key, self.column_key))

    def action_leave_down(self) -> None:
        """Save the cell and go down."""
        self.move_to(self.cursor_row + 1)

    def action_edit(self) -> None:
        """Edit the hours already there."""
        if self._text is None and self._may_edit():
            hours = self.cell(self.row_key, self.column_key).hours
            self._set_text("" if hours is None else format_hours(hours, unit=False))

    def action_empty_cell(self) -> None:
        """Empty the cell, or take the last character off."""
        if self._text is not None:
            self._set_text(self._text[:-1])
        elif self._may_edit():
            self._set_text("")

    def action_repeat_previous(self) -> None:
        """Give the cell the hours of the month before, save, go down."""
        if self.cursor_column == 0 or not self._may_edit():
            return
        hours = self.cell(self.row_key, self.months[self.cursor_column - 1].key).hours
        if hours is not None:
            self._send(format_hours(hours, unit=False), hours)
        self.move_to(self.cursor_row + 1)

    def action_validate_column(self) -> None:
        """Ask the screen to validate the column."""
        if self.leave() and self.months:
            self.post_message(self.ColumnValidated(self, self.row_key, self.column_key))

    def action_no_activity(self) -> None:
        """Ask the screen to mark the month without activity."""
        if self.leave() and self.months:
            self.post_message(self.NoActivity(self, self.row_key, self.column_key))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Digits belong to the cell; while it is edited, letters do too (« 1h30 »)."""
        if character is None or not character.isprintable():
            return False
        return self._text is not None or character in _STARTS

    def on_key(self, event: events.Key) -> None:
        """Type in the cell; Escape gives the saved hours back."""
        if event.key == "escape" and self._text is not None:
            self._close_editor()
            self.refresh_row(self.cursor_row)
            self.refresh_footer()
        elif event.character and self.check_consume_key(event.key, event.character):
            if self._text is None:
                if self._may_edit():
                    self._set_text(event.character)
            elif len(self._text) < TYPED_LIMIT and event.character in _CONTINUES:
                self._set_text(self._text + event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """One value goes into the cell, several lines are a column to preview."""
        event.stop()
        lines = event.text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
        if not self._may_edit():
            return
        if len(lines) == 1:
            self._set_text(typed(lines[0]).strip()[:TYPED_LIMIT])
        else:
            values = [shown(line) for line in lines]
            self.post_message(self.ColumnPasted(self, self.row_key, self.column_key, values))

    # drawing

    def draw_cell(self, row: int, column: int, width: int) -> list[Piece]:
        """Hours and sign, between brackets under the cursor."""
        here = row == self.cursor_row and column == self.cursor_column
        if here and self._text is not None:
            return [("[" + fit(shown(self._text) + "_", width - 2, "right") + "]", "editing")]
        cell = self.cell(self.lines[row].key, self.months[column].key)
        hours = "" if cell.hours is None else format_hours(cell.hours, unit=False)
        text = fit(hours, width - 3, "right") + cell.state.value
        if here:
            return [(f"[{text}]", "cursor" if self.has_focus else "")]
        return [(f" {text} ", TONES.get(cell.state, ""))]

    def draw_right(self, row: int, width: int) -> list[Piece]:
        """Total of the row."""
        total = format_hours(Hours(self.total_of_row(self.lines[row].key)), unit=False)
        return [(fit(total, width - 1, "right") + " ", "total")]

    def draw_footer(self, line: int, width: int) -> list[Piece]:
        """Totals of the columns in view, and of everything."""
        pieces: list[Piece] = [(fit(" Total", self.label_width), "")]
        for column in self._columns():
            total = Hours(self.total_of_column(self.months[column].key))
            text = format_hours(total, unit=False)
            text = f"{text} " if len(text) < self.cell_width else text
            pieces.append((fit(text, self.cell_width, "right"), ""))
        everything = sum(self._row_totals.values()) + self._change(None, None)
        text = format_hours(Hours(everything), unit=False)
        pieces.append((fit(text, self.right_width - 1, "right") + " ", ""))
        return pieces
