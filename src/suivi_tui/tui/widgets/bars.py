"""The two lines around every screen: title bar and footer."""

from typing import Any

from rich.cells import cell_len
from textual import events
from textual.reactive import reactive

from suivi_tui.tui.commands import Command, footer_of
from suivi_tui.tui.plain import fit, shown
from suivi_tui.tui.widgets.line_table import LineTable, Piece

READ_ONLY = "Lecture seule"


class _Bar(LineTable, can_focus=False):
    """One line of text; drawn like the tables, without rows."""

    header_height = 1
    DEFAULT_CSS = "_Bar { height: 1; }"


class TitleBar(_Bar):
    """Name of the screen, name of the base, banner « Lecture seule », last save."""

    DEFAULT_CSS = "TitleBar { dock: top; height: 1; background: $panel; }"

    status: reactive[str] = reactive("", layout=False)

    def draw_header(self, line: int, width: int) -> list[Piece]:
        """Left: screen and base. Right: banner and status."""
        screen: Any = self.screen
        app: Any = self.app
        heading = getattr(screen, "heading", "")
        base = shown(getattr(app, "base_name", ""))
        banner = f" {READ_ONLY} " if getattr(app, "read_only", False) else ""
        status = f" {shown(self.status)} " if self.status else ""
        right = cell_len(banner) + cell_len(status)
        left = max(0, width - right)
        title = fit(f" {shown(heading)} ", min(left, cell_len(shown(heading)) + 2))
        rest = fit(f"· {base}" if base else "", max(0, left - cell_len(title)))
        return [(title, "header"), (rest, "muted"), (banner, "alerte"), (status, "muted")]


class FooterBar(_Bar):
    """At most six commands that work now; a click runs one."""

    DEFAULT_CSS = "FooterBar { dock: bottom; height: 1; background: $panel; }"

    def on_mount(self) -> None:
        """Follow the focus and the availability of commands."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def _labels(self) -> list[tuple[Command, str]]:
        screen: Any = self.screen
        here: list[Command] = getattr(screen, "commands_here", list)()
        chosen = [
            (command, f"{command.shown_key} {command.label}") for command in footer_of(here, screen)
        ]
        left = self.size.width - 1 - sum(cell_len(text) + 2 for _, text in chosen)
        # What does not fit goes from the end, help stays.
        for command, text in reversed(list(chosen)):
            if left < 0 and command.name != "help":
                chosen.remove((command, text))
                left += cell_len(text) + 2
        return chosen

    def draw_header(self, line: int, width: int) -> list[Piece]:
        """Key and label of each command."""
        pieces: list[Piece] = [(" ", "muted")]
        for command, text in self._labels():
            key = command.shown_key
            pieces.extend([(key, "header"), (text[len(key) :] + "  ", "muted")])
        return pieces

    async def on_click(self, event: events.Click) -> None:
        """Run the command under the pointer."""
        start = 1
        for command, text in self._labels():
            if start <= event.x < start + cell_len(text):
                run = getattr(self.app, "run_command", None)
                if run is not None:
                    await run(command)
                return
            start += cell_len(text) + 2
