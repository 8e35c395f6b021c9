"""``importer heures``: hours declared, and the work contracts and placements they tell of.

Lines repeat the same place and the same work contract month after month: each distinct one is
recognised once, so that a hundred thousand lines cost about one look-up each.
"""

from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from suivi_tui.actions.collector import collector_paused
from suivi_tui.actions.hour_places import HourPlaces, Slot, Unplaced
from suivi_tui.actions.import_report import ImportReport, refused
from suivi_tui.actions.locks import HourPlace, Locks
from suivi_tui.actions.proof_files import remember_path
from suivi_tui.actions.reconcile import KEPT, Mark, Reconciler
from suivi_tui.exchange.csv_file import UnreadableFile
from suivi_tui.exchange.line_report import LinesFile
from suivi_tui.exchange.lines import HourLine, read_hours
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Value, changed, created, hour_row, removed
from suivi_tui.store.queries import matching, proofs
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.months import of_month
from suivi_tui.vocabulary.numbers import NBSP

Key = tuple[int, int, int, int]

# Who works where under which contract: everything but the month and the hours.
_PLACE = itemgetter(*range(1, 7), *range(8, 20), *range(26, 29))
_figures = itemgetter(slice(HourLine._fields.index("declared"), HourLine._fields.index("last")))
_FIELDS = ("declared", "validated", "refusal_reason", "reference", "comment")
_DECISION = ("declared", "validated", "refusal_reason")
_COLUMNS = dict(
    zip(_FIELDS, ("heures", "validees", "motif_refus", "piece", "commentaire"), strict=True)
)


class _Placed(NamedTuple):
    line: HourLine
    slot: Slot


def import_hours(base: Base, path: Path, *, today: date, dry_run: bool = False) -> ImportReport:
    """Bring in a ``heures`` file, in one batch; with ``dry_run``, only say what it would do.

    A line that cannot be placed is told and left out. A file that cannot be read is told in the
    report; raises what ``journal.write`` does.
    """
    with collector_paused():
        try:
            file = read_hours(path, today)
        except UnreadableFile as error:
            return refused(path.name, error)
        reconciler = Reconciler(base, file)
        importing = _Importing(base, reconciler)
        importing.take(file)
        report = reconciler.finish(what="heures", dry_run=dry_run)
        if importing.proven and not dry_run:
            remember_path(base, reconciler.source, path)
        return report


class _Importing:
    """The lines of one file against the hours of the obligations they count for."""

    def __init__(self, base: Base, reconciler: Reconciler) -> None:
        self._base = base
        self._connection = base.connection
        self._reconciler = reconciler
        self._places = HourPlaces(base.connection, reconciler)
        self._stored: dict[Key, tuple[Any, ...]] = {}
        self._statements: dict[tuple[int, int | None, int], int] = {}
        self._contradicted: set[int] = set()
        self._locks = Locks(base.connection)
        self._locked: set[tuple[int, int]] = set()
        self._closed = False
        self.proven = False
        self._differing: list[tuple[HourLine, Key, dict[str, Value]]] = []

    def take(self, file: LinesFile[HourLine]) -> None:
        """Every line of the file."""
        placed = list(self._placed(file))
        self._places.learn_kinds()
        if not placed:
            return
        self._look_at(placed)
        reconciler, stored = self._reconciler, self._stored
        changes, marks = reconciler.changes, reconciler.marks
        seen: dict[Key, HourLine] = {}
        locked = bool(self._locked)
        for line, slot in placed:
            key = (slot.obligation, line[7], slot.placement, line[20])
            first = seen.setdefault(key, line)
            if first is not line:
                if _figures(first) != _figures(line):
                    reconciler.leave_out(
                        line[0],
                        "heures",
                        f"les lignes {first[0]} et {line[0]} donnent des heures différentes pour "
                        f"la même personne et le même mois, la ligne {first[0]} est gardée",
                    )
                continue
            known = stored.get(key)
            if known == _figures(line):
                continue
            if locked and self._is_locked(line, slot):
                continue
            if known is None:
                changes.append(self._created(key, line, slot))
                changes.append(self._proof(key, line))
                marks[line[0]] = Mark.CREATED
            else:
                self._compare(key, line, known)
        self._settle()
        if self._closed:
            self._forget_unused()

    def _placed(self, file: LinesFile[HourLine]) -> Iterator[_Placed]:
        found: dict[tuple[Any, ...], Slot | Unplaced] = {}
        for line in file.lines:
            place = _PLACE(line)
            slot = found.get(place)
            if slot is None:
                slot = found[place] = self._places.find(line)
            if isinstance(slot, Slot):
                yield _Placed(line, slot)
            else:
                self._reconciler.leave_out(line[0], slot.column, slot.reason)

    def _look_at(self, placed: list[_Placed]) -> None:
        """Read what the base already holds for these obligations and months."""
        months = {line[7] for line, _ in placed}
        known = {slot.obligation for _, slot in placed}
        span = (self._connection, known, min(months), max(months))
        for line in matching.hour_lines(*span):
            self._stored[line[:4]] = line[4:]
        for row in matching.statements(*span):
            self._statements[row.obligation, row.sender, row.month] = row.id
            if row.status == StatementStatus.NO_ACTIVITY.value:
                self._contradicted.add(row.id)
            elif row.status == StatementStatus.LOCKED.value:
                self._locked.add((row.obligation, row.month))

    def _is_locked(self, line: HourLine, slot: Slot) -> bool:
        """Leave out a line of a locked month."""
        place = HourPlace(slot.obligation, line.month, slot.employer)
        if place[:2] not in self._locked or not self._locks.closes(place):
            return False
        why = f"le relevé {of_month(line.month)} est verrouillé{NBSP}: rouvrez-le"
        self._reconciler.leave_out(line.line, "mois", why)
        self._closed = True
        return True

    def _forget_unused(self) -> None:
        """Do not make the placements, contracts and employers of lines that are left out."""
        reconciler = self._reconciler
        used = {int(change.row.split("/")[2]) for change in reconciler.changes
                if change.entity == "hour_entry"}  # fmt: skip
        for entity, users, field in (
            ("placement", "", ""),
            ("work_contract", "placement", "work_contract"),
            ("company", "work_contract", "employer"),
        ):
            wanted = (
                used
                if not users
                else {values.get(field) for values in reconciler.born(users).values()}
            )
            for row in reconciler.born(entity).keys() - wanted:
                reconciler.forget(entity, row)

    def _proof(self, key: Key, line: HourLine) -> Change:
        """The place of the file that the hours come from."""
        self.proven = True
        obligation, month, placement, kind = key
        values: dict[str, Value] = {
            "file": self._reconciler.source,
            "line": line[0],
            "obligation": obligation,
            "month": month,
            "placement": placement,
            "kind": kind,
            "hours": line[21],
        }
        return created("source_line", self._base.new_id(), values)

    def _statement(self, line: HourLine, slot: Slot) -> int:
        """The statement of the sender for the month: hours say that it was received."""
        name = (slot.obligation, slot.employer, line.month)
        row = self._statements.get(name)
        values: dict[str, Value] = {"status": StatementStatus.RECEIVED.value}
        if row is None:
            values |= zip(("obligation", "sender", "month"), name, strict=True)
            row = self._statements[name] = self._reconciler.create(line.line, "statement", values)
        elif row in self._contradicted:
            self._contradicted.remove(row)
            self._reconciler.fill(line.line, "statement", row, values, {"status": "mois"})
        return row

    def _created(self, key: Key, line: HourLine, slot: Slot) -> Change:
        values: dict[str, Value] = {
            "declared": line[21],
            "statement": self._statement(line, slot),
        }
        if line[22] is not None:
            values["validated"] = line[22]
        for field, value in (
            ("refusal_reason", line[23]),
            ("reference", line[24]),
            ("comment", line[25]),
        ):
            if value:
                values[field] = value
        return created("hour_entry", hour_row(*key), values)

    def _compare(self, key: Key, line: HourLine, known: tuple[Any, ...]) -> None:
        """Fill what is empty; keep what differs for when it is known who wrote it."""
        before = dict(zip(_FIELDS, known, strict=True))
        now = dict(zip(_FIELDS, _figures(line), strict=True))
        filled: dict[str, Value] = {}
        differing: dict[str, Value] = {}
        decided = now["declared"] == before["declared"]
        for field in _FIELDS:
            if now[field] in (None, "", before[field]):
                continue
            # Hours validated are judged with the hours declared that they are a part of.
            fillable = before[field] in (None, "") and (decided or field not in _DECISION)
            (filled if fillable else differing)[field] = now[field]
        if not decided and now["validated"] is None and before["validated"] is not None:
            differing["validated"] = None
        nothing_refused = now["validated"] in (None, now["declared"])
        if differing.keys() & {"validated"} and nothing_refused and before["refusal_reason"]:
            differing["refusal_reason"] = ""
        row = hour_row(*key)
        if filled:
            changes = (changed("hour_entry", row, name, value) for name, value in filled.items())
            self._reconciler.changes.extend(changes)
            self._reconciler.mark(line.line, Mark.CHANGED)
        if differing:
            self._differing.append((line, key, differing))

    def _settle(self) -> None:
        """Change what an import wrote; new hours are changed with their decision or not at all."""
        asked = [
            ("hour_entry", hour_row(*key), field)
            for _, key, fields in self._differing
            for field in _judged(fields)
        ]
        imported = matching.written_by_import(self._connection, asked) if asked else set()
        for line, key, fields in self._differing:
            row, number = hour_row(*key), line.line
            typed = {
                field for field in _judged(fields) if ("hour_entry", row, field) not in imported
            }
            if "declared" in fields and typed.intersection(_DECISION):
                typed.update(_DECISION)
            for field, value in fields.items():
                if field not in typed:
                    self._reconciler.changes.append(changed("hour_entry", row, field, value))
                    self._reconciler.mark(number, Mark.CHANGED)
                    if field == "declared":
                        self._prove_again(key, line)
            if kept := [field for field in fields if field in typed]:
                self._reconciler.warn(number, _COLUMNS[kept[0]], f"valeur {KEPT}")

    def _prove_again(self, key: Key, line: HourLine) -> None:
        """The new hours come from this file, no more from those that said otherwise."""
        for proof in proofs.sourced(self._connection, [key[0]], key[1], key[1]):
            if proof.key == key:
                self._reconciler.changes.append(removed("source_line", proof.id))
        self._reconciler.changes.append(self._proof(key, line))


def _judged(fields: dict[str, Value]) -> set[str]:
    """The fields of which it matters who wrote them."""
    return {*fields, *_DECISION} if "declared" in fields else set(fields)
