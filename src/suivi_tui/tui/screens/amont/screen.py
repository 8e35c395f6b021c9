"""Screen 8: who answers which buyer by when, what is advised, and contracts to be renewed."""

from typing import Any, ClassVar, Final

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.amont import flow, words
from suivi_tui.tui.screens.amont.achat import PurchaseDetail
from suivi_tui.tui.screens.calibrage.opening import open_calibration
from suivi_tui.tui.screens.clauses.opening import open_clause
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.importer import CONTENT, KINDS, ask_import
from suivi_tui.tui.screens.shared.opening import open_sheet
from suivi_tui.tui.screens.shared.record_list import WIDE_FROM, ItemListScreen
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import Sort
from suivi_tui.vocabulary.numbers import NBSP, plural

PIPELINE, RENEWALS = "achats", "renouvellements"
TITLES: Final = {
    PIPELINE: "Achats à venir",
    RENEWALS: "À renouveler",
}
GROUP: Final = "Amont"
EMPTY: Final = {
    PIPELINE: "Aucun achat à venir. Touche a pour en noter un, touche i pour importer le programme "
    "d'un acheteur, touche f pour voir les marchés à renouveler.",
    RENEWALS: "Aucun marché ne finit bientôt. Les données ouvertes (touche i, « tous les "
    "marchés ») apportent ceux des acheteurs.",
}


def on_purchase(screen: Any) -> bool:
    """Whether the cursor is on a purchase that can be changed."""
    return editable(screen) and screen.selection == PIPELINE and screen.item is not None


def on_renewal(screen: Any) -> bool:
    """Whether the cursor is on a contract to renew."""
    return editable(screen) and screen.selection == RENEWALS and screen.item is not None


def _on_advice(screen: Any) -> bool:
    return screen.selection == PIPELINE and screen.item is not None


class UpstreamScreen(ItemListScreen[Any]):
    """The pipeline of planned purchases, and the leads."""

    screen_name = "amont"
    heading = "Amont"
    purpose = (
        "Les achats à venir : qui répond à quel acheteur, pour quand, et ce qui est conseillé. "
        "Entrée ouvre un achat, x explique le conseil. Une réponse en retard porte un « ! ».\n"
        "f montre les marchés qui finissent bientôt : p en fait des achats prévus. Le délai d'un "
        "acheteur se règle sur un de ses marchés."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("add", "a", "Ajouter", "Noter un achat qu'un acheteur prépare.", "amont", GROUP,
                footer=10, available=editable),
        Command("plan", "p", "Prévoir", "Faire du marché choisi un achat prévu.", "amont", GROUP,
                footer=12, available=on_renewal),
        Command("explain", "x", "Expliquer", "Pourquoi ce conseil, sur quels textes.", "amont",
                GROUP, footer=15, available=_on_advice),
        Command("answered", "v", "Répondu", "L'acheteur a sa réponse, ou l'attend de nouveau.",
                "amont", GROUP, footer=20, available=on_purchase),
        Command("select_state", "f", "Sélection", "Achats à venir, ou marchés à renouveler.",
                "amont", GROUP, footer=30),
        Command("calibrate", "c", "Calibrer", "Calculer les heures d'insertion de l'achat choisi.",
                "amont", GROUP, footer=22, available=_on_advice),
        Command("clause", "t", "Clause", "Le texte de la clause de l'achat choisi.", "amont",
                GROUP, footer=42, available=_on_advice),
        Command("policies", "y", "Politiques", "Chartes, SPASER, engagements des acheteurs.",
                "amont", GROUP, footer=44),
        Command("register", "r", "Registre", "Le registre des motifs sans clause.", "amont",
                GROUP, footer=46),
        Command("edit", "m", "Modifier", "Modifier l'achat choisi.", "amont", GROUP, footer=48,
                available=on_purchase),
        Command("history", "h", "Historique", "Qui a changé quoi sur cet achat.", "amont", GROUP,
                footer=85),
        Command("import_file", "i", "Importer", "Importer le programme d'un acheteur.", "amont",
                GROUP, footer=40, available=editable),
        Command("remove", "delete", "Retirer", "Retirer l'achat choisi.", "amont", GROUP,
                available=on_purchase),
    )  # fmt: skip
    entity = "contract"
    list_id = "purchases"
    list_title = TITLES[PIPELINE]
    empty = EMPTY[PIPELINE]
    first_sort = Sort("due")
    name_cell = 1

    def __init__(self) -> None:
        super().__init__()
        self.selection = PIPELINE

    def columns(self) -> tuple[Column, ...]:
        """Those of the selection; more where there is room."""
        wide = self.app.size.width >= WIDE_FROM
        if self.selection == PIPELINE:
            return words.PURCHASES_WIDE if wide else words.PURCHASES_NARROW
        return words.RENEWALS_WIDE if wide else words.RENEWALS_NARROW

    def load(self) -> None:
        selection, today = self.selection, self.suivi.today

        def ask(base: Any) -> list[Any]:
            from suivi_tui import paths
            from suivi_tui.readings.planned_purchases import read_pipeline
            from suivi_tui.readings.renewals import read_renewals
            from suivi_tui.reference.purchasing import purchasing_reference

            reference = purchasing_reference(paths.reference_file())
            if selection == PIPELINE:
                return list(read_pipeline(base.connection, today, reference))
            return list(read_renewals(base.connection, today, reference))

        self.read("purchases", ask, lambda found: self.show_found(selection, found))

    def show_found(self, selection: str, found: list[Any]) -> None:
        """Show what was read, unless another selection was asked meanwhile."""
        if selection != self.selection:
            return
        listed = self.query_one(PagedList)
        listed.columns, listed.empty = self.columns(), EMPTY[selection]
        listed.title = self._title(selection, found)
        if selection == PIPELINE:
            self.show_items(found, words.purchase_row, words.PURCHASES_SORTING)
        else:
            self.show_items(found, words.renewal_row, words.RENEWALS_SORTING)

    def _title(self, selection: str, found: list[Any]) -> str:
        late = sum(one.late for one in found) if selection == PIPELINE else 0
        told = plural(late, "réponse en retard", "réponses en retard") if late else ""
        return f"{TITLES[selection]} · {told}" if told else TITLES[selection]

    @on(PagedList.RowSelected, "#purchases")
    def _open(self, event: PagedList.RowSelected) -> None:
        self.show_record(int(event.row.id))

    def show_record(self, contract: int) -> None:
        """Open a purchase, or the contract that it will follow."""
        if self.selection == RENEWALS:
            open_sheet(self, "contract", contract)
        else:
            self.app.push_screen(PurchaseDetail(contract))

    def export_shown(self) -> None:
        """The list as it is sorted and filtered."""
        export_list(self, TITLES[self.selection], self.query_one(PagedList))

    def action_select_state(self) -> None:
        """Purchases to come, or contracts to renew."""
        choices = [Choice(key, label) for key, label in TITLES.items()]
        self.suivi.push_screen(Choose(f"Que voulez-vous voir{NBSP}?", choices), self.select)

    def select(self, selection: str | None) -> None:
        """Show another selection."""
        if selection is not None and selection != self.selection:
            self.selection = selection
            self.query_one(PagedList).sort = Sort("due" if selection == PIPELINE else "ends")
            self.reload()

    def action_add(self) -> None:
        """A new purchase, then its sheet."""
        flow.ask_purchase(self, None, self._added)

    def _added(self, contract: int) -> None:
        if self.selection != PIPELINE:
            self.select(PIPELINE)
        else:
            self.reload()
        self.app.push_screen(PurchaseDetail(contract))

    def action_edit(self) -> None:
        """Change the purchase of the cursor."""
        if self.item is not None:
            flow.ask_purchase(self, self.item.row, lambda _: self.reload())

    def action_plan(self) -> None:
        """The contract of the cursor will be passed again."""
        if self.item is not None:
            flow.renew(self, self.item.row.contract, self._planned)

    def _planned(self, contract: int) -> None:
        self.notify_plain("Achat prévu à la suite de ce marché. Ctrl+Z l'annule.")
        self._added(contract)

    def action_explain(self) -> None:
        """Why this is advised."""
        if self.item is not None:
            flow.explain(self, self.item)

    def action_answered(self) -> None:
        """The buyer of the purchase of the cursor has its answer."""
        if self.item is not None:
            flow.set_answered(self, self.item, self.reload)

    def action_calibrate(self) -> None:
        """The workbench of the purchase of the cursor."""
        if self.item is not None:
            open_calibration(self, self.item.row.contract)

    def action_clause(self) -> None:
        """The text of the clause of the purchase of the cursor."""
        if self.item is not None:
            open_clause(self, self.item.row.contract)

    def action_policies(self) -> None:
        """The commitments of the buyers."""
        self.suivi.action_open_page("politiques")

    def action_register(self) -> None:
        """The grounds of what has no clause."""
        self.suivi.action_open_page("motifs")

    def action_import_file(self) -> None:
        """Import a programme."""
        ask_import(self, self.reload, {CONTENT: dict(KINDS)["programme"]})
