"""Hours expected by a day, under every schedule a contract may set (domain.md 6.1).

* ``lineaire``: evenly over calendar days, as :mod:`suivi_tui.rules.schedule`;
* ``chantier``: evenly over the open days of a site calendar;
* ``paliers`` and ``jalons``: dated cumulative shares or hours, due on their day, or spread over
  the open days between two of them.

Days without work ordered by a stop are idle under all of them. Everything is an exact fraction
until the result, rounded once, half up.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from suivi_tui.rules.movements import Stop
from suivi_tui.rules.obligation import OwedEvent, hours_owed
from suivi_tui.rules.site_calendar import IdleSpan, SiteCalendar, open_days
from suivi_tui.vocabulary.choices import ObligationEventKind
from suivi_tui.vocabulary.choices.formulas import ScheduleKind
from suivi_tui.vocabulary.hours import Hours

_ONE_DAY = timedelta(days=1)
_WHOLE = Fraction(1)


class Step(NamedTuple):
    """What must have been done in all by the evening of a day: a share of 1, or hours.

    ``hours`` wins when both are given; a step with neither says nothing.
    """

    date: date
    share: Fraction | None = None
    hours: Hours | None = None


class Schedule(NamedTuple):
    """The schedule of an obligation.

    ``kind`` is a code of ``ScheduleKind`` (an unknown one is read as linear); ``start`` is the
    start on site; ``end`` the last day, extensions and stops already applied
    (``movements.effective_dates``). Idle spans serve all kinds but the linear one and ``paliers``;
    the days of ``steps`` are those first written: each moves by the stops that began before it.
    """

    start: date | None
    end: date | None
    kind: str = ScheduleKind.LINEAR.value
    idle: tuple[IdleSpan, ...] = ()
    stops: tuple[Stop, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def calendar(self) -> SiteCalendar:
        """The days on which hours are expected."""
        spans = self.idle if self.kind in _WITH_IDLE_SPANS else ()
        return SiteCalendar(spans, self.stops)


_WITH_IDLE_SPANS = (ScheduleKind.SITE.value, ScheduleKind.MILESTONES.value)
_BY_STEPS = (ScheduleKind.STEPS.value, ScheduleKind.MILESTONES.value)


class Portion(NamedTuple):
    """Hours spread evenly over the open days from ``first`` to ``last``, both included."""

    hours: Hours
    first: date
    last: date


def expected_by(schedule: Schedule, events: Iterable[OwedEvent], on: date) -> Hours | None:
    """Hours expected by the evening of ``on``; None when a date or the objective is unknown.

    The linear schedule without stops gives exactly what ``schedule.expected_hours`` gives. Under
    the others too, the initial objective is spread from the start on site and each later event
    from its own day; a step speaks of all that is owed on the day it is asked.
    """
    known = tuple(events)
    if schedule.start is None or schedule.end is None or hours_owed(known) is None:
        return None
    if schedule.kind in _BY_STEPS and schedule.steps:
        return _rounded(_by_steps(schedule, known, schedule.start, schedule.end, on))
    return expected_of_portions(
        portions(known, schedule.start, schedule.end), schedule.calendar, on
    )


def expected_within(
    schedule: Schedule, events: Iterable[OwedEvent], first: date, last: date
) -> Hours | None:
    """Hours expected from ``first`` to ``last``, both included: adjacent periods add up."""
    known = tuple(events)
    after = expected_by(schedule, known, last)
    before = expected_by(schedule, known, first - _ONE_DAY)
    return None if after is None or before is None else Hours(after - before)


def portions(events: Iterable[OwedEvent], start: date, end: date) -> tuple[Portion, ...]:
    """The firm events as hours to spread: initial ones from ``start``, others from their day."""
    return tuple(
        Portion(
            event.hours,
            start if _is_initial(event) else max(start, event.date),
            end if event.last is None else min(event.last, end),
        )
        for event in events
        if event.firm and event.hours is not None
    )


def expected_of_portions(parts: Iterable[Portion], calendar: SiteCalendar, on: date) -> Hours:
    """Hours of some portions expected by the evening of ``on``, rounded once, half up.

    Also for what is spread over its own period: each year of a framework agreement.
    """
    due = sum((part.hours * _share_due(part, calendar, on) for part in parts), Fraction(0))
    return _rounded(due)


def _share_due(part: Portion, calendar: SiteCalendar, on: date) -> Fraction:
    if on < part.first:
        return Fraction(0)
    if on >= part.last:
        # Also what is decided after the end: there is no day left to spread it over.
        return _WHOLE
    days = open_days(calendar, part.first, part.last)
    # A period wholly idle leaves everything to its last day.
    return Fraction(open_days(calendar, part.first, on), days) if days else Fraction(0)


def _by_steps(
    schedule: Schedule, events: Sequence[OwedEvent], start: date, end: date, on: date
) -> Fraction:
    owed = Fraction(
        sum(
            event.hours
            for event in events
            if event.firm and event.hours is not None and (_is_initial(event) or event.date <= on)
        )
    )
    if on < start:
        return Fraction(0)
    if on >= end:
        return owed
    # Everything is due at the end, whatever the last step says.
    marks = [(start - _ONE_DAY, Fraction(0)), *_marks(schedule, owed, start, end), (end, owed)]
    marks.sort(key=lambda mark: mark[0])
    passed = [mark for mark in marks if mark[0] <= on]
    # A step that asks for less than one before it is a mistake, not hours given back.
    done_on, done = passed[-1][0], max(value for _, value in passed)
    if schedule.kind == ScheduleKind.STEPS.value:
        return done
    next_on, following = marks[len(passed)]
    days = open_days(schedule.calendar, done_on + _ONE_DAY, next_on)
    if not days or following <= done:
        return done
    worked = open_days(schedule.calendar, done_on + _ONE_DAY, on)
    return done + (following - done) * Fraction(worked, days)


def _marks(
    schedule: Schedule, owed: Fraction, start: date, end: date
) -> list[tuple[date, Fraction]]:
    """The steps before the end as (day moved by the stops, hours in all, never above the owed)."""
    marks = []
    for step in schedule.steps:
        hours = Fraction(step.hours) if step.hours is not None else None
        if hours is None and step.share is not None:
            hours = owed * step.share
        moved = max(moved_by_stops(step.date, schedule.stops), start)
        if hours is not None and moved < end:
            marks.append((moved, min(hours, owed)))
    return marks


def moved_by_stops(day: date, stops: Iterable[Stop]) -> date:
    """A day of the schedule moved later by every stop that began on it or before it."""
    for stop in sorted(stops):
        if stop.first <= day:
            day += timedelta(days=(stop.last - stop.first).days + 1)
    return day


def _is_initial(event: OwedEvent) -> bool:
    return event.kind == ObligationEventKind.INITIAL.value


def _rounded(exact: Fraction) -> Hours:
    return Hours((2 * exact.numerator + exact.denominator) // (2 * exact.denominator))
