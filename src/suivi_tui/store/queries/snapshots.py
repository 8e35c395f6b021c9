"""Frozen syntheses, and the lines of the journal written in their scope since."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from suivi_tui.store.as_known import Vector, vector_now
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.history import JournalRow
from suivi_tui.store.queries.paging import id_list


class SnapshotRow(NamedTuple):
    """A synthesis as it was sent; ``filters``, ``figures`` and ``vector`` are JSON text.

    ``made_on`` is ISO, in universal time.
    """

    id: int
    preset: str
    label: str
    filters: str
    figures: str
    rules_version: str
    fingerprint: str
    vector: str
    made_on: str


class LineKey(NamedTuple):
    """Which line of the journal: the installation and its number."""

    base: int
    number: int


class LaterLine(NamedTuple):
    """A line of the journal, without what it holds."""

    key: LineKey
    hlc: int
    entity: str
    row: str
    field: str


class LineAuthor(NamedTuple):
    """When a line was written (ISO, universal time), by whom, in which batch."""

    made_on: str
    author: str
    label: str


SNAPSHOTS = (
    "SELECT id, preset, label, filters, figures, rules_version, fingerprint, vector, made_on "
    "FROM snapshot WHERE removed = 0"
)
_LATER = (
    "SELECT number, hlc, entity, row, field FROM journal WHERE base = ? AND number > ? "
    "ORDER BY number"
)
_LINE = (
    "SELECT journal.base, journal.number, hlc, journal.batch, entity, row, field, value, "
    "coalesce(batch.made_on, ''), coalesce(author.name, ''), coalesce(batch.label, '') "
    "FROM journal LEFT JOIN batch ON batch.id = journal.batch "
    "LEFT JOIN author ON author.id = journal.author WHERE journal.base = ? AND journal.number = ?"
)
# What belongs to some obligations, table by table: what a figure of theirs may be read from.
_WORK = "SELECT work_contract FROM placement WHERE obligation IN (SELECT value FROM json_each(:o))"
_PEOPLE = f"SELECT participant FROM work_contract WHERE id IN ({_WORK})"
_LOTS = "SELECT lot FROM obligation WHERE id IN (SELECT value FROM json_each(:o))"
_CONTRACTS = f"SELECT contract FROM lot WHERE id IN ({_LOTS})"
_RELATED: Mapping[str, str] = {
    "obligation": "SELECT value FROM json_each(:o)",
    "obligation_event": "SELECT id FROM obligation_event "
    "WHERE obligation IN (SELECT value FROM json_each(:o))",
    "target": "SELECT id FROM target WHERE obligation IN (SELECT value FROM json_each(:o))",
    "penalty_case": "SELECT id FROM penalty_case "
    "WHERE obligation IN (SELECT value FROM json_each(:o))",
    "placement": "SELECT id FROM placement WHERE obligation IN (SELECT value FROM json_each(:o))",
    "work_contract": _WORK,
    "participant": _PEOPLE,
    "eligibility": f"SELECT id FROM eligibility WHERE participant IN ({_PEOPLE})",
    "outcome": f"SELECT id FROM outcome WHERE participant IN ({_PEOPLE})",
    "lot": _LOTS,
    "lot_company": f"SELECT id FROM lot_company WHERE lot IN ({_LOTS})",
    "contract": _CONTRACTS,
    "contract_event": f"SELECT id FROM contract_event WHERE contract IN ({_CONTRACTS})",
    "term": f"SELECT id FROM term WHERE contract IN ({_CONTRACTS})",
    "review": f"SELECT id FROM review WHERE contract IN ({_CONTRACTS})",
    "buyer": f"SELECT buyer FROM contract WHERE id IN ({_CONTRACTS})",
    "operation": f"SELECT operation FROM contract WHERE id IN ({_CONTRACTS})",
    "company": "SELECT company FROM obligation WHERE id IN (SELECT value FROM json_each(:o)) "
    f"UNION SELECT employer FROM work_contract WHERE id IN ({_WORK})",
}
COUNTED = frozenset({*_RELATED, "hour_entry"})
"""The tables from which a figure may be read."""


def snapshots(connection: Connection) -> list[SnapshotRow]:
    """The frozen syntheses, the latest first."""
    rows = connection.execute(f"{SNAPSHOTS} ORDER BY id DESC")
    return [SnapshotRow._make(row) for row in rows]


def snapshot(connection: Connection, row: int) -> SnapshotRow | None:
    """One frozen synthesis; None when there is none of that id, or it was removed."""
    found = connection.execute(f"{SNAPSHOTS} AND id = ?", (row,)).fetchone()
    return SnapshotRow._make(found) if found else None


def later_lines(connection: Connection, vector: Vector) -> Iterator[LaterLine]:
    """The lines of the tables that count written after ``vector``, installation by installation."""
    for base, last in vector_now(connection).items():
        if vector.get(base, 0) >= last:
            continue
        for line in connection.execute(_LATER, (base, vector.get(base, 0))):
            if line[2] in COUNTED:
                yield LaterLine(LineKey(base, line[0]), *line[1:])


def related(connection: Connection, obligations: Iterable[int]) -> dict[str, set[str]]:
    """The records that belong to some obligations, by table, as the journal names rows."""
    wanted = {"o": id_list(obligations)}
    return {
        entity: {str(row[0]) for row in connection.execute(sql, wanted)}
        for entity, sql in _RELATED.items()
    }


def lines_of(
    connection: Connection, keys: Iterable[LineKey]
) -> list[tuple[JournalRow, LineAuthor]]:
    """Lines of the journal with who wrote them, in the order asked."""
    found = []
    for key in keys:
        line = connection.execute(_LINE, key).fetchone()
        if line is not None:
            found.append((JournalRow._make((key, *line[:8])), LineAuthor._make(line[8:])))
    return found
