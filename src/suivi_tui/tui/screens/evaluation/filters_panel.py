"""The filters of an evaluation, one a line: what the figures at its right are about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual import events
from textual.message import Message

from suivi_tui.tui.plain import fit, shown
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.tui.widgets.skipping_table import SkippingTable

if TYPE_CHECKING:
    from suivi_tui.tui.screens.evaluation.scope import FilterLine

TITLE: Final = "Filtres"
LABELS: Final = 14


class FiltersPanel(SkippingTable):
    """Enter, or a click on the line of the cursor, changes a filter."""

    header_height = 1

    class Chosen(Message):
        """The filter of the cursor is to be changed."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: Sequence[FilterLine] = ()

    def show(self, lines: "Sequence[FilterLine]") -> None:
        """Show these filters; the cursor stays on its line."""
        self.lines = lines
        self.move_to(self.cursor_row)
        self.refresh()

    @property
    def row_count(self) -> int:
        """One line a filter."""
        return len(self.lines)

    @property
    def current(self) -> "FilterLine | None":
        """The filter of the cursor."""
        return self.lines[self.cursor_row] if self.cursor_row < len(self.lines) else None

    def on_click(self, event: events.Click) -> None:
        """A click moves; on the line of the cursor it changes the filter."""
        row = self.row_at(event.y)
        if row is None:
            return
        if row == self.cursor_row:
            self.post_message(self.Chosen(self.lines[row].key))
        else:
            self.move_to(row)

    def draw_header(self, line: int, width: int) -> list[Piece]:
        """The title of the panel."""
        return [(fit(f" {TITLE}", width), "")]

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """A filter; one that is set has a sign, so that it is seen without colour."""
        line = self.lines[row]
        sign = "›" if row == self.cursor_row and self.has_focus else " "
        mark = " " if line.usual else "•"
        label = fit(f"{sign}{mark}{line.label}", LABELS)
        return [
            (f"{label} ", ""),
            (fit(shown(line.value), max(0, width - LABELS - 1)), "muted" if line.usual else "info"),
        ]
