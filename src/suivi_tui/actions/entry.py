"""Hours typed in the grids: enter, clear, validate, refuse, repeat a month, mark a statement.

Each act is one batch, cancellable as a whole. Nothing is judged here beyond what cannot be a
number of hours: doubts are findings (``design.md`` 8, "Entry never blocks a facilitator"). A
locked month refuses every change: of one cell with a sentence, while an act over a whole month
passes over what is locked.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from suivi_tui.actions.locks import HourPlace, Locks, MonthLocked, refuse_locked
from suivi_tui.rules.possible_hours import impossible_hours, most_hours
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Receipt, changed, created, hour_row, removed, write
from suivi_tui.store.queries import entry as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.entry import HourKey, StoredHours
from suivi_tui.vocabulary.choices import RefusalReason, StatementStatus, find
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.identifiers import looks_like_nir
from suivi_tui.vocabulary.months import Month, first_day, format_month, of_month, previous_month
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import NOTES_LIMIT, clean

Stored = tuple[HourKey, StoredHours]


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
    """Write cells of an hour grid in one batch; an emptied cell removes its line.

    A new figure on a decided line makes it pending again; a figure confirmed by hand is not an
    estimate any more. Receipt(0, 0) when nothing differs. Raises ImpossibleHours (more than 24 h
    a day) or MonthLocked, nothing being written then.
    """
    wanted = {cell.key: cell for cell in cells}
    for cell in wanted.values():
        _check_possible(cell)
    changes: list[Change] = []
    touched: list[HourCell] = []
    for cell in wanted.values():
        made = list(_entered(cell, queries.hour_line(base.connection, cell.key)))
        if made:
            changes += made
            touched.append(cell)
    refuse_locked(base.connection, _places(base.connection, [cell.key for cell in touched]))
    changes += _reopened(base, [cell for cell in touched if cell.declared is not None])
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
    alone, so are people whose contract ended before the month and what a regularisation took
    back. Raises MonthLocked when everything that could be copied is locked.
    """
    before = queries.month_lines(base.connection, obligation, previous_month(month))
    only = None if placements is None else set(placements)
    listed = [item for item in before if only is None or item[0].placement in only]
    return _repeated(base, month, listed, queries.month_lines(base.connection, obligation, month))


def repeat_sender_month(base: Base, sender: int, month: Month) -> Receipt:
    """Copy the month before into the empty cells of all the people that a company employs.

    See ``repeat_previous_month``.
    """
    before = queries.sender_lines(base.connection, sender, previous_month(month))
    return _repeated(base, month, before, queries.sender_lines(base.connection, sender, month))


def _repeated(
    base: Base, month: Month, before: Sequence[Stored], taken: Sequence[Stored]
) -> Receipt:
    filled = {(key.placement, key.kind) for key, _ in taken}
    start = first_day(month).isoformat()
    cells: dict[HourKey, HourCell] = {}
    for key, stored in before:
        hired = queries.placement(base.connection, key.placement)
        gone = hired is None or (hired.end is not None and hired.end < start)
        if stored.declared <= 0 or gone or (key.placement, key.kind) in filled:
            continue
        declared = min(stored.declared, most_hours(month))
        cell = HourCell(key.obligation, key.placement, month, key.kind, declared)
        cells[cell.key] = cell
    kept = [cells[key] for key in _open(base.connection, list(cells))]
    return enter_hours(base, kept, f"Reprise du mois précédent{NBSP}: {format_month(month)}")


def validate_month(
    base: Base, obligation: int, month: Month, placements: Iterable[int] | None = None
) -> Receipt:
    """Validate what is pending in a month as it was declared; what is decided stays.

    Once every line is decided, the statements received are checked. Raises MonthLocked when all
    that is pending is locked.
    """
    only = None if placements is None else set(placements)
    lines = queries.month_lines(base.connection, obligation, month)
    decided = _decided(base, [item for item in lines if only is None or item[0].placement in only])
    changes = list(_validated(decided))
    if changes and all(stored.validated is not None or key in decided for key, stored in lines):
        for statement in queries.statements(base.connection, obligation, month).values():
            changes += _checked(statement)
    return write(base, changes, label=f"Validation des heures {of_month(month)}")


def validate_sender_month(base: Base, sender: int, month: Month) -> Receipt:
    """Validate what is pending in a month for all the people that a company employs: one batch.

    The statements received from that company are checked. See ``validate_month``.
    """
    lines = queries.sender_lines(base.connection, sender, month)
    decided = _decided(base, lines)
    changes = list(_validated(decided))
    left = {
        key.obligation for key, stored in lines if stored.validated is None and key not in decided
    }
    for obligation in sorted({key.obligation for key in decided} - left):
        known = queries.statements(base.connection, obligation, month)
        statement = known.get(sender) or known.get(_other_name(base, obligation, sender))
        if statement is not None:
            changes += _checked(statement)
    return write(base, changes, label=f"Validation des heures {of_month(month)}")


def _other_name(base: Base, obligation: int, sender: int | None) -> int | None:
    """A statement that names nobody is that of the holder, who declares those whose employer is
    not known: under its name, or under none."""
    holder = (queries.record(base.connection, "obligation", obligation) or {}).get("company")
    if sender is None:
        return holder if isinstance(holder, int) else None
    return None if holder == sender else sender


def _decided(base: Base, lines: Iterable[Stored]) -> dict[HourKey, StoredHours]:
    """What a validation decides: the pending lines that are not locked."""
    pending = {key: stored for key, stored in lines if stored.validated is None}
    return {key: pending[key] for key in _open(base.connection, list(pending))}


def _validated(decided: dict[HourKey, StoredHours]) -> Iterator[Change]:
    for key, stored in decided.items():
        yield changed("hour_entry", hour_row(*key), "validated", stored.declared)


def _checked(statement: queries.StoredStatement) -> Iterator[Change]:
    if statement.status == StatementStatus.RECEIVED.value:
        checked = StatementStatus.CHECKED.value
        yield changed("statement", statement.id, "status", checked)


def refuse_hours(
    base: Base, key: HourKey, validated: Hours, reason: str, comment: str | None = None
) -> Receipt:
    """Decide a line: ``validated`` hours are kept, the rest is refused for ``reason``.

    ``reason`` is a code of RefusalReason, needed as soon as something is refused. Raises
    ImpossibleHours when ``validated`` is not between 0 and what was declared, and MonthLocked.
    """
    key = HourKey(*key)
    stored = _living(base, key)
    low, high = sorted((0, stored.declared))
    if not low <= validated <= high:
        raise ImpossibleHours(
            f"Les heures validées doivent être entre 0 et {format_hours(stored.declared)}"
            f"{NBSP}: rien n'a été modifié. Corrigez le nombre."
        )
    refused = validated != stored.declared
    if refused and reason not in set(RefusalReason):
        raise UserError(
            "Des heures refusées demandent un motif : rien n'a été modifié. Choisissez-le dans la "
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


def attach_correction(base: Base, key: HourKey, month: Month | None) -> Receipt:
    """Say which month a negative line takes back; None when that is not known any more.

    Raises UserError for a line that takes nothing back or a month after it, and MonthLocked.
    """
    key = HourKey(*key)
    stored = _living(base, key)
    if stored.declared >= 0:
        raise UserError("Seule une ligne négative est une régularisation : rien n'a été modifié.")
    if month is not None and month > key.month:
        raise UserError(
            "Une régularisation reprend un mois déjà passé : rien n'a été modifié. Choisissez un "
            "autre mois."
        )
    changes = []
    if stored.corrects != month:
        changes.append(changed("hour_entry", hour_row(*key), "corrects", month))
    return write(base, changes, label=_label("Régularisation rattachée", [key]))


def _living(base: Base, key: HourKey) -> StoredHours:
    """A line that is there and not locked."""
    stored = queries.hour_line(base.connection, key)
    if stored is None:
        raise UserError(
            "Cette ligne d'heures n'existe plus : rien n'a été modifié. Rouvrez la grille."
        )
    refuse_locked(base.connection, _places(base.connection, [key]))
    return stored


def _places(connection: Connection, keys: Iterable[HourKey]) -> list[HourPlace]:
    """What a lock would close, of some lines."""
    employers: dict[int, int | None] = {}
    for key in keys:
        if key.placement not in employers:
            hired = queries.placement(connection, key.placement)
            employers[key.placement] = hired.employer if hired else None
    return [HourPlace(key.obligation, key.month, employers[key.placement]) for key in keys]


def _open(connection: Connection, keys: list[HourKey]) -> list[HourKey]:
    """The lines that no lock closes; MonthLocked when there is none left."""
    locks = Locks(connection)
    places = _places(connection, keys)
    found = [key for key, place in zip(keys, places, strict=True) if not locks.closes(place)]
    if keys and not found:
        raise MonthLocked(keys[0].month)
    return found


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
    label = f"Relevé {of_month(month)}{NBSP}: {found.label.lower()}"
    return write(base, changes, label=label)


def _entered(cell: HourCell, stored: StoredHours | None) -> Iterator[Change]:
    row = hour_row(*cell.key)
    if cell.declared is None:
        if stored is not None:
            yield removed("hour_entry", row)
        return
    if stored is None:
        yield created("hour_entry", row, {"declared": cell.declared, "validated": None})
        return
    if stored.spread:
        yield changed("hour_entry", row, "spread", 0)
    if stored.declared != cell.declared:
        yield changed("hour_entry", row, "declared", cell.declared)
        if stored.validated is not None:
            yield changed("hour_entry", row, "validated", None)
        if stored.refusal_reason:
            yield changed("hour_entry", row, "refusal_reason", "")
        if stored.corrects is not None and cell.declared >= 0:
            yield changed("hour_entry", row, "corrects", None)


def _reopened(base: Base, cells: list[HourCell]) -> Iterator[Change]:
    """A statement "without activity" or checked is only received once new hours come in."""
    connection = base.connection
    seen: set[int] = set()
    for cell in cells:
        hired = queries.placement(connection, cell.placement)
        statements = queries.statements(connection, cell.obligation, cell.month)
        employer = hired.employer if hired else None
        if employer not in statements:
            employer = _other_name(base, cell.obligation, employer)
        statement = statements.get(employer)
        contradicted = (StatementStatus.NO_ACTIVITY.value, StatementStatus.CHECKED.value)
        if statement and statement.status in contradicted and statement.id not in seen:
            seen.add(statement.id)
            received = StatementStatus.RECEIVED.value
            yield changed("statement", statement.id, "status", received)


def _check_possible(cell: HourCell) -> None:
    if cell.declared is not None:
        fault = impossible_hours(cell.declared, cell.month)
        if fault:
            raise ImpossibleHours(fault)


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
