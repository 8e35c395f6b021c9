"""Taking back what was done: the last act, or one batch chosen in the history.

A month locked since forbids it, as it forbids any change: the lock itself can be taken back.
"""

from suivi_tui.actions.locks import HourPlace, Locks
from suivi_tui.store import undo as store_undo
from suivi_tui.store.base import Base
from suivi_tui.store.queries import batch_places
from suivi_tui.store.undo import LaterChanges, NothingToUndo
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import Month, of_month
from suivi_tui.vocabulary.numbers import NBSP, plural

__all__ = ["LaterChanges", "LockedSince", "NothingToUndo", "undo_batch", "undo_last"]


class LockedSince(UserError):
    """What was to be taken back lies in a month locked since; nothing was changed."""

    def __init__(self, months: list[Month]) -> None:
        first, others = of_month(months[0]), len(months) - 1
        more = f" (et {plural(others, 'autre mois', 'autres mois')})" if others else ""
        super().__init__(
            f"Le relevé {first}{more} est verrouillé{NBSP}: rien n'est annulé, rien n'a été "
            "modifié. Rouvrez-le dans l'écran Saisie (touche k), puis annulez."
        )


def undo_last(base: Base, *, keep_later: bool = False) -> str:
    """Take back the last act of this person on this installation; a sentence that says what.

    Raises NothingToUndo, LockedSince, or LaterChanges when something was changed since: asked
    again with ``keep_later``, what was changed since stays and the rest is taken back.
    """
    last = store_undo.last_undoable(base)
    if last is not None:
        _refuse_locked(base, last.batch)
    label, _ = store_undo.undo_last(base, keep_later=keep_later)
    return f"Annulé : {label}"


def undo_batch(base: Base, batch: int, *, keep_later: bool = False) -> str:
    """Take back one batch of the history, an import for example (see ``undo_last``)."""
    _refuse_locked(base, batch)
    receipt = store_undo.undo(base, batch, keep_later=keep_later)
    return f"Annulé : {plural(receipt.lines - 1, 'modification', 'modifications')}."


def _refuse_locked(base: Base, batch: int) -> None:
    """Raise LockedSince when a batch wrote hours or marks in a month that is locked now."""
    connection, locks = base.connection, Locks(base.connection)
    locking = batch_places.locks_of(connection, batch)
    closed = {
        place.month
        for place in batch_places.places_of(connection, batch)
        if (place.obligation, place.month) not in locking
        and locks.closes(HourPlace(place.obligation, Month(place.month), place.employer))
    }
    if closed:
        raise LockedSince(sorted(Month(month) for month in closed))
