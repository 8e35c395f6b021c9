"""The error boundary: a fault in a handler becomes a sentence, never the end of the program.

Textual ends the application, and stops the message loop of the widget concerned, at the first
exception of a handler. :class:`Guarded` catches it before, in every class of ours; what still
escapes (a widget of Textual) reaches ``SuiviApp._handle_exception``. Both are private parts of
Textual: ``tests/tui/test_boundary.py`` pins them.
"""

from textual.message import Message
from textual.message_pump import MessagePump


class Guarded(MessagePump):
    """Mixin, first among the bases: an exception in a handler is reported to the application."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            report(self, error)


def report(pump: MessagePump, error: Exception) -> None:
    """Hand ``error`` over to the application, or raise it when the application is not ours."""
    reporter = getattr(pump.app, "report_fault", None)
    if reporter is None:
        raise error
    reporter(error)
