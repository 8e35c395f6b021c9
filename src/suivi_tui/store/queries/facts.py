"""What the alerts look at beside the obligations themselves: contracts, months, hour lines.

Every statement goes from few rows to many by a key: contracts, then obligations, then hours;
the hours of other contracts are never read. Dates are ISO text, hours hundredths.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list


class ContractRow(NamedTuple):
    """A contract, the name of its operation, and the number of its obligations."""

    contract: int
    number: str
    operation_name: str
    taken_up: int
    stage: str
    closed_on: str | None
    notified_on: str | None
    start: str | None
    end: str | None
    obligations: int
    facilitator: str


class LineRow(NamedTuple):
    """An hour line; ``validated`` is None while it is pending."""

    obligation: int
    month: int
    placement: int
    declared: int
    validated: int | None


_CONTRACT = (
    "SELECT contract.id, contract.number, coalesce(operation.name, ''), contract.taken_up, "
    "contract.stage, contract.closed_on, contract.notified_on, contract.start, "
    'contract."end", (SELECT count(*) FROM lot CROSS JOIN obligation ON obligation.lot = lot.id '
    "WHERE lot.contract = contract.id AND lot.removed = 0 AND obligation.removed = 0), "
    "contract.facilitator FROM {source} "
    "LEFT JOIN operation ON operation.id = contract.operation AND operation.removed = 0 "
    "WHERE contract.removed = 0"
)
# Ranges of stages that leave out 'clos' and 'refuse': closed contracts are jumped over in the
# index, and a stage that this release does not know is followed all the same.
FOLLOWED_CONTRACTS = (
    _CONTRACT.format(
        source="(VALUES ('', 'clos'), ('clos ', 'refuse'), ('refuse ', char(1114111))) AS band "
        "CROSS JOIN contract ON contract.taken_up = 1 "
        "AND contract.stage >= band.column1 AND contract.stage < band.column2"
    )
    + " AND contract.closed_on IS NULL"
)
CONTRACTS = _CONTRACT.format(
    source="json_each(:ids) AS wanted CROSS JOIN contract ON contract.id = wanted.value"
)
LINES = (
    "SELECT hour_entry.obligation, hour_entry.month, hour_entry.placement, hour_entry.declared, "
    "hour_entry.validated FROM json_each(:ids) AS wanted CROSS JOIN hour_entry "
    "ON hour_entry.obligation = wanted.value AND hour_entry.month BETWEEN :first AND :last "
    "WHERE hour_entry.removed = 0"
)
EVER = (0, 999_999)
"""Months before and after every month that can be stored."""


def followed_contracts(connection: Connection) -> list[ContractRow]:
    """Contracts taken up, neither closed nor refused."""
    return [ContractRow._make(row) for row in connection.execute(FOLLOWED_CONTRACTS)]


def contracts(connection: Connection, wanted: Iterable[int]) -> list[ContractRow]:
    """Contracts by id, whatever their stage."""
    rows = connection.execute(CONTRACTS, {"ids": id_list(wanted)})
    return [ContractRow._make(row) for row in rows]


def hour_lines(
    connection: Connection, obligations: Iterable[int], period: tuple[int, int] = EVER
) -> Iterator[LineRow]:
    """The hour lines of obligations within a period, both months included; never all in memory."""
    first, last = period
    rows = connection.execute(LINES, {"ids": id_list(obligations), "first": first, "last": last})
    return map(LineRow._make, rows)
