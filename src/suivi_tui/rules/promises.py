"""Whether a promise written down was kept: said at the end of the line that holds it."""

from typing import Final

from suivi_tui.vocabulary.choices import FollowUpKind

KEPT: Final = "[tenue]"
BROKEN: Final = "[non tenue]"


def is_promise(kind: str) -> bool:
    """Whether one may ask if it was kept."""
    return kind == FollowUpKind.PROMISE.value


def kept(text: str) -> bool | None:
    """Whether the promise of a line was kept; None when nothing is said."""
    ending = text.rstrip()
    if ending.endswith(BROKEN):
        return False
    return True if ending.endswith(KEPT) else None


def judged(text: str, was_kept: bool | None) -> str:
    """The text of a line that says whether its promise was kept (None: says nothing)."""
    bare = text.rstrip()
    for mark in (BROKEN, KEPT):
        bare = bare.removesuffix(mark).rstrip()
    mark = "" if was_kept is None else KEPT if was_kept else BROKEN
    return f"{bare} {mark}".strip()
