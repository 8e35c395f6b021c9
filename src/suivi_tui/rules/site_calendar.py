"""The days of a building site: recurring idle spans, stops, and the open days that are left.

Idle spans come back every year (August, Christmas); stops are dated once by orders. A day that is
neither is open. Nothing here is about weekends or public holidays: hours are expected by calendar
days (domain.md 6.1, "a site calendar").
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from suivi_tui.rules.movements import Stop
from suivi_tui.vocabulary.choices import Category
from suivi_tui.vocabulary.dates import MONTH_NAMES, month_length, month_number
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

_ONE_DAY = timedelta(days=1)
_SPAN = re.compile(r"([0-9]{1,2})/([0-9]{1,2}) ?(?:-|au) ?([0-9]{1,2})/([0-9]{1,2})")
_LONGEST = 30


class IdleSpan(NamedTuple):
    """Days of every year without work, both included; it may run over the new year.

    29 February as a last day is the last of February, whatever the year.
    """

    first_month: int
    first_day: int
    last_month: int
    last_day: int


class SiteCalendar(NamedTuple):
    """What keeps a site closed: spans of every year and dated stops."""

    spans: tuple[IdleSpan, ...] = ()
    stops: tuple[Stop, ...] = ()


OPEN_ALL_YEAR = SiteCalendar()
"""A calendar without any idle day: the linear schedule."""

WORKS_IDLE_SPANS = (IdleSpan(8, 1, 8, 31), IdleSpan(12, 24, 1, 1))
"""Idle by default on works: August, and Christmas from 24 December to 1 January.

Usual in building, not read in a text (unverified): a contract may say otherwise.
"""


class NotIdleSpans(UserError):
    """The text names no spans of the year; nothing was changed."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"«{NBSP}{clean(text, 40)}{NBSP}» n'est pas une période sans activité{NBSP}: écrivez "
            "par exemple août, 24/12-01/01, ou aucune."
        )


def default_idle_spans(category: str) -> tuple[IdleSpan, ...]:
    """Idle spans when the contract says nothing: those of works, none for other purchases."""
    return WORKS_IDLE_SPANS if category == Category.WORKS.value else ()


def parse_idle_spans(text: str) -> tuple[IdleSpan, ...]:
    """The idle spans written in ``text``: ``août, 24/12-01/01``; ``aucune`` for none.

    A month in letters is the whole month; several are separated by commas or semicolons. Raises
    NotIdleSpans.
    """
    if len(text) > 200:
        raise NotIdleSpans(text)
    parts = [part.strip() for part in re.split("[,;]", fold(text)) if part.strip()]
    if parts in ([], ["aucune"], ["aucun"], ["neant"]):
        return ()
    return tuple(_span(part, text) for part in parts)


def _span(part: str, text: str) -> IdleSpan:
    month = month_number(part)
    if month is not None:
        # A leap year, so that the whole of February is idle in all of them.
        return IdleSpan(month, 1, month, month_length(2024, month))
    found = _SPAN.fullmatch(part)
    if found is None:
        raise NotIdleSpans(text)
    first_day, first_month, last_day, last_month = map(int, found.groups())
    for day, number in ((first_day, first_month), (last_day, last_month)):
        if not (1 <= number <= 12 and 1 <= day <= month_length(2024, number)):
            raise NotIdleSpans(text)
    return IdleSpan(first_month, first_day, last_month, last_day)


def idle_spans_text(spans: Iterable[IdleSpan]) -> str:
    """The spans as ``parse_idle_spans`` reads them: ``août, 24/12-01/01``."""
    return ", ".join(_span_text(span) for span in spans) or "aucune"


def _span_text(span: IdleSpan) -> str:
    whole = span.first_day == 1 and span.first_month == span.last_month
    if whole and span.last_day == month_length(2024, span.last_month):
        return MONTH_NAMES[span.first_month - 1]
    first = f"{span.first_day:02d}/{span.first_month:02d}"
    return f"{first}-{span.last_day:02d}/{span.last_month:02d}"


def open_days(calendar: SiteCalendar, first: date, last: date) -> int:
    """Open days from ``first`` to ``last``, both included; 0 when ``last`` comes before."""
    if last < first:
        return 0
    closed = 0
    for begins, ends in _closed_within(calendar, first, last):
        closed += (ends - begins).days + 1
    return (last - first).days + 1 - closed


def is_open(calendar: SiteCalendar, day: date) -> bool:
    """Whether work goes on that day."""
    return open_days(calendar, day, day) == 1


def _closed_within(calendar: SiteCalendar, first: date, last: date) -> list[tuple[date, date]]:
    """The closed days as separate intervals, in order: a day idle twice is closed once."""
    if not calendar.spans and not calendar.stops:
        return []
    intervals = [(stop.first, stop.last) for stop in calendar.stops]
    # A span of Christmas begins the year before the one in which it ends.
    for year in range(max(first.year - 1, date.min.year), last.year + 1):
        intervals.extend(_of_year(span, year) for span in calendar.spans)
    closed: list[tuple[date, date]] = []
    for begins, ends in sorted(intervals):
        begins, ends = max(begins, first), min(ends, last)
        if closed and begins <= closed[-1][1]:
            begins = closed[-1][1] + _ONE_DAY if closed[-1][1] < date.max else date.max
            if ends <= closed[-1][1]:
                continue
        if begins <= ends:
            closed.append((begins, ends))
    return closed


def _of_year(span: IdleSpan, year: int) -> tuple[date, date]:
    """The days of a span that begins in a year."""
    over_new_year = (span.last_month, span.last_day) < (span.first_month, span.first_day)
    ends_in = min(year + 1, date.max.year) if over_new_year else year
    return (
        _day(year, span.first_month, span.first_day),
        _day(ends_in, span.last_month, span.last_day),
    )


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, month_length(year, month)))
