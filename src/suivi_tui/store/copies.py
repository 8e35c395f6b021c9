"""What makes a copy of a base a backup: one plain file, on the disk, verified by opening it."""

import os
import sqlite3
from pathlib import Path

from suivi_tui.store.engine import connect_read_only
from suivi_tui.store.faults import no_room
from suivi_tui.store.integrity import findings
from suivi_tui.store.reading_copy import megabytes
from suivi_tui.vocabulary.errors import UserError

# What makes a copy worthless; hours or links that do not add up are the base's own, kept as is.
_WORTHLESS = frozenset({"fichier", "historique", "numeros"})


class BackupFailed(UserError):
    """The copy could not be made or does not verify; the base itself is untouched."""


def settle(copy: Path) -> None:
    """Make a copy one plain file, on the disk, that numbers no line under the identity of the
    base it comes from, even when it is put back by hand (reliability.md 3.5)."""
    connection = sqlite3.connect(copy, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=DELETE").fetchall()
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("DELETE FROM local_setting WHERE key = 'fingerprint'")
    finally:
        connection.close()
    descriptor = os.open(copy, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def verified_lines(path: Path, *, complete: bool) -> int:
    """How many journal lines a copy holds; BackupFailed when it is not sound."""
    copy = connect_read_only(path)
    try:
        for finding in findings(copy, complete=complete):
            if finding.control in _WORTHLESS:
                raise BackupFailed(
                    f"La copie n'est pas saine : elle n'a pas été mise en place. Ce qui ne va pas "
                    f": {finding.message}"
                )
        return journal_lines(copy)
    finally:
        copy.close()


def journal_lines(connection: sqlite3.Connection) -> int:
    """How many lines the journal holds."""
    return int(connection.execute("SELECT count(*) FROM journal").fetchone()[0])


def room_advice(error: BaseException, source: Path) -> str:
    """What to do when a copy of ``source`` could not be written."""
    if no_room(error):
        return f"Libérez au moins {megabytes(source)} Mo, puis recommencez."
    return "Choisissez un autre dossier, ou vérifiez le disque."
