"""The question asked when something was left half-typed: take it back, or throw it away."""

from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.dialog import BETWEEN_BUTTONS, Dialog
from suivi_tui.tui.plain import plain
from suivi_tui.vocabulary.dates import long_date
from suivi_tui.vocabulary.numbers import NBSP

LATER = Command("close", "escape", "Plus tard", "Laisser le brouillon pour plus tard.", "dialog",
                footer=1)  # fmt: skip


class Resume(Dialog[bool]):
    """``True`` to take the draft back, ``False`` to throw it away, None to leave it for later.

    No letter answers: it may be asked while somebody types. ``saved_at`` is ISO, in universal
    time; ``about`` says what was being typed.
    """

    commands: ClassVar[tuple[Command, ...]] = (LATER, *BETWEEN_BUTTONS)

    def __init__(self, saved_at: str, about: str) -> None:
        super().__init__("Saisie interrompue")
        self.question = f"Reprendre votre saisie du {local_moment(saved_at)}{NBSP}? {about}"

    def compose_body(self) -> ComposeResult:
        """Question and buttons; the focus is on the one that loses nothing."""
        yield Static(plain(self.question, multiline=True), id="text", markup=False)
        with Horizontal(id="buttons"):
            yield Button("Reprendre", id="yes", variant="primary", compact=True)
            yield Button("Jeter", id="no", compact=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")


def local_moment(saved_at: str) -> str:
    """``3 mars 2026, 14:02``, in the time of the computer; what is no moment as it is."""
    try:
        moment = datetime.fromisoformat(saved_at).astimezone()
    except ValueError:
        return saved_at
    return f"{long_date(moment.date())}, {moment:%H:%M}"
