"""From rows of the base to what the alert rules look at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from suivi_tui.readings.case_facts import case_facts
from suivi_tui.readings.clause_differences import text_facts
from suivi_tui.readings.statement_facts import read_statement_facts
from suivi_tui.reference.alert_limits import TERM
from suivi_tui.reference.loader import Thresholds
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
from suivi_tui.rules.statement_schedule import StatementFacts, TermsIn, terms_by_month
from suivi_tui.rules.terms import TermLine, values_in_force
from suivi_tui.store.queries import facts, facts_cases, facts_people, terms
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


class _Known(NamedTuple):
    """What the facts of the open obligations are made from, and for which day."""

    contracts: Mapping[int, ContractFacts]
    said: "Terms"
    statements: dict[int, StatementFacts]
    today: date
    limits: Thresholds


class _Places(NamedTuple):
    """The contracts and obligations on which people are placed, and the terms of contracts."""

    contracts: dict[int, facts.ContractRow]
    obligations: dict[int, ObligationRow]
    running: dict[int, ObligationFacts]
    said: "Terms"


class _People(NamedTuple):
    """Rows about people, by participant; work of all of them by obligation."""

    rows: dict[int, facts_people.PersonRow]
    eligibilities: dict[int, list[EligibilityFacts]]
    placements: dict[int, list[facts_people.PlacementRow]]


Terms = Mapping[int, Sequence[TermLine]]
_NO_TERMS: Terms = {}


def contract_facts(
    row: facts.ContractRow,
    said: Terms = _NO_TERMS,
    today: date | None = None,
    somebody_follows: bool = False,
) -> ContractFacts:
    """A contract as the rules see it; ``said`` are the terms of contracts."""
    return ContractFacts(
        contract=row.contract,
        taken_up=bool(row.taken_up),
        stage=row.stage,
        closed_on=iso_date(row.closed_on),
        notified_on=iso_date(row.notified_on),
        start=iso_date(row.start),
        end=iso_date(row.end),
        obligations=row.obligations,
        led=bool(row.facilitator) or not somebody_follows,
        said=limits_said(said.get(row.contract, ()), None, today),
    )


def limits_said(lines: Iterable[TermLine], lot: int | None, on: date | None) -> dict[str, str]:
    """The limits of alerts that the terms of a contract set for a lot, by code."""
    own = [line for line in lines if line.code.startswith(TERM)]
    return values_in_force(own, lot, on or date.max) if own else {}


def terms_of_contracts(connection: Connection, contracts: Iterable[int]) -> Terms:
    """The terms of some contracts, as the rules read them."""
    said = terms.of_contracts(connection, contracts)
    return {contract: [row.line for row in rows] for contract, rows in said.items()}


def obligation_facts(
    row: ObligationRow,
    contract: ContractFacts,
    owing: Owing | None = None,
    hours: Totals = _NO_HOURS,
    today: date | None = None,
    said: Terms = _NO_TERMS,
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
        name=_named(row),
        said=limits_said(said.get(row.contract, ()), row.lot, today),
    )


def _named(row: ObligationRow) -> str:
    """The contract and its lot in a sentence; the only lot of a contract has no number."""
    number = row.number or row.object
    return number if row.lot_number in ("", "0") else f"{number} lot {row.lot_number}"


def followed_facts(
    connection: Connection, today: date, limits: Thresholds, contract: int | None = None
) -> FollowedFacts:
    """The facts of the followed contracts (or of one of them) and of the people placed there.

    What is owed is what is due ``today``. The cost grows with the obligations that are open and
    with the people working on them, never with the hours of closed contracts.
    """
    rows = (
        facts.followed_contracts(connection)
        if contract is None
        else facts.contracts(connection, [contract])
    )
    contracts = {row.contract: row for row in rows}
    said = terms_of_contracts(connection, contracts)
    led = facts_cases.somebody_follows(connection)
    texts = text_facts(connection, contracts, today, limits)
    followed = {
        row.contract: contract_facts(row, said, today, led)._replace(text=texts.get(row.contract))
        for row in rows
    }
    obligations = {row.obligation: row for row in of_contracts(connection, followed)}
    rows_running = [row for row in obligations.values() if row.closed_on is None]
    running = [row.obligation for row in rows_running]
    placed = facts_people.placed_people(connection, running)
    people = _read_people(connection, {one.participant for one in placed})
    lines = list(facts.hour_lines(connection, running))
    statements = _statements(connection, rows_running, lines, placed)
    running_facts = _running_facts(
        connection, rows_running, _Known(followed, said, statements, today, limits), lines, placed
    )
    beyond = {
        row.contract for rows in people.placements.values() for row in rows
    } - contracts.keys()
    for other in facts.contracts(connection, beyond):
        contracts[other.contract] = other
    for obligation in of_contracts(connection, beyond):
        obligations[obligation.obligation] = obligation
    said = {**said, **terms_of_contracts(connection, beyond)}
    known = _Places(contracts, obligations, running_facts, said)
    return FollowedFacts(
        contracts=tuple(followed.values()),
        obligations=tuple(running_facts.values()),
        people=_person_facts(connection, people, known, lines),
        contract_rows=contracts,
        obligation_rows=obligations,
        person_rows=people.rows,
        company_names=next((known.names for known in statements.values()), {}),
    )


def _running_facts(
    connection: Connection,
    rows: Sequence[ObligationRow],
    known: _Known,
    lines: Iterable[facts.LineRow],
    placed: Iterable[facts_people.PlacedRow],
) -> dict[int, ObligationFacts]:
    """The open obligations, by id, with their events, hours, statements and case."""
    owing = read_owing(connection, [row.obligation for row in rows])
    hours: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for line in lines:
        hours[line.obligation].append((line.declared, line.validated))
    placements: dict[int, int] = defaultdict(int)
    for one in placed:
        placements[one.obligation] += one.current
    cases = case_facts(connection, rows, known.statements, known.today, known.limits)
    return {
        row.obligation: obligation_facts(
            row,
            known.contracts[row.contract],
            owing[row.obligation],
            totals(hours[row.obligation]),
            known.today,
            known.said,
        )._replace(
            placements=placements[row.obligation],
            statements=known.statements[row.obligation],
            case=cases[row.obligation],
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
    places: _Places,
    lines: Iterable[facts.LineRow],
) -> tuple[PersonFacts, ...]:
    """Each person with every placement and month of theirs, those of closed contracts too."""
    elsewhere = [
        row.placement
        for rows in people.placements.values()
        for row in rows
        if row.obligation not in places.running
    ]
    by_placement: dict[int, list[facts.LineRow]] = defaultdict(list)
    for line in (*lines, *facts_people.lines_of_placements(connection, elsewhere)):
        by_placement[line.placement].append(line)
    known = dict(places.running)
    pooling: dict[int, TermsIn | None] = {}
    found = []
    for participant, row in people.rows.items():
        placements: list[PlacementFacts] = []
        months: list[MonthFacts] = []
        for placement in people.placements.get(participant, ()):
            obligation = known.get(placement.obligation)
            if obligation is None:
                seen = places.obligations[placement.obligation]
                obligation = obligation_facts(seen, contract_facts(places.contracts[seen.contract]))
                known[placement.obligation] = obligation
            if obligation.obligation not in pooling:
                said = places.said.get(obligation.contract.contract)
                pooling[obligation.obligation] = (
                    terms_by_month(said, obligation.lot) if said else None
                )
            one = _placement_facts(placement, obligation)
            months += _months(
                one, by_placement[placement.placement], pooling[obligation.obligation]
            )
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
                sex=row.sex,
                prescriber=row.prescriber,
                level=row.education,
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
            employer=row.employer,
            level=row.education,
        ),
        start=iso_date(row.start),
        end=iso_date(row.end),
    )


def _months(
    placement: PlacementFacts, lines: Iterable[facts.LineRow], terms: TermsIn | None
) -> list[MonthFacts]:
    """The months of a placement, all kinds of hours added up."""
    months: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for line in lines:
        months[line.month].append((line.declared, line.validated))
    found = []
    for number in sorted(months):
        month, hours = Month(number), totals(months[number])
        found.append(
            MonthFacts(
                placement,
                month,
                hours.declared,
                hours.refused,
                tuple(Hours(declared) for declared, validated in months[number] if validated != 0),
                terms is not None and terms(month).pooling,
            )
        )
    return found
