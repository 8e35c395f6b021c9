"""Screen 3: the contracts by operation, what they owe, how far they are."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult

from suivi_tui.rules.rate import achievement_rate
from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.marche import forms, saving
from suivi_tui.tui.screens.marche.screen import ContractDetail
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.history_of import show_history
from suivi_tui.tui.screens.shared.importer import ask_import
from suivi_tui.tui.screens.shared.texts import day, hours
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import (
    MEMORY_LIMIT,
    KeyedSource,
    MemorySource,
    PageSource,
    Row,
    Sort,
)
from suivi_tui.vocabulary.choices import Stage, label_of
from suivi_tui.vocabulary.numbers import format_percent
from suivi_tui.vocabulary.text import fold

if TYPE_CHECKING:
    from suivi_tui.store.queries.contracts import ContractRow, Selection
    from suivi_tui.store.queries.paging import Page

WIDE_FROM: Final = 110
NARROW: Final = (
    Column("Opération", 0, sort="operation"),
    Column("Marché", 12, sort="number"),
    Column("Acheteur", 16, sort="buyer"),
    Column("Dues", 12, "right", sort="owed"),
    Column("Fait", 6, "right", sort="rate"),
    Column("Fin", 10, sort="end"),
)
WIDE: Final = (
    *NARROW,
    Column("État", 11, sort="stage"),
    Column("Entreprises", 20, sort="companies"),
)
IN_MEMORY_ONLY: Final = ("owed", "rate", "companies")
TITLES: "Final[dict[Selection, str]]" = {
    "followed": "Marchés en cours",
    "to_qualify": "Marchés à qualifier (données ouvertes)",
    "closed": "Marchés clos",
    "all": "Tous les marchés",
}
EMPTY: "Final[dict[Selection, str]]" = {
    "followed": "Aucun marché en cours. Touche a pour en ajouter un, touche i pour importer un "
    "fichier, touche u pour voir ceux des données ouvertes.",
    "to_qualify": "Aucun marché à qualifier. Touche i pour importer des données ouvertes (DECP).",
    "closed": "Aucun marché clos.",
    "all": "Aucun marché. Touche a pour en ajouter un, touche i pour importer un fichier.",
}
Cells = tuple[Row, "ContractRow"]


class Contracts(KeyedSource):
    """Contracts paged by key, for a selection too long to be held whole."""

    def __init__(self, selection: "Selection", today: date) -> None:
        self.selection = selection
        self.today = today

    def page(self, base: Any, page: "Page", sort: Sort | None, filter: str) -> Sequence[Row]:
        """See :class:`~suivi_tui.tui.widgets.sources.KeyedSource`."""
        from suivi_tui.store.queries.contracts import contracts_page

        rows = contracts_page(
            base.connection,
            page,
            selection=self.selection,
            order=sort.key if sort else "operation",
            descending=bool(sort and sort.descending),
            filter=filter,
            on=self.today,
        )
        return [row_of(row) for row in rows]

    def count(self, base: Any, filter: str) -> int | None:
        """How many, as far as it can be counted quickly."""
        from suivi_tui.store.queries.contracts import count_contracts

        found = count_contracts(base.connection, self.selection, filter)
        return found if found <= MEMORY_LIMIT else None


def read_source(base: Any, selection: "Selection", today: date) -> PageSource:
    """The contracts of a selection: in memory when they are few, sorted then by any column."""
    from suivi_tui.store.queries.contracts import contracts_page, count_contracts
    from suivi_tui.store.queries.paging import Page

    if count_contracts(base.connection, selection) > MEMORY_LIMIT:
        return Contracts(selection, today)
    found = contracts_page(base.connection, Page(MEMORY_LIMIT), selection=selection, on=today)
    known = {row.contract: row for row in found}

    def rate(row: Row) -> Fraction | None:
        contract = known[int(row.id)]
        return achievement_rate(contract.totals.validated, contract.owed)

    return MemorySource(
        [row_of(row) for row in found],
        {
            "operation": lambda row: (
                not known[int(row.id)].operation_name,
                fold(known[int(row.id)].operation_name),
                fold(known[int(row.id)].buyer_name),
                known[int(row.id)].number,
            ),
            "number": lambda row: fold(known[int(row.id)].number) or None,
            "buyer": lambda row: fold(known[int(row.id)].buyer_name),
            "owed": lambda row: known[int(row.id)].owed,
            "rate": rate,
            "end": lambda row: known[int(row.id)].end,
            "stage": lambda row: known[int(row.id)].stage,
            "companies": lambda row: fold(" ".join(known[int(row.id)].companies)) or None,
        },
    )


def row_of(row: "ContractRow") -> Row:
    """A line of the list; what is beyond the columns is there for the filter."""
    owed = hours(row.owed).removesuffix("\u00a0h")
    if row.owed is None:
        owed = "à qualifier" if not row.taken_up else "à saisir"
    rate = achievement_rate(row.totals.validated, row.owed)
    state = label_of(Stage, row.stage) if row.taken_up else Stage.TO_QUALIFY.label
    cells = (
        row.operation_name or row.object,
        row.number,
        row.buyer_name,
        owed,
        "" if rate is None else format_percent(rate, 0),
        day(row.end),
        state,
        ", ".join(row.companies),
        row.object,
    )
    return Row(row.key, row.contract, cells, "" if row.taken_up else "muted")


def _not_taken_up(screen: "ContractsScreen") -> bool:
    return editable(screen) and screen.selection in ("to_qualify", "all")


def _selects(selection: "Selection", key: str, label: str, footer: int) -> Command:
    return Command("select_contracts", key, label, f"{TITLES[selection]}, ou ceux en cours.",
                   "marches", "Marchés", footer, parameters=(selection,))  # fmt: skip


class ContractsScreen(SuiviScreen[None]):
    """The list of contracts."""

    screen_name = "marches"
    heading = "Marchés"
    purpose = (
        "Les marchés par opération : heures dues, part validée, fin. Entrée ouvre un marché.\n"
        "u : à qualifier (données ouvertes), c : clos, t : tous ; la même touche revient à ceux "
        "en cours."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("add", "a", "Ajouter", "Ajouter un marché.", "marches", "Marchés", 10,
                available=editable),
        Command("take_up", "p", "Prendre en charge", "Suivre le marché choisi.", "marches",
                "Marchés", 15, available=_not_taken_up),
        _selects("to_qualify", "u", "À qualifier", 20),
        _selects("closed", "c", "Clos", 30),
        _selects("all", "t", "Tous", 35),
        Command("history", "h", "Historique", "Qui a changé quoi sur ce marché.", "marches",
                "Marchés", 85),
        Command("import_file", "i", "Importer", "Importer des marchés ou des données ouvertes.",
                "marches", "Marchés", 88, available=editable),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.selection: Selection = "followed"
        self._in_memory = True
        self._other = False

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield PagedList(NARROW, read=self.read, sort=Sort("operation"), title=TITLES["followed"],
                        empty=EMPTY["followed"], id="contracts")  # fmt: skip

    @property
    def list(self) -> PagedList:
        """The list."""
        return self.query_one("#contracts", PagedList)

    def on_resize(self, event: events.Resize) -> None:
        """More columns where there is room."""
        self._columns(event.size.width)

    def _columns(self, width: int) -> None:
        columns: tuple[Column, ...] = WIDE if width >= WIDE_FROM else NARROW
        if not self._in_memory:
            columns = tuple(
                item._replace(sort=None) if item.sort in IN_MEMORY_ONLY else item
                for item in columns
            )
        self.list.columns = columns
        self.list.refresh()

    def load(self) -> None:
        """The contracts of the selection."""
        selection = self.selection
        self.read(
            "source",
            lambda base: read_source(base, selection, self.suivi.today),
            lambda source: self.show_source(selection, source),
        )

    def show_source(self, selection: "Selection", source: PageSource) -> None:
        """Show the contracts of a selection; the cursor stays on its contract."""
        shown = self.list
        self._in_memory = isinstance(source, MemorySource)
        lost = not self._in_memory and shown.sort and shown.sort.key in IN_MEMORY_ONLY
        if self._other or lost:
            recent = selection == "to_qualify" and not self._in_memory
            shown.sort = Sort("recent", True) if recent else Sort("operation")
        self._other = False
        shown.title, shown.empty = TITLES[selection], EMPTY[selection]
        self._columns(self.size.width)
        shown.show(source, keep=True)
        self.refresh_bindings()

    def action_select_contracts(self, selection: "Selection") -> None:
        """Another selection; the same key comes back to the running contracts."""
        self.selection = "followed" if self.selection == selection else selection
        self._other = True
        self.load()

    @on(PagedList.RowSelected)
    def _chosen(self, event: PagedList.RowSelected) -> None:
        self.app.push_screen(ContractDetail(int(event.row.id)))

    def show_record(self, contract: int) -> None:
        """Open one contract."""
        self.app.push_screen(ContractDetail(contract))

    def action_add(self) -> None:
        """A new contract, with its lot, its holder and what it owes."""
        today = self.suivi.today

        def form(names: forms.Names) -> None:
            ask(
                self,
                lambda: AskingForm("Nouveau marché", forms.new_contract_fields(today, names)),
                lambda base, values: saving.save_new_contract(base, values, today),
                self._added,
            )

        self.read("names", saving.known_names, form)

    def _added(self, contract: int) -> None:
        self.load()
        self.show_record(contract)

    def action_take_up(self) -> None:
        """Follow the contract of the cursor."""
        row = self.list.current
        if row is not None:
            contract = int(row.id)
            self.write(
                lambda base: saving.take_up(base, contract), lambda _: self._taken_up(contract)
            )

    def _taken_up(self, contract: int) -> None:
        self.notify_plain("Marché pris en charge : saisissez l'objectif et le démarrage.")
        self.load()
        self.show_record(contract)

    def action_history(self) -> None:
        """Who changed what on the contract of the cursor."""
        row = self.list.current
        if row is not None:
            show_history(self, "contract", int(row.id), row.cells[1] or row.cells[0])

    def action_import_file(self) -> None:
        """Import contracts."""
        ask_import(self, self.load)

    def export_shown(self) -> None:
        """The list as it is sorted and filtered."""
        export_list(self, TITLES[self.selection], self.list)
