"""Columns in which an empty cell stands for the one above: a name written once for many lines."""

from suivi_tui.exchange.statement_files.cell_values import Fault, text_of
from suivi_tui.exchange.statement_files.column_roles import FoundColumns
from suivi_tui.exchange.statement_files.periods import Period
from suivi_tui.exchange.statement_files.roles import FIGURES, WHEN, Role
from suivi_tui.exchange.statement_files.row_periods import month_cell
from suivi_tui.exchange.statement_files.row_texts import is_total
from suivi_tui.exchange.statement_files.surroundings import Surroundings
from suivi_tui.exchange.statement_files.tables import SheetGrid, Table
from suivi_tui.exchange.statement_files.unfolding import MAY_REPEAT, says

_ROWS = 3000
_ALWAYS = (Role.PERSON, Role.LAST, Role.MONTH, Role.WEEK)
_NAMES = (Role.PERSON, Role.LAST, Role.FIRST, Role.BIRTH, Role.REFERENCE)
_WHERE = (Role.LOT, Role.CONTRACT, Role.SITE, Role.COMPANY, Role.EMPLOYER)


def repeated_columns(grid: SheetGrid, table: Table, found: FoundColumns) -> list[int]:
    """The columns whose empty cells, beside hours, seem to repeat the line above.

    Merged blocks tell it by themselves and are not counted.
    """
    figures = found.places(*FIGURES)
    watched = found.places(*_ALWAYS, *_WHERE)
    people = found.places(Role.PERSON, Role.LAST)
    when = found.places(*WHEN)
    where = found.places(*_WHERE)
    empty = dict.fromkeys(watched, 0)
    begun: set[int] = set()
    lines = 0
    for row in range(table.first, min(table.end, table.first + _ROWS)):
        cells = grid.rows[row]
        width = len(cells)
        if not any(place < width and says(cells[place]) for place in figures):
            continue
        seen = [place for place in watched if says(grid.at(row, place))]
        if any(isinstance(v, str) and v and is_total(text_of(v)) for v in cells):
            continue
        nameless = people and not any(place in seen for place in people)
        if nameless and not any(place in seen for place in when):
            continue  # a total without a word, or figures that nobody can place
        lines += 1
        begun.update(seen)
        placed = any(place in seen for place in where)
        for place in watched:
            # A lot left out beside a contract is another contract's, or a contract without lots.
            if place not in seen and place in begun and not (placed and place in where):
                empty[place] += 1
    sure = [place for place in watched if empty[place] and _counts(found, place, empty, lines)]
    if not sure:
        return []
    # A name that is not repeated takes with it what stands beside it.
    beside = found.places(Role.FIRST, Role.BIRTH, Role.REFERENCE) if set(sure) & set(people) else []
    roles = set(MAY_REPEAT)
    return [place for place in sorted({*sure, *beside}) if found.columns[place].role in roles]


def surely_repeated(
    grid: SheetGrid, table: Table, found: FoundColumns, around: Surroundings, repeated: list[int]
) -> bool:
    """Whether only names are written once, each for the months that follow one another under it:
    a later month, right under a line, is of the same person."""
    months = found.places(Role.MONTH)
    people = set(found.places(*_NAMES))
    if len(months) != 1 or not people.issuperset(repeated) or found.places(Role.YEAR):
        return False
    figures = found.places(*FIGURES)
    last: Period | None = None
    for row in range(table.first, min(table.end, table.first + _ROWS)):
        cells = grid.rows[row]
        if any(isinstance(value, str) and value and is_total(text_of(value)) for value in cells):
            last = None
            continue
        if not any(place < len(cells) and says(cells[place]) for place in figures):
            last = None
            continue
        period = month_cell(grid.at(row, months[0]), "", around)
        if isinstance(period, Fault):
            return False
        named = any(says(grid.at(row, place)) for place in found.places(Role.PERSON, Role.LAST))
        if not named and (last is None or period.first <= last.first):
            return False
        last = period
    return True


def _counts(found: FoundColumns, place: int, empty: dict[int, int], lines: int) -> bool:
    if found.columns[place].role in _ALWAYS:
        return True
    # A few people without a lot are people without a lot; most of them, a lot written once.
    return empty[place] * 5 >= lines * 2
