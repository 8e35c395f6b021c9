"""A question answered by yes or no; Escape is no."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.dialog import BETWEEN_BUTTONS, Dialog
from suivi_tui.tui.plain import plain

COMMANDS = (
    Command("answer", "o", "Oui", "Répondre oui.", "dialog", footer=1, parameters=("yes",)),
    Command("answer", "n,escape", "Non", "Répondre non.", "dialog", footer=2, parameters=("no",)),
    *BETWEEN_BUTTONS,
)


class Confirm(Dialog[bool]):
    """``True`` when the person said yes. ``yes`` and ``no`` are what the buttons say."""

    commands: ClassVar[tuple[Command, ...]] = COMMANDS

    def __init__(self, title: str, question: str, yes: str = "Oui", no: str = "Non") -> None:
        super().__init__(title)
        self.question = question
        self.yes = yes
        self.no = no

    def compose_body(self) -> ComposeResult:
        """Question and buttons; the focus is on the harmless one."""
        yield Static(plain(self.question, multiline=True), id="text", markup=False)
        with Horizontal(id="buttons"):
            yield Button(plain(self.no), id="no", compact=True)
            yield Button(plain(self.yes), id="yes", variant="primary", compact=True)

    def action_answer(self, answer: str) -> None:
        """Answer by a key."""
        self.dismiss(answer == "yes")

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
