"""The case of an obligation: due and coming, pace, who is at work, the last day to catch up.

The alerts and the sheet of an obligation read the same case. The cost grows with the obligations
asked for, the people at work on them and, for those that carry targets, their own hours.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from suivi_tui.reference.loader import Thresholds
from suivi_tui.rules.catch_up import CatchUp, FullTime, PersonPresent, Situation, catch_up
from suivi_tui.rules.eligibility import (
    EligibilityFacts,
    EligibilityWindow,
    eligibility_windows,
    first_start_under_clause,
)
from suivi_tui.rules.indicators import Totals
from suivi_tui.rules.movements import EffectiveDates
from suivi_tui.rules.obligation import hours_owed
from suivi_tui.rules.owing import Owing, coming_of, expected_of
from suivi_tui.rules.rate import remaining
from suivi_tui.rules.targets import TargetReading, WorkDone, target_reading
from suivi_tui.rules.terms import terms_of
from suivi_tui.store.queries import facts, facts_people, terms
from suivi_tui.store.queries import obligation_cases as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import (
    ObligationRow,
    iso_date,
    of_contracts,
    of_ids,
    sums,
)
from suivi_tui.store.queries.owing import read_owing
from suivi_tui.vocabulary.choices import Decision
from suivi_tui.vocabulary.hours import Hours

NOBODY: tuple[PersonPresent, ...] = ()


@dataclass(frozen=True, slots=True)
class ObligationCase:
    """One obligation on a day; hours in hundredths, None what cannot be known.

    ``due`` is owed that day, ``coming`` what will be if everything ordered or planned is carried
    out; ``gap`` is ``expected`` less ``acquired`` (validated or pending), positive when late.
    ``dates`` are those in force. ``situation`` serves "Et si ?"; it and ``catch_up`` are None
    without an end or an objective. ``people`` counts those at work.
    """

    row: ObligationRow
    owing: Owing
    dates: EffectiveDates
    due: Hours | None
    coming: Hours | None
    totals: Totals
    expected: Hours | None
    situation: Situation | None
    catch_up: CatchUp | None
    targets: tuple[TargetReading, ...]
    target_rows: tuple[queries.TargetRow, ...]
    people: int

    @property
    def obligation(self) -> int:
        """The id of the obligation."""
        return self.row.obligation

    @property
    def start(self) -> date | None:
        """The start on site."""
        return self.dates.start

    @property
    def end(self) -> date | None:
        """The last day, extensions and stops counted."""
        return self.dates.end

    @property
    def stopped_since(self) -> date | None:
        """The day of a stop order that no restart followed."""
        return self.dates.stopped_since

    @property
    def acquired(self) -> Hours:
        """Hours declared and not refused."""
        return Hours(self.totals.declared - self.totals.refused)

    @property
    def gap(self) -> Hours | None:
        """Hours missing today; negative when ahead."""
        return None if self.expected is None else Hours(self.expected - self.acquired)

    @property
    def needed_per_month(self) -> Hours | None:
        """Hours a month still needed until the end."""
        return self.catch_up.monthly_needed if self.catch_up is not None else None

    @property
    def last_day(self) -> date | None:
        """The *date limite de rattrapage*, with those present and the full-timers."""
        return self.catch_up.last_day if self.catch_up is not None else None

    @property
    def last_day_alone(self) -> date | None:
        """The same if nobody present did anything more."""
        return self.catch_up.last_day_alone if self.catch_up is not None else None


class _Read(NamedTuple):
    """What was read beside the rows, by obligation."""

    owing: Mapping[int, Owing]
    hours: Mapping[int, Totals]
    people: Mapping[int, Sequence[PersonPresent]]
    targets: Mapping[int, Sequence[queries.TargetRow]]
    work: Mapping[int, Sequence[WorkDone]]


def obligation_cases(
    connection: Connection,
    today: date,
    limits: Thresholds,
    obligations: Iterable[int] | None = None,
    full_timers: int = 1,
) -> list[ObligationCase]:
    """The cases of some obligations; by default of the open ones of followed contracts.

    ``full_timers`` is how many could be brought to catch up.
    """
    if obligations is None:
        followed = [row.contract for row in facts.followed_contracts(connection)]
        rows = [row for row in of_contracts(connection, followed) if row.closed_on is None]
    else:
        rows = of_ids(connection, obligations)
    wanted = [row.obligation for row in rows]
    targets: dict[int, list[queries.TargetRow]] = defaultdict(list)
    for target in queries.targets(connection, wanted):
        targets[target.obligation].append(target)
    work: dict[int, list[WorkDone]] = defaultdict(list)
    for line in queries.work_done(connection, targets) if targets else ():
        work[line.obligation].append(line.rule)
    known = _Read(
        owing=read_owing(connection, wanted),
        hours=sums(connection, wanted),
        people=_people(connection, rows, today, limits),
        targets=targets,
        work=work,
    )
    full_time = FullTime(limits.plausibility.month_reference, limits.plausibility.weekly_reference)
    return [_case(row, known, today, full_time, full_timers) for row in rows]


def _case(
    row: ObligationRow, known: _Read, today: date, full_time: FullTime, full_timers: int
) -> ObligationCase:
    owing = known.owing[row.obligation]
    events, schedule = owing.events(today), owing.schedule(today)
    totals = known.hours.get(row.obligation, Totals())
    people = tuple(known.people.get(row.obligation, NOBODY))
    # What is firm for later is to be done too by the end: the next years of an agreement.
    left = remaining(Hours(totals.declared - totals.refused), owing.due())
    situation = None
    if left is not None and schedule.end is not None:
        situation = Situation(
            to_do=left,
            end=schedule.end,
            today=today,
            full_time=full_time,
            calendar=schedule.calendar,
            people=people,
            full_timers=full_timers,
            since=schedule.start,
        )
    rows = tuple(known.targets.get(row.obligation, ()))
    work = known.work.get(row.obligation, ())
    return ObligationCase(
        row=row,
        owing=owing,
        dates=owing.dates(today),
        due=hours_owed(events),
        coming=coming_of(events),
        totals=totals,
        expected=expected_of(events, schedule, today),
        situation=situation,
        catch_up=catch_up(situation) if situation is not None else None,
        targets=tuple(target_reading(target.rule, work) for target in rows),
        target_rows=rows,
        people=len(people),
    )


def _people(
    connection: Connection, rows: Sequence[ObligationRow], today: date, limits: Thresholds
) -> dict[int, list[PersonPresent]]:
    """Who is at work on each obligation, how many hours a week, within which windows."""
    present = queries.people_present(connection, [row.obligation for row in rows], today)
    people = {row.participant: row for row in facts_people.people(
        connection, {one.participant for one in present})}  # fmt: skip
    claimed: dict[int, list[EligibilityFacts]] = defaultdict(list)
    for row in facts_people.eligibilities(connection, people):
        claimed[row.participant].append(
            EligibilityFacts(row.decision, iso_date(row.decided_on), iso_date(row.ends_on))
        )
    months = _window_months(connection, rows, today, limits.eligibility.months)
    found: dict[int, list[PersonPresent]] = defaultdict(list)
    for one in present:
        person = people.get(one.participant)
        if person is None:
            continue
        entered = iso_date(person.entered_scheme_on)
        first = first_start_under_clause(entered, [iso_date(person.first_contract_start)])
        weekly = one.weekly_hours or limits.plausibility.weekly_reference
        found[one.obligation].append(
            PersonPresent(
                # One work contract on several sites shares its week between them.
                Hours(weekly // max(one.shared_by, 1)),
                iso_date(one.start),
                iso_date(one.end),
                _windows(claimed[one.participant], first, months[one.obligation]),
            )
        )
    return found


def _windows(
    claimed: Sequence[EligibilityFacts], first: date | None, months: int
) -> tuple[EligibilityWindow, ...] | None:
    """When the hours of a person count; None while nothing is decided: it sets no limit yet."""
    decided = {facts.decision for facts in claimed}
    if Decision.ACCEPTED.value in decided:
        return eligibility_windows(claimed, first, months)
    return () if decided == {Decision.REFUSED.value} else None


def _window_months(
    connection: Connection, rows: Sequence[ObligationRow], today: date, usual: int
) -> dict[int, int]:
    """How long hours count on each obligation: a term of its lot or contract, else the usual."""
    said = terms.of_contracts(connection, {row.contract for row in rows})
    found = {}
    for row in rows:
        lines = [term.line for term in said.get(row.contract, ())]
        own = terms_of(lines, row.lot, today).window_months if lines else None
        found[row.obligation] = own or usual
    return found
