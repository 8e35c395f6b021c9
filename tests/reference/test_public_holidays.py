"""French public holidays, mainland, Alsace-Moselle and overseas."""

from datetime import date

import pytest

from suivi_tui.reference.public_holidays import (
    ALSACE_MOSELLE,
    MAINLAND,
    holidays_between,
    public_holidays,
)


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2026, 1, 1), True),
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 5), False),  # Easter Sunday is a Sunday, no public holiday
        (date(2026, 4, 6), True),
        (date(2026, 5, 1), True),
        (date(2026, 5, 8), True),
        (date(2026, 5, 14), True),
        (date(2026, 5, 25), True),
        (date(2026, 7, 14), True),
        (date(2026, 8, 15), True),
        (date(2026, 11, 1), True),  # a Sunday: not moved to the 2nd
        (date(2026, 11, 2), False),
        (date(2026, 11, 11), True),
        (date(2026, 12, 25), True),
        (date(2026, 12, 26), False),
        # Easter of a leap year: 16 April 2028.
        (date(2028, 4, 17), True),
        (date(2028, 5, 25), True),
    ],
)
def test_of_the_mainland(day: date, holiday: bool) -> None:
    assert (day in public_holidays(2026, 2028)) is holiday


@pytest.mark.parametrize(
    ("department", "day"),
    [
        (ALSACE_MOSELLE, date(2026, 4, 3)),
        ("67", date(2026, 12, 26)),
        ("68", date(2026, 12, 26)),
        ("974", date(2026, 12, 20)),
        ("972", date(2026, 5, 22)),
    ],
)
def test_of_some_departments(department: str, day: date) -> None:
    assert day in public_holidays(2026, 2026, department)
    assert day not in public_holidays(2026, 2026, "75")
    assert public_holidays(2026, 2026, "75") == public_holidays(2026, 2026, MAINLAND)


def test_eleven_a_year_over_every_year_of_a_period() -> None:
    assert len(holidays_between(date(2026, 12, 31), date(2027, 1, 1))) == 22
    assert len(holidays_between(date(2027, 1, 1), date(2026, 1, 1))) == 11
