"""Contracts, obligations and their hours, as the alerts and the pace look at them.

Every statement goes from few rows to many by a key: contracts, then lots, obligations, hours;
the hours of other contracts are never read. Dates are ISO text, hours hundredths.
"""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection, ids


class ContractRow(NamedTuple):
    """A contract with the names of its buyer and operation; ``obligations`` counts its own."""

    contract: int
    number: str
    buyer: int
    buyer_name: str
    operation_name: str | None
    taken_up: int
    stage: str
    closed_on: str | None
    notified_on: str | None
    start: str | None
    end: str | None
    obligations: int


class ObligationRow(NamedTuple):
    """An obligation with its lot number and the name of its holder."""

    obligation: int
    contract: int
    lot: int
    lot_number: str
    company: int
    company_name: str
    start: str | None
    end: str | None
    closed_on: str | None


class EventRow(NamedTuple):
    """What moved the hours owed by an obligation."""

    obligation: int
    date: str
    hours: int | None
    firm: int
    kind: str


class TotalRow(NamedTuple):
    """The hours of an obligation; refused = declared - validated - pending."""

    obligation: int
    declared: int
    validated: int
    pending: int


class LineRow(NamedTuple):
    """An hour line; ``validated`` is None while it is pending."""

    obligation: int
    month: int
    placement: int
    declared: int
    validated: int | None


# Ranges of stages that leave out 'clos' and 'refuse': closed contracts are jumped over in the
# index, and a stage that this release does not know is followed all the same.
_OPEN_STAGES = (
    "(VALUES ('', 'clos'), ('clos ', 'refuse'), ('refuse ', char(1114111))) AS band "
    "CROSS JOIN contract ON contract.taken_up = 1 "
    "AND contract.stage >= band.column1 AND contract.stage < band.column2"
)
_OPEN = "contract.closed_on IS NULL AND contract.removed = 0"
_CONTRACT = (
    "SELECT contract.id, contract.number, contract.buyer, buyer.name, operation.name, "
    "contract.taken_up, contract.stage, contract.closed_on, contract.notified_on, contract.start, "
    'contract."end", (SELECT count(*) FROM lot CROSS JOIN obligation ON obligation.lot = lot.id '
    "WHERE lot.contract = contract.id AND lot.removed = 0 AND obligation.removed = 0) "
    "FROM {source} CROSS JOIN buyer ON buyer.id = contract.buyer "
    "LEFT JOIN operation ON operation.id = contract.operation AND operation.removed = 0 "
    "WHERE {condition}"
)
_OBLIGATION = (
    "SELECT obligation.id, lot.contract, lot.id, lot.number, obligation.company, company.name, "
    'obligation.start, obligation."end", obligation.closed_on FROM {source} '
    "CROSS JOIN company ON company.id = obligation.company "
    "WHERE lot.removed = 0 AND obligation.removed = 0"
)
FOLLOWED_CONTRACTS = _CONTRACT.format(source=_OPEN_STAGES, condition=_OPEN)
FOLLOWED_CONTRACT = _CONTRACT.format(
    source="contract",
    condition="contract.id = :contract AND contract.taken_up = 1 "
    f"AND contract.stage NOT IN ('clos', 'refuse') AND {_OPEN}",
)
CONTRACTS = _CONTRACT.format(
    source="json_each(:ids) AS wanted CROSS JOIN contract ON contract.id = wanted.value",
    condition="contract.removed = 0",
)
OBLIGATIONS_OF_CONTRACTS = _OBLIGATION.format(
    source="json_each(:ids) AS wanted CROSS JOIN lot ON lot.contract = wanted.value "
    "CROSS JOIN obligation ON obligation.lot = lot.id"
)
OBLIGATIONS = _OBLIGATION.format(
    source="json_each(:ids) AS wanted CROSS JOIN obligation ON obligation.id = wanted.value "
    "CROSS JOIN lot ON lot.id = obligation.lot"
)
OBLIGATIONS_OF_COMPANY = (
    _OBLIGATION.format(
        source="obligation CROSS JOIN lot ON lot.id = obligation.lot "
        "CROSS JOIN contract ON contract.id = lot.contract"
    )
    + " AND obligation.company = :company AND contract.removed = 0"
)
EVENTS = (
    "SELECT event.obligation, event.date, event.hours, event.firm, event.kind "
    "FROM json_each(:ids) AS wanted "
    "CROSS JOIN obligation_event AS event ON event.obligation = wanted.value "
    "WHERE event.removed = 0"
)
STATEMENT_MONTHS = (
    "SELECT statement.obligation, statement.month FROM json_each(:ids) AS wanted "
    "CROSS JOIN statement ON statement.obligation = wanted.value WHERE statement.removed = 0"
)
TOTALS = (
    "SELECT hour_entry.obligation, sum(declared), coalesce(sum(validated), 0), "
    "coalesce(sum(declared) FILTER (WHERE validated IS NULL), 0) "
    "FROM hour_entry WHERE hour_entry.obligation IN (SELECT value FROM json_each(:ids)) "
    "AND hour_entry.month <= :last AND hour_entry.removed = 0 GROUP BY hour_entry.obligation"
)
LINES = (
    "SELECT hour_entry.obligation, hour_entry.month, hour_entry.placement, hour_entry.declared, "
    "hour_entry.validated FROM hour_entry "
    "WHERE hour_entry.obligation IN (SELECT value FROM json_each(:ids)) "
    "AND hour_entry.month BETWEEN :first AND :last AND hour_entry.removed = 0"
)
EVER_FIRST, EVER_LAST = 0, 999_999
"""Months before and after every month that can be stored."""


def followed_contracts(connection: Connection, contract: int | None = None) -> list[ContractRow]:
    """Contracts taken up, neither closed nor refused; only one of them when it is given."""
    statement = FOLLOWED_CONTRACTS if contract is None else FOLLOWED_CONTRACT
    rows = connection.execute(statement, {} if contract is None else {"contract": contract})
    return [ContractRow._make(row) for row in rows]


def contracts(connection: Connection, wanted: Iterable[int]) -> list[ContractRow]:
    """Contracts by id, whatever their stage."""
    rows = connection.execute(CONTRACTS, {"ids": ids(wanted)})
    return [ContractRow._make(row) for row in rows]


def obligations_of_contracts(
    connection: Connection, contracts: Iterable[int]
) -> list[ObligationRow]:
    """The obligations of contracts, closed ones too."""
    rows = connection.execute(OBLIGATIONS_OF_CONTRACTS, {"ids": ids(contracts)})
    return [ObligationRow._make(row) for row in rows]


def obligations(connection: Connection, wanted: Iterable[int]) -> list[ObligationRow]:
    """Obligations by id."""
    rows = connection.execute(OBLIGATIONS, {"ids": ids(wanted)})
    return [ObligationRow._make(row) for row in rows]


def obligations_of_company(connection: Connection, company: int) -> list[ObligationRow]:
    """What a company owes or owed, on every contract it holds."""
    rows = connection.execute(OBLIGATIONS_OF_COMPANY, {"company": company})
    return [ObligationRow._make(row) for row in rows]


def events(connection: Connection, obligations: Iterable[int]) -> list[EventRow]:
    """What moved the hours owed by obligations, in no order: the rules add them up."""
    rows = connection.execute(EVENTS, {"ids": ids(obligations)})
    return [EventRow._make(row) for row in rows]


def statement_months(connection: Connection, obligations: Iterable[int]) -> list[tuple[int, int]]:
    """(obligation, month) of every statement, a month "sans activité" too."""
    return connection.execute(STATEMENT_MONTHS, {"ids": ids(obligations)}).fetchall()


def hour_totals(
    connection: Connection, obligations: Iterable[int], last: int = EVER_LAST
) -> list[TotalRow]:
    """The hours of obligations up to a month; nothing for an obligation without hours."""
    rows = connection.execute(TOTALS, {"ids": ids(obligations), "last": last})
    return [TotalRow._make(row) for row in rows]


def hour_lines(
    connection: Connection,
    obligations: Iterable[int],
    first: int = EVER_FIRST,
    last: int = EVER_LAST,
) -> Iterable[LineRow]:
    """The hour lines of obligations from one month to another, one by one: never held at once."""
    rows = connection.execute(LINES, {"ids": ids(obligations), "first": first, "last": last})
    return map(LineRow._make, rows)
