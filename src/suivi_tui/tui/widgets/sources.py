"""Where the rows of a list come from: a query paged by key, or a short list in memory."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from suivi_tui.vocabulary.text import fold

if TYPE_CHECKING:
    from suivi_tui.store.queries.paging import Page

MEMORY_LIMIT: Final = 2_000


class Row(NamedTuple):
    """A row of a list.

    ``key`` is what paging resumes from: every value of the sort order, the id last. ``id`` is the
    record. ``cells`` are the texts of the columns in order. ``tone`` is a name of
    ``line_table.TONES``; the same must be readable in a cell (never colour alone).
    """

    key: tuple[Any, ...]
    id: int | str
    cells: tuple[str, ...]
    tone: str = ""


class Sort(NamedTuple):
    """Order of a list: the ``sort`` key of a column, and the direction."""

    key: str
    descending: bool = False


class _End:
    """Before everything that comes after the last row."""


END: Final = _End()

Key = tuple[Any, ...]


class PageSource(Protocol):
    """Rows read page by page in the thread of the base.

    ``fetch`` returns at most ``limit`` rows in display order: after ``after``, or before
    ``before`` (the nearest ones; ``END``: the last page), or the first page when both are None.
    ``count`` is the number of rows that match, or None when counting would scan an unbounded set.
    """

    def fetch(
        self,
        base: Any,
        after: Key | None,
        before: "Key | _End | None",
        limit: int,
        sort: Sort | None,
        filter: str,
    ) -> Sequence[Row]: ...

    def count(self, base: Any, filter: str) -> int | None: ...


class KeyedSource:
    """Rows of a query paged by key; a subclass asks it in ``page`` and counts if it can."""

    def fetch(
        self,
        base: Any,
        after: Key | None,
        before: "Key | _End | None",
        limit: int,
        sort: Sort | None,
        filter: str,
    ) -> Sequence[Row]:
        """See :class:`PageSource`."""
        from suivi_tui.store.queries.paging import Page

        last = before is END
        page = Page(limit, after, None if isinstance(before, _End) else before, last)
        return self.page(base, page, sort, filter)

    def page(self, base: Any, page: "Page", sort: Sort | None, filter: str) -> Sequence[Row]:
        """The rows of one page."""
        raise NotImplementedError

    def count(self, base: Any, filter: str) -> int | None:
        """Unbounded: not counted."""
        return None


class MemorySource:
    """At most 2,000 rows already read; they sort by any column and filter on any cell.

    ``values`` gives, for a sort key, the value to sort a row by; by default the text of the
    cell of that rank (``"0"``, ``"1"``...), accents folded. Missing values come last.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        values: Mapping[str, Callable[[Row], Any]] | None = None,
    ) -> None:
        if len(rows) > MEMORY_LIMIT:
            raise ValueError("a list of more than 2,000 rows must be paged")
        self.rows = list(rows)
        self._values = dict(values or {})
        self._folded = [fold(" ".join(row.cells)) for row in self.rows]
        self._order: tuple[object, list[Row]] | None = None

    def fetch(
        self,
        base: Any,
        after: Key | None,
        before: "Key | _End | None",
        limit: int,
        sort: Sort | None,
        filter: str,
    ) -> Sequence[Row]:
        """See :class:`PageSource`; the key of a row is found again by identity of its id."""
        rows = self.ordered(sort, filter)
        if before is END:
            return rows[-limit:]
        if before is not None:
            place = self._place(rows, before)
            return rows[max(0, place - limit) : place]
        start = 0 if after is None else self._place(rows, after) + 1
        return rows[start : start + limit]

    def count(self, base: Any, filter: str) -> int | None:
        """How many rows match."""
        return len(self.ordered(None, filter))

    def ordered(self, sort: Sort | None, filter: str) -> list[Row]:
        """All the rows that match, in order; what an export of the list writes."""
        question = (sort, filter)
        if self._order is not None and self._order[0] == question:
            return self._order[1]
        words = fold(filter).split()
        rows = [
            row
            for row, text in zip(self.rows, self._folded, strict=True)
            if all(word in text for word in words)
        ]
        if sort is not None:
            value = self._values.get(sort.key) or self._text_of(sort.key)
            known = [row for row in rows if value(row) is not None]
            missing = [row for row in rows if value(row) is None]
            rows = sorted(known, key=value, reverse=sort.descending) + missing
        if sort is not None or self._order is None:
            self._order = (question, rows)
        return rows

    def _text_of(self, key: str) -> Callable[[Row], Any]:
        rank = int(key)

        def text(row: Row) -> str | None:
            return fold(row.cells[rank]) or None

        return text

    @staticmethod
    def _place(rows: list[Row], key: object) -> int:
        for place, row in enumerate(rows):
            if row.key == key:
                return place
        return len(rows)
