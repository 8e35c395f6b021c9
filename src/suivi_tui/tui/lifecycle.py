"""What surrounds the application: signals, size of the window, encoding of the terminal."""

import signal
import sys
from asyncio import AbstractEventLoop
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from suivi_tui.vocabulary.text import fold

MIN_WIDTH: Final = 40
MIN_HEIGHT: Final = 12

# SIGBREAK is what Windows sends when its console is closed or Ctrl+Break is pressed.
_SIGNALS: Final = ("SIGHUP", "SIGTERM", "SIGBREAK")


def attach(
    loop: AbstractEventLoop,
    stop: Callable[[], object],
    stray: Callable[[AbstractEventLoop, dict[str, Any]], object],
) -> None:
    """Watch the signals; ``stray`` gets the errors that no handler caught."""
    on_signals(loop, stop)
    loop.set_exception_handler(stray)


def detach(loop: AbstractEventLoop) -> None:
    """Give the signals and the errors back."""
    off_signals(loop)
    loop.set_exception_handler(None)


def on_signals(loop: AbstractEventLoop, stop: Callable[[], object]) -> None:
    """Call ``stop`` in the loop when the terminal is closed or the system asks to end.

    Signals that the system does not know are skipped; off the main thread nothing is set.
    """
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
        except (RuntimeError, ValueError):
            return


def off_signals(loop: AbstractEventLoop) -> None:
    """Give the signals back."""
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            try:
                loop.remove_signal_handler(number)
            except (NotImplementedError, RuntimeError, ValueError):
                return


def too_small(width: int, height: int) -> bool:
    """Whether the window cannot hold a screen."""
    return width < MIN_WIDTH or height < MIN_HEIGHT


def terminal_encoding() -> str:
    """The encoding of the stream that Textual writes to."""
    stream = sys.__stderr__ or sys.__stdout__
    return getattr(stream, "encoding", None) or "utf-8"


_SAME: Final = {
    "✓": "v", "–": "-", "—": "-", "…": ".", "·": ".", "›": ">", "‹": "<", "↑": "^", "↓": "v",
    "←": "<", "→": ">", "▏": "_", "▲": "^", "▼": "v", "•": "*", "«": '"', "»": '"', "’": "'",
    "\u00a0": " ", "€": "E", "░": ".", "▒": "-", "▓": "=", "█": "#", "│": "|", "┃": "|",
    "─": "-", "━": "-", "œ": "o", "Œ": "O", "æ": "a", "°": "o", "×": "x", "≈": "~",
}  # fmt: skip


@lru_cache(maxsize=4096)
def _substitute(char: str) -> str:
    """One character of ASCII, or spaces of the same width."""
    if char in _SAME:
        return _SAME[char]
    if "\u2581" <= char <= "\u2588":
        return "_.:-=+#"[min(6, ord(char) - 0x2581)]
    if "\u2500" <= char <= "\u259f":
        return "+"
    plain = fold(char)
    width = cell_len(char)
    if len(plain) == 1 == width and plain.isascii():
        return plain.upper() if char.isupper() else plain
    return "?" * width


class EncodingFilter(LineFilter):
    """Replaces what the terminal cannot write, keeping every column in place."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self.encoding = encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """See :class:`LineFilter`."""
        return [Segment(self.text(text), style, control) for text, style, control in segments]

    def text(self, text: str) -> str:
        """``text`` in characters that the encoding knows."""
        if text.isascii():
            return text
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return "".join(char if self._known(char) else _substitute(char) for char in text)
        return text

    def _known(self, char: str) -> bool:
        try:
            char.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True


def filter_for(encoding: str) -> EncodingFilter | None:
    """The filter that a terminal of this encoding needs, or None for UTF-8."""
    name = encoding.lower().replace("-", "").replace("_", "")
    return None if name.startswith(("utf8", "utf16", "cp65001")) else EncodingFilter(encoding)
