"""What is plausible for a person in a month: days under contract, weekly time, legal maxima."""

from datetime import date
from fractions import Fraction

from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, first_day, last_day


def days_within(month: Month, start: date | None, end: date | None) -> int:
    """Calendar days of a month that lie from ``start`` to ``end``; an unknown bound is open."""
    first, last = first_day(month), last_day(month)
    begin = first if start is None else max(first, start)
    finish = last if end is None else min(last, end)
    return max((finish - begin).days + 1, 0)


def plausible_hours(weekly: Hours, days: int, tolerance: Fraction = Fraction(1)) -> Hours:
    """Hours that a weekly time allows over calendar days under contract, rounded down.

    Pro rata of seven days; up to a week, of the five days usually worked, so that a mission from
    Monday to Friday is worth its whole week and not five sevenths of it.
    """
    weeks = max(Fraction(days, 7), Fraction(min(days, 5), 5))
    return Hours(int(weekly * weeks * tolerance))


def wholly_outside(month: Month, start: date | None, end: date | None) -> bool:
    """Whether no day of a month lies from ``start`` to ``end``; an unknown bound is open."""
    return days_within(month, start, end) == 0
