"""Lines drawn one by one of which some are titles: the cursor goes from one line to the next
that can be acted upon."""

from typing import ClassVar

from textual.binding import BindingType

from suivi_tui.tui.commands import LIST_COMMANDS, bindings_of
from suivi_tui.tui.widgets.line_table import LineTable


class SkippingTable(LineTable):
    """A subclass says on which rows the cursor stops."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(
        command
        for command in LIST_COMMANDS
        if command.name not in ("select", "sort_next", "sort_reverse")
    )
    header_height = 0

    def stops(self, row: int) -> bool:
        """Whether the cursor may be on a row."""
        return True

    def move_to(self, row: int) -> None:
        """The nearest row that stops the cursor, onwards in the direction of the move."""
        places = [place for place in range(self.row_count) if self.stops(place)]
        if not places:
            return
        if row >= self.cursor_row:
            wanted = next((place for place in places if place >= row), places[-1])
        else:
            wanted = next((place for place in reversed(places) if place <= row), places[0])
        super().move_to(wanted)

    def _scroll_to_cursor(self) -> bool:
        """The titles over a line come into view with it."""
        before = self.top
        super()._scroll_to_cursor()
        titles = min(self.cursor_row, self.row_count)
        while titles > 0 and not self.stops(titles - 1):
            titles -= 1
        self.top = min(self.top, titles)
        return self.top != before
