"""What the application does by itself while nobody waits: a check a day, old drafts, the log."""

from datetime import date, datetime, timedelta

from suivi_tui.store.base import Base
from suivi_tui.store.integrity import quick_check
from suivi_tui.store.upkeep import drop_old_drafts

LAST_CHECK = "last_check"
DRAFT_DAYS = 30
UNSOUND = (
    "La vérification du jour a trouvé un défaut dans la base. Ouvrez l'historique (touche 0), "
    "touche v pour le détail ; la dernière sauvegarde y est aussi."
)


def purge_drafts(base: Base, now: datetime) -> int:
    """Forget the half-typed texts left for a month; how many."""
    return drop_old_drafts(base, (now - timedelta(days=DRAFT_DAYS)).isoformat())


def check_once_a_day(base: Base, today: date) -> str | None:
    """SQLite's fast check, once a day; a sentence when the base is unsound."""
    if base.setting(LAST_CHECK) == today.isoformat():
        return None
    if not quick_check(base.connection):
        return UNSOUND
    base.set_setting(LAST_CHECK, today.isoformat())
    return None
