"""How the journeys drive the wired application, and what they look at on the way.

Keys only, as a person would; nothing sleeps: after each key the desk and the screen are waited
for. ``crawl`` opens everything a screen can open, whatever its commands are.
"""

import asyncio
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input

from driving import WAIT
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.commands import SCOPES, Command
from suivi_tui.tui.dialogs.choose import Choose
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.form import Form
from suivi_tui.tui.dialogs.go_to import GoTo
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.start import application
from suivi_tui.tui.widgets.status_line import StatusLine

TODAY: Final = date(2026, 11, 22)
SIZES: Final = ((80, 24), (120, 40))
DIGITS: Final = {
    "1": "tableau_de_bord",
    "2": "saisie",
    "3": "marches",
    "4": "participants",
    "5": "entreprises",
    "6": "alertes",
    "7": "evaluation",
    "8": "amont",
    "9": "annuaire",
    "0": "historique",
}
CHOICES_TRIED: Final = 4

# Moves of a cursor open nothing; leaving is what the crawl ends with.
_NOT_CRAWLED: Final = frozenset(
    [
        "quit",
        "help_quit",
        "back",
        "go_to_screen",
        "undo",
        "cursor_up",
        "cursor_down",
        "cursor_left",
        "cursor_right",
        "page_up",
        "page_down",
        "first",
        "last",
        "first_column",
        "last_column",
        "next_obligation",
        "previous_obligation",
    ]
)
# Before a screen is crawled: the cursor goes where there is something to act upon.
_PREPARED: Final[dict[str, tuple[str, ...]]] = {"grille": ("left",)}


def wired(path: Path) -> SuiviApp:
    """The application as the command line starts it, on a fixed day."""
    return application(path, TODAY, clock=lambda: datetime(2026, 11, 22, 14, 2))


def copied(base: Path, folder: Path) -> Path:
    """A copy of a closed base, to be changed freely."""
    return Path(shutil.copy(base, folder / "essai.db"))


async def calm(pilot: Pilot[Any]) -> None:
    """Wait until neither the screen nor the desk has anything left to do."""
    desk = pilot.app.desk
    while True:
        await pilot._wait_for_screen()
        await asyncio.wait_for(desk.idle(), WAIT)
        await pilot.pause()
        if not desk._outstanding:
            return


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Each key, then everything it set going."""
    driver = pilot.app._driver
    assert driver is not None
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = Key(name, key if len(key) == 1 else None)
        event.set_sender(pilot.app)
        driver.send_message(event)
        await calm(pilot)


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """A text, key by key; it is looked at once the last one is typed."""
    driver = pilot.app._driver
    assert driver is not None
    for character in text:
        name = character if character.isalnum() else _character_to_key(character)
        event = Key(name, character)
        event.set_sender(pilot.app)
        driver.send_message(event)
    await calm(pilot)


def rendered(app: SuiviApp) -> str:
    """Every strip the terminal is given, line by line; what waits for a rest is said now."""
    for line in app.screen.query(StatusLine):
        line.say_now()
    strips = app.screen._compositor.render_strips()
    lines = ("".join(segment.text for segment in strip) for strip in strips[: app.size.height])
    return "\n".join(lines)


def heading(screen: object) -> str:
    """The title of a screen or dialog, without no-break spaces."""
    return str(getattr(screen, "heading", "")).replace("\u00a0", " ")


@dataclass
class Look:
    """One thing seen on the way: the path that led there, the whole terminal, what is typed."""

    path: str
    text: str
    typed: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The text without what stands in fields to type in."""
        said = self.text
        for value in self.typed:
            said = said.replace(value, "·" * len(value))
        return said


@dataclass
class Walk:
    """A walk through the application; ``seen`` is what it showed, ``opened`` which headings."""

    pilot: Pilot[Any]
    seen: list[Look] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)
    look_at: Callable[[Look], None] | None = None
    choices: bool = True
    """Also take the first choices of lists."""
    typing: bool = True
    """Also type in the forms, to see what they refuse."""

    @property
    def app(self) -> SuiviApp:
        """The application."""
        app = self.pilot.app
        assert isinstance(app, SuiviApp)
        return app

    def look(self, path: str) -> str:
        """Keep what is shown; nothing may have failed."""
        app = self.app
        if app.faults:
            raise AssertionError(path) from app.faults[0]
        assert app.is_running, path
        self.opened.add(heading(app.screen))
        text = rendered(app)
        look = Look(path, text, tuple(item.value for item in app.screen.query(Input) if item.value))
        self.seen.append(look)
        if self.look_at is not None:
            self.look_at(look)
        return text

    async def go(self, path: str, *keys: str) -> str:
        """Press keys, then look."""
        await press(self.pilot, *keys)
        if isinstance(self.app.screen, GoTo):
            self.app.screen.search_now()
            await calm(self.pilot)
        return self.look(path)

    async def crawl(self, path: str, depth: int = 2) -> None:
        """Everything the commands of the screen on top open, ``depth`` screens deep at most.

        Each time, Escape comes back in at most two keys.
        """
        app = self.app
        await press(self.pilot, *_PREPARED.get(getattr(app.screen, "screen_name", ""), ()))
        root, mode = app.screen, app.current_mode
        for command in list(self._openings()):
            if not command.works_on(root):
                continue
            here, key = f"{path} > {command.label}", command.keys.split(",")[0]
            await self.go(here, key)
            if app.current_mode != mode:
                await self.back_to_root(here)
                await press(self.pilot, digit_of(mode))
                continue
            if command.name == "filter" and app.screen is root:
                await self.go(f"{here} : a", "a", "enter")
                await press(self.pilot, "slash", "escape")
                continue
            await self._open(root, here, key, depth)
        assert app.screen is root, path

    async def _open(self, root: object, path: str, key: str, depth: int) -> None:
        top = self.app.screen
        if top is root:
            return
        if isinstance(top, SuiviScreen) and depth > 1:
            await self.crawl(path, depth - 1)
        elif isinstance(top, Form) and self.typing:
            await self._half_typed(top, path)
        elif isinstance(top, Choose) and self.choices:
            await self._choose_each(root, top, path, key)
        if self.app.screen is not root:
            await self.back_to(root, path)

    async def _half_typed(self, form: Form, path: str) -> None:
        """What a form says of a value that cannot be, then of leaving it half-typed."""
        await self.go(f"{path} : x", "end", "x", "ctrl+s")
        top = self.app.screen
        if isinstance(top, Form):
            await self.go(f"{path} : x > Échap", "escape")
            if isinstance(self.app.screen, Confirm):
                await self.go(f"{path} : x > Échap > o", "o")

    async def _choose_each(self, root: object, dialog: Choose, path: str, key: str) -> None:
        """The first choices of a list: each may open a form."""
        count = min(CHOICES_TRIED, len(dialog.found))
        for place in range(count):
            if self.app.screen is root:
                await press(self.pilot, key)
            if not isinstance(self.app.screen, Choose):
                return
            name = self.app.screen.found[place].label
            await self.go(f"{path} > {name}", *["down"] * place, "enter")
            if self.app.screen is not root:
                await self.back_to(root, f"{path} > {name}")

    def _openings(self) -> Iterator[Command]:
        screen = self.app.screen
        scope = getattr(screen.focused, "command_scope", "")
        globals_wanted = ("help", "export", "filter")
        own = getattr(screen, "commands", ())
        taken = {key for command in own for key in command.keys.split(",")}
        # The line of the cursor is opened first, before a command shows other lines.
        listed = sorted(SCOPES.get(scope, ()), key=lambda command: command.name != "select")
        for command in (*listed, *own, *SCOPES["global"]):
            if command.name in _NOT_CRAWLED or not command.keys:
                continue
            if command.scope == "global" and command.name not in globals_wanted:
                continue
            if command not in own and command.keys.split(",")[0] in taken:
                continue
            yield command

    async def back_to(self, root: object, path: str) -> None:
        """Escape, twice at most."""
        for _ in range(2):
            if self.app.screen is not root:
                await press(self.pilot, "escape")
        assert self.app.screen is root, f"{path} : {heading(self.app.screen)}"
        self.look(f"{path} > Échap")

    async def back_to_root(self, path: str) -> None:
        """Escape, twice at most, to the screen of the mode."""
        for _ in range(2):
            if len(self.app.screen_stack) > 1:
                await press(self.pilot, "escape")
        assert len(self.app.screen_stack) == 1, f"{path} : {heading(self.app.screen)}"


def digit_of(mode: str) -> str:
    """The digit of a screen."""
    return next(digit for digit, name in DIGITS.items() if name == mode)


# What a forgotten format would show: Python's own way of writing a value.
REPRESENTATIONS: Final = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|<[\w.]+ object|<[A-Z]\w+\.\w+|\b[A-Z]\w+\.[A-Z_]{3,}\b"
    r"|Decimal\(|Fraction\(|datetime\.|\bdate\(|\{'|\['|\('|Traceback|\bnan\b"
)
