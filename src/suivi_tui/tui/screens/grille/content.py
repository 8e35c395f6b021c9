"""What the grid shows of a reading: its lines, its months, its cells, its sentences."""

from collections import Counter
from datetime import date
from typing import Final

from suivi_tui.readings.entry_grid import EntryGrid, GridFigures
from suivi_tui.store.queries.hours import GridCell, GridRow
from suivi_tui.tui.widgets.cell_table import Line, MonthColumn
from suivi_tui.tui.widgets.cells import Cell, CellKey, CellState
from suivi_tui.tui.widgets.status_line import joined
from suivi_tui.vocabulary.choices import (
    CompanyKind,
    EmploymentKind,
    HourKind,
    RefusalReason,
    StatementStatus,
    label_of,
)
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, format_month, short_month
from suivi_tui.vocabulary.numbers import NBSP, format_percent

RowKey = tuple[int, int]
"""Placement and kind of hours: what a line of the grid is."""

READ_ONLY: Final = (
    "La base est ouverte en lecture seule : rien n'a été modifié. Copiez-la dans un dossier où "
    "vous pouvez écrire."
)
_SIGNS: Final = {
    StatementStatus.LOCKED.value: "=",
    StatementStatus.NO_ACTIVITY.value: "–",
    StatementStatus.CHECKED.value: "✓",
    StatementStatus.PARTIAL.value: "~",
    StatementStatus.RECEIVED.value: "•",
}
WORDS: Final = {
    CellState.PENDING: "à valider",
    CellState.VALIDATED: "validées",
    CellState.REFUSED: "refusées en partie",
}


def kind_word(kind: int) -> str:
    """How a kind of hours other than work is said."""
    member = next((item for item in HourKind if item.number == kind), None)
    return "" if member in (None, HourKind.WORK) else member.label.lower()


def person_name(row: GridRow) -> str:
    """Last and first name; a person known by nothing else is still named."""
    return f"{row.last} {row.first}".strip() or "Sans nom"


def lines_of(rows: list[GridRow]) -> list[Line]:
    """A line a person; two lines that would read the same say the kind of contract."""
    names = Counter((row.participant, row.kind) for row in rows)
    lines: list[Line] = []
    for row in rows:
        parts = [person_name(row)]
        if names[row.participant, row.kind] > 1:
            parts.append(label_of(EmploymentKind, row.type) or "autre contrat")
        parts.append(kind_word(row.kind))
        lines.append(Line((row.placement, row.kind), joined(parts), _hint(row)))
    return lines


def _hint(row: GridRow) -> str:
    kind = CompanyKind._value2member_map_.get(row.structure_kind)
    insertion = isinstance(kind, CompanyKind) and kind is not CompanyKind.ORDINARY
    short = f" ({kind.short})" if isinstance(kind, CompanyKind) and insertion else ""
    since = f"depuis le {_day(row.start)}" if row.start else "début inconnu"
    until = f"jusqu'au {_day(row.end)}" if row.end else ""
    weekly = f"{format_hours(Hours(row.weekly_hours))} par semaine" if row.weekly_hours else ""
    employer = f"{row.employer_name}{short}" if row.employer_name else ""
    contract = " ".join(part for part in (label_of(EmploymentKind, row.type), since, until) if part)
    return joined([contract, employer, weekly])


def _day(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text


def columns_of(entry: EntryGrid) -> list[MonthColumn]:
    """A column a month, with the sign of its statement."""
    return [MonthColumn(month, short_month(month), _sign(entry, month)) for month in entry.months]


def _sign(entry: EntryGrid, month: Month) -> str:
    found = {statement.status for statement in entry.grid.statements.get(month, ())}
    if len(found) > 1:
        found.discard(StatementStatus.NO_ACTIVITY.value)
    for status in (
        StatementStatus.LOCKED,
        StatementStatus.PARTIAL,
        StatementStatus.RECEIVED,
        StatementStatus.CHECKED,
        StatementStatus.NO_ACTIVITY,
    ):
        if status.value in found:
            return _SIGNS[status.value]
    return ""


def month_words(entry: EntryGrid, month: Month) -> str:
    """What is known of the statement of a month, in words."""
    found = {statement.status: None for statement in entry.grid.statements.get(month, ())}
    labels = [label_of(StatementStatus, status).lower() for status in found]
    return f"{format_month(month)}{NBSP}: relevé {', '.join(labels)}" if labels else ""


def cells_of(entry: EntryGrid, rows: list[GridRow], read_only: bool = False) -> dict[CellKey, Cell]:
    """The cells that hold something or refuse typing."""
    cells: dict[CellKey, Cell] = {}
    for row in rows:
        for month in entry.months:
            cell = cell_of(entry, row, month, read_only)
            if cell is not None:
                cells[(row.placement, row.kind), month] = cell
    return cells


def cell_of(entry: EntryGrid, row: GridRow, month: Month, read_only: bool = False) -> Cell | None:
    """One cell; None when it is empty and open."""
    stored = entry.grid.cells.get((row.placement, row.kind, month))
    closed = READ_ONLY if read_only else entry.closed_because(month, row.employer)
    if stored is not None:
        return Cell(Hours(stored.declared), state_of(stored), bool(closed), closed)
    statuses = {statement.status for statement in entry.grid.statements.get(month, ())}
    idle = statuses == {StatementStatus.NO_ACTIVITY.value}
    if closed or idle:
        state = CellState.NO_ACTIVITY if idle else CellState.EMPTY
        return Cell(None, state, bool(closed), closed)
    return None


def state_of(stored: GridCell) -> CellState:
    """Pending, validated as declared, or refused at least in part."""
    if stored.validated is None:
        return CellState.PENDING
    return CellState.VALIDATED if stored.validated == stored.declared else CellState.REFUSED


def cell_words(entry: EntryGrid, row: GridRow, month: Month, hint: str) -> tuple[str, str]:
    """What the cell under the cursor is: hours, decision, month; then person and contract."""
    stored = entry.grid.cells.get((row.placement, row.kind, month))
    said = ""
    if stored is not None:
        said = f"{format_hours(Hours(stored.declared))} {WORDS[state_of(stored)]}"
        if state_of(stored) is CellState.REFUSED:
            refused = format_hours(Hours(stored.declared - (stored.validated or 0)))
            reason = label_of(RefusalReason, stored.refusal_reason, "sans motif")
            said = f"{refused} refusées{NBSP}: {reason}"
        said = joined([said, stored.comment])
    said = said or f"{format_month(month)}{NBSP}: rien de saisi"
    return joined([said, month_words(entry, month)]), joined([person_name(row), hint])


def figures_words(figures: GridFigures) -> str:
    """Owed, validated, pending, left and pace, on one line of 80 columns."""
    totals = figures.totals
    parts = ["Objectif à saisir" if figures.owed is None else f"Dues {compact(figures.owed)}"]
    parts.append(f"validées {compact(totals.validated)}")
    parts.append(f"à valider {compact(totals.pending)}")
    if figures.left_once_validated is not None:
        parts.append(f"reste {compact(figures.left_once_validated)}")
    if figures.pace is not None:
        parts.append(f"rythme {format_percent(figures.pace, 0)}")
    elif figures.expected is None:
        parts.append("rythme inconnu")
    if totals.refused:
        parts.append(f"refusées {compact(totals.refused)}")
    return joined(parts)


def compact(hours: Hours) -> str:
    """Hours without their unit, nor decimals that are zero."""
    return format_hours(hours, unit=False).removesuffix(",00")


def about_words(entry: EntryGrid) -> str:
    """Which obligation: contract, lot, holder, operation."""
    about = entry.about
    lot = f"lot {about.lot_number}" if about.lot_number not in ("", "0") else ""
    return joined(
        [f"{about.number} {lot}".strip(), about.company_name, about.operation_name, about.object]
    )
