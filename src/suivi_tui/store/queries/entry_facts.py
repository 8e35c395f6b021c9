"""What the checks of entered hours need: a few questions for any number of placements.

Every statement goes by keys from the placements to their people and the hours of those people:
the rest of the base is never read. Dates are ISO text, hours hundredths.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list


class PlacedRow(NamedTuple):
    """A placement and its work contract; ``structure_kind`` is that at hiring, else that of the
    company now."""

    participant: int
    placement: int
    obligation: int
    start: str | None
    end: str | None
    work_contract: int
    contract_start: str | None
    contract_end: str | None
    weekly_hours: int | None
    employer: int | None
    employer_name: str
    structure_kind: str
    mode: str
    type: str


class OwingRow(NamedTuple):
    """An obligation, its lot and its contract."""

    obligation: int
    lot: int
    lot_number: str
    contract: int
    number: str
    object: str
    holder: int
    holder_name: str
    start: str | None
    end: str | None
    closed_on: str | None
    contract_start: str | None
    contract_end: str | None
    contract_closed_on: str | None


class EnteredRow(NamedTuple):
    """An hour line; ``validated`` is None while it is pending."""

    placement: int
    obligation: int
    month: int
    kind: int
    declared: int
    validated: int | None
    corrects: int | None


class SentRow(NamedTuple):
    """A statement: whose, for which month, where it stands."""

    obligation: int
    month: int
    sender: int | None
    status: str


# Removed placements too: their hours still are the person's.
_PLACED = (
    "WITH person (participant) AS (SELECT DISTINCT work.participant FROM json_each(?) AS wanted "
    "CROSS JOIN placement ON placement.id = wanted.value "
    "CROSS JOIN work_contract AS work ON work.id = placement.work_contract) "
    "SELECT work.participant, placement.id, placement.obligation, "
    "coalesce(nullif(placement.start, ''), work.start), "
    'coalesce(nullif(placement."end", \'\'), work."end"), work.id, work.start, work."end", '
    "work.weekly_hours, work.employer, coalesce(company.name, ''), "
    "coalesce(nullif(work.structure_kind, ''), company.kind, ''), work.mode, work.type "
    "FROM person CROSS JOIN work_contract AS work ON work.participant = person.participant "
    "CROSS JOIN placement ON placement.work_contract = work.id "
    "LEFT JOIN company ON company.id = work.employer"
)
_OWING = (
    "SELECT obligation.id, lot.id, lot.number, contract.id, contract.number, contract.object, "
    'obligation.company, company.name, obligation.start, obligation."end", '
    'obligation.closed_on, contract.start, contract."end", contract.closed_on '
    "FROM json_each(?) AS wanted CROSS JOIN obligation ON obligation.id = wanted.value "
    "CROSS JOIN lot ON lot.id = obligation.lot CROSS JOIN contract ON contract.id = lot.contract "
    "CROSS JOIN company ON company.id = obligation.company "
    "WHERE obligation.removed = 0 AND lot.removed = 0 AND contract.removed = 0"
)
_ENTERED = (
    "SELECT hour_entry.placement, hour_entry.obligation, hour_entry.month, hour_entry.kind, "
    "hour_entry.declared, hour_entry.validated, hour_entry.corrects FROM json_each(?) AS wanted "
    "CROSS JOIN hour_entry ON hour_entry.placement = wanted.value WHERE hour_entry.removed = 0"
)
_MEMBERS = (
    "SELECT lot_company.lot, lot_company.company FROM json_each(?) AS wanted "
    "CROSS JOIN lot_company ON lot_company.lot = wanted.value WHERE lot_company.removed = 0"
)
_SENT = (
    "SELECT statement.obligation, statement.month, statement.sender, statement.status "
    "FROM json_each(?) AS wanted CROSS JOIN statement ON statement.obligation = wanted.value "
    "WHERE statement.removed = 0"
)


def placements_of_same_people(connection: Connection, placements: Iterable[int]) -> list[PlacedRow]:
    """Every placement of the people of some placements."""
    return [PlacedRow._make(row) for row in connection.execute(_PLACED, (id_list(placements),))]


def owing(connection: Connection, obligations: Iterable[int]) -> list[OwingRow]:
    """Obligations by id, without those removed."""
    return [OwingRow._make(row) for row in connection.execute(_OWING, (id_list(obligations),))]


def entered(connection: Connection, placements: Iterable[int]) -> list[EnteredRow]:
    """The hour lines of placements, every month."""
    return [EnteredRow._make(row) for row in connection.execute(_ENTERED, (id_list(placements),))]


def members(connection: Connection, lots: Iterable[int]) -> dict[int, set[int]]:
    """By lot, the companies on it, whatever their role."""
    found: dict[int, set[int]] = defaultdict(set)
    for lot, company in connection.execute(_MEMBERS, (id_list(lots),)):
        found[lot].add(company)
    return found


def sent(connection: Connection, obligations: Iterable[int]) -> list[SentRow]:
    """The statements of obligations, every month."""
    return [SentRow._make(row) for row in connection.execute(_SENT, (id_list(obligations),))]
