"""Letters on the disk: all of them or none, never over a file that stands there."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from suivi_tui.exchange.whole_file import NotWritten
from suivi_tui.vocabulary.identifiers import siret_fault

WORD, MAIL = ".docx", ".eml"
_MOST_COPIES = 1_000


class Written(NamedTuple):
    """A letter and its mail as bytes, under the same name without a suffix."""

    stem: str
    word: bytes
    mail: bytes

    @property
    def sha256(self) -> str:
        """The print of the letter."""
        return hashlib.sha256(self.word).hexdigest()


def default_folder(today: date) -> Path:
    """Where letters go when nobody says: a folder of the day in the user's documents."""
    home = Path.home()
    documents = home / "Documents" if (home / "Documents").is_dir() else home
    return documents / "courriers" / today.isoformat()


def stem_of(key: str, subject: int, siret: str | None, today: date) -> str:
    """``relance_1-73282932000074-2026-11-22``: kind, SIRET or id, day; nobody's name."""
    if siret and siret_fault(siret) is None:
        key = key.replace(str(subject), siret)
    return f"{key}-{today.isoformat()}"


def put_in_place(folder: Path, letters: Sequence[Written]) -> list[tuple[Path, Path]]:
    """Write every letter and mail; where each one is. Raises NotWritten, nothing being left.

    They get their names only once all of them are on the disk, each name free at that moment.
    """
    partial: list[Path] = []
    placed: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for letter in letters:
            partial += [_staged(folder, letter.word), _staged(folder, letter.mail)]
        found: list[tuple[Path, Path]] = []
        for place, letter in enumerate(letters):
            word, mail = _free(folder, letter.stem)
            for source, target in ((partial[2 * place], word), (partial[2 * place + 1], mail)):
                source.replace(target)
                placed.append(target)
            found.append((word, mail))
        return found
    except OSError as error:
        take_away(placed)
        raise refused(folder, error) from error
    finally:
        take_away(partial)


def take_away(files: Sequence[Path]) -> None:
    """Remove files that were made here and that nothing refers to."""
    for path in files:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _staged(folder: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=".suivi-", suffix=".partiel", dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _free(folder: Path, stem: str) -> tuple[Path, Path]:
    """Two names that nothing has: that of the letter and that of its mail."""
    for number in range(1, _MOST_COPIES):
        name = stem if number == 1 else f"{stem}-{number}"
        word, mail = folder / f"{name}{WORD}", folder / f"{name}{MAIL}"
        if not os.path.lexists(word) and not os.path.lexists(mail):
            return word, mail
    raise FileExistsError(stem)


def refused(folder: Path, error: OSError) -> NotWritten:
    """What the disk said, as a sentence about a folder."""
    if isinstance(error, FileExistsError | NotADirectoryError):
        return NotWritten(
            folder.name, "ce n'est pas un dossier libre", "choisissez un autre dossier"
        )
    if isinstance(error, PermissionError):
        return NotWritten(folder.name, "le dossier est protégé", "choisissez un autre dossier")
    return NotWritten(
        folder.name, "le disque est plein ou ne répond pas", "libérez de la place puis recommencez"
    )
