"""A text to read, with one way out."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.dialog import Dialog
from suivi_tui.tui.plain import plain

CLOSE = Command("close", "escape,enter", "Fermer", "Fermer ce message.", "dialog", footer=1)


class Message(Dialog[None]):
    """Shows ``text`` (never markup) until Enter or Escape."""

    commands: ClassVar[tuple[Command, ...]] = (CLOSE,)

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self.text = text

    def compose_body(self) -> ComposeResult:
        """The text and its button."""
        with VerticalScroll(classes="-tall", can_focus=True):
            yield Static(plain(self.text, multiline=True), markup=False)
        yield Button("Fermer", id="close", compact=True)

    @on(Button.Pressed)
    def _close(self) -> None:
        self.dismiss(None)
