"""Expected hours to date: linear by days, each event from its own day, additive by periods."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.obligation import OwedEvent
from suivi_tui.rules.schedule import expected_between, expected_hours
from suivi_tui.vocabulary.hours import Hours

START, END = date(2026, 1, 1), date(2026, 4, 10)  # 100 days, both included
INITIAL = OwedEvent(START, Hours(10000))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (START - timedelta(days=1), 0),
        (START, 100),
        (START + timedelta(days=49), 5000),
        (END - timedelta(days=1), 9900),
        (END, 10000),
        (END + timedelta(days=400), 10000),
    ],
)
def test_linear_from_the_start_on_site(on: date, expected: int) -> None:
    assert expected_hours([INITIAL], START, END, on) == expected


@pytest.mark.parametrize(
    ("event", "on", "expected"),
    [
        # An event before the start waits for it.
        (OwedEvent(date(2025, 6, 1), Hours(10000)), START, 100),
        # An amendment in the middle spreads over what is left: 50 days.
        (
            OwedEvent(START + timedelta(days=50), Hours(5000), kind="avenant"),
            START + timedelta(days=49),
            0,
        ),
        (
            OwedEvent(START + timedelta(days=50), Hours(5000), kind="avenant"),
            START + timedelta(days=50),
            100,
        ),
        (OwedEvent(START + timedelta(days=50), Hours(5000), kind="avenant"), END, 5000),
        # The initial objective was owed from the start, whenever it was written down.
        (OwedEvent(START + timedelta(days=50), Hours(10000)), START, 100),
        (OwedEvent(END, Hours(10000)), START + timedelta(days=49), 5000),
        # Decided on the last day or later: due at once.
        (OwedEvent(END, Hours(5000), kind="avenant"), END, 5000),
        (
            OwedEvent(END + timedelta(days=9), Hours(5000), kind="avenant"),
            END + timedelta(days=8),
            0,
        ),
        (
            OwedEvent(END + timedelta(days=9), Hours(5000), kind="avenant"),
            END + timedelta(days=9),
            5000,
        ),
        (OwedEvent(START, Hours(-10000)), START, -100),
    ],
)
def test_each_event_has_its_own_days(event: OwedEvent, on: date, expected: int) -> None:
    assert expected_hours([event], START, END, on) == expected


def test_planned_and_unknown_events_are_not_expected() -> None:
    events = [INITIAL, OwedEvent(START, Hours(9999), firm=False), OwedEvent(START, None)]
    assert expected_hours(events, START, END, END) == 10000


@pytest.mark.parametrize(
    ("start", "end", "events"),
    [(None, END, [INITIAL]), (START, None, [INITIAL]), (START, END, [OwedEvent(START, None)])],
)
def test_unknown_when_a_date_or_the_objective_is_missing(
    start: date | None, end: date | None, events: list[OwedEvent]
) -> None:
    assert expected_hours(events, start, end, END) is None
    assert expected_between(events, start, end, START, END) is None


def test_rounded_once_half_up() -> None:
    # 0,01 h over two days: half a hundredth on the first evening.
    two_days = [OwedEvent(START, Hours(1))]
    assert expected_hours(two_days, START, START + timedelta(days=1), START) == 1
    # Two events of a third each: 0,67 rounded once, not 0,33 + 0,33.
    events = [OwedEvent(START, Hours(1)), OwedEvent(START, Hours(1))]
    assert expected_hours(events, START, START + timedelta(days=2), START) == 1


def test_an_end_before_the_start_makes_all_due_at_the_start() -> None:
    assert expected_hours([INITIAL], END, START, END - timedelta(days=1)) == 0
    assert expected_hours([INITIAL], END, START, END) == 10000


events = st.builds(
    OwedEvent,
    date=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    hours=st.integers(-5_000, 1_000_000).map(Hours),
    firm=st.just(True),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(events, min_size=1, max_size=4),
    st.integers(0, 900),
    st.integers(0, 900),
    st.integers(0, 900),
)
def test_periods_add_up_exactly(known: list[OwedEvent], length: int, a: int, b: int) -> None:
    end = START + timedelta(days=length)
    cut, last = START + timedelta(days=min(a, b)), START + timedelta(days=max(a, b) + 1)
    whole = expected_between(known, START, end, date(2024, 1, 1), last)
    first = expected_between(known, START, end, date(2024, 1, 1), cut)
    second = expected_between(known, START, end, cut + timedelta(days=1), last)
    assert first is not None and second is not None
    assert whole == first + second
