"""What the base said at an earlier moment, replayed from the journal into memory.

A moment is a *vector*: how far the journal of each installation went, as the number of its last
line. A date is the vector of the lines whose hybrid clock (``store.clock``) does not pass it:
the clock of the computer where they were written, which never goes back there. Once bases are
merged, a date therefore tells what they knew together on that day; a vector kept with a
synthesis tells exactly what the base that made it knew.

What was erased for good since is absent from the past too: the journal no longer holds it.
"""

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TypeAlias

from suivi_tui.store import projection
from suivi_tui.store.clock import LOGICAL_BITS
from suivi_tui.store.door import Door
from suivi_tui.store.schema import BaseConnection
from suivi_tui.store.tables import JOURNALLED_NAMES
from suivi_tui.vocabulary.errors import UserError

Vector: TypeAlias = Mapping[int, int]
"""The number of the last line known, by installation; one that is not there had written nothing."""

_SLICE_PAGES = 2_000
_STEPS_BETWEEN_LOOKS = 200_000
# One step of the key finds each installation: no line is scanned.
_INSTALLATIONS = """
WITH RECURSIVE installation(base) AS (
    SELECT min(base) FROM journal
    UNION ALL
    SELECT (SELECT min(journal.base) FROM journal WHERE journal.base > installation.base)
    FROM installation WHERE installation.base IS NOT NULL
)
SELECT base FROM installation WHERE base IS NOT NULL
"""
_LAST_NUMBER = "SELECT number FROM journal WHERE base = ? ORDER BY number DESC LIMIT 1"
# The lines of an installation are numbered in the order of their clocks: reading back from the
# last one stops at the first that was already written.
_NUMBER_ON = "SELECT number FROM journal WHERE base = ? AND hlc <= ? ORDER BY number DESC LIMIT 1"
_WATCH = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"


class TooLarge(UserError):
    """The base does not fit in the memory of this computer; nothing was changed."""


def vector_now(connection: sqlite3.Connection) -> dict[int, int]:
    """How far the journal of each installation goes."""
    return {
        base: int(connection.execute(_LAST_NUMBER, (base,)).fetchone()[0])
        for base in _installations(connection)
    }


def vector_on(connection: sqlite3.Connection, moment: datetime) -> dict[int, int]:
    """How far the journal of each installation went at an instant (with its time zone)."""
    # The clock counts whole milliseconds, then the lines written within one.
    latest = ((int(moment.timestamp() * 1000) + 1) << LOGICAL_BITS) - 1
    found = {
        base: connection.execute(_NUMBER_ON, (base, latest)).fetchone()
        for base in _installations(connection)
    }
    return {base: int(row[0]) for base, row in found.items() if row}


def end_of_day(day: date, zone: tzinfo | None = None) -> datetime:
    """The last millisecond of a day in ``zone`` (None: that of the computer)."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    local = midnight.replace(tzinfo=zone) if zone is not None else midnight.astimezone()
    return local - timedelta(milliseconds=1)


def known_on(
    connection: sqlite3.Connection, moment: datetime
) -> "contextlib.AbstractContextManager[sqlite3.Connection]":
    """``known_at`` for an instant (with its time zone)."""
    return known_at(connection, vector_on(connection, moment))


@contextmanager
def known_at(connection: sqlite3.Connection, vector: Vector) -> Iterator[sqlite3.Connection]:
    """A base in memory, that nothing can change, holding what ``connection`` said at a vector.

    Every reading runs on it as on a base; its journal ends there too. Two things are left out, as
    no figure reads them: the words of the search, and which lines were heads. Interrupting
    ``connection`` stops the replay, and what is then read from it.
    Raises TooLarge.
    """
    with (
        closing(sqlite3.connect(
            ":memory:", isolation_level=None, check_same_thread=False, factory=BaseConnection
        )) as past,
        closing(connection.execute(_WATCH)) as watch,
    ):  # fmt: skip
        # An interruption reaches the statements that run: this one does as long as we work.
        past.set_progress_handler(lambda: _interrupted(watch), _STEPS_BETWEEN_LOOKS)
        try:
            connection.backup(past, pages=_SLICE_PAGES, progress=lambda *_: next(watch))
            _rewind(past, vector)
        except MemoryError:
            raise TooLarge(
                "La base est trop grande pour être rejouée dans la mémoire de cet ordinateur : "
                "rien n'a été calculé ni modifié. Fermez d'autres logiciels, puis recommencez."
            ) from None
        Door(past)
        yield past


def _installations(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in connection.execute(_INSTALLATIONS)]


def _interrupted(watch: sqlite3.Cursor) -> bool:
    try:
        next(watch)
    except sqlite3.OperationalError:
        return True
    return False


def _rewind(past: sqlite3.Connection, vector: Vector) -> None:
    """Forget the lines written after ``vector``; project again the rows that they touched."""
    past.execute("PRAGMA secure_delete = OFF")
    words = past.execute("SELECT sql FROM sqlite_master WHERE name = 'search'").fetchone()[0]
    past.execute("BEGIN")
    past.execute("DROP TABLE search")
    past.execute(words)
    past.execute(
        "CREATE TEMP TABLE touched (entity TEXT, row TEXT, PRIMARY KEY (entity, row)) WITHOUT ROWID"
    )
    for base in _installations(past):
        later = (base, vector.get(base, 0))
        past.execute(
            "INSERT OR IGNORE INTO touched SELECT entity, row FROM journal "
            "WHERE base = ? AND number > ?",
            later,
        )
        past.execute("DELETE FROM journal WHERE base = ? AND number > ?", later)
    found = {row[0] for row in past.execute("SELECT DISTINCT entity FROM touched")}
    for entity in JOURNALLED_NAMES:
        if entity in found:
            projection.project_rows(past, entity)
    past.execute("COMMIT")
    past.execute("DROP TABLE touched")
