"""Half-typed text, kept so that nothing typed is lost; local to this installation."""

import sqlite3
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from suivi_tui.store.journal import explain

if TYPE_CHECKING:
    from suivi_tui.store.base import Base

KEPT_DAYS = 30


class Draft(NamedTuple):
    """What was being typed on a screen about a row ('' for a new one); ``saved_at`` is ISO."""

    screen: str
    row: str
    content: str
    saved_at: str


def keep_draft(base: "Base", screen: str, row: str, content: str, now: datetime) -> None:
    """Keep a draft, instead of an earlier one of the same screen and row.

    Nothing is kept in a read-only base. Raises DiskFull or WriteFailed.
    """
    _execute(
        base,
        "INSERT INTO draft (screen, row, content, saved_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (screen, row) DO UPDATE SET content = excluded.content, "
        "saved_at = excluded.saved_at",
        (screen, row, content, now.isoformat(timespec="seconds")),
    )


def read_draft(base: "Base", screen: str, row: str) -> Draft | None:
    """The draft of a screen and row, or None."""
    found = base.connection.execute(
        "SELECT screen, row, content, saved_at FROM draft WHERE screen = ? AND row = ?",
        (screen, row),
    ).fetchone()
    return Draft(*found) if found else None


def drafts_of(base: "Base", screen: str) -> list[Draft]:
    """Every draft of a screen, the latest first."""
    return [
        Draft(*found)
        for found in base.connection.execute(
            "SELECT screen, row, content, saved_at FROM draft WHERE screen = ? "
            "ORDER BY saved_at DESC, row",
            (screen,),
        )
    ]


def drop_draft(base: "Base", screen: str, row: str) -> None:
    """Forget a draft: its text was saved or given up. Raises DiskFull or WriteFailed."""
    _execute(base, "DELETE FROM draft WHERE screen = ? AND row = ?", (screen, row))


def purge_drafts(base: "Base", now: datetime, days: int = KEPT_DAYS) -> int:
    """Forget the drafts older than ``days``; how many there were. ``now`` as in ``keep_draft``."""
    limit = (now - timedelta(days=days)).isoformat(timespec="seconds")
    return _execute(base, "DELETE FROM draft WHERE saved_at < ?", (limit,))


def _execute(base: "Base", sql: str, values: tuple[str, ...]) -> int:
    if base.read_only:
        return 0
    try:
        return base.connection.execute(sql, values).rowcount
    except sqlite3.Error as error:
        raise explain(error) from None
