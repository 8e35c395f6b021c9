"""Who changed what: the history of one row, and the changes of one batch, in plain French."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from suivi_tui.readings.field_kinds import Field
from suivi_tui.readings.field_labels import FIELDS, field_of
from suivi_tui.readings.record_names import (
    ENTITY_LABELS,
    alert_title,
    named_records,
    shown_date,
    shown_hours,
    shown_moment,
    shown_month,
)
from suivi_tui.readings.term_texts import TermTexts
from suivi_tui.store.queries import history
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.history import JournalRow, RowLine
from suivi_tui.store.queries.names import RecordName
from suivi_tui.store.queries.paging import Key, Page
from suivi_tui.vocabulary.choices import BatchKind, HourKind, label_of
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP, format_hundredths, format_number

NOTHING = "–"
DETAIL = "détail du calcul"
CREATED, CHANGED, REMOVED, RESTORED = "Création", "Modification", "Suppression", "Rétablissement"
_NEW, _GONE = "+", "-"
Names = dict[tuple[str, int], RecordName]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that changed: its label, the text before (– when empty) and after."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What one batch did to a row: when (local text), who, from where, from which file.

    ``action`` is Création, Modification, Suppression or Rétablissement; ``made_on`` is ISO, in
    universal time; ``undone`` when the batch was taken back since; ``kind`` is a label.
    """

    batch: int
    made_on: str
    when: str
    author: str
    structure: str
    installation: str
    kind: str
    label: str
    source_file: str
    undone: bool
    action: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class BatchChange:
    """A change of a batch: which record (``kind`` and ``name``), what was done to it."""

    key: Key
    entity: str
    row: str
    kind: str
    name: str
    action: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class _Raw:
    """A field with its values before and after, not yet written as text."""

    name: str
    old: Any
    new: Any


def row_history(connection: Connection, entity: str, row: int | str) -> list[HistoryEntry]:
    """The history of one row, the latest change first; empty when nothing was ever written.

    ``row`` is an id, or ``obligation/month/placement/kind`` for an hour line.
    """
    lines = history.lines_of_row(connection, entity, str(row))
    steps = [
        (line, action, _readable(connection, entity, str(row), raws))
        for line, action, raws in _steps(lines)
    ]
    names = _names_in(connection, entity, [raws for _, _, raws in steps])
    return [
        HistoryEntry(
            batch=line.batch,
            made_on=line.made_on,
            when=shown_moment(line.made_on),
            author=line.author,
            structure=line.structure,
            installation=line.installation,
            kind=label_of(BatchKind, line.kind),
            label=line.label,
            source_file=line.source_file,
            undone=line.undone_by is not None,
            action=action,
            changes=_written(entity, raws, names),
        )
        for line, action, raws in reversed(steps)
    ]


def _steps(lines: Sequence[RowLine]) -> list[tuple[RowLine, str, list[_Raw]]]:
    """Each batch with what it did and the fields it changed, the oldest first."""
    steps: list[tuple[RowLine, str, list[_Raw]]] = []
    state: dict[str, Any] = {}
    born = False
    for line in lines:
        if not steps or steps[-1][0].batch != line.batch:
            steps.append((line, CHANGED, []))
        _, action, raws = steps[-1]
        content = _content(line.value)
        if line.field == _NEW:
            action = CHANGED if born else CREATED
            raws += _differences(state, content)
            state, born = dict(content), True
        elif line.field == _GONE:
            action = REMOVED if content else RESTORED
        else:
            raws.append(_Raw(line.field, state.get(line.field), content))
            state[line.field] = content
        steps[-1] = (steps[-1][0], action, raws)
    return steps


def _content(value: str | None) -> Any:
    """What a line of the journal holds: a whole row by column, or one value."""
    return None if value is None else json.loads(value)


def _differences(state: dict[str, Any], content: dict[str, Any]) -> list[_Raw]:
    """The fields in which a whole row differs from what stood before."""
    return [
        _Raw(name, state.get(name), content.get(name))
        for name in {**state, **content}
        if _known(state.get(name)) != _known(content.get(name))
    ]


def _known(value: Any) -> Any:
    return None if value == "" else value


def batch_changes(
    connection: Connection, batch: int, page: Page | None = None, *, descending: bool = False
) -> list[BatchChange]:
    """A page of the changes of a batch, each with the record it is about."""
    return line_changes(
        connection, history.lines_page(connection, batch, page, descending=descending)
    )


def line_changes(connection: Connection, lines: Sequence[JournalRow]) -> list[BatchChange]:
    """What each of some lines of the journal changed, and of which record."""
    found = []
    for line in lines:
        action, raws = _change(connection, line)
        found.append((line, action, _readable(connection, line.entity, line.row, raws)))
    names = named_records(connection, _records_of(line for line, _, _ in found))
    for entity in dict.fromkeys(line.entity for line in lines):
        changes = [raws for line, _, raws in found if line.entity == entity]
        names.update(_names_in(connection, entity, changes, names))
    return [
        BatchChange(
            key=line.key,
            entity=line.entity,
            row=line.row,
            kind=ENTITY_LABELS.get(line.entity, line.entity),
            name=_name_of(line.entity, line.row, names),
            action=action,
            changes=_written(line.entity, raws, names),
        )
        for line, action, raws in found
    ]


def _readable(
    connection: Connection, entity: str, row: str, raws: Sequence[_Raw]
) -> Sequence[_Raw]:
    """Changes of which the codes are read with one another, as those of a term are."""
    if entity != "term" or not row.isdigit():
        return raws
    texts, term = TermTexts(connection, [int(row)]), int(row)
    return [
        _Raw(raw.name, *(texts.text(term, raw.name, value) for value in (raw.old, raw.new)))
        for raw in raws
    ]


def _change(connection: Connection, line: JournalRow) -> tuple[str, list[_Raw]]:
    content = _content(line.value)
    if line.field == _GONE:
        return (REMOVED if content else RESTORED), []
    before = history.value_before(connection, line.entity, line.row, line.field, line.hlc)
    old = _content(before[1]) if before else None
    if line.field == _NEW:
        return (CHANGED if before else CREATED), _differences(old or {}, content)
    if before and before[0] == _NEW:
        old = (old or {}).get(line.field)
    return CHANGED, [_Raw(line.field, old, content)]


def _records_of(lines: Iterable[JournalRow]) -> list[tuple[str, int]]:
    """The records that lines are about; the obligation and placement of an hour line."""
    records: list[tuple[str, int]] = []
    for line in lines:
        parts = line.row.split("/")
        if line.entity == "hour_entry" and len(parts) == 4:
            records += [("obligation", int(parts[0])), ("placement", int(parts[2]))]
        elif line.row.isdigit():
            records.append((line.entity, int(line.row)))
    return records


def _name_of(entity: str, row: str, names: Names) -> str:
    parts = row.split("/")
    if entity == "hour_entry" and len(parts) == 4:
        placement = names.get(("placement", int(parts[2])))
        month = shown_month(int(parts[1]))
        kind = int(parts[3])
        words = [placement.title if placement else "", month]
        if kind != HourKind.WORK.number and 1 <= kind <= len(HourKind):
            words.append(HourKind.numbered(kind).label)
        return ", ".join(word for word in words if word)
    name = names.get((entity, int(row))) if row.isdigit() else None
    if name is None:
        return row
    return f"{name.title} ({name.detail})" if name.detail else name.title


def _names_in(
    connection: Connection,
    entity: str,
    changes: Iterable[Sequence[_Raw]],
    known: Names | None = None,
) -> Names:
    """The names of the records that values refer to; a change is the fields written together."""
    wanted: dict[tuple[str, int], None] = {}
    for raws in changes:
        for raw in raws:
            refers = _refers(field_of(entity, raw.name), raws)
            for value in (raw.old, raw.new):
                if refers and isinstance(value, int) and (refers, value) not in (known or {}):
                    wanted[refers, value] = None
    return named_records(connection, wanted) if wanted else {}


def _refers(field: Field, raws: Sequence[_Raw]) -> str:
    """The table whose records a column names; empty when it names none, or nobody says which."""
    tables = [raw.new or raw.old for raw in raws if raw.name == field.refers_by]
    return str(tables[0] or "") if tables else field.refers


def _written(entity: str, raws: Sequence[_Raw], names: Names) -> tuple[FieldChange, ...]:
    """Changes as texts, in the order of a form; what is empty before and after is left out."""
    order = {name: place for place, name in enumerate(FIELDS.get(entity, {}))}
    changes: list[FieldChange] = []
    for raw in sorted(raws, key=lambda raw: order.get(raw.name, len(order))):
        field = field_of(entity, raw.name)
        if field.kind == "hidden":
            continue
        refers = _refers(field, raws)
        old, new = _text(field, raw.old, names, refers), _text(field, raw.new, names, refers)
        if (old, new) != (NOTHING, NOTHING):
            changes.append(FieldChange(raw.name, field.label, old, new))
    return tuple(changes)


def _text(field: Field, value: Any, names: Names, refers: str) -> str:
    """A value of the journal as people read it; ``refers`` is the table that it names."""
    if value is None or value == "":
        return NOTHING
    if field.kind == "detail":
        return DETAIL
    if field.kind == "alert":
        return alert_title(str(value))
    if field.kind == "entity":
        return ENTITY_LABELS.get(str(value), str(value))
    if (refers or field.refers_by) and isinstance(value, int):
        name = names.get((refers, value))
        return name.title if name else f"n°{NBSP}{value}"
    if field.choice is not None:
        # A case may hold several codes.
        return ", ".join(label_of(field.choice, code) for code in str(value).split(","))
    if isinstance(value, int):
        return _number_text(field, value)
    if field.kind == "date":
        return shown_date(str(value))
    return shown_moment(str(value)) if field.kind == "moment" else str(value)


def _number_text(field: Field, value: int) -> str:
    if field.kind == "hours":
        return shown_hours(value)
    if field.kind == "money":
        return format_money(Money(value))
    if field.kind == "month":
        return shown_month(value)
    if field.kind == "flag":
        return "oui" if value else "non"
    if field.kind in ("share", "hundredths"):
        written = format_hundredths(value)
        return f"{written}{NBSP}%" if field.kind == "share" else written
    return format_number(value) if field.kind == "number" else str(value)
