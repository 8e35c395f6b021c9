"""What a cell of the hour grid holds."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from suivi_tui.vocabulary.hours import Hours


class CellState(Enum):
    """What is known of a cell; the value is the sign shown after the hours."""

    EMPTY = " "
    PENDING = "?"
    VALIDATED = "✓"
    REFUSED = "!"
    NO_ACTIVITY = "–"
    LOCKED = "="
    SAVING = "…"


ESTIMATED: Final = "≈"
"""The sign before hours that were spread from a larger total."""

TONES: Final = {
    CellState.PENDING: "alerte",
    CellState.VALIDATED: "ok",
    CellState.REFUSED: "critique",
    CellState.NO_ACTIVITY: "muted",
    CellState.LOCKED: "muted",
    CellState.SAVING: "info",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Hours declared for a person and a month; ``locked`` refuses typing (outside the contract,
    closed month), ``note`` is said under the grid (reason of a refusal, comment). ``estimated``
    hours were spread from a larger total: typed again by hand, even the same, they are sure."""

    hours: Hours | None = None
    state: CellState = CellState.EMPTY
    locked: bool = False
    note: str = ""
    estimated: bool = False


EMPTY: Final = Cell()

CellKey = tuple[Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-typed cell: the keys of its row and column, and the text."""

    row: Hashable
    column: Hashable
    text: str
