"""« Politiques d'achat »: the buyers, their texts and commitments; Enter opens one of them."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.politiques.fiche import BuyerPolicy
from suivi_tui.tui.screens.shared.record_list import ItemListScreen
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import Row
from suivi_tui.vocabulary.numbers import format_number

if TYPE_CHECKING:
    from suivi_tui.store.queries.policies import BuyerRow

NARROW: Final = (
    Column("Acheteur", 0, sort="0"),
    Column("Textes", 8, "right", sort="policies"),
    Column("Engagements", 12, "right", sort="targets"),
    Column("Dernière année", 15, "right", sort="year"),
    Column("Marchés", 9, "right", sort="contracts"),
)
SORTING: Final = {
    "policies": lambda row: row.policies,
    "targets": lambda row: row.targets,
    "year": lambda row: row.last_year,
    "contracts": lambda row: row.contracts,
}
EMPTY: Final = (
    "Aucun acheteur. Ils arrivent avec les marchés (touche 3) ou un import de données ouvertes."
)
# A list in memory holds no more: the buyers without policy nor commitment come last.
MOST: Final = 2_000


class PolicyBuyers(ItemListScreen["BuyerRow"]):
    """Every buyer, those with commitments first."""

    screen_name = "politiques"
    heading = "Politiques d'achat"
    purpose = (
        "Chartes, conventions et SPASER des acheteurs : engagements, cibles, réalisé, preuves. "
        "Entrée ouvre l'année d'un acheteur ; touche b, son bilan."
    )
    commands: ClassVar[tuple[Command, ...]] = ()
    entity = "buyer"
    list_id = "policies"
    list_title = heading
    empty = EMPTY
    narrow = wide = NARROW

    def load(self) -> None:
        """Read the buyers."""

        def ask_base(base: Any) -> "list[BuyerRow]":
            from suivi_tui.readings.policies import buyers_listed

            return buyers_listed(base.connection)[:MOST]

        self.read("buyers", ask_base, self.show_buyers)

    def show_buyers(self, rows: "list[BuyerRow]") -> None:
        """Show them."""
        self.show_items(rows, _row, SORTING)
        self.query_one(PagedList).focus()

    @on(PagedList.RowSelected)
    def _open(self) -> None:
        if self.item is not None:
            year = self.item.last_year or self.suivi.today.year
            self.app.push_screen(BuyerPolicy(self.item.buyer, year))


def _row(row: "BuyerRow") -> Row:
    cells = (
        row.name,
        format_number(row.policies) if row.policies else "",
        format_number(row.targets) if row.targets else "",
        str(row.last_year or ""),
        format_number(row.contracts),
    )
    return Row((row.buyer,), row.buyer, cells, "" if row.policies or row.targets else "muted")
