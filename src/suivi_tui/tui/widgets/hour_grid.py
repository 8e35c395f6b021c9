"""The hour grid: people x months; a digit edits the cell, leaving it saves it.

The grid knows neither base nor rule: it reports what was typed (:class:`HourGrid.CellLeft`), the
screen saves it and answers with :meth:`HourGrid.put`. Totals follow every digit, and so may what
the screen says (:class:`HourGrid.Typed`). A digit or a move of the cursor draws two lines at most.
The half-typed text is reported every 200 ms at most (:class:`HourGrid.DraftChanged`), so that a
screen can keep it. What cannot be hours stays in its cell, marked, until it is corrected or given
up with Escape.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import ClassVar, Final, TypeAlias

from textual import events
from textual.binding import BindingType
from textual.timer import Timer

from suivi_tui.tui.commands import GRID, GRID_COMMANDS, bindings_of
from suivi_tui.tui.plain import fit, shown, typed
from suivi_tui.tui.widgets import hour_messages
from suivi_tui.tui.widgets.cell_table import CellTable, Line, MonthColumn
from suivi_tui.tui.widgets.cells import (
    EMPTY,
    ESTIMATED,
    TONES,
    Cell,
    CellKey,
    CellState,
    Draft,
)
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, format_hours, parse_hours
from suivi_tui.vocabulary.numbers import NBSP

# With the write itself, what is typed is on the disk within 250 ms.
DRAFT_DELAY: Final = 0.2
TYPED_LIMIT: Final = 12
__all__ = ["Cell", "CellState", "Draft", "HourGrid", "Line", "MonthColumn"]
_EMPTY_IT_FIRST: Final = "rien n'a été repris. Videz-la d'abord (touche Suppr)."
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

    CellLeft: TypeAlias = hour_messages.CellLeft
    CellRefused: TypeAlias = hour_messages.CellRefused
    TextRefused: TypeAlias = hour_messages.TextRefused
    ColumnPasted: TypeAlias = hour_messages.ColumnPasted
    ColumnValidated: TypeAlias = hour_messages.ColumnValidated
    NoActivity: TypeAlias = hour_messages.NoActivity
    CursorMoved: TypeAlias = hour_messages.CursorMoved
    Typed: TypeAlias = hour_messages.Typed
    DraftChanged: TypeAlias = hour_messages.DraftChanged

    def __init__(
        self, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._cells: dict[CellKey, Cell] = {}
        self._details: dict[CellKey, Piece] = {}
        self.fault = ""
        """Why the half-typed text was refused; empty as soon as it changes."""
        self._column_totals: dict[Hashable, int] = {}
        self._row_totals: dict[Hashable, int] = {}
        self._text: str | None = None
        self._draft_timer: Timer | None = None

    # what a screen uses

    def set_data(
        self,
        lines: Sequence[Line],
        months: Sequence[MonthColumn],
        cells: Mapping[CellKey, Cell],
        details: Mapping[CellKey, Piece] | None = None,
    ) -> None:
        """Show people, months and cells (missing ones are empty); a half-typed text is kept.

        ``details`` are the texts of the lines under others; they count in no total.
        """
        half_typed = (self.row_key, self.column_key) if self.editing else None
        self._cells = dict(cells)
        self._details = dict(details or {})
        self._row_totals = {}
        self._column_totals = {}
        for (row, column), cell in self._cells.items():
            self._add_up(row, column, cell.hours or 0)
        self.set_lines(lines, months)
        if half_typed not in (None, (self.row_key, self.column_key)):
            # Its line is gone: what was typed must not land in the cell of somebody else. Its
            # draft stays.
            self._text = None

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
    def people(self) -> list[Line]:
        """The lines that hold hours, without the details under them."""
        return [line for line in self.lines if not line.under]

    @property
    def person_row(self) -> int:
        """Where the cursor is among :attr:`people`."""
        return sum(not line.under for line in self.lines[: self.cursor_row])

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
        """Leave the edited cell: its hours go to the screen. False when they cannot be hours."""
        if self._text is None:
            return True
        text = self._text.strip()
        hours: Hours | None = None
        if text:
            try:
                hours = parse_hours(text)
                self.fault = self.impossible(hours)
            except UserError as error:
                self.fault = str(error)
            if self.fault:
                self.refresh_row(self.cursor_row)
                self.post_message(self.TextRefused(self, self.fault))
                return False
        self._send(text, hours)
        return True

    def impossible(self, hours: Hours) -> str:
        """Why no month under the cursor can hold these hours; a subclass knows its months."""
        return ""

    def typed_hours(self) -> Hours | None:
        """The hours half-typed under the cursor; None while there are none that could be."""
        try:
            hours = parse_hours(self._text) if self._text and self._text.strip() else None
        except UserError:
            return None
        return None if hours is None or self.impossible(hours) else hours

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
        typed_hours = self.typed_hours()
        if typed_hours is None and self._text.strip():
            return 0
        return (typed_hours or 0) - (self.cell(self.row_key, self.column_key).hours or 0)

    def _send(self, text: str, hours: Hours | None) -> None:
        row, column = self.row_key, self.column_key
        before = self.cell(row, column)
        self._close_editor()
        if hours == before.hours and not before.estimated:
            self.refresh_row(self.cursor_row)
            self.refresh_footer()
            return
        self.put(row, column, Cell(hours, CellState.SAVING, note=before.note))
        self.post_message(self.CellLeft(self, row, column, text, hours))

    def _close_editor(self) -> None:
        self._text = None
        self.fault = ""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        self.post_message(self.DraftChanged(self, None))
        self.post_message(self.Typed(self))

    def _set_text(self, text: str) -> None:
        self._text = text
        self.fault = ""
        self.refresh_row(self.cursor_row)
        self.refresh_footer()
        self.post_message(self.Typed(self))
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
        """Give an empty cell the hours of the month before, save, go down.

        A cell that holds something is never written over: it is emptied first, on purpose.
        """
        if self.editing or self.cursor_column == 0 or not self._may_edit():
            return
        hours = self.cell(self.row_key, self.months[self.cursor_column - 1].key).hours
        here = self.cell(self.row_key, self.column_key).hours
        if here is not None and hours not in (None, here):
            filled = f"Cette case contient déjà {format_hours(here)}"
            self.post_message(self.CellRefused(self, f"{filled}{NBSP}: {_EMPTY_IT_FIRST}"))
            return
        if hours is not None and hours > 0 and here is None:
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
            wrong = "!" if self.fault else ""
            text = fit(shown(self._text) + "_", width - 2 - len(wrong), "right")
            return [(f"[{text}", "editing"), (wrong, "critique"), ("]", "editing")]
        key = (self.lines[row].key, self.months[column].key)
        if self.lines[row].under:
            text, tone = self._details.get(key, ("", ""))
            return [(fit(text, width - 2, "right") + "  ", tone)]
        cell = self.cell(*key)
        hours = "" if cell.hours is None else format_hours(cell.hours, unit=False)
        sure = "" if cell.hours is None or not cell.estimated else ESTIMATED
        text = fit(sure + hours, width - 3, "right") + cell.state.value
        if here:
            return [(f"[{text}]", "cursor" if self.has_focus else "")]
        sign, tone = self.mark(*key) if cell.hours is not None else (" ", "")
        return [(f" {text}", TONES.get(cell.state, "")), (sign, tone)]

    def mark(self, row: Hashable, column: Hashable) -> Piece:
        """One character after the sign of a cell that holds hours: something is said of them."""
        return (" ", "")

    def draw_right(self, row: int, width: int) -> list[Piece]:
        """Total of the row."""
        if self.lines[row].under:
            return [(" " * width, "")]
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
