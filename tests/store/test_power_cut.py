"""Power cuts: what was acknowledged is there, whatever the disk had not yet written.

A recording file system (apsw) plays the recipe of the store and notes every write and every
sync. A crash image keeps what was synced and drops, keeps or tears at random what was not, 512
bytes at a time; the real library then opens it (reliability.md 1.2).
"""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from suivi_tui.store.engine import RECIPE, connect

apsw = pytest.importorskip("apsw", reason="apsw, of the development tools, is not installed")
SECTOR = 512


class Event(NamedTuple):
    """What the disk was asked, or ("saved", number) when a commit was acknowledged."""

    kind: str
    file: str
    offset: int
    data: bytes


class Disk:
    """The order of all that SQLite asked of the files of one database."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def note(self, kind: str, file: str, offset: int = 0, data: bytes = b"") -> None:
        self.events.append(Event(kind, file, offset, data))


@contextmanager
def recording(disk: Disk) -> Iterator[str]:
    """The name of a file system that notes what it is asked in ``disk``."""

    class RecordingFile(apsw.VFSFile):
        def __init__(self, name: Any, flags: Any) -> None:
            self.file = Path(str(name.filename() if hasattr(name, "filename") else name)).name
            super().__init__("", name, flags)

        def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - a name of SQLite
            disk.note("write", self.file, offset, bytes(data))
            super().xWrite(data, offset)

        def xTruncate(self, size: int) -> None:  # noqa: N802 - a name of SQLite
            disk.note("truncate", self.file, size)
            super().xTruncate(size)

        def xSync(self, flags: int) -> None:  # noqa: N802 - a name of SQLite
            disk.note("sync", self.file)
            super().xSync(flags)

    class RecordingSystem(apsw.VFS):
        def __init__(self) -> None:
            super().__init__("recording", "")

        def xOpen(self, name: Any, flags: Any) -> Any:  # noqa: N802 - a name of SQLite
            return RecordingFile(name, flags)

        def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802 - a name of SQLite
            disk.note("delete", Path(name).name)
            super().xDelete(name, sync)

    system = RecordingSystem()
    try:
        yield "recording"
    finally:
        system.unregister()


COMMITS = 40


def work(folder: Path, recipe: tuple[str, ...]) -> Disk:
    """Commits that each write two tables, with a checkpoint now and then, as when idle."""
    disk = Disk()
    with recording(disk) as system:
        connection = apsw.Connection(str(folder / "b.db"), vfs=system)
        for pragma in recipe:
            list(connection.execute(f"PRAGMA {pragma}"))
        connection.execute("CREATE TABLE line (number INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("CREATE TABLE total (id INTEGER PRIMARY KEY, number INTEGER)")
        connection.execute("INSERT INTO total VALUES (1, 0)")
        disk.note("saved", "", 0)
        for number in range(1, COMMITS + 1):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO line VALUES (?, ?)", (number, "x" * 900))
            connection.execute("UPDATE total SET number = ?", (number,))
            connection.execute("COMMIT")
            disk.note("saved", "", number)
            if number % 9 == 0:
                list(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)"))
        connection.close()
    return disk


def crash_image(disk: Disk, upto: int, chance: random.Random) -> tuple[dict[str, bytes], int]:
    """The files as a cut after ``upto`` events may leave them, and the last commit acknowledged."""
    safe: dict[str, bytearray] = {}
    waiting: dict[str, list[Event]] = {}
    saved = -1
    for event in disk.events[:upto]:
        if event.kind == "saved":
            saved = event.offset
        elif event.kind == "sync":
            for late in waiting.pop(event.file, []):
                _apply(safe, late)
        elif event.kind == "delete":
            # Names are kept in order by the journal of the file system.
            waiting.pop(event.file, None)
            safe.pop(event.file, None)
        else:
            waiting.setdefault(event.file, []).append(event)
            safe.setdefault(event.file, bytearray())
    for events in waiting.values():
        for event in events:
            if event.kind == "truncate":
                if chance.random() < 0.5:
                    _apply(safe, event)
                continue
            for start in range(0, len(event.data), SECTOR):
                if chance.random() < 0.5:
                    piece = event.data[start : start + SECTOR]
                    _apply(safe, event._replace(offset=event.offset + start, data=piece))
    return {name: bytes(content) for name, content in safe.items()}, saved


def _apply(files: dict[str, bytearray], event: Event) -> None:
    content = files.setdefault(event.file, bytearray())
    if event.kind == "truncate":
        del content[event.offset :]
        return
    end = event.offset + len(event.data)
    if len(content) < end:
        content.extend(b"\0" * (end - len(content)))
    content[event.offset : end] = event.data


class Outcome(NamedTuple):
    images: int
    lost: int
    corrupt: int


def images(disk: Disk, folder: Path, count: int, seed: int) -> Outcome:
    """Open ``count`` crash images with the library that the store uses."""
    chance = random.Random(seed)
    first = next(i for i, event in enumerate(disk.events) if event.kind == "saved") + 1
    lost = corrupt = 0
    for number in range(count):
        place = folder / f"{number}"
        place.mkdir()
        files, saved = crash_image(disk, chance.randrange(first, len(disk.events) + 1), chance)
        for name, content in files.items():
            (place / name).write_bytes(content)
        try:
            connection = connect(place / "b.db")
        except sqlite3.Error:
            lost, corrupt = lost + 1, corrupt + 1
            continue
        try:
            kept = connection.execute("SELECT coalesce(max(number), 0) FROM line").fetchone()[0]
            rows = connection.execute("SELECT count(*) FROM line").fetchone()[0]
            total = connection.execute("SELECT number FROM total").fetchone()[0]
            check = connection.execute("PRAGMA integrity_check").fetchall()
            lost += kept < saved
            corrupt += not (check == [("ok",)] and rows == kept == total)
        except (sqlite3.Error, TypeError) as error:
            lost += 1
            # A base as it was before its first table is old, not damaged.
            corrupt += "no such table" not in str(error)
        finally:
            connection.close()
    return Outcome(count, lost, corrupt)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    disk = work(tmp_path, RECIPE)
    assert {event.file for event in disk.events if event.kind == "sync"} >= {"b.db", "b.db-wal"}
    assert images(disk, tmp_path, 200, seed) == (200, 0, 0)


@pytest.mark.parametrize(("level", "corrupt"), [("NORMAL", False), ("OFF", True)])
def test_the_same_cuts_do_lose_saves_with_a_weaker_recipe(
    tmp_path: Path, level: str, corrupt: bool
) -> None:
    """The control: this very test finds losses as soon as the recipe is weaker."""
    weaker = tuple(
        f"synchronous={level}" if pragma.startswith("synchronous") else pragma for pragma in RECIPE
    )
    assert weaker != RECIPE
    outcome = images(work(tmp_path, weaker), tmp_path, 100, 1)
    assert outcome.lost > 20
    assert (outcome.corrupt > 0) == corrupt
