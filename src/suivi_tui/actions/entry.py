"""Hours typed in the grid: enter, clear, validate, refuse, repeat a month, mark a statement.

Each act is one batch, cancellable as a whole. Nothing is judged here beyond what cannot be a
number of hours: doubts are alerts (``design.md`` 8, "Entry never blocks a facilitator").
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Receipt, changed, created, hour_row, removed, write
from suivi_tui.store.queries import entry as queries
from suivi_tui.store.queries.entry import HourKey, StoredHours
from suivi_tui.vocabulary.choices import RefusalReason, StatementStatus, find
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.identifiers import looks_like_nir
from suivi_tui.vocabulary.months import Month, days_in, first_day, format_month, previous_month
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import NOTES_LIMIT, clean

HOURS_A_DAY = 24_00


class ImpossibleHours(UserError):
    """More than 24 hours a day, or a decision that the hours declared do not allow."""


class HourCell(NamedTuple):
    """What was typed in one cell; ``declared`` None empties it, ``kind`` is HourKind.number."""

    obligation: int
    placement: int
    month: Month
    kind: int
    declared: Hours | None

    @property
    def key(self) -> HourKey:
        """The key of the hour line."""
        return HourKey(self.obligation, self.month, self.placement, self.kind)


def enter_hours(base: Base, cells: Iterable[HourCell], label: str = "") -> Receipt:
    """Write cells of the hour grid in one batch; an emptied cell removes its line.

    A new figure on a decided line makes it pending again. Receipt(0, 0) when nothing differs.
    Raises ImpossibleHours (more than 24 h a day), nothing being written then.
    """
    wanted = {cell.key: cell for cell in cells}
    for cell in wanted.values():
        _check_possible(cell)
    changes: list[Change] = []
    for cell in wanted.values():
        changes += _entered(cell, queries.hour_line(base.connection, cell.key))
    if changes:
        changes += _reopened(base, [cell for cell in wanted.values() if cell.declared is not None])
    return write(base, changes, label=label or _label("Saisie d'heures", wanted))


def paste_hours(base: Base, cells: Iterable[HourCell]) -> Receipt:
    """Write a pasted column in one batch (see ``enter_hours``)."""
    listed = list(cells)
    return enter_hours(base, listed, _label("Heures collées", [cell.key for cell in listed]))


def repeat_previous_month(
    base: Base, obligation: int, month: Month, placements: Iterable[int] | None = None
) -> Receipt:
    """Copy the hours of the month before into the empty cells of ``month``.

    Only the ``placements`` given, or all of the obligation. Cells that hold something are left
    alone, so are people whose contract ended before the month.
    """
    connection = base.connection
    before = queries.month_lines(connection, obligation, previous_month(month))
    taken = {key[2:] for key, _ in queries.month_lines(connection, obligation, month)}
    only = None if placements is None else set(placements)
    start = first_day(month).isoformat()
    cells = []
    for key, stored in before:
        if key[2:] in taken or (only is not None and key.placement not in only):
            continue
        hired = queries.placement(connection, key.placement)
        if hired is not None and (hired.end is None or hired.end >= start):
            most = days_in(month) * HOURS_A_DAY
            declared = Hours(max(-most, min(stored.declared, most)))
            cells.append(HourCell(obligation, key.placement, month, key.kind, declared))
    return enter_hours(base, cells, f"Reprise du mois précédent{NBSP}: {format_month(month)}")


def validate_month(
    base: Base, obligation: int, month: Month, placements: Iterable[int] | None = None
) -> Receipt:
    """Validate what is pending in a month as it was declared; what is decided stays."""
    only = None if placements is None else set(placements)
    lines = queries.month_lines(base.connection, obligation, month)
    decided = {
        key: stored
        for key, stored in lines
        if stored.validated is None and (only is None or key.placement in only)
    }
    changes = [
        changed("hour_entry", hour_row(*key), "validated", stored.declared)
        for key, stored in decided.items()
    ]
    if changes and all(stored.validated is not None or key in decided for key, stored in lines):
        for statement in queries.statements(base.connection, obligation, month).values():
            if statement.status == StatementStatus.RECEIVED.value:
                checked = StatementStatus.CHECKED.value
                changes.append(changed("statement", statement.id, "status", checked))
    return write(base, changes, label=f"Validation des heures de {format_month(month)}")


def refuse_hours(
    base: Base, key: HourKey, validated: Hours, reason: str, comment: str | None = None
) -> Receipt:
    """Decide a line: ``validated`` hours are kept, the rest is refused for ``reason``.

    ``reason`` is a code of RefusalReason, needed as soon as something is refused. Raises
    ImpossibleHours when ``validated`` is not between 0 and what was declared.
    """
    key = HourKey(*key)
    stored = queries.hour_line(base.connection, key)
    if stored is None:
        raise UserError(
            "Cette ligne d'heures n'existe plus : rien n'a été modifié. Rouvrez la grille."
        )
    low, high = sorted((0, stored.declared))
    if not low <= validated <= high:
        raise ImpossibleHours(
            f"Les heures validées doivent être entre 0 et {format_hours(stored.declared)}"
            f"{NBSP}: rien n'a été modifié. Corrigez le nombre."
        )
    refused = validated != stored.declared
    if refused and reason not in set(RefusalReason):
        raise UserError(
            "Des heures refusées demandent un motif : rien n'a été modifié. Choisissez-le dans la "
            "liste."
        )
    wanted: dict[str, str | int] = {
        "validated": validated,
        "refusal_reason": str(reason) if refused else "",
    }
    if comment is not None:
        wanted["comment"] = _comment(comment)
    changes = [
        changed("hour_entry", hour_row(*key), field, value)
        for field, value in wanted.items()
        if value != getattr(stored, field)
    ]
    return write(base, changes, label=_label("Décision sur des heures", [key]))


def mark_statement(
    base: Base,
    obligation: int,
    sender: int | None,
    month: Month,
    status: str,
    received_on: date | None = None,
) -> Receipt:
    """Say what is known of the statement of a sender (company) for a month.

    ``status`` is a code of StatementStatus, such as ``sans_activite``.
    """
    found = find(StatementStatus, status)
    if found is None:
        raise UserError("Cet état de relevé n'existe pas : rien n'a été modifié.")
    stored = queries.statements(base.connection, obligation, month).get(sender)
    day = received_on.isoformat() if received_on else None
    changes: list[Change] = []
    if stored is None:
        values = {
            "obligation": obligation,
            "sender": sender,
            "month": month,
            "status": found.value,
            "received_on": day,
        }
        changes.append(created("statement", base.new_id(), values))
    else:
        if stored.status != found.value:
            changes.append(changed("statement", stored.id, "status", found.value))
        if day is not None:
            changes.append(changed("statement", stored.id, "received_on", day))
    label = f"Relevé de {format_month(month)}{NBSP}: {found.label.lower()}"
    return write(base, changes, label=label)


def _entered(cell: HourCell, stored: StoredHours | None) -> Iterator[Change]:
    row = hour_row(*cell.key)
    if cell.declared is None:
        if stored is not None:
            yield removed("hour_entry", row)
    elif stored is None:
        yield created("hour_entry", row, {"declared": cell.declared, "validated": None})
    elif stored.declared != cell.declared:
        yield changed("hour_entry", row, "declared", cell.declared)
        if stored.validated is not None:
            yield changed("hour_entry", row, "validated", None)
        if stored.refusal_reason:
            yield changed("hour_entry", row, "refusal_reason", "")


def _reopened(base: Base, cells: list[HourCell]) -> Iterator[Change]:
    """A statement "without activity" or checked is only received once new hours come in."""
    connection = base.connection
    seen: set[int] = set()
    for cell in cells:
        hired = queries.placement(connection, cell.placement)
        statements = queries.statements(connection, cell.obligation, cell.month)
        statement = statements.get(hired.employer) if hired else None
        contradicted = (StatementStatus.NO_ACTIVITY.value, StatementStatus.CHECKED.value)
        if statement and statement.status in contradicted and statement.id not in seen:
            seen.add(statement.id)
            received = StatementStatus.RECEIVED.value
            yield changed("statement", statement.id, "status", received)


def _check_possible(cell: HourCell) -> None:
    if cell.declared is not None and abs(cell.declared) > days_in(cell.month) * HOURS_A_DAY:
        raise ImpossibleHours(
            f"{format_hours(cell.declared)} en {format_month(cell.month)}, c'est plus de 24{NBSP}h "
            f"par jour{NBSP}: rien n'a été enregistré. Corrigez le nombre."
        )


def _comment(text: str) -> str:
    cleaned = clean(text, NOTES_LIMIT, multiline=True)
    if looks_like_nir(cleaned):
        raise UserError(
            "Le commentaire ressemble à un numéro de sécurité sociale : rien n'a été enregistré. "
            "Ôtez ce numéro, il ne doit pas entrer dans la base."
        )
    return cleaned


def _label(what: str, keys: Iterable[HourKey]) -> str:
    months = sorted({key[1] for key in keys})
    if not months:
        return what
    shown = format_month(Month(months[0]))
    if len(months) > 1:
        shown = f"{shown} à {format_month(Month(months[-1]))}"
    return f"{what}{NBSP}: {shown}"
