"""What the obligations of an evaluation owe, over a period and by a day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from suivi_tui.readings.evaluation_fold import Fold, Ground, with_hours_before
from suivi_tui.readings.filters import Filters
from suivi_tui.rules.indicators import Totals
from suivi_tui.rules.kept_obligations import (
    ObligationFacts,
    VerdictCounts,
    judged,
    verdict_counts,
)
from suivi_tui.rules.obligation import OwedEvent
from suivi_tui.rules.owing import Owing, expected_of
from suivi_tui.rules.schedules import Schedule
from suivi_tui.store.queries import evaluation_cases, figures
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.evaluation_memory import memory_of
from suivi_tui.store.queries.figures import ScopeRow
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.store.queries.owing import read_owing
from suivi_tui.vocabulary.choices.evaluation import ObligationVerdict
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import first_day, last_day

_NOTHING = Hours(0)


class Objective(NamedTuple):
    """What an obligation owes as known on a day, and when: ``due`` is all that is firm.

    Nothing is expected before ``start``, everything from ``settled`` on; both are None when the
    start on site or the end is not known.
    """

    due: Hours | None
    start: date | None
    end: date | None
    settled: date | None
    events: tuple[OwedEvent, ...]
    schedule: Schedule

    def expected(self, day: date) -> Hours | None:
        """Hours expected by the evening of a day; None when a date or the objective is unknown."""
        if self.start is None or self.settled is None or self.due is None:
            return None
        if day < self.start:
            return _NOTHING
        if day >= self.settled:
            return self.due
        return expected_of(self.events, self.schedule, day)

    def between(self, first: date | None, last: date) -> Hours:
        """Hours expected from ``first`` (None: since ever) to ``last``; adjacent periods add up.
        0 when a date or the objective is unknown."""
        after = self.expected(last)
        if after is None or first is None or self.start is None or first <= self.start:
            return after or _NOTHING
        before = self.expected(first - timedelta(days=1))
        return Hours(after - (before or 0))


class Span(NamedTuple):
    """The days of a period, both included; None: no limit on that side."""

    first: date | None
    last: date | None

    @classmethod
    def of(cls, filters: Filters) -> "Span":
        """The days of the months of filters."""
        return cls(
            None if filters.first is None else first_day(filters.first),
            None if filters.last is None else last_day(filters.last),
        )

    @property
    def whole(self) -> bool:
        """Whether every day counts."""
        return self.first is None and self.last is None

    def meets(self, start: date | None, end: date | None) -> bool:
        """Whether dates meet the period. What has no known start has not begun yet; an unknown
        end is no end."""
        if self.whole:
            return True
        if start is None or (self.last is not None and start > self.last):
            return False
        return self.first is None or end is None or end >= self.first

    def due(self, objective: Objective) -> Hours:
        """The share of an objective that falls in the period: all of it without a period."""
        if self.whole:
            return objective.due or _NOTHING
        return objective.between(self.first, self.last or date.max)

    def measures(self, objective: Objective) -> bool:
        """Whether the share of an objective is known."""
        return objective.due is not None and (self.whole or objective.settled is not None)

    def expected(self, objective: Objective, today: date | None) -> Hours:
        """The part of that share whose day has come."""
        last = min(self.last or date.max, today or date.max)
        if self.first is not None and last < self.first:
            return _NOTHING
        return objective.between(self.first, last)


class OwingObligation(NamedTuple):
    """An obligation that counts in a period: hours due and expected in it, all it owes (None:
    unknown), validated by the end of the period, what is said of it."""

    row: ScopeRow
    due: Hours
    expected: Hours
    owed: Hours | None
    validated: Hours
    verdict: ObligationVerdict


class OwingFigures(NamedTuple):
    """What is owed in an evaluation; ``measured`` are the hours of the obligations whose
    objective is known: only they can be divided by ``due``."""

    obligations: tuple[OwingObligation, ...]
    due: Hours
    expected: Hours
    measured: Totals
    met: int
    standing: VerdictCounts


def objectives(ground: Ground, today: date | None) -> dict[int, Objective]:
    """What each obligation held owes as known today (None: everything firm), read once."""
    known: dict[int, Objective] = ground.memory.keep(("objectives", today), dict)
    asked = [key for key in ground.held if key not in known]
    for key, owing in owings(ground.connection, asked).items():
        known[key] = _objective(owing, today)
    return known


def owings(connection: Connection, wanted: Iterable[int]) -> dict[int, Owing]:
    """What obligations owe, each read once as long as nothing is written."""
    known: dict[int, Owing] = memory_of(connection).keep("owings", dict)
    listed = list(wanted)
    asked = [obligation for obligation in listed if obligation not in known]
    if asked:
        known.update(read_owing(connection, asked))
    return {obligation: known[obligation] for obligation in listed}


def _objective(owing: Owing, today: date | None) -> Objective:
    events, schedule = owing.events(today), owing.schedule(today)
    settled = None
    if schedule.start is not None and schedule.end is not None:
        settled = max(
            schedule.start,
            schedule.end,
            *(event.date for event in events if event.firm and event.hours is not None),
        )
    due = owing.due(today)
    return Objective(due, schedule.start, schedule.end, settled, events, schedule)


def owing_of(ground: Ground, fold: Fold, today: date | None) -> OwingFigures:
    """What is owed by the obligations held that count in the period."""
    return ground.memory.keep_few(
        ("owing", ground.filters, today), lambda: _owing_of(ground, fold, today)
    )


def _owing_of(ground: Ground, fold: Fold, today: date | None) -> OwingFigures:
    span, known = Span.of(ground.filters), objectives(ground, today)
    sums = _sums(ground, fold)
    rows = []
    due = expected = 0
    for key, row in ground.held.items():
        objective = known[key]
        share = span.due(objective)
        due += share
        worked = key in sums and sums[key][3] > 0
        if share or worked or span.meets(iso_date(row.start or row.contract_start), objective.end):
            to_date = span.expected(objective, today)
            expected += to_date
            rows.append((row, objective, share, to_date))
    validated = _validated(ground, sums, [row.obligation for row, *_ in rows])
    days = _Days(today or date.max, min(span.last or date.max, today or date.max))
    then = _owed_then([(row.obligation, objective) for row, objective, *_ in rows], ground, days)
    decisions = _decisions(ground)
    figures_of = tuple(
        OwingObligation(
            row,
            share,
            to_date,
            objective.due,
            (done := Hours(validated.get(row.obligation, 0))),
            _verdict(row, *then[row.obligation], done, decisions.get(row.obligation, ()), days),
        )
        for row, objective, share, to_date in rows
    )
    return OwingFigures(
        figures_of,
        Hours(due),
        Hours(expected),
        _measured(
            sums,
            (row.obligation for row, objective, *_ in rows if span.measures(objective)),
        ),
        sum(_is_met(item.owed, item.validated) for item in figures_of),
        verdict_counts(item.verdict for item in figures_of),
    )


def _sums(ground: Ground, fold: Fold) -> dict[int, list[int]]:
    """By obligation held: declared, validated, pending, entries with declared hours."""
    found = {key: [0, 0, 0, 0] for key in ground.held}
    for key, declared, validated, pending, worked in zip(
        fold.obligations, fold.declared, fold.validated, fold.pending, fold.worked, strict=True
    ):
        entry = found.get(key)
        if entry is not None:
            entry[0] += declared
            entry[1] += validated
            entry[2] += pending
            entry[3] += worked
    return found


def _validated(ground: Ground, sums: dict[int, list[int]], wanted: list[int]) -> dict[int, int]:
    """Hours validated by the end of the period, those before it too."""
    found = {key: sums[key][1] for key in wanted}
    first = ground.filters.first
    if first is not None:
        begun = with_hours_before(ground, first, wanted)
        before = figures.validated_before(ground.connection, begun, first)
        for key, hours in before.items():
            found[key] += hours
    return found


def _measured(sums: dict[int, list[int]], wanted: Iterable[int]) -> Totals:
    declared = validated = pending = 0
    for key in wanted:
        entry = sums[key]
        declared += entry[0]
        validated += entry[1]
        pending += entry[2]
    return Totals(
        Hours(declared), Hours(validated), Hours(declared - validated - pending), Hours(pending)
    )


def _is_met(owed: Hours | None, validated: Hours) -> bool:
    return owed is not None and owed > 0 and validated >= owed


def _owed_then(
    counted: list[tuple[int, Objective]], ground: Ground, days: "_Days"
) -> dict[int, tuple[Hours | None, date | None]]:
    """What was due on the evening at which obligations are judged, and their last day.

    A past period is judged by what was due at its end; without a day to look from, by everything
    firm, and only what was closed is over.
    """
    if days.today == date.max:
        return {key: (objective.due, None) for key, objective in counted}
    if days.until == days.today:
        return {key: (objective.due, objective.end) for key, objective in counted}
    read = owings(ground.connection, [key for key, _ in counted])
    return {key: (one.due(days.until), one.dates(days.until).end) for key, one in read.items()}


def _verdict(
    row: ScopeRow,
    owed: Hours | None,
    last_day: date | None,
    validated: Hours,
    decisions: tuple[str, ...],
    days: "_Days",
) -> ObligationVerdict:
    """What the rule says of an obligation; why is told by the judgements."""
    facts = ObligationFacts(
        owed=owed,
        validated=validated,
        last_day=last_day,
        closed_on=iso_date(row.closed_on),
        outcome=row.outcome,
        decisions=decisions,
    )
    return judged(facts, days.until, days.today).verdict


class _Days(NamedTuple):
    """The day looked from, and the evening at which obligations are judged."""

    today: date
    until: date


def _decisions(ground: Ground) -> dict[int, tuple[str, ...]]:
    """What buyers decided in the penalty cases of every obligation, the latest first."""

    def read() -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for case in evaluation_cases.decisions(ground.connection, ground.all_rows):
            found[case.obligation] = (*found.get(case.obligation, ()), case.decision)
        return found

    return ground.memory.keep("decisions", read)
