"""The breakdowns of an evaluation as bars with their figures, readable without colour."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len

from suivi_tui.readings.breakdowns import BY_MONTH, BreakdownRow
from suivi_tui.readings.evaluation import Evaluation
from suivi_tui.tui.plain import fit, shown
from suivi_tui.tui.widgets.charts import Bar, Lines, bar, bar_lines, sparkline
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import parse_month, short_month
from suivi_tui.vocabulary.numbers import NBSP, format_number, format_percent

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


def breakdown_chart(rows: Sequence[BreakdownRow], by_month: bool, roomy: bool) -> Chart:
    """The rows of a breakdown: the bars are hours declared."""
    measures = [
        Measure("déclarées", tuple(format_hours(row.hours.declared) for row in rows)),
        Measure("validées", tuple(format_hours(row.hours.validated) for row in rows)),
        Measure("pers.", tuple(format_number(row.participants) for row in rows)),
        Measure("contrats", tuple(format_number(row.work_contracts) for row in rows)),
    ]
    return Chart(
        tuple(month_label(row.value) if by_month else row.value for row in rows),
        tuple(row.hours.declared / 100 for row in rows),
        (),
        tuple(measures if roomy else (measures[0], measures[2])),
    )


def comparison_chart(evaluations: Sequence[Evaluation], roomy: bool) -> Chart:
    """Buyers side by side: the bars are hours validated, the mark is what is owed."""
    measures = [
        Measure("à réaliser", tuple(format_hours(item.due) for item in evaluations)),
        Measure("validées", tuple(format_hours(item.hours.validated) for item in evaluations)),
        Measure("taux", tuple(_rate(item.hours.validated, item.due) for item in evaluations)),
        Measure("pers.", tuple(format_number(item.participants) for item in evaluations)),
    ]
    return Chart(
        tuple(item.buyer for item in evaluations),
        tuple(item.hours.validated / 100 for item in evaluations),
        tuple(item.due / 100 for item in evaluations),
        tuple(measures if roomy else measures[1:3]),
    )


def chart_header(chart: Chart, width: int) -> list[Piece]:
    """The titles over the figures."""
    labels, room = _shares(chart, width)
    pieces: list[Piece] = [(" " * (labels + room + 3), "")]
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


def month_lines(evaluation: Evaluation, width: int, tall: bool) -> Lines:
    """Hours declared by month: bars of the last months, or one line of signs."""
    rows = [row for row in evaluation.breakdowns[BY_MONTH] if row.value[:1].isdigit()]
    if not rows:
        return []
    best = max(rows, key=lambda row: row.hours.declared)
    most = f"{month_label(best.value)}{NBSP}: {format_hours(best.hours.declared)}"
    title = f" Par mois, {month_label(rows[0].value)} à {month_label(rows[-1].value)}"
    if not tall:
        values = [row.hours.declared / 100 for row in rows][-max(1, width - 2) :]
        line = sparkline(values)
        return [
            [(fit(title, width), "total")],
            [
                (f" {line}", "info"),
                (fit(f" le plus en {most}", max(0, width - len(line) - 1)), "muted"),
            ],
        ]
    title += f" · le plus en {most} · █ déclarées, ┃ validées"
    lines: Lines = [[(fit(title, width), "total")]]
    bars = [
        Bar(
            month_label(row.value),
            row.hours.declared / 100,
            f"{format_hours(row.hours.declared)}, validées {format_hours(row.hours.validated)}",
            row.hours.validated / 100,
        )
        for row in rows[-MONTHS_SHOWN:]
    ]
    return [*lines, *([(" ", ""), *line] for line in bar_lines(bars, width - 1))]


def _rate(validated: Hours, due: Hours) -> str:
    return format_percent(validated / due) if due > 0 else f"–{NBSP}%"
