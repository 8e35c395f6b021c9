"""An open base: one file, one connection, one process."""

import contextlib
import hashlib
import os
import platform
import secrets
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from suivi_tui.store import projection
from suivi_tui.store.door import Door
from suivi_tui.store.engine import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    BaseRefused,
    check_runtime,
    connect,
    connect_read_only,
    inspect_file,
    private_file,
)
from suivi_tui.store.tsid import TsidSource
from suivi_tui.vocabulary.errors import UserError

DEFAULT_AUTHOR = "Facilitateur"


class BaseMoved(UserError):
    """The file was moved, replaced or deleted while it was open."""


def wall_clock() -> int:
    """The clock of this computer, in milliseconds."""
    return time.time_ns() // 1_000_000


class Base:
    """One open base. Reads go through ``connection``; writes through ``store.journal`` alone."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        read_only: bool = False,
        clock: Callable[[], int] = wall_clock,
        random_bits: Callable[[int], int] = secrets.randbits,
        temporary: Path | None = None,
    ) -> None:
        self.path = path
        self.connection = connection
        self.read_only = read_only
        self.clock = clock
        self.new_id = TsidSource(clock, random_bits)
        self.door = Door(connection)
        if not read_only:
            projection.prepare(connection)
        self._temporary = temporary
        self._file = _identity_of(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def setting(self, key: str) -> str | None:
        """A local setting of this installation for this base."""
        row = self.connection.execute(
            "SELECT value FROM local_setting WHERE key = ?", (key,)
        ).fetchone()
        return row[0] if row else None

    def set_setting(self, key: str, value: str) -> None:
        """Keep a local setting; never journalled, never merged."""
        if not self.read_only:
            self.connection.execute(
                "INSERT INTO local_setting (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )

    def require_writable(self) -> None:
        """Refuse a write that would go nowhere: read-only base, or file moved under us."""
        if self.read_only:
            raise BaseRefused(
                "La base est ouverte en lecture seule : rien n'a été modifié. Copiez-la dans un "
                "dossier où vous pouvez écrire."
            )
        if _identity_of(self.path) != self._file:
            raise BaseMoved(
                f"Le fichier {self.path} a été déplacé ou remplacé pendant le travail : cette "
                "saisie n'est pas enregistrée, ce qui l'était reste dans le fichier déplacé. "
                "Remettez-le à sa place ou enregistrez une copie ailleurs."
            )

    def fingerprint(self) -> str:
        """Where this base lives: a changed path or machine renews its identity."""
        place = f"{self.path.resolve()}|{platform.node()}"
        return hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file; done when idle and at closing."""
        if not self.read_only:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file and leave nothing beside it."""
        self.checkpoint()
        self.connection.close()
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)
        elif not self.read_only:
            _holder_file(self.path).unlink(missing_ok=True)


def _identity_of(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_dev


def _holder_file(path: Path) -> Path:
    return path.with_name(path.name + ".verrou")


def open_base(
    path: Path,
    *,
    read_only: bool = False,
    clock: Callable[[], int] = wall_clock,
    random_bits: Callable[[int], int] = secrets.randbits,
) -> Base:
    """Open an existing base, in read-only mode by itself where it cannot be written.

    Raises BaseRefused with the cause: missing, foreign, newer, damaged, or already open.
    """
    check_runtime()
    inspect_file(path)
    if read_only or not writable(path):
        return _open_copy(path, clock)
    try:
        connection = connect(path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise BaseRefused(_already_open(path)) from None
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            return _open_copy(path, clock)
        raise BaseRefused(_damaged(path)) from None
    except sqlite3.DatabaseError:
        raise BaseRefused(_damaged(path)) from None
    _restrict_rights(path)
    _announce_holder(path)
    return Base(path, connection, clock=clock, random_bits=random_bits)


def writable(path: Path) -> bool:
    """Whether SQLite could write the file and its log beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def create_base(
    path: Path,
    *,
    author: str = DEFAULT_AUTHOR,
    structure: str = "",
    clock: Callable[[], int] = wall_clock,
    random_bits: Callable[[int], int] = secrets.randbits,
) -> Base:
    """Make a new base; a file that exists is never overwritten."""
    from suivi_tui.store.birth import fill_new_base

    check_runtime()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        private_file(path)
    except FileExistsError:
        raise BaseRefused(
            f"Un fichier existe déjà à {path} : il n'a pas été modifié. Choisissez un autre nom."
        ) from None
    except OSError as error:
        raise BaseRefused(
            f"La base n'a pas pu être créée dans {path.parent} ({error.strerror}) : rien n'a été "
            "écrit. Choisissez un dossier où vous pouvez écrire."
        ) from None
    try:
        connection = connect(path)
        base = Base(path, connection, clock=clock, random_bits=random_bits)
        fill_new_base(base, APPLICATION_ID, SCHEMA_VERSION, author, structure)
    except BaseException:
        for leftover in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            leftover.unlink(missing_ok=True)
        raise
    _announce_holder(path)
    return base


def _open_copy(path: Path, clock: Callable[[], int]) -> Base:
    """A read-only view: a private copy, so that neither the file nor its folder is touched."""
    directory = Path(tempfile.mkdtemp(prefix="suivi-lecture-"))
    copy = directory / path.name
    try:
        shutil.copyfile(path, copy)
        log = Path(f"{path}-wal")
        if log.exists() and log.stat().st_size:
            shutil.copyfile(log, f"{copy}-wal")
            merged = connect(copy)
            merged.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            merged.close()
        connection = connect_read_only(copy)
        connection.execute("SELECT count(*) FROM local_setting")
    except (OSError, sqlite3.Error):
        shutil.rmtree(directory, ignore_errors=True)
        raise BaseRefused(_damaged(path)) from None
    return Base(path, connection, read_only=True, clock=clock, temporary=directory)


def _already_open(path: Path) -> str:
    try:
        holder = f" (processus {int(_holder_file(path).read_text().strip())})"
    except (OSError, ValueError):
        holder = ""
    return (
        f"La base {path} est déjà ouverte par suivi-tui{holder} : rien n'a été modifié. Fermez "
        "l'autre fenêtre, puis recommencez."
    )


def _damaged(path: Path) -> str:
    return (
        f"La base {path} est endommagée ou illisible : elle n'a pas été modifiée. Restaurez la "
        "dernière sauvegarde avec « suivi-tui restaurer »."
    )


def _announce_holder(path: Path) -> None:
    # Only for the message of a second instance: the lock of SQLite decides.
    with contextlib.suppress(OSError):
        _holder_file(path).write_text(str(os.getpid()), encoding="ascii")


def _restrict_rights(path: Path) -> None:
    if os.name == "posix":
        with contextlib.suppress(OSError):
            path.chmod(0o600)
