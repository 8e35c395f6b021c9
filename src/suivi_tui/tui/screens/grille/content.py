"""What a grid shows of a reading: its lines, its months, its cells, what unfolds under a line."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final

from suivi_tui.readings.entry_grid import EntryGrid
from suivi_tui.store.queries.hours import GridCell, GridRow
from suivi_tui.store.queries.obligations import ObligationRow
from suivi_tui.store.queries.statements import StatementRow
from suivi_tui.tui.widgets.cell_table import Line, MonthColumn
from suivi_tui.tui.widgets.cells import TONES, Cell, CellKey, CellState
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.tui.widgets.status_line import joined
from suivi_tui.vocabulary.choices import (
    CompanyKind,
    EmploymentKind,
    HourKind,
    StatementStatus,
    label_of,
)
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, short_month
from suivi_tui.vocabulary.numbers import NBSP

RowKey = tuple[int, int]
"""Placement and kind of hours: what a line of a grid is, whatever its obligation."""

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


def compact(hours: Hours) -> str:
    """Hours without their unit, nor decimals that are zero."""
    return format_hours(hours, unit=False).removesuffix(",00")


def key_of(row: GridRow) -> RowKey:
    """What a line is called in the grid."""
    return row.placement, row.kind


def kind_word(kind: int) -> str:
    """How a kind of hours other than work is said."""
    member = next((item for item in HourKind if item.number == kind), None)
    return "" if member in (None, HourKind.WORK) else member.label.lower()


def person_name(row: GridRow) -> str:
    """Last and first name; a person known by nothing else is still named."""
    return f"{row.last} {row.first}".strip() or "Sans nom"


def contract_lot(about: ObligationRow) -> str:
    """``2026-01/3``: number of the contract, and of the lot when there are lots."""
    lot = f"/{about.lot_number}" if about.lot_number not in ("", "0") else ""
    return f"{about.number or 'sans numéro'}{lot}"


def lines_of(entry: EntryGrid, rows: Sequence[GridRow]) -> list[Line]:
    """A line a person and, in the view of a sender, an obligation.

    Two lines that would read the same say the kind of contract, or since when; homonyms, their
    birth date.
    """
    same: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    homonyms: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        homonyms[person_name(row)].add(row.participant)
        same[row.participant, row.obligation, row.kind].append(row.type)
    lines: list[Line] = []
    for row in rows:
        parts = [person_name(row)]
        if len(homonyms[parts[0]]) > 1 and row.birth:
            parts[0] = f"{parts[0]} ({_day(row.birth)})"
        types = same[row.participant, row.obligation, row.kind]
        if len(types) > 1 and types.count(row.type) > 1 and row.start:
            parts.append(f"depuis le {_day(row.start)}")
        elif len(types) > 1:
            parts.append(label_of(EmploymentKind, row.type) or "autre contrat")
        parts.append(kind_word(row.kind))
        about = entry.about(row.obligation)
        tag = contract_lot(about) if entry.sender is not None else ""
        lines.append(Line(key_of(row), joined(parts), _hint(row, entry.sender is None), tag))
    return lines


def _hint(row: GridRow, with_employer: bool) -> str:
    kind = CompanyKind._value2member_map_.get(row.structure_kind)
    insertion = isinstance(kind, CompanyKind) and kind is not CompanyKind.ORDINARY
    short = f" ({kind.short})" if isinstance(kind, CompanyKind) and insertion else ""
    if row.start and row.end:
        when = f"du {_day(row.start)} au {_day(row.end)}"
    elif row.start:
        when = f"depuis le {_day(row.start)}"
    else:
        when = f"début inconnu, jusqu'au {_day(row.end)}" if row.end else "début inconnu"
    weekly = ""
    if row.weekly_hours:
        weekly = f"{compact(Hours(row.weekly_hours))}{NBSP}h/semaine"
    employer = f"{row.employer_name}{short}" if row.employer_name and with_employer else ""
    return joined([f"{label_of(EmploymentKind, row.type)} {when}".strip(), weekly, employer])


def _day(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text


def columns_of(entry: EntryGrid) -> list[MonthColumn]:
    """A column a month, with the sign of its statements."""
    return [MonthColumn(month, short_month(month), _sign(entry, month)) for month in entry.months]


def statements_of(entry: EntryGrid, month: Month) -> list[StatementRow]:
    """The statements of a month, of every obligation shown."""
    return [
        statement
        for obligation in entry.grid.obligations
        for statement in entry.statements(obligation, month)
    ]


def _sign(entry: EntryGrid, month: Month) -> str:
    """The sign of a month; in the view of a sender, only when all its statements say the same."""
    found = {statement.status for statement in statements_of(entry, month)}
    if entry.sender is not None:
        everywhere = all(entry.statements(shown, month) for shown in entry.grid.obligations)
        return _SIGNS.get(found.pop(), "") if len(found) == 1 and everywhere else ""
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


def cells_of(
    entry: EntryGrid, rows: Sequence[GridRow], read_only: bool = False
) -> dict[CellKey, Cell]:
    """The cells that hold something or refuse typing."""
    cells: dict[CellKey, Cell] = {}
    for row in rows:
        for month in entry.months:
            cell = cell_of(entry, row, month, read_only)
            if cell is not None:
                cells[key_of(row), month] = cell
    return cells


def cell_of(entry: EntryGrid, row: GridRow, month: Month, read_only: bool = False) -> Cell | None:
    """One cell; None when it is empty and open."""
    stored = entry.grid.cells.get((row.placement, row.kind, month))
    closed = READ_ONLY
    if not read_only:
        closed = entry.closed_because(row.obligation, month, row.employer)
    if stored is not None:
        hours = Hours(stored.declared)
        return Cell(hours, state_of(stored), bool(closed), closed, bool(stored.spread))
    statuses = {statement.status for statement in entry.statements(row.obligation, month)}
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


def unfolded(
    entry: EntryGrid, rows: Sequence[GridRow], lines: Sequence[Line]
) -> tuple[list[Line], dict[CellKey, Piece]]:
    """The lines with, under those where they differ, what was validated and what was refused."""
    shown: list[Line] = []
    details: dict[CellKey, Piece] = {}
    for row, line in zip(rows, lines, strict=True):
        shown.append(line)
        differ = {
            month: stored
            for month in entry.months
            if (stored := entry.grid.cells.get((row.placement, row.kind, month))) is not None
            and state_of(stored) is CellState.REFUSED
        }
        if not differ:
            continue
        for name, label in (("validated", "validées"), ("refused", "refusées")):
            key = (*key_of(row), name)
            shown.append(Line(key, f"  {label}", under=True))
            for month, stored in differ.items():
                kept = stored.validated or 0
                hours = Hours(kept if name == "validated" else stored.declared - kept)
                state = CellState.VALIDATED if name == "validated" else CellState.REFUSED
                details[key, month] = (format_hours(hours, unit=False), TONES[state])
    return shown, details
