"""Taking back what was done: the last act, or one batch chosen in the history."""

from suivi_tui.store import undo as store_undo
from suivi_tui.store.base import Base
from suivi_tui.store.undo import LaterChanges, NothingToUndo
from suivi_tui.vocabulary.numbers import plural

__all__ = ["LaterChanges", "NothingToUndo", "undo_batch", "undo_last"]


def undo_last(base: Base, *, keep_later: bool = False) -> str:
    """Take back the last act of this person on this installation; a sentence that says what.

    Raises NothingToUndo, or LaterChanges when something was changed since: asked again with
    ``keep_later``, what was changed since stays and the rest is taken back.
    """
    label, _ = store_undo.undo_last(base, keep_later=keep_later)
    return f"Annulé : {label}"


def undo_batch(base: Base, batch: int, *, keep_later: bool = False) -> str:
    """Take back one batch of the history, an import for example (see ``undo_last``)."""
    receipt = store_undo.undo(base, batch, keep_later=keep_later)
    return f"Annulé : {plural(receipt.lines - 1, 'modification', 'modifications')}."
