"""The changes of one batch: which record, which field, what was there and what is there now."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen, editable
from suivi_tui.tui.screens.shared.history_of import show_history
from suivi_tui.tui.screens.shared.undoing import ask_undo
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import KeyedSource, Row, Sort
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.row_history import BatchChange
    from suivi_tui.store.queries.paging import Page

COLUMNS = (Column("Fiche", 0), Column("Action", 13), Column("Avant → après", 0))


class Changes(KeyedSource):
    """The changes of a batch, paged in the order they were written."""

    def __init__(self, number: int) -> None:
        self.number = number

    def page(self, base: Any, page: "Page", sort: Sort | None, filter: str) -> Sequence[Row]:
        """See :class:`~suivi_tui.tui.widgets.sources.KeyedSource`."""
        from suivi_tui.readings.row_history import batch_changes

        return [_row(change) for change in batch_changes(base.connection, self.number, page)]


def _row(change: "BatchChange") -> Row:
    fields = " ; ".join(
        f"{item.label}{NBSP}: {item.new}" if change.action == "Création"
        else f"{item.label}{NBSP}: {item.old} → {item.new}"
        for item in change.changes
    )  # fmt: skip
    name = f"{change.kind} {change.name}".strip()
    return Row(change.key, f"{change.entity}|{change.row}", (name, change.action, fields))


class BatchDetail(FixedListScreen[None]):
    """What one batch changed."""

    screen_name = "enregistrement"
    heading = "Changements d'un enregistrement"
    purpose = (
        "Chaque ligne est un changement de fiche ; le bas de l'écran le montre en entier.\n"
        "u annule l'enregistrement entier."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("undo_batch", "u", "Annuler", "Annuler tout ce que cet enregistrement a changé.",
                "enregistrement", "Enregistrement", footer=10,
                available=lambda screen: screen.can_undo_batch),
        Command("history", "h", "Historique", "Toute l'histoire de la fiche choisie.",
                "enregistrement", "Enregistrement", footer=20),
    )  # fmt: skip

    def __init__(self, number: int, label: str, undone: bool) -> None:
        super().__init__()
        self.number = number
        self.label = label
        self.undone = undone

    def compose_body(self) -> ComposeResult:
        yield FixedList(
            COLUMNS,
            Changes(self.number),
            read=self.read,
            title=self.label + (" (annulé)" if self.undone else ""),
            empty="Cet enregistrement n'a rien changé dans les fiches.",
            id="changes",
        )
        yield StatusLine(3)

    @property
    def can_undo_batch(self) -> bool:
        """A batch is undone once."""
        return editable(self) and not self.undone

    def can_filter(self) -> bool:
        """The lines come in the order they were written, all of them."""
        return False

    def load(self) -> None:
        self.query_one(FixedList).reload()

    def export_shown(self) -> None:
        export_list(self, "Changements d'un enregistrement", self.query_one(FixedList))

    @on(PagedList.RowHighlighted)
    def _moved(self, event: PagedList.RowHighlighted) -> None:
        from suivi_tui.tui.plain import shown, wrapped

        line = self.query_one(StatusLine)
        name, action, fields = (shown(cell) for cell in event.row.cells)
        text = wrapped(fields, max(20, (line.size.width or 80) - 2))
        line.say_at_rest((f"{action}{NBSP}: {name}", "total"), *text[:2])

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        self.action_history()

    def action_history(self) -> None:
        """Everything that was ever written about the record of the cursor."""
        row = self.query_one(FixedList).current
        if row is not None:
            entity, _, name = str(row.id).partition("|")
            show_history(self, entity, name, row.cells[0])

    def action_undo_batch(self) -> None:
        """Undo the whole batch."""
        ask_undo(self, self.number, self.label, self._undone)

    def _undone(self) -> None:
        self.undone = True
        self.query_one(FixedList).title = f"{self.label} (annulé)"
        self.reload()
        self.refresh_bindings()
