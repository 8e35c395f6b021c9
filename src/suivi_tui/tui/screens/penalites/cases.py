"""The penalty cases of all contracts: what waits for a decision, what buyers kept."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.penalites import words
from suivi_tui.tui.screens.penalites.decision import ask_decision
from suivi_tui.tui.screens.penalites.desk import GROUP, PenaltyDesk
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.history_of import show_history
from suivi_tui.tui.screens.shared.removing import ask_removal
from suivi_tui.tui.screens.shared.texts import day
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MemorySource, Row
from suivi_tui.vocabulary.choices import PenaltyDecision, label_of
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.readings.penalties import Cases
    from suivi_tui.readings.penalty_basis import Case
    from suivi_tui.store.queries.penalties import ListedCase

WIDE_FROM: Final = 110
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
EMPTY: Final = (
    "Aucun dossier de pénalité. Le bureau des pénalités s'ouvre depuis l'obligation d'un marché "
    "(touche 3, puis un marché)."
)


def _on_case(screen: Any) -> bool:
    return screen.case_here() is not None


def _can_change(screen: Any) -> bool:
    return editable(screen) and _on_case(screen)


class PenaltyCases(SuiviScreen[None]):
    """Every case, those that wait for a decision first; Enter opens the desk."""

    screen_name = "penalites"
    heading = "Dossiers de pénalité"
    purpose = (
        "Les dossiers de pénalité de tous les marchés : ce qui est proposé, ce que l'acheteur a "
        "décidé. Entrée ouvre le bureau de l'obligation. Le calcul propose, l'acheteur décide."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("decide", "v", "Décision", "Noter la décision de l'acheteur.", "penalites", GROUP,
                10, available=_can_change),
        Command("history", "h", "Historique", "Qui a changé quoi sur ce dossier.", "penalites",
                GROUP, 20, available=_on_case),
        Command("remove", "x,delete", "Retirer", "Retirer ce dossier.", "penalites", GROUP,
                available=_can_change),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.cases: dict[int, tuple[ListedCase, Case]] = {}

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield PagedList(NARROW, empty=EMPTY, key="cases", id="cases")

    def on_resize(self, event: events.Resize) -> None:
        """More columns when there is room."""
        self.query_one(PagedList).columns = WIDE if event.size.width >= WIDE_FROM else NARROW

    def load(self) -> None:
        """The cases of all contracts."""

        def ask_base(base: Any) -> "Cases":
            from suivi_tui.readings.penalties import read_cases

            return read_cases(base.connection)

        self.read("cases", ask_base, self.show_cases)

    def show_cases(self, found: "Cases") -> None:
        """Show the cases and their totals."""
        self.cases = {case.row.case: (row, case) for row, case in found.listed}
        shown = self.query_one(PagedList)
        waiting = sum(1 for _, case in found.listed if case.retained is None)
        shown.title = (
            f"{plural(waiting, 'proposition', 'propositions')} à décider{NBSP}: "
            f"{format_money(found.waiting)} · retenu{NBSP}: {format_money(found.kept)}"
        )
        shown.show(
            MemorySource(
                [_row(rank, row, case) for rank, (row, case) in enumerate(found.listed)],
                {
                    "proposed": lambda row: _proposed(self.cases[int(row.id)][1]),
                    "kept": lambda row: self.cases[int(row.id)][1].retained,
                    "decided": lambda row: self.cases[int(row.id)][1].row.decided_on,
                    "number": lambda row: row.cells[0],
                    "company": lambda row: row.cells[1],
                    "decision": lambda row: row.cells[2],
                    "kind": lambda row: row.cells[6],
                },
            ),
            keep=True,
        )
        shown.focus()
        self.refresh_bindings()

    def case_here(self) -> "tuple[ListedCase, Case] | None":
        """The case of the cursor."""
        for shown in self.query(PagedList):
            if shown.current is not None:
                return self.cases.get(int(shown.current.id))
        return None

    @on(PagedList.RowSelected)
    def _open(self) -> None:
        here = self.case_here()
        if here is not None:
            self.suivi.push_screen(PenaltyDesk(here[1].row.obligation))

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def action_decide(self) -> None:
        """What the buyer decided."""
        here = self.case_here()
        if here is not None:
            ask_decision(self, here[1], self.reload)

    def action_history(self) -> None:
        """Who changed what on the case of the cursor."""
        here = self.case_here()
        if here is not None:
            show_history(self, "penalty_case", here[1].row.case, _name(here[0]))

    def action_remove(self) -> None:
        """Remove the case of the cursor."""
        here = self.case_here()
        if here is not None:
            ask_removal(self, "penalty_case", here[1].row.case, _name(here[0]), self.reload)

    def export_shown(self) -> None:
        """The list as it is sorted and filtered."""
        export_list(self, "Dossiers de pénalité", self.query_one(PagedList))


def _row(rank: int, listed: "ListedCase", case: "Case") -> Row:
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
    return Row((rank,), case.row.case, cells, "info" if kept is None else "")


def _proposed(case: "Case") -> Money | None:
    if case.basis.proposed is not None:
        return case.basis.proposed
    return None if case.row.amount_cents is None else Money(case.row.amount_cents)


def _name(listed: "ListedCase") -> str:
    return f"{listed.number or listed.object} · {listed.company_name}"
