"""Charts drawn in characters, readable without colour: every bar carries its figure.

The functions return lines of pieces for a width; :class:`ChartBlock` shows them.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.geometry import Size

from suivi_tui.tui.plain import fit, shown
from suivi_tui.tui.widgets.line_table import LineTable, Piece

Lines = list[list[Piece]]

_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_LEVELS: Final = "▁▂▃▄▅▆▇█"
_SHADES: Final = " ░▒▓█"


class Bar(NamedTuple):
    """A bar: label, value, what is written at its end, a mark at ``target``, a tone."""

    label: str
    value: float
    text: str
    target: float | None = None
    tone: str = "info"


def bar(value: float, most: float, width: int) -> str:
    """A bar of ``width`` cells for ``value`` out of ``most``; what exceeds is cut."""
    if most <= 0 or value <= 0 or width <= 0:
        return " " * max(0, width)
    eighths = min(width * 8, max(1, round(value / most * width * 8)))
    full, part = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[part] if part else "")).ljust(width)


def bar_lines(bars: Sequence[Bar], width: int) -> Lines:
    """One line a bar: label, bar, text; `┃` marks the target."""
    if not bars:
        return []
    labels = min(max(cell_len(shown(item.label)) for item in bars), max(8, width // 3))
    texts = max(cell_len(item.text) for item in bars)
    room = max(4, width - labels - texts - 3)
    most = max(max(item.value, item.target or 0) for item in bars)
    lines: Lines = []
    for item in bars:
        drawn = bar(item.value, most, room)
        if item.target is not None and most > 0:
            place = min(room - 1, round(item.target / most * room))
            drawn = drawn[:place] + "┃" + drawn[place + 1 :]
        lines.append(
            [
                (fit(shown(item.label), labels) + " ", ""),
                (drawn + " ", item.tone),
                (fit(item.text, texts, "right"), ""),
            ]
        )
    return lines


def sparkline(values: Sequence[float]) -> str:
    """One character a value, from `▁` to `█`; all `▁` when there is nothing."""
    most = max(values, default=0)
    if most <= 0:
        return _LEVELS[0] * len(values)
    return "".join(_LEVELS[min(7, int(max(0.0, value) / most * 7.999))] for value in values)


def gauge_line(label: str, ratio: float, text: str, width: int, tone: str = "info") -> list[Piece]:
    """`Label [████░░░░] text` for a ratio; over 1 the gauge is full and the text says it."""
    head, tail = fit(shown(label), min(20, width // 3)) + " [", "] " + text
    room = max(4, width - cell_len(head) - cell_len(tail))
    full = round(max(0.0, min(1.0, ratio)) * room)
    return [(head, ""), ("█" * full, tone), ("░" * (room - full), "muted"), (tail, "")]


def heat_lines(
    rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[float]], width: int
) -> Lines:
    """A table of shades, the figure beside each shade when there is room."""
    most = max((value for line in values for value in line), default=0)
    labels = min(max((cell_len(shown(row)) for row in rows), default=0), max(8, width // 4))
    cell = max(2, (width - labels - 1) // max(1, len(columns)))
    cell = min(cell, 8)
    lines: Lines = [[(" " * (labels + 1), "")]]
    lines[0].extend((fit(shown(title), cell - 1, "right") + " ", "muted") for title in columns)
    for row, line in zip(rows, values, strict=True):
        pieces: list[Piece] = [(fit(shown(row), labels) + " ", "")]
        for value in line:
            level = 0 if most <= 0 else min(4, round(value / most * 4))
            shade = _SHADES[max(level, 1 if value > 0 else 0)]
            figure = f"{value:.0f}" if value else "·"
            text = figure if cell >= 4 else ""
            pieces.append(
                (fit(text, cell - 2, "right") + shade + " ", "info" if value else "muted")
            )
        lines.append(pieces)
    return lines


class ChartBlock(LineTable, can_focus=False):
    """Shows the lines that ``draw(width)`` returns, as high as they are."""

    header_height = 0

    def __init__(
        self, draw: Callable[[int], Lines] | None = None, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._draw = draw or (lambda width: [])
        self._drawn: Lines = []

    def show(self, draw: Callable[[int], Lines]) -> None:
        """Draw something else."""
        self._draw = draw
        self._drawn = draw(self.size.width or 80)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as drawn."""
        self._drawn = self._draw(width)
        return len(self._drawn)

    def on_resize(self, event: events.Resize) -> None:
        """Another width draws other bars."""
        self._drawn = self._draw(event.size.width)

    @property
    def row_count(self) -> int:
        """The lines drawn."""
        return len(self._drawn)

    def row_tone(self, row: int) -> str:
        """Charts have no cursor."""
        return ""

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """A line."""
        return self._drawn[row]
