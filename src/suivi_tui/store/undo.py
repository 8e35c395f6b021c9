"""Taking back a batch: new lines with the earlier values; the past is never rewritten."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from suivi_tui.store.journal import GONE, NEW, Change, Receipt, changed, write
from suivi_tui.store.schema import remember
from suivi_tui.store.tables import HOUR_KEY, JOURNALLED_NAMES
from suivi_tui.vocabulary.choices import BatchKind
from suivi_tui.vocabulary.errors import UserError

if TYPE_CHECKING:
    from suivi_tui.store.base import Base

RowName = tuple[str, str]


class LaterChanges(UserError):
    """Some of what the batch wrote was changed or used since; nothing was taken back yet."""

    def __init__(self, label: str, count: int) -> None:
        self.count = count
        noun = "fiche a été modifiée ou utilisée" if count == 1 else "fiches ont été modifiées"
        super().__init__(
            f"« {label} » : {count} {noun} depuis. Rien n'est encore annulé : choisissez de "
            "garder ces modifications et d'annuler le reste, ou de renoncer."
        )


class NothingToUndo(UserError):
    """No batch of this person on this installation remains to be taken back."""


class Undoable(NamedTuple):
    """A batch that can be taken back."""

    batch: int
    label: str


class _Line(NamedTuple):
    entity: str
    row: str
    field: str
    value: str | None
    seen: str
    hlc: int


def last_undoable(base: "Base") -> Undoable | None:
    """The latest batch of this author on this installation that was not taken back."""
    found = base.connection.execute(
        "SELECT batch.id, batch.label FROM batch CROSS JOIN journal ON journal.entity = 'batch' "
        "AND journal.row = CAST(batch.id AS TEXT) AND journal.field = '+' "
        "WHERE batch.undone_by IS NULL AND batch.removed = 0 AND batch.kind NOT IN (?, ?) "
        "AND journal.base = ? AND journal.author = ? AND NOT EXISTS (SELECT 1 FROM journal AS birth"
        " WHERE birth.batch = batch.id AND birth.entity = 'base') ORDER BY batch.id DESC LIMIT 1",
        (
            BatchKind.UNDO.value,
            BatchKind.EXPORT.value,
            int(base.setting("identity") or 0),
            int(base.setting("author") or 0),
        ),
    ).fetchone()
    return Undoable(*found) if found else None


def undo_last(base: "Base", *, keep_later: bool = False) -> tuple[str, Receipt]:
    """Take back the latest batch; its label and the receipt. Raises NothingToUndo, LaterChanges."""
    last = last_undoable(base)
    if last is None:
        raise NothingToUndo(
            "Il n'y a plus rien à annuler : vos données n'ont pas changé. L'historique (touche 0) "
            "montre toutes les modifications."
        )
    return last.label, undo(base, last.batch, keep_later=keep_later)


def undo(base: "Base", batch: int, *, keep_later: bool = False) -> Receipt:
    """Write the values that stood before ``batch``.

    Raises LaterChanges when rows of the batch were changed or used since, unless ``keep_later``
    asks to leave those rows as they are and take back the others.
    """
    connection = base.connection
    label, undone_by, kind = connection.execute(
        "SELECT label, undone_by, kind FROM batch WHERE id = ?", (batch,)
    ).fetchone() or ("", None, "")
    if kind == BatchKind.EXPORT.value:
        raise NothingToUndo(
            "Un export est sorti de la base : sa ligne reste dans l'historique, il n'y a rien à "
            "annuler et vos données n'ont pas changé."
        )
    lines = _lines_of(connection, batch)
    if undone_by is not None or not lines:
        raise NothingToUndo(
            "Ces modifications sont déjà annulées : vos données n'ont pas changé. Rouvrez "
            "l'historique (touche 0) pour voir l'état actuel."
        )
    kept = _changed_since(connection, batch, lines) | _used_elsewhere(connection, lines)
    if kept and not keep_later:
        raise LaterChanges(label, len(kept))
    kept = _with_parents(connection, lines, kept)
    changes = [change for change in _reversed(connection, lines) if change[:2] not in kept]
    if not changes:
        raise NothingToUndo(
            f"« {label} » : tout a été modifié ou utilisé depuis, rien n'est annulé. Corrigez les "
            "fiches une à une."
        )
    undoing = base.new_id()
    changes.append(changed("batch", batch, "undone_by", undoing))
    return write(
        base, changes, kind=BatchKind.UNDO, label=f"Annulation : {label}", batch=undoing, known=True
    )


def _lines_of(connection: sqlite3.Connection, batch: int) -> list[_Line]:
    return [
        _Line(*row)
        for row in connection.execute(
            "SELECT entity, row, field, value, seen, hlc FROM journal WHERE batch = ? "
            "AND NOT (entity = 'batch' AND row = ?) ORDER BY hlc",
            (batch, str(batch)),
        )
    ]


def _changed_since(connection: sqlite3.Connection, batch: int, lines: list[_Line]) -> set[RowName]:
    """Rows of the batch with a later line, what was itself taken back apart."""
    first = min(line.hlc for line in lines)
    touched: dict[RowName, set[str]] = defaultdict(set)
    for line in lines:
        touched[line.entity, line.row].add(line.field)
    later = connection.execute(
        "SELECT later.entity, later.row, later.field FROM journal AS mine "
        "CROSS JOIN journal AS later ON later.entity = mine.entity AND later.row = mine.row "
        "WHERE mine.batch = :batch AND later.hlc > :first AND later.batch <> :batch "
        "AND NOT EXISTS (SELECT 1 FROM batch WHERE batch.id = later.batch AND undone_by > 0) "
        "AND later.batch NOT IN "
        "(SELECT undone_by FROM batch WHERE undone_by IS NOT NULL AND id > :batch)",
        {"batch": batch, "first": first},
    )
    changed_rows: set[RowName] = set()
    for entity, row, field in later:
        fields = touched.get((entity, row), set())
        if field == NEW or NEW in fields or field in fields:
            changed_rows.add((entity, row))
    return changed_rows


def _references(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """(child table, its column, parent table) of every foreign key between journalled tables."""
    return remember(
        connection,
        "references",
        lambda: [
            (child, key[3], key[2])
            for child in JOURNALLED_NAMES
            for key in connection.execute(f"PRAGMA foreign_key_list({child})").fetchall()
        ],
    )


def _used_elsewhere(connection: sqlite3.Connection, lines: list[_Line]) -> set[RowName]:
    """Rows that taking the batch back removes and that a living row of another batch refers to."""
    leaving: dict[str, set[str]] = defaultdict(set)
    brought_back: set[RowName] = set()
    attached: set[tuple[str, str, str]] = set()
    for line in lines:
        attached.add((line.entity, line.row, line.field))
        if line.field == NEW and not line.seen:
            leaving[line.entity].add(line.row)
        elif line.field == GONE and line.value == "false":
            leaving[line.entity].add(line.row)
            brought_back.add((line.entity, line.row))
    first = min(line.hlc for line in lines)
    used: set[RowName] = set()
    for child, column, parent in _references(connection):
        # The header of the batch names the file that it imported: it goes with it.
        if parent not in leaving or child == "batch":
            continue
        leaving_too = leaving.get(child, set())
        for row, parent_row in _referring(connection, child, column, leaving[parent]):
            name = (parent, parent_row)
            # A link that the batch itself made is taken back with it.
            own = {(child, row, column), (child, row, NEW)} & attached
            if row in leaving_too or own or name in used:
                continue
            if name not in brought_back or (
                (row_before(connection, *name, first) or {}).get(GONE)
                and _linked_since(connection, child, row, column, first)
            ):
                used.add(name)
    return used


def _referring(
    connection: sqlite3.Connection, child: str, column: str, parents: set[str]
) -> Iterator[tuple[str, str]]:
    """(row, row it refers to) of the living rows of a table that refer to one of ``parents``."""
    name = (
        "obligation || '/' || month || '/' || placement || '/' || kind"
        if child == "hour_entry"
        else "CAST(id AS TEXT)"
    )
    rows = json.dumps([int(row) for row in parents])
    for row, parent in connection.execute(
        f'SELECT {name}, "{column}" FROM {child} WHERE removed = 0 '
        f'AND "{column}" IN (SELECT value FROM json_each(?))',
        (rows,),
    ):
        yield row, str(parent)


def _linked_since(
    connection: sqlite3.Connection, child: str, row: str, column: str, hlc: int
) -> bool:
    return bool(
        connection.execute(
            "SELECT EXISTS (SELECT 1 FROM journal WHERE entity = ? AND row = ? AND hlc > ? "
            "AND field IN (?, '+', '-'))",
            (child, row, hlc, column),
        ).fetchone()[0]
    )


def _with_parents(
    connection: sqlite3.Connection, lines: list[_Line], kept: set[RowName]
) -> set[RowName]:
    """A row that stays keeps the rows of the same batch that it refers to."""
    written: dict[RowName, list[_Line]] = defaultdict(list)
    for line in lines:
        written[line.entity, line.row].append(line)
    waiting, closed = list(kept), set(kept)
    while waiting:
        name = waiting.pop()
        for line in written.get(name, ()):
            content = json.loads(line.value or "null")
            values = content if isinstance(content, dict) else {line.field: content}
            if line.entity == "hour_entry":
                values |= dict(zip(HOUR_KEY, line.row.split("/"), strict=True))
            for child, column, parent in _references(connection):
                needed = (parent, str(values.get(column)))
                if child == line.entity and needed in written and needed not in closed:
                    closed.add(needed)
                    waiting.append(needed)
    return closed


def _reversed(connection: sqlite3.Connection, lines: list[_Line]) -> Iterator[Change]:
    """The changes that give back what stood before the lines."""
    earlier: dict[RowName, dict[str, Any] | None] = {}
    first = min(line.hlc for line in lines)
    for line in lines:
        name = (line.entity, line.row)
        if line.field == NEW and not line.seen:
            yield Change(*name, GONE, True)
            continue
        if name not in earlier:
            earlier[name] = row_before(connection, *name, first)
        values = dict(earlier[name] or {})
        gone = bool(values.pop(GONE, False))
        if line.field == NEW:
            yield Change(*name, NEW, {**values, GONE: True} if gone else values)
        elif line.field == GONE:
            yield Change(*name, GONE, gone)
        else:
            yield Change(*name, line.field, values.get(line.field))


def row_before(
    connection: sqlite3.Connection, entity: str, row: str, hlc: int
) -> dict[str, Any] | None:
    """The fields of a row as they stood before ``hlc``; None when it did not exist."""
    state: dict[str, Any] | None = None
    for field, value in connection.execute(
        "SELECT field, value FROM journal WHERE entity = ? AND row = ? AND hlc < ? "
        "ORDER BY hlc, field <> '+', base",
        (entity, row, hlc),
    ):
        content = json.loads(value) if value is not None else None
        if field == NEW:
            state = dict(content or {})
        elif state is not None:
            state[field] = content
    return state
