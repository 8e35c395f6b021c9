"""The sheet of one record: what it is and what surrounds it, line by line."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult

from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.plain import shown, wrapped
from suivi_tui.tui.screens.base import Result
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen, editable
from suivi_tui.tui.screens.shared.history_of import show_history
from suivi_tui.tui.screens.shared.removing import ask_removal
from suivi_tui.tui.widgets.fields import Field
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource, Row
from suivi_tui.tui.widgets.status_line import StatusLine


class SheetLine(NamedTuple):
    """A line of a sheet: its text, a figure on the right, the record behind it, a tone.

    ``entity`` and ``row`` name the record that Enter, « m », « h » and « x » act upon; ``about``
    is whatever else the screen acts upon there.
    """

    text: str
    figure: str = ""
    entity: str = ""
    row: int = 0
    tone: str = ""
    about: Any = None


class Section(NamedTuple):
    """A part of a sheet; ``empty`` is said when it holds nothing."""

    title: str
    lines: Sequence[SheetLine]
    empty: str = ""


class Sheet(FixedList):
    """One record and what surrounds it, section by section, each line with its record."""

    def __init__(self, *, id: str = "sheet", figures: str = "Heures") -> None:
        columns = (Column("Rubrique", 15), Column("Détail", 0), Column(figures, 14, "right"))
        super().__init__(columns, id=id, key="sheet")
        self.lines: list[SheetLine] = []

    def show_sections(self, title: str, sections: Iterable[Section]) -> None:
        """Show these sections; the cursor stays on its record."""
        self.title = title
        lines: list[SheetLine] = []
        rows: list[Row] = []
        for section in sections:
            shown = section.lines or ([SheetLine(section.empty, tone="muted")] if section.empty
                                      else [])  # fmt: skip
            for place, line in enumerate(shown):
                if len(rows) == MEMORY_LIMIT:
                    break
                label = section.title if place == 0 else ""
                name = f"{line.entity}:{line.row}" if line.row else f"{section.title}:{place}"
                rows.append(Row((len(rows),), name, (label, line.text, line.figure), line.tone))
                lines.append(line)
        self.lines = lines
        self.show(MemorySource(rows), keep=True)

    @property
    def line(self) -> SheetLine | None:
        """The line of the cursor."""
        row = self.current
        return self.lines[row.key[0]] if row is not None else None

    def record(self) -> tuple[str, int] | None:
        """The record of the cursor, if its line has one."""
        line = self.line
        return (line.entity, line.row) if line is not None and line.row else None


def on_record(screen: Any) -> bool:
    """Whether the cursor of the sheet of a screen is on a record."""
    return any(sheet.record() is not None for sheet in screen.query(Sheet))


def on_own_record(screen: Any) -> bool:
    """The same, on a base that can be changed."""
    return editable(screen) and on_record(screen)


class SheetScreen(FixedListScreen[Result]):
    """A screen that shows the sheet of one record; the line of the cursor in full at the bottom.

    ``whole`` is the table of the record itself: removing it leaves the screen.
    """

    whole: ClassVar[str] = ""
    figures: ClassVar[str] = "Heures"

    def compose_body(self) -> ComposeResult:
        yield Sheet(figures=self.figures)
        yield StatusLine(2)

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        line, bar = self.query_one(Sheet).line, self.query_one(StatusLine)
        if line is not None:
            text = wrapped(shown(line.text).strip(), max(20, (bar.size.width or 80) - 2))
            bar.say_at_rest(*[(part, "muted") for part in text[:2]])
        self.refresh_bindings()

    def ask_fields(
        self,
        title: str,
        fields: Callable[[], list[Field[Any]]],
        save: Callable[[Any, Values], object],
        record: int | str,
    ) -> None:
        """A form about ``record`` (see ``Form``); the sheet is read again once it is saved."""
        ask_fields(self, title, fields, save, record)

    def action_history(self) -> None:
        """Who changed what on the line of the cursor."""
        sheet = self.query_one(Sheet)
        record, line = sheet.record(), sheet.line
        if record is not None and line is not None:
            show_history(self, *record, line.text.strip())

    def action_remove(self) -> None:
        """Remove what the line of the cursor is about."""
        sheet = self.query_one(Sheet)
        record, line = sheet.record(), sheet.line
        if record is None or line is None:
            return
        whole = record[0] == self.whole
        name = sheet.title if whole else line.text.strip()
        ask_removal(self, *record, name, self.go_back if whole else self.reload)
