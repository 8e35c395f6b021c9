"""« Synthèses figées »: what was sent, and whether the base still says it."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult

from suivi_tui.readings.filters import Filters
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen, editable
from suivi_tui.tui.screens.shared.freezing import ask_freeze
from suivi_tui.tui.screens.shared.history_of import show_history
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MemorySource, Row
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.snapshots import Frozen, State

SCOPE: Final = "syntheses_figees"
GROUP: Final = "Synthèses figées"
COLUMNS: Final = (
    Column("Nom", 0),
    Column("Synthèse", 20),
    Column("Figée le", 16),
    Column("État", 14),
)
EMPTY: Final = (
    "Aucune synthèse figée. Touche f : garder les chiffres de toute la base ; l'écran Évaluation "
    "(7) fige ceux d'une période ou d'un acheteur."
)
WAITING: Final = "…"
_TONES: Final = {"a changé": "alerte", "autres règles": "alerte", "altérée": "critique"}


def on_synthesis(screen: Any) -> bool:
    """Whether the cursor is on a synthesis."""
    return screen.frozen is not None


def removable(screen: Any) -> bool:
    """Whether the cursor is on a synthesis, in a base that can be changed."""
    return editable(screen) and on_synthesis(screen)


class FrozenSyntheses(FixedListScreen[None]):
    """The frozen syntheses, the latest first; their states come one after the other."""

    screen_name = "syntheses_figees"
    heading = "Synthèses figées"
    purpose = (
        "Les synthèses gardées telles qu'elles ont été envoyées : filtres, chiffres, version des "
        "règles, empreinte. « identique » : la base donne encore ces chiffres. Entrée compare, "
        "chiffre par chiffre, et mène aux lignes qui ont changé.\n"
        "Une synthèse figée ne se modifie pas ; la retirer laisse sa trace dans l'historique."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("freeze", "f", "Figer", "Garder les chiffres de toute la base, aujourd'hui.", SCOPE,
                GROUP, footer=10, available=editable),
        Command("history", "h", "Historique", "Qui a figé cette synthèse, et quand.", SCOPE, GROUP,
                footer=85, available=on_synthesis),
        Command("remove", "delete", "Retirer", "Retirer la synthèse choisie de la liste.", SCOPE,
                GROUP, available=removable),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.listed: dict[int, Frozen] = {}
        self.states: dict[int, str] = {}

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield FixedList(COLUMNS, MemorySource([]), read=self.read, title=self.heading, empty=EMPTY,
                        id="syntheses")  # fmt: skip

    @property
    def frozen(self) -> "Frozen | None":
        """The synthesis of the cursor."""
        row = self.query_one(FixedList).current if self.is_mounted else None
        return self.listed.get(int(row.id)) if row is not None else None

    def load(self) -> None:
        """Read the list, then the state of each."""

        def ask(base: Any) -> "list[Frozen]":
            from suivi_tui.readings.snapshots import frozen_syntheses

            return frozen_syntheses(base.connection)

        self.read("syntheses", ask, self.show_syntheses)

    def show_syntheses(self, found: "list[Frozen]") -> None:
        """Show them, then ask for the first state."""
        self.listed = {one.id: one for one in found}
        self.states = {}
        self._show()
        self._next_state(list(self.listed))

    def _show(self) -> None:
        from suivi_tui.readings.snapshots import PRESETS

        rows = []
        for one in self.listed.values():
            state = self.states.get(one.id, WAITING)
            cells = (one.label, PRESETS.get(one.preset, one.preset), one.made, state)
            rows.append(Row((one.id,), one.id, cells, _TONES.get(state, "")))
        self.query_one(FixedList).show(MemorySource(rows))
        self.refresh_bindings()

    def _next_state(self, waiting: list[int]) -> None:
        """One question at a time: a large base is never kept busy by a long list."""
        if not waiting:
            return
        row, *others = waiting

        def ask(base: Any) -> "State | None":
            from suivi_tui.readings.snapshots import state_of

            return state_of(base.connection, row)

        def show(state: "State | None") -> None:
            if state is not None and row in self.listed:
                self.states[row] = state.value
                self._show()
            self._next_state(others)

        self.read("state", ask, show)

    def export_shown(self) -> None:
        """The list."""
        export_list(self, self.heading, self.query_one(FixedList))

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        frozen = self.frozen
        if frozen is not None:
            from suivi_tui.tui.screens.syntheses_figees.synthese import FrozenSynthesis

            self.suivi.push_screen(FrozenSynthesis(frozen.id))

    def action_freeze(self) -> None:
        """Keep the figures of the whole base."""
        ask_freeze(self, Filters(), then=lambda _: self.load())

    def action_history(self) -> None:
        """Who froze it."""
        frozen = self.frozen
        if frozen is not None:
            show_history(self, "snapshot", frozen.id, frozen.label)

    def action_remove(self) -> None:
        """Remove it, once confirmed."""
        frozen = self.frozen
        if frozen is None:
            return
        row = frozen.id

        def remove(base: Any) -> object:
            from suivi_tui.actions.snapshots import remove_snapshot

            return remove_snapshot(base, row)

        def answered(yes: bool | None) -> None:
            if yes:
                self.write(remove, lambda _: self.load())

        question = f"Retirer «{NBSP}{frozen.label}{NBSP}»{NBSP}? Ctrl+Z annulera ce retrait."
        self.suivi.push_screen(Confirm("Retirer", question, yes="Retirer", no="Garder"), answered)
