"""Half-typed text, kept so that a cut or a closed terminal loses nothing.

Local to this installation: neither journalled, nor merged, nor exported.
"""

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from suivi_tui.store.base import Base
from suivi_tui.store.faults import explain

KEPT_DAYS = 30


class Draft(NamedTuple):
    """A half-typed text: where it was typed, and when (ISO date and time, universal time)."""

    screen: str
    row: str
    content: str
    saved_at: str


def keep_draft(base: Base, screen: str, row: str, content: str, now: datetime) -> None:
    """Keep a draft in place of the older one of the same row; nothing on a read-only base.

    Raises DiskFull or WriteFailed.
    """
    if base.read_only:
        return
    try:
        base.connection.execute(
            "INSERT INTO draft (screen, row, content, saved_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (screen, row) DO UPDATE SET content = excluded.content, "
            "saved_at = excluded.saved_at",
            (screen, row, content, _written(now)),
        )
    except sqlite3.Error as error:
        raise explain(error) from None


def read_draft(base: Base, screen: str, row: str) -> Draft | None:
    """The draft of a row of a screen."""
    found = base.connection.execute(
        "SELECT screen, row, content, saved_at FROM draft WHERE screen = ? AND row = ?",
        (screen, row),
    ).fetchone()
    return Draft(*found) if found else None


def drafts_of(base: Base, screen: str) -> list[Draft]:
    """The drafts of a screen, the latest first."""
    return [
        Draft(*row)
        for row in base.connection.execute(
            "SELECT screen, row, content, saved_at FROM draft WHERE screen = ? "
            "ORDER BY saved_at DESC, row",
            (screen,),
        )
    ]


def drop_draft(base: Base, screen: str, row: str) -> None:
    """Forget a draft: it was saved or abandoned."""
    if not base.read_only:
        base.connection.execute("DELETE FROM draft WHERE screen = ? AND row = ?", (screen, row))


def purge_drafts(base: Base, now: datetime) -> None:
    """Forget what was left half-typed for more than a month."""
    if not base.read_only:
        limit = _written(now - timedelta(days=KEPT_DAYS))
        base.connection.execute("DELETE FROM draft WHERE saved_at < ?", (limit,))


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
