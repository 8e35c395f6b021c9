"""The columns of a list, and where they stand in a width."""

from collections.abc import Sequence
from typing import Final, NamedTuple

NARROWEST: Final = 6


class Column(NamedTuple):
    """A column of a list: title, width in cells (0: takes what is left), alignment, sort key."""

    title: str
    width: int = 0
    align: str = "left"
    sort: str | None = None


def spans(columns: Sequence[Column], width: int) -> list[tuple[Column, int, int]]:
    """Column, first cell and width of each column that is seen in ``width`` cells.

    One cell is kept on the left for the mark of the cursor, one on the right for the bar.
    """
    fixed = sum(column.width + 1 for column in columns if column.width)
    flexible = [column for column in columns if not column.width]
    share = max(NARROWEST, (width - 2 - fixed) // len(flexible) - 1) if flexible else 0
    seen: list[tuple[Column, int, int]] = []
    start = 1
    for column in columns:
        wide = min(column.width or share, width - 1 - start)
        if wide <= 0:
            break
        seen.append((column, start, wide))
        start += wide + 1
    return seen
