"""The two tables of the evaluation: the figures on the left, a breakdown on the right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual import events
from textual.message import Message

from suivi_tui.tui.plain import fit, shown, wrapped
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.tui.widgets.skipping_table import SkippingTable

if TYPE_CHECKING:
    from suivi_tui.tui.screens.evaluation.charts import Chart
    from suivi_tui.tui.screens.evaluation.figures import FigureLine

MARK: Final = "›"


class FiguresTable(SkippingTable):
    """The figures, one a line."""

    class Explained(Message):
        """The line of the cursor was clicked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: Sequence[FigureLine] = ()

    def show(self, lines: "Sequence[FigureLine]") -> None:
        """Show these figures; the cursor stays on its line."""
        self.lines = lines
        self.move_to(self.cursor_row)
        self.refresh()

    @property
    def row_count(self) -> int:
        """Titles included."""
        return len(self.lines)

    @property
    def current(self) -> "FigureLine | None":
        """The figure of the cursor."""
        if self.cursor_row < len(self.lines) and self.lines[self.cursor_row].rule:
            return self.lines[self.cursor_row]
        return None

    def stops(self, row: int) -> bool:
        """Titles and gauges are skipped."""
        return bool(self.lines[row].rule)

    def on_click(self, event: events.Click) -> None:
        """A click moves; on the line of the cursor it explains."""
        row = self.row_at(event.y)
        if row is None:
            return
        if row == self.cursor_row:
            self.post_message(self.Explained())
        else:
            self.move_to(row)

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """A title, a gauge, or label and figure."""
        line = self.lines[row]
        if line.ratio is not None:
            room = max(4, width - 4)
            full = round(min(1.0, max(0.0, line.ratio)) * room)
            return [(" [", ""), ("█" * full, "ok"), ("░" * (room - full), "muted"), ("]", "")]
        if not line.rule:
            return [(fit(f" {line.label}", width), "total")]
        mark = MARK if row == self.cursor_row and self.has_focus else " "
        left = max(4, width - cell_len(line.text) - 3)
        return [(mark, ""), (fit(f" {line.label}", left), ""), (f" {line.text} ", "")]


class BreakdownTable(SkippingTable):
    """The bars of a breakdown, as many lines as values, under its title."""

    header_height = 2

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.title = ""
        self.chart: Chart | None = None
        self.text = ""

    def show(self, title: str, chart: "Chart | None", text: str = "") -> None:
        """Show a breakdown, or a text in its place."""
        if title != self.title:
            self.cursor_row = self.top = 0
        self.title, self.chart, self.text = title, chart, text
        self.move_to(self.cursor_row)
        self.refresh()

    @property
    def row_count(self) -> int:
        """The values of the breakdown."""
        return len(self.chart.labels) if self.chart is not None else 0

    def draw_header(self, line: int, width: int) -> list[Piece]:
        """The title, then what the figures are."""
        from suivi_tui.tui.screens.evaluation.charts import chart_header

        if line == 0:
            return [(fit(f" {shown(self.title)}", width), "")]
        return chart_header(self.chart, width) if self.chart and self.row_count else []

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """A bar and its figures."""
        from suivi_tui.tui.screens.evaluation.charts import chart_line

        if self.chart is None:
            return []
        mark = MARK if row == self.cursor_row and self.has_focus else " "
        return [(mark, ""), *chart_line(self.chart, row, width - 2)]

    def draw_empty(self, line: int, width: int) -> list[Piece]:
        """What to do when there is nothing."""
        lines = wrapped(shown(self.text, multiline=True), max(10, width - 4)) if self.text else []
        return [("  " + lines[line - 1], "muted")] if 1 <= line <= len(lines) else []
