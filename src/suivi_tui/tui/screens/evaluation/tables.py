"""The tables of the evaluation: the figures above, and under them the rows of a view."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from rich.cells import cell_len
from textual import events
from textual.message import Message

from suivi_tui.tui.plain import fit, shown, wrapped
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.tui.widgets.skipping_table import SkippingTable

if TYPE_CHECKING:
    from suivi_tui.readings.evaluation_months import Heat
    from suivi_tui.tui.screens.evaluation.figures import FigureLine
    from suivi_tui.tui.screens.evaluation.views import View

MARK: Final = "›"
WIDEST: Final = 64
"""Beyond, a figure would be too far from what it is called."""
COMPARED: Final = 15
ROOMY: Final = 60
"""Cells of a figure when two are side by side."""


class OpeningTable(SkippingTable):
    """A table whose line of the cursor opens something: by Enter, or by a click on it."""

    class Opened(Message):
        """The line of the cursor was clicked."""

    def on_click(self, event: events.Click) -> None:
        """A click moves; on the line of the cursor it opens."""
        row = self.row_at(event.y)
        if row is None:
            return
        if row == self.cursor_row:
            self.post_message(self.Opened())
        else:
            self.move_to(row)

    def mark(self, row: int) -> str:
        """The sign of the line of the cursor, seen without colour."""
        return MARK if row == self.cursor_row and self.has_focus else " "


class FiguresTable(OpeningTable):
    """The figures, one a line; two of them side by side when evaluations are compared."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: Sequence[FigureLine] = ()
        self.titles: tuple[str, str] = ("", "")

    def show(self, lines: "Sequence[FigureLine]", titles: tuple[str, str] = ("", "")) -> None:
        """Show these figures; the cursor stays on its line. ``titles`` name the two compared."""
        self.lines, self.titles = lines, titles
        self.header_height = 1 if titles[1] else 0
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

    def draw_header(self, line: int, width: int) -> list[Piece]:
        """What the two columns are."""
        width = min(width, WIDEST)
        column = self._compared(width)
        first, second = (fit(shown(title), column - 1, "right") for title in self.titles)
        return [(" " * max(0, width - 2 * column - 1), ""), (f"{first} {second} ", "")]

    def _compared(self, width: int) -> int:
        """Cells of each of two figures side by side: no more than they need where room is short."""
        if width >= ROOMY:
            return COMPARED
        texts = [text for line in self.lines if line.other for text in (line.text, line.other)]
        return min(COMPARED, max((cell_len(text) for text in texts), default=0) + 2)

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """A title, a gauge, or label and figures."""
        line, width = self.lines[row], min(width, WIDEST)
        if line.ratio is not None:
            room = max(4, width - 4)
            full = round(min(1.0, max(0.0, line.ratio)) * room)
            return [(" [", ""), ("█" * full, "ok"), ("░" * (room - full), "muted"), ("]", "")]
        if not line.rule:
            return [(fit(f" {line.label}", width), "total")]
        if line.other is not None:
            column = self._compared(width)
            left = max(4, width - 2 * column - 2)
            figures = f"{fit(line.text, column, 'right')}{fit(line.other, column, 'right')} "
            return [(self.mark(row), ""), (fit(f" {line.label}", left), ""), (figures, "")]
        left = max(4, width - cell_len(line.text) - 3)
        return [(self.mark(row), ""), (fit(f" {line.label}", left), ""), (f" {line.text} ", "")]


class ViewTable(OpeningTable):
    """The rows of a view under its title: bars and figures, or hours by structure and month."""

    header_height = 2

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.title = ""
        self.legend = ""
        self.view: View | None = None
        self.heat: Heat | None = None
        self.text = ""

    def show(self, title: str, view: "View | None", text: str = "") -> None:
        """Show a view, or a text in its place."""
        renewed = self._retitle(title)
        self.view, self.heat = view, None
        self.text = text or (view.empty if view is not None and not view.chart.labels else "")
        last = renewed and view is not None and view.from_the_end
        self.move_to(self.row_count - 1 if last else self.cursor_row)
        self.refresh()

    def show_heat(self, title: str, heat: "Heat", empty: str) -> None:
        """Show hours by structure and month."""
        self._retitle(title)
        self.view, self.heat, self.text = None, heat, "" if heat.names else empty
        self.move_to(self.cursor_row)
        self.refresh()

    def _retitle(self, title: str) -> bool:
        """Whether it is another view, which is seen from its beginning."""
        renewed = title != self.title
        if renewed:
            self.cursor_row = self.top = 0
        self.title = title
        return renewed

    @property
    def row_count(self) -> int:
        """The rows of the view."""
        if self.heat is not None:
            return len(self.heat.names)
        return len(self.view.chart.labels) if self.view is not None else 0

    @property
    def key(self) -> Any:
        """What the row of the cursor stands for; None without rows."""
        keys = self.heat.employers if self.heat is not None else self.view.keys if self.view else ()
        return keys[self.cursor_row] if self.cursor_row < len(keys) else None

    @property
    def label(self) -> str:
        """What the row of the cursor is called; '' without rows."""
        labels = self.heat.names if self.heat is not None else (
            self.view.chart.labels if self.view is not None else ()
        )  # fmt: skip
        return labels[self.cursor_row].strip() if self.cursor_row < len(labels) else ""

    def draw_header(self, line: int, width: int) -> list[Piece]:
        """The title, then what the figures are."""
        from suivi_tui.tui.screens.evaluation.charts import chart_header
        from suivi_tui.tui.screens.evaluation.heat import heat_header

        if line == 0:
            return [(fit(f" {shown(self.title)}", width), "")]
        if self.heat is not None and self.row_count:
            return heat_header(self.heat, width)
        if self.view is None or not self.row_count:
            return []
        return chart_header(self.view.chart, width, shown(self.legend))

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """A bar and its figures, or the shades of a structure."""
        from suivi_tui.tui.screens.evaluation.charts import chart_line
        from suivi_tui.tui.screens.evaluation.heat import heat_line

        if self.heat is not None:
            return [(self.mark(row), ""), *heat_line(self.heat, row, width - 1)]
        if self.view is None:
            return []
        return [(self.mark(row), ""), *chart_line(self.view.chart, row, width - 2)]

    def draw_empty(self, line: int, width: int) -> list[Piece]:
        """What to do when there is nothing."""
        lines = wrapped(shown(self.text, multiline=True), max(10, width - 4)) if self.text else []
        return [("  " + lines[line - 1], "muted")] if 1 <= line <= len(lines) else []
