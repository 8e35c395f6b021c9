"""The one door for writes: every change is a line of the journal, and the tables follow.

The design and its invariants are those of reliability.md 3.2 and 3.3: one line per changed
field, in the same transaction as the change, with what its author had seen. Undo, history,
"as known on a date" and the merge of two bases are read from these lines alone.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from suivi_tui.store import projection
from suivi_tui.store.clock import LOGICAL_BITS, latest_clock
from suivi_tui.store.faults import DiskFull as DiskFull
from suivi_tui.store.faults import WriteFailed as WriteFailed
from suivi_tui.store.faults import explain, untrusted_after
from suivi_tui.store.schema import NotAValue, checked_value, fields
from suivi_tui.store.tables import HOUR_KEY, JOURNALLED_NAMES
from suivi_tui.vocabulary.choices import BatchKind
from suivi_tui.vocabulary.errors import UserError

if TYPE_CHECKING:
    from suivi_tui.store.base import Base

Value: TypeAlias = str | int | None
NEW = "+"
GONE = "-"
_JOURNALLED = frozenset(JOURNALLED_NAMES)
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class MissingRow(UserError):
    """A change to a row that was never created: it would be saved where nobody sees it."""


class EncodedLine(NamedTuple):
    """A line ready for the journal: its value is JSON text."""

    entity: str
    row: str
    field: str
    value: str


class Change(NamedTuple):
    """One change: a field of a row, a whole new row (``+``) or its removal (``-``)."""

    entity: str
    row: str
    field: str
    value: Value | bool | Mapping[str, Value]


class Receipt(NamedTuple):
    """What a write left: its batch, and how many lines it holds (0: nothing had to change)."""

    batch: int
    lines: int


def created(entity: str, row: int | str, values: Mapping[str, Value]) -> Change:
    """A whole new row."""
    return Change(entity, str(row), NEW, values)


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
    known: bool = False,
) -> Receipt:
    """Journal the changes and bring the tables up to date, in one durable transaction.

    ``known`` says that the values come from the journal itself, where those of a newer release
    may be: they are kept as they are.
    Returns when the disk has it. Raises DiskFull, WriteFailed, NotAValue, MissingRow, BaseRefused
    or BaseMoved, the base being then exactly as before.
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
        known=known,
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
    known: bool = False,
) -> Receipt:
    """Write as one given installation and author (see ``write``)."""
    merged = _merged(changes)
    if not merged:
        return Receipt(0, 0)
    batch = batch or base.new_id()
    moment = base.now().isoformat(timespec="seconds")
    header = created(
        "batch",
        batch,
        {"kind": kind.value, "label": label, "source_file": source_file, "made_on": moment},
    )
    try:
        with base.door.transaction():
            encode = _as_known if known else _checked
            lines = [encode(base.connection, change) for change in (header, *merged)]
            append(base, identity, author, batch, lines)
            projection.project(base.connection)
    except sqlite3.Error as error:
        if untrusted_after(error):
            base.stop_trusting()
        raise explain(error) from None
    except (OverflowError, UnicodeEncodeError):
        raise NotAValue(
            "Un texte ou un nombre ne peut pas être enregistré tel quel : rien n'a été écrit. "
            "Corrigez-le, puis recommencez."
        ) from None
    return Receipt(batch, len(merged))


def append(
    base: "Base", identity: int, author: int, batch: int, lines: Iterable[EncodedLine]
) -> None:
    """Append lines within the open transaction; what they replace stops being a head."""
    connection = base.connection
    last = connection.execute(
        "SELECT number FROM journal WHERE base = ? ORDER BY number DESC LIMIT 1", (identity,)
    ).fetchone()
    number = int(last[0]) if last else 0
    clock = max(latest_clock(connection) + 1, base.clock() << LOGICAL_BITS)
    connection.execute("DELETE FROM incoming")
    connection.executemany(
        "INSERT INTO incoming (number, hlc, entity, row, field, value) VALUES (?, ?, ?, ?, ?, ?)",
        ((number + 1 + rank, clock + rank, *line) for rank, line in enumerate(lines)),
    )
    connection.execute(
        "UPDATE incoming SET seen = coalesce((SELECT json_group_array(json_array(base, number)) "
        "FROM journal WHERE journal.entity = incoming.entity AND journal.row = incoming.row "
        "AND head = 1 AND (incoming.field = '+' OR journal.field IN (incoming.field, '+'))), '[]')"
    )
    connection.execute(
        "UPDATE journal SET head = 0 FROM incoming WHERE incoming.seen <> '[]' "
        "AND journal.entity = incoming.entity AND journal.row = incoming.row AND journal.head = 1 "
        "AND (incoming.field = '+' OR journal.field = incoming.field)"
    )
    connection.execute(
        "INSERT INTO journal (base, number, hlc, author, batch, entity, row, field, value, seen, "
        "head) SELECT ?, number, hlc, ?, ?, entity, row, field, value, "
        "CASE seen WHEN '[]' THEN '' ELSE seen END, 1 FROM incoming ORDER BY number",
        (identity, author, batch),
    )
    _require_rows(connection)


def _require_rows(connection: sqlite3.Connection) -> None:
    """Every change belongs to a row that was created."""
    astray = connection.execute(
        "SELECT entity FROM incoming WHERE field <> '+' AND NOT EXISTS (SELECT 1 FROM journal "
        "WHERE journal.entity = incoming.entity AND journal.row = incoming.row "
        "AND journal.field = '+') LIMIT 1"
    ).fetchone()
    if astray:
        raise MissingRow(
            "La fiche à modifier n'existe pas dans cette base : rien n'a été écrit. Rouvrez "
            "la liste, puis recommencez."
        )


def _checked(connection: sqlite3.Connection, change: Change) -> EncodedLine:
    entity, row, field, value = change
    known = fields(connection, entity) if entity in _JOURNALLED else {}
    if not known:
        raise NotAValue(f"La table {entity} n'est pas journalisée : rien n'a été écrit.")
    if not _names_a_row(entity, row):
        raise NotAValue(f"{row} ne désigne aucune fiche de {entity} : rien n'a été écrit.")
    if isinstance(value, Mapping):
        text = _compact(
            {
                name: item if name == GONE else checked_value(known, entity, name, item)
                for name, item in value.items()
            }
        )
    elif field == GONE:
        text = "true" if value else "false"
    else:
        text = _compact(checked_value(known, entity, field, value))
    return EncodedLine(entity, row, field, text)


def _names_a_row(entity: str, row: str) -> bool:
    parts = row.split("/")
    expected = len(HOUR_KEY) if entity == "hour_entry" else 1
    return len(parts) == expected and all(
        part.isascii() and part.isdecimal() and (part[0] != "0" or part == "0") for part in parts
    )


def _as_known(connection: sqlite3.Connection, change: Change) -> EncodedLine:
    entity, row, field, value = change
    if field == GONE:
        value = bool(value)
    return EncodedLine(entity, row, field, _compact(value))


def _merged(changes: Iterable[Change]) -> list[Change]:
    """One line per cell, and one alone for a row born here: what follows belongs to the new row,
    what came before is replaced by it, so that no two lines of a batch ignore each other."""
    rows: dict[tuple[str, str], Change | dict[str, Change]] = {}
    for change in changes:
        entity, row, field, value = change
        earlier = rows.get((entity, row))
        if field == NEW:
            rows[entity, row] = change
        elif isinstance(earlier, Change):
            whole = earlier.value if isinstance(earlier.value, Mapping) else {}
            plain = bool(value) if field == GONE else _plain(value)
            rows[entity, row] = earlier._replace(value={**whole, field: plain})
        elif earlier is None:
            rows[entity, row] = {field: change}
        else:
            earlier[field] = change
    merged: list[Change] = []
    for lines in rows.values():
        merged.extend((lines,) if isinstance(lines, Change) else lines.values())
    return merged


def _plain(value: object) -> Value:
    if value is None or isinstance(value, str | int):
        return value
    raise NotAValue("Un champ ne peut pas recevoir cette valeur : rien n'a été écrit.")


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
    write_as(
        base,
        identity,
        int(base.setting("author") or 0),
        [created("base", identity, {"name": base.path.stem, "fingerprint": fingerprint})],
        kind=BatchKind.ENTRY,
        label="Nouvelle installation de la base",
    )
    # The fingerprint comes last: a cut in between only renews the identity once more.
    base.set_setting("identity", str(identity))
    base.set_setting("fingerprint", fingerprint)
    return identity
