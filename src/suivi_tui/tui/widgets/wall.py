"""The wall: who declares x month. A sign says where each statement is; Enter opens its grid."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.message import Message

from suivi_tui.tui.commands import WALL, WALL_COMMANDS, bindings_of
from suivi_tui.tui.plain import fit, shown, wrapped
from suivi_tui.tui.widgets.cell_table import CellTable, Line, MonthColumn
from suivi_tui.tui.widgets.line_table import Piece

NOTHING: Final = "·"


@dataclass(frozen=True, slots=True)
class Brick:
    """A statement on the wall: its sign (`✓`, `?`, `–`, `!`), a short text (hours), a tone."""

    sign: str
    text: str = ""
    tone: str = ""
    note: str = ""


class Wall(CellTable):
    """Statements by obligation and month, drawn line by line."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(WALL_COMMANDS)
    command_scope = WALL
    footer_height = 0
    cell_width = 9
    corner = "Qui déclare"

    class _OnBrick(Message):
        def __init__(self, wall: "Wall", row: Hashable, column: Hashable) -> None:
            super().__init__()
            self.wall = wall
            self.row = row
            self.column = column

        @property
        def control(self) -> "Wall":
            """The wall that sends the message."""
            return self.wall

    class BrickSelected(_OnBrick):
        """Enter, or a click on the cell of the cursor."""

    class CursorMoved(_OnBrick):
        """The cursor is on another cell."""

    def __init__(
        self,
        *,
        empty: str = "Rien à déclarer.",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.empty = empty
        self._bricks: dict[tuple[Hashable, Hashable], Brick] = {}

    def set_data(
        self,
        lines: Sequence[Line],
        months: Sequence[MonthColumn],
        bricks: Mapping[tuple[Hashable, Hashable], Brick],
    ) -> None:
        """Show who declares, the months, and what is known of each statement."""
        self._bricks = dict(bricks)
        self.set_lines(lines, months)

    def brick(self, row: Hashable, column: Hashable) -> Brick:
        """The statement of a cell; a point where nothing is expected."""
        return self._bricks.get((row, column), Brick(NOTHING, tone="muted"))

    def action_select(self) -> None:
        """Open the statement."""
        if self.lines and self.months:
            self.post_message(self.BrickSelected(self, self.row_key, self.column_key))

    def cursor_moved(self, old: int, new: int) -> None:
        """Tell the screen which statement is under the cursor."""
        self.post_message(self.CursorMoved(self, self.row_key, self.column_key))

    def on_click(self, event: events.Click) -> None:
        """A click on the cell of the cursor opens it, elsewhere it moves."""
        event.prevent_default()
        cell = self.cell_at(event.x, event.y)
        if cell == (self.cursor_row, self.cursor_column):
            self.action_select()
        elif cell is not None:
            self.go_to_cell(*cell)

    def draw_cell(self, row: int, column: int, width: int) -> list[Piece]:
        """Text and sign, between brackets under the cursor."""
        brick = self.brick(self.lines[row].key, self.months[column].key)
        inside = fit(shown(brick.text), width - 3, "right") + brick.sign
        if row == self.cursor_row and column == self.cursor_column:
            return [(f"[{inside}]", "cursor" if self.has_focus else "")]
        return [(f" {inside} ", brick.tone)]

    def draw_empty(self, line: int, width: int) -> list[Piece]:
        """An empty wall says what to do."""
        if self.lines:
            return []
        lines = wrapped(shown(self.empty), max(10, width - 4))
        return [("  " + lines[line - 1], "muted")] if 1 <= line <= len(lines) else []
