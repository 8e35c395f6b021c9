"""Contracts: the list, and one contract with everything around it."""

from datetime import date
from typing import Any, Literal, NamedTuple, TypeAlias

from suivi_tui.rules.indicators import Totals
from suivi_tui.store.queries import (
    calibrations,
    contacts,
    follow_ups,
    obligations,
    reviews,
    statements,
)
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import Key, Listing, Page, id_list, read_page
from suivi_tui.store.queries.standing import ObligationStanding, standings_of, total_owed
from suivi_tui.store.queries.words import pattern, typed_words
from suivi_tui.vocabulary.choices import Stage
from suivi_tui.vocabulary.hours import Hours

Selection: TypeAlias = Literal["followed", "to_qualify", "closed", "all"]

_ENDED = f"('{Stage.CLOSED.value}', '{Stage.REFUSED.value}')"
_SELECTIONS: dict[Selection, str] = {
    "followed": f"contract.taken_up = 1 AND contract.stage NOT IN {_ENDED}",
    "to_qualify": "contract.taken_up = 0",
    "closed": f"contract.taken_up = 1 AND contract.stage IN {_ENDED}",
    "all": "true",
}
_LIST = Listing(
    columns=(
        "contract.id, contract.operation, coalesce(operation.name, ''), contract.buyer, "
        "buyer.name, contract.number, contract.object, contract.stage, contract.taken_up, "
        'contract.notified_on, contract.start, contract."end", contract.amount_cents, '
        "contract.category, contract.sector, contract.clause_form, contract.facilitator"
    ),
    source=(
        "contract CROSS JOIN buyer ON buyer.id = contract.buyer "
        "LEFT JOIN operation ON operation.id = contract.operation"
    ),
    orders={
        "operation": (
            # A purchase that is only planned has no operation yet: it comes last.
            "coalesce(nullif(operation.name, ''), char(1114111)) COLLATE NOCASE",
            "buyer.name COLLATE NOCASE",
            "contract.number",
            "contract.id",
        ),
        "buyer": ("buyer.name COLLATE NOCASE", "contract.number", "contract.id"),
        "number": ("contract.number", "contract.id"),
        "object": ("contract.object COLLATE NOCASE", "contract.id"),
        "stage": ("contract.stage", "contract.number", "contract.id"),
        "notified": ("coalesce(contract.notified_on, '')", "contract.id"),
        "start": ("coalesce(contract.start, '')", "contract.id"),
        "end": ("coalesce(contract.\"end\", '9999')", "contract.id"),
        "amount": ("coalesce(contract.amount_cents, -1)", "contract.id"),
        "recent": ("contract.id",),
    },
)
# A word may name the contract, its buyer, its operation or a company on one of its lots.
_MATCHING = (
    "contract.id IN ("
    "SELECT rowid FROM search WHERE search MATCH ? AND entity = 'contract' "
    "UNION SELECT named.id FROM search CROSS JOIN contract AS named "
    "ON named.buyer = search.rowid WHERE search MATCH ? AND search.entity = 'buyer' "
    "UNION SELECT named.id FROM search CROSS JOIN contract AS named "
    "ON named.operation = search.rowid WHERE search MATCH ? AND search.entity = 'operation' "
    "UNION SELECT lot.contract FROM search CROSS JOIN lot_company "
    "ON lot_company.company = search.rowid AND lot_company.removed = 0 "
    "CROSS JOIN lot ON lot.id = lot_company.lot AND lot.removed = 0 "
    "WHERE search MATCH ? AND search.entity = 'company')"
)


class ContractRow(NamedTuple):
    """A contract in the list; hours in hundredths, amount in cents, dates ISO.

    ``companies`` are the names on its lots; ``owed`` is None while no objective is known.
    """

    key: Key
    contract: int
    operation: int | None
    operation_name: str
    buyer: int
    buyer_name: str
    number: str
    object: str
    stage: str
    taken_up: int
    notified_on: str | None
    start: str | None
    end: str | None
    amount_cents: int | None
    category: str
    sector: str
    clause_form: str
    facilitator: str
    companies: tuple[str, ...]
    obligations: int
    owed: Hours | None
    totals: Totals


def contracts_page(
    connection: Connection,
    page: Page | None = None,
    *,
    selection: Selection = "followed",
    order: str = "operation",
    descending: bool = False,
    filter: str = "",
    on: date | None = None,
) -> list[ContractRow]:
    """A page of contracts. Orders: ``operation``, ``buyer``, ``number``, ``object``, ``stage``,
    ``notified``, ``start``, ``end``, ``amount``, ``recent``. Hours are read for this page
    only; those owed are due ``on`` a day.
    """
    where, values = _narrowed(selection, filter)
    rows = read_page(connection, _LIST, page or Page(), order, descending, where, values)
    ids = [row[0] for _, row in rows]
    holders = _companies_by_contract(connection, ids)
    standings: dict[int, list[ObligationStanding]] = {}
    for standing in standings_of(connection, obligations.of_contracts(connection, ids), on):
        standings.setdefault(standing.row.contract, []).append(standing)
    return [
        ContractRow._make(
            (
                key,
                *row,
                holders.get(row[0], ()),
                len(standings.get(row[0], ())),
                total_owed(standings.get(row[0], ())),
                sum((item.totals for item in standings.get(row[0], ())), Totals()),
            )
        )
        for key, row in rows
    ]


def count_contracts(
    connection: Connection,
    selection: Selection = "followed",
    filter: str = "",
    limit: int = 2_001,
) -> int:
    """How many contracts match; ``limit`` means "at least so many"."""
    where, values = _narrowed(selection, filter)
    found: int = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM contract WHERE {' AND '.join(where)} LIMIT ?)",
        [*values, limit],
    ).fetchone()[0]
    return found


def _narrowed(selection: Selection, filter: str) -> tuple[list[str], list[Any]]:
    where, values = [_SELECTIONS[selection], "contract.removed = 0"], list[Any]()
    for word in typed_words(filter):
        where.append(_MATCHING)
        values += [pattern([word])] * 4
    return where, values


def _companies_by_contract(
    connection: Connection, contracts: list[int]
) -> dict[int, tuple[str, ...]]:
    names: dict[int, dict[str, None]] = {}
    for contract, name in connection.execute(
        "SELECT lot.contract, company.name FROM json_each(?) AS wanted "
        "CROSS JOIN lot ON lot.contract = wanted.value AND lot.removed = 0 "
        "CROSS JOIN lot_company ON lot_company.lot = lot.id AND lot_company.removed = 0 "
        "CROSS JOIN company ON company.id = lot_company.company ORDER BY lot_company.id",
        (id_list(contracts),),
    ):
        names.setdefault(contract, {})[name] = None
    return {contract: tuple(listed) for contract, listed in names.items()}


class LotRow(NamedTuple):
    """A lot of a contract."""

    lot: int
    number: str
    title: str
    cpv: str
    amount_cents: int | None
    trade: str


class LotCompanyRow(NamedTuple):
    """A company on a lot; ``share_hours`` of a subcontractor is entrusted, never owed.

    ``parent_name`` is the company that a subcontractor works for.
    """

    lot_company: int
    lot: int
    lot_number: str
    company: int
    name: str
    kind: str
    siret: str | None
    role: str
    parent: int | None
    parent_name: str
    share_hours: int | None


class ContractEventRow(NamedTuple):
    """What moved on a contract after its notification."""

    event: int
    lot: int | None
    lot_number: str
    date: str
    kind: str
    amount_cents: int | None
    months: int | None
    reason: str


class ContractFields(NamedTuple):
    """Every field of a contract, and the names of its buyer and operation."""

    contract: int
    buyer: int
    buyer_name: str
    operation: int | None
    operation_name: str
    programme: str
    number: str
    object: str
    clause_form: str
    category: str
    nature: str
    procedure: str
    cpv: str
    sector: str
    amount_cents: int | None
    place: str
    notice_sent_on: str | None
    notified_on: str | None
    start: str | None
    end: str | None
    stage: str
    taken_up: int
    facilitator: str
    answer_due: str | None
    closed_on: str | None
    asked_on: str | None
    duration_months: int | None
    ended_on: str | None
    final_amount_cents: int | None


class ContractSheet(NamedTuple):
    """One contract with everything around it; ``people`` counts the distinct persons placed."""

    fields: ContractFields
    lots: tuple[LotRow, ...]
    companies: tuple[LotCompanyRow, ...]
    obligations: tuple[ObligationStanding, ...]
    events: tuple[ContractEventRow, ...]
    contacts: tuple[contacts.ContactRow, ...]
    follow_ups: tuple[follow_ups.FollowUpRow, ...]
    statements: tuple[statements.StatementRow, ...]
    reviews: tuple[reviews.ReviewRow, ...]
    calibrations: tuple[calibrations.CalibrationRow, ...]
    people: int


_FIELDS = (
    "SELECT contract.id, contract.buyer, buyer.name, contract.operation, "
    "coalesce(operation.name, ''), coalesce(operation.programme, ''), contract.number, "
    "contract.object, contract.clause_form, contract.category, contract.nature, "
    "contract.procedure, contract.cpv, contract.sector, contract.amount_cents, contract.place, "
    'contract.notice_sent_on, contract.notified_on, contract.start, contract."end", '
    "contract.stage, contract.taken_up, contract.facilitator, contract.answer_due, "
    "contract.closed_on, contract.asked_on, contract.duration_months, contract.ended_on, "
    "contract.final_amount_cents FROM contract CROSS JOIN buyer ON buyer.id = contract.buyer "
    "LEFT JOIN operation ON operation.id = contract.operation "
    "WHERE contract.id = ? AND contract.removed = 0"
)
_LOTS = (
    "SELECT id, number, title, cpv, amount_cents, trade FROM lot "
    "WHERE contract = ? AND removed = 0 ORDER BY length(number), number, id"
)
_LOT_COMPANIES = (
    "SELECT lot_company.id, lot.id, lot.number, company.id, company.name, company.kind, "
    "company.siret, lot_company.role, lot_company.parent, coalesce(above.name, ''), "
    "lot_company.share_hours FROM lot "
    "CROSS JOIN lot_company ON lot_company.lot = lot.id AND lot_company.removed = 0 "
    "CROSS JOIN company ON company.id = lot_company.company "
    "LEFT JOIN lot_company AS parent ON parent.id = lot_company.parent "
    "LEFT JOIN company AS above ON above.id = parent.company "
    "WHERE lot.contract = ? AND lot.removed = 0 "
    "ORDER BY length(lot.number), lot.number, lot.id, lot_company.id"
)
_EVENTS = (
    "SELECT event.id, event.lot, coalesce(lot.number, ''), event.date, event.kind, "
    "event.amount_cents, event.months, event.reason FROM contract_event AS event "
    "LEFT JOIN lot ON lot.id = event.lot "
    "WHERE event.contract = ? AND event.removed = 0 ORDER BY event.date, event.id"
)
_PEOPLE = (
    "SELECT count(DISTINCT work.participant) FROM json_each(?) AS wanted "
    "CROSS JOIN placement ON placement.obligation = wanted.value AND placement.removed = 0 "
    "CROSS JOIN work_contract AS work ON work.id = placement.work_contract"
)


def contract_sheet(
    connection: Connection, contract: int, on: date | None = None
) -> ContractSheet | None:
    """One contract with everything around it; None when it does not exist or was removed.

    Hours owed are due ``on`` a day."""
    fields = connection.execute(_FIELDS, (contract,)).fetchone()
    if fields is None:
        return None
    key = (contract,)
    standings = standings_of(connection, obligations.of_contracts(connection, key), on)
    ids = [standing.row.obligation for standing in standings]
    exchanges = [
        *follow_ups.of_records(connection, "contract", key),
        *follow_ups.of_records(connection, "obligation", ids),
    ]
    exchanges.sort(key=lambda row: (row.due or row.date, row.follow_up), reverse=True)
    return ContractSheet(
        fields=ContractFields(*fields),
        lots=tuple(LotRow(*row) for row in connection.execute(_LOTS, key)),
        companies=tuple(LotCompanyRow(*row) for row in connection.execute(_LOT_COMPANIES, key)),
        obligations=tuple(standings),
        events=tuple(ContractEventRow(*row) for row in connection.execute(_EVENTS, key)),
        contacts=tuple(contacts.of_contract(connection, contract)),
        follow_ups=tuple(exchanges),
        statements=tuple(statements.recent(connection, ids)),
        reviews=tuple(reviews.of_contracts(connection, key)),
        calibrations=tuple(calibrations.of_contract(connection, contract)),
        people=connection.execute(_PEOPLE, (id_list(ids),)).fetchone()[0],
    )
