"""Who holds a base: the lock of SQLite decides between processes, a list within this one.

Within one process the list is needed: on POSIX systems, closing any other descriptor of a locked
file drops the lock, so that merely looking at a base that is open here would give it away.
"""

import contextlib
import os
from pathlib import Path
from typing import TypeAlias
from weakref import WeakValueDictionary

from suivi_tui.store.engine import BaseRefused

FileIdentity: TypeAlias = tuple[int, int]


class Hold:
    """This process holds a file, until ``let_go`` or until nobody remembers the hold."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = identity_of(path)
        if self.file is not None:
            _HELD[self.file] = self
        # Only for the message of a second instance.
        with contextlib.suppress(OSError):
            _holder_file(path).write_text(str(os.getpid()), encoding="ascii")

    def moved(self) -> bool:
        """Whether the file is no longer the one at its path: moved, replaced or deleted."""
        return identity_of(self.path) != self.file

    def let_go(self) -> None:
        """Say that the file is free again, once its connection is closed."""
        if self.file is not None:
            _HELD.pop(self.file, None)
        with contextlib.suppress(OSError):
            _holder_file(self.path).unlink(missing_ok=True)


_HELD: WeakValueDictionary[FileIdentity, Hold] = WeakValueDictionary()


def identity_of(path: Path) -> FileIdentity | None:
    """What names a file whatever its path; None when it cannot be reached."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_ino, status.st_dev


def refuse_if_held_here(path: Path) -> None:
    """Refuse to open, even to read, a file that this process holds (BaseRefused)."""
    identity = identity_of(path)
    if identity is not None and identity in _HELD:
        raise BaseRefused(already_open(path))


def already_open(path: Path) -> str:
    """The sentence of a second instance, with the number of the process that holds the base."""
    try:
        holder = f" (processus {int(_holder_file(path).read_text().strip())})"
    except (OSError, ValueError):
        holder = ""
    return (
        f"La base {path} est déjà ouverte par suivi-tui{holder} : rien n'a été modifié. Fermez "
        "l'autre fenêtre, puis recommencez."
    )


def _holder_file(path: Path) -> Path:
    return path.with_name(path.name + ".verrou")
