"""The one recipe that opens an SQLite file (reliability.md 1.5) and the checks made before."""

import contextlib
import os
import sqlite3
from pathlib import Path

from suivi_tui.store.faults import cause_of
from suivi_tui.store.schema import BaseConnection
from suivi_tui.vocabulary.errors import UserError

APPLICATION_ID = 0x53754976  # "SuIv"
SCHEMA_VERSION = 3
_HEADER_SIZE = 100
_MAGIC = b"SQLite format 3\x00"

RECIPE: tuple[str, ...] = (
    "locking_mode=EXCLUSIVE",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "temp_store=MEMORY",
    # A checkpoint inside a commit is felt as a pause: it is done when idle. The 64 MB here only
    # keep the log from growing for ever when nobody is ever idle.
    "wal_autocheckpoint=16384",
)
"""The settings of an open base, in order; the power-cut test plays the very same ones."""

_READING_RECIPE = (
    "query_only=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "temp_store=MEMORY",
)


class BaseRefused(UserError):
    """The file cannot be opened as a base; it was not touched."""


def private_file(path: Path) -> None:
    """Create an empty file only its owner can read, before SQLite makes it with wider rights."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def check_runtime() -> None:
    """Refuse an SQLite library without the features the base needs (STRICT, FTS5)."""
    if sqlite3.sqlite_version_info < (3, 37):
        raise BaseRefused(
            f"La bibliothèque SQLite de ce Python ({sqlite3.sqlite_version}) est trop ancienne : "
            "rien n'a été ouvert. Installez Python 3.11 ou plus récent depuis python.org."
        )


def sync_directory(directory: Path) -> None:
    """Make a new name in ``directory`` survive a power cut, where the system knows how."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            descriptor = os.open(directory, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def inspect_file(path: Path) -> None:
    """Say why ``path`` is not a base of this program, by looking at it without SQLite.

    Raises BaseRefused: missing, folder, unreadable, empty, not SQLite, foreign, or newer.
    """
    try:
        exists, folder, plain = path.exists(), path.is_dir(), path.is_file()
        home = path.parent.is_dir()
    except OSError as error:
        raise _unreadable(path, error) from None
    if not home:
        raise BaseRefused(
            f"Le dossier {path.parent} n'existe pas : rien n'a été créé. Vérifiez le chemin."
        )
    if not exists:
        raise BaseRefused(
            f"La base {path} n'existe pas : rien n'a été créé. Vérifiez le chemin, ou commencez "
            "par « suivi-tui demo » ou « suivi-tui importer »."
        )
    if folder:
        raise BaseRefused(
            f"{path} est un dossier, pas une base : rien n'a été modifié. Indiquez un fichier."
        )
    if not plain:
        raise BaseRefused(
            f"{path} n'est pas un fichier ordinaire : rien n'a été modifié. Indiquez un fichier."
        )
    _inspect_header(path)


def _inspect_header(path: Path) -> None:
    header = _header(path)
    if not header:
        raise BaseRefused(
            f"Le fichier {path} est vide : ce n'est pas une base de suivi, il n'a pas été modifié. "
            "Indiquez un autre fichier ou restaurez une sauvegarde."
        )
    if not header.startswith(_MAGIC) or len(header) < _HEADER_SIZE:
        raise BaseRefused(
            f"Le fichier {path} n'est pas une base de suivi : il n'a pas été modifié. "
            "Indiquez un autre fichier ou restaurez une sauvegarde."
        )
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise BaseRefused(
            f"Le fichier {path} appartient à un autre programme : il n'a pas été modifié. "
            "Indiquez un autre fichier."
        )
    refuse_newer(path, int.from_bytes(header[60:64], "big"))


def format_of(connection: sqlite3.Connection) -> int:
    """The number of the format of an open base."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(path: Path, version: int) -> None:
    """Refuse a base made by a newer release, naming both formats."""
    if version > SCHEMA_VERSION:
        raise BaseRefused(
            f"La base {path} vient d'une version plus récente de suivi-tui (format {version}) ; "
            f"celle-ci lit jusqu'au format {SCHEMA_VERSION}. Rien n'a été modifié : mettez "
            "suivi-tui à jour."
        )


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEADER_SIZE)
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> BaseRefused:
    if isinstance(error, PermissionError):
        return BaseRefused(
            f"Vous n'avez pas le droit de lire {path} : rien n'a été modifié. Demandez l'accès à "
            "la personne qui gère cet ordinateur."
        )
    return BaseRefused(
        f"Le fichier {path} n'a pas pu être lu ({cause_of(error)}) : rien n'a été modifié. "
        "Vérifiez le disque ou la clé qui le porte."
    )


def _address(path: Path, query: str) -> str:
    """The URI of a file; on Windows a network share needs two more slashes than its own."""
    address = path.absolute().as_uri()
    if not address.startswith("file:///"):
        address = address.replace("file://", "file:////", 1)
    return f"{address}?{query}"


def _connect(path: Path, query: str, recipe: tuple[str, ...]) -> sqlite3.Connection:
    connection = sqlite3.connect(
        _address(path, query),
        uri=True,
        timeout=0,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
        factory=BaseConnection,
    )
    try:
        for pragma in recipe:
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing file for one process only; sqlite3.OperationalError when another one
    holds it. A file that vanished is never made again."""
    connection = _connect(path, "mode=rw", RECIPE)
    try:
        # The lock is taken by the first write, and kept.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a file that nobody writes, without touching it nor its folder."""
    return _connect(path, "immutable=1", _READING_RECIPE)
