"""What an hour grid tells its screen; each is also a name of :class:`HourGrid`."""

from collections.abc import Hashable
from typing import TYPE_CHECKING

from textual.message import Message

from suivi_tui.tui.widgets.cells import Draft
from suivi_tui.vocabulary.hours import Hours

if TYPE_CHECKING:
    from suivi_tui.tui.widgets.hour_grid import HourGrid


class FromGrid(Message):
    """A message of a grid."""

    def __init__(self, grid: "HourGrid") -> None:
        super().__init__()
        self.grid = grid

    @property
    def control(self) -> "HourGrid":
        """The grid that sends the message."""
        return self.grid


class _OnCell(FromGrid):
    """About the cell, or the column, of the cursor."""

    def __init__(self, grid: "HourGrid", row: Hashable, column: Hashable) -> None:
        super().__init__(grid)
        self.row = row
        self.column = column


class CellLeft(_OnCell):
    """An edited cell was left: ``hours`` is to be saved (None: the cell was emptied)."""

    def __init__(
        self, grid: "HourGrid", row: Hashable, column: Hashable, text: str, hours: Hours | None
    ) -> None:
        super().__init__(grid, row, column)
        self.text = text
        self.hours = hours


class CellRefused(FromGrid):
    """Nothing was done here; ``reason`` is a French sentence (closed cell, hours there)."""

    def __init__(self, grid: "HourGrid", reason: str) -> None:
        super().__init__(grid)
        self.reason = reason


class TextRefused(CellRefused):
    """What was typed cannot be saved. The cell stays open, with the text and a mark."""


class ColumnPasted(_OnCell):
    """Several lines were pasted in a column from ``row`` down: to preview, then to save."""

    def __init__(
        self, grid: "HourGrid", row: Hashable, column: Hashable, values: list[str]
    ) -> None:
        super().__init__(grid, row, column)
        self.values = values


class ColumnValidated(_OnCell):
    """The hours of the column are to be validated."""


class NoActivity(_OnCell):
    """The month of the column is to be marked without activity."""


class CursorMoved(_OnCell):
    """The cursor is on another cell."""


class Typed(FromGrid):
    """The half-typed text changed, at each key; the cell may have been left or given up."""


class DraftChanged(FromGrid):
    """The half-typed text, every 200 ms at most; None when the cell was left or restored."""

    def __init__(self, grid: "HourGrid", draft: Draft | None) -> None:
        super().__init__(grid)
        self.draft = draft
