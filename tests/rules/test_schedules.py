"""Hours expected under every schedule: linear, site calendar, dated steps, stops and restarts."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.movements import Stop
from suivi_tui.rules.obligation import OwedEvent
from suivi_tui.rules.schedule import expected_hours
from suivi_tui.rules.schedules import (
    Portion,
    Schedule,
    Step,
    expected_by,
    expected_of_portions,
    expected_within,
    moved_by_stops,
)
from suivi_tui.rules.site_calendar import OPEN_ALL_YEAR, WORKS_IDLE_SPANS, SiteCalendar
from suivi_tui.vocabulary.hours import Hours

DAY = timedelta(days=1)
START, END = date(2026, 1, 1), date(2026, 12, 31)
INITIAL = OwedEvent(START, Hours(32_500))
# 365 days less August, 1 January and 24 to 31 December: 325 open days, 1 h each.
SITE = Schedule(START, END, "chantier", WORKS_IDLE_SPANS)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (START - DAY, 0),
        (START, 0),  # New Year's Day is idle
        (date(2026, 1, 2), 100),
        (date(2026, 7, 31), 21_100),
        (date(2026, 8, 1), 21_100),
        (date(2026, 8, 31), 21_100),
        (date(2026, 9, 1), 21_200),
        (date(2026, 12, 22), 32_400),
        (date(2026, 12, 23), 32_500),
        (END - DAY, 32_500),
        (END, 32_500),
        (END + DAY, 32_500),
    ],
)
def test_nothing_is_expected_of_an_idle_site(on: date, expected: int) -> None:
    assert expected_by(SITE, [INITIAL], on) == expected


def test_an_amendment_is_spread_over_the_open_days_left() -> None:
    events = [
        OwedEvent(START, Hours(0)),
        OwedEvent(date(2026, 8, 15), Hours(11_400), kind="avenant"),
    ]
    # From September to 23 December: 114 open days.
    assert expected_by(SITE, events, date(2026, 8, 31)) == 0
    assert expected_by(SITE, events, date(2026, 9, 1)) == 100
    assert expected_by(SITE, events, END) == 11_400


def test_a_period_wholly_idle_is_due_on_its_last_day() -> None:
    august = Schedule(date(2026, 8, 1), date(2026, 8, 31), "chantier", WORKS_IDLE_SPANS)
    assert expected_by(august, [INITIAL], date(2026, 8, 30)) == 0
    assert expected_by(august, [INITIAL], date(2026, 8, 31)) == 32_500


LEAP = Schedule(date(2028, 2, 1), date(2028, 3, 1))  # 30 days, 29 February included


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2028, 2, 28), 2_800),
        (date(2028, 2, 29), 2_900),
        (date(2028, 3, 1), 3_000),
    ],
)
def test_29_february_is_a_day_like_another(on: date, expected: int) -> None:
    assert expected_by(LEAP, [OwedEvent(START, Hours(3_000))], on) == expected


STOP = Stop(date(2026, 3, 1), date(2026, 3, 10))
# 100 days of work and 10 days of stop.
STOPPED = Schedule(START, date(2026, 4, 20), stops=(STOP,))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (START, 100),
        (date(2026, 2, 28), 5_900),
        (date(2026, 3, 1), 5_900),
        (date(2026, 3, 10), 5_900),
        (date(2026, 3, 11), 6_000),
        (date(2026, 4, 19), 9_900),
        (date(2026, 4, 20), 10_000),
        (date(2026, 4, 21), 10_000),
    ],
)
def test_a_stop_shifts_what_is_expected_after_it(on: date, expected: int) -> None:
    assert expected_by(STOPPED, [OwedEvent(START, Hours(10_000))], on) == expected


STEPS = (
    Step(date(2026, 3, 31), share=Fraction(30, 100)),
    Step(date(2026, 9, 30), hours=Hours(6_000)),
)
OWED = [OwedEvent(START, Hours(10_000))]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (START - DAY, 0),
        (START, 0),
        (date(2026, 3, 30), 0),
        (date(2026, 3, 31), 3_000),
        (date(2026, 4, 1), 3_000),
        (date(2026, 9, 29), 3_000),
        (date(2026, 9, 30), 6_000),
        (END - DAY, 6_000),
        (END, 10_000),
        (END + DAY, 10_000),
    ],
)
def test_dated_steps_are_due_on_their_day(on: date, expected: int) -> None:
    assert expected_by(Schedule(START, END, "paliers", steps=STEPS), OWED, on) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (START - DAY, 0),
        (START, 33),  # 3 000 over the 90 days of the quarter
        (date(2026, 3, 30), 2_967),
        (date(2026, 3, 31), 3_000),
        (date(2026, 4, 1), 3_016),  # 3 000 over 183 days
        (date(2026, 9, 30), 6_000),
        (END - DAY, 9_957),
        (END, 10_000),
    ],
)
def test_milestones_are_spread_between_two_dates(on: date, expected: int) -> None:
    assert expected_by(Schedule(START, END, "jalons", steps=STEPS), OWED, on) == expected


def test_milestones_leave_idle_days_out() -> None:
    idle = Schedule(START, END, "jalons", WORKS_IDLE_SPANS, steps=STEPS)
    assert expected_by(idle, OWED, date(2026, 7, 31)) == expected_by(idle, OWED, date(2026, 8, 31))


def test_steps_move_with_a_stop() -> None:
    stopped = Schedule(START, END + 10 * DAY, "paliers", stops=(STOP,), steps=STEPS)
    assert expected_by(stopped, OWED, date(2026, 4, 9)) == 0
    assert expected_by(stopped, OWED, date(2026, 4, 10)) == 3_000
    assert moved_by_stops(date(2026, 2, 28), (STOP,)) == date(2026, 2, 28)
    assert moved_by_stops(date(2026, 3, 1), (STOP,)) == date(2026, 3, 11)


def test_a_share_follows_an_amendment_and_hours_never_pass_what_is_owed() -> None:
    more = [*OWED, OwedEvent(date(2026, 6, 1), Hours(2_000), kind="avenant")]
    schedule = Schedule(START, END, "paliers", steps=STEPS)
    assert expected_by(schedule, more, date(2026, 5, 31)) == 3_000
    assert expected_by(schedule, more, date(2026, 6, 1)) == 3_600
    less = [*OWED, OwedEvent(date(2026, 6, 1), Hours(-5_000), kind="avenant")]
    assert expected_by(schedule, less, date(2026, 9, 30)) == 5_000


def test_a_step_out_of_the_period_or_lower_than_another_takes_nothing_back() -> None:
    odd = (
        Step(date(2025, 12, 1), hours=Hours(1_000)),
        Step(date(2026, 2, 1), hours=Hours(500)),
        Step(date(2027, 2, 1), hours=Hours(2_000)),
        Step(date(2026, 2, 2)),
    )
    schedule = Schedule(START, END, "paliers", steps=odd)
    assert expected_by(schedule, OWED, START) == 1_000
    assert expected_by(schedule, OWED, date(2026, 2, 1)) == 1_000
    assert expected_by(schedule, OWED, END) == 10_000
    spread = Schedule(START, END, "jalons", steps=odd)
    assert expected_by(spread, OWED, date(2026, 2, 1)) == 1_000


@pytest.mark.parametrize(
    ("schedule", "events"),
    [
        (Schedule(None, END), OWED),
        (Schedule(START, None, "chantier"), OWED),
        (Schedule(START, END, "paliers", steps=STEPS), [OwedEvent(START, None)]),
    ],
)
def test_unknown_when_a_date_or_the_objective_is(
    schedule: Schedule, events: list[OwedEvent]
) -> None:
    assert expected_by(schedule, events, END) is None
    assert expected_within(schedule, events, START, END) is None


def test_each_year_of_an_agreement_is_spread_over_its_own_year() -> None:
    years = [
        Portion(Hours(36_500), date(2026, 1, 1), date(2026, 12, 31)),
        Portion(Hours(73_000), date(2027, 1, 1), date(2027, 12, 31)),
    ]
    for day, expected in [
        (date(2025, 12, 31), 0),
        (date(2026, 12, 31), 36_500),
        (date(2027, 1, 1), 36_700),
        (date(2027, 12, 31), 109_500),
    ]:
        assert expected_of_portions(years, OPEN_ALL_YEAR, day) == expected
    assert expected_of_portions(years, SiteCalendar(WORKS_IDLE_SPANS), END) == 36_500


EVENTS = st.lists(
    st.builds(
        OwedEvent,
        date=st.dates(date(2025, 6, 1), date(2027, 12, 31)),
        hours=st.one_of(st.none(), st.integers(-5_000, 1_000_000).map(Hours)),
        firm=st.booleans(),
        kind=st.sampled_from(["initial", "avenant"]),
    ),
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(EVENTS, st.integers(-10, 900), st.integers(-10, 900), st.sampled_from(["lineaire", "?"]))
def test_linear_is_the_schedule_already_known(
    events: list[OwedEvent], length: int, day: int, kind: str
) -> None:
    end, on = START + timedelta(days=length), START + timedelta(days=day)
    schedule = Schedule(START, end, kind, WORKS_IDLE_SPANS, steps=STEPS)
    assert expected_by(schedule, events, on) == expected_hours(events, START, end, on)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["lineaire", "chantier", "paliers", "jalons"]),
    st.integers(0, 1_000_000),
    st.integers(0, 500),
    st.integers(0, 500),
)
def test_periods_add_up_and_nothing_is_taken_back(kind: str, hours: int, a: int, b: int) -> None:
    schedule = Schedule(START, END, kind, WORKS_IDLE_SPANS, (STOP,), STEPS)
    events = [OwedEvent(START, Hours(hours))]
    cut, last = START + timedelta(days=min(a, b)), START + timedelta(days=max(a, b))
    before = expected_within(schedule, events, START - DAY, cut)
    after = expected_within(schedule, events, cut + DAY, last)
    whole = expected_within(schedule, events, START - DAY, last)
    assert before is not None and after is not None
    assert whole == before + after
    assert after >= 0
    assert expected_by(schedule, events, END) == hours
