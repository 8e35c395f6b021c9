"""What a preview keeps for its writing: the same reckoning, so that what was shown is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from suivi_tui.actions.statement_import.asking import Asking
from suivi_tui.actions.statement_import.births import Births
from suivi_tui.actions.statement_import.cells import Cells
from suivi_tui.actions.statement_import.planned import QuestionKey
from suivi_tui.exchange.statement_files.form_reading import IdleMonth
from suivi_tui.store.queries.import_memory import MemoryRow, ProfileRow


class KeptLayout(NamedTuple):
    """The layout of a sheet as a profile keeps it, under a name that its editor recognises."""

    shape: str
    name: str
    layout: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What was looked at and decided for one file.

    ``clock`` is that of the base when it was looked at: a plan is written only if nothing was
    written since. ``layouts`` are worth a profile of the sender.
    """

    clock: int
    today: date
    sender: int | None
    cells: Cells
    births: Births
    asking: Asking
    idle: tuple[IdleMonth, ...]
    memories: Mapping[QuestionKey, MemoryRow]
    profiles: tuple[ProfileRow, ...]
    layouts: tuple[KeptLayout, ...]
