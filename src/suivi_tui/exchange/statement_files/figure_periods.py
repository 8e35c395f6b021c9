"""When the figures of a column were worked, from its heading: a year to find, a week to name."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from suivi_tui.exchange.statement_files import questions
from suivi_tui.exchange.statement_files.cell_values import Blank, Fault, hours_of
from suivi_tui.exchange.statement_files.column_roles import FoundColumns
from suivi_tui.exchange.statement_files.headings import Heading
from suivi_tui.exchange.statement_files.layout import DAY_HOURS, Unit
from suivi_tui.exchange.statement_files.periods import WEEK, Period, month_period
from suivi_tui.exchange.statement_files.roles import FIGURES, Role
from suivi_tui.exchange.statement_files.surroundings import Surroundings
from suivi_tui.exchange.statement_files.when import When
from suivi_tui.vocabulary.months import last_day, month_of

_LONGEST_DAY = 1400  # hundredths: above it, a column headed by a date is a week


def settle_periods(found: FoundColumns, headings: Sequence[Heading], around: Surroundings) -> None:
    """Give their period to the columns whose heading tells one."""
    places = [
        place
        for place, column in enumerate(found.columns)
        if column.role in FIGURES and headings[place].when is not None
    ]
    whens = {place: when for place in places if (when := headings[place].when) is not None}
    if not whens:
        return
    years = _years(whens, found, around)
    near = around.near
    periods = {place: when.period(years[place], near) for place, when in whens.items()}
    days = {p: period for p, period in periods.items() if period and whens[p].kind == "day"}
    if days:
        periods.update(_of_dates(found, days))
    for place in places:
        period = periods[place]
        column = found.columns[place]
        role = column.role
        if period is not None and role is Role.WEEK_HOURS and period.whole_months:
            role = Role.MONTH_HOURS if len(period.months) == 1 else Role.QUARTER_HOURS
        found.columns[place] = replace(column, role=role, period=period)
        if period is None:
            found.give(place, Role.IGNORE)
            found.remarks.append((column.heading, "période impossible, colonne non lue"))


def _years(
    whens: dict[int, When], found: FoundColumns, around: Surroundings
) -> dict[int, int | None]:
    """The year of each heading: its own, or the one that keeps the months in order."""
    known = [place for place, when in whens.items() if when.year is not None]
    ordered = sorted(whens)
    if not known:
        start = around.year
        if start is None:
            start = _likely_start(whens, found, around)
            filled = [whens[place] for place in ordered if _has_hours(found, place)]
            if all(not around.is_far(when) for when in filled):
                return {place: around.likely_year(when) for place, when in whens.items()}
            found.questions.append(questions.year_question(around.sheet, around.today, start))
        return _forward(whens, ordered, start)
    years: dict[int, int | None] = {}
    first = ordered.index(known[0])
    years.update(_forward(whens, ordered[first:], whens[known[0]].year or 0))
    year, following = whens[known[0]].year or 0, _rank(whens[known[0]])
    for place in reversed(ordered[:first]):
        if _rank(whens[place]) > following:
            year -= 1
        years[place], following = year, _rank(whens[place])
    return years


def _forward(whens: dict[int, When], places: Sequence[int], year: int) -> dict[int, int | None]:
    years: dict[int, int | None] = {}
    before = 0
    for place in places:
        when = whens[place]
        if when.year is not None:
            year = when.year
        elif _rank(when) < before:
            year += 1
        years[place], before = year, _rank(when)
    return years


def _rank(when: When) -> int:
    return when.number or when.last[1] * 100 + when.last[0]


def _likely_start(whens: dict[int, When], found: FoundColumns, around: Surroundings) -> int:
    """The last year in which every filled column has begun."""
    for year in (around.today.year, around.today.year - 1):
        years = _forward(whens, sorted(whens), year)
        periods = [whens[place].period(years[place]) for place in whens if _has_hours(found, place)]
        if all(period is None or period.first <= around.today for period in periods):
            return year
    return around.today.year - 1


def _has_hours(found: FoundColumns, place: int) -> bool:
    for value in found.filled(place):
        hours = hours_of(value, Unit.HOURS, DAY_HOURS)
        if not isinstance(hours, Blank | Fault) and hours:
            return True
    return False


def _of_dates(found: FoundColumns, days: dict[int, Period]) -> dict[int, Period]:
    """Columns headed by dates: months (their first or last day), weeks, or days."""
    dates = [days[place].first for place in sorted(days)]
    if all(day.day == 1 for day in dates) or all(day == last_day(month_of(day)) for day in dates):
        return {place: month_period(month_of(period.first)) for place, period in days.items()}
    steps = {(b - a).days for a, b in pairwise(dates)}
    weekly = steps == {WEEK} if steps else _is_a_week(found, next(iter(days)))
    if not weekly:
        return days
    weeks = {}
    for place, period in days.items():
        monday = period.first - timedelta(days=period.first.weekday())
        weeks[place] = Period(monday, monday + timedelta(days=WEEK - 1))
    return weeks


def _is_a_week(found: FoundColumns, place: int) -> bool:
    for value in found.filled(place):
        hours = hours_of(value, Unit.HOURS, DAY_HOURS)
        if not isinstance(hours, Blank | Fault) and hours > _LONGEST_DAY:
            return True
    return False
