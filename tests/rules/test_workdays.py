"""Days counted between dates: calendar, working, business; the first day is not counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.workdays import day_number, days_after, is_counted, last_day_of_delay
from suivi_tui.vocabulary.choices.penalties import DayCount

CALENDAR, WORKING, BUSINESS = DayCount.CALENDAR, DayCount.WORKING, DayCount.BUSINESS
# May 2026: Friday 1st, Friday 8th, Thursday 14th, Monday 25th.
HOLIDAYS = frozenset(
    [date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25), date(2026, 11, 1)]
)


@pytest.mark.parametrize(
    ("day", "calendar", "working", "business"),
    [
        (date(2026, 5, 4), True, True, True),  # Monday
        (date(2026, 5, 8), True, False, False),  # a holiday
        (date(2026, 5, 9), True, False, True),  # Saturday
        (date(2026, 5, 10), True, False, False),  # Sunday
    ],
)
def test_which_days_count(day: date, calendar: bool, working: bool, business: bool) -> None:
    found = [is_counted(day, counting, HOLIDAYS) for counting in (CALENDAR, WORKING, BUSINESS)]
    assert found == [calendar, working, business]


@pytest.mark.parametrize(
    ("start", "last", "calendar", "working", "business"),
    [
        (date(2026, 5, 4), date(2026, 5, 3), 0, 0, 0),
        (date(2026, 5, 4), date(2026, 5, 4), 0, 0, 0),
        (date(2026, 5, 4), date(2026, 5, 5), 1, 1, 1),
        (date(2026, 5, 7), date(2026, 5, 8), 1, 0, 0),
        (date(2026, 5, 7), date(2026, 5, 9), 2, 0, 1),
        (date(2026, 5, 7), date(2026, 5, 10), 3, 0, 1),
        (date(2026, 5, 7), date(2026, 5, 11), 4, 1, 2),
        (date(2026, 4, 30), date(2026, 5, 31), 31, 17, 22),
        # 1 November is a Sunday: a holiday that takes no working day.
        (date(2026, 10, 30), date(2026, 11, 2), 3, 1, 2),
        (date(2028, 2, 28), date(2028, 3, 1), 2, 2, 2),
        (date(2027, 2, 28), date(2027, 3, 1), 1, 1, 1),
        (date(2026, 12, 31), date(2027, 1, 4), 4, 2, 3),
    ],
)
def test_days_after(start: date, last: date, calendar: int, working: int, business: int) -> None:
    found = [days_after(start, last, way, HOLIDAYS) for way in (CALENDAR, WORKING, BUSINESS)]
    assert found == [calendar, working, business]


@pytest.mark.parametrize(
    ("start", "number", "counting", "day"),
    [
        (date(2026, 5, 4), 0, WORKING, date(2026, 5, 4)),
        (date(2026, 5, 7), 1, CALENDAR, date(2026, 5, 8)),
        (date(2026, 5, 7), 1, WORKING, date(2026, 5, 11)),
        (date(2026, 5, 7), 1, BUSINESS, date(2026, 5, 9)),
        # The ten working days of the CSF model.
        (date(2026, 5, 4), 10, WORKING, date(2026, 5, 20)),
        (date(2028, 2, 28), 1, CALENDAR, date(2028, 2, 29)),
    ],
)
def test_day_number(start: date, number: int, counting: DayCount, day: date) -> None:
    assert day_number(start, number, counting, HOLIDAYS) == day


def test_no_negative_delay() -> None:
    with pytest.raises(ValueError, match="negative"):
        day_number(date(2026, 5, 4), -1, CALENDAR)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2026, 5, 4), 3, date(2026, 5, 7)),
        (date(2026, 5, 4), 4, date(2026, 5, 11)),  # Friday 8 May, then a weekend
        (date(2026, 5, 4), 5, date(2026, 5, 11)),
        (date(2026, 5, 4), 7, date(2026, 5, 11)),
        (date(2026, 5, 4), 8, date(2026, 5, 12)),
        (date(2026, 5, 4), 15, date(2026, 5, 19)),
    ],
)
def test_a_delay_never_ends_on_a_closed_day(start: date, days: int, last: date) -> None:
    assert last_day_of_delay(start, days, CALENDAR, HOLIDAYS) == last


@settings(max_examples=60, deadline=None)
@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(0, 60),
    st.integers(0, 60),
    st.sampled_from(list(DayCount)),
)
def test_counts_add_up_and_agree_with_a_calendar(
    start: date, a: int, b: int, counting: DayCount
) -> None:
    cut, last = start + timedelta(days=a), start + timedelta(days=a + b)
    first, second = (
        days_after(start, cut, counting, HOLIDAYS),
        days_after(cut, last, counting, HOLIDAYS),
    )
    assert days_after(start, last, counting, HOLIDAYS) == first + second
    one_by_one = [start + timedelta(days=step) for step in range(1, a + b + 1)]
    assert first + second == sum(is_counted(day, counting, HOLIDAYS) for day in one_by_one)
    assert days_after(start, day_number(start, a, counting, HOLIDAYS), counting, HOLIDAYS) == a
