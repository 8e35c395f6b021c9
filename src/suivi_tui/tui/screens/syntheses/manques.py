"""What a synthesis lacks before it is sent, and the records to complete."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult

from suivi_tui.readings.filters import Filters
from suivi_tui.tui.commands import Command
from suivi_tui.tui.plain import shown, wrapped
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen
from suivi_tui.tui.screens.shared.opening import open_sheet
from suivi_tui.tui.screens.syntheses.writing import Synthesis, ask_synthesis
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource, Row
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.vocabulary.numbers import format_number

if TYPE_CHECKING:
    from suivi_tui.readings.gaps import Gap, Record

COLUMNS: Final = (
    Column("Indicateur", 0),
    Column("Renseigné", 10, "right"),
    Column("À compléter", 12, "right"),
)
NOTHING: Final = (
    "Rien ne manque : tout ce que cette synthèse compte est renseigné sur ce périmètre. Touche e "
    "pour l'exporter."
)
RECORDS: Final = (Column("Fiche", 0), Column("Repère", 30))


class GapReport(FixedListScreen[None]):
    """The indicators that are not wholly filled, the worst first."""

    screen_name = "syntheses"
    heading = "Avant l'envoi"
    purpose = (
        "Les indicateurs de la synthèse qui ne sont pas renseignés pour tout le monde, le moins "
        "renseigné d'abord. Entrée montre les fiches à compléter ; e écrit le fichier tel quel."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("complete", "c", "Compléter", "Les fiches à compléter pour cet indicateur.",
                "syntheses", "Synthèses", footer=10,
                available=lambda screen: screen.gap is not None),
    )  # fmt: skip

    def __init__(self, synthesis: Synthesis, filters: Filters) -> None:
        super().__init__()
        self.synthesis = synthesis
        self.filters = filters
        self.gaps: list[Gap] = []

    def compose_body(self) -> ComposeResult:
        """The indicators, and the sentence of the one of the cursor."""
        yield FixedList(COLUMNS, title=self.synthesis.title, empty=NOTHING, id="gaps")
        yield StatusLine(2, id="sentence")

    @property
    def gap(self) -> "Gap | None":
        """The indicator of the cursor."""
        row = self.query_one(FixedList).current if self.is_mounted else None
        return self.gaps[row.key[0]] if row is not None else None

    def load(self) -> None:
        """Look for what is missing."""
        name, filters, today = self.synthesis.name, self.filters, self.suivi.today
        wanted = filters if self.synthesis.scoped else Filters()

        def ask(base: Any) -> "list[Gap]":
            from suivi_tui.readings.gaps import gap_report
            from suivi_tui.readings.synthesis_lines import Asked

            return gap_report(base.connection, name, Asked(wanted, today))

        self.read("gaps", ask, self._show)

    def _show(self, found: "list[Gap]") -> None:
        self.gaps = found
        rows = [
            Row(
                (place,),
                gap.key,
                (gap.title, gap.rate_text, format_number(len(gap.records))),
            )
            for place, gap in enumerate(found)
        ]
        self.query_one(FixedList).show(MemorySource(rows), keep=True)
        self.refresh_bindings()

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        bar, gap = self.query_one("#sentence", StatusLine), self.gap
        if gap is not None:
            lines = wrapped(shown(gap.sentence), max(20, (bar.size.width or 80) - 2))
            bar.say_at_rest(*lines[:2])
        self.refresh_bindings()

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        self.action_complete()

    def action_complete(self) -> None:
        """The records to complete for the indicator of the cursor."""
        if self.gap is not None:
            self.suivi.push_screen(ToComplete(self.synthesis, self.filters, self.gap))

    def export_shown(self) -> None:
        """The synthesis as a file."""
        ask_synthesis(self, self.synthesis, self.filters)


class ToComplete(FixedListScreen[None]):
    """The records that an indicator lacks, by name; those completed leave the list."""

    screen_name = "syntheses"
    heading = "À compléter"
    purpose = "Les fiches où il manque cette donnée. Entrée ouvre la fiche ; Échap y revient."

    def __init__(self, synthesis: Synthesis, filters: Filters, gap: "Gap") -> None:
        super().__init__()
        self.synthesis = synthesis
        self.filters = filters
        self.wanted = gap

    def compose_body(self) -> ComposeResult:
        """The records."""
        yield FixedList(
            RECORDS,
            title=self.wanted.title,
            empty="Tout est complété. Échap revient à la synthèse.",
            id="records",
        )

    def load(self) -> None:
        """What is still missing."""
        name, key, today = self.synthesis.name, self.wanted.key, self.suivi.today
        filters = self.filters if self.synthesis.scoped else Filters()

        def ask(base: Any) -> "list[Record]":
            from suivi_tui.readings.gaps import gap_report, records_of
            from suivi_tui.readings.synthesis_lines import Asked

            found = gap_report(base.connection, name, Asked(filters, today))
            gap = next((one for one in found if one.key == key), None)
            return records_of(base.connection, gap) if gap is not None else []

        self.read("records", ask, self._show)

    def _show(self, found: "list[Record]") -> None:
        rows = [
            Row((place, one.entity), one.id, (one.name or "Sans nom", one.detail))
            for place, one in enumerate(found[:MEMORY_LIMIT])
        ]
        self.query_one(FixedList).show(MemorySource(rows), keep=True)

    @on(PagedList.RowSelected)
    def _chosen(self, event: PagedList.RowSelected) -> None:
        open_sheet(self, str(event.row.key[1]), int(event.row.id))

    def export_shown(self) -> None:
        """The list, to be completed elsewhere."""
        export_list(
            self,
            f"À compléter, {self.wanted.title}",
            self.query_one(FixedList),
            names=("Fiche",),
        )
