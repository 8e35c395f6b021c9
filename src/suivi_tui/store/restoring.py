"""Putting a backup in place of a base; what was there before is kept aside, never removed."""

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from suivi_tui.store.copies import BackupFailed, room_advice, settle, verified_lines
from suivi_tui.store.engine import (
    BaseRefused,
    connect,
    inspect_file,
    private_file,
    sync_directory,
)
from suivi_tui.store.faults import cause_of, error_code
from suivi_tui.store.holding import already_open, refuse_if_held_here
from suivi_tui.store.reading_copy import copy_with_log, log_of


def restore(source: Path, target: Path) -> Path | None:
    """Put a verified copy of ``source`` in place of ``target``; the replaced base is kept aside.

    Returns where the replaced base was put, or None when there was none. The restored base takes
    a new identity at its next write, so that no line number is ever given twice.
    Raises BaseRefused (among others when ``target`` is open) or BackupFailed, ``target`` being
    then untouched.
    """
    refuse_if_held_here(source)
    refuse_if_held_here(target)
    inspect_file(source)
    if target.is_dir():
        raise BaseRefused(
            f"{target} est un dossier, pas une base : rien n'a été modifié. Indiquez un fichier."
        )
    target = target.resolve()
    partial = target.with_name(target.name + ".partiel")
    try:
        _require_free(target)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial.unlink(missing_ok=True)
        private_file(partial)
        copy_with_log(source, partial)
        settle(partial)
        verified_lines(partial, complete=True)
        return _exchange(partial, target)
    except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
        raise BackupFailed(
            f"La sauvegarde {source} n'a pas pu être restaurée ({cause_of(error)}) : la base "
            f"actuelle est intacte. {room_advice(error, source)}"
        ) from None
    finally:
        for suffix in ("", "-wal", "-journal"):
            with contextlib.suppress(OSError):
                Path(f"{partial}{suffix}").unlink(missing_ok=True)


def _require_free(target: Path) -> None:
    """Refuse to replace a base that is in use; its log is brought into it on the way."""
    if not target.exists():
        return
    try:
        connect(target).close()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if error_code(error) == sqlite3.SQLITE_BUSY:
            raise BaseRefused(already_open(target)) from None
        # A damaged base is what one restores over.


def _exchange(partial: Path, target: Path) -> Path | None:
    """Move what is in place aside, its log first so that it never meets another database, then
    name the new one; all is put back when a step fails."""
    aside = _aside(target)
    moved: list[tuple[Path, Path]] = []
    replaced = target.exists()
    try:
        for old, new in ((log_of(target), log_of(aside)), (target, aside)):
            if old.exists():
                old.rename(new)
                moved.append((old, new))
        partial.rename(target)
    except OSError:
        for old, new in reversed(moved):
            new.rename(old)
        raise
    sync_directory(target.parent)
    return aside if replaced else None


def _aside(target: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    number = 1
    while True:
        mark = "" if number == 1 else f"-{number}"
        aside = target.with_name(f"{target.stem}-avant-restauration-{stamp}{mark}{target.suffix}")
        if not aside.exists() and not log_of(aside).exists():
            return aside
        number += 1
