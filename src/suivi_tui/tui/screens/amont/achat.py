"""One planned purchase: what is known, what is advised and why, what was said to its buyer."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.amont import flow, sections
from suivi_tui.tui.screens.amont.sections import ADVICE
from suivi_tui.tui.screens.politiques.opening import open_policies
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.noting import NotingScreen, note_commands
from suivi_tui.tui.screens.shared.opening import open_sheet
from suivi_tui.tui.screens.shared.sheet import Sheet, on_own_record, on_record
from suivi_tui.tui.widgets.paged_list import PagedList

if TYPE_CHECKING:
    from suivi_tui.readings.planned_purchases import PlannedPurchase
    from suivi_tui.store.queries.follow_ups import FollowUpRow

GROUP: Final = "Achat prévu"


def _read(screen: Any) -> bool:
    return screen.purchase is not None


def _upstream(screen: Any) -> bool:
    return editable(screen) and screen.purchase is not None and screen.purchase.upstream


class PurchaseDetail(NotingScreen[None]):
    """The sheet of a planned purchase."""

    screen_name = "achat"
    whole = "contract"
    figures = "Valeur"
    heading = "Achat prévu"
    purpose = (
        "Ce que l'on sait d'un achat et ce qui est conseillé. Entrée modifie la ligne choisie, x "
        "explique le conseil : raisons, textes, autres formes, lot par lot.\n"
        "c calibre les heures, t écrit la clause, p prend l'achat en charge, r le laisse sans "
        "clause avec son motif écrit, gardé au registre."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("explain", "x", "Expliquer", "Pourquoi ce conseil, sur quels textes.", "achat",
                GROUP, footer=10, available=_read),
        Command("calibrate", "c", "Calibrer", "Calculer les heures d'insertion.", "achat", GROUP,
                footer=12, available=_read),
        Command("clause", "t", "Clause", "Le texte de la clause.", "achat", GROUP, footer=14,
                available=_read),
        Command("take", "p", "Prendre en charge", "La consultation ou le marché a sa clause.",
                "achat", GROUP, footer=16, available=_upstream),
        Command("refuse", "r", "Sans clause", "Laisser l'achat sans clause, avec son motif écrit.",
                "achat", GROUP, footer=18, available=_upstream),
        Command("edit", "m", "Modifier", "Modifier l'achat, ou la ligne choisie.", "achat", GROUP,
                footer=30, available=editable),
        Command("answered", "v", "Répondu", "L'acheteur a sa réponse, ou l'attend de nouveau.",
                "achat", GROUP, footer=32, available=_upstream),
        Command("lot", "l", "Lot", "Ajouter un lot.", "achat", GROUP, footer=34,
                available=editable),
        *note_commands("achat", GROUP, 36),
        Command("open_contract", "o", "Marché", "Ouvrir la fiche de marché.", "achat", GROUP,
                footer=38, available=_read),
        Command("policies", "y", "Politiques", "Les engagements de l'acheteur.", "achat", GROUP,
                footer=40, available=_read),
        Command("history", "h", "Historique", "Qui a changé quoi sur la ligne choisie.", "achat",
                GROUP, footer=60, available=on_record),
        Command("remove", "delete", "Retirer", "Retirer la ligne choisie.", "achat", GROUP,
                available=on_own_record),
    )  # fmt: skip

    def __init__(self, contract: int) -> None:
        super().__init__()
        self.contract = contract
        self.purchase: PlannedPurchase | None = None
        self._exchanges: tuple[FollowUpRow, ...] = ()

    @property
    def noted(self) -> tuple[str, int]:
        """The contract that it will be."""
        return "contract", self.contract

    @property
    def exchanges(self) -> "Sequence[FollowUpRow]":
        """What was said about it."""
        return self._exchanges

    def load(self) -> None:
        contract, today = self.contract, self.suivi.today

        def ask(base: Any) -> "tuple[PlannedPurchase | None, tuple[FollowUpRow, ...]]":
            from suivi_tui import paths
            from suivi_tui.readings.planned_purchases import read_purchase
            from suivi_tui.reference.purchasing import purchasing_reference
            from suivi_tui.store.queries.follow_ups import of_records

            reference = purchasing_reference(paths.reference_file())
            found = read_purchase(base.connection, contract, today, reference)
            return found, tuple(of_records(base.connection, "contract", (contract,)))

        self.read("purchase", ask, lambda found: self.show_purchase(*found, today))

    def show_purchase(
        self,
        purchase: "PlannedPurchase | None",
        exchanges: "tuple[FollowUpRow, ...]",
        today: date,
    ) -> None:
        """Show the purchase; one that is no longer there closes the sheet."""
        if purchase is None:
            self.notify_plain("Cet achat n'est plus dans la base.", "warning")
            self.go_back()
            return
        self.purchase, self._exchanges = purchase, exchanges
        listed = sections.sections_of(purchase, exchanges, today)
        title = f"{purchase.row.object} · {purchase.row.buyer_name}"
        self.query_one(Sheet).show_sections(title, listed)
        self.refresh_bindings()

    def show_record(self, contract: int) -> None:
        """Show another purchase."""
        self.contract = contract
        self.reload()

    def export_shown(self) -> None:
        """What is known and advised, line by line."""
        if self.purchase is not None:
            columns, rows = sections.exported(self.purchase)
            export_shown(self, self.purchase.row.object, columns, rows)

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        line = self.query_one(Sheet).line
        if line is None:
            return
        if line.about == ADVICE:
            self.action_explain()
        elif line.about is not None:
            open_sheet(self, *line.about)
        elif editable(self):
            self.action_edit()

    def action_edit(self) -> None:
        """Change the exchange, the lot or the ground of the cursor, else the purchase."""
        if self.purchase is None:
            return
        exchange = self.exchange_here()
        record = self.query_one(Sheet).record() or ("", 0)
        if exchange is not None:
            self.note(exchange)
        elif record[0] == "lot":
            lot = next((one for one in self.purchase.lots if one.lot == record[1]), None)
            flow.ask_lot(self, self.contract, lot, self.reload)
        elif record[0] == "refusal":
            known = next(one for one in self.purchase.refusals if one.refusal == record[1])
            flow.edit_refusal(self, known, self.reload)
        else:
            flow.ask_purchase(self, self.purchase.row, lambda _: self.reload())

    def action_lot(self) -> None:
        """One more lot."""
        flow.ask_lot(self, self.contract, None, self.reload)

    def action_explain(self) -> None:
        """Why this is advised."""
        if self.purchase is not None:
            flow.explain(self, self.purchase)

    def action_calibrate(self) -> None:
        """The workbench, on the lot of the cursor when there is one."""
        from suivi_tui.tui.screens.calibrage.opening import open_calibration

        record = self.query_one(Sheet).record() or ("", 0)
        open_calibration(self, self.contract, record[1] if record[0] == "lot" else None)

    def action_clause(self) -> None:
        """The text of the clause."""
        from suivi_tui.tui.screens.clauses.opening import open_clause

        open_clause(self, self.contract)

    def action_take(self) -> None:
        """The purchase goes on with a clause."""
        if self.purchase is not None:
            flow.take_in_charge(self, self.purchase, self._taken)

    def _taken(self) -> None:
        self.notify_plain("Achat pris en charge. Ctrl+Z l'annule.")
        self.reload()

    def action_refuse(self) -> None:
        """The purchase has no clause, for a written ground."""
        if self.purchase is not None:
            flow.ask_refusal(self, self.purchase, self.reload)

    def action_answered(self) -> None:
        """The buyer has its answer."""
        if self.purchase is not None:
            flow.set_answered(self, self.purchase, self.reload)

    def action_policies(self) -> None:
        """What the buyer committed to."""
        if self.purchase is not None:
            open_policies(self, self.contract)

    def action_open_contract(self) -> None:
        """The sheet of the contract that it will be."""
        open_sheet(self, "contract", self.contract)
