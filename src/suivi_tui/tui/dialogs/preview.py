"""A table to look at before it is written: pasted column, file to import."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.dialog import BETWEEN_BUTTONS, Dialog
from suivi_tui.tui.plain import plain
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MemorySource, Row

COMMANDS = (
    Command("accept", "ctrl+s", "Valider", "Écrire ce qui est montré.", "dialog", footer=1),
    Command("close", "escape", "Annuler", "Ne rien écrire.", "dialog", footer=2),
    *BETWEEN_BUTTONS,
)


class Preview(Dialog[bool]):
    """``True`` when the person accepts ``rows``; ``text`` says what will be done."""

    commands: ClassVar[tuple[Command, ...]] = COMMANDS

    def __init__(
        self, title: str, text: str, columns: Sequence[Column], rows: Sequence[Row]
    ) -> None:
        super().__init__(title)
        self.text = text
        self.columns = columns
        self.rows = rows

    def compose_body(self) -> ComposeResult:
        """The sentence, the table, the buttons."""
        yield Static(plain(self.text, multiline=True), id="text", markup=False)
        yield PagedList(self.columns, MemorySource(self.rows), classes="-tall")
        with Horizontal(id="buttons"):
            yield Button("Annuler", id="no", compact=True)
            yield Button("Valider", id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Enter accepts, as in the preview of an import."""
        self.query_one("#yes").focus()

    def action_accept(self) -> None:
        """Accept."""
        self.dismiss(True)

    def action_close(self) -> None:
        """Refuse."""
        self.dismiss(False)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
