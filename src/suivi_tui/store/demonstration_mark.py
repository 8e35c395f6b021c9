"""What tells a demonstration base from a real one, without what is needed to make one."""

from suivi_tui.store.base import Base
from suivi_tui.store.engine import BaseRefused

SETTING = "demonstration"


def is_demonstration(base: Base) -> bool:
    """Whether an open base is a demonstration, and so holds nobody real."""
    return base.setting(SETTING) == "1"


def require_demonstration(base: Base) -> None:
    """Raise BaseRefused for any other base."""
    if not is_demonstration(base):
        raise BaseRefused(
            f"{base.path} n'est pas une base de démonstration\u00a0: elle n'a pas été modifiée. "
            "Indiquez un autre fichier avec «\u00a0--base\u00a0»."
        )
