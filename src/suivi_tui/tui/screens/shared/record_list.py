"""Screens that list records of one kind, with more columns where there is room."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Final, Generic, TypeVar

from textual import events
from textual.app import ComposeResult

from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.history_of import show_history
from suivi_tui.tui.screens.shared.removing import ask_removal
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MemorySource, PageSource, Row, Sort

WIDE_FROM: Final = 110
Item = TypeVar("Item")


class RecordListScreen(SuiviScreen[None]):
    """A list of records; the commands ``history`` and ``remove`` act on that of the cursor.

    A subclass gives the table (``entity``), the columns, and the rows: ``source`` when they are
    paged, else what ``load`` shows. ``name_cell`` is the cell that names the record.
    """

    entity: ClassVar[str] = ""
    list_id: ClassVar[str] = "records"
    list_title: ClassVar[str] = ""
    empty: ClassVar[str] = ""
    narrow: ClassVar[tuple[Column, ...]] = ()
    wide: ClassVar[tuple[Column, ...]] = ()
    first_sort: ClassVar[Sort | None] = None
    name_cell: ClassVar[int] = 0

    def compose_body(self) -> ComposeResult:
        yield PagedList(
            self.columns(),
            self.source(),
            read=self.read,
            sort=self.first_sort,
            title=self.list_title,
            empty=self.empty,
            id=self.list_id,
        )

    def source(self) -> PageSource | None:
        """The rows when they are paged."""
        return None

    def columns(self) -> tuple[Column, ...]:
        """More columns where there is room."""
        return self.wide if self.app.size.width >= WIDE_FROM else self.narrow

    def on_resize(self, event: events.Resize) -> None:
        """Another width shows other columns."""
        for listed in self.query(PagedList):
            listed.columns = self.columns()
            listed.refresh()

    def load(self) -> None:
        self.query_one(PagedList).reload()

    @property
    def row(self) -> Row | None:
        """The row of the cursor."""
        return self.query_one(PagedList).current

    @property
    def record(self) -> tuple[int, str] | None:
        """The record of the cursor: id and name."""
        row = self.row
        return (int(row.id), row.cells[self.name_cell]) if row is not None else None

    def action_history(self) -> None:
        """Who changed what on the record of the cursor."""
        if self.record is not None:
            show_history(self, self.entity, *self.record)

    def action_remove(self) -> None:
        """Remove the record of the cursor."""
        if self.record is not None:
            ask_removal(self, self.entity, *self.record, self.reload)


class ItemListScreen(RecordListScreen, Generic[Item]):
    """A list read whole, short enough to stay in memory: each row stands for one thing read.

    ``naming`` are the titles of the columns that name people, left empty in an export unless
    asked for.
    """

    naming: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        super().__init__()
        self.items: dict[int | str, Item] = {}

    def show_items(
        self,
        items: Iterable[Item],
        row: Callable[[Item], Row],
        sorting: Mapping[str, Callable[[Item], Any]],
    ) -> None:
        """Show what was read; ``sorting`` says what a column is sorted by when not by its text."""
        shown = [(row(item), item) for item in items]
        self.items = {made.id: item for made, item in shown}

        def by(value: Callable[[Item], Any]) -> Callable[[Row], Any]:
            return lambda made: value(self.items[made.id])

        source = MemorySource(
            [made for made, _ in shown], {key: by(value) for key, value in sorting.items()}
        )
        self.query_one(PagedList).show(source, keep=True)
        self.refresh_bindings()

    @property
    def item(self) -> Item | None:
        """What the row of the cursor stands for."""
        return self.items.get(self.row.id) if self.row is not None else None

    def export_shown(self) -> None:
        """The list as it is sorted and filtered."""
        export_list(self, self.heading, self.query_one(PagedList), names=self.naming)


def on_item(screen: Any) -> bool:
    """Whether the cursor is on something that can be changed."""
    return editable(screen) and screen.item is not None
