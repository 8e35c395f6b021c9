"""Every export leaves a line in the history: what, when, how many lines, with names or not.

The line tells no name and no path. It cannot be undone: what went out is out.
"""

from typing import NamedTuple

from suivi_tui.store.base import Base
from suivi_tui.store.journal import Receipt, Value, created, write
from suivi_tui.vocabulary.choices import BatchKind
from suivi_tui.vocabulary.numbers import NBSP, plural
from suivi_tui.vocabulary.text import clean

_TEXT_LIMIT = 300


class ExportDone(NamedTuple):
    """An export that was written: what it was, how many lines, and its scope in words."""

    what: str
    lines: int
    nominative: bool
    scope: str = ""
    masked: bool | None = None
    """None when nothing of that table is ever masked."""


def log_export(base: Base, done: ExportDone) -> Receipt | None:
    """Write the line of an export in the history; None for a base opened read-only.

    Raises what ``journal.write`` does.
    """
    if base.read_only:
        return None
    what = clean(done.what, _TEXT_LIMIT)
    told = [
        plural(done.lines, "ligne", "lignes"),
        "avec les noms" if done.nominative else "sans les noms",
    ]
    if done.masked is False:
        told.append("sans masque")
    scope = [clean(done.scope, _TEXT_LIMIT)] if done.scope else []
    values: dict[str, Value] = {
        "what": what,
        "made_on": base.now().isoformat(timespec="seconds"),
        "how_many": done.lines,
        "nominative": int(done.nominative),
        "filters": " ; ".join([*scope, *told[2:]]),
    }
    label = f"Export{NBSP}: {what}, {', '.join([*told, *scope])}"
    return write(
        base,
        [created("export_log", base.new_id(), values)],
        kind=BatchKind.EXPORT,
        label=label,
    )
