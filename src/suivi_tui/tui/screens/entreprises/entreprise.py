"""One company or structure: whom to call, what it owes, what it declared, whom it employs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.annuaire.couverture import (
    ask_coverage,
    coverage_section,
    read_coverages,
)
from suivi_tui.tui.screens.besoins.opening import open_need, open_needs
from suivi_tui.tui.screens.entreprises.company_sheet import sections_of
from suivi_tui.tui.screens.entreprises.forms import (
    company_fields,
    contact_fields,
    save_company,
    save_contact,
)
from suivi_tui.tui.screens.participants.participant import ParticipantDetail
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.hire_sheet import Hire, HireSheetScreen, on_hire
from suivi_tui.tui.screens.shared.noting import note_commands
from suivi_tui.tui.screens.shared.opening import open_place, place_of
from suivi_tui.tui.screens.shared.sheet import Sheet, on_record
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.vocabulary.choices import CompanyKind
from suivi_tui.vocabulary.months import Month

if TYPE_CHECKING:
    from suivi_tui.readings.needs import NeedReading
    from suivi_tui.store.queries.companies import CompanySheet
    from suivi_tui.store.queries.follow_ups import FollowUpRow
    from suivi_tui.tui.screens.annuaire.couverture import Placed

    Known = tuple[CompanySheet, list[NeedReading], list[Placed]]

GROUP = "Entreprise"
OWN = ("company", "contact", "follow_up", "coverage")
ORDINARY = ("", CompanyKind.ORDINARY.value)


def _on_own(screen: Any) -> bool:
    """Whether the line of the cursor is changed here (an obligation is changed in its contract)."""
    found = [sheet.record() for sheet in screen.query(Sheet)]
    return editable(screen) and any(record is not None and record[0] in OWN for record in found)


def _on_structure(screen: Any) -> bool:
    """Whether the company is one that the directory lists."""
    sheet = screen.sheet
    return editable(screen) and sheet is not None and sheet.fields.kind not in ORDINARY


class CompanyDetail(HireSheetScreen[None]):
    """The sheet of a company; Enter changes the line of the cursor, or opens what it names."""

    screen_name = "entreprise"
    whole = "company"
    figures = "Heures, part"
    heading = "Entreprise ou structure"
    purpose = (
        "Tout ce qui concerne une entreprise ou une structure. Entrée modifie la ligne choisie, "
        "ou ouvre la personne, le besoin ou le marché.\n"
        "Devant chaque embauche, ses pièces : ✓ reçues, × ce qui manque."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("contact", "c", "Contact", "Ajouter un contact.", "entreprise", GROUP, footer=10,
                available=editable),
        Command("papers", "p", "Pièces", "Marquer une pièce de l'embauche reçue, ou la reprendre.",
                "entreprise", GROUP, footer=6, available=on_hire),
        *note_commands("entreprise", GROUP, 20),
        Command("needs", "b", "Besoins", "Les postes qu'elle cherche à pourvoir.", "entreprise",
                GROUP, footer=25),
        Command("territory", "t", "Territoire", "Dire où et pour quel métier l'appeler.",
                "entreprise", GROUP, footer=28, available=_on_structure),
        Command("edit", "m", "Modifier", "Modifier la ligne choisie.", "entreprise", GROUP,
                footer=30, available=_on_own),
        Command("letter", "l", "Courrier", "Préparer une relance ou un avis d'éligibilité.",
                "entreprise", GROUP, footer=35, available=editable),
        Command("history", "h", "Historique", "Qui a changé quoi sur la ligne choisie.",
                "entreprise", GROUP, footer=38, available=on_record),
        Command("remove", "x,delete", "Retirer", "Retirer la ligne choisie.", "entreprise",
                GROUP, available=_on_own),
    )  # fmt: skip

    def __init__(self, company: int) -> None:
        super().__init__()
        self.company = company
        self.sheet: CompanySheet | None = None
        self.placed: list[Placed] = []

    def load(self) -> None:
        company, today = self.company, self.suivi.today
        since = Month(today.year * 100 + 1)

        def ask_base(base: Any) -> "Known | None":
            from suivi_tui.readings.needs import read_needs
            from suivi_tui.store.queries.companies import company_sheet

            sheet = company_sheet(base.connection, company, since, on=today)
            if sheet is None:
                return None
            needs = read_needs(base.connection, company=company)
            return sheet, needs, read_coverages(base, "company", company)

        self.read("sheet", ask_base, self.show_sheet)

    def show_sheet(self, found: "Known | None") -> None:
        """Show the company; one that is no longer there closes the sheet."""
        if found is None:
            self.leave_removed("Cette entreprise n'est plus dans la base.")
            return
        self.sheet, needs, self.placed = found
        sections = sections_of(self.sheet, needs, self.suivi.today)
        if self.placed or self.sheet.fields.kind not in ORDINARY:
            sections.insert(2, coverage_section(self.placed))
        self.query_one(Sheet).show_sections(self.sheet.fields.name, sections)
        self.refresh_bindings()

    @property
    def noted(self) -> tuple[str, int]:
        """The company."""
        return "company", self.company

    @property
    def exchanges(self) -> "Sequence[FollowUpRow]":
        """What was done or is due about the company."""
        return self.sheet.follow_ups if self.sheet is not None else ()

    def hire_here(self) -> Hire | None:
        """The hire of the line of the cursor."""
        line = self.query_one(Sheet).line if self.is_mounted else None
        return line.about if line is not None and isinstance(line.about, Hire) else None

    def show_record(self, company: int) -> None:
        """Show another one."""
        self.company = company
        self.reload()

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        record = self.query_one(Sheet).record()
        if record is None or self.sheet is None:
            return
        entity, row = record
        if entity == "participant":
            self.app.push_screen(ParticipantDetail(row))
        elif entity == "need":
            open_need(self, row)
        elif entity == "obligation":
            contracts = {item.row.obligation: item.row.contract for item in self.sheet.obligations}
            open_place(self, place_of(entity, row, contracts.get(row)))
        elif _on_own(self):
            self.action_edit()

    def action_edit(self) -> None:
        """Change what the line of the cursor is about."""
        record, sheet = self.query_one(Sheet).record(), self.sheet
        if record is None or sheet is None:
            return
        entity, row = record
        company = self.company
        if entity == "company":
            self.ask_fields("Modifier", lambda: company_fields(sheet.fields),
                      lambda base, values: save_company(base, company, values), row)  # fmt: skip
        elif entity == "contact":
            known = next((item for item in sheet.contacts if item.contact == row), None)
            self.ask_fields("Contact", lambda: contact_fields(known),
                      lambda base, values: save_contact(base, "company", company, row, values),
                      row)  # fmt: skip
        elif entity == "follow_up":
            self.note(self.exchange_here())
        elif entity == "coverage":
            placed = next((one for one in self.placed if one[0].coverage == row), None)
            if placed is not None:
                ask_coverage(self, "company", company, placed)

    def action_contact(self) -> None:
        """A person to call there."""
        company = self.company
        self.ask_fields(
            "Contact",
            contact_fields,
            lambda base, values: save_contact(base, "company", company, None, values),
            new_of(company),
        )

    def action_territory(self) -> None:
        """Where it can be called, and for which trade."""
        ask_coverage(self, "company", self.company)

    def action_needs(self) -> None:
        """What it looks to fill."""
        if self.sheet is not None:
            open_needs(self, company=self.company, name=self.sheet.fields.name)
