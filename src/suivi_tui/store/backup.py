"""Copies of the base: made by SQLite's own API, verified by opening them, then put in place."""

import contextlib
import hashlib
import os
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from suivi_tui import paths
from suivi_tui.store.engine import connect_read_only, inspect_file, private_file
from suivi_tui.store.integrity import findings
from suivi_tui.vocabulary.errors import UserError

if TYPE_CHECKING:
    from suivi_tui.store.base import Base

_STAMP = "%Y%m%d-%H%M%S"


class BackupFailed(UserError):
    """The copy could not be made or does not verify; the base itself is untouched."""


class Backup(NamedTuple):
    """A verified copy."""

    path: Path
    lines: int
    sha256: str


def back_up(base: "Base", target: Path | None = None, *, complete: bool = True) -> Backup:
    """Copy the open base to ``target`` (by default beside it), verify the copy, then name it.

    ``complete`` also compares the copy's tables with its journal.
    Raises BackupFailed; no half-made file is left.
    """
    target = target or _automatic_target(base)
    if target.is_symlink() or target.is_dir():
        raise BackupFailed(
            f"{target} ne peut pas recevoir une sauvegarde : rien n'a été écrit. Indiquez un "
            "nouveau fichier."
        )
    partial = target.with_name(target.name + ".partiel")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial.unlink(missing_ok=True)
        private_file(partial)
        _copy(base.connection, partial)
        lines = _verify(partial, complete)
        digest = _sha256(partial)
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(
            f"La sauvegarde n'a pas pu être écrite dans {target.parent} : votre base est intacte. "
            f"Vérifiez la place libre sur le disque ({type(error).__name__})."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    _log(base, target, lines, digest)
    return Backup(target, lines, digest)


def back_up_if_grown(base: "Base") -> Backup | None:
    """The automatic backup at closing and after an import: only if the journal grew since."""
    if base.read_only:
        return None
    lines = _journal_lines(base.connection)
    last = base.connection.execute("SELECT max(lines) FROM backup_log").fetchone()[0] or 0
    if lines <= last:
        return None
    made = back_up(base, complete=False)
    thin(made.path.parent, datetime.fromtimestamp(base.clock() / 1000, UTC), keep=made.path)
    return made


def restore(source: Path, target: Path) -> Path | None:
    """Put a verified copy of ``source`` in place of ``target``; the replaced base is kept aside.

    Returns where the replaced base was put, or None when there was none. The restored base takes
    a new identity at its next write, so that no line number is ever given twice.
    Raises BaseRefused or BackupFailed, ``target`` being then untouched.
    """
    inspect_file(source)
    partial = target.with_name(target.name + ".partiel")
    aside: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial.unlink(missing_ok=True)
        private_file(partial)
        shutil.copyfile(source, partial)
        _verify(partial, complete=True)
        _forget_identity(partial)
        if target.exists():
            aside = _aside(target)
            # A log is never separated from its database.
            for suffix in ("-wal", ""):
                part = Path(f"{target}{suffix}")
                if part.exists():
                    part.replace(f"{aside}{suffix}")
        partial.replace(target)
    except (OSError, sqlite3.Error):
        raise BackupFailed(
            f"La sauvegarde {source} n'a pas pu être restaurée : la base actuelle est intacte. "
            "Vérifiez la place libre, ou essayez une autre sauvegarde."
        ) from None
    finally:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{partial}{suffix}").unlink(missing_ok=True)
    return aside


def thin(directory: Path, now: datetime, *, keep: Path) -> list[Path]:
    """Remove the old automatic backups: all of today stay, then one a day for 7 days, one a week
    for 4 weeks, one a month for 6 months; never ``keep``, the last verified one."""
    removed = []
    seen: set[str] = set()
    for path in sorted(directory.glob("*.db"), reverse=True):
        try:
            made = datetime.strptime(path.stem[-15:], _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        slot = _slot(now - made, made)
        if path == keep or (slot is not None and slot not in seen):
            seen.add(slot or path.name)
            continue
        with contextlib.suppress(OSError):
            path.unlink()
            removed.append(path)
    return removed


def _slot(age: timedelta, made: datetime) -> str | None:
    if age < timedelta(days=1):
        return made.isoformat()
    if age < timedelta(days=8):
        return made.strftime("jour %Y-%m-%d")
    if age < timedelta(days=36):
        return made.strftime("semaine %G-%V")
    if age < timedelta(days=220):
        return made.strftime("mois %Y-%m")
    return None


def _automatic_target(base: "Base") -> Path:
    moment = datetime.fromtimestamp(base.clock() / 1000, UTC)
    return paths.backup_directory(base.path) / f"{base.path.stem}-{moment.strftime(_STAMP)}.db"


def _copy(source: sqlite3.Connection, partial: Path) -> None:
    copy = sqlite3.connect(partial, isolation_level=None)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA synchronous=FULL")
    finally:
        copy.close()
    descriptor = os.open(partial, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _verify(path: Path, complete: bool) -> int:
    """How many journal lines the copy holds; BackupFailed when it is not sound."""
    copy = connect_read_only(path)
    try:
        found = findings(copy, complete=complete)
        if found:
            raise BackupFailed(
                f"La copie n'est pas saine ({found[0].message}) : elle n'a pas été mise en place. "
                "Lancez « suivi-tui verifier » sur votre base."
            )
        return _journal_lines(copy)
    finally:
        copy.close()


def _journal_lines(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM journal").fetchone()[0])


def _forget_identity(path: Path) -> None:
    copy = sqlite3.connect(path, isolation_level=None)
    try:
        copy.execute("DELETE FROM local_setting WHERE key = 'fingerprint'")
    finally:
        copy.close()


def _aside(target: Path) -> Path:
    moment = datetime.now(UTC).strftime(_STAMP)
    return target.with_name(f"{target.stem}-avant-restauration-{moment}{target.suffix}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _log(base: "Base", path: Path, lines: int, digest: str) -> None:
    if base.read_only:
        return
    moment = datetime.fromtimestamp(base.clock() / 1000, UTC).isoformat(timespec="seconds")
    with contextlib.suppress(sqlite3.Error):
        base.connection.execute(
            "INSERT INTO backup_log (path, made_at, lines, sha256) VALUES (?, ?, ?, ?)",
            (str(path), moment, lines, digest),
        )
