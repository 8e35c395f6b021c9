"""What one obligation owes and when it must be done: the one place where it is computed.

Every screen, alert and export asks here, so that one obligation has one figure. ``due`` is what is
firm by a day, the initial objective whatever the day it was written down; ``coming`` is what it
will be if everything ordered or planned is carried out (domain.md 3.5).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from suivi_tui.rules.movements import EffectiveDates, Movement, effective_dates
from suivi_tui.rules.obligation import OwedEvent, hours_owed
from suivi_tui.rules.schedule import expected_hours
from suivi_tui.rules.schedules import Schedule, Step, expected_by
from suivi_tui.rules.site_calendar import IdleSpan
from suivi_tui.vocabulary.choices import ObligationEventKind, ScheduleKind
from suivi_tui.vocabulary.hours import Hours

if TYPE_CHECKING:
    from suivi_tui.rules.owed_formula import Formula

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
    Without a ``formula`` the hours written are those owed (a fixed volume);
    ``start`` is the start on site and ``end`` the last day as written, before any order; ``worked``
    are the hours worked on the contract by anybody, in all by each date. ``missing`` says what the
    formula still lacks.
    """

    movements: tuple[Movement, ...] = ()
    start: date | None = None
    end: date | None = None
    formula: "Formula | None" = None
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
        if self.formula is not None:
            # Nearly every obligation has none: the first paint does without it.
            from suivi_tui.rules.owing_formulas import computed

            brought = computed(self, self.formula, ranked, on)
            if brought is not None:
                return brought
        return tuple(
            Brought(OwedEvent(move.date, move.hours, is_firm(move, on), move.kind), rank)
            for rank, move in ranked
        )

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


def is_firm(move: Movement, on: date | None) -> bool:
    """Whether what a movement brings is due on a day (None: whatever the day)."""
    return move.firm and (on is None or move.kind == _INITIAL or move.date <= on)
