"""What happens to an error that nobody foresaw: a sentence, a line in the log, no data shown.

Textual prints a traceback with the local variables of every frame, names of people included
(``reliability.md`` 4.6). ``_handle_exception`` and ``_fatal_error`` are private parts of it:
``tests/tui/test_boundary.py`` pins what we rely on.
"""

from asyncio import AbstractEventLoop
from collections.abc import Callable
from typing import Any, Literal, cast

from rich.segment import Segment, Segments
from textual._context import active_message_pump
from textual.app import App
from textual.widget import Widget

from suivi_tui.logbook import Logbook
from suivi_tui.tui.boundary import Guarded
from suivi_tui.tui.plain import shown
from suivi_tui.tui.workers import Failure, unexpected
from suivi_tui.vocabulary.errors import UserError

REPEATS = 3

Severity = Literal["information", "warning", "error"]


class FaultHandling(App[None], inherit_bindings=False):
    """Mixin of the application; see the module."""

    logbook: Logbook

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.faults: list[BaseException] = []
        self._repeats: dict[str, int] = {}
        super().__init__(*arguments, **options)

    def notify(self, message: str, **options: Any) -> None:
        """Toasts are never markup."""
        title = shown(options.pop("title", ""))
        super().notify(shown(message, multiline=True), **{**options, "title": title,
                                                          "markup": False})  # fmt: skip

    def toast(self, message: str, severity: str = "information") -> None:
        """A toast; ``severity``: information, warning or error."""
        self.notify(message, severity=cast(Severity, severity))

    def toast_failure(self, failure: Failure) -> None:
        """Show a failure of the desk that no screen handles."""
        if not isinstance(failure.error, UserError):
            self.faults.append(failure.error)
        self.toast(failure.message, "error")

    def report_fault(self, error: Exception) -> None:
        """One sentence and one entry in the log; an error that repeats is not shown for ever."""
        if isinstance(error, UserError):
            self.toast(str(error), "error")
            return
        self.faults.append(error)
        code = self.logbook.write(error)
        self._repeats[code] = self._repeats.get(code, 0) + 1
        if self._repeats[code] <= REPEATS:
            self.toast(unexpected(code), "error")

    def report_stray(self, _: AbstractEventLoop, context: dict[str, Any]) -> None:
        """An error outside any handler: asyncio would print its message."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self.report_fault(error)

    def guarded(self, function: Callable[[], object]) -> None:
        """Call ``function``; an error is reported."""
        try:
            function()
        except Exception as error:
            self.report_fault(error)

    def _handle_exception(self, error: Exception) -> None:
        """What escaped from a handler of Textual: survive if the application can go on."""
        pump = active_message_pump.get(None)
        if not self._running or not self._is_mounted or pump is self or pump is None:
            self._return_code = 1
            if self._exception is None:
                self._exception = error
                self._exception_event.set()
            self._end_with(error)
            return
        if isinstance(pump, Widget) and not isinstance(pump, Guarded):
            # Textual stops the loop of this widget: it would swallow every key.
            pump.can_focus = False
            if pump.has_focus:
                pump.screen.set_focus(None)
        self.report_fault(error)

    def _fatal_error(self) -> None:
        """Never the traceback of Textual, whoever asks for it."""
        self._end_with(RuntimeError())

    def _end_with(self, error: BaseException) -> None:
        code = self.logbook.write(error)
        where = f"\nJournal\u00a0: {self.logbook.path}" if self.logbook.path else ""
        self._exit_renderables.append(Segments([Segment(f"{unexpected(code)}{where}\n")]))
        self._close_messages_no_wait()
