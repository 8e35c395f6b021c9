"""How far the year is: hours owed, expected, declared, validated, pending, month by month."""

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from suivi_tui.tui.plain import fit
from suivi_tui.tui.widgets.charts import Bar, Lines, bar_lines, sparkline
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, format_month
from suivi_tui.vocabulary.numbers import NBSP, format_percent, plural

if TYPE_CHECKING:
    from suivi_tui.readings.today import Today

TALL: Final = 30
"""From this height of the window on, each figure has its own bar."""

SHORT_LINES: Final = 5
TALL_LINES: Final = 8


def year_lines(today: "Today | None", width: int, height: int) -> Lines:
    """The lines for a window; while nothing is known (None), as many of them, without figures."""
    tall = height >= TALL
    if today is None:
        return [[(" Heures de l'année…", "muted")], *[[] for _ in range(_count(tall) - 1)]]
    lines = _bars(today, width) if tall else _gauge(today, width)
    return [_title(today, width), *lines, _months(today, width)]


def _count(tall: bool) -> int:
    return TALL_LINES if tall else SHORT_LINES


def _title(today: "Today", width: int) -> list[tuple[str, str]]:
    board = today.board
    parts = [
        f"Heures de l'année {board.today.year} au {format_date(board.today)}",
        plural(board.year.obligations, "obligation", "obligations"),
    ]
    if board.year.unknown:
        parts.append(f"{plural(board.year.unknown, 'objectif', 'objectifs')} à compléter")
    return [(fit(" " + " · ".join(parts), width), "total")]


def _figures(today: "Today") -> list[tuple[str, Hours, str]]:
    year = today.board.year
    return [
        ("À réaliser", year.owed, "muted"),
        ("Attendues à ce jour", year.expected, "info"),
        ("Déclarées", year.totals.declared, "info"),
        ("Validées", year.totals.validated, "ok"),
        ("À valider", year.totals.pending, "alerte"),
    ]


def _bars(today: "Today", width: int) -> Lines:
    """One bar for each figure, all at the same scale."""
    bars = [
        Bar(label, hours / 100, format_hours(hours), tone=tone)
        for label, hours, tone in _figures(today)
    ]
    drawn = bar_lines(bars, min(width, 100) - 1)
    return [*([(" ", ""), *line] for line in drawn), _share(today, width)]


def _gauge(today: "Today", width: int) -> Lines:
    """The figures on two lines, then one gauge: validated, pending, expected to date."""
    texts = [f"{label} {format_hours(hours)}" for label, hours, _ in _figures(today)]
    lines: Lines = [[(fit(" " + "   ".join(part), width), "")] for part in (texts[:2], texts[2:])]
    year = today.board.year
    share = _share_text(today)
    room = max(10, width - cell_len(share) - 5)
    whole = max(year.owed, year.totals.declared, 1)
    done = round(room * year.totals.validated / whole)
    waiting = round(room * (year.totals.validated + year.totals.pending) / whole) - done
    drawn = [("█", "ok")] * done + [("▒", "alerte")] * max(0, waiting)
    drawn += [("░", "muted")] * (room - len(drawn))
    if year.owed > 0:
        drawn[min(room - 1, max(0, round(room * year.expected / whole)))] = ("┃", "info")
    return [*lines, [(" [", ""), *drawn[:room], ("] ", ""), (share, "")]]


def _share_text(today: "Today") -> str:
    year = today.board.year
    if year.owed <= 0:
        return "█ validées ▒ à valider"
    return f"█ {format_percent(year.totals.validated / year.owed)} validées ▒ à valider ┃ attendues"


def _share(today: "Today", width: int) -> list[tuple[str, str]]:
    year = today.board.year
    if year.owed <= 0:
        return [(fit(" Heures à réaliser de l'année inconnues.", width), "muted")]
    acquired = year.totals.declared - year.totals.refused
    done = format_percent(year.totals.validated / year.owed)
    text = f" Validées{NBSP}: {done} des heures de l'année"
    if year.expected > 0:
        reached = format_percent(acquired / year.expected)
        text += f" · déclarées, moins les refusées{NBSP}: {reached} des attendues à ce jour"
    return [(fit(text, width), "")]


def _months(today: "Today", width: int) -> list[tuple[str, str]]:
    months = today.months
    most = max(months, default=0)
    line = sparkline([hours / 100 for hours in months])
    text = ""
    if most > 0:
        best = Month(today.board.today.year * 100 + 1 + list(months).index(Hours(most)))
        text = f"  le plus en {format_month(best)}{NBSP}: {format_hours(Hours(most))}"
    head = " Déclarées par mois  janv. "
    return [
        (head, "muted"),
        (line, "info"),
        (fit(f" déc.{text}", max(0, width - cell_len(head) - 12)), "muted"),
    ]
