"""Names alone on their line: sites without a word to tell it, or people without hours."""

from suivi_tui.exchange.statement_files.cell_values import text_of
from suivi_tui.exchange.statement_files.column_roles import FoundColumns, looks_like_name
from suivi_tui.exchange.statement_files.context import NOTHING, names_a_site, read_note
from suivi_tui.exchange.statement_files.roles import FIGURES, Role
from suivi_tui.exchange.statement_files.row_texts import is_total
from suivi_tui.exchange.statement_files.tables import SheetGrid, Table
from suivi_tui.exchange.statement_files.unfolding import says


def lone_names(grid: SheetGrid, table: Table, found: FoundColumns) -> tuple[list[str], bool]:
    """The names that stand alone above a line, at the start of a group of lines; and whether the
    table starts with one, as it does when they are sites.

    None when columns already tell where the hours were worked.
    """
    if not found.places(Role.PERSON, Role.LAST):
        return [], False
    if found.places(Role.LOT, Role.CONTRACT, Role.SITE):
        return [], False
    rows = [row for row in range(table.first, table.end) if any(map(says, grid.rows[row]))]
    names: list[str] = []
    first = False
    for before, row, after in zip([-1, *rows], rows, rows[1:], strict=False):
        text = _alone(grid, row)
        opens = before < table.first or before != row - 1 or _is_total_row(grid, before)
        if text and opens and _has_figures(grid, after, found):
            names.append(text)
            first = first or row == rows[0]
    return names, first


def _alone(grid: SheetGrid, row: int) -> str:
    """The only text of a row when it may be a name and nothing else; '' otherwise."""
    filled = [value for value in grid.rows[row] if says(value)]
    text = text_of(filled[0])
    if len(filled) > 1 or not looks_like_name(text) or is_total(text) or names_a_site(text):
        return ""
    return text if read_note(filled) == NOTHING else ""


def _is_total_row(grid: SheetGrid, row: int) -> bool:
    return any(is_total(text_of(value)) for value in grid.rows[row] if isinstance(value, str))


def _has_figures(grid: SheetGrid, row: int, found: FoundColumns) -> bool:
    cells = grid.rows[row]
    return any(place < len(cells) and says(cells[place]) for place in found.places(*FIGURES))
