"""A few lines of text under a list, cut between words: what the cursor is on, in full."""

from textual import events

from suivi_tui.tui.plain import shown, wrapped
from suivi_tui.tui.widgets.line_table import LineTable, Piece


class TextPanel(LineTable, can_focus=False):
    """Texts, each with a tone, wrapped to the width; what does not fit is cut. Never markup."""

    header_height = 0

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.texts: tuple[Piece, ...] = ()
        self._lines: list[Piece] = []

    def say(self, *texts: Piece) -> None:
        """Show these texts, the empty ones left out."""
        texts = tuple((shown(text), tone) for text, tone in texts if text)
        if texts != self.texts:
            self.texts = texts
            self._wrap(self.size.width)
            self.refresh()

    def _wrap(self, width: int) -> None:
        self._lines = [
            (line, tone) for text, tone in self.texts for line in wrapped(text, max(10, width - 2))
        ]

    def on_resize(self, event: events.Resize) -> None:
        """Another width cuts elsewhere."""
        self._wrap(event.size.width)

    @property
    def row_count(self) -> int:
        """The lines of text."""
        return len(self._lines)

    def row_tone(self, row: int) -> str:
        """No cursor here."""
        return ""

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """One line; the last one says when there is more."""
        text, tone = self._lines[row]
        cut = row == self.size.height - 1 and row + 1 < len(self._lines)
        return [(f" {text}{' …' if cut else ''}", tone)]
