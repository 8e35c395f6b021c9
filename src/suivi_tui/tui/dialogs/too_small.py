"""What a window under 40 x 12 shows: no screen holds there, and Textual itself may fail."""

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from suivi_tui.tui.boundary import Guarded
from suivi_tui.tui.lifecycle import MIN_HEIGHT, MIN_WIDTH


class TooSmall(Guarded, ModalScreen[None], inherit_bindings=False):
    """One text; it goes away when the window is large enough."""

    DEFAULT_CSS = """
    TooSmall { overflow: hidden; background: $background; }
    TooSmall Static { width: 100%; height: 100%; content-align: center middle; overflow: hidden; }
    """

    window_too_small = True

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static(
            Content(f"Fenêtre trop petite\nAu moins {MIN_WIDTH} × {MIN_HEIGHT} caractères.")
        )
