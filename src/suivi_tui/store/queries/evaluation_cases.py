"""What an evaluation asks beside hours: whose paths, penalty cases, how contracts moved.

Dates are ISO text, amounts cents before tax. Every statement goes from few rows to many by a key.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import FollowUpKind


class PlacedRow(NamedTuple):
    """A work contract placed on some obligations, and whose it is."""

    participant: int
    work_contract: int
    employer: int | None
    obligation: int


class DecisionRow(NamedTuple):
    """A penalty case: what the buyer decided, whether means were written down (0 or 1)."""

    obligation: int
    decision: str
    decided_on: str | None
    efforts: int


class MoveRow(NamedTuple):
    """An event of a contract, or of one of its lots; ``amount_cents`` is whole."""

    contract: int
    lot: int | None
    date: str
    kind: str
    amount_cents: int | None
    months: int | None


class ContractRow(NamedTuple):
    """A contract that was notified, followed or known from open data alone.

    ``obligations`` is 1 when somebody owes hours on it, else 0; ``programme`` is None without an
    operation.
    """

    contract: int
    buyer: int
    operation: int | None
    number: str
    object: str
    clause_form: str
    category: str
    sector: str
    amount_cents: int | None
    notified_on: str | None
    start: str | None
    end: str | None
    stage: str
    facilitator: str
    closed_on: str | None
    duration_months: int | None
    ended_on: str | None
    final_amount_cents: int | None
    territory: str
    programme: str | None
    obligations: int


class LotAmountRow(NamedTuple):
    """The amount of a lot of a contract."""

    contract: int
    lot: int
    amount_cents: int | None


PLACED = (
    "SELECT DISTINCT work.participant, work.id, work.employer, placement.obligation "
    "FROM json_each(:ids) AS wanted "
    "CROSS JOIN placement ON placement.obligation = wanted.value AND placement.removed = 0 "
    "CROSS JOIN work_contract AS work ON work.id = placement.work_contract AND work.removed = 0 "
    "CROSS JOIN participant ON participant.id = work.participant AND participant.removed = 0"
)
DECISIONS = (
    "SELECT penalty_case.obligation, penalty_case.decision, penalty_case.decided_on, "
    "trim(penalty_case.efforts) <> '' FROM json_each(:ids) AS wanted "
    "CROSS JOIN penalty_case ON penalty_case.obligation = wanted.value "
    "WHERE penalty_case.removed = 0 "
    "ORDER BY coalesce(penalty_case.decided_on, '9999') DESC, penalty_case.id DESC"
)
ACTS = (
    "SELECT DISTINCT follow_up.subject, follow_up.kind FROM json_each(:ids) AS wanted "
    "CROSS JOIN follow_up ON follow_up.entity = 'obligation' AND follow_up.subject = wanted.value "
    "WHERE follow_up.removed = 0 AND follow_up.date <= :until AND follow_up.kind IN "
    f"('{FollowUpKind.FORMAL_NOTICE.value}', '{FollowUpKind.PENALTY.value}', "
    f"'{FollowUpKind.WAIVER.value}')"
)
MOVES = (
    "SELECT event.contract, event.lot, event.date, event.kind, event.amount_cents, event.months "
    "FROM json_each(:ids) AS wanted "
    "CROSS JOIN contract_event AS event ON event.contract = wanted.value "
    "WHERE event.removed = 0 ORDER BY event.date, event.id"
)
LOT_AMOUNTS = (
    "SELECT lot.contract, lot.id, lot.amount_cents FROM json_each(:ids) AS wanted "
    "CROSS JOIN lot ON lot.contract = wanted.value WHERE lot.removed = 0 ORDER BY lot.id"
)
# A purchase that is not notified yet, or whose clause was refused before, lasted nothing.
CONTRACTS = (
    "SELECT contract.id, contract.buyer, operation.id, contract.number, contract.object, "
    "contract.clause_form, contract.category, contract.sector, contract.amount_cents, "
    'contract.notified_on, contract.start, contract."end", contract.stage, '
    "contract.facilitator, contract.closed_on, contract.duration_months, contract.ended_on, "
    "contract.final_amount_cents, buyer.territory, operation.programme, "
    "EXISTS (SELECT 1 FROM lot CROSS JOIN obligation ON obligation.lot = lot.id "
    "AND obligation.removed = 0 WHERE lot.contract = contract.id AND lot.removed = 0) "
    "FROM contract CROSS JOIN buyer ON buyer.id = contract.buyer "
    "LEFT JOIN operation ON operation.id = contract.operation AND operation.removed = 0 "
    "WHERE contract.removed = 0 AND coalesce(contract.notified_on, contract.start, '') <> ''"
)


def placed(connection: Connection, obligations: Iterable[int]) -> list[PlacedRow]:
    """The work contracts placed on some obligations."""
    rows = connection.execute(PLACED, {"ids": id_list(obligations)})
    return [PlacedRow._make(row) for row in rows]


def decisions(connection: Connection, obligations: Iterable[int]) -> list[DecisionRow]:
    """The penalty cases of some obligations: those that wait first, then the latest decided."""
    rows = connection.execute(DECISIONS, {"ids": id_list(obligations)})
    return [DecisionRow._make(row) for row in rows]


def acts(connection: Connection, obligations: Iterable[int], until: date) -> list[tuple[int, str]]:
    """Formal notices, penalties and waivers filed about some obligations by a day: id and kind."""
    values = {"ids": id_list(obligations), "until": until.isoformat()}
    return [(row[0], row[1]) for row in connection.execute(ACTS, values)]


def moves(connection: Connection, contracts: Iterable[int]) -> list[MoveRow]:
    """The events of some contracts, by date."""
    return [MoveRow._make(row) for row in connection.execute(MOVES, {"ids": id_list(contracts)})]


def notified_contracts(connection: Connection) -> list[ContractRow]:
    """Every contract that was notified or begun, followed or not."""
    return [ContractRow._make(row) for row in connection.execute(CONTRACTS)]


def lot_amounts(connection: Connection, contracts: Iterable[int]) -> list[LotAmountRow]:
    """The amounts of the lots of some contracts."""
    rows = connection.execute(LOT_AMOUNTS, {"ids": id_list(contracts)})
    return [LotAmountRow._make(row) for row in rows]
