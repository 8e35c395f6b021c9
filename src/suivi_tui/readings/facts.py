"""From rows of the base to what the alert rules look at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from suivi_tui.readings.statement_facts import read_statement_facts
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
from suivi_tui.rules.owing import Owing
from suivi_tui.rules.statement_schedule import StatementFacts
from suivi_tui.store.queries import facts, facts_people
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import ObligationRow, iso_date, of_contracts
from suivi_tui.store.queries.owing import read_owing
from suivi_tui.store.queries.statements import of_obligations
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

_NO_HOURS = Totals()


class FollowedFacts(NamedTuple):
    """Everything the rules need to find the alerts of a day, and the names to show them.

    The rows are by id; those of other contracts on which the same people work are there too.
    ``company_names`` are those of the companies that declare.
    """

    contracts: tuple[ContractFacts, ...]
    obligations: tuple[ObligationFacts, ...]
    people: tuple[PersonFacts, ...]
    contract_rows: dict[int, facts.ContractRow]
    obligation_rows: dict[int, ObligationRow]
    person_rows: dict[int, facts_people.PersonRow]
    company_names: Mapping[int, str]


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
    owing: Owing | None = None,
    hours: Totals = _NO_HOURS,
    today: date | None = None,
) -> ObligationFacts:
    """An obligation as the rules see it on a day, without what its people and statements say."""
    schedule = owing.schedule(today) if owing is not None else None
    return ObligationFacts(
        contract=contract,
        lot=row.lot,
        obligation=row.obligation,
        company=row.company,
        start=iso_date(row.start),
        end=row.last_day if schedule is None else schedule.end,
        closed_on=iso_date(row.closed_on),
        events=owing.events(today) if owing is not None else (),
        declared=hours.declared,
        validated=hours.validated,
        refused=hours.refused,
        schedule=schedule,
    )


def followed_facts(
    connection: Connection, contract: int | None = None, today: date | None = None
) -> FollowedFacts:
    """The facts of the followed contracts (or of one of them) and of the people placed there.

    What is owed is what is due ``today``, by default everything firm.

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
    people = _read_people(connection, {one.participant for one in placed})
    lines = list(facts.hour_lines(connection, running))
    rows_running = [obligations[row] for row in running]
    statements = _statements(connection, rows_running, lines, placed)
    running_facts = _running_facts(
        connection, rows_running, followed, lines, placed, statements, today
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
        company_names=next((known.names for known in statements.values()), {}),
    )


def _running_facts(
    connection: Connection,
    rows: Sequence[ObligationRow],
    contracts: dict[int, ContractFacts],
    lines: Iterable[facts.LineRow],
    placed: Iterable[facts_people.PlacedRow],
    statements: dict[int, StatementFacts],
    today: date | None,
) -> dict[int, ObligationFacts]:
    """The open obligations, by id, with their events, their hours and their statements."""
    owing = read_owing(connection, [row.obligation for row in rows])
    hours: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for line in lines:
        hours[line.obligation].append((line.declared, line.validated))
    placements: dict[int, int] = defaultdict(int)
    for one in placed:
        placements[one.obligation] += one.current
    return {
        row.obligation: obligation_facts(
            row,
            contracts[row.contract],
            owing[row.obligation],
            totals(hours[row.obligation]),
            today,
        )._replace(
            placements=placements[row.obligation],
            statements=statements[row.obligation],
        )
        for row in rows
    }


def _statements(
    connection: Connection,
    rows: Sequence[ObligationRow],
    lines: Iterable[facts.LineRow],
    placed: Sequence[facts_people.PlacedRow],
) -> dict[int, StatementFacts]:
    """Who declares on the open obligations and what came; the hours are those already read."""
    employers = {one.placement: one.employer for one in placed}
    worked = {(line.obligation, line.month, employers[line.placement]) for line in lines}
    sent = of_obligations(connection, [row.obligation for row in rows])
    return read_statement_facts(connection, rows, placed, sent, worked)


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
