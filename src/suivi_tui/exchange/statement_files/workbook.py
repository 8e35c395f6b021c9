"""A statement file as a grid of cells: what any sender's spreadsheet is before it is understood.

The kind of a file is what its first bytes say, never its extension: a web export called ``.xls``
is often text. Caps come before reading (``reliability.md`` 4.3); nothing is ever unzipped to
disk, no formula is ever run.
"""

import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from suivi_tui.exchange.csv_file import BLOCK, MAX_BYTES, UnreadableFile
from suivi_tui.exchange.statement_files.text_table import read_text_rows
from suivi_tui.exchange.statement_files.workbook_process import read_cells
from suivi_tui.exchange.statement_files.zipped import Odd, SheetOddities, inspect_zip
from suivi_tui.vocabulary.numbers import NBSP, format_number
from suivi_tui.vocabulary.text import clean

CellValue = str | int | float | bool | date | datetime | time | timedelta

MAX_SHEETS = 100
MAX_CELLS = 4_000_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ISO_DURATION = re.compile(
    r"(-?)PT(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6}(?:\.[0-9]{1,9})?)S)?"
)
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


class Merged(NamedTuple):
    """A block of merged cells: places in ``Sheet.rows``, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet: ``rows[0]`` is line 1 as a spreadsheet shows it, an empty cell is ''.

    Rows may have different lengths. A cell in error holds its text (``#REF!``).
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    merged: tuple[Merged, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file whose cells were read: ``kind`` is ``csv``, ``xlsx``, ``xls`` or ``ods``.

    ``hidden`` names the sheets that the sender hid, which are not read. ``sha256`` is the
    fingerprint of the bytes, the proof of where hours come from.
    """

    name: str
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()


def open_statement_file(path: Path) -> Workbook:
    """Read the cells of the ``.csv``, ``.txt``, ``.xlsx``, ``.xls`` or ``.ods`` file at ``path``.

    Raises :class:`~suivi_tui.exchange.csv_file.UnreadableFile`: not a table, protected by a
    password, damaged, or past the caps.
    """
    start, fingerprint = _inspect(path)
    name = path.name
    if start.startswith(_ZIP):
        contents = inspect_zip(path)
        return _read_workbook(path, contents.kind, fingerprint, contents.sheets)
    if start.startswith(_OLE):
        _refuse_encrypted(path)
        return _read_workbook(path, "xls", fingerprint, {})
    if start.lstrip()[:1] == b"<":
        raise UnreadableFile(
            name,
            "c'est une page web enregistrée sous un nom de tableur",
            "ouvrez-la dans un tableur et enregistrez-la au format .xlsx",
        )
    rows = read_text_rows(path)
    return Workbook(name, fingerprint, "csv", (Sheet(clean(path.stem), rows),))


def _inspect(path: Path) -> tuple[bytes, str]:
    """The first bytes of the file and its fingerprint."""
    name = path.name
    digest = sha256()
    start = b""
    size = 0
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableFile(name, "ce n'est pas un fichier", "indiquez un fichier de tableur")
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                start = start or block[:64]
                size += len(block)
                digest.update(block)
                if size > MAX_BYTES:
                    raise UnreadableFile(
                        name, f"il dépasse 50{NBSP}Mo", "partagez-le en plusieurs fichiers"
                    )
    except FileNotFoundError as error:
        raise UnreadableFile(name, "il n'existe pas", "vérifiez son nom et son dossier") from error
    except (OSError, ValueError) as error:
        raise UnreadableFile(
            name, "il ne peut pas être ouvert", "vérifiez vos droits sur ce fichier"
        ) from error
    if not size:
        raise UnreadableFile(name, "il est vide", "choisissez un autre fichier")
    return start, digest.hexdigest()


def _refuse_encrypted(path: Path) -> None:
    # A protected .xlsx is an OLE container around an encrypted package.
    with path.open("rb") as file:
        if _ENCRYPTED_PACKAGE in file.read(MAX_BYTES):
            raise protected(path.name)


def protected(name: str) -> UnreadableFile:
    """The refusal of a file that asks for a password."""
    return UnreadableFile(
        name,
        "il est protégé par un mot de passe",
        "enregistrez-le sans mot de passe ou demandez-le ainsi à l'expéditeur",
    )


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        "le classeur est abîmé ou d'un format inconnu",
        "ouvrez-le dans un tableur et enregistrez-le au format .xlsx",
    )


def _read_workbook(
    path: Path, kind: str, fingerprint: str, oddities: dict[int, SheetOddities]
) -> Workbook:
    said = read_cells(path.absolute(), MAX_SHEETS, MAX_CELLS)
    if refused := said.get("refused"):
        raise _refusal(path.name, refused)
    sheets = []
    for data in said["sheets"]:
        rows: list[list[CellValue]] = data["rows"]
        if data["rank"] in oddities:
            _put_back(rows, oddities[data["rank"]].cells)
        elif kind == "ods":
            _put_durations(rows)
        merged = tuple(Merged(*block) for block in data["merged"])
        sheets.append(Sheet(clean(data["name"]), tuple(map(tuple, rows)), merged))
    hidden = tuple(clean(name) for name in said["hidden"])
    return Workbook(path.name, fingerprint, kind, tuple(sheets), hidden)


def _refusal(name: str, why: str) -> UnreadableFile:
    if why == "password":
        return protected(name)
    if why == "sheets":
        return UnreadableFile(
            name, f"il a plus de {MAX_SHEETS} feuilles", "gardez celles du relevé"
        )
    if why == "cells":
        return UnreadableFile(
            name,
            f"il dépasse {format_number(MAX_CELLS)} cellules",
            "gardez la feuille du relevé dans un fichier à part",
        )
    return _damaged(name)


def _put_back(rows: list[list[CellValue]], odd: Iterable[Odd]) -> None:
    """Put in place what the reader cannot say: errors, formulas never run, negative durations."""
    for row, column, value in odd:
        if row >= len(rows) or column >= len(rows[row]):
            continue
        if isinstance(value, str):
            rows[row][column] = value
        elif isinstance(rows[row][column], time | date | timedelta):
            rows[row][column] = timedelta(days=value)


def _put_durations(rows: list[list[CellValue]]) -> None:
    """Durations of an ``.ods`` come as ISO 8601 texts."""
    for row in rows:
        for place, value in enumerate(row):
            if isinstance(value, str) and (found := _ISO_DURATION.fullmatch(value)):
                hours, minutes, seconds = (float(part or 0) for part in found.groups()[1:])
                length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
                row[place] = -length if found[1] else length
