"""The lines of the day, drawn: sections that share the height, a cursor that skips titles."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.message import Message

from suivi_tui.tui.commands import DESTINATIONS
from suivi_tui.tui.plain import fit, shown, wrapped
from suivi_tui.tui.screens.shared.opening import Place
from suivi_tui.tui.widgets.line_table import Piece, padded
from suivi_tui.tui.widgets.skipping_table import SkippingTable
from suivi_tui.vocabulary.numbers import plural

if TYPE_CHECKING:
    from suivi_tui.tui.screens.tableau_de_bord.sections import Entry, Section

MARK: Final = "›"
HEAD: Final = 14
FEWEST: Final = 2
WIDE: Final = 110
"""From this width on, the next act stands beside each line."""
_NAMES: Final = {place.name: place.label for place in DESTINATIONS}


class BoardRow(NamedTuple):
    """A line of the board: a title, an entry, or the way to what is not listed."""

    text: str
    entry: "Entry | None" = None
    place: Place | None = None

    @property
    def opens(self) -> bool:
        """Whether the cursor stops here."""
        return self.entry is not None or self.place is not None


def board_rows(sections: "Sequence[Section]", height: int) -> list[BoardRow]:
    """The rows of the sections: all of them when they fit, else each gives way in turn."""
    wanted = [len(section.entries) for section in sections]
    # What no other screen lists is shown whole: the board scrolls.
    kept = [
        min(FEWEST, len(section.entries)) if section.rest else len(section.entries)
        for section in sections
    ]
    spare = height - sum(kept) - 2 * len(sections)
    while spare > 0 and kept != wanted:
        for place, count in enumerate(wanted):
            if kept[place] < count and spare > 0:
                kept[place] += 1
                spare -= 1
    rows: list[BoardRow] = []
    for section, count in zip(sections, kept, strict=True):
        rows.append(BoardRow(section.title))
        rows += [BoardRow(entry.text, entry) for entry in section.entries[:count]]
        if not section.entries:
            rows.append(BoardRow(f"  {section.empty}"))
        elif count < section.total and section.rest is not None:
            where = _NAMES.get(section.rest[0], "")
            rows.append(BoardRow(f"… la suite dans {where}", None, section.rest))
        elif count < section.total:
            more = plural(section.total - count, "autre ensuite", "autres ensuite")
            rows.append(BoardRow(f"  … {more}"))
    return rows


class DayBoard(SkippingTable):
    """What to do today. The two last lines say in full what the cursor is on, and the next act."""

    footer_height = 3

    class Moved(Message):
        """The cursor is on another line."""

    class Opened(Message):
        """A line was clicked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.sections: tuple[Section, ...] = ()
        self.rows: list[BoardRow] = []
        self.text = ""

    def show(self, sections: "tuple[Section, ...]", text: str = "") -> None:
        """Show these sections, or a text when there is nothing at all."""
        self.sections, self.text = sections, text
        self._share_height()

    def _share_height(self) -> None:
        self.rows = board_rows(self.sections, self.body_height)
        self.cursor_row = min(self.cursor_row, max(0, len(self.rows) - 1))
        self.move_to(self.cursor_row)
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self, event: events.Resize) -> None:
        """Another height shares the lines otherwise."""
        self._share_height()

    @property
    def row_count(self) -> int:
        """Titles included."""
        return len(self.rows)

    @property
    def current(self) -> BoardRow | None:
        """The line of the cursor, None when there is nothing to open."""
        row = self.rows[self.cursor_row] if self.cursor_row < len(self.rows) else None
        return row if row is not None and row.opens else None

    def stops(self, row: int) -> bool:
        """Titles are skipped."""
        return self.rows[row].opens

    def cursor_moved(self, old: int, new: int) -> None:
        """The last lines follow."""
        self.refresh_footer()
        self.post_message(self.Moved())

    def on_click(self, event: events.Click) -> None:
        """A click moves; on the line of the cursor it opens."""
        row = self.row_at(event.y)
        if row is None or not self.rows[row].opens:
            return
        if row == self.cursor_row:
            self.post_message(self.Opened())
        else:
            self.move_to(row)

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """A title, or how urgent, what, and what stands on the right."""
        item = self.rows[row]
        entry = item.entry
        if entry is None:
            mark = MARK if item.place and row == self.cursor_row else " "
            return [
                (mark, ""),
                (fit(shown(item.text), width - 1), "muted" if item.place else "total"),
            ]
        side = shown(entry.side)
        room = max(8, width - HEAD - cell_len(side) - 4)
        text = shown(entry.text)
        act = f"  {shown(entry.act)}" if width >= WIDE and entry.act.startswith("→") else ""
        return padded(
            [
                (MARK if row == self.cursor_row else " ", ""),
                (fit(entry.head, HEAD) + " ", entry.tone),
                (fit(text, min(room, max(cell_len(text), room // 2))), ""),
                (fit(act, max(0, room - max(cell_len(text), room // 2))) + " ", "muted"),
                (side, "muted"),
            ],
            width,
        )

    def draw_empty(self, line: int, width: int) -> list[Piece]:
        """A base without anything says what to do."""
        lines = wrapped(shown(self.text, multiline=True), max(10, width - 4)) if self.text else []
        return [("  " + lines[line - 1], "")] if 1 <= line <= len(lines) else []

    def draw_footer(self, line: int, width: int) -> list[Piece]:
        """The line of the cursor in full: what, and the next act."""
        current = self.current
        entry = current.entry if current is not None else None
        if line == 0 or entry is None:
            return [("─" * width, "muted")] if line == 0 and self.rows else []
        said = wrapped(f"{shown(entry.message)}\n{shown(entry.act)}", max(10, width - 2))
        if len(said) > 2:
            said = [shown(entry.message), shown(entry.act)]
        return [(fit(f" {said[line - 1]}" if line <= len(said) else "", width), "")]
