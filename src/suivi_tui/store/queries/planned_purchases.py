"""Purchases before their contract: the pipeline, what surrounds each, and what will be renewed.

Dates are ISO text, amounts cents before tax, shares hundredths of a percent.
"""

import json
from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import Category, ClauseForm, CompanyKind, Stage

SHOWN = 2_000
"""How many purchases a list holds."""

UPSTREAM = (Stage.TO_QUALIFY.value, Stage.PROJECT.value, Stage.CONSULTATION.value)
"""The stages of a purchase whose contract is not passed."""
_WITHOUT_CLAUSE = ("", ClauseForm.NONE.value)
_OF_LABOUR = tuple(
    kind.value
    for kind in CompanyKind
    if kind not in (CompanyKind.ORDINARY, CompanyKind.ETT, CompanyKind.OTHER)
)
_COLUMNS = (
    "contract.id, contract.buyer, buyer.name, buyer.kind, buyer.network_operator, "
    "buyer.territory, buyer.answer_weeks, contract.operation, coalesce(operation.name, ''), "
    "coalesce(operation.place, ''), coalesce(operation.programme, ''), contract.number, "
    "contract.object, contract.clause_form, contract.category, contract.procedure, contract.cpv, "
    "contract.sector, contract.amount_cents, contract.place, contract.stage, "
    "contract.facilitator, contract.asked_on, contract.answer_due, contract.answered_on, "
    "contract.planned_on, contract.notice_sent_on, contract.duration_months, "
    "contract.labour_share, contract.renews, coalesce(renewed.number, ''), "
    "coalesce(renewed.object, ''), contract.notified_on, contract.start, contract.\"end\""
)
_PURCHASES = (
    f"SELECT {_COLUMNS} FROM {{source}} CROSS JOIN buyer ON buyer.id = contract.buyer "
    "LEFT JOIN operation ON operation.id = contract.operation "
    "LEFT JOIN contract AS renewed ON renewed.id = contract.renews "
    "WHERE contract.removed = 0{where} ORDER BY contract.id DESC LIMIT ?"
)
PIPELINE = _PURCHASES.format(
    source="json_each(?) AS wanted "
    "CROSS JOIN contract ON contract.taken_up = 1 AND contract.stage = wanted.value",
    where="",
)
PURCHASE = _PURCHASES.format(source="contract", where=" AND contract.id = ?")
LOTS = (
    "SELECT lot.id, lot.contract, lot.number, lot.title, lot.cpv, lot.amount_cents, lot.trade, "
    "lot.labour_share FROM json_each(?) AS wanted CROSS JOIN lot ON lot.contract = wanted.value "
    "WHERE lot.removed = 0 ORDER BY lot.contract, length(lot.number), lot.number, lot.id"
)
# The latest calibration of each contract and of each of its lots.
CALIBRATED = (
    "SELECT wanted.value, calibration.lot, calibration.result, calibration.id "
    "FROM json_each(?) AS wanted "
    "CROSS JOIN calibration ON calibration.contract = wanted.value "
    "WHERE calibration.removed = 0 AND calibration.result IS NOT NULL "
    "UNION ALL SELECT lot.contract, lot.id, calibration.result, calibration.id "
    "FROM json_each(?) AS wanted "
    "CROSS JOIN lot ON lot.contract = wanted.value "
    "CROSS JOIN calibration ON calibration.lot = lot.id AND calibration.contract IS NULL "
    "WHERE lot.removed = 0 AND calibration.removed = 0 AND calibration.result IS NOT NULL "
    "ORDER BY 4"
)
PAST = (
    "SELECT contract.buyer, contract.id, contract.cpv, contract.sector, contract.clause_form "
    "FROM json_each(?) AS wanted CROSS JOIN contract ON contract.buyer = wanted.value "
    "WHERE contract.removed = 0 AND contract.stage IN "
    f"('{Stage.RUNNING.value}', '{Stage.ENDED.value}', '{Stage.CLOSED.value}')"
)
VALIDATED = (
    "SELECT lot.contract, sum(coalesce(entry.validated, 0)) FROM json_each(?) AS wanted "
    "CROSS JOIN lot ON lot.contract = wanted.value AND lot.removed = 0 "
    "CROSS JOIN obligation ON obligation.lot = lot.id AND obligation.removed = 0 "
    "CROSS JOIN hour_entry AS entry ON entry.obligation = obligation.id "
    "WHERE entry.removed = 0 GROUP BY lot.contract"
)
STRUCTURES = (
    "SELECT company.id, company.kind, company.commune, coverage.id IS NOT NULL, "
    "coalesce(coverage.territory, ''), coalesce(coverage.trade, '') FROM company "
    "LEFT JOIN coverage ON coverage.company = company.id AND coverage.removed = 0 "
    f"WHERE company.removed = 0 AND company.kind IN ({','.join('?' * len(_OF_LABOUR))}) "
    "ORDER BY company.id"
)
# Works are done once, unless their contract is a framework agreement.
_ENDING = (
    "coalesce(nullif(contract.\"end\", ''), CASE WHEN contract.duration_months > 0 "
    "THEN date(contract.notified_on, '+' || contract.duration_months || ' months') END)"
)
RENEWALS = (
    "SELECT contract.id, contract.buyer, buyer.name, contract.number, contract.object, "
    "contract.category, contract.cpv, contract.sector, contract.amount_cents, contract.place, "
    "contract.clause_form, contract.taken_up, contract.notified_on, contract.duration_months, "
    f"{_ENDING} AS ends FROM contract CROSS JOIN buyer ON buyer.id = contract.buyer "
    "WHERE contract.removed = 0 AND ends >= ? AND ends <= ? "
    f"AND (contract.taken_up = 0 OR contract.stage NOT IN {(*UPSTREAM, Stage.REFUSED.value)}) "
    f"AND (contract.category <> '{Category.WORKS.value}' OR contract.nature LIKE '%accord%cadre%' "
    "OR contract.object LIKE '%accord%cadre%') "
    "AND contract.id NOT IN (SELECT next.renews FROM contract AS next "
    "WHERE next.renews IS NOT NULL AND next.removed = 0) ORDER BY ends, contract.id LIMIT ?"
)
REFUSALS = (
    "SELECT refusal.id, refusal.contract, contract.buyer, buyer.name, contract.number, "
    "contract.object, contract.category, contract.amount_cents, refusal.ground, refusal.text, "
    "refusal.date FROM {source} CROSS JOIN buyer ON buyer.id = contract.buyer "
    "WHERE refusal.removed = 0 AND contract.removed = 0{where} "
    "ORDER BY coalesce(refusal.date, '') DESC, refusal.id DESC LIMIT ?"
)
REGISTER = REFUSALS.format(
    source="refusal CROSS JOIN contract ON contract.id = refusal.contract", where=""
)
REFUSALS_OF = REFUSALS.format(
    source="refusal CROSS JOIN contract ON contract.id = refusal.contract",
    where=" AND refusal.contract = ?",
)


UPSTREAM_OBJECTS = (
    "SELECT contract.id, contract.buyer, contract.object, contract.number "
    "FROM json_each(?) AS wanted CROSS JOIN contract ON contract.taken_up = 1 "
    "AND contract.stage = wanted.value WHERE contract.removed = 0 ORDER BY contract.id"
)
SEEN = (
    "SELECT seen.source_key, contract.id, coalesce(contract.removed, 1), "
    "coalesce(contract.stage, '') FROM json_each(?) AS wanted "
    "CROSS JOIN record_seen AS seen ON seen.source_key = wanted.value "
    "LEFT JOIN contract ON contract.id = CAST(seen.row AS INTEGER) "
    "WHERE seen.removed = 0 ORDER BY seen.id"
)


class UpstreamObject(NamedTuple):
    """What a purchase of the pipeline is about."""

    contract: int
    buyer: int
    object: str
    number: str


class SeenPurchase(NamedTuple):
    """The contract that a line of a programme made; ``gone`` when it was removed since."""

    contract: int | None
    gone: bool
    stage: str

    @property
    def upstream(self) -> bool:
        """Whether its contract is not passed yet."""
        return not self.gone and self.stage in UPSTREAM


class PurchaseRow(NamedTuple):
    """A purchase of the pipeline, with what is particular to its buyer."""

    contract: int
    buyer: int
    buyer_name: str
    buyer_kind: str
    network_operator: int
    buyer_territory: str
    answer_weeks: int | None
    operation: int | None
    operation_name: str
    operation_place: str
    programme: str
    number: str
    object: str
    clause_form: str
    category: str
    procedure: str
    cpv: str
    sector: str
    amount_cents: int | None
    place: str
    stage: str
    facilitator: str
    asked_on: str | None
    answer_due: str | None
    answered_on: str | None
    planned_on: str | None
    notice_sent_on: str | None
    duration_months: int | None
    labour_share: int | None
    renews: int | None
    renewed_number: str
    renewed_object: str
    notified_on: str | None
    start: str | None
    end: str | None


class LotRow(NamedTuple):
    """A lot of a planned purchase."""

    lot: int
    contract: int
    number: str
    title: str
    cpv: str
    amount_cents: int | None
    trade: str
    labour_share: int | None


class PastRow(NamedTuple):
    """An earlier contract of a buyer; ``hours`` validated, hundredths, when it has a clause."""

    buyer: int
    contract: int
    cpv: str
    sector: str
    with_clause: bool
    hours: int


class StructureRow(NamedTuple):
    """A structure and one place or trade where it can be called; ``covers`` 0: nobody said."""

    company: int
    kind: str
    commune: str
    covers: int
    territory: str
    trade: str


class RenewalRow(NamedTuple):
    """A contract that ends soon and that its buyer will probably pass again."""

    contract: int
    buyer: int
    buyer_name: str
    number: str
    object: str
    category: str
    cpv: str
    sector: str
    amount_cents: int | None
    place: str
    clause_form: str
    taken_up: int
    notified_on: str | None
    duration_months: int | None
    ends: str


class RefusalRow(NamedTuple):
    """A written ground for having no social condition."""

    refusal: int
    contract: int
    buyer: int
    buyer_name: str
    number: str
    object: str
    category: str
    amount_cents: int | None
    ground: str
    text: str
    date: str | None


def pipeline(connection: Connection) -> list[PurchaseRow]:
    """The purchases that are followed and whose contract is not passed, the latest first."""
    return [
        PurchaseRow._make(row)
        for row in connection.execute(PIPELINE, (json.dumps(UPSTREAM), SHOWN))
    ]


def purchase(connection: Connection, contract: int) -> PurchaseRow | None:
    """One purchase, whatever its stage; None when unknown or removed."""
    row = connection.execute(PURCHASE, (contract, 1)).fetchone()
    return PurchaseRow._make(row) if row else None


def lots_of(connection: Connection, contracts: Iterable[int]) -> dict[int, list[LotRow]]:
    """The lots of some purchases, in their order."""
    found: dict[int, list[LotRow]] = {}
    for row in connection.execute(LOTS, (id_list(contracts),)):
        found.setdefault(row[1], []).append(LotRow._make(row))
    return found


def calibrated(
    connection: Connection, contracts: Iterable[int]
) -> dict[tuple[int, int | None], int]:
    """The hours (hundredths) of the latest calibration, by (contract, lot or None)."""
    ids = id_list(contracts)
    rows = connection.execute(CALIBRATED, (ids, ids))
    return {(contract, lot): result for contract, lot, result, _ in rows}


def past_of_buyers(connection: Connection, buyers: Iterable[int]) -> list[PastRow]:
    """The contracts that some buyers passed, followed or known from open data."""
    rows = connection.execute(PAST, (id_list(set(buyers)),)).fetchall()
    clauses = [row[1] for row in rows if row[4] not in _WITHOUT_CLAUSE]
    hours = dict(connection.execute(VALIDATED, (id_list(clauses),)).fetchall())
    return [
        PastRow(buyer, contract, cpv, sector, form not in _WITHOUT_CLAUSE, hours.get(contract, 0))
        for buyer, contract, cpv, sector, form in rows
    ]


def structures(connection: Connection) -> list[StructureRow]:
    """Insertion structures and the adapted sector, one row for each place or trade said."""
    return [StructureRow._make(row) for row in connection.execute(STRUCTURES, _OF_LABOUR)]


def renewals(connection: Connection, first: str, last: str) -> list[RenewalRow]:
    """Contracts that end between two days and that no planned purchase renews yet."""
    return [RenewalRow._make(row) for row in connection.execute(RENEWALS, (first, last, SHOWN))]


def refusals(connection: Connection, contract: int | None = None) -> list[RefusalRow]:
    """The refusal register, the latest first; of one contract alone when it is given."""
    if contract is None:
        return [RefusalRow._make(row) for row in connection.execute(REGISTER, (SHOWN,))]
    return [RefusalRow._make(row) for row in connection.execute(REFUSALS_OF, (contract, SHOWN))]


def upstream_objects(connection: Connection) -> list[UpstreamObject]:
    """What every purchase of the pipeline is about."""
    rows = connection.execute(UPSTREAM_OBJECTS, (json.dumps(UPSTREAM),))
    return [UpstreamObject._make(row) for row in rows]


def seen_purchases(connection: Connection, keys: Iterable[str]) -> dict[str, SeenPurchase]:
    """The contracts that lines of programmes made, by the key of the line."""
    rows = connection.execute(SEEN, (json.dumps(list(keys)),))
    return {
        key: SeenPurchase(contract, bool(removed), stage) for key, contract, removed, stage in rows
    }
