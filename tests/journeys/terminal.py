"""A real pseudo-terminal around the application: what it writes, what it is sent.

Every wait is for bytes, with a deadline; nothing sleeps.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

WAIT: Final = 20.0
# What the application writes when it gives the screen back.
LEFT: Final = b"\x1b[?1049l"


class Terminal:
    """The application in a terminal of its own; ``output`` is every byte it wrote."""

    def __init__(
        self, base: Path, size: tuple[int, int] = (80, 24), env: Mapping[str, str] | None = None
    ) -> None:
        self.master, slave = pty.openpty()
        self.resize(*size, tell=False)
        environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(env or {})}
        for name in ("COLUMNS", "LINES", "PYTEST_CURRENT_TEST"):
            environment.pop(name, None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "suivi_tui", "--base", str(base)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)
        self.output = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)

    def resize(self, width: int, height: int, *, tell: bool = True) -> None:
        """Give the window another size."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        if tell:
            self.process.send_signal(signal.SIGWINCH)

    def read(self, seconds: float) -> bool:
        """Take what the application writes within ``seconds``; False when it writes nothing."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            taken = os.read(self.master, 65536)
        except OSError:
            taken = b""
        self.output += taken
        return bool(taken)

    def drain(self, seconds: float) -> None:
        """Take all that is written during ``seconds``."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)
            if self.process.poll() is not None:
                return

    def wait_for(self, text: "str | re.Pattern[bytes]", since: int = 0) -> None:
        """Wait until ``text`` was written after the byte ``since``."""
        wanted = re.compile(re.escape(text.encode())) if isinstance(text, str) else text
        end = time.monotonic() + WAIT
        while wanted.search(self.output, since) is None:
            left = end - time.monotonic()
            if left <= 0 or (not self.read(left) and self.process.poll() is not None):
                raise AssertionError(f"never shown: {text!r}\n{bytes(self.output[-2000:])!r}")

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self.master, keys.encode())

    def press(self, keys: str, then: "str | re.Pattern[bytes]") -> None:
        """Type, then wait for what it must show."""
        since = len(self.output)
        self.send(keys)
        self.wait_for(then, since)

    def end(self) -> int:
        """Wait for the end of the process, taking all it still writes; its exit code."""
        limit = time.monotonic() + WAIT
        while self.process.poll() is None:
            assert time.monotonic() < limit, "the application did not end"
            self.read(0.05)
        while self.read(0.0):
            pass
        return self.process.returncode
