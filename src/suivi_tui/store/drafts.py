"""Half-typed text, kept so that a cut or a closed terminal loses nothing.

Local to this installation: neither journalled, nor merged, nor exported.
"""

import sqlite3
from typing import NamedTuple

from suivi_tui.store.base import Base


class DraftRow(NamedTuple):
    """A half-typed text: where it was typed (``screen``, ``row``) and when (ISO date and time)."""

    screen: str
    row: str
    content: str
    saved_at: str


def keep_draft(base: Base, draft: DraftRow) -> None:
    """Keep a draft in place of the older one of the same row; nothing on a read-only base."""
    if not base.read_only:
        base.connection.execute(
            "INSERT INTO draft (screen, row, content, saved_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (screen, row) DO UPDATE SET content = excluded.content, "
            "saved_at = excluded.saved_at",
            draft,
        )


def drop_drafts(base: Base, screen: str) -> None:
    """Forget the drafts of a screen: they were saved or abandoned."""
    if not base.read_only:
        base.connection.execute("DELETE FROM draft WHERE screen = ?", (screen,))


def drafts_of(connection: sqlite3.Connection, screen: str) -> list[DraftRow]:
    """The drafts of a screen, the latest first."""
    return [
        DraftRow(*row)
        for row in connection.execute(
            "SELECT screen, row, content, saved_at FROM draft WHERE screen = ? "
            "ORDER BY saved_at DESC, row",
            (screen,),
        )
    ]
