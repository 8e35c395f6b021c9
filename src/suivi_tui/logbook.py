"""The log of errors: what failed and where, never with what data (``reliability.md`` 4.6).

Neither the message of the exception nor any local variable is written: both may hold a name.
"""

import os
import platform
import threading
import time
import traceback
import zlib
from pathlib import Path
from typing import Final

from suivi_tui import __version__

LIMIT: Final = 1_000_000
KEPT: Final = 3


class Logbook:
    """Writes errors to ``path`` (0600, at most three files of 1 MB); None keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._lock = threading.Lock()

    def write(self, error: BaseException) -> str:
        """Log ``error`` and return its code, the same for the same place in the program."""
        places = _places(error)
        code = f"{zlib.crc32(' '.join(places).encode()) & 0xFFFF:04X}"
        moment = time.strftime("%Y-%m-%dT%H:%M:%S")
        versions = f"suivi-tui {__version__}, Python {platform.python_version()}"
        self._append(f"{moment} {code} {versions} {platform.system()}\n  " + "\n  ".join(places))
        return code

    def _append(self, entry: str) -> None:
        if self.path is None:
            return
        try:
            with self._lock:
                self._turn()
                self.path.parent.mkdir(parents=True, exist_ok=True)
                flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
                with os.fdopen(os.open(self.path, flags, 0o600), "a", encoding="utf-8") as file:
                    file.write(entry + "\n")
        except OSError:
            return  # a log that cannot be written must not become a second error

    def _turn(self) -> None:
        if self.path is None or not self.path.exists() or self.path.stat().st_size < LIMIT:
            return
        for number in range(KEPT - 1, 0, -1):
            older = self.path.with_suffix(f"{self.path.suffix}.{number}")
            newer = (
                self.path
                if number == 1
                else self.path.with_suffix(f"{self.path.suffix}.{number - 1}")
            )
            if newer.exists():
                newer.replace(older)


def _places(error: BaseException) -> list[str]:
    """Types and places of an error and of its causes, without messages."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        for frame, line in traceback.walk_tb(current.__traceback__):
            code = frame.f_code
            lines.append(f"  {Path(code.co_filename).name}:{line} {code.co_name}")
        current = current.__cause__ or current.__context__
    return lines
