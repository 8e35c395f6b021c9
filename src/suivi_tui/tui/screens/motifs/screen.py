"""The refusal register: by buyer, by ground, by year, with the text of each."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.amont import flow
from suivi_tui.tui.screens.amont.achat import PurchaseDetail
from suivi_tui.tui.screens.amont.words import money
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.screens.shared.record_list import ItemListScreen, on_item
from suivi_tui.tui.screens.shared.texts import day
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MemorySource, Row, Sort
from suivi_tui.vocabulary.choices import Category, RefusalGround, label_of
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.readings.refusals import Narrowed
    from suivi_tui.store.queries.planned_purchases import RefusalRow

GROUP: Final = "Motifs"
NARROW: Final = (
    Column("Date", 10, sort="date"),
    Column("Marché", 0, sort="1"),
    Column("Acheteur", 16, sort="2"),
    Column("Motif", 28, sort="3"),
)
WIDE: Final = (
    *NARROW,
    Column("Montant", 12, "right", sort="amount"),
    Column("Texte", 40, sort="5"),
)
EXPORTED: Final = (
    Column("Date"), Column("Année"), Column("Acheteur"), Column("Numéro"), Column("Objet"),
    Column("Catégorie"), Column("Montant", align="right"), Column("Motif"), Column("Texte"),
)  # fmt: skip
EMPTY: Final = (
    "Aucun motif écrit. Touche r sur un achat prévu (écran 8) pour noter pourquoi il n'a pas de "
    "clause."
)


class RefusalRegister(ItemListScreen["RefusalRow"]):
    """Why purchases have no social condition."""

    screen_name = "motifs"
    heading = "Registre des motifs sans clause"
    purpose = (
        "Les achats sans condition sociale et le motif que l'acheteur a écrit (L2112-2-1). Entrée "
        "ouvre l'achat, m corrige le motif, f ne garde qu'un motif, une année ou un acheteur.\n"
        "L'export donne chaque motif avec son texte."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("narrow", "f", "Sélection", "Un motif, une année, un acheteur, ou tout.",
                "motifs", GROUP, footer=10),
        Command("edit", "m", "Modifier", "Corriger le motif choisi.", "motifs", GROUP, footer=20,
                available=on_item),
        Command("history", "h", "Historique", "Qui a changé quoi sur ce motif.", "motifs", GROUP,
                footer=85),
        Command("remove", "delete", "Retirer", "Retirer le motif choisi.", "motifs", GROUP,
                available=on_item),
    )  # fmt: skip
    entity = "refusal"
    list_id = "refusals"
    list_title = heading
    empty = EMPTY
    narrow, wide = NARROW, WIDE
    first_sort = Sort("date", True)
    name_cell = 1

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RefusalRow] = []
        self.wanted: Narrowed | None = None

    def load(self) -> None:
        def ask(base: Any) -> "list[RefusalRow]":
            from suivi_tui.readings.refusals import read_register

            return read_register(base.connection)

        self.read("register", ask, self.show_register)

    def show_register(self, rows: "list[RefusalRow]") -> None:
        """Show the register, and how many each ground counts."""
        from suivi_tui.readings.refusals import ALL, by_ground, narrowed

        self.rows = rows
        kept = narrowed(rows, self.wanted or ALL)
        counts = ", ".join(f"{count} {_ground(code).lower()}" for code, count in by_ground(kept))
        listed = self.query_one(PagedList)
        number = plural(len(kept), "motif écrit", "motifs écrits")
        listed.title = f"{number}{NBSP}: {counts}" if counts else "Motifs écrits"
        sorting = {"date": lambda one: one.date, "amount": lambda one: one.amount_cents}
        self.show_items(kept, _row, sorting)

    @on(PagedList.RowSelected, "#refusals")
    def _open(self) -> None:
        if self.item is not None:
            self.app.push_screen(PurchaseDetail(self.item.contract))

    def export_shown(self) -> None:
        """Every entry shown, with its text."""
        listed = self.query_one(PagedList)
        if isinstance(listed.source, MemorySource):
            rows = listed.source.ordered(listed.sort, listed.filter)
            lines = [_exported(self.items[row.id]) for row in rows]
            export_shown(self, self.heading, EXPORTED, lines)

    def action_edit(self) -> None:
        """Change the ground or the text."""
        if self.item is not None:
            flow.edit_refusal(self, self.item, self.reload)

    def action_narrow(self) -> None:
        """Keep a ground, a year or a buyer."""
        from suivi_tui.readings.refusals import Narrowed, by_ground, year_of

        choices: list[Choice] = [Choice(Narrowed(), "Tout le registre")]
        for code, count in by_ground(self.rows):
            choices.append(Choice(Narrowed(ground=code), _ground(code), str(count)))
        for year in sorted({year_of(row) for row in self.rows if year_of(row)}, reverse=True):
            choices.append(Choice(Narrowed(year=year), f"Année {year}"))
        buyers = dict(sorted({(row.buyer, row.buyer_name) for row in self.rows}))
        choices += [Choice(Narrowed(buyer=row), name) for row, name in buyers.items()]
        self.suivi.push_screen(Choose(f"Que garder du registre{NBSP}?", choices), self._keep)

    def _keep(self, wanted: "Narrowed | None") -> None:
        if wanted is not None:
            self.wanted = wanted
            self.reload()


def _ground(code: str) -> str:
    return label_of(RefusalGround, code, "Motif à préciser")


def _row(row: "RefusalRow") -> Row:
    cells = (
        day(row.date),
        row.object or row.number,
        row.buyer_name,
        _ground(row.ground),
        money(row.amount_cents),
        row.text,
    )
    return Row((row.refusal,), row.refusal, cells)


def _exported(row: "RefusalRow") -> tuple[str, ...]:
    return (
        day(row.date),
        (row.date or "")[:4],
        row.buyer_name,
        row.number,
        row.object,
        label_of(Category, row.category),
        money(row.amount_cents),
        _ground(row.ground),
        row.text,
    )
