"""The texts of clauses: written for this program, copied once for the user, then theirs."""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple

from suivi_tui.documents.clause_variables import clause_variables_text
from suivi_tui.documents.templates import (
    VARIABLES_PAGE,
    TemplateRefused,
    decoded,
    limited,
    put_template,
)
from suivi_tui.vocabulary.choices import ClausePiece

FOLDER: Final = "clauses"
"""The folder of the texts, in that of the templates of letters."""

_MOST: Final = 200_000
_PRINT: Final = 12


class ClauseSource(NamedTuple):
    """The text of a piece as it is in the library, with its tags."""

    piece: ClausePiece
    name: str
    text: str

    @property
    def version(self) -> str:
        """What tells this state of the text from another: the beginning of its print."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:_PRINT]


@cache
def default_source(piece: ClausePiece) -> ClauseSource:
    """The text that comes with the program."""
    name = source_name(piece)
    text = files("suivi_tui.documents").joinpath(FOLDER, name).read_text("utf-8")
    return ClauseSource(piece, name, text)


def source_name(piece: ClausePiece) -> str:
    """``ccap.md``."""
    return f"{piece.value}.md"


def prepare_library(templates: Path) -> Path:
    """Put the texts that are missing in the folder of the user; what is there is never touched.

    The folder. Raises TemplateRefused.
    """
    folder = templates / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for piece in ClausePiece:
            _copy_missing(folder, piece)
        page = clause_variables_text().replace("\n", "\r\n").encode("utf-8-sig")
        if not (folder / VARIABLES_PAGE).exists() or (folder / VARIABLES_PAGE).read_bytes() != page:
            put_template(folder / VARIABLES_PAGE, page, replace=True)
    except OSError as error:
        raise TemplateRefused(folder.name, "ne peut pas être créé sur ce disque") from error
    return folder


def read_source(templates: Path, piece: ClausePiece) -> ClauseSource:
    """The text of a piece in the folder of the user, made when it is missing.

    Raises TemplateRefused.
    """
    folder, name = templates / FOLDER, source_name(piece)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy_missing(folder, piece)
        content = limited(folder / name, _MOST)
    except OSError as error:
        raise TemplateRefused(name, "ne peut pas être lu") from error
    return ClauseSource(piece, name, decoded(content))


def _copy_missing(folder: Path, piece: ClausePiece) -> None:
    path = folder / source_name(piece)
    if not path.exists():
        # Windows' own editor wants a byte order mark and its line ends.
        text = default_source(piece).text.replace("\n", "\r\n")
        put_template(path, text.encode("utf-8-sig"))
