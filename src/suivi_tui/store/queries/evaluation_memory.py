"""What the evaluation keeps between two questions, as long as the base says the same.

Everything here is computed again from the base: it is thrown away as soon as the journal has
grown. It stays in the memory of this program, so that a base opened read-only has it too.
"""

import gc
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from suivi_tui.store.as_known import Vector, vector_now
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.schema import remember

T = TypeVar("T")
_FEW, _SOME = 6, 200


class Memory:
    """What was read of a base in one state of its journal."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}
        self._large: dict[Hashable, Any] = {}
        self._small: dict[Hashable, Any] = {}

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, made once."""
        return _kept(self._kept, key, make)

    def keep_few(self, key: Hashable, make: Callable[[], T]) -> T:
        """The same for what is large: only the last few used are kept."""
        return _kept(self._large, key, make, _FEW)

    def keep_some(self, key: Hashable, make: Callable[[], T]) -> T:
        """The same for what is small but as many as the questions: the last ones used."""
        return _kept(self._small, key, make, _SOME)

    def has(self, key: Hashable) -> bool:
        """Whether something is kept under a key, large or for ever."""
        return key in self._large or key in self._kept


def _kept(kept: dict[Hashable, Any], key: Hashable, make: Callable[[], T], most: int = 0) -> T:
    made: T = kept.pop(key) if key in kept else make()
    kept[key] = made
    if most and len(kept) > most:
        del kept[next(iter(kept))]
    return made


@contextmanager
def no_cycles() -> Iterator[None]:
    """Put off looking for cycles: rows of numbers by the hundred thousand have none, and walking
    through them again and again takes a quarter of the time."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


class _Holder:
    """The memory of a connection, and the state of the journal that it belongs to."""

    def __init__(self) -> None:
        self.state: Vector | None = None
        self.memory = Memory()


def memory_of(connection: Connection) -> Memory:
    """What is kept for a base as it stands now; empty when something was written since."""
    holder = remember(connection, "evaluation", _Holder)
    state = vector_now(connection)
    if state != holder.state:
        holder.state, holder.memory = state, Memory()
    return holder.memory
