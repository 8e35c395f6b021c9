"""A private copy of a base that cannot be written, so that neither it nor its folder is touched."""

import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import NamedTuple

from suivi_tui.store.engine import BaseRefused, connect, connect_read_only, private_file
from suivi_tui.store.faults import no_room

_ATTEMPTS = 3


class ReadingCopy(NamedTuple):
    """The connection to the copy, and the directory to remove once it is closed."""

    connection: sqlite3.Connection
    directory: Path


def log_of(path: Path) -> Path:
    """The write-ahead log that SQLite keeps beside a database."""
    return Path(f"{path}-wal")


def copy_for_reading(path: Path) -> ReadingCopy:
    """Copy the file and its log, and open the copy.

    Raises BaseRefused when there is no room, or when the base keeps changing meanwhile; OSError
    or sqlite3.Error when it cannot be read.
    """
    directory = Path(tempfile.mkdtemp(prefix="suivi-lecture-"))
    try:
        copy = directory / path.name
        copy_with_log(path, copy)
        connection = connect_read_only(copy)
    except OSError as error:
        shutil.rmtree(directory, ignore_errors=True)
        if no_room(error):
            raise BaseRefused(
                f"Il n'y a pas assez de place pour lire une copie de {path} : rien n'a été "
                f"modifié. Libérez au moins {megabytes(path)} Mo, puis recommencez."
            ) from None
        raise
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise
    return ReadingCopy(connection, directory)


def copy_with_log(source: Path, target: Path) -> None:
    """Copy a database and what its log holds into one file, without touching ``source``.

    Raises BaseRefused when another program writes ``source`` meanwhile.
    """
    for _ in range(_ATTEMPTS):
        before = _state(source)
        shutil.copyfile(source, target)
        log_of(target).unlink(missing_ok=True)
        if _has_log(source):
            private_file(log_of(target))
            shutil.copyfile(log_of(source), log_of(target))
        if _state(source) == before:
            break
    else:
        raise BaseRefused(
            f"La base {source} est en train de changer : rien n'a été modifié. Fermez l'autre "
            "fenêtre de suivi-tui, puis recommencez."
        )
    if _has_log(target):
        merged = connect(target)
        try:
            merged.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            merged.close()


def megabytes(path: Path) -> int:
    """The size of a file and its log, in whole megabytes, never 0."""
    parts = (part for part in (path, log_of(path)) if part.exists())
    return sum(part.stat().st_size for part in parts) // 1_000_000 + 1


def _has_log(path: Path) -> bool:
    log = log_of(path)
    return log.exists() and log.stat().st_size > 0


def _state(path: Path) -> list[tuple[int, int]]:
    parts = (part for part in (path, log_of(path)) if part.exists())
    return [(part.stat().st_mtime_ns, part.stat().st_size) for part in parts]
