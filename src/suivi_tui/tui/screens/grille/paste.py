"""A pasted column or table, read before anything is written.

One column goes down from the cursor; several columns are months from that of the cursor on. A
first line of months says which months they are; first columns of texts (names, contract) say whose
hours they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from suivi_tui.rules.possible_hours import impossible_hours
from suivi_tui.tui.plain import shown
from suivi_tui.tui.widgets.cell_table import Line, MonthColumn
from suivi_tui.tui.widgets.cells import EMPTY, Cell, CellKey
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, parse_hours
from suivi_tui.vocabulary.months import Month, parse_month
from suivi_tui.vocabulary.numbers import NBSP
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
    names = _name_columns(body)
    width = max((len(row) for row in body), default=0)
    if places is None:
        shift = first_column - names
        places = [_at(months, shift + place) for place in range(width)]
    found: list[Pasted] = []
    for place, row in enumerate(body):
        who, line, fault = _whose(row[:names], lines, first_row + place)
        for column, text in enumerate(row[names:], start=names):
            if text and len(found) < LIMIT:
                month = _at(places, column)
                found.append(_pasted(who, line, month, text, cells, fault))
    return found


def _whose(names: Sequence[str], lines: Sequence[Line], place: int) -> tuple[str, Line | None, str]:
    """Who a line of the table is: what to call them, their line, else why there is none."""
    if not names:
        line = _at(lines, place)
        return line.label if line else "", line, "" if line else "hors de la grille"
    found = _named(names, lines)
    if len(found) == 1:
        return _label(found[0]), found[0], ""
    said = " ".join(name for name in names if name)
    return said, None, "plusieurs lignes" if found else "hors de la grille"


def _label(line: Line) -> str:
    return f"{line.label} {line.tag}".strip()


def _pasted(
    who: str,
    line: Line | None,
    month: MonthColumn | None,
    text: str,
    cells: Mapping[CellKey, Cell],
    fault: str,
) -> Pasted:
    cell = cells.get((line.key, month.key), EMPTY) if line and month else EMPTY
    hours: Hours | None = None
    try:
        hours = parse_hours(text)
    except UserError:
        fault = fault or "nombre illisible"
    key = month.key if month is not None else None
    if not isinstance(key, int):
        fault = fault or "mois non affiché"
    elif hours is not None and impossible_hours(hours, Month(key)):
        fault = fault or f"plus de 24{NBSP}h par jour"
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


def _name_columns(body: Sequence[Sequence[str]]) -> int:
    """How many first columns, of several, hold texts and no hours."""
    count = 0
    width = max((len(row) for row in body), default=0)
    while count < width - 1:
        column = [row[count] for row in body if len(row) > count and row[count]]
        if not column or any(_is_hours(text) for text in column):
            break
        count += 1
    return count


def _is_hours(text: str) -> bool:
    try:
        parse_hours(text)
    except UserError:
        return False
    return True


def _named(names: Sequence[str], lines: Sequence[Line]) -> list[Line]:
    """The lines that the words of a name may be; those of the other columns tell them apart."""
    words = set(_words(names[0]))
    if not words:
        return []
    same = [line for line in lines if sorted(_words(line.label)) == sorted(_words(names[0]))]
    found = same or [line for line in lines if words <= set(_words(line.label))]
    more = {word for name in names[1:] for word in _words(name)}
    if len(found) > 1 and more:
        exact = [line for line in found if set(_words(line.tag)) & more]
        found = exact or found
    return found


def _words(text: str) -> list[str]:
    return fold(text).split()
