"""The base of every widget drawn line by line: lists, hour grid, wall.

A line is drawn when Textual asks for it and only then: moving the cursor asks for two lines,
scrolling for all of them. Nothing is laid out, nothing is mounted for a row.
"""

from collections.abc import Callable
from typing import Any, ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from suivi_tui.tui.boundary import Guarded, report
from suivi_tui.tui.plain import fit

Piece = tuple[str, str]
"""A text already cleaned, and the name of a tone of :data:`TONES` ('' for the usual one)."""

TONES: Final = (
    "header",
    "cursor",
    "cursor-row",
    "muted",
    "critique",
    "alerte",
    "info",
    "ok",
    "total",
    "editing",
)

WHEEL_LINES: Final = 3


class LineTable(Guarded, Widget, can_focus=True, inherit_bindings=False):
    """Rows drawn one by one under fixed header lines and over fixed footer lines.

    ``cursor_row`` and ``top`` are indices of rows. A subclass says how many rows there are
    (``row_count``) and draws them (``draw_row``); ``lines_drawn`` counts the lines drawn since
    the start, for tests.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line-table--{tone}" for tone in TONES}
    BINDINGS: ClassVar[list[BindingType]] = []
    command_scope: ClassVar[str] = ""

    header_height: int = 1
    footer_height: int = 0

    def __init__(
        self, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.cursor_row = 0
        self.top = 0
        self.lines_drawn = 0
        self._styles_by_tone: dict[str, Style] = {}

    @property
    def row_count(self) -> int:
        """How many rows can be shown now."""
        return 0

    @property
    def body_height(self) -> int:
        """How many rows fit between header and footer."""
        return max(1, self.size.height - self.header_height - self.footer_height)

    def draw_header(self, line: int, width: int) -> list[Piece]:
        """The pieces of a header line."""
        return []

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """The pieces of a row."""
        raise NotImplementedError

    def draw_footer(self, line: int, width: int) -> list[Piece]:
        """The pieces of a footer line."""
        return []

    def draw_empty(self, line: int, width: int) -> list[Piece]:
        """The pieces of a line under the last row."""
        return []

    def row_tone(self, row: int) -> str:
        """The tone that fills the line of a row."""
        return "cursor-row" if row == self.cursor_row and self.has_focus else ""

    def tone(self, name: str) -> Style:
        """The style of a tone in the current theme."""
        style = self._styles_by_tone.get(name)
        if style is None:
            style = self.rich_style
            if name:
                style += self.get_component_rich_style(f"line-table--{name}", partial=True)
            self._styles_by_tone[name] = style
        return style

    def notify_style_update(self) -> None:
        """The theme, the focus or a class changed: styles are read again."""
        super().notify_style_update()
        self._styles_by_tone.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line; an error in a row is reported and leaves the others in place."""
        self.lines_drawn += 1
        width = self.size.width
        try:
            pieces, background = self._line(y, width)
        except Exception as error:
            report(self, error)
            pieces, background = [("…", "muted")], ""
        base = self.tone(background)
        segments = [Segment(text, base + self._over(tone)) for text, tone in pieces]
        return Strip(segments).adjust_cell_length(width, base)

    def _over(self, tone: str) -> Style:
        if not tone:
            return Style.null()
        return self.get_component_rich_style(f"line-table--{tone}", partial=True)

    def _line(self, y: int, width: int) -> tuple[list[Piece], str]:
        if y < self.header_height:
            return self.draw_header(y, width), "header"
        below = y - (self.size.height - self.footer_height)
        if self.footer_height and below >= 0:
            return self.draw_footer(below, width), "total"
        row = self.top + y - self.header_height
        if 0 <= row < self.row_count:
            return self.draw_row(row, width), self.row_tone(row)
        return self.draw_empty(row - self.row_count, width), ""

    def row_line(self, row: int) -> int | None:
        """The line of the widget on which ``row`` is drawn, or None when it is not in view."""
        line = row - self.top
        return line + self.header_height if 0 <= line < self.body_height else None

    def row_at(self, line: int) -> int | None:
        """The row drawn on a line of the widget, or None."""
        row = self.top + line - self.header_height
        if not self.header_height <= line < self.size.height - self.footer_height:
            return None
        return row if 0 <= row < self.row_count else None

    def refresh_row(self, row: int) -> None:
        """Draw one row again."""
        line = self.row_line(row)
        if line is not None:
            self.refresh(Region(0, line, self.size.width, 1))

    def refresh_footer(self) -> None:
        """Draw the footer lines again."""
        height = self.footer_height
        if height:
            self.refresh(Region(0, self.size.height - height, self.size.width, height))

    def refresh_header(self) -> None:
        """Draw the header lines again."""
        self.refresh(Region(0, 0, self.size.width, self.header_height))

    def move_to(self, row: int) -> None:
        """Put the cursor on ``row``, the nearest existing one, scrolling if needed."""
        row = max(0, min(row, self.row_count - 1))
        old, self.cursor_row = self.cursor_row, row
        if self._scroll_to_cursor():
            self.refresh()
        elif row != old:
            self.refresh_row(old)
            self.refresh_row(row)
        if row != old:
            self.cursor_moved(old, row)

    def cursor_moved(self, old: int, new: int) -> None:
        """Called after the cursor changed row."""

    def _scroll_to_cursor(self) -> bool:
        height = self.body_height
        top = min(self.top, self.cursor_row)
        top = max(top, self.cursor_row - height + 1, 0)
        top = min(top, max(0, self.row_count - height)) if self.row_count else 0
        changed = top != self.top
        self.top = top
        return changed

    def action_cursor_up(self) -> None:
        """Previous row."""
        self.move_to(self.cursor_row - 1)

    def action_cursor_down(self) -> None:
        """Next row."""
        self.move_to(self.cursor_row + 1)

    def action_page_up(self) -> None:
        """Previous page."""
        self.move_to(self.cursor_row - self.body_height)

    def action_page_down(self) -> None:
        """Next page."""
        self.move_to(self.cursor_row + self.body_height)

    def action_first(self) -> None:
        """First row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Last row."""
        self.move_to(self.row_count - 1)

    def on_resize(self, event: events.Resize) -> None:
        """A new size may leave the cursor out of view."""
        self._scroll_to_cursor()
        self.refresh()

    def on_focus(self) -> None:
        """The cursor is drawn differently with the focus."""
        self.refresh_row(self.cursor_row)

    def on_blur(self) -> None:
        """See :meth:`on_focus`."""
        self.refresh_row(self.cursor_row)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor, so that what is seen is what keys act on."""
        event.stop()
        self.move_to(self.cursor_row + WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """See :meth:`on_mouse_scroll_down`."""
        event.stop()
        self.move_to(self.cursor_row - WHEEL_LINES)


def thumb(top: int, height: int, total: int, line: int) -> str:
    """The character of a scroll bar on ``line``: where the window stands in the whole."""
    if total <= height:
        return " "
    size = max(1, height * height // total)
    start = round((height - size) * top / max(1, total - height))
    return "█" if start <= line < start + size else "│"


def padded(pieces: list[Piece], width: int) -> list[Piece]:
    """``pieces`` cut or filled to ``width`` cells."""
    from rich.cells import cell_len

    kept: list[Piece] = []
    left = width
    for text, tone in pieces:
        length = cell_len(text)
        if length > left:
            kept.append((fit(text, left), tone))
            return kept
        kept.append((text, tone))
        left -= length
    kept.append((" " * left, ""))
    return kept


Reader = Callable[[str, Callable[[Any], Any], Callable[[Any], object]], object]
"""How a widget asks a question of the base: ``screen.read``."""
