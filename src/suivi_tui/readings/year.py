"""How far the year is: hours owed, expected and declared, from January to December.

Read before anything else when the application starts: nothing of the alerts is needed here.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from suivi_tui.rules.indicators import Totals
from suivi_tui.rules.obligation import OwedEvent, hours_owed
from suivi_tui.rules.owing import expected_between, expected_of
from suivi_tui.rules.schedules import Schedule
from suivi_tui.store.queries import obligations, statements
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import ObligationRow
from suivi_tui.store.queries.owing import read_owing
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, first_day, last_day


class Figures(NamedTuple):
    """Hours in hundredths. ``owed`` and ``expected`` add up what is known; ``obligations`` counts
    all, ``unknown`` those whose hours owed cannot be told. ``totals`` are those of all,
    ``measured`` of the known ones alone: only they can be divided by what is owed."""

    obligations: int
    unknown: int
    owed: Hours
    expected: Hours
    totals: Totals
    measured: Totals


class Standing(NamedTuple):
    """An obligation under way, or closed this year: what is owed, done in all and this year."""

    row: ObligationRow
    events: tuple[OwedEvent, ...]
    totals: Totals
    year_totals: Totals
    schedule: Schedule

    @property
    def owed(self) -> Hours | None:
        """Hours due on the day of the reading; None when nothing is known."""
        return hours_owed(self.events)

    def expected(self, day: date) -> Hours | None:
        """Hours expected by the evening of a day."""
        return expected_of(self.events, self.schedule, day)

    def expected_between(self, first: date, last: date) -> Hours | None:
        """Hours expected from ``first`` to ``last``, both included."""
        return expected_between(self.events, self.schedule, first, last)


class Year(NamedTuple):
    """The year of a day: its figures, and the hours declared from January to December."""

    day: date
    figures: Figures
    months: tuple[Hours, ...]


def read_year(connection: Connection, day: date) -> Year:
    """The year of a day, obligations closed this year included."""
    standings = read_standings(connection, day, whole=False)
    wanted = [item.row.obligation for item in standings]
    return Year(day, year_figures(standings, day), declared_by_month(connection, day, wanted))


def read_standings(connection: Connection, day: date, *, whole: bool = True) -> list[Standing]:
    """The obligations under way and those closed since 1 January; without ``whole``, what was
    done before this year is not read."""
    rows = obligations.running(connection, open_since=date(day.year, 1, 1))
    ids = [row.obligation for row in rows]
    owing = read_owing(connection, ids)
    since_ever = obligations.sums(connection, ids) if whole else {}
    year = obligations.sums(connection, ids, *_january_and_december(day))
    return [
        Standing(
            row,
            owing[row.obligation].events(day),
            since_ever.get(row.obligation, Totals()),
            year.get(row.obligation, Totals()),
            owing[row.obligation].schedule(day),
        )
        for row in rows
    ]


def year_figures(standings: Sequence[Standing], day: date) -> Figures:
    """The share of the year in what is owed, expected by ``day``, and the hours of the year."""
    january, december = _january_and_december(day)
    opening, closing = first_day(january), last_day(december)

    return figures(
        [item.expected_between(opening, closing) for item in standings],
        [item.expected_between(opening, day) for item in standings],
        [item.year_totals for item in standings],
    )


def figures(
    owed: Sequence[Hours | None], expected: Iterable[Hours | None], totals: Iterable[Totals]
) -> Figures:
    """Add up what is known of several obligations."""
    done = list(totals)
    measured = (one for one, hours in zip(done, owed, strict=True) if hours is not None)
    return Figures(
        obligations=len(owed),
        unknown=sum(hours is None for hours in owed),
        owed=Hours(sum(hours or 0 for hours in owed)),
        expected=Hours(sum(hours or 0 for hours in expected)),
        totals=sum(done, Totals()),
        measured=sum(measured, Totals()),
    )


def declared_by_month(
    connection: Connection, day: date, wanted: Iterable[int]
) -> tuple[Hours, ...]:
    """Hours declared from January to December on some obligations."""
    declared = [0] * 12
    for line in statements.activity(connection, wanted, *_january_and_december(day)):
        declared[line.month % 100 - 1] += line.declared
    return tuple(Hours(hours) for hours in declared)


def _january_and_december(day: date) -> tuple[Month, Month]:
    return Month(day.year * 100 + 1), Month(day.year * 100 + 12)
