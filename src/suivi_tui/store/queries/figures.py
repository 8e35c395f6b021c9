"""What an evaluation counts: obligations of contracts taken up, their hours, who worked them.

A buyer or a period narrows through keys: contracts of the buyer, then obligations, then the
months asked in the key of the hour lines (``facts.hour_lines``).
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

    ``programme`` is None without an operation; ``start`` is the start on site.
    """

    obligation: int
    contract: int
    company: int
    start: str | None
    end: str | None
    contract_start: str | None
    contract_end: str | None
    buyer_name: str
    buyer_kind: str
    clause_form: str
    sector: str
    programme: str | None


class WorkerRow(NamedTuple):
    """A placement: the person, the work contract and what was true at hiring.

    ``hired_on`` is ISO text, None when the work contract has no start; ``education`` is that of
    the work contract, else of the person; ``structure`` that of the work contract, else the
    kind of the employer; ``criterion`` is the main one.
    """

    placement: int
    participant: int
    work_contract: int
    employer: int | None
    hired_on: str | None
    birth: str | None
    sex: str
    prescriber: str
    criterion: str | None
    education: str
    qpv: str
    structure: str | None
    mode: str
    type: str


BUYERS = "SELECT id, name, siret FROM buyer WHERE removed = 0"
_SCOPE = (
    "SELECT obligation.id, contract.id, obligation.company, obligation.start, "
    'obligation."end", contract.start, contract."end", buyer.name, buyer.kind, '
    "contract.clause_form, contract.sector, operation.programme FROM {source} "
    "CROSS JOIN buyer ON buyer.id = contract.buyer "
    "CROSS JOIN lot ON lot.contract = contract.id "
    "CROSS JOIN obligation ON obligation.lot = lot.id "
    "LEFT JOIN operation ON operation.id = contract.operation AND operation.removed = 0 "
    "WHERE contract.taken_up = 1 AND contract.removed = 0 AND lot.removed = 0 "
    "AND obligation.removed = 0"
)
SCOPE = _SCOPE.format(source="contract")
SCOPE_OF_BUYERS = _SCOPE.format(
    source="json_each(:buyers) AS wanted CROSS JOIN contract ON contract.buyer = wanted.value"
)
# Of several criteria the main one counts; of two main ones, the first that was entered.
WORKERS = (
    "SELECT placement.id, participant.id, work_contract.id, work_contract.employer, "
    "nullif(work_contract.start, ''), participant.birth, participant.sex, "
    "participant.prescriber, (SELECT criterion FROM eligibility "
    "WHERE eligibility.participant = participant.id AND eligibility.removed = 0 "
    "ORDER BY eligibility.rank, eligibility.id LIMIT 1), "
    "coalesce(nullif(work_contract.education, ''), participant.education), work_contract.qpv, "
    "coalesce(nullif(work_contract.structure_kind, ''), company.kind), work_contract.mode, "
    "work_contract.type FROM json_each(:ids) AS wanted "
    "CROSS JOIN placement ON placement.id = wanted.value "
    "CROSS JOIN work_contract ON work_contract.id = placement.work_contract "
    "CROSS JOIN participant ON participant.id = work_contract.participant "
    "LEFT JOIN company ON company.id = work_contract.employer"
)
FIRST_MONTHS = (
    "SELECT placement.work_contract, min(hour_entry.month) FROM json_each(:ids) AS wanted "
    "CROSS JOIN placement ON placement.work_contract = wanted.value "
    "CROSS JOIN hour_entry ON hour_entry.placement = placement.id "
    "WHERE hour_entry.removed = 0 AND hour_entry.declared <> 0 GROUP BY placement.work_contract"
)
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


def scope(connection: Connection, buyers: Iterable[int] | None = None) -> list[ScopeRow]:
    """The obligations of contracts taken up, closed ones too; of some buyers when given."""
    if buyers is None:
        rows = connection.execute(SCOPE)
    else:
        rows = connection.execute(SCOPE_OF_BUYERS, {"buyers": id_list(buyers)})
    return [ScopeRow._make(row) for row in rows]


def workers(connection: Connection, placements: Iterable[int]) -> list[WorkerRow]:
    """The people behind placements."""
    rows = connection.execute(WORKERS, {"ids": id_list(placements)})
    return [WorkerRow._make(row) for row in rows]


def first_months(connection: Connection, work_contracts: Iterable[int]) -> dict[int, int]:
    """The first month with declared hours of work contracts, whatever the period asked."""
    rows = connection.execute(FIRST_MONTHS, {"ids": id_list(work_contracts)})
    return dict(rows.fetchall())


def validated_before(
    connection: Connection, obligations: Iterable[int], first: int
) -> dict[int, int]:
    """Hours of obligations validated in the months before ``first``."""
    rows = connection.execute(VALIDATED_BEFORE, {"ids": id_list(obligations), "first": first})
    return dict(rows.fetchall())
