"""Lines of plain text under or over a table: what the cursor is on, where an obligation stands.

While the cursor runs the line waits: moving in a table draws the lines of the table only.
"""

from collections.abc import Sequence
from typing import Final

from textual.timer import Timer

from suivi_tui.tui.plain import fit, shown
from suivi_tui.tui.widgets.line_table import LineTable, Piece

REST: Final = 0.1


class StatusLine(LineTable, can_focus=False):
    """``height`` lines of text, each with a tone; never markup."""

    DEFAULT_CSS = "StatusLine { height: 1; }"
    header_height = 0

    def __init__(self, height: int = 1, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.styles.height = height
        self.texts: list[Piece] = []
        self._waiting: list[Piece] | None = None
        self._timer: Timer | None = None

    @property
    def row_count(self) -> int:
        """The lines that hold something."""
        return len(self.texts)

    def say(self, *lines: Piece | str) -> None:
        """Show these lines now."""
        self._waiting = None
        texts = [line if isinstance(line, tuple) else (line, "") for line in lines]
        if texts != self.texts:
            self.texts = texts
            self.refresh()

    def say_at_rest(self, *lines: Piece | str) -> None:
        """Show these lines once the cursor rests."""
        self._waiting = [line if isinstance(line, tuple) else (line, "") for line in lines]
        if self._timer is None:
            self._timer = self.set_timer(REST, self.say_now)

    def say_now(self) -> None:
        """Show what waits."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._waiting is not None:
            self.say(*self._waiting)

    def row_tone(self, row: int) -> str:
        """No cursor here."""
        return ""

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """One line, cut with an ellipsis."""
        text, tone = self.texts[row]
        return [(fit(" " + shown(text), width), tone)]


def joined(parts: Sequence[str]) -> str:
    """Parts of a status, the empty ones left out: ``a · b``."""
    return " · ".join(part for part in parts if part)
