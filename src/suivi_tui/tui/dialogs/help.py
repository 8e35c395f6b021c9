"""The help of a screen: one prepared text, made from the commands."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from suivi_tui.tui.commands import SCOPES, Command
from suivi_tui.tui.dialogs.dialog import Dialog
from suivi_tui.tui.plain import fit, shown

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
    groups: dict[str, list[str]] = {}
    for command in commands:
        if command.works_on(screen):
            keys = fit(command.all_keys, 16)
            groups.setdefault(command.group, []).append(f"  {keys} {command.help}")
    purpose = shown(getattr(screen, "purpose", ""), multiline=True)
    parts = [purpose] if purpose else []
    parts += ["\n".join([group, *lines]) for group, lines in groups.items()]
    return "\n\n".join(parts)
