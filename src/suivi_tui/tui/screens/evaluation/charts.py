"""The breakdowns of an evaluation as bars with their figures, readable without colour."""

from typing import Final, NamedTuple

from rich.cells import cell_len

from suivi_tui.tui.plain import fit, shown
from suivi_tui.tui.widgets.charts import bar
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import parse_month, short_month

ROOMY: Final = 76
"""From this width on, every figure of a row is shown."""

MONTHS_SHOWN: Final = 12


class Measure(NamedTuple):
    """A column of figures at the right of the bars: its title and the texts of the rows."""

    title: str
    texts: tuple[str, ...]

    @property
    def width(self) -> int:
        """As wide as its longest text, and a space."""
        return max(len(self.title), *(len(text) for text in self.texts), 0) + 1


class Chart(NamedTuple):
    """Labels, the values of their bars (and a mark on each), and the figures at their right."""

    labels: tuple[str, ...]
    values: tuple[float, ...]
    targets: tuple[float, ...]
    measures: tuple[Measure, ...]


def chart_header(chart: Chart, width: int, legend: str = "") -> list[Piece]:
    """What the bars are, and the titles over the figures."""
    labels, room = _shares(chart, width)
    pieces: list[Piece] = [(fit(f"  {legend}", labels + room + 3), "muted")]
    pieces += [(fit(item.title, item.width, "right"), "muted") for item in chart.measures]
    return pieces


def chart_line(chart: Chart, row: int, width: int) -> list[Piece]:
    """Label, bar, figures of a row."""
    labels, room = _shares(chart, width)
    most = max((*chart.values, *chart.targets), default=0)
    drawn = bar(chart.values[row], most, room)
    if chart.targets and most > 0:
        place = min(room - 1, max(0, round(chart.targets[row] / most * room)))
        drawn = drawn[:place] + "┃" + drawn[place + 1 :]
    pieces: list[Piece] = [
        (fit(shown(chart.labels[row]), labels) + " ", ""),
        (drawn + " ", "info"),
    ]
    pieces += [(fit(item.texts[row], item.width, "right"), "") for item in chart.measures]
    return pieces


def _shares(chart: Chart, width: int) -> tuple[int, int]:
    """Cells of the labels and of the bars."""
    figures = sum(item.width for item in chart.measures)
    left = max(12, width - figures - 3)
    longest = max((cell_len(shown(label)) for label in chart.labels), default=0)
    labels = min(longest, left - 6)
    return labels, max(4, min(left - labels, 40))


def month_label(value: str) -> str:
    """``2026-03`` as ``mars 26``; anything else as it is."""
    try:
        return short_month(parse_month(value))
    except UserError:
        return value
