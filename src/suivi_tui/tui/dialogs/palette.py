"""The command palette: every command that works now, found by its French name."""

from typing import Any

from textual.screen import Screen

from suivi_tui.tui.commands import SCOPES, Command
from suivi_tui.tui.dialogs.choose import Choice, Choose


class Palette(Choose):
    """The :class:`Command` to run on the screen under it, or None."""

    placeholder = "Chercher une commande…"

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__("Commandes", [_choice(command) for command in commands_for(screen)])


def commands_for(screen: Screen[Any]) -> list[Command]:
    """The commands that the palette offers over ``screen``."""
    here: list[Command] = getattr(screen, "commands_here", lambda: list(SCOPES["global"]))()
    return [command for command in here if command.palette and command.works_on(screen)]


def _choice(command: Command) -> Choice:
    return Choice(command, command.label, command.shown_key, f"{command.help} {command.group}")
