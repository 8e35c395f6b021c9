"""A pasted column or table, read before anything is written.

One column goes down from the cursor; several columns are months from that of the cursor on. A
first line of months says which months they are; a first column of names says whose hours they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from suivi_tui.tui.plain import shown
from suivi_tui.tui.widgets.cell_table import Line, MonthColumn
from suivi_tui.tui.widgets.cells import EMPTY, Cell, CellKey
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, parse_hours
from suivi_tui.vocabulary.months import Month, parse_month
from suivi_tui.vocabulary.text import fold

LIMIT: Final = 2_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pasted:
    """One value of a paste: whose, where it goes (None: nowhere), its hours, why it is left out."""

    who: str
    line: Line | None
    month: MonthColumn | None
    text: str
    hours: Hours | None
    before: Hours | None = None
    fault: str = ""

    @property
    def writes(self) -> bool:
        """Whether it changes a cell."""
        return not self.fault and self.hours != self.before


def cells_of_text(text: str) -> list[list[str]]:
    """Lines and columns of a pasted text: tab, else ``;``; every cell cleaned."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    separator = "\t" if "\t" in text else ";"
    return [[shown(cell) for cell in line.split(separator)] for line in lines]


def read_paste(
    table: Sequence[Sequence[str]],
    lines: Sequence[Line],
    months: Sequence[MonthColumn],
    cells: Mapping[CellKey, Cell],
    cursor: tuple[int, int],
) -> list[Pasted]:
    """Every value of the table that is not blank, with its place in the grid."""
    body = [list(row) for row in table]
    first_row, first_column = cursor
    places: list[MonthColumn | None] | None = None
    if len(body) > 1 and (places := _header(body[0], months)) is not None:
        body = body[1:]
    named = _has_names(body)
    width = max((len(row) for row in body), default=0)
    if places is None:
        shift = first_column - (1 if named else 0)
        places = [_at(months, shift + place) for place in range(width)]
    found: list[Pasted] = []
    for place, row in enumerate(body):
        line = _named(row[0], lines) if named else _at(lines, first_row + place)
        who = line.label if line else row[0] if named else ""
        for column, text in enumerate(row[1:] if named else row, start=1 if named else 0):
            if text and len(found) < LIMIT:
                month = _at(places, column)
                found.append(_pasted(who, line, month, text, cells))
    return found


def _pasted(
    who: str,
    line: Line | None,
    month: MonthColumn | None,
    text: str,
    cells: Mapping[CellKey, Cell],
) -> Pasted:
    cell = cells.get((line.key, month.key), EMPTY) if line and month else EMPTY
    hours: Hours | None = None
    fault = "" if line else "hors de la grille"
    try:
        hours = parse_hours(text)
    except UserError:
        fault = fault or "nombre illisible"
    if not fault and month is None:
        fault = "mois non affiché"
    if not fault and cell.locked:
        fault = "case fermée"
    return Pasted(who, line, month, text, hours, cell.hours, fault)


def _at(items: Sequence[T], place: int) -> T | None:
    return items[place] if 0 <= place < len(items) else None


def _header(row: Sequence[str], months: Sequence[MonthColumn]) -> list[MonthColumn | None] | None:
    """The months that the first line names; None when it is not a line of titles."""
    read: list[Month | None] = []
    for text in row:
        try:
            parse_hours(text)
            return None
        except UserError:
            pass
        try:
            read.append(parse_month(text))
        except UserError:
            read.append(None)
    if not any(read):
        return None
    known = {month.key: month for month in months}
    return [known.get(month) if month else None for month in read]


def _has_names(body: Sequence[Sequence[str]]) -> bool:
    """Whether the first of several columns holds texts and no hours."""
    firsts = [row[0] for row in body if len(row) > 1 and row[0]]
    return bool(firsts) and all(not _is_hours(text) for text in firsts)


def _is_hours(text: str) -> bool:
    try:
        parse_hours(text)
    except UserError:
        return False
    return True


def _named(text: str, lines: Sequence[Line]) -> Line | None:
    """The only line whose label has the words of ``text``."""
    words = sorted(fold(text).split())
    if not words:
        return None
    same = [line for line in lines if sorted(fold(line.label).split()) == words]
    near = [line for line in lines if set(words) <= set(fold(line.label).split())]
    for found in (same, near):
        if len(found) == 1:
            return found[0]
    return None
