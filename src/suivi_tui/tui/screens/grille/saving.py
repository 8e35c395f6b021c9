"""What the grid asks of the base; each function runs on the desk, one batch each."""

from collections.abc import Hashable
from datetime import date, datetime
from typing import Any, NamedTuple

from suivi_tui.tui.screens.grille.paste import Pasted
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month


class CellPlace(NamedTuple):
    """A cell of the grid of an obligation."""

    obligation: int
    placement: int
    kind: int
    month: Month


def cell_numbers(row: Hashable, column: Hashable) -> tuple[int, int, int]:
    """Placement, kind and month of a cell, from the keys of its line and column."""
    if not isinstance(row, tuple) or not isinstance(column, int):
        raise TypeError("not a cell of the hour grid")
    placement, kind = row
    return int(placement), int(kind), column


def save_cell(base: Any, place: CellPlace, hours: Hours | None) -> None:
    """Write one cell, or empty it."""
    from suivi_tui.actions.entry import HourCell, enter_hours

    enter_hours(base, [HourCell(place.obligation, place.placement, place.month, place.kind, hours)])


def save_paste(base: Any, obligation: int, values: list[Pasted]) -> None:
    """Write a previewed paste in one batch."""
    from suivi_tui.actions.entry import HourCell, paste_hours

    cells = []
    for value in values:
        if value.line is not None and value.month is not None:
            placement, kind, month = cell_numbers(value.line.key, value.month.key)
            cells.append(HourCell(obligation, placement, Month(month), kind, value.hours))
    paste_hours(base, cells)


def repeat_month(base: Any, obligation: int, month: Month) -> int:
    """Copy the month before into the empty cells of a month; how many lines that made."""
    from suivi_tui.actions.entry import repeat_previous_month

    return repeat_previous_month(base, obligation, month).lines


def validate(base: Any, obligation: int, month: Month) -> int:
    """Validate what is pending in a month; how many changes that made."""
    from suivi_tui.actions.entry import validate_month

    return validate_month(base, obligation, month).lines


def toggle(base: Any, obligation: int, month: Month, status: StatementStatus, today: date) -> None:
    """Mark the statement of a month, or take the mark back."""
    from suivi_tui.actions.statements import toggle_statement

    toggle_statement(base, obligation, month, status, today)


def lock(base: Any, obligation: int, month: Month) -> None:
    """Lock the statement of a month."""
    from suivi_tui.actions.statements import lock_statement

    lock_statement(base, obligation, month)


def reopen(base: Any, obligation: int, month: Month, reason: str) -> None:
    """Reopen the locked statement of a month."""
    from suivi_tui.actions.statements import reopen_statement

    reopen_statement(base, obligation, month, reason)


def decide(base: Any, place: CellPlace, validated: Hours, reason: str, comment: str | None) -> None:
    """Validate a part of the hours of a cell, refuse the rest for a reason."""
    from suivi_tui.actions.entry import refuse_hours
    from suivi_tui.store.queries.entry import HourKey

    key = HourKey(place.obligation, place.month, place.placement, place.kind)
    refuse_hours(base, key, validated, reason, comment)


def draft_place(obligation: int) -> str:
    """Under which name the half-typed cell of a grid is kept."""
    return f"grille/{obligation}"


def keep(base: Any, obligation: int, row: str, text: str, now: datetime) -> None:
    """Keep a half-typed cell."""
    from suivi_tui.store.drafts import keep_draft

    keep_draft(base, draft_place(obligation), row, text, now)


def drop(base: Any, obligation: int) -> None:
    """Forget the half-typed cells of a grid."""
    from suivi_tui.store.drafts import drafts_of, drop_draft

    for draft in drafts_of(base, draft_place(obligation)):
        drop_draft(base, draft.screen, draft.row)
