"""What is plausible for a person in a month: days under contract and the weekly time."""

from datetime import date
from fractions import Fraction
from functools import lru_cache

from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, first_day, last_day


# The rules ask for the days of the same few months thousands of times.
@lru_cache(maxsize=2_048)
def _bounds(month: Month) -> tuple[date, date]:
    return first_day(month), last_day(month)


def days_within(month: Month, start: date | None, end: date | None) -> int:
    """Calendar days of a month that lie from ``start`` to ``end``; an unknown bound is open."""
    first, last = _bounds(month)
    if start is not None and start > first:
        first = start
    if end is not None and end < last:
        last = end
    return (last - first).days + 1 if first <= last else 0


def plausible_hours(weekly: Hours, days: int, tolerance: Fraction = Fraction(1)) -> Hours:
    """Hours that a weekly time allows over calendar days under contract, rounded down.

    Pro rata of seven days; up to a week, of the five days usually worked, so that a mission from
    Monday to Friday is worth its whole week and not five sevenths of it.
    """
    # Weeks in thirty-fifths, so that whole numbers are enough: this is asked for every month.
    weeks = max(5 * days, 7 * min(days, 5))
    return Hours(weekly * weeks * tolerance.numerator // (35 * tolerance.denominator))


def wholly_outside(month: Month, start: date | None, end: date | None) -> bool:
    """Whether no day of a month lies from ``start`` to ``end``; an unknown bound is open."""
    return days_within(month, start, end) == 0
