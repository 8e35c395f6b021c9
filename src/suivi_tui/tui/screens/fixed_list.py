"""Lists that have one order only: the keys of the sort are free for the screen."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Final, NamedTuple

from textual.binding import BindingType

from suivi_tui.tui.commands import LIST_COMMANDS, Command, bindings_of
from suivi_tui.tui.screens.base import Result, SuiviScreen
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource, Row

_SORTING: Final = ("sort_next", "sort_reverse")


class FixedList(PagedList, inherit_bindings=False):
    """A list that cannot be sorted."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(
        command for command in LIST_COMMANDS if command.name not in _SORTING
    )


class FixedListScreen(SuiviScreen[Result]):
    """A screen whose lists have one order: help and footer do not speak of sorting."""

    def commands_here(self) -> list[Command]:
        """Without the sort while such a list has the focus."""
        here = super().commands_here()
        if not isinstance(self.focused, FixedList):
            return here
        return [command for command in here if command.name not in _SORTING]


class SheetLine(NamedTuple):
    """A line of a sheet: its text, a figure on the right, the record behind it, a tone.

    ``entity`` and ``row`` name the record that Enter, « m », « h » and « x » act upon.
    """

    text: str
    figure: str = ""
    entity: str = ""
    row: int = 0
    tone: str = ""


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


def editable(screen: Any) -> bool:
    """Whether the base of a screen can be changed."""
    return not screen.suivi.read_only


def on_record(screen: Any) -> bool:
    """Whether the cursor of the sheet of a screen is on a record."""
    return any(sheet.record() is not None for sheet in screen.query(Sheet))


def on_own_record(screen: Any) -> bool:
    """The same, on a base that can be changed."""
    return editable(screen) and on_record(screen)
