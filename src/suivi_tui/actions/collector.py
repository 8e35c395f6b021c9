"""Python's collector of cycles, out of the way of work that holds many objects without any."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Hundreds of thousands of lines held at once, without cycles, are not worth looking through
    again and again: that would cost a quarter of the time."""
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()
