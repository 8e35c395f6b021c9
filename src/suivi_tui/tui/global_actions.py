"""What the global commands do; each asks the screen on top or opens a dialog."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from textual.app import App

from suivi_tui.tui.commands import GLOBAL_COMMANDS, Command
from suivi_tui.tui.workers import Failure

if TYPE_CHECKING:
    from suivi_tui.tui.app import SuiviApp


class GlobalActions(App[None], inherit_bindings=False):
    """Mixin of the application: one method an action of ``commands.GLOBAL_COMMANDS``."""

    @property
    def _suivi(self) -> "SuiviApp":
        return cast("SuiviApp", self)

    def _screen_method(self, name: str) -> Callable[[], Any] | None:
        return getattr(self.screen, name, None)

    async def run_command(self, command: Command) -> None:
        """Run a command where it is declared: application, screen, or focused widget."""
        screen = self.screen
        if command in GLOBAL_COMMANDS:
            await self.run_action(command.action, self)
        elif command in getattr(screen, "commands", ()):
            await self.run_action(command.action, screen)
        elif screen.focused is not None:
            await self.run_action(command.action, screen.focused)

    async def action_go_to_screen(self, name: str) -> None:
        """Show a screen by its name."""
        await self.switch_mode(name)

    def action_filter(self) -> None:
        """Filter the list of the screen."""
        start = self._screen_method("start_filter")
        if start is not None:
            start()

    def action_export(self) -> None:
        """Export what the screen shows."""
        export = self._screen_method("export_shown")
        if export is not None:
            export()

    async def action_back(self) -> None:
        """Leave the screen on top."""
        back = self._screen_method("go_back")
        if back is not None:
            back()

    def action_undo(self) -> None:
        """Undo the last change, say what was undone, read the screen again."""
        self._undo_last(keep_later=False)

    def _undo_last(self, *, keep_later: bool) -> None:
        app = self._suivi
        undo: Callable[..., str] | None = app.undo_last
        if undo is None:
            return

        def undone(sentence: str) -> None:
            app.base_changed()
            app.toast(sentence)
            reload = self._screen_method("reload")
            if reload is not None:
                reload()

        def failed(failure: Failure) -> None:
            from suivi_tui.tui.screens.shared.undoing import keep_later_question, later_changes

            if keep_later or not later_changes(failure):
                app.toast_failure(failure)
            else:
                self.push_screen(
                    keep_later_question(failure.message),
                    lambda yes: self._undo_last(keep_later=True) if yes else None,
                )

        kept = {"keep_later": True} if keep_later else {}
        app.desk.write(lambda base: undo(base, **kept), undone, failed)

    def action_help(self) -> None:
        """The keys of the screen on top."""
        from suivi_tui.tui.dialogs.help import HelpDialog

        if not isinstance(self.screen, HelpDialog):
            self.push_screen(HelpDialog(self.screen))

    def action_open_page(self, name: str) -> None:
        """Open a screen that has no digit, unless it is the one shown."""
        from importlib import import_module

        from suivi_tui.tui.screens import PAGES

        module, _, page = PAGES[name].partition(":")
        kind = getattr(import_module(module), page)
        if not isinstance(self.screen, kind):
            self.push_screen(kind())

    def action_guide(self) -> None:
        """The user guide."""
        from suivi_tui.tui.screens.guide import Guide

        if not isinstance(self.screen, Guide):
            self.push_screen(Guide())

    def action_palette(self) -> None:
        """Search a command by its name."""
        from suivi_tui.tui.dialogs.palette import Palette

        screen = self.screen
        self.push_screen(Palette(screen), self._run_later)

    async def _run_later(self, command: Any) -> None:
        if command is not None:
            await self.run_command(command)

    def action_go_to_record(self) -> None:
        """Search a record by a few letters and show it."""
        from suivi_tui.tui.dialogs.go_to import GoTo

        app = self._suivi
        if app.search is not None:
            self.push_screen(GoTo(app.search), self._show_record)

    async def _show_record(self, key: Any) -> None:
        """``key`` is (screen name, id): the screen shows the record in ``show_record(id)``."""
        if key is not None:
            from suivi_tui.tui.screens.shared.opening import show_place

            await show_place(self._suivi, key)

    def action_import_file(self) -> None:
        """Import a table from any screen."""
        from suivi_tui.tui.screens.base import SuiviScreen
        from suivi_tui.tui.screens.shared.importer import ask_import

        if isinstance(self.screen, SuiviScreen):
            ask_import(self.screen)

    def action_quick_entry(self) -> None:
        """Enter hours in one line from any screen."""
        from suivi_tui.tui.dialogs.quick_entry import QuickEntry

        self.push_screen(QuickEntry())

    def action_choose_theme(self) -> None:
        """Choose the colours; remembered for the next start."""
        from suivi_tui.tui.dialogs.choose import Choice, Choose
        from suivi_tui.tui.themes import theme_label

        names = sorted(self.available_themes, key=lambda name: (name[:5] != "suivi", name))
        choices = [Choice(name, theme_label(name)) for name in names]
        self.push_screen(Choose("Changer de thème", choices), self._use_theme)

    def _use_theme(self, name: Any) -> None:
        if name is None:
            return
        self.theme = name
        remember = self._suivi.remember_theme
        if remember is not None:
            remember(name)

    async def action_quit(self) -> None:
        """Leave; everything entered is already saved."""
        self._suivi.leave()

    def action_help_quit(self) -> None:
        """Ctrl+C copies; say how to leave."""
        self._suivi.toast("Ctrl+Q pour quitter.")
