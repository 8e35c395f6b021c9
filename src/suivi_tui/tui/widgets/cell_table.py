"""A table with a cursor on a cell: rows x months, first column always in view.

What the hour grid and the wall share: columns that scroll by whole columns under a frozen first
one, and a cursor that redraws the one or two lines it leaves and enters.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from textual import events

from suivi_tui.tui.plain import fit, shown
from suivi_tui.tui.widgets.line_table import LineTable, Piece

LABEL_MIN: Final = 14
LABEL_MAX: Final = 34
_NAME_MIN: Final = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its key, its label in the frozen column, a hint shown when it is under the cursor.

    ``tag`` is written at the right of the label (contract, lot). ``under`` makes it a detail of
    the row above: the cursor passes over it.
    """

    key: Hashable
    label: str
    hint: str = ""
    tag: str = ""
    under: bool = False


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """A column: its key (a month ``202603``), its title (« mars 26 »), a sign (`✓`, `–`...)."""

    key: Hashable
    title: str
    sign: str = ""


class CellTable(LineTable):
    """See the module. A subclass draws the cells (``draw_cell``) and says how wide they are."""

    cell_width: int = 9
    right_width: int = 0
    corner: str = ""
    label_share = 3
    """The frozen column takes at most the width divided by this, and ``label_most``."""
    label_most = LABEL_MAX

    def __init__(
        self, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.lines: list[Line] = []
        self.months: list[MonthColumn] = []
        self.cursor_column = 0
        self.left = 0
        self._longest = 0

    @property
    def row_count(self) -> int:
        """How many rows the table has."""
        return len(self.lines)

    @property
    def label_width(self) -> int:
        """Width of the frozen column, what the columns in view leave, within bounds."""
        most = max(
            LABEL_MIN, min(self.label_most, self._longest, self.size.width // self.label_share)
        )
        free = self.size.width - self.right_width - most
        spare = free - (free // self.cell_width) * self.cell_width
        return most + max(0, min(spare, self.label_most - most))

    @property
    def columns_in_view(self) -> int:
        """How many months fit beside the frozen column."""
        free = self.size.width - self.label_width - self.right_width
        return max(1, min(len(self.months) or 1, free // self.cell_width))

    def set_lines(self, lines: Sequence[Line], months: Sequence[MonthColumn]) -> None:
        """Replace rows and columns; the cursor stays on its keys when they are still there."""
        row_key, column_key = self.row_key, self.column_key
        first = not self.lines
        self.lines = list(lines)
        self.months = list(months)
        # Kept, so that drawing a line never looks at all of them.
        self._longest = max((_width(line) for line in self.lines), default=0) + 2
        rows = [place for place, line in enumerate(self.lines) if line.key == row_key]
        self.cursor_row = rows[0] if rows else min(self.cursor_row, max(0, len(lines) - 1))
        self.cursor_row = self._stop(self.cursor_row)
        places = [place for place, month in enumerate(self.months) if month.key == column_key]
        if places:
            self.cursor_column = places[0]
        elif first:
            self.cursor_column = max(0, len(self.months) - 1)
        else:
            self.cursor_column = min(self.cursor_column, max(0, len(self.months) - 1))
        self._scroll_to_cursor()
        self._scroll_to_column()
        self.refresh()

    @property
    def row_key(self) -> Hashable:
        """The key of the row of the cursor, or None when there is no row."""
        return self.lines[self.cursor_row].key if self.cursor_row < len(self.lines) else None

    @property
    def column_key(self) -> Hashable:
        """The key of the column of the cursor, or None when there is no column."""
        place = self.cursor_column
        return self.months[place].key if place < len(self.months) else None

    def move_to(self, row: int) -> None:
        """The nearest row, details passed over in the direction of the move."""
        super().move_to(self._stop(max(0, min(row, self.row_count - 1))))

    def _stop(self, row: int) -> int:
        """The row where the cursor stops: a detail gives its place to the row that follows when
        going down, to its own otherwise."""
        place = row
        if row > self.cursor_row:
            while place < self.row_count and self.lines[place].under:
                place += 1
        if place >= self.row_count:
            place = row
        while 0 < place < self.row_count and self.lines[place].under:
            place -= 1
        return place

    def _scroll_to_cursor(self) -> bool:
        """The details of a row come into view with it."""
        before = self.top
        super()._scroll_to_cursor()
        last = self.cursor_row
        while last + 1 < self.row_count and self.lines[last + 1].under:
            last += 1
        self.top = max(self.top, min(self.cursor_row, last - self.body_height + 1))
        return self.top != before

    def go_to_cell(self, row: int, column: int) -> None:
        """Put the cursor on a cell, scrolling if needed."""
        column = max(0, min(column, len(self.months) - 1))
        moved = column != self.cursor_column
        self.cursor_column = column
        if moved and self._scroll_to_column():
            self.refresh()
        elif moved:
            self.refresh_row(self.cursor_row)
            self.refresh_header()
        if row != self.cursor_row:
            self.move_to(row)
        elif moved:
            self.cursor_moved(self.cursor_row, self.cursor_row)

    def _scroll_to_column(self) -> bool:
        count = self.columns_in_view
        left = min(self.left, self.cursor_column)
        left = max(left, self.cursor_column - count + 1, 0)
        left = min(left, max(0, len(self.months) - count))
        changed = left != self.left
        self.left = left
        return changed

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cell of the cursor in view."""
        self._scroll_to_column()

    def action_cursor_left(self) -> None:
        """Previous column."""
        self.go_to_cell(self.cursor_row, self.cursor_column - 1)

    def action_cursor_right(self) -> None:
        """Next column."""
        self.go_to_cell(self.cursor_row, self.cursor_column + 1)

    def action_first_column(self) -> None:
        """First column."""
        self.go_to_cell(self.cursor_row, 0)

    def action_last_column(self) -> None:
        """Last column."""
        self.go_to_cell(self.cursor_row, len(self.months) - 1)

    def cell_at(self, x: int, y: int) -> tuple[int, int] | None:
        """Row and column drawn at a place of the widget, or None."""
        row = self.row_at(y)
        place = (x - self.label_width) // self.cell_width
        if row is None or x < self.label_width or not 0 <= place < self.columns_in_view:
            return None
        column = self.left + place
        return (row, column) if column < len(self.months) else None

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor."""
        cell = self.cell_at(event.x, event.y)
        if cell is not None:
            self.go_to_cell(*cell)

    def draw_cell(self, row: int, column: int, width: int) -> list[Piece]:
        """The pieces of a cell, exactly ``width`` cells wide."""
        raise NotImplementedError

    def draw_right(self, row: int, width: int) -> list[Piece]:
        """The pieces of the frozen right column, exactly ``width`` cells wide."""
        return []

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """Frozen label, cells in view, right column."""
        pieces = self.draw_label(row, self.label_width)
        for column in self._columns():
            pieces.extend(self.draw_cell(row, column, self.cell_width))
        return [*pieces, *self.draw_right(row, self.right_width)]

    def draw_label(self, row: int, width: int) -> list[Piece]:
        """The frozen column: the mark of the cursor, the label, its tag at the right."""
        line = self.lines[row]
        mark = "›" if row == self.cursor_row else " "
        tag = shown(line.tag)
        if not tag:
            tone = "muted" if line.under else ""
            return [(mark + fit(shown(line.label), width - 1), tone)]
        room = max(width - 3 - _NAME_MIN, 4)
        if cell_len(tag) > room:
            # The end of a contract number tells more than its beginning.
            tag = "…" + tag[1 - room :]
        name = fit(shown(line.label), width - 3 - cell_len(tag))
        return [(f"{mark}{name} ", ""), (f"{tag} ", "muted")]

    def draw_header(self, line: int, width: int) -> list[Piece]:
        """Titles of the columns in view; arrows say that there are more on a side."""
        columns = self._columns()
        before = "‹" if self.left else " "
        after = "›" if columns and columns[-1] + 1 < len(self.months) else " "
        corner = fit(" " + shown(self.corner), self.label_width - 1) + before
        pieces: list[Piece] = [(corner, "")]
        for column in columns:
            month = self.months[column]
            title = f"{month.title}{month.sign}"
            tone = "cursor-row" if column == self.cursor_column and self.has_focus else ""
            pieces.append((fit(title, self.cell_width - 1, "right") + " ", tone))
        if self.right_width:
            pieces.append((after + fit(self.right_title, self.right_width - 2, "right") + " ", ""))
        else:
            pieces.append((after, ""))
        return pieces

    right_title: str = ""

    def _columns(self) -> range:
        return range(self.left, min(self.left + self.columns_in_view, len(self.months)))


def _width(line: Line) -> int:
    return len(line.label) + (len(line.tag) + 1 if line.tag else 0)
