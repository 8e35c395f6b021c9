"""The one door for writes: every change is a line of the journal, and the tables follow.

The design and its invariants are those of reliability.md 3.2 and 3.3: one line per changed
field, in the same transaction as the change, with what its author had seen. Undo, history,
"as known on a date" and the merge of two bases are read from these lines alone.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeGuard

from suivi_tui.store import projection
from suivi_tui.store.schema import checked_value
from suivi_tui.vocabulary.choices import BatchKind
from suivi_tui.vocabulary.errors import UserError

if TYPE_CHECKING:
    from suivi_tui.store.base import Base

Value: TypeAlias = str | int | None
NEW = "+"
GONE = "-"
_LOGICAL_BITS = 16


class DiskFull(UserError):
    """The disk has no room left; the transaction was undone, what was saved before is safe."""


class WriteFailed(UserError):
    """The disk refused the write for another reason."""


class Change(NamedTuple):
    """One change: a field of a row, a whole new row (``+``) or its removal (``-``).

    ``fresh`` says that the row's identity was made just now, so that nobody can have written it.
    """

    entity: str
    row: str
    field: str
    value: Value | bool | Mapping[str, Value]
    fresh: bool = False


class Receipt(NamedTuple):
    """What a write left: its batch, and how many lines it holds (0: nothing had to change)."""

    batch: int
    lines: int


def created(entity: str, row: int | str, values: Mapping[str, Value]) -> Change:
    """A whole new row."""
    return Change(entity, str(row), NEW, values, entity != "hour_entry")


def changed(entity: str, row: int | str, field: str, value: Value) -> Change:
    """A new value of one field."""
    return Change(entity, str(row), field, value)


def removed(entity: str, row: int | str, gone: bool = True) -> Change:
    """A row marked removed (or taken back)."""
    return Change(entity, str(row), GONE, gone)


def hour_row(obligation: int, month: int, placement: int, kind: int) -> str:
    """How the journal names an hour line."""
    return f"{obligation}/{month}/{placement}/{kind}"


def write(
    base: "Base",
    changes: Iterable[Change],
    *,
    kind: BatchKind = BatchKind.ENTRY,
    label: str,
    source_file: int | None = None,
    batch: int | None = None,
) -> Receipt:
    """Journal the changes and bring the tables up to date, in one durable transaction.

    Returns when the disk has it. Raises DiskFull, WriteFailed, BaseRefused or BaseMoved, the base
    being then exactly as before.
    """
    base.require_writable()
    identity, author = _identity(base)
    return write_as(
        base,
        identity,
        author,
        changes,
        kind=kind,
        label=label,
        source_file=source_file,
        batch=batch,
    )


def write_as(
    base: "Base",
    identity: int,
    author: int,
    changes: Iterable[Change],
    *,
    kind: BatchKind,
    label: str,
    source_file: int | None = None,
    batch: int | None = None,
) -> Receipt:
    """Write as one given installation and author (see ``write``)."""
    merged = _merged(changes)
    if not merged:
        return Receipt(0, 0)
    batch = batch or base.new_id()
    moment = datetime.fromtimestamp(base.clock() / 1000, UTC).isoformat(timespec="seconds")
    header = created(
        "batch",
        batch,
        {"kind": kind.value, "label": label, "source_file": source_file, "made_on": moment},
    )
    try:
        with base.door.transaction():
            lines = [_encoded(base.connection, change) for change in (header, *merged)]
            append(base, identity, author, batch, lines)
            projection.project(base.connection)
    except sqlite3.Error as error:
        raise explain(error) from None
    return Receipt(batch, len(merged))


def append(
    base: "Base",
    identity: int,
    author: int,
    batch: int,
    lines: Iterable[tuple[str, str, str, str, bool]],
) -> None:
    """Append lines within the open transaction; what they replace stops being a head."""
    connection = base.connection
    number, clock = connection.execute(
        "SELECT coalesce(max(number), 0), (SELECT coalesce(max(hlc), 0) FROM journal) "
        "FROM journal WHERE base = ?",
        (identity,),
    ).fetchone()
    clock = max(clock + 1, base.clock() << _LOGICAL_BITS)
    connection.execute("DELETE FROM incoming")
    connection.executemany(
        "INSERT INTO incoming (number, hlc, entity, row, field, value, fresh) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (number + 1 + rank, clock + rank, entity, row, field, value, fresh)
            for rank, (entity, row, field, value, fresh) in enumerate(lines)
        ),
    )
    connection.execute(
        "UPDATE incoming SET seen = coalesce((SELECT json_group_array(json_array(base, number)) "
        "FROM journal WHERE journal.entity = incoming.entity AND journal.row = incoming.row "
        "AND head = 1 AND (incoming.field = '+' OR journal.field IN (incoming.field, '+'))), '[]') "
        "WHERE NOT fresh"
    )
    connection.execute(
        "UPDATE journal SET head = 0 FROM incoming WHERE NOT incoming.fresh "
        "AND journal.entity = incoming.entity AND journal.row = incoming.row AND journal.head = 1 "
        "AND (incoming.field = '+' OR journal.field = incoming.field)"
    )
    connection.execute(
        "INSERT INTO journal (base, number, hlc, author, batch, entity, row, field, value, seen, "
        "head) SELECT ?, number, hlc, ?, ?, entity, row, field, value, "
        "CASE seen WHEN '[]' THEN '' ELSE seen END, 1 FROM incoming ORDER BY number",
        (identity, author, batch),
    )


def explain(error: sqlite3.Error) -> UserError:
    """The French sentence of a write that SQLite refused."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(
            "Le disque est plein : cette saisie n'est pas enregistrée, tout le reste est intact. "
            "Libérez au moins 20 Mo sur le disque, puis enregistrez de nouveau."
        )
    if code == sqlite3.SQLITE_READONLY:
        return WriteFailed(
            "Le fichier de la base est devenu non modifiable : cette saisie n'est pas enregistrée, "
            "tout le reste est intact. Rétablissez le droit d'écrire, puis recommencez."
        )
    if code == sqlite3.SQLITE_CONSTRAINT:
        return WriteFailed(
            "Cette modification ne va pas avec le reste de la base : elle n'est pas enregistrée, "
            "tout le reste est intact. Rouvrez la fiche et recommencez."
        )
    return WriteFailed(
        "Le disque a refusé l'écriture : cette saisie n'est pas enregistrée, tout le reste est "
        "intact. Fermez suivi-tui, vérifiez le disque, puis rouvrez."
    )


def _encoded(connection: sqlite3.Connection, change: Change) -> tuple[str, str, str, str, bool]:
    entity, row, field, value, fresh = change
    if isinstance(value, Mapping):
        content = {
            name: checked_value(connection, entity, name, item) for name, item in value.items()
        }
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    elif field == GONE:
        text = "true" if value else "false"
    else:
        text = json.dumps(checked_value(connection, entity, field, value), ensure_ascii=False)
    return entity, row, field, text, fresh


def _merged(changes: Iterable[Change]) -> list[Change]:
    """One line per cell: a field changed after its row was created belongs to the new row."""
    cells: dict[tuple[str, str, str], Change] = {}
    for change in changes:
        entity, row, field, value, _ = change
        birth = cells.get((entity, row, NEW)) if field not in (NEW, GONE) else None
        if birth is not None and isinstance(birth.value, Mapping) and _is_plain(value):
            cells[entity, row, NEW] = birth._replace(value={**birth.value, field: value})
        else:
            cells[entity, row, field] = change
    return list(cells.values())


def _is_plain(value: object) -> TypeGuard[Value]:
    return value is None or isinstance(value, str | int)


def _identity(base: "Base") -> tuple[int, int]:
    """The installation and author of this base; a moved or copied file takes a new identity,
    so that two copies never number the same line twice (invariant I10)."""
    fingerprint = base.fingerprint()
    author = int(base.setting("author") or 0)
    if base.setting("fingerprint") == fingerprint:
        return int(base.setting("identity") or 0), author
    identity = renew_identity(base)
    return identity, author


def renew_identity(base: "Base") -> int:
    """Give the base a new identity, after a restore or on another machine or path."""
    identity = base.new_id()
    fingerprint = base.fingerprint()
    base.set_setting("identity", str(identity))
    base.set_setting("fingerprint", fingerprint)
    write_as(
        base,
        identity,
        int(base.setting("author") or 0),
        [created("base", identity, {"name": base.path.stem, "fingerprint": fingerprint})],
        kind=BatchKind.ENTRY,
        label="Nouvelle installation de la base",
    )
    return identity
