"""The application: modes, themes, key map, error boundary."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from suivi_tui.logbook import Logbook
from suivi_tui.tui.boundary import Guarded
from suivi_tui.tui.commands import GLOBAL_COMMANDS, allowed, bindings_of
from suivi_tui.tui.faults import FaultHandling
from suivi_tui.tui.global_actions import GlobalActions
from suivi_tui.tui.lifecycle import (
    attach,
    detach,
    filter_for,
    terminal_encoding,
    too_small,
)
from suivi_tui.tui.screens import SCREENS
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.themes import DARK, DEFAULT, LIGHT
from suivi_tui.tui.type_ahead import TypeAhead
from suivi_tui.tui.workers import BaseLike, Desk

FIRST_START = "accueil"
HOME = "tableau_de_bord"

Search = Callable[[Any, str], Sequence[Any]]
"""``search(base, text)``: at most 50 ``dialogs.choose.Choice`` whose key is (screen, id)."""


def load_screen(place: str) -> Screen[Any]:
    """The screen written ``"module:Class"``, imported now."""
    module, _, name = place.partition(":")
    screen: Screen[Any] = getattr(import_module(module), name)()
    return screen


class SuiviApp(Guarded, FaultHandling, GlobalActions, TypeAhead, App[None], inherit_bindings=False):
    """The notebook on one base.

    ``open_base`` opens the base, in the thread of the desk. ``today`` is the date of every rule.
    ``undo_last(base)`` undoes the last change and returns a sentence. ``search`` feeds « Aller
    à… ». ``prepared()`` is what the first screen shows at once, read while the
    application was starting. ``final(base)`` runs when the application ends well (backup).
    """

    TITLE = "suivi-tui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(GLOBAL_COMMANDS)

    def __init__(
        self,
        base_path: Path,
        today: date,
        open_base: Callable[[], BaseLike],
        *,
        read_only: bool = False,
        first_start: bool = False,
        undo_last: Callable[[Any], str] | None = None,
        search: Search | None = None,
        prepared: Callable[[], Any] | None = None,
        final: Callable[[Any], object] | None = None,
        remember_theme: Callable[[str], object] | None = None,
        theme: str = DEFAULT,
        log_path: Path | None = None,
        screens: Mapping[str, str] | None = None,
        clock: Callable[[], datetime] = datetime.now,
        encoding: str | None = None,
    ) -> None:
        self._encoding_filter = filter_for(encoding or terminal_encoding())
        self.screens_known = dict(SCREENS if screens is None else screens)
        names = [FIRST_START if first_start else HOME, *self.screens_known]
        self._first = next((name for name in names if name in self.screens_known), None)
        if self._first is not None:
            # Read by Textual when it starts: no empty screen is built to be replaced at once.
            vars(self)["DEFAULT_MODE"] = self._first
        super().__init__()
        self.base_path = base_path
        self.base_name = base_path.name
        self.today = today
        self.read_only = read_only
        self.undo_last = undo_last
        self.search = search
        self.prepared = prepared
        self.remember_theme = remember_theme
        self.clock = clock
        self.data_version = 0
        self.logbook = Logbook(log_path)
        self.desk: Desk[Any] = Desk(open_base, self.call_later, self.toast_failure, self.logbook)
        self._final = final
        for name, place in self.screens_known.items():
            if name != self._first:
                self.add_mode(name, partial(self._load_screen, place))
        for own in (DARK, LIGHT):
            self.register_theme(own)
        # Without its watcher, which runs anyway at the start: the style sheets are parsed once.
        self.set_reactive(App.theme, theme if theme in self.available_themes else DEFAULT)

    # start and end

    def get_default_screen(self) -> Screen[Any]:
        """The first screen. It becomes a mode once mounted: for the screen of a mode Textual
        parses every style sheet again."""
        if self._first is None:
            return super().get_default_screen()
        screen = self._load_screen(self.screens_known[self._first])
        for path in screen.css_path:
            self.stylesheet.read(path)
        # A fault in a style sheet ends the program here, before a screen stands that cannot work.
        self.stylesheet.parse()
        return screen

    def _load_screen(self, place: str) -> Screen[Any]:
        """A screen that cannot be built leaves the others usable."""
        try:
            return load_screen(place)
        except Exception as error:
            self.report_fault(error)
            return SuiviScreen()

    def on_mount(self) -> None:
        """Watch the signals and the size of the window."""
        if self._first is not None:
            place = self.screens_known[self._first]
            self.add_mode(self._first, partial(self._load_screen, place))
        attach(asyncio.get_running_loop(), self.end_now, self.report_stray)
        self.fit_window(self.size.width, self.size.height)
        if self.prepared is not None:
            # The desk takes over the base that was opened for it, and so will close it.
            self.desk.when_idle(lambda base: None)

    def end_now(self) -> None:
        """The terminal is going away: drafts are written, nothing else is waited for."""
        self._final = None
        self.leave()

    def leave(self) -> None:
        """End the application; what is half-typed is kept as drafts."""
        for stack in list(self._screen_stacks.values()):
            for screen in stack:
                keep = getattr(screen, "keep_draft", None)
                if keep is not None:
                    self.guarded(keep)
        self.exit()

    async def on_unmount(self) -> None:
        """Wait for the last writes, then close the base."""
        detach(asyncio.get_running_loop())
        await asyncio.to_thread(self.desk.close, self._final)

    # window

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and ours on a terminal that is not in UTF-8."""
        filters = super().get_line_filters()
        return filters if self._encoding_filter is None else [*filters, self._encoding_filter]

    def on_resize(self, event: events.Resize) -> None:
        """A window too small shows one plain screen."""
        if self.is_running and self._is_mounted:
            self.fit_window(event.size.width, event.size.height)

    def fit_window(self, width: int, height: int) -> None:
        """Show or remove the screen « Fenêtre trop petite »."""
        small, told = too_small(width, height), hasattr(self.screen, "window_too_small")
        if small and not told:
            from suivi_tui.tui.dialogs.too_small import TooSmall

            self.push_screen(TooSmall())
        elif told and not small:
            self.pop_screen()

    # the base

    def base_changed(self) -> None:
        """Something was written: screens read again when they are shown."""
        self.data_version += 1

    def use_base(
        self,
        base_path: Path,
        open_base: Callable[[], BaseLike],
        then: Callable[[], object],
        *,
        read_only: bool = False,
    ) -> None:
        """Work on another base (first start, restored backup)."""

        def opened(_: BaseLike) -> None:
            self.base_path, self.base_name = base_path, base_path.name
            self.read_only = read_only
            self.base_changed()
            then()

        self.desk.use(open_base, opened)

    # commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A global command that makes no sense on the screen on top does nothing."""
        return allowed(GLOBAL_COMMANDS, action, parameters, self.screen)
