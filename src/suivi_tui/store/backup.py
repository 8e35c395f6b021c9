"""Copies of the base: made by SQLite's own API, verified by opening them, then put in place."""

import contextlib
import hashlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from suivi_tui import paths
from suivi_tui.store.copies import BackupFailed as BackupFailed
from suivi_tui.store.copies import journal_lines, room_advice, settle, verified_lines
from suivi_tui.store.engine import private_file, sync_directory
from suivi_tui.store.faults import cause_of
from suivi_tui.store.restoring import restore as restore

if TYPE_CHECKING:
    from suivi_tui.store.base import Base

_STAMP = "%Y%m%d-%H%M%S"


class Backup(NamedTuple):
    """A verified copy."""

    path: Path
    lines: int
    sha256: str


def back_up(base: "Base", target: Path | None = None, *, complete: bool = True) -> Backup:
    """Copy the open base to ``target`` (by default beside it), verify the copy, then name it.

    ``complete`` also compares the copy's tables with its journal. A file that exists is never
    replaced. Raises BackupFailed; no half-made file is left.
    """
    target = target or _automatic_target(base)
    partial = target.with_name(target.name + ".partiel")
    try:
        if target.exists() or target.is_symlink():
            raise BackupFailed(
                f"{target} existe déjà : la sauvegarde n'a pas été faite, rien n'a été remplacé. "
                "Indiquez un nouveau fichier."
            )
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial.unlink(missing_ok=True)
        private_file(partial)
        _copy(base.connection, partial)
        lines = verified_lines(partial, complete=complete)
        digest = _sha256(partial)
        partial.rename(target)
        sync_directory(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(
            f"La sauvegarde n'a pas pu être écrite dans {target.parent} ({cause_of(error)}) : "
            f"votre base est intacte. {room_advice(error, base.path)}"
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
    lines = journal_lines(base.connection)
    last = base.connection.execute("SELECT max(lines) FROM backup_log").fetchone()[0] or 0
    if lines <= last:
        return None
    made = back_up(base, complete=False)
    thin(made.path.parent, base.now(), keep=made.path)
    return made


def thin(directory: Path, now: datetime, *, keep: Path) -> list[Path]:
    """Remove the old automatic backups of the base that ``keep`` is a backup of: all of today
    stay, then one a day for 7 days, one a week for 4 weeks, one a month for 6 months; never
    ``keep``, the last verified one, nor a file of another name. Returns what was removed."""
    removed = []
    seen: set[str] = set()
    stem = keep.stem[: -len(_stamp_of(now))]
    for path in sorted(directory.glob("*.db"), reverse=True):
        try:
            made = datetime.strptime(path.stem.removeprefix(stem), _STAMP).replace(tzinfo=UTC)
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


def _stamp_of(moment: datetime) -> str:
    return moment.strftime(_STAMP)


def _automatic_target(base: "Base") -> Path:
    directory = paths.backup_directory(base.path)
    moment = base.now()
    while True:
        target = directory / f"{base.path.stem}-{_stamp_of(moment)}.db"
        if not target.exists():
            return target
        # Two in one second: the name of the second one says the next second.
        moment += timedelta(seconds=1)


def _copy(source: sqlite3.Connection, partial: Path) -> None:
    copy = sqlite3.connect(partial, isolation_level=None)
    try:
        source.backup(copy)
    finally:
        copy.close()
    settle(partial)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _log(base: "Base", path: Path, lines: int, digest: str) -> None:
    if base.read_only:
        return
    moment = base.now().isoformat(timespec="seconds")
    with contextlib.suppress(sqlite3.Error):
        base.connection.execute(
            "INSERT INTO backup_log (path, made_at, lines, sha256) VALUES (?, ?, ?, ?)",
            (str(path), moment, lines, digest),
        )
