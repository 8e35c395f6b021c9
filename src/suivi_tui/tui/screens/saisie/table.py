"""The table of the wall: who declares, the months, the phone, the meaning of the signs."""

from collections.abc import Hashable
from typing import Final

from textual import events

from suivi_tui.tui.plain import fit, shown
from suivi_tui.tui.screens.saisie.words import LEGEND
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.tui.widgets.wall import Wall

ROOM_FOR_PHONE: Final = 76
WIDE: Final = 110
NARROW_PHONE: Final = 16
WIDE_PHONE: Final = 20


class StatementWall(Wall):
    """The wall with the phone of whom to call on each row, where the window has room for it."""

    right_title = "Téléphone"

    def __init__(self, empty: str, *, id: str | None = None) -> None:
        super().__init__(empty=empty, id=id)
        self.phones: dict[Hashable, str] = {}

    def on_resize(self, event: events.Resize) -> None:
        """Room for the phone."""
        width = event.size.width
        self.right_width = (
            WIDE_PHONE if width >= WIDE else NARROW_PHONE if width >= ROOM_FOR_PHONE else 0
        )

    def draw_right(self, row: int, width: int) -> list[Piece]:
        """The phone of whom to call."""
        phone = self.phones.get(self.lines[row].key, "")
        return [(fit("  " + shown(phone), width), "")] if width else []

    def draw_empty(self, line: int, width: int) -> list[Piece]:
        """Under the last row, what the signs mean."""
        if self.lines and line == 1:
            return [(fit(" " + LEGEND, width), "muted")]
        return super().draw_empty(line, width)
