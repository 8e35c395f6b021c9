"""What a screen shows, written as a file for a French spreadsheet."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from suivi_tui.exchange.columns import Column, ColumnType
from suivi_tui.exchange.csv_out import write_table
from suivi_tui.vocabulary.dates import parse_date
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import NOTES_LIMIT, clean, fold

_FIGURE = re.compile(rf"(-?\d{{1,3}}(?:{NBSP}\d{{3}})*|-?\d+)(,\d+)?(?:{NBSP}(\S{{1,3}}))?")
_DAY = re.compile(r"\d{2}/\d{2}/\d{4}")


class ViewColumn(NamedTuple):
    """A column of a view: its title, whether it holds figures (else texts or dates)."""

    title: str
    figures: bool = False


class AlreadyThere(UserError):
    """A file stands there already; nothing was written."""

    def __init__(self, target: Path) -> None:
        self.target = target
        super().__init__(
            f"Le fichier «{NBSP}{clean(target.name)}{NBSP}» existe déjà{NBSP}: il n'a pas été "
            "modifié. Choisissez un autre nom, ou remplacez-le."
        )


def default_target(title: str, today: date) -> Path:
    """The name proposed for an export, in the user's documents, else in the home folder."""
    home = Path.home()
    folder = home / "Documents"
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-") or "export"
    return (folder if folder.is_dir() else home) / f"suivi-{words}-{today.isoformat()}.csv"


def export_view(
    columns: Sequence[ViewColumn],
    rows: Iterable[Sequence[str]],
    target: Path,
    *,
    overwrite: bool = False,
) -> int:
    """Write the texts of a view; figures and dates become those of a spreadsheet. How many rows.

    Raises AlreadyThere unless ``overwrite``, and NotWritten; a file is written whole or not at all.
    """
    if target.exists() and not overwrite:
        raise AlreadyThere(target)
    width = len(columns)
    listed = [[*row[:width], *("",) * (width - len(row))] for row in rows]
    written: list[Column] = []
    values: list[list[Any]] = []
    for place, column in enumerate(columns):
        title = clean(column.title) or f"Colonne {place + 1}"
        kind, cells, unit = _read([row[place] for row in listed], column.figures)
        header = f"{title} ({unit})" if unit else title
        written.append(Column(header, f"column_{place}", title, kind))
        values.append(cells)
    return write_table(written, zip(*values, strict=True) if values else (), target)


def _read(cells: list[str], figures: bool) -> tuple[ColumnType, list[Any], str]:
    """The cells of a column as stored values, when every one of them is such a value."""
    filled = [cell for cell in cells if cell]
    if filled and all(_DAY.fullmatch(cell) for cell in filled):
        try:
            days = [parse_date(cell).isoformat() if cell else None for cell in cells]
        except UserError:
            days = []
        if days:
            return ColumnType.DATE, list(days), ""
    found = [_FIGURE.fullmatch(cell) for cell in cells]
    if figures and filled and all(match or not cell for match, cell in zip(found, cells,
                                                                       strict=True)):  # fmt: skip
        units = {match[3] or "" for match in found if match}
        if len(units) == 1:
            whole = not any(match and match[2] for match in found)
            numbers = [_number(match) if match else None for match in found]
            kind = ColumnType.INTEGER if whole else ColumnType.DECIMAL
            return kind, list(numbers), units.pop()
    return ColumnType.TEXT, [clean(cell, NOTES_LIMIT) or None for cell in cells], ""


def _number(match: re.Match[str]) -> Fraction:
    return Fraction(match[1].replace(NBSP, "") + (match[2] or "").replace(",", "."))
