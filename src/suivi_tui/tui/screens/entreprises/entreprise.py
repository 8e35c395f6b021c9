"""One company or structure: whom to call, what it owes, what it declared, whom it employs."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.entreprises.company_sheet import sections_of
from suivi_tui.tui.screens.entreprises.forms import (
    company_fields,
    contact_fields,
    follow_up_fields,
    save_company,
    save_contact,
    save_follow_up,
)
from suivi_tui.tui.screens.participants.participant import ParticipantDetail
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.opening import open_place, place_of
from suivi_tui.tui.screens.shared.sheet import Sheet, SheetScreen, on_record
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.vocabulary.months import Month

if TYPE_CHECKING:
    from suivi_tui.store.queries.companies import CompanySheet

GROUP = "Entreprise"
OWN = ("company", "contact", "follow_up")


def _on_own(screen: Any) -> bool:
    """Whether the line of the cursor is changed here (an obligation is changed in its contract)."""
    found = [sheet.record() for sheet in screen.query(Sheet)]
    return editable(screen) and any(record is not None and record[0] in OWN for record in found)


class CompanyDetail(SheetScreen[None]):
    """The sheet of a company; Enter changes the line of the cursor, or opens what it names."""

    screen_name = "entreprise"
    whole = "company"
    figures = "Heures, part"
    heading = "Entreprise ou structure"
    purpose = (
        "Tout ce qui concerne une entreprise ou une structure. Entrée modifie la ligne choisie, "
        "ou ouvre la personne ou le marché."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("contact", "c", "Contact", "Ajouter un contact.", "entreprise", GROUP, footer=10,
                available=editable),
        Command("note", "n", "Échange", "Noter un appel, un courriel, une relance.",
                "entreprise", GROUP, footer=20, available=editable),
        Command("edit", "m", "Modifier", "Modifier la ligne choisie.", "entreprise", GROUP,
                footer=30, available=_on_own),
        Command("history", "h", "Historique", "Qui a changé quoi sur la ligne choisie.",
                "entreprise", GROUP, footer=38, available=on_record),
        Command("remove", "x,delete", "Retirer", "Retirer la ligne choisie.", "entreprise",
                GROUP, available=_on_own),
    )  # fmt: skip

    def __init__(self, company: int) -> None:
        super().__init__()
        self.company = company
        self.sheet: CompanySheet | None = None

    def load(self) -> None:
        company, since = self.company, Month(self.suivi.today.year * 100 + 1)

        def ask_base(base: Any) -> "CompanySheet | None":
            from suivi_tui.store.queries.companies import company_sheet

            return company_sheet(base.connection, company, since)

        self.read("sheet", ask_base, self.show_sheet)

    def show_sheet(self, sheet: "CompanySheet | None") -> None:
        """Show the company; one that is no longer there closes the sheet."""
        if sheet is None:
            self.notify_plain("Cette entreprise n'est plus dans la base.", "warning")
            self.go_back()
            return
        self.sheet = sheet
        self.query_one(Sheet).show_sections(sheet.fields.name, sections_of(sheet, self.suivi.today))
        self.refresh_bindings()

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
            self._note(row)

    def _note(self, row: int | None) -> None:
        rows = self.sheet.follow_ups if self.sheet is not None else ()
        known = next((item for item in rows if item.follow_up == row), None)
        today, company = self.suivi.today, self.company
        self.ask_fields(
            "Échange",
            lambda: follow_up_fields(today, known),
            lambda base, values: save_follow_up(base, "company", company, row, values),
            new_of(company) if row is None else row,
        )

    def action_note(self) -> None:
        """Note a call, a mail, a reminder."""
        self._note(None)

    def action_contact(self) -> None:
        """A person to call there."""
        company = self.company
        self.ask_fields(
            "Contact",
            contact_fields,
            lambda base, values: save_contact(base, "company", company, None, values),
            new_of(company),
        )
