"""One frozen synthesis: its figures then and now, and how far they can be proven."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource, Row
from suivi_tui.tui.widgets.text_panel import TextPanel

if TYPE_CHECKING:
    from suivi_tui.readings.snapshots import Verification

SCOPE: Final = "synthese_figee"
GROUP: Final = "Synthèse figée"
COLUMNS: Final = (
    Column("", 1),
    Column("Chiffre", 0),
    Column("Figé", 14, "right"),
    Column("Aujourd'hui", 14, "right"),
)
MOVED: Final = "≠"
_WHOLE: Final = "Ensemble"


def verified(screen: Any) -> bool:
    """Whether the figures were computed again."""
    return screen.verification is not None


def changed(screen: Any) -> bool:
    """Whether lines changed since."""
    return verified(screen) and bool(screen.verification.lines)


class FrozenSynthesis(FixedListScreen[None]):
    """The figures of a synthesis side by side with those of today."""

    CSS_PATH = "syntheses_figees.tcss"
    screen_name = "synthese_figee"
    heading = "Synthèse figée"
    purpose = (
        "Les chiffres tels qu'ils ont été figés, et tels que la base les donne aujourd'hui avec "
        "les mêmes filtres, le même jour et les mêmes classes. ≠ marque ceux qui ne sont plus les "
        "mêmes. l montre les lignes qui ont changé depuis : qui, quand, avant, après."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("lines", "l", "Lignes changées", "Les lignes qui ont changé depuis.", SCOPE, GROUP,
                footer=10, available=changed),
        Command("explain", "x", "Expliquer", "Filtres, règles, empreinte, et comment la preuve est "
                "faite.", SCOPE, GROUP, footer=20, available=verified),
    )  # fmt: skip

    def __init__(self, row: int) -> None:
        super().__init__()
        self.row = row
        self.verification: Verification | None = None

    def compose_body(self) -> ComposeResult:
        """The verdict, then the figures."""
        yield TextPanel(id="verdict")
        yield FixedList(COLUMNS, MemorySource([]), read=self.read, title="Figé, aujourd'hui",
                        empty="Calcul en cours…", id="figures")  # fmt: skip

    def load(self) -> None:
        """Compute the figures again, now and as known then."""
        row = self.row

        def ask(base: Any) -> "Verification | None":
            from suivi_tui.readings.snapshots import verify

            return verify(base.connection, row)

        self.query_one(TextPanel).say(("Recalcul, et relecture de l'historique…", ""))
        self.read("verification", ask, self.show_verification)

    def show_verification(self, found: "Verification | None") -> None:
        """Show the verdict and the figures; a synthesis that is gone closes the screen."""
        if found is None:
            self.notify_plain("Cette synthèse figée a été retirée.", "warning")
            self.go_back()
            return
        from suivi_tui.readings.snapshot_differences import figure_lines
        from suivi_tui.readings.snapshot_words import verdict_of

        self.verification = found
        title = f"{found.frozen.label}, figée le {found.frozen.made} : {found.state.value}"
        self.query_one(TextPanel).say((title, "total"), (" ".join(verdict_of(found)), ""))
        lines = list(figure_lines(found.frozen.figures, found.now))
        lines += [one for one in found.differences if one.part != _WHOLE]
        rows = []
        for place, line in enumerate(lines[:MEMORY_LIMIT]):
            label = line.label if line.part == _WHOLE else f"{line.part} : {line.label}"
            cells = (MOVED if line.moved else "", label, line.then, line.now)
            rows.append(Row((place,), place, cells, "alerte" if line.moved else ""))
        self.query_one(FixedList).show(MemorySource(rows))
        self.refresh_bindings()

    def export_shown(self) -> None:
        """The figures, then and now."""
        export_list(self, self.heading, self.query_one(FixedList))

    @on(PagedList.RowSelected)
    def action_lines(self) -> None:
        """The lines that changed since."""
        if not changed(self):
            self.notify_plain("Aucune ligne n'a changé depuis dans ce périmètre.")
        elif self.verification is not None:
            from suivi_tui.tui.screens.syntheses_figees.lignes import ChangedLines

            self.suivi.push_screen(ChangedLines(self.verification))

    def action_explain(self) -> None:
        """What the synthesis is made of, and how it is proven."""
        found = self.verification
        if found is None:
            return

        def ask(base: Any) -> str:
            from suivi_tui.readings.snapshot_words import explanation_of

            return explanation_of(base.connection, found)

        def show(text: str) -> None:
            self.suivi.push_screen(Message(found.frozen.label, text))

        self.read("explanation", ask, show)
