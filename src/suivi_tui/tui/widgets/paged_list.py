"""A list of any length, paged by key and drawn line by line.

Only a window of rows is in memory. The next page is asked before the cursor needs it; nothing
is read when the cursor moves inside what is loaded.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, Final, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.message import Message

from suivi_tui.tui.commands import LIST, LIST_COMMANDS, bindings_of
from suivi_tui.tui.plain import fit, shown, wrapped
from suivi_tui.tui.widgets.columns import Column, spans
from suivi_tui.tui.widgets.line_table import Piece, Reader, padded, thumb
from suivi_tui.tui.widgets.list_filter import FilteredTable
from suivi_tui.tui.widgets.sources import END, Key, MemorySource, PageSource, Row, Sort, _End
from suivi_tui.vocabulary.numbers import format_number

__all__ = ["Column", "PagedList"]

PAGE: Final = 100
WINDOW: Final = 600
MARK: Final = "›"


class _Page(NamedTuple):
    rows: Sequence[Row]
    after: Key | None
    before: "Key | _End | None"
    limit: int
    total: int | None
    counted: bool
    anchor: int | str | None = None
    # Rows that were above what is asked: the cursor counts from the first row again.
    dropped: int = 0


class PagedList(FilteredTable):
    """Rows of a :class:`PageSource` with cursor, sort and filter.

    ``read`` is how the base is asked (``screen.read``); a :class:`MemorySource` needs none.
    ``noun`` names a row in the title line ("marché"). ``empty`` says what to do when there is
    nothing. ``key`` names the questions of this list: unique on its screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(LIST_COMMANDS)
    command_scope = LIST
    header_height = 2

    class _FromList(Message):
        def __init__(self, sender: "PagedList", row: Row) -> None:
            super().__init__()
            self.paged_list = sender
            self.row = row

        @property
        def control(self) -> "PagedList":
            """The list that sends the message."""
            return self.paged_list

    class RowHighlighted(_FromList):
        """The cursor is on another row."""

    class RowSelected(_FromList):
        """A row was opened (Enter, or a click on the row of the cursor)."""

    class Loaded(Message):
        """Rows arrived: the first page, or the list was sorted, filtered, reloaded."""

        def __init__(self, sender: "PagedList") -> None:
            super().__init__()
            self.paged_list = sender

        @property
        def control(self) -> "PagedList":
            """The list that sends the message."""
            return self.paged_list

    def __init__(
        self,
        columns: Sequence[Column],
        source: PageSource | None = None,
        *,
        read: Reader | None = None,
        sort: Sort | None = None,
        title: str = "",
        empty: str = "Rien à afficher.",
        key: str = "list",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.columns = tuple(columns)
        self.source = source
        self.sort = sort
        self.title = title
        self.empty = empty
        self.rows: list[Row] = []
        self.total: int | None = None
        self.loaded = False
        self._read = read
        self._key = key
        self._first_rank: int | None = 0
        self._at_start = self._at_end = True
        self._asking = ""
        self._steps = 0

    def on_mount(self) -> None:
        """The first page is asked as soon as the list exists."""
        if self.source is not None and not self.loaded:
            self.reload(keep=False)

    # what a screen uses

    @property
    def row_count(self) -> int:
        """Rows in memory."""
        return len(self.rows)

    @property
    def current(self) -> Row | None:
        """The row of the cursor, or None when there is none."""
        return self.rows[self.cursor_row] if self.cursor_row < len(self.rows) else None

    def show(self, source: PageSource, *, keep: bool = False) -> None:
        """Show other rows; ``keep`` stays on the same record."""
        self.source = source
        self.reload(keep=keep)

    def reload(self, keep: bool = True) -> None:
        """Read again; with ``keep`` the cursor stays on its record if it is still there."""
        anchor = self.current.id if keep and self.current else None
        after = self.rows[self.top - 1].key if anchor is not None and self.top > 0 else None
        dropped = self.top if after is not None else 0
        if after is None:
            self._first_rank = 0
        elif self._first_rank is not None:
            self._first_rank += self.top
        self._steps = 0
        self._ask("reload", after, None, count=True, anchor=anchor, dropped=dropped)

    def sort_by(self, key: str, descending: bool = False) -> None:
        """Sort by the column of that sort key, from the first row."""
        self.sort = Sort(key, descending)
        self._restart()

    def filter_by(self, text: str) -> None:
        """Keep the rows that match ``text``, from the first one."""
        if text != self.filter:
            self.filter = text
            self._restart()

    def position(self) -> str:
        """« 34 sur 1 250 · trié par Échéance ↓ · filtre « dupont » »."""
        parts: list[str] = []
        rank = self._first_rank
        place = "" if rank is None or not self.rows else format_number(rank + self.cursor_row + 1)
        total = "" if self.total is None else format_number(self.total)
        if self.rows and place and total:
            parts.append(f"{place} sur {total}")
        elif self.rows and (place or total):
            parts.append(f"ligne {place}" if place else total)
        column = self._sorted_column()
        if self.sort and column:
            parts.append(f"trié par {column.title} {'↓' if self.sort.descending else '↑'}")
        if self.filter and not self.filtering:
            parts.append(f"filtre «\u00a0{shown(self.filter)}\u00a0»")
        return " · ".join(parts)

    # pages

    def _restart(self) -> None:
        self._first_rank = 0
        self._steps = 0
        self.cursor_row = self.top = 0
        self._ask("reload", None, None, count=True)

    def _ask(
        self,
        why: str,
        after: Key | None,
        before: "Key | _End | None",
        *,
        count: bool = False,
        anchor: int | str | None = None,
        dropped: int = 0,
    ) -> None:
        source, sort, text = self.source, self.sort, self.filter
        if source is None:
            return
        self._asking = why
        limit = max(PAGE, 2 * self.body_height)

        def question(base: Any) -> _Page:
            rows = source.fetch(base, after, before, limit, sort, text)
            total = source.count(base, text) if count else None
            return _Page(rows, after, before, limit, total, count, anchor, dropped)

        if self._read is None or isinstance(source, MemorySource):
            self._take(question(None))
        else:
            self._read(self._key, question, self._take)

    def _take(self, page: _Page) -> None:
        why, self._asking = self._asking, ""
        if page.counted:
            self.total = page.total
        if why == "after":
            self._append(page)
        elif why == "before":
            self._prepend(page)
        else:
            self._replace(page)
        if self._steps:
            steps, self._steps = self._steps, 0
            self.move_to(self.cursor_row + steps)

    def _replace(self, page: _Page) -> None:
        self.rows = list(page.rows)
        self.loaded = True
        full = len(page.rows) >= page.limit
        if page.before is END:
            self._at_start, self._at_end = not full, True
            rank = None if self.total is None else self.total - len(self.rows)
            self._first_rank = 0 if not full else rank
            self.cursor_row = max(0, len(self.rows) - 1)
            self.top = 0
        else:
            self._at_start, self._at_end = page.after is None, not full
            places = [place for place, row in enumerate(self.rows) if row.id == page.anchor]
            place = places[0] if places else self.cursor_row - page.dropped
            self.cursor_row = max(0, min(place, len(self.rows) - 1))
            self.top = 0
        self._scroll_to_cursor()
        self.refresh()
        self.post_message(self.Loaded(self))
        if self.current is not None:
            self.post_message(self.RowHighlighted(self, self.current))
        if not self._at_start and self.cursor_row < self.body_height:
            self._fetch_ahead()

    def _append(self, page: _Page) -> None:
        self.rows.extend(page.rows)
        self._at_end = len(page.rows) < page.limit
        surplus = min(len(self.rows) - WINDOW, self.top - self.body_height)
        if surplus > 0:
            del self.rows[:surplus]
            self.cursor_row -= surplus
            self.top -= surplus
            self._at_start = False
            if self._first_rank is not None:
                self._first_rank += surplus

    def _prepend(self, page: _Page) -> None:
        added = len(page.rows)
        self.rows[:0] = page.rows
        self.cursor_row += added
        self.top += added
        self._at_start = added < page.limit
        if self._at_start:
            self._first_rank = 0
        elif self._first_rank is not None:
            self._first_rank = max(0, self._first_rank - added)
        keep = max(WINDOW, self.top + 2 * self.body_height)
        if len(self.rows) > keep:
            del self.rows[keep:]
            self._at_end = False

    def _fetch_ahead(self) -> None:
        if self._asking or not self.rows:
            return
        margin = self.body_height
        if not self._at_end and self.cursor_row + margin >= len(self.rows):
            self._ask("after", self.rows[-1].key, None)
        elif not self._at_start and self.cursor_row - margin < 0:
            self._ask("before", None, self.rows[0].key)

    # moving

    def move_to(self, row: int) -> None:
        """See :class:`LineTable`; a move beyond what is loaded resumes when rows arrive."""
        inside = max(0, min(row, self.row_count - 1))
        missing = row - inside
        waits = (missing > 0 and not self._at_end) or (missing < 0 and not self._at_start)
        super().move_to(inside)
        self._steps = missing if waits else 0
        self._fetch_ahead()

    def cursor_moved(self, old: int, new: int) -> None:
        """Tell the screen which row is under the cursor."""
        if self.current is not None:
            self.post_message(self.RowHighlighted(self, self.current))

    def action_first(self) -> None:
        """First row of the whole list."""
        if self._at_start:
            self.move_to(0)
        else:
            self._restart()

    def action_last(self) -> None:
        """Last row of the whole list."""
        if self._at_end:
            self.move_to(self.row_count - 1)
        else:
            self._steps = 0
            self._ask("reload", None, END)

    def action_select(self) -> None:
        """Open the row."""
        if self.current is not None:
            self.post_message(self.RowSelected(self, self.current))

    def action_sort_next(self) -> None:
        """Sort by the next column that can be sorted."""
        keys = [column.sort for column in self.columns if column.sort is not None]
        if keys:
            now = self.sort.key if self.sort else None
            place = keys.index(now) + 1 if now in keys else 0
            self.sort_by(keys[place % len(keys)])

    def action_sort_reverse(self) -> None:
        """Reverse the order."""
        if self.sort is not None:
            self.sort_by(self.sort.key, not self.sort.descending)
        else:
            self.action_sort_next()

    # mouse

    def on_click(self, event: events.Click) -> None:
        """A click on a title sorts; on a row moves there; on the row of the cursor opens it."""
        if event.y == 1:
            for column, start, width in spans(self.columns, self.size.width):
                if start <= event.x < start + width and column.sort is not None:
                    same = self.sort is not None and self.sort.key == column.sort
                    self.sort_by(column.sort, same and not (self.sort and self.sort.descending))
            return
        row = self.row_at(event.y)
        if row is None:
            return
        if row == self.cursor_row:
            self.action_select()
        else:
            self.move_to(row)

    # drawing

    def _sorted_column(self) -> Column | None:
        if self.sort is None:
            return None
        return next((item for item in self.columns if item.sort == self.sort.key), None)

    def draw_header(self, line: int, width: int) -> list[Piece]:
        """The title line, or the titles of the columns with the arrow of the sort."""
        if line == 0:
            if self.filtering:
                return [(fit(f" Filtre\u00a0: {shown(self.filter_typed)}▏", width), "")]
            place = self.position()
            left = max(0, width - cell_len(place) - 2)
            return [(fit(" " + shown(self.title), left), ""), (" " + place + " ", "muted")]
        pieces: list[Piece] = [(" ", "")]
        for column, _, wide in spans(self.columns, width):
            arrow = ""
            if self.sort is not None and column.sort == self.sort.key:
                arrow = " ↓" if self.sort.descending else " ↑"
            title = fit(column.title, max(0, wide - cell_len(arrow))).rstrip() + arrow
            pieces.append((fit(title, wide, column.align) + " ", ""))
        return pieces

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """The cells of a row; the cursor is a mark too, for terminals without colour."""
        item = self.rows[row]
        pieces: list[Piece] = [(MARK if row == self.cursor_row else " ", "")]
        for place, (column, _, wide) in enumerate(spans(self.columns, width)):
            text = item.cells[place] if place < len(item.cells) else ""
            pieces.append((fit(shown(text), wide, column.align) + " ", item.tone))
        total = self.total or len(self.rows)
        bar = thumb((self._first_rank or 0) + self.top, self.body_height, total, row - self.top)
        return [*padded(pieces, width - 1), (bar, "muted")]

    def draw_empty(self, line: int, width: int) -> list[Piece]:
        """An empty list says what to do."""
        if self.rows or not self.loaded:
            return []
        text = self.empty
        if self.filter:
            text = (
                f"Aucune ligne ne correspond à «\u00a0{shown(self.filter)}\u00a0». "
                "Échap efface le filtre."
            )
        lines = wrapped(shown(text), max(10, width - 4))
        return [("  " + lines[line - 1], "muted")] if 1 <= line <= len(lines) else []
