"""The base of every screen: title bar, footer, questions to the base, status, help."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget

from suivi_tui.tui.boundary import Guarded
from suivi_tui.tui.commands import SCOPES, Command, allowed, bindings_of
from suivi_tui.tui.widgets.bars import FooterBar, TitleBar
from suivi_tui.tui.workers import Desk, Failure

if TYPE_CHECKING:
    from suivi_tui.tui.app import SuiviApp
    from suivi_tui.tui.widgets.paged_list import PagedList

T = TypeVar("T")
Result = TypeVar("Result")


class SuiviScreen(Guarded, Screen[Result]):
    """A screen of the application.

    A subclass gives ``screen_name`` (its name in ``screens.SCREENS``), ``heading`` (French title),
    ``purpose`` (help sentences), ``commands`` (its own), ``compose_body`` and ``load``.
    """

    screen_name: ClassVar[str] = ""
    heading: ClassVar[str] = ""
    purpose: ClassVar[str] = ""
    commands: ClassVar[tuple[Command, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init_subclass__(cls, **options: Any) -> None:
        cls.BINDINGS = bindings_of(cls.commands)
        super().__init_subclass__(**options)

    def __init__(self, name: str | None = None, id: str | None = None) -> None:
        super().__init__(name=name, id=id)
        self._version_seen = -1

    @property
    def suivi(self) -> "SuiviApp":
        """The application, typed."""
        return cast("SuiviApp", self.app)

    @property
    def desk(self) -> Desk[Any]:
        """The desk of the base; prefer :meth:`read` and :meth:`write`."""
        return self.suivi.desk

    # what a subclass writes

    def compose_body(self) -> ComposeResult:
        """The widgets between title bar and footer."""
        yield from ()

    def load(self) -> None:
        """Ask for what the screen shows; called when shown first and when the base changed."""

    def keep_draft(self) -> None:
        """Write what is half-typed with :meth:`write`; called when the application ends."""

    def export_shown(self) -> None:
        """Export what is shown; the key appears when a subclass defines this."""
        raise NotImplementedError

    # what a subclass uses

    def read(
        self,
        key: str,
        function: Callable[[Any], T],
        then: Callable[[T], object],
        failed: Callable[[Failure], object] | None = None,
    ) -> int:
        """Ask the base: ``function(base)`` runs in its thread, ``then`` gets the answer here.

        A newer question with the same ``key`` on this screen, or the end of the screen, drops
        the answer. Without ``failed`` an error is shown as a toast.
        """

        def deliver(answer: T) -> object:
            return then(answer) if self.is_attached else None

        return self.desk.read(f"{id(self)}/{key}", function, deliver, failed)

    def connection_read(
        self, function: Callable[[Any], T], then: Callable[[T], object], key: str = ""
    ) -> int:
        """:meth:`read` for a function of ``store/queries``: it gets the connection."""
        name = key or getattr(function, "__qualname__", "read")
        return self.read(name, lambda base: function(base.connection), then)

    def write(
        self,
        function: Callable[[Any], T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[Failure], object] | None = None,
    ) -> int:
        """Change the base; « enregistré à 14:02 » appears once it is durable."""
        app = self.suivi

        def deliver(answer: T) -> object:
            app.base_changed()
            if not self.is_attached:
                return None
            self._version_seen = app.data_version
            self.saved()
            return then(answer) if then is not None else None

        return self.desk.write(function, deliver, failed)

    def saved(self) -> None:
        """Say when the last change was saved."""
        self.status(f"enregistré à {self.suivi.clock():%H:%M}")

    def status(self, text: str) -> None:
        """Show a short text at the right of the title bar."""
        for bar in self.query(TitleBar):
            bar.status = text

    def notify_plain(self, message: str, severity: str = "information") -> None:
        """A toast, never markup; ``severity``: information, warning or error."""
        self.suivi.toast(message, severity)

    def reload(self) -> None:
        """Ask again for what is shown."""
        self._version_seen = self.suivi.data_version
        self.load()

    # shell

    def compose(self) -> ComposeResult:
        """Title bar, body, footer."""
        yield TitleBar()
        yield from self.compose_body()
        yield FooterBar()

    def on_mount(self) -> None:
        """The first load."""
        self.reload()

    def on_screen_resume(self) -> None:
        """Back on top: what changed meanwhile is read again."""
        if self.is_mounted and self._version_seen not in (-1, self.suivi.data_version):
            self.reload()

    def commands_here(self) -> list[Command]:
        """The commands of the focused widget, of this screen, then the global ones."""
        scope = getattr(self.focused, "command_scope", "")
        return [*SCOPES.get(scope, ()), *self.commands, *SCOPES["global"]]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A command that makes no sense now does nothing and is not shown."""
        return allowed(self.commands, action, parameters, self)

    def lists(self) -> "Iterable[PagedList]":
        """The lists of the screen, the focused one first."""
        # By name, so that a screen without a list never loads what draws one.
        found: list[Any] = list(self.query("PagedList"))
        yield from sorted(found, key=lambda each: each is not self.focused)

    def can_filter(self) -> bool:
        """Whether there is a list to filter."""
        return next(iter(self.lists()), None) is not None

    def start_filter(self) -> None:
        """Filter the list of the screen."""
        for paged_list in self.lists():
            paged_list.focus()
            paged_list.start_filter()
            return

    def can_export(self) -> bool:
        """Whether the screen knows how to export what it shows."""
        return type(self).export_shown is not SuiviScreen.export_shown

    def can_undo(self) -> bool:
        """Whether the last change can be undone from here."""
        return self.suivi.undo_last is not None and not self.suivi.read_only

    def can_go_back(self) -> bool:
        """Whether there is a screen under this one."""
        return len(self.app.screen_stack) > 1

    def can_open_palette(self) -> bool:
        """Whether the palette opens from here."""
        return True

    def go_back(self) -> None:
        """Leave this screen; what is half-typed is kept as a draft."""
        if self.can_go_back():
            self.keep_draft()
            self.dismiss()

    def focus_first(self, selector: str) -> None:
        """Give the focus to the first widget of a selector, if any."""
        for widget in self.query(selector).results(Widget):
            widget.focus()
            return
