"""The base of every dialog: a box over the screen, Escape gives nothing back."""

from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from suivi_tui.tui.boundary import Guarded
from suivi_tui.tui.commands import SCOPES, Command, allowed, bindings_of
from suivi_tui.tui.plain import shown

Result = TypeVar("Result")

CLOSE = Command("close", "escape", "Fermer", "Fermer sans rien changer.", "dialog", footer=1)
# Between two buttons the arrows do what Tab does.
BETWEEN_BUTTONS = (
    Command("app.focus_next", "right", "Bouton suivant", "Bouton suivant.", "dialog"),
    Command("app.focus_previous", "left", "Bouton précédent", "Bouton précédent.", "dialog"),
)


class Dialog(Guarded, ModalScreen[Result], Generic[Result]):
    """A modal screen with a French title; its result is None when it is closed."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > #box { width: 76; max-width: 95%; height: auto; max-height: 95%; padding: 0 1; }
    Dialog > #box { background: $surface; border: round $primary; }
    Dialog .-tall { height: 16; max-height: 70vh; }
    Dialog #buttons { height: auto; align-horizontal: right; }
    Dialog #buttons Button { margin-left: 1; }
    Dialog #text { height: auto; margin: 0 0 1 0; }
    Dialog .-form { height: auto; max-height: 75vh; }
    """

    commands: ClassVar[tuple[Command, ...]] = (CLOSE,)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of((CLOSE,))

    def __init_subclass__(cls, **options: Any) -> None:
        cls.BINDINGS = bindings_of(cls.commands)
        super().__init_subclass__(**options)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.heading = shown(title)

    def compose_body(self) -> ComposeResult:
        """The widgets inside the box."""
        yield from ()

    def compose(self) -> ComposeResult:
        """The box."""
        box = Vertical(id="box")
        box.border_title = None
        with box:
            yield from self.compose_body()

    def on_mount(self) -> None:
        """The title is content, never markup."""
        from suivi_tui.tui.plain import plain

        box = self.query_one("#box")
        box.border_title = plain(self.heading).markup

    def commands_here(self) -> list[Command]:
        """The commands of the dialog and of its focused widget."""
        scope = getattr(self.focused, "command_scope", "")
        return [*SCOPES.get(scope, ()), *self.commands]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """See ``SuiviScreen.check_action``."""
        return allowed(self.commands, action, parameters, self)

    def action_close(self) -> None:
        """Close without a result."""
        self.dismiss(None)
