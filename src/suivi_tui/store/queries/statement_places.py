"""Where people work, all placements at once: what a statement is recognised by."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import BatchKind

PLACED = (
    "SELECT placement.id, placement.work_contract, placement.obligation, work.participant, "
    "work.employer, work.type, work.post, work.start, "
    'coalesce(placement.start, work.start), coalesce(placement."end", work."end") '
    "FROM placement CROSS JOIN work_contract AS work ON work.id = placement.work_contract "
    "AND work.removed = 0 WHERE placement.removed = 0 ORDER BY placement.id"
)
WORK = (
    'SELECT id, participant, employer, type, post, start, "end" FROM work_contract '
    "WHERE removed = 0 ORDER BY id"
)

HELD = (
    "SELECT obligation, month, placement, kind, declared, validated, refusal_reason, spread, "
    "statement FROM json_each(:ids) AS wanted CROSS JOIN hour_entry "
    "ON obligation = wanted.value AND month BETWEEN :first AND :last WHERE removed = 0"
)

HISTORY = (
    "SELECT journal.field, journal.value, batch.kind FROM journal "
    "JOIN batch ON batch.id = journal.batch "
    "WHERE journal.entity = 'hour_entry' AND journal.row = ? AND journal.field IN (?, '+') "
    "ORDER BY journal.hlc, journal.base"
)


class PlacedRow(NamedTuple):
    """A work contract that serves an obligation; ``first`` and ``last`` are the days of the
    placement, else of the contract, ISO or None."""

    placement: int
    work_contract: int
    obligation: int
    participant: int
    employer: int | None
    type: str
    post: str
    start: str | None
    first: str | None
    last: str | None


class WorkRow(NamedTuple):
    """A work contract of a person."""

    id: int
    participant: int
    employer: int | None
    type: str
    post: str
    start: str | None
    end: str | None


class HeldRow(NamedTuple):
    """An hour line as an import compares it, hours in hundredths."""

    obligation: int
    month: int
    placement: int
    kind: int
    declared: int
    validated: int | None
    refusal_reason: str
    spread: int
    statement: int | None

    @property
    def key(self) -> tuple[int, int, int, int]:
        """What identifies the line."""
        return self[:4]


def placed(connection: Connection) -> list[PlacedRow]:
    """Every placement."""
    return [PlacedRow._make(row) for row in connection.execute(PLACED)]


def work_contracts(connection: Connection) -> list[WorkRow]:
    """Every work contract."""
    return [WorkRow._make(row) for row in connection.execute(WORK)]


def held(
    connection: Connection, obligations: Iterable[int], first: int, last: int
) -> list[HeldRow]:
    """The hour lines of obligations in some months."""
    rows = connection.execute(HELD, {"ids": id_list(obligations), "first": first, "last": last})
    return [HeldRow._make(row) for row in rows]


def has_hours(connection: Connection, placement: int, month: int) -> bool:
    """Whether a placement has hours in a month."""
    found = connection.execute(
        "SELECT 1 FROM hour_entry WHERE placement = ? AND month = ? AND removed = 0 LIMIT 1",
        (placement, month),
    ).fetchone()
    return found is not None


def of_placement(connection: Connection, placement: int) -> list[PlacedRow]:
    """One placement, if it is in the base."""
    wanted = PLACED.replace("ORDER BY", "AND placement.id = ? ORDER BY")
    return [PlacedRow._make(row) for row in connection.execute(wanted, (placement,))]


def company_kinds(connection: Connection) -> dict[int, str]:
    """The kind of every company, '' when it is not known."""
    return dict(connection.execute("SELECT id, kind FROM company WHERE removed = 0"))


def given_back_to_import(connection: Connection, row: str, field: str) -> bool:
    """Whether the present value of a field was given back by an undo, and was a file's before.

    An undo writes nothing of its own: the value belongs to whoever wrote it first.
    """
    written: list[tuple[object, bool]] = []
    undone = False
    for name, value, kind in connection.execute(HISTORY, (row, field)):
        content = json.loads(value) if value is not None else None
        item = content.get(field) if name == "+" and isinstance(content, dict) else content
        imported = kind == BatchKind.IMPORT.value
        undone = kind == BatchKind.UNDO.value
        if undone:
            imported = next((own for past, own in reversed(written) if past == item), False)
        written.append((item, imported))
    return undone and written[-1][1]
