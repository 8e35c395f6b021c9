"""An open base: one file, one connection, one process."""

import contextlib
import os
import platform
import shutil
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from suivi_tui.store import projection
from suivi_tui.store.clock import latest_moment
from suivi_tui.store.door import Door
from suivi_tui.store.engine import (
    SCHEMA_VERSION,
    BaseRefused,
    check_runtime,
    connect,
    connect_read_only,
    format_of,
    inspect_file,
    private_file,
    refuse_newer,
    sync_directory,
)
from suivi_tui.store.faults import ROOM_MB, cause_of, error_code, explain, no_room
from suivi_tui.store.holding import Hold, already_open, refuse_if_held_here
from suivi_tui.store.reading_copy import copy_for_reading
from suivi_tui.store.tables import required_tables
from suivi_tui.store.tsid import LATEST_MS, TsidSource
from suivi_tui.vocabulary.errors import UserError

DEFAULT_AUTHOR = "Facilitateur"


class BaseMoved(UserError):
    """The file was moved, replaced or deleted while it was open."""


def wall_clock() -> int:
    """The clock of this computer, in milliseconds."""
    return time.time_ns() // 1_000_000


def system_bits(count: int) -> int:
    """So many random bits of the system, 64 at most."""
    return int.from_bytes(os.urandom(8)) >> (64 - count)


def _bounded(clock: Callable[[], int]) -> Callable[[], int]:
    """A clock between 1970 and 2089: what a broken one says beyond cannot be written."""
    return lambda: min(max(clock(), 0), LATEST_MS)


class Base:
    """One open base. Reads go through ``connection``; writes through ``store.journal`` alone."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        read_only: bool = False,
        clock: Callable[[], int] = wall_clock,
        random_bits: Callable[[int], int] = system_bits,
        temporary: Path | None = None,
    ) -> None:
        self.path = path
        self.connection = connection
        self.read_only = read_only
        self.clock = _bounded(clock)
        self.new_id = TsidSource(self.clock, random_bits, latest_moment(connection))
        if not read_only:
            projection.prepare(connection)
        self.door = Door(connection)
        self._temporary = temporary
        self._hold = None if read_only else Hold(path)
        self._trusted = True
        self._open = True

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
            try:
                self.connection.execute(
                    "INSERT INTO local_setting (key, value) VALUES (?, ?) "
                    "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    (key, value),
                )
            except sqlite3.Error as error:
                raise explain(error) from None

    def now(self) -> datetime:
        """The date and time of this computer, in universal time, whatever its clock says."""
        return datetime.fromtimestamp(self.clock() // 1000, UTC)

    def stop_trusting(self) -> None:
        """Write nothing more: the disk failed, the file must be opened and checked again."""
        self._trusted = False

    def require_writable(self) -> None:
        """Refuse a write that would go nowhere: read-only base, failed disk, file moved under us.

        Raises BaseRefused or BaseMoved.
        """
        if self.read_only:
            raise BaseRefused(
                "La base est ouverte en lecture seule : rien n'a été modifié. Copiez-la dans un "
                "dossier où vous pouvez écrire."
            )
        if not self._trusted:
            raise BaseRefused(
                "Le disque a échoué pendant une écriture : cette saisie n'est pas enregistrée, ce "
                "qui l'était est intact. Fermez suivi-tui, vérifiez le disque, puis rouvrez."
            )
        if self._hold is not None and self._hold.moved():
            raise BaseMoved(
                f"Le fichier {self.path} a été déplacé ou remplacé pendant le travail : cette "
                "saisie n'est pas enregistrée, ce qui l'était reste dans le fichier déplacé. "
                "Remettez-le à sa place ou enregistrez une copie ailleurs."
            )

    def fingerprint(self) -> str:
        """Where this base lives: a changed path or machine renews its identity."""
        return fingerprint_of(self.path)

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file; done when idle and at closing."""
        if not self.read_only:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file and leave nothing beside it."""
        if not self._open:
            return
        self._open = False
        self.checkpoint()
        self.connection.close()
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)
        if self._hold is not None:
            self._hold.let_go()


def fingerprint_of(path: Path) -> str:
    """A mark of a place on a machine, which says nothing of either."""
    import hashlib

    place = f"{path.resolve()}|{platform.node()}"
    return hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def open_base(
    path: Path,
    *,
    read_only: bool = False,
    clock: Callable[[], int] = wall_clock,
    random_bits: Callable[[int], int] = system_bits,
) -> Base:
    """Open an existing base, in read-only mode by itself where it cannot be written.

    Raises BaseRefused with the cause: missing, foreign, newer, damaged, or already open.
    """
    check_runtime()
    refuse_if_held_here(path)
    inspect_file(path)
    # The log lies beside the file itself, not beside a link to it.
    path = path.resolve()
    if read_only or not writable(path):
        return _open_copy(path, clock)
    try:
        connection = connect(path)
    except sqlite3.Error as error:
        if error_code(error) == sqlite3.SQLITE_BUSY:
            raise BaseRefused(already_open(path)) from None
        if error_code(error) in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            return _open_copy(path, clock)
        if no_room(error):
            raise BaseRefused(_no_room(path)) from None
        raise BaseRefused(_damaged(path)) from None
    except UnicodeDecodeError:
        raise BaseRefused(_damaged(path)) from None
    base = _checked(
        path, connection, lambda: Base(path, connection, clock=clock, random_bits=random_bits)
    )
    _restrict_rights(path)
    _brought_up(base)
    return base


def _brought_up(base: Base, *, keep_copy: bool = True) -> None:
    """Bring a base of an older format to this one; it is closed when that is refused."""
    if format_of(base.connection) == SCHEMA_VERSION:
        return
    from suivi_tui.store.upgrade import upgrade

    try:
        upgrade(base, keep_copy=keep_copy)
    except BaseException:
        base.close()
        raise


def _checked(path: Path, connection: sqlite3.Connection, make: Callable[[], Base]) -> Base:
    """The base, once its content was looked at; the connection is closed when it is refused."""
    try:
        _inspect_content(path, connection)
        return make()
    except (sqlite3.Error, UnicodeDecodeError):
        connection.close()
        raise BaseRefused(_damaged(path)) from None
    except BaseException:
        connection.close()
        raise


def _inspect_content(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse what the header could not tell: the number of a newer release still in the log, a
    missing table, a trigger that would write behind the journal."""
    refuse_newer(path, format_of(connection))
    kinds: dict[str, str] = dict(connection.execute("SELECT name, type FROM sqlite_master"))
    if not required_tables(format_of(connection)) <= kinds.keys():
        raise BaseRefused(_damaged(path))
    if "trigger" in kinds.values():
        raise BaseRefused(
            f"Un autre logiciel a ajouté un déclencheur à la base {path} : elle n'a pas été "
            "ouverte ni modifiée. Retirez-le avec ce logiciel, ou restaurez une sauvegarde."
        )


def writable(path: Path) -> bool:
    """Whether SQLite could write the file and its log beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def create_base(
    path: Path,
    *,
    author: str = DEFAULT_AUTHOR,
    structure: str = "",
    clock: Callable[[], int] = wall_clock,
    random_bits: Callable[[int], int] = system_bits,
) -> Base:
    """Make a new base; a file that exists is never overwritten.

    Raises BaseRefused, nothing being then left behind.
    """
    from suivi_tui.store.birth import fill_new_base

    check_runtime()
    partial = path.with_name(f"{path.name}.{os.getpid()}.partiel")
    try:
        if path.parent.exists() and not path.parent.is_dir():
            raise NotADirectoryError
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = path.parent.resolve() / path.name
        if path.exists() or path.is_symlink():
            raise FileExistsError
        partial.unlink(missing_ok=True)
        private_file(partial)
        with Base(partial, connect(partial), clock=clock, random_bits=random_bits) as unborn:
            fill_new_base(unborn, path, author, structure)
        # Under its own name only once it is whole: what a cut leaves is never taken for a base.
        _put_in_place(partial, path)
    except FileExistsError:
        raise BaseRefused(
            f"Un fichier existe déjà à {path} : il n'a pas été modifié. Choisissez un autre nom."
        ) from None
    except (OSError, sqlite3.Error) as error:
        raise BaseRefused(
            f"La base n'a pas pu être créée dans {path.parent} ({cause_of(error)}) : rien n'a "
            "été écrit. Choisissez un dossier où vous pouvez écrire."
        ) from None
    finally:
        for suffix in ("", "-wal"):
            with contextlib.suppress(OSError):
                Path(f"{partial}{suffix}").unlink(missing_ok=True)
    return open_base(path, clock=clock, random_bits=random_bits)


def _put_in_place(partial: Path, path: Path) -> None:
    """Give a finished file its name; FileExistsError when the name is taken meanwhile."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:
        # A disk without hard links (a USB stick in FAT).
        if path.exists():
            raise FileExistsError from None
        partial.rename(path)
    sync_directory(path.parent)


def _open_copy(path: Path, clock: Callable[[], int]) -> Base:
    try:
        connection, directory = copy_for_reading(path)
    except (OSError, sqlite3.Error, UnicodeDecodeError):
        raise BaseRefused(_damaged(path)) from None
    try:
        connection = _up_to_date(path, connection, directory / path.name, clock)
        return _checked(
            path,
            connection,
            lambda: Base(path, connection, read_only=True, clock=clock, temporary=directory),
        )
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise


def _up_to_date(
    path: Path, connection: sqlite3.Connection, copy: Path, clock: Callable[[], int]
) -> sqlite3.Connection:
    """A connection to a private copy that has the tables of this release."""
    try:
        older = format_of(connection) < SCHEMA_VERSION
    except sqlite3.Error:
        older = False
    if not older:
        return connection
    _inspect_content(path, connection)
    connection.close()
    with Base(copy, connect(copy), clock=clock) as base:
        _brought_up(base, keep_copy=False)
    return connect_read_only(copy)


def _no_room(path: Path) -> str:
    return (
        f"Le disque est plein : la base {path} n'a pas pu être ouverte, elle est intacte. Libérez "
        f"au moins {ROOM_MB} Mo, puis recommencez."
    )


def _damaged(path: Path) -> str:
    return (
        f"La base {path} est endommagée ou illisible : elle n'a pas été modifiée. Restaurez la "
        "dernière sauvegarde avec « suivi-tui restaurer »."
    )


def _restrict_rights(path: Path) -> None:
    if os.name == "posix":
        with contextlib.suppress(OSError):
            path.chmod(0o600)
