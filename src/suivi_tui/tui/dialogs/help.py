"""The help of a screen: one prepared text, made from the commands."""

from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from suivi_tui.tui.commands import GRID, SCOPES, SCREEN_COMMANDS, Command, key_name
from suivi_tui.tui.dialogs.dialog import Dialog
from suivi_tui.tui.plain import fit, shown, wrapped

# The box is 76 columns wide at most, frame, margins and scrollbar included.
KEYS_WIDTH: Final = 20
TEXT_WIDTH: Final = 47

CLOSE = Command(
    "close", "escape,question_mark,f1,q", "Fermer", "Fermer l'aide.", "dialog", footer=1
)


class HelpDialog(Dialog[None]):
    """Every command that works now on ``screen``, by group."""

    commands: ClassVar[tuple[Command, ...]] = (CLOSE,)

    def __init__(self, screen: Screen[Any]) -> None:
        heading = getattr(screen, "heading", "")
        super().__init__(f"Aide\u00a0: {heading}" if heading else "Aide")
        self.text = help_text(screen)

    def compose_body(self) -> ComposeResult:
        """One text in a container that scrolls."""
        with VerticalScroll(classes="-tall", can_focus=True):
            yield Static(Content(self.text), markup=False)


def help_text(screen: Screen[Any]) -> str:
    """Purpose of the screen, then its keys by group."""
    commands: list[Command] = getattr(screen, "commands_here", lambda: list(SCOPES["global"]))()
    # In the grid of hours a digit belongs to the cell.
    digits = getattr(screen.focused, "command_scope", "") == GRID
    groups: dict[str, list[str]] = {}
    for command in commands:
        if command.works_on(screen) and not (digits and command in SCREEN_COMMANDS):
            keys = fit(command.all_keys or key_name("ctrl+p"), KEYS_WIDTH)
            sentence = wrapped(command.help, TEXT_WIDTH)
            lines = "\n".join(sentence).replace("\n", "\n" + " " * (KEYS_WIDTH + 3))
            groups.setdefault(command.group, []).append(f"  {keys} {lines}")
    purpose = shown(getattr(screen, "purpose", ""), multiline=True)
    parts = [purpose] if purpose else []
    parts += ["\n".join([group, *lines]) for group, lines in groups.items()]
    return "\n\n".join(parts)
