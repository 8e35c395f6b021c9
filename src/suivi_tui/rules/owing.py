"""What one obligation owes and when it must be done: the one place where it is computed.

Every screen, alert and export asks here, so that one obligation has one figure. ``due`` is what is
firm by a day, the initial objective whatever the day it was written down; ``coming`` is what it
will be if everything ordered or planned is carried out (domain.md 3.5).
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from suivi_tui.rules.movements import EffectiveDates, Movement, effective_dates
from suivi_tui.rules.obligation import OwedEvent, hours_owed
from suivi_tui.rules.owed_formula import (
    FixedVolume,
    Formula,
    PerAmount,
    PercentOfHours,
    PerYear,
    WorkedHours,
    framework_years,
    hours_for_amount,
    owed_reading,
)
from suivi_tui.rules.schedule import expected_hours
from suivi_tui.rules.schedules import Schedule, Step, expected_by
from suivi_tui.rules.site_calendar import IdleSpan
from suivi_tui.vocabulary.choices import ObligationEventKind, ScheduleKind
from suivi_tui.vocabulary.choices.formulas import AmountBasis
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money

YEAR = "annee"
WORKED = "travail"
REST = "reste"
"""Kinds of what no movement of the base brings: a year, hours worked, amounts still to come."""
_INITIAL = ObligationEventKind.INITIAL.value
_INVOICE = ObligationEventKind.INVOICE.value
_NOTHING = Hours(0)
_YEARS = 60


class Brought(NamedTuple):
    """What one movement brings: its event, firm when it is due.

    ``movement`` is its rank among the movements of the obligation, None for what the formula adds
    by itself; ``label`` then says what it is.
    """

    event: OwedEvent
    movement: int | None = None
    label: str = ""


class Owing(NamedTuple):
    """An obligation as its contract says it.

    ``movements`` are those of hours and amounts; ``orders`` extend, stop or restart the contract;
    ``start`` is the start on site and ``end`` the last day as written, before any order; ``worked``
    are the hours worked on the contract by anybody, in all by each date. ``missing`` says what the
    formula still lacks.
    """

    movements: tuple[Movement, ...] = ()
    start: date | None = None
    end: date | None = None
    formula: Formula = FixedVolume()
    orders: tuple[Movement, ...] = ()
    kind: str = ScheduleKind.LINEAR.value
    idle: tuple[IdleSpan, ...] = ()
    steps: tuple[Step, ...] = ()
    worked: tuple[tuple[date, Hours], ...] = ()
    planned_work: Hours | None = None
    missing: str = ""

    def dates(self, on: date | None = None, planned: bool = False) -> EffectiveDates:
        """When it runs, extensions and stops applied, on a day; by default once every order is
        given."""
        day = on or max((order.date for order in self.orders), default=date.min)
        return effective_dates(self.start, self.end, self.orders, day, planned)

    def schedule(self, on: date | None = None) -> Schedule:
        """How its hours are expected over time, with the dates in force on a day."""
        dates = self.dates(on)
        return Schedule(self.start, dates.end, self.kind, self.idle, dates.stops, self.steps)

    def brought(self, on: date | None = None) -> tuple[Brought, ...]:
        """What each movement brings, the oldest first; None counts everything firm as due.

        The hours of those that are firm add up to ``due``, of all to ``coming``.
        """
        ranked = sorted(enumerate(self.movements), key=lambda item: item[1].date)
        if isinstance(self.formula, PerAmount):
            return tuple(_of_amounts(self.formula, ranked, on))
        if isinstance(self.formula, PercentOfHours):
            computed = _of_work(self.formula, self.worked, self.planned_work, on)
        elif isinstance(self.formula, PerYear):
            end = min(self.dates(on).end or self.formula.end, _longest(self.formula.start))
            computed = _of_years(self.formula._replace(end=end), on)
        else:
            computed = iter(())
        written = (
            Brought(OwedEvent(move.date, move.hours, _firm(move, on), move.kind), rank)
            for rank, move in ranked
        )
        return (*computed, *written)

    def events(self, on: date | None = None) -> tuple[OwedEvent, ...]:
        """What it brings, as the schedules read it."""
        return tuple(item.event for item in self.brought(on))

    def due(self, on: date | None = None) -> Hours | None:
        """Hours due on a day, None when nothing is known; by default all that is firm."""
        return hours_owed(self.events(on))

    def coming(self, on: date | None = None) -> Hours | None:
        """Hours due if everything ordered or planned is carried out."""
        return coming_of(self.events(on))

    def expected(self, day: date, on: date | None = None) -> Hours | None:
        """Hours expected by the evening of ``day``, as known ``on`` another (the same one)."""
        known_on = on or day
        return expected_of(self.events(known_on), self.schedule(known_on), day)


def coming_of(events: Iterable[OwedEvent]) -> Hours | None:
    """Hours of all events, firm or not; None when nothing is known."""
    return hours_owed(event._replace(firm=True) for event in events)


def expected_of(events: tuple[OwedEvent, ...], schedule: Schedule, day: date) -> Hours | None:
    """Hours expected by the evening of a day."""
    if schedule.kind == ScheduleKind.LINEAR.value and not schedule.stops:
        # The same figure, much sooner: nearly every obligation is so.
        return expected_hours(events, schedule.start, schedule.end, day)
    return expected_by(schedule, events, day)


def expected_between(
    events: tuple[OwedEvent, ...], schedule: Schedule, first: date, last: date
) -> Hours | None:
    """Hours expected from ``first`` to ``last``, both included: adjacent periods add up."""
    after = expected_of(events, schedule, last)
    before = expected_of(events, schedule, first - timedelta(days=1))
    return None if after is None or before is None else Hours(after - before)


def _longest(start: date) -> date:
    """A mistyped end must not make thousands of years to read."""
    return date(min(start.year + _YEARS, date.max.year), 12, 31)


def _firm(move: Movement, on: date | None) -> bool:
    return move.firm and (on is None or move.kind == _INITIAL or move.date <= on)


def _of_amounts(
    formula: PerAmount, ranked: list[tuple[int, Movement]], on: date | None
) -> Iterator[Brought]:
    """Each amount brings what it adds to the hours of those before it."""
    amount, before = 0, _NOTHING
    amounts = []
    for rank, move in ranked:
        firm, hours = _firm(move, on), move.hours
        if hours is None and move.amount is not None:
            # What is written at the start counts from ever, as for hours.
            day = date.min if move.kind == _INITIAL else move.date
            amounts.append(move._replace(date=day))
            counts = (move.kind == _INVOICE) == (formula.basis is AmountBasis.INVOICED)
            if firm and counts:
                amount += move.amount
                after = hours_for_amount(formula, Money(amount))
                hours, before = Hours(after - before), after
            else:
                # An order waits for its invoices; what is planned waits for its order.
                hours = _NOTHING if firm else None
        yield Brought(OwedEvent(move.date, hours, firm, move.kind), rank)
    if amounts:
        reading = owed_reading(formula, amounts, on or date.max)
        if not any(_firm(move, on) for move in amounts):
            yield Brought(OwedEvent(date.min, _NOTHING, True, _INITIAL), None, "Aucun montant")
        rest = Hours((reading.coming or _NOTHING) - before)
        if rest:
            label = "Montants encore à " + (
                "facturer" if formula.basis is AmountBasis.INVOICED else "commander"
            )
            yield Brought(OwedEvent(on or date.max, rest, False, REST), None, label)


def _of_work(
    formula: PercentOfHours,
    worked: tuple[tuple[date, Hours], ...],
    planned: Hours | None,
    on: date | None,
) -> Iterator[Brought]:
    """Each figure of hours worked brings its share, expected at once: the work is done."""
    before: Hours | None = None
    for day, hours in worked:
        if on is not None and day > on:
            continue
        after = owed_reading(formula, (), day, WorkedHours(to_date=hours)).due or _NOTHING
        label = "Heures travaillées" + (f" au {format_date(day)}" if day > date.min else "")
        brings = Hours(after - (before or _NOTHING))
        yield Brought(OwedEvent(day, brings, True, WORKED, day), None, label)
        before = after
    if planned is not None:
        later = owed_reading(formula, (), date.max, WorkedHours(planned=planned)).coming
        whole = max(later or _NOTHING, before or _NOTHING)
        rest = Hours(whole - (before or _NOTHING))
        if rest or before is None:
            yield Brought(OwedEvent(on or date.max, rest, False, REST), None, "Heures prévues")


def _of_years(formula: PerYear, on: date | None) -> Iterator[Brought]:
    """A year is due from its first day and must be done by its last one."""
    for number, (first, last, volume) in enumerate(framework_years(formula), 1):
        begun = on is None or first <= on
        event = OwedEvent(first, volume, begun, YEAR, last)
        yield Brought(event, None, f"Année {number}, jusqu'au {format_date(last)}")
