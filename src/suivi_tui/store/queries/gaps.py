"""Who and what is to complete before a synthesis: names of people and of contracts, by name."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list


class NamedRecord(NamedTuple):
    """A record: its id, its name, something more to recognise it."""

    id: int
    name: str
    detail: str


PEOPLE = (
    "SELECT participant.id, trim(last || ' ' || first), reference FROM json_each(?) AS wanted "
    "CROSS JOIN participant ON participant.id = wanted.value "
    "ORDER BY last COLLATE NOCASE, first COLLATE NOCASE, participant.id"
)
CONTRACTS = (
    "SELECT contract.id, contract.number, buyer.name FROM json_each(?) AS wanted "
    "CROSS JOIN contract ON contract.id = wanted.value "
    "CROSS JOIN buyer ON buyer.id = contract.buyer "
    "ORDER BY buyer.name COLLATE NOCASE, contract.number, contract.id"
)


def people(connection: Connection, wanted: Iterable[int]) -> list[NamedRecord]:
    """Some people, with their reference."""
    rows = connection.execute(PEOPLE, (id_list(wanted),))
    return [NamedRecord._make(row) for row in rows]


def contracts(connection: Connection, wanted: Iterable[int]) -> list[NamedRecord]:
    """Some contracts, with their buyer."""
    rows = connection.execute(CONTRACTS, (id_list(wanted),))
    return [NamedRecord._make(row) for row in rows]
