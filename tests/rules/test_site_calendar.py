"""Open days of a site: recurring idle spans, stops, and how they are written."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.movements import Stop
from suivi_tui.rules.site_calendar import (
    OPEN_ALL_YEAR,
    WORKS_IDLE_SPANS,
    IdleSpan,
    NotIdleSpans,
    SiteCalendar,
    default_idle_spans,
    idle_spans_text,
    is_open,
    open_days,
    parse_idle_spans,
)

WORKS = SiteCalendar(WORKS_IDLE_SPANS)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 7, 31), True),
        (date(2026, 8, 1), False),
        (date(2026, 8, 31), False),
        (date(2026, 9, 1), True),
        (date(2026, 12, 23), True),
        (date(2026, 12, 24), False),
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), False),
        (date(2027, 1, 2), True),
    ],
)
def test_august_and_christmas_are_idle_on_works(day: date, open_: bool) -> None:
    assert is_open(WORKS, day) is open_


@pytest.mark.parametrize(
    ("calendar", "first", "last", "days"),
    [
        (OPEN_ALL_YEAR, date(2026, 1, 1), date(2026, 12, 31), 365),
        (OPEN_ALL_YEAR, date(2028, 1, 1), date(2028, 12, 31), 366),
        (OPEN_ALL_YEAR, date(2026, 1, 2), date(2026, 1, 1), 0),
        # 31 days in August, 1 January and the 8 days from 24 December.
        (WORKS, date(2026, 1, 1), date(2026, 12, 31), 365 - 31 - 9),
        (WORKS, date(2026, 8, 10), date(2026, 8, 20), 0),
        (WORKS, date(2026, 12, 20), date(2027, 1, 5), 8),
        (SiteCalendar((IdleSpan(2, 1, 2, 29),)), date(2026, 1, 31), date(2026, 3, 1), 2),
        (SiteCalendar((IdleSpan(2, 1, 2, 29),)), date(2028, 1, 31), date(2028, 3, 1), 2),
        (SiteCalendar((IdleSpan(2, 1, 2, 28),)), date(2028, 1, 31), date(2028, 3, 1), 3),
        # A stop over an idle month: no day is closed twice.
        (
            SiteCalendar(WORKS_IDLE_SPANS, (Stop(date(2026, 7, 25), date(2026, 9, 5)),)),
            date(2026, 7, 1),
            date(2026, 9, 30),
            24 + 25,
        ),
        (
            SiteCalendar(WORKS_IDLE_SPANS, (Stop(date(2026, 8, 10), date(2026, 8, 12)),)),
            date(2026, 7, 31),
            date(2026, 9, 1),
            2,
        ),
    ],
)
def test_open_days(calendar: SiteCalendar, first: date, last: date, days: int) -> None:
    assert open_days(calendar, first, last) == days


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("août", (IdleSpan(8, 1, 8, 31),)),
        ("Aout, 24/12-01/01", WORKS_IDLE_SPANS),
        ("24/12 au 1/1 ; août", (IdleSpan(12, 24, 1, 1), IdleSpan(8, 1, 8, 31))),
        ("février", (IdleSpan(2, 1, 2, 29),)),
        ("", ()),
        ("aucune", ()),
    ],
)
def test_spans_are_read_as_people_write_them(text: str, spans: tuple[IdleSpan, ...]) -> None:
    assert parse_idle_spans(text) == spans
    assert parse_idle_spans(idle_spans_text(spans)) == spans


@pytest.mark.parametrize(
    "text", ["été", "31/02-01/03", "00/01-02/01", "1/13-2/13", "1/8", "x" * 300]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(NotIdleSpans, match="n'est pas une période"):
        parse_idle_spans(text)


def test_idle_by_default_on_works_only() -> None:
    assert idle_spans_text(default_idle_spans("travaux")) == "août, 24/12-01/01"
    assert default_idle_spans("services") == ()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 900), st.integers(0, 900), st.integers(0, 900))
def test_open_days_add_up(a: int, b: int, c: int) -> None:
    first, cut, last = (date(2027, 3, 1) + timedelta(days=n) for n in sorted((a, b, c)))
    calendar = SiteCalendar(WORKS_IDLE_SPANS, (Stop(date(2028, 2, 20), date(2028, 3, 5)),))
    after = open_days(calendar, cut + timedelta(days=1), last)
    assert open_days(calendar, first, last) == open_days(calendar, first, cut) + after
