"""Exchanges marked as done, and promises as kept or not."""

from datetime import date

from suivi_tui.actions.records import RecordGone, Saved, save_record
from suivi_tui.rules.promises import is_promise, judged
from suivi_tui.store.base import Base
from suivi_tui.store.queries import entry
from suivi_tui.vocabulary.text import NOTES_LIMIT


def finish_follow_up(
    base: Base, follow_up: int, day: date | None, was_kept: bool | None = None
) -> Saved:
    """An exchange is done (``day`` None: no longer); of a promise, whether it was kept.

    Raises RecordGone.
    """
    known = entry.record(base.connection, "follow_up", follow_up)
    if known is None:
        raise RecordGone
    values: dict[str, object] = {"done": day}
    if is_promise(str(known["kind"])):
        # A text already full gives up its end: that is where one reads whether it was kept.
        values["text"] = judged(str(known["text"] or "")[: NOTES_LIMIT - 20], was_kept)
    return save_record(base, "follow_up", follow_up, values)
