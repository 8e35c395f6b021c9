"""What an import looks at to recognise records: identities, what is known of a few, who wrote."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import BatchKind

Cell: TypeAlias = tuple[str, str, str]
"""Entity, row as the journal names it, field."""

OPERATIONS = "SELECT id, buyer, name FROM operation WHERE removed = 0 ORDER BY id"
CONTRACTS = "SELECT id, buyer, number, taken_up FROM contract WHERE removed = 0 ORDER BY id"
LOTS = "SELECT id, contract, number FROM lot WHERE removed = 0 ORDER BY id"
LOT_COMPANIES = "SELECT id, lot, company, role FROM lot_company WHERE removed = 0 ORDER BY id"
OBLIGATIONS = "SELECT id, lot, company FROM obligation WHERE removed = 0 ORDER BY id"
PARTICIPANTS = (
    "SELECT id, reference, last, first, birth FROM participant WHERE removed = 0 ORDER BY id"
)
EVENTS = (
    "SELECT id, hours, firm FROM obligation_event WHERE obligation = ? AND removed = 0 ORDER BY id"
)
CONTACTS = (
    "SELECT id, contract, lot, name FROM contact WHERE company = ? AND removed = 0 ORDER BY id"
)
ELIGIBILITIES = (
    "SELECT id, criterion, rank FROM eligibility WHERE participant = ? AND removed = 0 "
    "ORDER BY rank, id"
)
WORK_CONTRACTS = (
    "SELECT id, employer, type, post, start FROM work_contract "
    "WHERE participant = ? AND removed = 0 ORDER BY id"
)
PLACEMENTS = (
    "SELECT placement.id, placement.work_contract, placement.obligation FROM work_contract "
    "CROSS JOIN placement ON placement.work_contract = work_contract.id "
    "WHERE work_contract.participant = ? AND work_contract.removed = 0 AND placement.removed = 0 "
    "ORDER BY placement.id"
)
HOUR_LINES = (
    "SELECT obligation, month, placement, kind, declared, validated, refusal_reason, reference, "
    "comment FROM json_each(:ids) AS wanted CROSS JOIN hour_entry "
    "ON obligation = wanted.value AND month BETWEEN :first AND :last WHERE removed = 0"
)
STATEMENTS = (
    "SELECT statement.id, obligation, sender, month, status FROM json_each(:ids) AS wanted "
    "CROSS JOIN statement ON obligation = wanted.value AND month BETWEEN :first AND :last "
    "WHERE removed = 0 ORDER BY statement.id DESC"
)
# The value that stands is that of the latest line of the field, or of the whole row.
WRITTEN_BY_IMPORT = (
    "SELECT asked.key FROM json_each(:cells) AS asked WHERE (SELECT batch.kind FROM journal "
    "JOIN batch ON batch.id = journal.batch "
    "WHERE journal.entity = json_extract(asked.value, '$[0]') "
    "AND journal.row = json_extract(asked.value, '$[1]') AND journal.head = 1 "
    "AND journal.field IN (json_extract(asked.value, '$[2]'), '+') "
    "ORDER BY journal.hlc DESC, journal.base DESC LIMIT 1) = :kind"
)


class OperationKey(NamedTuple):
    """An operation by its buyer and name."""

    id: int
    buyer: int
    name: str


class ContractKey(NamedTuple):
    """A contract by its buyer and number; ``taken_up`` 0 is one known from open data only."""

    id: int
    buyer: int
    number: str
    taken_up: int


class LotKey(NamedTuple):
    """A lot by its contract and number."""

    id: int
    contract: int
    number: str


class LotCompanyKey(NamedTuple):
    """A company on a lot."""

    id: int
    lot: int
    company: int
    role: str


class ObligationKey(NamedTuple):
    """An obligation by its lot and company."""

    id: int
    lot: int
    company: int


class ParticipantKey(NamedTuple):
    """A person by reference, or name and birth."""

    id: int
    reference: str
    last: str
    first: str
    birth: str | None


class EventKey(NamedTuple):
    """What moved an objective, in hundredths of an hour."""

    id: int
    hours: int | None
    firm: int


class ContactKey(NamedTuple):
    """A contact of a company, for everything or for one contract or lot."""

    id: int
    contract: int | None
    lot: int | None
    name: str


class EligibilityKey(NamedTuple):
    """A criterion of a person."""

    id: int
    criterion: str
    rank: int


class WorkContractKey(NamedTuple):
    """What recognises a work contract of a person."""

    id: int
    employer: int | None
    type: str
    post: str
    start: str | None


class PlacementKey(NamedTuple):
    """A work contract serving an obligation."""

    id: int
    work_contract: int
    obligation: int


class StatementKey(NamedTuple):
    """A statement of a sender for an obligation and a month."""

    id: int
    obligation: int
    sender: int | None
    month: int
    status: str


def operations(connection: Connection) -> list[OperationKey]:
    """Every operation."""
    return [OperationKey._make(row) for row in connection.execute(OPERATIONS)]


def contracts(connection: Connection) -> list[ContractKey]:
    """Every contract."""
    return [ContractKey._make(row) for row in connection.execute(CONTRACTS)]


def lots(connection: Connection) -> list[LotKey]:
    """Every lot."""
    return [LotKey._make(row) for row in connection.execute(LOTS)]


def lot_companies(connection: Connection) -> list[LotCompanyKey]:
    """Every company on a lot."""
    return [LotCompanyKey._make(row) for row in connection.execute(LOT_COMPANIES)]


def obligations(connection: Connection) -> list[ObligationKey]:
    """Every obligation."""
    return [ObligationKey._make(row) for row in connection.execute(OBLIGATIONS)]


def participants(connection: Connection) -> list[ParticipantKey]:
    """Every person."""
    return [ParticipantKey._make(row) for row in connection.execute(PARTICIPANTS)]


def events(connection: Connection, obligation: int) -> list[EventKey]:
    """The events of an obligation."""
    return [EventKey._make(row) for row in connection.execute(EVENTS, (obligation,))]


def contacts(connection: Connection, company: int) -> list[ContactKey]:
    """The contacts of a company."""
    return [ContactKey._make(row) for row in connection.execute(CONTACTS, (company,))]


def eligibilities(connection: Connection, participant: int) -> list[EligibilityKey]:
    """The criteria of a person, the main one first."""
    rows = connection.execute(ELIGIBILITIES, (participant,))
    return [EligibilityKey._make(row) for row in rows]


def work_contracts(connection: Connection, participant: int) -> list[WorkContractKey]:
    """The work contracts of a person."""
    rows = connection.execute(WORK_CONTRACTS, (participant,))
    return [WorkContractKey._make(row) for row in rows]


def placements(connection: Connection, participant: int) -> list[PlacementKey]:
    """The placements of a person."""
    rows = connection.execute(PLACEMENTS, (participant,))
    return [PlacementKey._make(row) for row in rows]


def hour_lines(
    connection: Connection, obligations: Iterable[int], first: int, last: int
) -> Iterable[tuple[Any, ...]]:
    """The hour lines of obligations in some months: the four columns of the key, declared,
    validated, reason of the refusal, reference, comment."""
    return connection.execute(
        HOUR_LINES, {"ids": id_list(obligations), "first": first, "last": last}
    )


def statements(
    connection: Connection, obligations: Iterable[int], first: int, last: int
) -> list[StatementKey]:
    """The statements of obligations in some months, the latest entered first."""
    rows = connection.execute(
        STATEMENTS, {"ids": id_list(obligations), "first": first, "last": last}
    )
    return [StatementKey._make(row) for row in rows]


def written_by_import(connection: Connection, cells: Iterable[Cell]) -> set[Cell]:
    """Those of ``cells`` whose present value came from a file, not from a person."""
    asked = list(cells)
    rows = connection.execute(
        WRITTEN_BY_IMPORT, {"cells": json.dumps(asked), "kind": BatchKind.IMPORT.value}
    )
    return {asked[int(row)] for (row,) in rows}
