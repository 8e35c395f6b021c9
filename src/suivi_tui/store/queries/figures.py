"""What an evaluation is about: obligations of contracts taken up, buyers, names of the filters.

Hours are read by ``evaluation_lines``, people by ``evaluation_people``.
"""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list


class BuyerRow(NamedTuple):
    """A buyer, as a filter recognises it."""

    buyer: int
    name: str
    siret: str | None


class ScopeRow(NamedTuple):
    """An obligation and what a breakdown says of its contract: codes, '' when unknown.

    ``programme`` is None without an operation; ``start`` is the start on site; amounts are cents.
    """

    obligation: int
    lot: int
    contract: int
    buyer: int
    operation: int | None
    company: int
    start: str | None
    end: str | None
    closed_on: str | None
    outcome: str
    contract_start: str | None
    contract_end: str | None
    buyer_name: str
    buyer_kind: str
    territory: str
    clause_form: str
    sector: str
    programme: str | None
    operation_name: str
    number: str
    lot_number: str
    company_name: str
    facilitator: str
    amount_cents: int | None


class NamedRow(NamedTuple):
    """A record that a filter may be about: its id and what it is called."""

    id: int
    name: str
    code: str = ""


BUYERS = "SELECT id, name, siret FROM buyer WHERE removed = 0"
SCOPE = (
    "SELECT obligation.id, lot.id, contract.id, contract.buyer, operation.id, "
    'obligation.company, obligation.start, obligation."end", obligation.closed_on, '
    "coalesce(obligation.outcome, ''), contract.start, contract.\"end\", buyer.name, buyer.kind, "
    "buyer.territory, contract.clause_form, contract.sector, operation.programme, "
    "coalesce(operation.name, ''), contract.number, lot.number, coalesce(company.name, ''), "
    "contract.facilitator, contract.amount_cents FROM contract "
    "CROSS JOIN buyer ON buyer.id = contract.buyer "
    "CROSS JOIN lot ON lot.contract = contract.id "
    "CROSS JOIN obligation ON obligation.lot = lot.id "
    "LEFT JOIN company ON company.id = obligation.company "
    "LEFT JOIN operation ON operation.id = contract.operation AND operation.removed = 0 "
    "WHERE contract.taken_up = 1 AND contract.removed = 0 AND lot.removed = 0 "
    "AND obligation.removed = 0"
)
COMPANIES = "SELECT id, name, coalesce(siret, '') FROM company WHERE removed = 0"
# "month < :first" reads nothing of what the period itself has already given.
VALIDATED_BEFORE = (
    "SELECT hour_entry.obligation, sum(hour_entry.validated) FROM json_each(:ids) AS wanted "
    "CROSS JOIN hour_entry ON hour_entry.obligation = wanted.value "
    "AND hour_entry.month < :first "
    "WHERE hour_entry.removed = 0 AND hour_entry.validated IS NOT NULL "
    "GROUP BY hour_entry.obligation"
)


def buyers(connection: Connection) -> list[BuyerRow]:
    """Every buyer."""
    return [BuyerRow._make(row) for row in connection.execute(BUYERS)]


def companies(connection: Connection) -> list[NamedRow]:
    """Every company and structure; its code is its SIRET."""
    return [NamedRow._make(row) for row in connection.execute(COMPANIES)]


def scope(connection: Connection) -> list[ScopeRow]:
    """The obligations of contracts taken up, closed ones too."""
    return [ScopeRow._make(row) for row in connection.execute(SCOPE)]


def validated_before(
    connection: Connection, obligations: Iterable[int], first: int
) -> dict[int, int]:
    """Hours of obligations validated in the months before ``first``."""
    rows = connection.execute(VALIDATED_BEFORE, {"ids": id_list(obligations), "first": first})
    return dict(rows.fetchall())
