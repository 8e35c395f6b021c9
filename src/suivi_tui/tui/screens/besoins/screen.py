"""The everyday list: what companies look to fill, who was proposed, who waits for an answer."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.besoins import flow
from suivi_tui.tui.screens.besoins.besoin import NeedDetail
from suivi_tui.tui.screens.besoins.forms import NeedInitials
from suivi_tui.tui.screens.besoins.words import EXPORTED, NAMING, NARROW, WIDE, exported, need_row
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.record_list import ItemListScreen
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.tui.widgets.sources import MemorySource, Sort
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.needs import NeedReading

OPEN, CLOSED, ALL = "open", "closed", "all"
SELECTIONS: Final = {
    OPEN: "Besoins ouverts",
    CLOSED: "Besoins clos",
    ALL: "Tous les besoins",
}
GROUP: Final = "Besoins"
SORTING: Final[dict[str, Callable[[Any], Any]]] = {
    "wanted": lambda one: one.row.wanted_on,
    "asked": lambda one: one.row.asked_on,
    "left": lambda one: one.row.number - one.hired,
    "waiting": lambda one: len(one.waiting),
    "proposed": lambda one: len(one.proposals),
    "since": lambda one: one.oldest_waiting,
}
EMPTY: Final = (
    "Aucun besoin ici. Touche a pour noter ce qu'une entreprise cherche ; touche f pour voir les "
    "besoins clos."
)


def on_need(screen: Any) -> bool:
    """Whether the cursor is on a need that can be changed."""
    return editable(screen) and screen.record is not None


class Needs(ItemListScreen["NeedReading"]):
    """The needs of all companies, of one company or of one obligation."""

    screen_name = "besoins"
    heading = "Besoins des entreprises"
    purpose = (
        "Les postes que les entreprises cherchent à pourvoir, et les personnes proposées.\n"
        "Entrée ouvre un besoin. Attente : propositions sans réponse ; Depuis : la plus ancienne.\n"
        "L'export donne chaque proposition, ses dates et son motif : c'est ce qui prouve que tous "
        "les moyens ont été mis en œuvre."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("add", "a", "Ajouter", "Noter un besoin d'une entreprise.", "besoins", GROUP,
                footer=10, available=editable),
        Command("propose", "p", "Proposer", "Proposer une personne pour le besoin choisi.",
                "besoins", GROUP, footer=20, available=on_need),
        Command("select_state", "f", "Sélection", "Besoins ouverts, clos ou tous.", "besoins",
                GROUP, footer=45),
        Command("edit", "m", "Modifier", "Modifier le besoin choisi.", "besoins", GROUP,
                footer=48, available=on_need),
        Command("close_need", "c", "Clore, rouvrir", "Clore le besoin choisi, ou le rouvrir.",
                "besoins", GROUP, footer=49, available=on_need),
        Command("history", "h", "Historique", "Qui a changé quoi sur ce besoin.", "besoins", GROUP,
                footer=85),
        Command("remove", "x,delete", "Retirer", "Retirer le besoin choisi.", "besoins", GROUP,
                available=on_need),
    )  # fmt: skip
    entity = "need"
    list_id = "needs"
    list_title = SELECTIONS[OPEN]
    empty = EMPTY
    narrow, wide = NARROW, WIDE
    first_sort = Sort("wanted")

    def __init__(
        self, company: int | None = None, obligation: int | None = None, of: str = ""
    ) -> None:
        super().__init__()
        self.company = company
        self.obligation = obligation
        self.of = of
        self.selection = OPEN

    def load(self) -> None:
        company, obligation, only = self.company, self.obligation, self.selection == OPEN

        def ask(base: Any) -> "list[NeedReading]":
            from suivi_tui.readings.needs import read_needs

            return read_needs(
                base.connection, company=company, obligation=obligation, open_only=only
            )

        self.read("needs", ask, self.show_needs)

    def show_needs(self, found: "list[NeedReading]") -> None:
        """Show the needs selected."""
        kept = [one for one in found if self.selection in (ALL, OPEN if one.open else CLOSED)]
        today = self.suivi.today
        self.query_one(PagedList).title = self.title_here
        self.show_items(kept, lambda one: need_row(one, today), SORTING)

    @property
    def title_here(self) -> str:
        """What is listed, and whose."""
        title = SELECTIONS[self.selection]
        return f"{title} · {self.of}" if self.of else title

    def show_record(self, need: int) -> None:
        """Open a need."""
        self.app.push_screen(NeedDetail(need))

    @on(PagedList.RowSelected, "#needs")
    def _open(self, event: PagedList.RowSelected) -> None:
        self.show_record(int(event.row.id))

    def export_shown(self) -> None:
        """Every proposal of the needs shown, as they are filtered and sorted."""
        listed = self.query_one(PagedList)
        if isinstance(listed.source, MemorySource):
            rows = listed.source.ordered(listed.sort, listed.filter)
            lines = exported(self.items[row.id] for row in rows)
            export_shown(self, self.title_here, EXPORTED, lines, names=NAMING)

    def action_select_state(self) -> None:
        """Open, closed, or all."""
        choices = [Choice(key, label) for key, label in SELECTIONS.items()]
        self.suivi.push_screen(Choose(f"Quels besoins{NBSP}?", choices), self._select)

    def _select(self, selection: str | None) -> None:
        if selection is not None:
            self.selection = selection
            self.reload()

    def action_add(self) -> None:
        """A new need, then its sheet."""
        about = NeedInitials(self.company, self.obligation)
        flow.ask_need(self, None, self._added, about)

    def _added(self, need: int) -> None:
        self.reload()
        self.show_record(need)

    def action_edit(self) -> None:
        """Change the need of the cursor."""
        if self.item is not None:
            flow.ask_need(self, self.item.row, lambda _: self.reload())

    def action_propose(self) -> None:
        """Propose somebody for the need of the cursor."""
        if self.item is not None:
            flow.ask_proposal(self, self.item.row.need, self.reload)

    def action_close_need(self) -> None:
        """Close the need of the cursor, or open it again."""
        if self.item is not None:
            day = self.suivi.today if self.item.open else None
            flow.set_closed(self, self.item.row.need, day, self.reload)
