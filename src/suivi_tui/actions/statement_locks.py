"""Months locked and reopened: nothing changes in a locked month, a reason reopens it."""

from collections.abc import Sequence
from datetime import date

from suivi_tui.actions.locks import HourPlace, Locks
from suivi_tui.actions.statements import (
    StatementPlace,
    StatementRefused,
    known_statement,
    new_statement,
    places_label,
)
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, changed, write
from suivi_tui.store.queries import entry as queries
from suivi_tui.store.queries import statements as statement_queries
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.months import format_month, of_month
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import NOTES_LIMIT, clean

_LOCKED, _CHECKED = StatementStatus.LOCKED, StatementStatus.CHECKED


def lock_statements(base: Base, places: Sequence[StatementPlace], today: date) -> int:
    """Lock months of a sender: nothing is entered there until they are reopened; how many.

    Hours without a statement are locked too, a statement is made for them. What nothing came for
    is left open. Raises StatementRefused when nothing can be locked.
    """
    locks = Locks(base.connection)
    changes: list[Change] = []
    for place in places:
        if locks.closes(HourPlace(place.obligation, place.month, place.sender)):
            continue
        statement = known_statement(base, place)
        if statement is not None:
            changes.append(changed("statement", statement.id, "status", _LOCKED.value))
        elif statement_queries.lines_of_sender(base.connection, *place):
            changes.append(new_statement(base, place, _LOCKED, today))
    if places and not changes:
        raise StatementRefused(
            f"Il n'y a pas de relevé pour {format_month(places[0].month)}{NBSP}: rien n'est "
            "verrouillé. Marquez-le d'abord reçu ou sans activité."
        )
    write(base, changes, label=places_label(places, "verrouillé"))
    return len(changes)


def reopen_statements(base: Base, places: Sequence[StatementPlace], reason: str) -> int:
    """Reopen months of a sender, checked again; ``reason`` is kept with them; how many.

    Where the lock is that of the holder, its statement is reopened: it closes the month of all.
    Raises StatementRefused without a reason, or when nothing is locked.
    """
    told = clean(reason, NOTES_LIMIT)
    if not told:
        raise StatementRefused(
            f"Rouvrir un relevé demande un motif{NBSP}: celui {of_month(places[0].month)} reste "
            "verrouillé."
        )
    closing: set[int] = set()
    for place in places:
        about = queries.record(base.connection, "obligation", place.obligation) or {}
        known = queries.statements(base.connection, place.obligation, place.month)
        for sender in (None, place.sender, about.get("company")):
            found = known.get(sender if sender is None else int(sender))
            if found is not None and found.status == _LOCKED.value:
                closing.add(found.id)
    if places and not closing:
        raise StatementRefused(
            f"Le relevé {of_month(places[0].month)} n'est pas verrouillé{NBSP}: rien n'a "
            "été modifié."
        )
    changes: list[Change] = []
    for statement in sorted(closing):
        changes.append(changed("statement", statement, "status", _CHECKED.value))
        changes.append(changed("statement", statement, "reopened_reason", told))
    write(base, changes, label=places_label(places, "rouvert"))
    return len(closing)
