"""How far some work of another thread is, and the way to stop it."""

from typing import Final

from suivi_tui.vocabulary.numbers import NBSP, format_number

FULL, EMPTY = "█", "░"
BAR: Final = 24
EVERY: Final = 0.1


class Progress:
    """Told by the work how far it is, read by the screen; once stopped, the work is cut short.

    It is what the readers of statements call ``progress``. ``then`` is the step that follows once
    all is read.
    """

    def __init__(self, step: str, then: str = "") -> None:
        self.step = step
        self.then = then or step
        self.done = self.total = 0
        self.stopped = False

    def __call__(self, done: int, total: int) -> None:
        """How much is done; raises Cancelled when the person gave up."""
        if self.stopped:
            from suivi_tui.exchange.statement_files.declared import Cancelled

            raise Cancelled
        self.done, self.total = done, total

    def text(self) -> str:
        """The step, a bar and a percentage once the size of the work is known."""
        if self.total <= 0 or self.done >= self.total:
            return f"{self.then if self.total else self.step}…"
        part = min(1.0, max(0.0, self.done / self.total))
        full = round(part * BAR)
        figures = f"{format_number(self.done)} sur {format_number(self.total)}"
        return (
            f"{self.step}{NBSP}: {FULL * full}{EMPTY * (BAR - full)} "
            f"{int(part * 100)}{NBSP}% ({figures})"
        )
