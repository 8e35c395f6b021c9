"""What is done before Textual is imported: the base is opened, its first figures are read.

Not in a thread beside that import: two that compute share one processor, and both end later.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from suivi_tui.readings.year import Year
    from suivi_tui.store.base import Base


class Prepared:
    """An open base, and how far its year is for the first frame."""

    def __init__(self, base: "Base", year: "Year | None") -> None:
        self.base = base
        self._year = year

    def take_year(self) -> "Year | None":
        """The year, once: later it would be out of date. None when nothing is followed yet."""
        year, self._year = self._year, None
        return year if year is not None and year.figures.obligations else None


def prepare(path: Path, today: date, accept: Callable[["Base"], object] | None = None) -> Prepared:
    """Open a base and read its year. Raises BaseRefused, from the opening or from ``accept``.

    What cannot be read is left to the screen, which asks again and says what is wrong.
    """
    from suivi_tui.store.base import open_base

    base = open_base(path)
    try:
        if accept is not None:
            accept(base)
    except BaseException:
        base.close()
        raise
    try:
        from suivi_tui.readings.year import read_year

        return Prepared(base, read_year(base.connection, today))
    except Exception:
        return Prepared(base, None)
