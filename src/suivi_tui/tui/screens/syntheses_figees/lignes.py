"""The lines that changed since a synthesis was frozen: which record, who, when, before, after."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen
from suivi_tui.tui.screens.shared.history_of import show_history
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import END, Key, Row, Sort
from suivi_tui.tui.widgets.text_panel import TextPanel
from suivi_tui.vocabulary.numbers import plural

if TYPE_CHECKING:
    from suivi_tui.readings.snapshots import ChangedLine, LineKey, Verification

SCOPE: Final = "lignes_changees"
COLUMNS: Final = (
    Column("Quand", 16),
    Column("Qui", 14),
    Column("Fiche", 0),
    Column("Avant → après", 26),
)
NAMING: Final = ("Fiche", "Avant → après")


def on_line(screen: Any) -> bool:
    """Whether the cursor is on a line."""
    return screen.line is not None


class ChangedSource:
    """The lines by rank, read as they are shown; ``known`` keeps them."""

    def __init__(self, keys: "Sequence[LineKey]") -> None:
        self.keys = keys
        self.known: dict[int, ChangedLine] = {}

    def fetch(
        self,
        base: Any,
        after: Key | None,
        before: Any,
        limit: int,
        sort: Sort | None,
        filter: str,
    ) -> Sequence[Row]:
        """See :class:`~suivi_tui.tui.widgets.sources.PageSource`."""
        from suivi_tui.readings.snapshots import changed_lines

        first = 0 if after is None else after[0] + 1
        if before is not None:
            last = len(self.keys) if before is END else before[0]
            first, limit = max(0, last - limit), min(limit, last)
        found = changed_lines(base.connection, self.keys[first : first + limit])
        rows = []
        for place, line in enumerate(found, start=first):
            self.known[place] = line
            cells = (line.when, line.author, line.change.name, _change(line))
            rows.append(Row((place,), place, cells))
        return rows

    def count(self, base: Any, filter: str) -> int:
        """All of them."""
        return len(self.keys)


class ChangedLines(FixedListScreen[None]):
    """The lines written since in the scope of a synthesis, the latest first."""

    CSS_PATH = "syntheses_figees.tcss"
    screen_name = "lignes_changees"
    heading = "Lignes changées depuis"
    purpose = (
        "Ce qui a été écrit depuis que la synthèse est figée, dans son périmètre, le plus récent "
        "en premier. Une ligne d'un mois d'avant la période compte aussi : une obligation est "
        "tenue, ou non, sur toute sa durée. Entrée montre toute l'histoire de la fiche."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("history", "h", "Historique", "Toute l'histoire de la fiche choisie.", SCOPE,
                "Synthèse figée", footer=20, available=on_line),
    )  # fmt: skip

    def __init__(self, verification: "Verification") -> None:
        super().__init__()
        self.verification = verification
        self.source = ChangedSource(verification.lines)

    def compose_body(self) -> ComposeResult:
        """The lines, and the one of the cursor in full."""
        count, listed = self.verification.changed_lines, len(self.verification.lines)
        title = plural(count, "ligne changée", "lignes changées")
        if listed < count:
            title += f", les {listed} dernières"
        yield FixedList(COLUMNS, self.source, read=self.read, title=title,
                        empty="Aucune ligne n'a changé.", id="lines")  # fmt: skip
        yield TextPanel(id="line")

    @property
    def line(self) -> "ChangedLine | None":
        """The line of the cursor."""
        row = self.query_one(FixedList).current if self.is_mounted else None
        return self.source.known.get(int(row.id)) if row is not None else None

    def can_filter(self) -> bool:
        """Lines come in the order they were written, all of them."""
        return False

    def export_shown(self) -> None:
        """The lines; what they are about may name a person."""
        export_list(self, self.heading, self.query_one(FixedList), names=NAMING)

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        line = self.line
        if line is not None:
            self.query_one(TextPanel).say(
                (_record(line), "total"), (f"{line.change.action}. {_change(line)}", "")
            )
        self.refresh_bindings()

    @on(PagedList.RowSelected)
    def action_history(self) -> None:
        """The whole history of the record."""
        line = self.line
        if line is not None:
            show_history(self, line.change.entity, line.change.row, _record(line))


def _record(line: "ChangedLine") -> str:
    return f"{line.change.kind} : {line.change.name}"


def _change(line: "ChangedLine") -> str:
    """What changed, field by field; what was done when no field says it."""
    changes = [f"{one.label} : {one.old} → {one.new}" for one in line.change.changes]
    return " ; ".join(changes) or line.change.action
