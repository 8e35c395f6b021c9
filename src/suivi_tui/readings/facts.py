"""From rows of the base to what the alert rules look at."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from suivi_tui.rules.alert_facts import (
    ContractFacts,
    MonthFacts,
    ObligationFacts,
    PersonFacts,
    PlacementFacts,
    WorkContractFacts,
)
from suivi_tui.rules.eligibility import EligibilityFacts
from suivi_tui.rules.indicators import Totals, totals
from suivi_tui.rules.obligation import OwedEvent
from suivi_tui.store.queries import facts, facts_people
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import (
    ObligationRow,
    event_rows,
    iso_date,
    of_contracts,
    owed_events,
)
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

_NO_HOURS = Totals()


class FollowedFacts(NamedTuple):
    """Everything the rules need to find the alerts of a day, and the names to show them.

    The rows are by id; those of other contracts on which the same people work are there too.
    """

    contracts: tuple[ContractFacts, ...]
    obligations: tuple[ObligationFacts, ...]
    people: tuple[PersonFacts, ...]
    contract_rows: dict[int, facts.ContractRow]
    obligation_rows: dict[int, ObligationRow]
    person_rows: dict[int, facts_people.PersonRow]


class _People(NamedTuple):
    """Rows about people, by participant; work of all of them by obligation."""

    rows: dict[int, facts_people.PersonRow]
    eligibilities: dict[int, list[EligibilityFacts]]
    placements: dict[int, list[facts_people.PlacementRow]]


def contract_facts(row: facts.ContractRow) -> ContractFacts:
    """A contract as the rules see it."""
    return ContractFacts(
        contract=row.contract,
        taken_up=bool(row.taken_up),
        stage=row.stage,
        closed_on=iso_date(row.closed_on),
        notified_on=iso_date(row.notified_on),
        start=iso_date(row.start),
        end=iso_date(row.end),
        obligations=row.obligations,
    )


def obligation_facts(
    row: ObligationRow,
    contract: ContractFacts,
    events: tuple[OwedEvent, ...] = (),
    hours: Totals = _NO_HOURS,
) -> ObligationFacts:
    """An obligation as the rules see it, without what its people and statements say."""
    return ObligationFacts(
        contract=contract,
        lot=row.lot,
        obligation=row.obligation,
        company=row.company,
        start=iso_date(row.start),
        end=iso_date(row.end),
        closed_on=iso_date(row.closed_on),
        events=events,
        declared=hours.declared,
        validated=hours.validated,
        refused=hours.refused,
    )


def followed_facts(connection: Connection, contract: int | None = None) -> FollowedFacts:
    """The facts of the followed contracts (or of one of them) and of the people placed there.

    The cost grows with the obligations that are open and with the people working on them,
    never with the hours of closed contracts.
    """
    rows = (
        facts.followed_contracts(connection)
        if contract is None
        else facts.contracts(connection, [contract])
    )
    contracts = {row.contract: row for row in rows}
    followed = {row.contract: contract_facts(row) for row in rows}
    obligations = {row.obligation: row for row in of_contracts(connection, followed)}
    running = [row.obligation for row in obligations.values() if row.closed_on is None]
    placed = facts_people.placed_people(connection, running)
    people = _read_people(connection, {participant for _, participant, _ in placed})
    lines = list(facts.hour_lines(connection, running))
    running_facts = _running_facts(
        connection, [obligations[row] for row in running], followed, lines, placed
    )
    beyond = {
        row.contract for rows in people.placements.values() for row in rows
    } - contracts.keys()
    for other in facts.contracts(connection, beyond):
        contracts[other.contract] = other
    for obligation in of_contracts(connection, beyond):
        obligations[obligation.obligation] = obligation
    return FollowedFacts(
        contracts=tuple(followed.values()),
        obligations=tuple(running_facts.values()),
        people=_person_facts(connection, people, contracts, obligations, running_facts, lines),
        contract_rows=contracts,
        obligation_rows=obligations,
        person_rows=people.rows,
    )


def _running_facts(
    connection: Connection,
    rows: Sequence[ObligationRow],
    contracts: dict[int, ContractFacts],
    lines: Iterable[facts.LineRow],
    placed: Iterable[tuple[int, int, int]],
) -> dict[int, ObligationFacts]:
    """The open obligations, by id, with their events, their hours and the months declared."""
    wanted = [row.obligation for row in rows]
    events = owed_events(event_rows(connection, wanted))
    hours: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    months: dict[int, set[Month]] = defaultdict(set)
    for obligation, month in facts.statement_months(connection, wanted):
        months[obligation].add(Month(month))
    for line in lines:
        hours[line.obligation].append((line.declared, line.validated))
        months[line.obligation].add(Month(line.month))
    placements: dict[int, int] = defaultdict(int)
    for obligation, _, current in placed:
        placements[obligation] += current
    return {
        row.obligation: obligation_facts(
            row,
            contracts[row.contract],
            events.get(row.obligation, ()),
            totals(hours[row.obligation]),
        )._replace(
            placements=placements[row.obligation],
            months_seen=frozenset(months[row.obligation]),
        )
        for row in rows
    }


def _read_people(connection: Connection, participants: Iterable[int]) -> _People:
    rows = {row.participant: row for row in facts_people.people(connection, participants)}
    eligibilities: dict[int, list[EligibilityFacts]] = defaultdict(list)
    for row in facts_people.eligibilities(connection, rows):
        eligibilities[row.participant].append(
            EligibilityFacts(
                decision=row.decision,
                decided_on=iso_date(row.decided_on),
                ends_on=iso_date(row.ends_on),
                proof=row.proof,
                proof_on=iso_date(row.proof_on),
                rank=row.rank,
            )
        )
    placements: dict[int, list[facts_people.PlacementRow]] = defaultdict(list)
    for placement in facts_people.placements_of_people(connection, rows):
        placements[placement.participant].append(placement)
    return _People(rows, eligibilities, placements)


def _person_facts(
    connection: Connection,
    people: _People,
    contracts: dict[int, facts.ContractRow],
    obligations: dict[int, ObligationRow],
    running: dict[int, ObligationFacts],
    lines: Iterable[facts.LineRow],
) -> tuple[PersonFacts, ...]:
    """Each person with every placement and month of theirs, those of closed contracts too."""
    elsewhere = [
        row.placement
        for rows in people.placements.values()
        for row in rows
        if row.obligation not in running
    ]
    by_placement: dict[int, list[facts.LineRow]] = defaultdict(list)
    for line in (*lines, *facts_people.lines_of_placements(connection, elsewhere)):
        by_placement[line.placement].append(line)
    known = dict(running)
    found = []
    for participant, row in people.rows.items():
        placements: list[PlacementFacts] = []
        months: list[MonthFacts] = []
        for placement in people.placements.get(participant, ()):
            obligation = known.get(placement.obligation)
            if obligation is None:
                seen = obligations[placement.obligation]
                obligation = obligation_facts(seen, contract_facts(contracts[seen.contract]))
                known[placement.obligation] = obligation
            one = _placement_facts(placement, obligation)
            months += _months(one, by_placement[placement.placement])
            # Hours that stand on a removed placement still count; the placement itself does not.
            if placement.current:
                placements.append(one)
        found.append(
            PersonFacts(
                participant=participant,
                entered_scheme_on=iso_date(row.entered_scheme_on),
                first_contract_start=iso_date(row.first_contract_start),
                eligibilities=tuple(people.eligibilities.get(participant, ())),
                placements=tuple(placements),
                months=tuple(months),
            )
        )
    return tuple(found)


def _placement_facts(row: facts_people.PlacementRow, obligation: ObligationFacts) -> PlacementFacts:
    return PlacementFacts(
        placement=row.placement,
        obligation=obligation,
        work_contract=WorkContractFacts(
            work_contract=row.work_contract,
            start=iso_date(row.contract_start),
            end=iso_date(row.contract_end),
            weekly_hours=None if row.weekly_hours is None else Hours(row.weekly_hours),
        ),
        start=iso_date(row.start),
        end=iso_date(row.end),
    )


def _months(placement: PlacementFacts, lines: Iterable[facts.LineRow]) -> list[MonthFacts]:
    """The months of a placement, all kinds of hours added up."""
    months: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for line in lines:
        months[line.month].append((line.declared, line.validated))
    found = []
    for month in sorted(months):
        hours = totals(months[month])
        found.append(MonthFacts(placement, Month(month), hours.declared, hours.refused))
    return found
