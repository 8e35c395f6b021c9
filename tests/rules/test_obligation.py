"""Hours owed: what moves the objective, and what is not known."""

from datetime import date

import pytest

from suivi_tui.rules.obligation import OwedEvent, hours_owed
from suivi_tui.vocabulary.hours import Hours

JANUARY, JUNE = date(2026, 1, 1), date(2026, 6, 1)


def event(day: date, hours: int | None, firm: bool = True) -> OwedEvent:
    return OwedEvent(day, None if hours is None else Hours(hours), firm)


@pytest.mark.parametrize(
    ("events", "on", "owed"),
    [
        ([], None, None),
        ([event(JANUARY, None)], None, None),
        ([event(JANUARY, 0)], None, 0),
        ([event(JANUARY, 40000), event(JUNE, 6000)], None, 46000),
        ([event(JANUARY, 40000), event(JUNE, None)], None, 40000),
        ([event(JANUARY, 40000), event(JUNE, -6000)], None, 34000),
        # An optional phase counts only once affirmed.
        ([event(JANUARY, 40000), event(JUNE, 6000, firm=False)], None, 40000),
        ([event(JUNE, 6000, firm=False)], None, None),
        ([event(JANUARY, 40000), event(JUNE, 6000)], date(2026, 5, 31), 40000),
        ([event(JANUARY, 40000), event(JUNE, 6000)], JUNE, 46000),
        ([event(JUNE, 6000)], JANUARY, None),
    ],
)
def test_hours_owed(events: list[OwedEvent], on: date | None, owed: int | None) -> None:
    assert hours_owed(events, on) == owed
