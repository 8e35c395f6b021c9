"""Effective dates: extensions, stop and restart orders, planned or firm."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.movements import Movement, Stop, effective_dates

START, END = date(2026, 1, 1), date(2026, 12, 31)
LATER = date(2027, 6, 1)


def extension(day: date, months: int, firm: bool = True) -> Movement:
    return Movement(day, "prolongation", months=months, firm=firm)


def stop(day: date, firm: bool = True) -> Movement:
    return Movement(day, "arret", firm=firm)


def restart(day: date, firm: bool = True) -> Movement:
    return Movement(day, "reprise", firm=firm)


@pytest.mark.parametrize(
    ("end", "months", "moved"),
    [
        (date(2026, 6, 14), 3, date(2026, 9, 14)),
        # To the end of a month: to the end of the other one.
        (date(2026, 6, 30), 1, date(2026, 7, 31)),
        (date(2025, 2, 28), 12, date(2026, 2, 28)),
        (date(2027, 2, 28), 12, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        # 30 January is no end of month, but February has no 30th.
        (date(2026, 1, 30), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 6, 30), -1, date(2026, 5, 31)),
        (date(2026, 6, 30), 0, date(2026, 6, 30)),
        (date(9999, 12, 31), 12, date(9999, 12, 31)),
    ],
)
def test_an_extension_moves_the_end(end: date, months: int, moved: date) -> None:
    assert effective_dates(START, end, [extension(START, months)], LATER).end == moved


@pytest.mark.parametrize(
    ("on", "end"),
    [(date(2026, 5, 31), END), (date(2026, 6, 1), date(2027, 3, 31)), (LATER, date(2027, 3, 31))],
)
def test_an_extension_counts_from_its_day(on: date, end: date) -> None:
    assert effective_dates(START, END, [extension(date(2026, 6, 1), 3)], on).end == end


def test_what_is_planned_shows_in_the_other_reading_only() -> None:
    moves = [extension(date(2026, 6, 1), 3, firm=False)]
    assert effective_dates(START, END, moves, LATER).end == END
    assert effective_dates(START, END, moves, START, planned=True).end == date(2027, 3, 31)


STOPPED, BACK = date(2026, 2, 28), date(2026, 3, 2)


@pytest.mark.parametrize(
    ("on", "end", "since"),
    [
        (STOPPED - timedelta(days=1), END, None),
        # Running: each stopped day moves the end by one, the day of the order included.
        (STOPPED, END + timedelta(days=1), STOPPED),
        (STOPPED + timedelta(days=1), END + timedelta(days=2), STOPPED),
        (BACK, END + timedelta(days=2), None),
        (LATER, END + timedelta(days=2), None),
    ],
)
def test_a_stop_moves_the_end_by_its_days(on: date, end: date, since: date | None) -> None:
    dates = effective_dates(START, END, [stop(STOPPED), restart(BACK)], on)
    assert (dates.end, dates.stopped_since) == (end, since)


def test_a_stop_over_29_february_has_one_day_more() -> None:
    moves = [stop(date(2028, 2, 28)), restart(date(2028, 3, 2))]
    dates = effective_dates(date(2028, 1, 1), date(2028, 12, 31), moves, date(2028, 6, 1))
    assert dates.end == date(2029, 1, 3)
    assert dates.stops == (Stop(date(2028, 2, 28), date(2028, 3, 1)),)


@pytest.mark.parametrize(
    "moves",
    [
        [restart(BACK)],
        [stop(END + timedelta(days=1)), restart(END + timedelta(days=30))],
        [stop(STOPPED), restart(STOPPED)],
        [Movement(STOPPED, "avenant"), Movement(STOPPED, "montant")],
        [stop(STOPPED, firm=False), restart(BACK, firm=False)],
    ],
)
def test_what_moves_nothing(moves: list[Movement]) -> None:
    dates = effective_dates(START, END, moves, LATER)
    assert (dates.end, dates.stops) == (END, ())


def test_a_stop_on_the_last_day_still_counts_and_a_second_stop_does_not() -> None:
    moves = [stop(END), stop(END + timedelta(days=3)), restart(END + timedelta(days=10))]
    assert effective_dates(START, END, moves, LATER).end == END + timedelta(days=10)


def test_a_stop_only_foreseen_without_restart_moves_nothing_yet() -> None:
    moves = [stop(date(2026, 9, 1), firm=False)]
    dates = effective_dates(START, END, moves, date(2026, 6, 1), planned=True)
    assert (dates.end, dates.stopped_since) == (END, None)


def test_movements_apply_in_the_order_of_their_dates() -> None:
    moves = [extension(date(2026, 6, 1), 1), stop(STOPPED), restart(BACK)]
    # The stop first: 2 January, then a month more.
    assert effective_dates(START, END, moves, LATER).end == date(2027, 2, 2)


def test_unknown_dates_stay_unknown() -> None:
    dates = effective_dates(None, None, [extension(START, 3), stop(STOPPED)], BACK)
    assert (dates.start, dates.end, dates.stopped_since) == (None, None, STOPPED)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 300), min_size=2, max_size=6, unique=True))
def test_the_end_moves_by_exactly_the_days_stopped(days: list[int]) -> None:
    days = sorted(days)[: len(days) // 2 * 2]
    moves = [
        (stop if index % 2 == 0 else restart)(START + timedelta(days=day))
        for index, day in enumerate(days)
    ]
    dates = effective_dates(START, END, moves, LATER)
    stopped = sum((stop.last - stop.first).days + 1 for stop in dates.stops)
    assert dates.end == END + timedelta(days=stopped)
    assert stopped == sum(days[1::2]) - sum(days[::2])
