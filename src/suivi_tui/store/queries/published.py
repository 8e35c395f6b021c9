"""What the base already holds of the contracts that a file of open data publishes."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list


class SeenRecord(NamedTuple):
    """A record of open data already read: what named it, and the lot that it made or completed.

    ``published_on`` is its last publication; ``lot`` may have been removed since.
    """

    source_key: str
    fingerprint: str
    lot: int
    published_on: str | None


class KnownContract(NamedTuple):
    """A contract of the base, with the fields that open data can tell."""

    id: int
    buyer: int
    number: str
    taken_up: int
    object: str
    clause_form: str
    category: str
    nature: str
    procedure: str
    cpv: str
    amount_cents: int | None
    place: str
    notified_on: str | None
    end: str | None


class KnownLot(NamedTuple):
    """A lot of the base, with the fields that open data can tell."""

    id: int
    contract: int
    number: str
    title: str
    cpv: str
    amount_cents: int | None


class KnownHolder(NamedTuple):
    """A company on a lot; ``id`` is that of the row that puts it there."""

    id: int
    lot: int
    company: int
    role: str


class KnownEvent(NamedTuple):
    """What moved on a contract, or on one of its lots."""

    id: int
    contract: int
    lot: int | None
    date: str
    kind: str
    amount_cents: int | None
    months: int | None
    reason: str


def seen_records(connection: Connection, starts: Iterable[str]) -> list[SeenRecord]:
    """The records already read whose key begins with one of ``starts`` (each ends in a comma)."""
    found = connection.execute(
        # What follows a start is a quoted text, and a quote comes before a tilde.
        'SELECT seen.source_key, seen.fingerprint, CAST(seen."row" AS INTEGER), '
        "seen.published_on FROM json_each(?) AS wanted CROSS JOIN record_seen AS seen "
        "ON seen.source_key > wanted.value AND seen.source_key < wanted.value || '~' "
        "WHERE seen.removed = 0",
        (_texts(starts),),
    )
    return [SeenRecord(*row) for row in found]


def contracts_of_buyers(connection: Connection, buyers: Iterable[int]) -> list[KnownContract]:
    """The contracts of some buyers, the oldest first."""
    found = connection.execute(
        "SELECT contract.id, contract.buyer, number, taken_up, object, clause_form, category, "
        'nature, procedure, cpv, amount_cents, place, notified_on, "end" '
        "FROM json_each(?) AS wanted CROSS JOIN contract ON contract.buyer = wanted.value "
        "WHERE contract.removed = 0 ORDER BY contract.id",
        (id_list(buyers),),
    )
    return [KnownContract(*row) for row in found]


def contracts_of_lots(connection: Connection, lots: Iterable[int]) -> dict[int, int]:
    """The contract of each lot, where neither was removed."""
    found = connection.execute(
        "SELECT lot.id, lot.contract FROM json_each(?) AS wanted "
        "CROSS JOIN lot ON lot.id = wanted.value "
        "CROSS JOIN contract ON contract.id = lot.contract "
        "WHERE lot.removed = 0 AND contract.removed = 0",
        (id_list(lots),),
    )
    return dict(found.fetchall())


def buyers_of_contracts(connection: Connection, contracts: Iterable[int]) -> set[int]:
    """The buyers of some contracts."""
    found = connection.execute(
        "SELECT DISTINCT contract.buyer FROM json_each(?) AS wanted "
        "CROSS JOIN contract ON contract.id = wanted.value",
        (id_list(contracts),),
    )
    return {buyer for (buyer,) in found}


def lots_of_contracts(connection: Connection, contracts: Iterable[int]) -> list[KnownLot]:
    """The lots of some contracts, the oldest first."""
    found = connection.execute(
        "SELECT lot.id, contract, number, title, cpv, amount_cents FROM json_each(?) AS wanted "
        "CROSS JOIN lot ON lot.contract = wanted.value WHERE lot.removed = 0 ORDER BY lot.id",
        (id_list(contracts),),
    )
    return [KnownLot(*row) for row in found]


def holders_of_lots(connection: Connection, lots: Iterable[int]) -> list[KnownHolder]:
    """The companies on some lots, subcontractors included."""
    found = connection.execute(
        "SELECT lot_company.id, lot, company, role FROM json_each(?) AS wanted "
        "CROSS JOIN lot_company ON lot_company.lot = wanted.value "
        "WHERE lot_company.removed = 0 ORDER BY lot_company.id",
        (id_list(lots),),
    )
    return [KnownHolder(*row) for row in found]


def events_of_contracts(connection: Connection, contracts: Iterable[int]) -> list[KnownEvent]:
    """What moved on some contracts."""
    found = connection.execute(
        "SELECT contract_event.id, contract, lot, date, kind, amount_cents, months, reason "
        "FROM json_each(?) AS wanted CROSS JOIN contract_event "
        "ON contract_event.contract = wanted.value WHERE contract_event.removed = 0",
        (id_list(contracts),),
    )
    return [KnownEvent(*row) for row in found]


def _texts(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
