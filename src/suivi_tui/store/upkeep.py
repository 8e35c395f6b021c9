"""Housekeeping of the local tables."""

from suivi_tui.store.base import Base


def drop_old_drafts(base: Base, before: str) -> int:
    """Forget the drafts saved before an instant (ISO); how many."""
    if base.read_only:
        return 0
    return base.connection.execute("DELETE FROM draft WHERE saved_at < ?", (before,)).rowcount
