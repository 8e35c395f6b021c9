"""Plausible hours in a month."""

from datetime import date
from fractions import Fraction

import pytest

from suivi_tui.rules.plausibility import days_within, plausible_hours, wholly_outside
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

MARCH = Month(202603)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (None, None, 31),
        (date(2026, 3, 1), date(2026, 3, 31), 31),
        (date(2026, 3, 31), None, 1),
        (None, date(2026, 3, 1), 1),
        (date(2026, 4, 1), None, 0),
        (None, date(2026, 2, 28), 0),
        (date(2026, 3, 10), date(2026, 3, 19), 10),
        (date(2026, 3, 19), date(2026, 3, 10), 0),
    ],
)
def test_days_of_a_month_within_a_period(start: date | None, end: date | None, days: int) -> None:
    assert days_within(MARCH, start, end) == days
    assert wholly_outside(MARCH, start, end) == (days == 0)


@pytest.mark.parametrize(
    ("weekly", "days", "tolerance", "hours"),
    [
        (3500, 0, 1, 0),
        (3500, 1, 1, 700),
        (3500, 5, 1, 3500),
        (3500, 7, 1, 3500),
        (3500, 28, 1, 14000),
        (3500, 31, 1, 15500),
        (2000, 28, 1, 8000),
        (3500, 28, Fraction(5, 4), 17500),
    ],
)
def test_plausible_hours(weekly: int, days: int, tolerance: Fraction, hours: int) -> None:
    assert plausible_hours(Hours(weekly), days, Fraction(tolerance)) == hours
