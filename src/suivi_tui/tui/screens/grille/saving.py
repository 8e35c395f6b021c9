"""What the grids ask of the base; each function runs on the desk, one batch each.

An act that would change nothing raises :class:`NothingToWrite`: the screen must not claim that it
saved something.
"""

from collections.abc import Hashable
from datetime import date, datetime
from typing import Any, NamedTuple

from suivi_tui.tui.screens.grille.paste import Pasted
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, format_month


class NothingToWrite(UserError):
    """There was nothing to do; nothing was written, and nothing is wrong."""


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


def save_paste(base: Any, values: list[Pasted], obligations: dict[Hashable, int]) -> None:
    """Write a previewed paste in one batch; ``obligations`` by line of the grid."""
    from suivi_tui.actions.entry import HourCell, paste_hours

    cells = []
    for value in values:
        if value.line is not None and value.month is not None:
            placement, kind, month = cell_numbers(value.line.key, value.month.key)
            obligation = obligations[value.line.key]
            cells.append(HourCell(obligation, placement, Month(month), kind, value.hours))
    paste_hours(base, cells)


def repeat_month(base: Any, obligation: int | None, sender: int | None, month: Month) -> int:
    """Copy the month before into the empty cells of a month; how many lines that made."""
    from suivi_tui.actions.entry import repeat_previous_month, repeat_sender_month

    if sender is not None:
        lines = repeat_sender_month(base, sender, month).lines
    else:
        lines = repeat_previous_month(base, obligation or 0, month).lines
    if not lines:
        raise NothingToWrite(
            "Rien à reprendre du mois précédent : seules les cases vides sont remplies."
        )
    return lines


def validate(base: Any, obligation: int | None, sender: int | None, month: Month) -> None:
    """Validate what is pending in a month, of an obligation or of all the people of a sender."""
    from suivi_tui.actions.entry import validate_month, validate_sender_month

    if sender is not None:
        lines = validate_sender_month(base, sender, month).lines
    else:
        lines = validate_month(base, obligation or 0, month).lines
    if not lines:
        raise NothingToWrite(f"Rien n'est à valider en {format_month(month)}.")


def toggle(base: Any, obligation: int, month: Month, status: StatementStatus, today: date) -> None:
    """Mark the statement of a month, or take the mark back."""
    from suivi_tui.actions.statements import toggle_statement

    toggle_statement(base, obligation, month, status, today)


def mark_idle(base: Any, obligations: list[int], sender: int, month: Month, today: date) -> None:
    """Mark the statements of a sender without activity, or take the mark back."""
    from suivi_tui.actions.statements import StatementPlace, mark_statements

    places = [StatementPlace(obligation, sender, month) for obligation in obligations]
    mark_statements(base, places, StatementStatus.NO_ACTIVITY, today)


def decide(base: Any, place: CellPlace, validated: Hours, reason: str, comment: str | None) -> None:
    """Validate a part of the hours of a cell, refuse the rest for a reason."""
    from suivi_tui.actions.entry import refuse_hours
    from suivi_tui.store.queries.entry import HourKey

    key = HourKey(place.obligation, place.month, place.placement, place.kind)
    refuse_hours(base, key, validated, reason, comment)


def attach(base: Any, place: CellPlace, month: Month | None) -> None:
    """Say which month a negative line takes back."""
    from suivi_tui.actions.entry import attach_correction
    from suivi_tui.store.queries.entry import HourKey

    key = HourKey(place.obligation, place.month, place.placement, place.kind)
    if not attach_correction(base, key, month).lines:
        raise NothingToWrite("Cette régularisation est déjà rattachée ainsi.")


def draft_place(obligation: int) -> str:
    """Under which name the half-typed cells of an obligation are kept, whatever the view."""
    return f"grille/{obligation}"


def keep(base: Any, obligation: int, row: str, text: str, now: datetime) -> None:
    """Keep a half-typed cell."""
    from suivi_tui.store.drafts import keep_draft

    keep_draft(base, draft_place(obligation), row, text, now)


def drop(base: Any, obligation: int, row: str) -> None:
    """Forget a half-typed cell."""
    from suivi_tui.store.drafts import drop_draft

    drop_draft(base, draft_place(obligation), row)
