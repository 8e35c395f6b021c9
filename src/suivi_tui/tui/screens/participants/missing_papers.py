"""« Pièces manquantes »: the hires under way that lack a paper."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on

from suivi_tui.rules.hire_papers import Paper, missing_papers, paper_days
from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.shared.letters import ask_letter
from suivi_tui.tui.screens.shared.opening import open_sheet
from suivi_tui.tui.screens.shared.papers import ask_papers, paper_cell
from suivi_tui.tui.screens.shared.record_list import ItemListScreen, on_item
from suivi_tui.tui.screens.shared.texts import day
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import Row, Sort
from suivi_tui.vocabulary.choices import DocumentKind

if TYPE_CHECKING:
    from suivi_tui.store.queries.papers import HirePapersRow

GROUP: Final = "Pièces"
_WIDTHS: Final = {Paper.CONTRACT: 9, Paper.PROOF: 9, Paper.NOTICE: 11}
_PAPERS: Final = tuple(
    Column(paper.short, width, sort=paper.value) for paper, width in _WIDTHS.items()
)
NARROW: Final = (
    Column("Personne", 0, sort="0"),
    Column("Employeur", 14, sort="1"),
    Column("Début", 10, sort="start"),
    *_PAPERS,
)
WIDE: Final = (*NARROW, Column("Poste", 20, sort="6"), Column("Marché", 18, sort="7"))
EMPTY: Final = "Aucune pièce ne manque pour les embauches en cours."


class MissingPapers(ItemListScreen["HirePapersRow"]):
    """The hires under way with a contract, a proof or an eligibility notice missing."""

    screen_name = "pieces_manquantes"
    heading = "Pièces manquantes"
    purpose = (
        "Les embauches en cours sur un marché suivi auxquelles il manque une pièce : le contrat "
        "de travail, le justificatif d'éligibilité, l'avis d'éligibilité à l'employeur.\n"
        "Entrée marque une pièce reçue aujourd'hui ou à une autre date."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("papers", "p", "Pièces", "Marquer une pièce reçue, ou la reprendre.",
                "pieces_manquantes", GROUP, footer=10, available=on_item),
        Command("letter", "l", "Avis", "Préparer l'avis d'éligibilité à l'employeur.",
                "pieces_manquantes", GROUP, footer=20, available=on_item),
        Command("person", "v", "Fiche", "Ouvrir la fiche de la personne.", "pieces_manquantes",
                GROUP, footer=41),
        Command("history", "h", "Historique", "Qui a changé quoi sur ce contrat de travail.",
                "pieces_manquantes", GROUP, footer=85),
    )  # fmt: skip
    entity = "work_contract"
    list_id = "papers"
    list_title = heading
    empty = EMPTY
    narrow, wide = NARROW, WIDE
    first_sort = Sort("start")
    naming = ("Personne",)

    def load(self) -> None:
        today = self.suivi.today

        def ask(base: Any) -> "list[HirePapersRow]":
            from suivi_tui.store.queries.papers import current_hires_missing

            return current_hires_missing(base.connection, today)

        self.read("papers_missing", ask, self.show_hires)

    def show_hires(self, found: "list[HirePapersRow]") -> None:
        """Show the hires."""
        sorting: dict[str, Any] = {"start": lambda hire: hire.start}
        for paper in Paper:
            sorting[paper.value] = lambda hire, paper=paper: paper_days(hire)[paper] or ""
        self.show_items(found, _row, sorting)

    @on(PagedList.RowSelected, "#papers")
    def _chosen(self) -> None:
        if on_item(self):
            self.action_papers()
        else:
            self.action_person()

    def action_papers(self) -> None:
        """Mark a paper of the hire of the cursor."""
        if self.item is not None and self.record is not None:
            ask_papers(self, self.item.work_contract, self.record[1], self.reload)

    def action_letter(self) -> None:
        """The eligibility notice to the employer."""
        if self.item is not None:
            about = ("work_contract", self.item.work_contract)
            ask_letter(self, DocumentKind.ELIGIBILITY_NOTICE, about)

    def action_person(self) -> None:
        """The sheet of the person of the cursor."""
        if self.item is not None:
            open_sheet(self, "participant", self.item.participant)


def _row(row: "HirePapersRow") -> Row:
    lot = "" if row.lot_number in ("", "0") else f" lot {row.lot_number}"
    cells = (
        f"{row.last} {row.first}".strip(),
        row.employer_name,
        day(row.start),
        *(paper_cell(paper, received_on) for paper, received_on in paper_days(row).items()),
        row.post,
        f"{row.number or row.object}{lot}",
    )
    # Without the work contract nothing says that the hours may count.
    tone = "alerte" if Paper.CONTRACT in missing_papers(row) else ""
    return Row((row.work_contract,), row.work_contract, cells, tone)
