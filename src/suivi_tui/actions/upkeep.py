"""What the application does by itself while nobody waits: a check a day, old drafts, the log."""

from datetime import date, datetime

from suivi_tui.store.base import Base
from suivi_tui.store.drafts import purge_drafts
from suivi_tui.store.integrity import quick_check

LAST_CHECK = "last_check"
UNSOUND = (
    "La vérification du jour a trouvé un défaut dans la base. Ouvrez l'historique (touche 0), "
    "touche v pour le détail ; la dernière sauvegarde y est aussi."
)


def forget_old_drafts(base: Base, now: datetime) -> None:
    """Forget the half-typed texts left for a month."""
    purge_drafts(base, now)


def check_once_a_day(base: Base, today: date) -> str | None:
    """SQLite's fast check, once a day; a sentence when the base is unsound."""
    if base.setting(LAST_CHECK) == today.isoformat():
        return None
    if not quick_check(base.connection):
        return UNSOUND
    base.set_setting(LAST_CHECK, today.isoformat())
    return None
