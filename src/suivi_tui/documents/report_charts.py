"""The charts of a printed report: inline SVG that needs neither colours nor another file.

Each chart has a title and a description for those who hear the page; lines differ by their dashes
and marks, bars by their hatching, and every figure is also written. Texts come from the base:
they are escaped here.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.numbers import NBSP, format_number, plural
from suivi_tui.vocabulary.typography import displayed

_WIDTH: Final = 680
_PLOT_HEIGHT: Final = 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 16, 14, 46
_ROW: Final = 26
_LABEL_WIDTH: Final = 210
_FIGURE_WIDTH: Final = 150
_MOST_MONTH_LABELS: Final = 9
_LETTERS: Final = 32
_STEPS: Final = (1, 2, 5)
# Drawn by attributes, not by the style of the page: any reader of SVG shows the same chart.
_INK, _PAPER, _GREY = "#111", "#fff", "#bbb"
_STROKES: Final = {
    "attendu": f'stroke="{_INK}" stroke-width="2" stroke-dasharray="8 5"',
    "declare": f'stroke="{_INK}" stroke-width="1"',
    "valide": f'stroke="{_INK}" stroke-width="2.5"',
}


def safe(text: str) -> str:
    """A text for a page: cleaned of what acts on a reader or hides, then escaped."""
    return escape(displayed(text, multiline=True))


class Progress(NamedTuple):
    """The hours reached at the end of a month, added up since the beginning of the period.

    None where nothing is told: no objective, a month still to come.
    """

    label: str
    expected: Hours | None
    declared: Hours | None
    validated: Hours | None


_LINES: Final[tuple[tuple[str, Callable[[Progress], Hours | None]], ...]] = (
    ("attendu", lambda point: point.expected),
    ("declare", lambda point: point.declared),
    ("valide", lambda point: point.validated),
)
_NAMES: Final = {"attendu": "attendues", "declare": "déclarées", "valide": "validées"}


class Bar(NamedTuple):
    """A bar: its label, its declared and validated hours; None when the row is masked."""

    label: str
    declared: Hours | None
    validated: Hours | None


def progress_chart(name: str, points: Sequence[Progress], owed: Hours | None) -> str:
    """Expected and validated hours, month after month, with the line of the hours to be done.

    ``name`` tells this chart from the others of the page (letters and digits).
    """
    values = [value for point in points for value in point[1:] if value is not None]
    top = _rounded_up(max([*values, owed or 0, 100]))
    plot = _Plot(len(points), top)
    parts = [plot.grid(), plot.months([point.label for point in points])]
    if owed:
        parts.append(plot.level(owed, "À réaliser"))
    for kind, read in _LINES:
        told = ((at, read(point)) for at, point in enumerate(points))
        parts.append(plot.line(((at, value) for at, value in told if value is not None), kind))
    height = _TOP + _PLOT_HEIGHT + _BOTTOM
    return (
        _svg(name, "Heures cumulées, mois par mois", _progress_words(points, owed), height, parts)
        + _legend()
    )


def bars_chart(name: str, title: str, bars: Sequence[Bar]) -> str:
    """Hours by value of a breakdown: validated hatched within the outline of those declared."""
    top = max([int(bar.declared or 0) for bar in bars] + [1])
    room = _WIDTH - _LABEL_WIDTH - _FIGURE_WIDTH
    parts = [_hatching(name)]
    for place, bar in enumerate(bars):
        middle = place * _ROW + _ROW / 2 + 4
        parts.append(_text(_LABEL_WIDTH - 8, middle + 4, _short(bar.label), "end"))
        if bar.declared is None or bar.validated is None:
            parts.append(_text(_LABEL_WIDTH + 4, middle + 4, "masqué", "start"))
            continue
        whole, done = (max(int(value), 0) / top * room for value in (bar.declared, bar.validated))
        parts.append(_rectangle(_LABEL_WIDTH, middle - 8, done, f"url(#{name}-hachures)"))
        parts.append(_rectangle(_LABEL_WIDTH, middle - 8, whole, "none"))
        parts.append(
            _text(_LABEL_WIDTH + whole + 6, middle + 4, format_hours(bar.declared), "start")
        )
    words = " ; ".join(_bar_words(bar) for bar in bars)
    return _svg(name, title, f"{words}.", len(bars) * _ROW + 8, parts)


def _bar_words(bar: Bar) -> str:
    if bar.declared is None or bar.validated is None:
        return f"{bar.label} : masqué"
    return (
        f"{bar.label} : {format_hours(bar.declared)} déclarées dont "
        f"{format_hours(bar.validated)} validées"
    )


def _progress_words(points: Sequence[Progress], owed: Hours | None) -> str:
    if not points:
        return "Aucun mois."
    words = [f"{plural(len(points), 'mois', 'mois')}, jusqu'à {points[-1].label}"]
    if owed:
        words.append(f"{format_hours(owed)} à réaliser")
    for kind, read in _LINES:
        told = [value for point in points if (value := read(point)) is not None]
        if told:
            words.append(f"{format_hours(told[-1])} {_NAMES[kind]}")
    return ", ".join(words) + "."


class _Plot:
    """Where months and hours fall on the page."""

    def __init__(self, months: int, top: int) -> None:
        self.count = months
        self.top = top
        self.width = _WIDTH - _LEFT - _RIGHT

    def x(self, place: int) -> float:
        """Across: the first month on the left edge, the last on the right one."""
        return _LEFT + (self.width * place / (self.count - 1) if self.count > 1 else 0)

    def y(self, value: int) -> float:
        """Down: zero at the bottom; corrections below zero stay there."""
        return _TOP + _PLOT_HEIGHT * (1 - max(value, 0) / self.top)

    def grid(self) -> str:
        """The axis and four levels, each with its hours."""
        parts = []
        for quarter in range(5):
            value = self.top * quarter // 4
            height = self.y(value)
            parts.append(
                f'<line x1="{_LEFT}" y1="{height:.1f}" x2="{_WIDTH - _RIGHT}" '
                f'y2="{height:.1f}" stroke="{_GREY}"/>'
            )
            hours = f"{format_number(value // 100)}{NBSP}h"
            parts.append(_text(_LEFT - 6, height + 4, hours, "end"))
        return "".join(parts)

    def months(self, labels: Sequence[str]) -> str:
        """Months under the axis, as many as there is room for, the last one always."""
        step = max(1, -(-len(labels) // _MOST_MONTH_LABELS))
        last = len(labels) - 1
        return "".join(
            _text(
                self.x(place),
                _TOP + _PLOT_HEIGHT + 20,
                label,
                "end" if place == last and last else "middle",
            )
            for place, label in enumerate(labels)
            if (last - place) % step == 0
        )

    def level(self, value: int, label: str) -> str:
        """A dotted line across the whole plot."""
        height = self.y(value)
        return (
            f'<line x1="{_LEFT}" y1="{height:.1f}" x2="{_WIDTH - _RIGHT}" y2="{height:.1f}" '
            f'stroke="{_INK}" stroke-width="2" stroke-dasharray="2 4"/>'
            + _text(_LEFT + 6, height - 5, label, "start")
        )

    def line(self, values: Iterable[tuple[int, int]], kind: str) -> str:
        """A line through the values, with a mark of its own at each month."""
        places = [(self.x(place), self.y(value)) for place, value in values]
        if not places:
            return ""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        marks = "".join(_mark(x, y, kind) for x, y in places)
        return f'<polyline points="{path}" fill="none" {_STROKES[kind]}/>{marks}'


def _mark(x: float, y: float, kind: str) -> str:
    drawn = f'stroke="{_INK}" stroke-width="1.5" fill="{_INK if kind == "valide" else _PAPER}"'
    if kind == "attendu":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" {drawn}/>'
    if kind == "declare":
        return f'<path d="M{x:.1f} {y - 4:.1f}l4 7h-8z" {drawn}/>'
    return f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6" {drawn}/>'


def _legend() -> str:
    """What each line is, drawn as on the chart."""
    parts = []
    for kind, words in _NAMES.items():
        sample = f'<polyline points="0,7 34,7" {_STROKES[kind]}/>{_mark(17, 7, kind)}'
        parts.append(
            f'<li><svg class="trait" viewBox="0 0 34 14" aria-hidden="true">{sample}</svg> '
            f"{safe(words)}</li>"
        )
    return f'<ul class="legende">{"".join(parts)}</ul>'


def _svg(name: str, title: str, words: str, height: float, parts: Iterable[str]) -> str:
    return (
        f'<svg class="graphique" viewBox="0 0 {_WIDTH} {height:.0f}" role="img" '
        f'font-family="Arial, sans-serif" font-size="12" fill="{_INK}" '
        f'aria-labelledby="{name}-titre {name}-texte"><title id="{name}-titre">{safe(title)}'
        f'</title><desc id="{name}-texte">{safe(words)}</desc>{"".join(parts)}</svg>'
    )


def _hatching(name: str) -> str:
    return (
        f'<defs><pattern id="{name}-hachures" width="6" height="6" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="6" height="6" fill="{_PAPER}"/><line x1="0" y1="0" x2="0" y2="6" '
        f'stroke="{_INK}" stroke-width="3"/></pattern></defs>'
    )


def _rectangle(x: float, y: float, width: float, fill: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="16" '
        f'stroke="{_INK}" fill="{fill}"/>'
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{safe(words)}</text>'


def _short(label: str) -> str:
    return label if len(label) <= _LETTERS else f"{label[: _LETTERS - 1]}…"


def _rounded_up(value: int) -> int:
    """The next 1, 2 or 5 followed by zeros, in hours, so that levels are easy to read."""
    unit = 100
    while True:
        for step in _STEPS:
            # Four levels: a quarter must be a round number too.
            if step * unit * 4 >= value:
                return step * unit * 4
        unit *= 10
