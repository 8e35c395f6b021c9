"""What the tests of the store share: a small base, its state as values, its journal's laws."""

import json
import shutil
import sqlite3
from collections import defaultdict
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

from builders import NewPlacement, new_base, new_contract, new_person, new_placement
from suivi_tui.store import projection
from suivi_tui.store.base import Base, open_base
from suivi_tui.store.journal import renew_identity
from suivi_tui.store.tables import HOUR_KEY, JOURNALLED_NAMES

Key = tuple[str, ...]
State = dict[Key, tuple[Any, ...]]
START_MS = 1_767_225_600_000  # 1 January 2026
YEAR_MS = 365 * 86_400_000


class Clock:
    """A clock that the test sets; it goes one second further at each reading."""

    def __init__(self, moment: int = START_MS) -> None:
        self.moment = moment

    def __call__(self) -> int:
        self.moment += 1000
        return self.moment


class Bits:
    """Random bits that are the same at each run."""

    def __init__(self, seed: int = 7) -> None:
        self._state = seed

    def __call__(self, count: int) -> int:
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return self._state >> (64 - count)


class Sample(NamedTuple):
    """A base with one contract and one person placed on it twice."""

    base: Base
    clock: Clock
    buyer: int
    contract: int
    lot: int
    company: int
    obligation: int
    person: int
    placements: tuple[NewPlacement, NewPlacement]


@cache
def _template() -> tuple[Path, tuple[Any, ...]]:
    folder = Path(mkdtemp(prefix="suivi-essai-"))
    with new_base(folder) as base:
        market = new_contract(base)
        person = new_person(base)
        placements = (new_placement(base, market, person), new_placement(base, market, person))
    rows = (*market, person, placements)
    return folder / "suivi.db", rows


def sample_file(folder: Path, name: str = "suivi.db") -> Path:
    """The file of a small sound base, closed."""
    target = folder / name
    shutil.copyfile(_template()[0], target)
    return target


def sample(folder: Path, name: str = "suivi.db") -> Sample:
    """A small base, open, with a clock that the test holds."""
    clock = Clock()
    base = open_base(sample_file(folder, name), clock=clock, random_bits=Bits())
    # The file is a copy: its own identity is taken here rather than at the first write.
    renew_identity(base)
    return Sample(base, clock, *_template()[1])


def remove_template() -> None:
    """Remove the file that the samples are copied from."""
    if _template.cache_info().currsize:
        shutil.rmtree(_template()[0].parent, ignore_errors=True)
        _template.cache_clear()


def _key(entity: str, row: sqlite3.Row) -> Key:
    names = HOUR_KEY if entity == "hour_entry" else ("id",)
    return (entity, *(str(row[name]) for name in names))


def rows_of(connection: sqlite3.Connection, sql: str, entity: str) -> State:
    """Rows by key, as plain values in the order of the columns."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return {_key(entity, row): tuple(row) for row in cursor.execute(sql, {"entity": entity})}


def state(base: Base, *, leaving_out: tuple[str, ...] = ("batch", "base")) -> State:
    """Every business row of the base."""
    found: State = {}
    for entity in JOURNALLED_NAMES:
        if entity not in leaving_out:
            found |= rows_of(base.connection, f"SELECT * FROM {entity}", entity)
    return found


def living(base: Base) -> State:
    """The rows that a user sees."""
    found: State = {}
    for entity in JOURNALLED_NAMES:
        if entity not in ("batch", "base"):
            sql = f"SELECT * FROM {entity} WHERE removed = 0"
            found |= rows_of(base.connection, sql, entity)
    return found


def search_words(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """What the search table holds."""
    return connection.execute("SELECT rowid, words, entity, row FROM search ORDER BY 1").fetchall()


def assert_tables_follow_journal(base: Base) -> None:
    """The tables are what a rebuild from the journal gives; so is the search table."""
    for entity in JOURNALLED_NAMES:
        expected, actual = projection.expected_rows(base.connection, entity)
        assert rows_of(base.connection, actual, entity) == rows_of(
            base.connection, expected, entity
        )
    found = search_words(base.connection)
    named = [row for row in state(base) if row[0] in _SEARCHED]
    gone = base.connection.execute(
        " UNION ALL ".join(f"SELECT id FROM {name} WHERE removed = 1" for name in _SEARCHED)
    ).fetchall()
    assert len(found) == len(named) - len(gone)


_SEARCHED = ("participant", "company", "contract", "buyer", "operation", "contact")


class _Seen(NamedTuple):
    base: int
    number: int
    field: str


def assert_lines_can_merge(connection: sqlite3.Connection) -> None:
    """The laws that merging two bases relies on (reliability.md 3.2 and 3.3), read line by line:
    numbers without a gap, a clock that only grows, ``seen`` naming exactly the heads that stood
    for the cell, ``head`` being 1 for exactly the lines that nothing replaced."""
    heads: dict[Key, list[_Seen]] = defaultdict(list)
    numbers: dict[int, int] = defaultdict(int)
    flags: dict[tuple[int, int], int] = {}
    latest = 0
    for base, number, hlc, entity, row, field, seen, head in connection.execute(
        "SELECT base, number, hlc, entity, row, field, seen, head FROM journal ORDER BY hlc, base"
    ):
        assert number == numbers[base] + 1, "numbers are contiguous for each installation"
        numbers[base] = number
        assert hlc > latest, "the clock of the journal grows with each line"
        latest = hlc
        cell = heads[entity, row]
        before = [line for line in cell if field == "+" or line.field in (field, "+")]
        named = {tuple(pair) for pair in json.loads(seen or "[]")}
        assert named == {(line.base, line.number) for line in before}, (entity, row, field)
        replaced = [line for line in before if field == "+" or line.field == field]
        heads[entity, row] = [line for line in cell if line not in replaced]
        heads[entity, row].append(_Seen(base, number, field))
        flags[base, number] = head
    standing = {(line.base, line.number) for lines in heads.values() for line in lines}
    assert {key for key, head in flags.items() if head} == standing


def assert_sound(base: Base) -> None:
    """Tables, journal and SQLite's own checks agree."""
    assert_tables_follow_journal(base)
    assert_lines_can_merge(base.connection)
    assert base.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.connection.execute("PRAGMA foreign_key_check").fetchall() == []
