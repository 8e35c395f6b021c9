"""What a column of our CSV files is, and how the header of a file is recognised.

The tables themselves are declared in ``columns_contracts``, ``columns_participants`` and
``columns_hours``; reading, writing and the Table Schema all come from these declarations.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import NamedTuple

from suivi_tui.exchange.csv_file import UnreadableFile
from suivi_tui.exchange.line_report import LineWarning
from suivi_tui.vocabulary.choices import Choice
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import NAME_LIMIT, clean, fold


class ColumnType(Enum):
    """What the cells of a column are.

    HOURS are hundredths of an hour, MONEY cents, MONTH a number YYYYMM, DATE an ISO text,
    CHOICE a code of a closed list (of HourKind its number), FLAG 0 or 1, INTEGER and DECIMAL the
    plain figures of syntheses.
    """

    TEXT = "text"
    NOTES = "notes"
    HOURS = "hours"
    MONEY = "money"
    MONTH = "month"
    DATE = "date"
    BIRTH = "birth"
    CHOICE = "choice"
    SIRET = "siret"
    CPV = "cpv"
    POSTCODE = "postcode"
    FLAG = "flag"
    INTEGER = "integer"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its French ``name`` in files, its ``field`` in our lines, what it holds.

    ``limit`` is the longest text kept, in characters; ``minimum`` and ``maximum`` bound hours, in
    hundredths. ``refuses_nir`` marks free text about people, where a social security number may
    be found. ``nominative`` marks what an export without ``--nominatif`` must not tell in full,
    ``may_be_empty`` what a file must give although the base may lack it.
    """

    name: str
    field: str
    description: str
    kind: ColumnType = ColumnType.TEXT
    choice: type[Choice] | None = None
    required: bool = False
    synonyms: tuple[str, ...] = ()
    limit: int = NAME_LIMIT
    minimum: int | None = None
    maximum: int | None = None
    refuses_nir: bool = False
    nominative: bool = False
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns of one of our files.

    ``identities`` are the groups of columns of which a line must fill one completely, besides
    the required columns.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    identities: tuple[tuple[str, ...], ...] = ()

    def column(self, name: str) -> Column:
        """The column called ``name``; raises KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


class HeaderMatch(NamedTuple):
    """Where each of our columns stands in a file, and what was not recognised."""

    positions: dict[str, int]
    warnings: list[LineWarning]


# Little words that people put or leave out of a header.
_FILLERS = frozenset(("de", "du", "des", "d", "la", "les", "l", "un", "une", "au", "aux", "en"))
_NOT_WORD = re.compile(r"[^a-z0-9+]+")

# Numbers that identify a person for the social security or an allowance, and nationality:
# design.md section 8, "Privacy".
NEVER_READ = re.compile(
    r"\b(?:nir|nss|securite sociale|secu|ss|caf|msa|allocataires?|carte vitale"
    r"|(?:n|no|num|numero|matricule|id|identifiant) (?:insee|ft|pe|pole emploi|france travail)"
    r"|demande rsa|nationalite|titre sejour)\b"
)


def normal_header(text: str) -> str:
    """A header as it is compared: case, accents, underscores, punctuation, little words aside."""
    words = _NOT_WORD.sub(" ", fold(clean(text, 500))).split()
    return " ".join(word for word in words if word not in _FILLERS) or " ".join(words)


@cache
def _index(table: TableColumns) -> dict[str, str]:
    """Column name of each normal header; an exact name always wins over a synonym."""
    index = {normal_header(column.name): column.name for column in table.columns}
    for column in table.columns:
        for synonym in column.synonyms:
            index.setdefault(normal_header(synonym), column.name)
    return index


def match_header(header: Sequence[str], table: TableColumns, number: int) -> HeaderMatch:
    """Find the columns of ``table`` in a ``header`` that stands on row ``number``.

    A column under its own name is preferred to one under a synonym, then the first one; the
    others, the unknown ones and those that must never be read are reported.
    """
    index = _index(table)
    found = [index.get(normal_header(text)) for text in header]
    positions: dict[str, int] = {}
    for exact in (True, False):
        for position, name in enumerate(found):
            if name is None or name in positions:
                continue
            if not exact or normal_header(header[position]) == normal_header(name):
                positions[name] = position
    warnings = []
    for position, (text, name) in enumerate(zip(header, found, strict=True)):
        shown = clean(text, 60)
        if name is None and shown:
            warnings.append(LineWarning(number, shown, _why_not_read(text)))
        elif name is not None and positions[name] != position:
            read = clean(header[positions[name]], 60)
            message = (
                f"deux colonnes donnent «{NBSP}{name}{NBSP}»{NBSP}: "
                f"«{NBSP}{read}{NBSP}» (colonne {positions[name] + 1}) est lue, "
                f"celle-ci (colonne {position + 1}) ne l'est pas"
            )
            warnings.append(LineWarning(number, shown, message))
    return HeaderMatch(positions, warnings)


def _why_not_read(text: str) -> str:
    if NEVER_READ.search(normal_header(text)):
        return (
            "cette colonne n'a pas été lue, exprès"
            f"{NBSP}: ni numéro de sécurité sociale ou d'allocataire, ni nationalité"
            " n'entrent dans la base"
        )
    return "colonne inconnue, elle n'a pas été lue"


def check_required(name: str, positions: Iterable[str], table: TableColumns) -> None:
    """Raise :class:`UnreadableFile` when ``name`` lacks a column that no line can do without."""
    present = set(positions)
    missing = [c.name for c in table.columns if c.required and c.name not in present]
    if table.identities and not any(present.issuperset(group) for group in table.identities):
        missing.append(" ou ".join(", ".join(group) for group in table.identities))
    if missing:
        one = len(missing) == 1
        raise UnreadableFile(
            name,
            f"il y manque {'la colonne' if one else 'les colonnes'} {', '.join(missing)}",
            f"vérifiez que c'est bien un fichier de {table.title}",
        )
