"""What is done while Textual is being imported: the base is opened, its first figures are read."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from suivi_tui.readings.year import Year
    from suivi_tui.store.base import Base

_PATIENCE = 0.3


class Preparation(threading.Thread):
    """Opens a base, then reads how far its year is, in a thread of its own."""

    def __init__(self, path: Path, today: date, accept: Callable[["Base"], object] | None) -> None:
        super().__init__(name="preparation", daemon=True)
        self._path = path
        self._today = today
        self._accept = accept
        self._opened = threading.Event()
        self._base: Base | None = None
        self._refusal: BaseException | None = None
        self._year: Year | None = None

    def run(self) -> None:
        """Open, say so, then read; what cannot be read is asked again, and told, by the screen."""
        try:
            self._base = self._open()
        except BaseException as error:
            self._refusal = error
            return
        finally:
            self._opened.set()
        try:
            from suivi_tui.readings.year import read_year

            self._year = read_year(self._base.connection, self._today)
        except Exception:
            self._year = None

    def _open(self) -> "Base":
        from suivi_tui.store.base import open_base

        base = open_base(self._path)
        try:
            if self._accept is not None:
                self._accept(base)
        except BaseException:
            base.close()
            raise
        return base

    def check_opened(self) -> bool:
        """Wait for the base; whether it is read-only. Raises what refused it (BaseRefused)."""
        self._opened.wait()
        if self._refusal is not None:
            raise self._refusal
        return self._base is not None and self._base.read_only

    def base(self) -> "Base":
        """The base, once this thread has left it: a connection is for one thread at a time."""
        self.join()
        if self._base is None:
            raise self._refusal or RuntimeError("nothing was opened")
        return self._base

    def take_year(self) -> "Year | None":
        """The year, once: later it would be out of date. None when it takes too long, or when
        there is nothing to follow yet.

        A short wait is shorter than painting an empty screen first.
        """
        self.join(_PATIENCE)
        if self.is_alive():
            return None
        year, self._year = self._year, None
        return year if year is not None and year.figures.obligations else None
