"""The penalty cases of all contracts: what waits for a decision, what buyers kept."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.penalites import words
from suivi_tui.tui.screens.penalites.decision import ask_decision
from suivi_tui.tui.screens.penalites.desk import GROUP, PenaltyDesk
from suivi_tui.tui.screens.shared.record_list import ItemListScreen, on_item
from suivi_tui.tui.screens.shared.texts import day
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import Row
from suivi_tui.vocabulary.choices import PenaltyDecision, label_of
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.readings.penalties import Cases
    from suivi_tui.readings.penalty_basis import Case
    from suivi_tui.store.queries.penalties import ListedCase

NARROW: Final = (
    Column("Marché", 12, sort="number"),
    Column("Entreprise", 0, sort="company"),
    Column("Décision", 21, sort="decision"),
    Column("Proposé", 12, "right", sort="proposed"),
    Column("Retenu", 11, "right", sort="kept"),
)
WIDE: Final = (
    *NARROW,
    Column("Décidé le", 10, sort="decided"),
    Column("Manquements", 26, sort="kind"),
)
SORTING: Final[dict[str, Callable[[Any], Any]]] = {
    "proposed": lambda one: _proposed(one[1]),
    "kept": lambda one: one[1].retained,
    "decided": lambda one: one[1].row.decided_on,
    "number": lambda one: one[0].number or one[0].object,
    "company": lambda one: one[0].company_name,
    "decision": lambda one: label_of(PenaltyDecision, one[1].row.decision, "À proposer"),
    "kind": lambda one: words.breaches_words(one[1].row.kind),
}
EMPTY: Final = (
    "Aucun dossier de pénalité. Le bureau des pénalités s'ouvre depuis l'obligation d'un marché "
    "(touche 3, puis un marché)."
)


def _on_case(screen: Any) -> bool:
    return screen.item is not None


class PenaltyCases(ItemListScreen["tuple[ListedCase, Case]"]):
    """Every case, those that wait for a decision first; Enter opens the desk."""

    screen_name = "penalites"
    heading = "Dossiers de pénalité"
    purpose = (
        "Les dossiers de pénalité de tous les marchés : ce qui est proposé, ce que l'acheteur a "
        "décidé. Entrée ouvre le bureau de l'obligation. Le calcul propose, l'acheteur décide."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("decide", "v", "Décision", "Noter la décision de l'acheteur.", "penalites", GROUP,
                10, available=on_item),
        Command("history", "h", "Historique", "Qui a changé quoi sur ce dossier.", "penalites",
                GROUP, 20, available=_on_case),
        Command("remove", "x,delete", "Retirer", "Retirer ce dossier.", "penalites", GROUP,
                available=on_item),
    )  # fmt: skip

    entity = "penalty_case"
    list_id = "cases"
    list_title = heading
    empty = EMPTY
    narrow, wide = NARROW, WIDE

    def load(self) -> None:
        """The cases of all contracts."""

        def ask_base(base: Any) -> "Cases":
            from suivi_tui.readings.penalties import read_cases

            return read_cases(base.connection)

        self.read("cases", ask_base, self.show_cases)

    def show_cases(self, found: "Cases") -> None:
        """Show the cases and their totals."""
        shown = self.query_one(PagedList)
        waiting = sum(1 for _, case in found.listed if case.retained is None)
        shown.title = (
            f"{plural(waiting, 'proposition', 'propositions')} à décider{NBSP}: "
            f"{format_money(found.waiting)} · retenu{NBSP}: {format_money(found.kept)}"
        )
        self.show_items(found.listed, lambda one: _row(*one), SORTING)
        shown.focus()

    @property
    def record(self) -> tuple[int, str] | None:
        """The case of the cursor, by its contract and its company."""
        return (self.item[1].row.case, _name(self.item[0])) if self.item is not None else None

    @on(PagedList.RowSelected)
    def _open(self) -> None:
        if self.item is not None:
            self.suivi.push_screen(PenaltyDesk(self.item[1].row.obligation))

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def action_decide(self) -> None:
        """What the buyer decided."""
        if self.item is not None:
            ask_decision(self, self.item[1], self.reload)


def _row(listed: "ListedCase", case: "Case") -> Row:
    lot = f" lot {listed.lot_number}" if listed.lot_number not in ("", "0") else ""
    proposed, kept = _proposed(case), case.retained
    cells = (
        f"{listed.number or listed.object}{lot}",
        listed.company_name,
        label_of(PenaltyDecision, case.row.decision, "À proposer"),
        "" if proposed is None else format_money(proposed),
        "" if kept is None else format_money(kept),
        day(case.row.decided_on),
        words.breaches_words(case.row.kind),
    )
    return Row((case.row.case,), case.row.case, cells, "info" if kept is None else "")


def _proposed(case: "Case") -> Money | None:
    if case.basis.proposed is not None:
        return case.basis.proposed
    return None if case.row.amount_cents is None else Money(case.row.amount_cents)


def _name(listed: "ListedCase") -> str:
    return f"{listed.number or listed.object} · {listed.company_name}"
