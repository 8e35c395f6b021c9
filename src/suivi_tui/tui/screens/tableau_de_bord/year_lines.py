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
    from suivi_tui.readings.year import Year

TALL: Final = 30
"""From this height of the window on, each figure has its own bar."""

SHORT_LINES: Final = 5
TALL_LINES: Final = 8


def year_lines(year: "Year | None", width: int, height: int) -> Lines:
    """The lines for a window; while nothing is known (None), as many of them, without figures."""
    tall = height >= TALL
    if year is None:
        return [[(" Heures de l'année…", "muted")], *[[] for _ in range(_count(tall) - 1)]]
    lines = _bars(year, width) if tall else _gauge(year, width)
    return [_title(year, width), *lines, _months(year, width)]


def _count(tall: bool) -> int:
    return TALL_LINES if tall else SHORT_LINES


def _title(year: "Year", width: int) -> list[tuple[str, str]]:
    known = year.figures
    parts = [
        f"Heures de l'année {year.day.year} au {format_date(year.day)}",
        plural(known.obligations, "obligation", "obligations"),
    ]
    if known.unknown:
        parts.append(f"{plural(known.unknown, 'objectif', 'objectifs')} à compléter, hors du taux")
    return [(fit(" " + " · ".join(parts), width), "total")]


def _figures(year: "Year") -> list[tuple[str, Hours, str]]:
    known = year.figures
    return [
        ("À réaliser", known.owed, "muted"),
        ("Attendues à ce jour", known.expected, "info"),
        ("Déclarées", known.totals.declared, "info"),
        ("Validées", known.totals.validated, "ok"),
        ("À valider", known.totals.pending, "alerte"),
    ]


def _bars(year: "Year", width: int) -> Lines:
    """One bar for each figure, all at the same scale."""
    bars = [
        Bar(label, hours / 100, format_hours(hours), tone=tone)
        for label, hours, tone in _figures(year)
    ]
    drawn = bar_lines(bars, min(width, 100) - 1)
    return [*([(" ", ""), *line] for line in drawn), _share(year, width)]


def _gauge(year: "Year", width: int) -> Lines:
    """The figures on two lines, then one gauge: validated, pending, expected to date."""
    texts = [f"{label} {format_hours(hours)}" for label, hours, _ in _figures(year)]
    lines: Lines = [[(fit(" " + "   ".join(part), width), "")] for part in (texts[:2], texts[2:])]
    known = year.figures
    share = _share_text(year)
    room = max(10, width - cell_len(share) - 5)
    whole = max(known.owed, known.totals.declared, 1)
    done = round(room * known.totals.validated / whole)
    waiting = round(room * (known.totals.validated + known.totals.pending) / whole) - done
    drawn = [("█", "ok")] * done + [("▒", "alerte")] * max(0, waiting)
    drawn += [("░", "muted")] * (room - len(drawn))
    if known.owed > 0:
        drawn[min(room - 1, max(0, round(room * known.expected / whole)))] = ("┃", "info")
    return [*lines, [(" [", ""), *drawn[:room], ("] ", ""), (share, "")]]


def _share_text(year: "Year") -> str:
    known = year.figures
    if known.owed <= 0:
        return "█ validées ▒ à valider"
    done = format_percent(known.measured.validated / known.owed)
    return f"█ {done} validées ▒ à valider ┃ attendues"


def _share(year: "Year", width: int) -> list[tuple[str, str]]:
    known = year.figures
    if known.owed <= 0:
        return [(fit(" Heures à réaliser de l'année inconnues.", width), "muted")]
    acquired = known.measured.declared - known.measured.refused
    done = format_percent(known.measured.validated / known.owed)
    text = f" Validées{NBSP}: {done} des heures de l'année"
    if known.expected > 0:
        reached = format_percent(acquired / known.expected)
        text += f" · déclarées, moins les refusées{NBSP}: {reached} des attendues à ce jour"
    return [(fit(text, width), "")]


def _months(year: "Year", width: int) -> list[tuple[str, str]]:
    months = year.months
    most = max(months, default=0)
    line = sparkline([hours / 100 for hours in months])
    text = ""
    if most > 0:
        best = Month(year.day.year * 100 + 1 + list(months).index(Hours(most)))
        text = f"  le plus en {format_month(best)}{NBSP}: {format_hours(Hours(most))}"
    head = " Déclarées par mois  janv. "
    return [
        (head, "muted"),
        (line, "info"),
        (fit(f" déc.{text}", max(0, width - cell_len(head) - 12)), "muted"),
    ]
