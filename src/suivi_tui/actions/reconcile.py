"""What a file says against what the base holds: an import fills what is empty, updates what an
import wrote, never overwrites what a person typed (``design.md`` 8, "Reading the real world")."""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import lru_cache
from typing import Any, NamedTuple

from suivi_tui.actions.import_report import ImportReport, ImportWarning, write_import
from suivi_tui.exchange.line_report import LinesFile, LineWarning
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Value, changed, created
from suivi_tui.store.queries import entry, matching
from suivi_tui.vocabulary.identifiers import siret_fault
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

KEPT = "différente de celle qui a été saisie dans la base, qui est gardée"
_NAMES = frozenset({"name", "last", "first", "post", "reference"})


class Mark(IntEnum):
    """What became of a line; the strongest wins."""

    UNCHANGED = 0
    CHANGED = 1
    CREATED = 2


class _Conflict(NamedTuple):
    """A value of the file that differs from one already in the base."""

    line: int
    entity: str
    row: int
    field: str
    value: Value
    column: str


class Reconciler:
    """One import in progress; nothing is written before ``finish``.

    The first line of the file that speaks of a field is followed; the others are told when they
    say otherwise, so that a file read twice says the same twice. ``source`` is the id of the file.
    """

    def __init__(self, base: Base, file: LinesFile[Any]) -> None:
        self.base = base
        self.source = base.new_id()
        self.changes: list[Change] = []
        self.marks: dict[int, Mark] = {}
        self._file = file
        self._warnings: list[LineWarning] = [*file.warnings, *file.left_out]
        self._left_out: set[int] = set()
        self._born: dict[tuple[str, int], dict[str, Value]] = {}
        self._known: dict[tuple[str, int], dict[str, Value]] = {}
        self._claims: dict[tuple[str, int, str], tuple[int, Value]] = {}
        self._conflicts: list[_Conflict] = []

    def mark(self, line: int, mark: Mark) -> None:
        """Say what became of a line."""
        self.marks[line] = max(mark, self.marks.get(line, Mark.UNCHANGED))

    def warn(self, line: int, column: str, message: str) -> None:
        """Remark something about a line that comes in."""
        self._warnings.append(LineWarning(line, column, message))

    def leave_out(self, line: int, column: str, message: str) -> None:
        """Leave a line out, with the reason."""
        self._left_out.add(line)
        self._warnings.append(LineWarning(line, column, message))

    def create(self, line: int, entity: str, values: Mapping[str, Value]) -> int:
        """A new row with what is known of it; its id."""
        row = self.base.new_id()
        known = {name: value for name, value in values.items() if not _empty(value)}
        self._born[entity, row] = known
        for name, value in known.items():
            self._claims[entity, row, name] = (line, value)
        return row

    def value(self, entity: str, row: int, field: str) -> Value:
        """The value of a field as it stands in the base, or will after this import."""
        return self._values(entity, row).get(field)

    def is_new(self, entity: str, row: int) -> bool:
        """Whether the row is created by this file."""
        return (entity, row) in self._born

    def born(self, entity: str) -> dict[int, Mapping[str, Value]]:
        """The rows of a table that this file creates, by id."""
        return {row: values for (name, row), values in self._born.items() if name == entity}

    def forget(self, entity: str, row: int) -> None:
        """Create a row no more: nothing that comes in needs it."""
        del self._born[entity, row]

    def fill(
        self,
        line: int,
        entity: str,
        row: int,
        values: Mapping[str, Value],
        columns: Mapping[str, str],
    ) -> None:
        """Bring what a line says of a row; ``columns`` names the column of each field."""
        for field, value in values.items():
            if _empty(value):
                continue
            claim = self._claims.get((entity, row, field))
            if claim is None:
                self._claims[entity, row, field] = (line, value)
                self._bring(_Conflict(line, entity, row, field, value, columns.get(field, "")))
            elif not _same(field, claim[1], value):
                self.warn(
                    line,
                    columns.get(field, ""),
                    f"autre valeur que celle de la ligne {claim[0]}, qui est gardée",
                )

    def set(self, line: int, entity: str, row: int, field: str, value: Value) -> None:
        """Change a field without asking who wrote it."""
        if (born := self._born.get((entity, row))) is not None:
            born[field] = value
        else:
            self._values(entity, row)[field] = value
            self.changes.append(changed(entity, row, field, value))
        self.mark(line, Mark.CHANGED)

    def finish(self, *, what: str, dry_run: bool) -> ImportReport:
        """Settle what differs, write unless ``dry_run``, and report."""
        self._settle()
        file = self._file
        born = [created(entity, row, values) for (entity, row), values in self._born.items()]
        if not dry_run:
            write_import(
                self.base,
                [*born, *self.changes],
                what=what,
                name=file.name,
                sha256=file.sha256,
                source=self.source,
            )
        counts = [0, 0, 0]
        for line, mark in self.marks.items():
            if line not in self._left_out:
                counts[mark] += 1
        left_out = len(file.left_out) + len(self._left_out)
        brought = counts[Mark.CREATED] + counts[Mark.CHANGED]
        return ImportReport(
            clean(file.name),
            None,
            file.read,
            counts[Mark.CREATED],
            counts[Mark.CHANGED],
            file.read - left_out - brought,
            left_out,
            tuple(_told(self._warnings)),
        )

    def _bring(self, said: _Conflict) -> None:
        line, entity, row, field, value, _ = said
        values = self._values(entity, row)
        current = values.get(field)
        if _same(field, current, value):
            return
        if _empty(current):
            values[field] = value
            if not self.is_new(entity, row):
                self.changes.append(changed(entity, row, field, value))
            self.mark(line, Mark.CHANGED)
        else:
            self._conflicts.append(said)

    def _settle(self) -> None:
        cells = [(said.entity, str(said.row), said.field) for said in self._conflicts]
        imported = matching.written_by_import(self.base.connection, cells) if cells else set()
        for said, cell in zip(self._conflicts, cells, strict=True):
            if cell in imported:
                self.changes.append(changed(said.entity, said.row, said.field, said.value))
                self.mark(said.line, Mark.CHANGED)
            else:
                self.warn(said.line, said.column, f"valeur {KEPT}")

    def _values(self, entity: str, row: int) -> dict[str, Value]:
        name = (entity, row)
        if name in self._born:
            return self._born[name]
        if name not in self._known:
            self._known[name] = entry.record(self.base.connection, entity, row) or {}
        return self._known[name]


class Identities:
    """Buyers or companies, recognised by SIRET, then by name (case and accents aside)."""

    def __init__(self, rows: Iterable[tuple[int, str, str | None]]) -> None:
        self._sirets: dict[str, list[int]] = {}
        self._names: dict[str, list[int]] = {}
        self._siret_of: dict[int, str | None] = {}
        self._name_of: dict[int, str] = {}
        for row in rows:
            self.add(*row)

    def add(self, row: int, name: str, siret: str | None) -> None:
        """Know one more."""
        if siret:
            self._sirets.setdefault(siret, []).append(row)
        self._names.setdefault(fold(name), []).append(row)
        self._siret_of[row], self._name_of[row] = siret, fold(name)

    def learn_siret(self, row: int, siret: str) -> None:
        """Recognise a record by a SIRET that a file gave it."""
        if row not in self._sirets.setdefault(siret, []):
            self._sirets[siret].append(row)
        self._siret_of[row] = siret

    def find(self, name: str, siret: str | None) -> list[int]:
        """The records that these can be; several when nothing tells them apart."""
        folded = fold(name)
        same_siret = self._sirets.get(siret, []) if siret else []
        same_both = [row for row in same_siret if self._name_of[row] == folded]
        if same_both or (same_siret and _reliable(siret)):
            return same_both or same_siret
        if not folded:
            return []
        named = self._names.get(folded, [])
        if not _reliable(siret):
            return named
        # Another SIRET is another establishment, even under the same name.
        return [row for row in named if not _reliable(self._siret_of[row])]


def column_names(columns: Iterable[Any], fields: Mapping[str, str]) -> dict[str, str]:
    """The column of each field of a table, of which ``fields`` gives the field of our lines."""
    names = {column.field: column.name for column in columns}
    return {field: names[source] for field, source in fields.items()}


def said(line: Any, fields: Mapping[str, str]) -> dict[str, Value]:
    """What a line says of the fields of a table."""
    return {field: getattr(line, source) for field, source in fields.items()}


def homonyms(number: int, text: str) -> str:
    """Why a line names nobody: several records have that name."""
    return f"{number} fiches répondent à {quoted(text)}{NBSP}: ajoutez son SIRET"


def quoted(text: str) -> str:
    """A text of the file within a sentence."""
    return f"«{NBSP}{clean(text, 60)}{NBSP}»"


@lru_cache(maxsize=4096)
def _reliable(siret: str | None) -> bool:
    """Whether a SIRET can tell who it is: zeros or wrong digits are those of anybody."""
    return siret is not None and siret_fault(siret) is None


def _empty(value: Value) -> bool:
    return value is None or value == ""


def _same(field: str, current: Value, value: Value) -> bool:
    if current == value:
        return True
    if field in _NAMES and isinstance(current, str) and isinstance(value, str):
        return fold(current) == fold(value)
    return False


def _told(warnings: Iterable[LineWarning]) -> Iterable[ImportWarning]:
    for line, field, message in sorted(warnings, key=lambda warning: warning.record):
        yield ImportWarning(f"ligne {line}", field, message)
