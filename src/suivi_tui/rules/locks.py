"""Which months are closed: a locked statement closes the month of its sender.

That of the holder, or of nobody named, closes the month for every employer of the obligation.
"""

from collections.abc import Iterable

from suivi_tui.vocabulary.choices import StatementStatus

Sent = tuple[int | None, str]
"""Sender and status code of a statement of one obligation and month."""


def closes(statements: Iterable[Sent], holder: int, employer: int | None) -> bool:
    """Whether the hours of ``employer`` for the obligation of ``holder`` are locked."""
    return any(
        status == StatementStatus.LOCKED.value and sender in (None, holder, employer)
        for sender, status in statements
    )
