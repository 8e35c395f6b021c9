"""Finding the tables of a sheet: where headers stand, over how many lines, and what they say.

A header is a row that names a column of people, or several columns of figures. Everything that
is neither a header nor a line under one is a note: titles, names of sites, totals, signatures.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from suivi_tui.exchange.statement_files.cell_values import is_number, text_of
from suivi_tui.exchange.statement_files.headings import Heading, read_heading
from suivi_tui.exchange.statement_files.never_read import names_never_read
from suivi_tui.exchange.statement_files.roles import FIGURES, PEOPLE, WHEN, Role
from suivi_tui.exchange.statement_files.workbook import CellValue, Sheet
from suivi_tui.vocabulary.hours import NotHours, parse_hours
from suivi_tui.vocabulary.identifiers import looks_like_nir

# A header is never longer than that; a longer text is a title or a notice.
_HEADING_LIMIT = 120
_MAX_HEADER_ROWS = 3
# A table of so few columns may have only one heading that is known.
_FEW = 4
_FIGURE_LIKE = FIGURES | {Role.TOTAL}
_MAYBE = re.compile(
    r"nom|salari|b[ée]n[ée]f|particip|int[ée]rim|personne|agent|ouvrier|stagiaire|employ|candidat"
    r"|identit|collabo|heure|jour|date|sem|mois|p[ée]riode|janv|f[ée]v|mars|avr|mai|juin|juil"
    r"|ao[uû]t|sept|oct|nov|d[ée]c|total|^ ?[swt] ?[0-9]|trim|20[0-9]{2}|cumul|r[ée]f|\bh\b",
    re.IGNORECASE,
)
_PLAIN_INTEGER = re.compile(r"[0-9]{1,2}|20[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its header rows and the rows under it, as places in ``Sheet.rows``.

    ``end`` is the place of the next header, or the end of the sheet: what stands between the
    last line and it belongs to what follows.
    """

    header_rows: tuple[int, ...]
    headings: tuple[Heading, ...]
    first: int
    end: int

    @property
    def header(self) -> tuple[str, ...]:
        """The text of each heading, its parts joined."""
        return tuple(heading.text for heading in self.headings)


class SheetGrid:
    """The cells of a sheet with its merged blocks: the value of a block is that of its corner."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows = sheet.rows
        self.has_merged = bool(sheet.merged)
        self._corner: dict[tuple[int, int], tuple[int, int]] = {}
        budget = 200_000
        for block in sheet.merged:
            for row in range(block.top, min(block.bottom + 1, len(sheet.rows))):
                for column in range(block.left, block.right + 1):
                    if budget <= 0:
                        return
                    budget -= 1
                    self._corner[row, column] = (block.top, block.left)

    def corner(self, row: int, column: int) -> tuple[int, int] | None:
        """The first cell of the merged block that covers a place, None outside any block."""
        return self._corner.get((row, column))

    def at(self, row: int, column: int) -> CellValue:
        """What is seen at a place: the cell, or the corner of its merged block."""
        corner = self._corner.get((row, column)) if self._corner else None
        row, column = corner or (row, column)
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""


def find_tables(grid: SheetGrid) -> list[Table]:
    """The tables of a sheet, from top to bottom."""
    groups: list[tuple[int, ...]] = []
    row = 0
    while row < len(grid.rows):
        line = bool(groups) and _names_someone(grid, groups[-1], row)
        if not line and _may_be_header(grid.rows[row]) and _is_anchor(grid, row):
            group = _header_rows(grid, row, groups[-1][-1] + 1 if groups else 0)
            groups.append(group)
            row = group[-1]
        row += 1
    tables = []
    for position, group in enumerate(groups):
        end = groups[position + 1][0] if position + 1 < len(groups) else len(grid.rows)
        headings = _headings(grid, group, end)
        for block in _side_by_side(headings):
            if _is_statement(block):
                tables.append(Table(group, block, group[-1] + 1, end))
    return tables


def _is_statement(headings: Sequence[Heading]) -> bool:
    """Whether a header has both people or days, and figures: anything else is only a note."""
    roles = {heading.role for heading in headings}
    named = sum(heading.role is not None for heading in headings)
    if named >= 2 and roles & _FIGURE_LIKE:
        return True
    return bool(roles & PEOPLE) and any(
        heading.role is None and heading.text for heading in headings
    )


def _side_by_side(headings: tuple[Heading, ...]) -> list[tuple[Heading, ...]]:
    """The headings of each of the tables that stand on the same rows, the others' blanked.

    Another table starts where the column of people is repeated, figures in between.
    """
    starts: list[int] = []
    figures = False
    for place, heading in enumerate(headings):
        if heading.role in (Role.PERSON, Role.LAST):
            same = not starts or headings[starts[0]].text == heading.text
            if not starts or (same and figures):
                starts.append(place)
                figures = False
        figures = figures or heading.role in _FIGURE_LIKE
    if len(starts) < 2 or not figures:
        return [headings]
    blocks = []
    for rank, start in enumerate(starts):
        left = 0 if rank == 0 else start
        right = starts[rank + 1] if rank + 1 < len(starts) else len(headings)
        blocks.append(
            tuple(
                heading if left <= place < right else Heading("", None)
                for place, heading in enumerate(headings)
            )
        )
    return blocks


@lru_cache(maxsize=4096)
def _named(text: str) -> Heading:
    return read_heading((text,))


def _cell_heading(value: CellValue) -> Heading:
    text = text_of(value, _HEADING_LIMIT + 1)
    return Heading("", None) if len(text) > _HEADING_LIMIT else _named(text)


def _may_be_header(row: Sequence[CellValue]) -> bool:
    return any(isinstance(value, str) and value and _MAYBE.search(value) for value in row)


def _is_anchor(grid: SheetGrid, row: int) -> bool:
    """Whether a row names columns: people among others, days and hours, or several figures."""
    filled = [value for value in grid.rows[row] if value != "" and text_of(value)]
    if len(filled) < 2 or any(_is_figure(value) or _is_label(value) for value in filled):
        return False
    # Numbers of days head columns too, and name nothing.
    headings = [h for h in map(_cell_heading, filled) if not _PLAIN_INTEGER.fullmatch(h.text)]
    roles = [heading.role for heading in headings if heading.role is not None and heading.names]
    people = any(role in PEOPLE or role is Role.FIRST for role in roles)
    if people and len(roles) < 2 and not _many_periods(headings):
        return len(headings) <= _FEW and _is_line(grid, row, row + 1)
    if 2 * len(roles) < len(headings) and not _many_periods(headings):
        return False
    if people:
        return True
    figures = [role for role in roles if role in _FIGURE_LIKE]
    return len(figures) >= 2 or bool(figures and any(role in WHEN for role in roles))


def _names_someone(grid: SheetGrid, header: Sequence[int], row: int) -> bool:
    """Whether a row holds a name under the people of the table above it: months and whole numbers
    beside a name are a line, however much they look like headings."""
    cells = grid.rows[row]
    for place in {place for above in header for place in _people_columns(grid.rows[above])}:
        text = text_of(cells[place]) if place < len(cells) else ""
        if any(map(str.isalpha, text)):
            heading = _cell_heading(cells[place])
            return heading.role is None
    return False


def _is_line(grid: SheetGrid, header: int, row: int) -> bool:
    """Whether a row holds figures and a name under the names of columns of a header."""
    if row >= len(grid.rows):
        return False
    people = _people_columns(grid.rows[header])
    cells = grid.rows[row]
    return any(_is_figure(value) or is_number(value) for value in cells) and any(
        place < len(cells) and any(map(str.isalpha, text_of(cells[place]))) for place in people
    )


def _is_label(value: CellValue) -> bool:
    """Whether a cell introduces the one beside it, as no heading does."""
    return isinstance(value, str) and value.rstrip().endswith(":")


def _many_periods(headings: Sequence[Heading]) -> bool:
    return sum(heading.when is not None for heading in headings) >= 2


def _is_figure(value: CellValue) -> bool:
    """Whether a cell is a figure of a line, which no header holds; years and ranks are not."""
    if isinstance(value, str):
        text = value.strip()
        if not text or not any(char.isdigit() for char in text[:12]) or len(text) > 20:
            return False
        if _PLAIN_INTEGER.fullmatch(text):
            return False
        try:
            parse_hours(text)
        except NotHours:
            return False
        return True
    if isinstance(value, bool):
        return True
    return is_number(value) and not _PLAIN_INTEGER.fullmatch(text_of(value))


def _header_rows(grid: SheetGrid, anchor: int, free: int) -> tuple[int, ...]:
    """The rows of the header around ``anchor``, none before the row ``free``."""
    rows = [anchor]
    while len(rows) < _MAX_HEADER_ROWS and _continues(grid, anchor, rows[-1] + 1):
        rows.append(rows[-1] + 1)
    if len(rows) < _MAX_HEADER_ROWS and anchor > free and _announces(grid, anchor - 1, rows):
        rows.insert(0, anchor - 1)
    return tuple(rows)


def _people_columns(row: Sequence[CellValue]) -> list[int]:
    people = PEOPLE | {Role.FIRST}
    return [place for place, value in enumerate(row) if _cell_heading(value).role in people]


def _continues(grid: SheetGrid, anchor: int, row: int) -> bool:
    """Whether the row under a header completes it: headings again, and nobody's name."""
    if row >= len(grid.rows):
        return False
    cells = grid.rows[row]
    filled = [(place, value) for place, value in enumerate(cells) if text_of(value)]
    if not filled or any(_is_figure(value) for _, value in filled):
        return False
    people = set(_people_columns(grid.rows[anchor]))
    known = 0
    for place, value in filled:
        heading = _cell_heading(value)
        if place in people and heading.role not in PEOPLE and heading.role is not Role.FIRST:
            return False
        if heading.role is not None and (heading.names or not text_of(grid.at(anchor, place))):
            known += 1
    only_days = all(not _cell_heading(value).names for _, value in filled)
    return 10 * known >= 6 * len(filled) and not (only_days and len(filled) < 2)


def _announces(grid: SheetGrid, row: int, header: Sequence[int]) -> bool:
    """Whether the row above a header groups its columns: years, months, « heures »."""
    cells = grid.rows[row]
    filled = [(place, value) for place, value in enumerate(cells) if text_of(value)]
    if not filled or any(_is_figure(value) for _, value in filled):
        return False
    people = [place for below in header for place in _people_columns(grid.rows[below])]
    if not people:
        return False
    for place, value in filled:
        text = text_of(value, _HEADING_LIMIT + 1)
        heading = _cell_heading(value)
        wide = grid.corner(row, place + 1) == (row, place)
        if ":" in text or len(text) > _HEADING_LIMIT:
            return False
        if place <= max(people):
            if heading.role not in PEOPLE and not (wide and place in people and len(filled) > 1):
                return False
        elif not (heading.role is not None or heading.when is not None or wide or _is_year(text)):
            return False
    return any(place > max(people) or place in people for place, _ in filled)


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:ann[ée]e )?20[0-9]{2}", text.strip(), re.IGNORECASE))


def _headings(grid: SheetGrid, rows: Sequence[int], end: int) -> tuple[Heading, ...]:
    width = max(len(grid.rows[row]) for row in rows)
    under = grid.rows[rows[-1] + 1 : min(end, rows[-1] + 50)]
    width = max([width, *(len(cells) for cells in under)])
    columns: list[list[str]] = [[] for _ in range(width)]
    for rank, row in enumerate(rows):
        last = rank + 1 == len(rows)
        carried = ""
        for place in range(width):
            text = text_of(grid.at(row, place), _HEADING_LIMIT)
            if not text and not last and not grid.has_merged:
                # Without merged blocks, a group heading stands over the first of its columns.
                text = carried if text_of(grid.at(rows[rank + 1], place)) else ""
            elif text and not last:
                below = text_of(grid.at(rows[rank + 1], place))
                carried = text if below and below != text else ""
            columns[place].append(text)
    return tuple(_heading(parts) for parts in columns)


def _heading(parts: list[str]) -> Heading:
    # A social security number in the place of a heading is not even shown.
    heading = read_heading(["" if looks_like_nir(part) else part for part in parts])
    if names_never_read(heading.text or " ".join(filter(None, parts))):
        return heading._replace(role=Role.NEVER_READ, names=True)
    return heading
