"""Writing a file whole or not at all: ``reliability.md`` 1.4 and 4.3."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean


class NotWritten(UserError):
    """Nothing was written; a file that stood there before still stands there."""

    def __init__(self, name: str, cause: str, remedy: str) -> None:
        super().__init__(
            f"Le fichier «{NBSP}{clean(name)}{NBSP}» n'a pas été écrit{NBSP}: {cause}{NBSP}; "
            f"rien n'a changé sur le disque, {remedy}."
        )


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to fill, put in place under ``path`` only when the block ends well.

    Until then it has a temporary name in the same folder, readable by its owner alone; it is
    removed when anything fails. Raises :class:`NotWritten` when the disk refuses, when ``path``
    is a folder or a symbolic link (whose target nobody chose).
    """
    _check_target(path)
    try:
        handle, name = tempfile.mkstemp(prefix=".suivi-", suffix=".partiel", dir=path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _check_target(path)
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _check_target(path: Path) -> None:
    if path.is_symlink():
        raise NotWritten(
            path.name, "c'est un lien vers un autre fichier", "choisissez un autre nom"
        )
    if path.is_dir():
        raise NotWritten(path.name, "c'est un dossier", "ajoutez un nom de fichier")


def _refused(path: Path, error: OSError) -> NotWritten:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return NotWritten(path.name, "le dossier n'existe pas", "choisissez un autre dossier")
    if isinstance(error, PermissionError):
        return NotWritten(
            path.name,
            "le dossier est protégé ou le fichier est ouvert dans un tableur",
            "fermez-le ou choisissez un autre dossier",
        )
    return NotWritten(
        path.name, "le disque est plein ou ne répond pas", "libérez de la place puis recommencez"
    )


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
