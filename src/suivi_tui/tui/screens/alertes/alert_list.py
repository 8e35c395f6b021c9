"""The list of alerts: headings on the whole line, and a cursor that stays where the eye is."""

from suivi_tui.tui.plain import fit, shown
from suivi_tui.tui.screens.alertes.rows import AlertSource, is_heading
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.tui.widgets.paged_list import MARK, PagedList


class AlertList(PagedList):
    """A list whose headings span the line and do not count."""

    def show_again(self, source: AlertSource) -> None:
        """Show other alerts; the cursor stays on its own, else on what took its place."""
        current, above, known = self.current, self.cursor_row - self.top, self.source
        old = known.ordered(self.sort, self.filter) if isinstance(known, AlertSource) else []
        place = next((at for at, row in enumerate(old) if row is current), 0)
        self.show(source)
        rows = source.ordered(self.sort, self.filter)
        found = (at for at, row in enumerate(rows) if current and row.id == current.id)
        self.move_to(next(found, min(place, max(0, len(rows) - 1))))
        self.leave_heading()
        self.top = max(0, min(self.cursor_row - above, self.row_count - self.body_height))
        self.refresh()

    def leave_heading(self) -> None:
        """From the title of a group to its first alert."""
        row = self.current
        if row is not None and is_heading(row):
            self.move_to(self.cursor_row + 1)

    def position(self) -> str:
        """Without the rank while headings stand between the alerts."""
        text, source = super().position(), self.source
        if not isinstance(source, AlertSource) or source.ungrouped(self.sort):
            return text
        return text.partition(" · ")[2]

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """A heading on the whole line, or the cells of an alert."""
        item = self.rows[row]
        if not is_heading(item):
            return super().draw_row(row, width)
        mark = MARK if row == self.cursor_row else " "
        return [(mark, ""), (fit(shown(item.cells[0]), width - 1), "total")]
