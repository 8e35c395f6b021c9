"""The one recipe that opens an SQLite file (reliability.md 1.5) and the checks made before."""

import os
import sqlite3
from pathlib import Path

from suivi_tui.vocabulary.errors import UserError

APPLICATION_ID = 0x53754976  # "SuIv"
SCHEMA_VERSION = 1
_HEADER_SIZE = 100
_MAGIC = b"SQLite format 3\x00"


class BaseRefused(UserError):
    """The file cannot be opened as a base; it was not touched."""


def private_file(path: Path) -> None:
    """Create an empty file only its owner can read, before SQLite makes it with wider rights."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def check_runtime() -> None:
    """Refuse an SQLite library without the features the base needs (STRICT, FTS5)."""
    if sqlite3.sqlite_version_info < (3, 37):
        raise BaseRefused(
            f"La bibliothèque SQLite de ce Python ({sqlite3.sqlite_version}) est trop ancienne : "
            "rien n'a été ouvert. Installez Python 3.11 ou plus récent depuis python.org."
        )


def inspect_file(path: Path) -> None:
    """Say why ``path`` is not a base of this program, by looking at it without SQLite.

    Raises BaseRefused: missing, folder, unreadable, empty, not SQLite, foreign, or newer.
    """
    if not path.exists():
        if not path.parent.exists():
            raise BaseRefused(
                f"Le dossier {path.parent} n'existe pas : rien n'a été créé. Vérifiez le chemin."
            )
        raise BaseRefused(
            f"La base {path} n'existe pas : rien n'a été créé. Vérifiez le chemin, ou commencez "
            "par « suivi-tui demo » ou « suivi-tui importer »."
        )
    if path.is_dir():
        raise BaseRefused(
            f"{path} est un dossier, pas une base : rien n'a été modifié. Indiquez un fichier."
        )
    header = _header(path)
    if not header:
        raise BaseRefused(
            f"Le fichier {path} est vide : ce n'est pas une base de suivi, il n'a pas été modifié. "
            "Indiquez un autre fichier ou restaurez une sauvegarde."
        )
    if not header.startswith(_MAGIC) or len(header) < _HEADER_SIZE:
        raise BaseRefused(
            f"Le fichier {path} n'est pas une base de suivi : il n'a pas été modifié. "
            "Indiquez un autre fichier ou restaurez une sauvegarde."
        )
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise BaseRefused(
            f"Le fichier {path} appartient à un autre programme : il n'a pas été modifié. "
            "Indiquez un autre fichier."
        )
    version = int.from_bytes(header[60:64], "big")
    if version > SCHEMA_VERSION:
        raise BaseRefused(
            f"La base {path} vient d'une version plus récente de suivi-tui (format {version}) ; "
            f"celle-ci lit jusqu'au format {SCHEMA_VERSION}. Rien n'a été modifié : mettez "
            "suivi-tui à jour."
        )


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEADER_SIZE)
    except PermissionError:
        raise BaseRefused(
            f"Vous n'avez pas le droit de lire {path} : rien n'a été modifié. Demandez l'accès à "
            "la personne qui gère cet ordinateur."
        ) from None
    except OSError as error:
        raise BaseRefused(
            f"Le fichier {path} n'a pas pu être lu ({error.strerror}) : rien n'a été modifié. "
            "Vérifiez le disque ou la clé qui le porte."
        ) from None


def connect(path: Path) -> sqlite3.Connection:
    """Open ``path`` for one process only; sqlite3.OperationalError when another one holds it."""
    connection = sqlite3.connect(
        path, timeout=0, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        for pragma in (
            "locking_mode=EXCLUSIVE",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "mmap_size=0",
            "temp_store=MEMORY",
            # A checkpoint inside a commit would be felt as a pause: it is done when idle.
            "wal_autocheckpoint=0",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a file that nobody writes, without touching it nor its folder."""
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?immutable=1",
        uri=True,
        timeout=0,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    for pragma in ("query_only=ON", "trusted_schema=OFF", "mmap_size=0", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection
