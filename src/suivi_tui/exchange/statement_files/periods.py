"""Periods of work and how the hours of a period are shared between its months.

A statement tells hours of a month, a week, a day or a quarter; the base holds months. Sharing is
exact: the parts always add up to the whole, to the hundredth of an hour.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, first_day, last_day, month_of, months_between

SATURDAY = 5
WEEK = 7
# A period longer than that is a mistake, or a total that says nothing of its months.
LONGEST_MONTHS = 6


class Period(NamedTuple):
    """Days from ``first`` to ``last``, both worked or not, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> list[Month]:
        """The months it touches, in order."""
        return months_between(month_of(self.first), month_of(self.last))

    @property
    def whole_months(self) -> bool:
        """Whether it starts and ends with its months."""
        return self.first.day == 1 and self.last == last_day(month_of(self.last))


def month_period(month: Month) -> Period:
    """The days of a month."""
    return Period(first_day(month), last_day(month))


def quarter_period(year: int, quarter: int) -> Period:
    """The days of a quarter, 1 to 4."""
    month = Month(year * 100 + quarter * 3 - 2)
    return Period(first_day(month), last_day(Month(month + 2)))


def week_period(year: int, week: int) -> Period | None:
    """The days of an ISO week, or None when the year has no such week."""
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return Period(monday, monday + timedelta(days=WEEK - 1))


def shares(period: Period) -> tuple[tuple[Month, Fraction], ...]:
    """What each month takes of the hours of ``period``; the shares add up to 1.

    Whole months (a quarter) take equal shares. Any other period goes by its working days, Monday
    to Friday, or by all its days when it has none; a month without any takes nothing.
    """
    months = period.months
    if len(months) == 1:
        return ((months[0], Fraction(1)),)
    if period.whole_months:
        return tuple((month, Fraction(1, len(months))) for month in months)
    days = working_days(period) or _all_days(period)
    counts: dict[Month, int] = {}
    for day in days:
        counts[month_of(day)] = counts.get(month_of(day), 0) + 1
    return tuple((month, Fraction(count, len(days))) for month, count in counts.items())


def shared(hours: Hours, parts: Iterable[tuple[Month, Fraction]]) -> list[tuple[Month, Hours]]:
    """``hours`` cut by ``parts``: whole hundredths, whose sum is ``hours`` exactly."""
    cut: list[tuple[Month, Hours]] = []
    reached, given = Fraction(0), 0
    for month, part in parts:
        reached += part
        # Rounded half up on the running total, so that nothing is lost on the way.
        until = (2 * hours * reached.numerator + reached.denominator) // (2 * reached.denominator)
        cut.append((month, Hours(until - given)))
        given = until
    return cut


def working_days(period: Period) -> list[date]:
    """The days of ``period`` from Monday to Friday."""
    return [day for day in _all_days(period) if day.weekday() < SATURDAY]


def _all_days(period: Period) -> list[date]:
    return [period.first + timedelta(days=step) for step in range(period.days)]
