"""What a user reads when SQLite or the disk refuses: one sentence a cause."""

import errno
import sqlite3

from suivi_tui.vocabulary.errors import UserError

ROOM_MB = 20
"""What a disk should have free for the work to go on (reliability.md 1.4)."""


class DiskFull(UserError):
    """The disk has no room left; the transaction was undone, what was saved before is safe."""


class WriteFailed(UserError):
    """The disk refused the write for another reason."""


def error_code(error: BaseException) -> int:
    """The primary result code of SQLite, 0 when the error does not come from it."""
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def no_room(error: BaseException) -> bool:
    """Whether the error says that the disk is full."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return error_code(error) == sqlite3.SQLITE_FULL


def cause_of(error: BaseException) -> str:
    """Why the system refused, in a few French words."""
    if no_room(error):
        return "le disque est plein"
    if isinstance(error, PermissionError):
        return "accès refusé"
    if isinstance(error, NotADirectoryError):
        return "ce n'est pas un dossier"
    number = getattr(error, "errno", None)
    if number == errno.EROFS or error_code(error) == sqlite3.SQLITE_READONLY:
        return "disque en lecture seule"
    return f"erreur {number or error_code(error)} du disque"


def untrusted_after(error: BaseException) -> bool:
    """Whether the file must be opened and checked again before anything more is written: the
    system may have dropped what it was told to keep."""
    return error_code(error) in (
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    )


def explain(error: sqlite3.Error) -> UserError:
    """The French sentence of a write that SQLite refused."""
    if no_room(error):
        return DiskFull(
            "Le disque est plein : cette saisie n'est pas enregistrée, tout le reste est intact. "
            f"Libérez au moins {ROOM_MB} Mo sur le disque, puis enregistrez de nouveau."
        )
    code = error_code(error)
    if code == sqlite3.SQLITE_READONLY:
        return WriteFailed(
            "Le fichier de la base est devenu non modifiable : cette saisie n'est pas enregistrée, "
            "tout le reste est intact. Rétablissez le droit d'écrire, puis recommencez."
        )
    if code == sqlite3.SQLITE_CONSTRAINT:
        return WriteFailed(
            "Cette modification ne va pas avec le reste de la base : elle n'est pas enregistrée, "
            "tout le reste est intact. Rouvrez la fiche et recommencez."
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return WriteFailed(
            "Le fichier de la base est endommagé : cette saisie n'est pas enregistrée. Fermez "
            "suivi-tui, lancez « suivi-tui verifier », puis restaurez la dernière sauvegarde."
        )
    return WriteFailed(
        "Le disque a refusé l'écriture : cette saisie n'est pas enregistrée, tout le reste est "
        "intact. Fermez suivi-tui, vérifiez le disque, puis rouvrez."
    )
