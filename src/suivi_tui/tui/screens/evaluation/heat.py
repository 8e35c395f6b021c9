"""Hours by structure and month as shades: five signs from nothing to the most, then the total."""

from math import isqrt
from typing import TYPE_CHECKING, Final

from suivi_tui.tui.plain import fit, shown
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import short_month

if TYPE_CHECKING:
    from suivi_tui.readings.evaluation_months import Heat

SHADES: Final = "·░▒▓█"
_INITIALS: Final = "JFMAMJJASOND"
_LABELS: Final = 17
_CELL: Final = 2
_ROOMY_CELL: Final = 3
_TOTAL: Final = 11


def heat_header(heat: "Heat", width: int) -> list[Piece]:
    """The months that are shown, then the initial of each."""
    count, cell = _months(heat, width - 1)
    listed = heat.months[-count:]
    span = f"  {short_month(listed[0])}-{short_month(listed[-1])}" if listed else ""
    titles = "".join(_INITIALS[month % 100 - 1].rjust(cell) for month in listed)
    return [
        (fit(span, _LABELS + 2), "muted"),
        (titles, "muted"),
        (fit("total", _TOTAL, "right"), "muted"),
    ]


def heat_line(heat: "Heat", row: int, width: int) -> list[Piece]:
    """A structure: its name, a shade a month, its hours over all the months."""
    count, cell = _months(heat, width)
    most = max((hours for line in heat.hours for hours in line), default=Hours(0))
    signs = "".join(shade(hours, most).rjust(cell) for hours in heat.hours[row][-count:])
    total = Hours(sum(heat.hours[row]))
    return [
        (fit(f" {shown(heat.names[row])}", _LABELS + 1), ""),
        (signs, "info"),
        (fit(format_hours(total), _TOTAL, "right"), ""),
    ]


def shade(hours: Hours, most: Hours) -> str:
    """The sign of some hours beside the most of the map; ``·`` for none.

    The signs grow with the square root: small structures are told apart beside a large one.
    """
    if hours <= 0 or most <= 0:
        return SHADES[0]
    return SHADES[min(4, max(1, isqrt(16 * hours // most)))]


def _months(heat: "Heat", width: int) -> tuple[int, int]:
    """How many of the last months fit, and the cells of each."""
    room = max(_CELL, width - _LABELS - _TOTAL - 1)
    cell = _ROOMY_CELL if room >= _ROOMY_CELL * len(heat.months) else _CELL
    return max(1, min(len(heat.months), room // cell)), cell
