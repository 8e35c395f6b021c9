"""Screen 5: companies and structures, what they owe and declare, whom to call."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.entreprises.company_sheet import kind_label
from suivi_tui.tui.screens.entreprises.entreprise import CompanyDetail
from suivi_tui.tui.screens.entreprises.forms import (
    company_fields,
    contact_fields,
    follow_up_fields,
    save_company,
    save_contact,
    save_follow_up,
)
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.history_of import show_history
from suivi_tui.tui.screens.shared.removing import ask_removal
from suivi_tui.tui.screens.shared.texts import hours, worked
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import END, Key, Row, Sort, _End
from suivi_tui.vocabulary.months import Month, short_month

if TYPE_CHECKING:
    from suivi_tui.store.queries.companies import CompanyRow, Selection

NARROW: Final = (
    Column("Nom", 0, sort="name"),
    Column("Type", 10, sort="kind"),
    Column("À réaliser", 11, "right"),
    Column("Validées", 11, "right"),
    Column("Relevé", 8),
    Column("Téléphone", 14),
)
WIDE: Final = (
    *NARROW,
    Column("Employeur", 12, "right"),
    Column("Commune", 16, sort="commune"),
)
SELECTIONS: Final = (
    ("all", "Entreprises et structures"),
    ("companies", "Entreprises"),
    ("structures", "Structures d'insertion"),
)
EMPTY: Final = (
    "Aucune entreprise ici. Touche a pour en ajouter une ; celles des marchés arrivent aussi avec "
    "un import de marchés. Touche f pour changer de sélection."
)


class Companies:
    """Companies and structures, paged by key."""

    def __init__(self, selection: "Selection", today: date) -> None:
        self.selection = selection
        self.since = Month(today.year * 100 + 1)

    def fetch(
        self,
        base: Any,
        after: Key | None,
        before: "Key | _End | None",
        limit: int,
        sort: Sort | None,
        filter: str,
    ) -> Sequence[Row]:
        """See :class:`~suivi_tui.tui.widgets.sources.PageSource`."""
        from suivi_tui.store.queries.companies import companies_page
        from suivi_tui.store.queries.paging import Page

        last = before is END
        rows = companies_page(
            base.connection,
            Page(limit, after, None if isinstance(before, _End) else before, last),
            selection=self.selection,
            since=self.since,
            order=sort.key if sort else "name",
            descending=bool(sort and sort.descending),
            filter=filter,
        )
        return [_row(row) for row in rows]

    def count(self, base: Any, filter: str) -> int | None:
        """How many, as far as it can be counted quickly."""
        from suivi_tui.store.queries.companies import count_companies

        limit = 2_001
        found = count_companies(base.connection, self.selection, filter, limit)
        return found if found < limit else None


def _row(row: "CompanyRow") -> Row:
    owed = hours(row.owed) if row.owed is not None else "à saisir" if row.obligations else ""
    validated = hours(row.totals.validated) if row.obligations else ""
    last = row.last_statement
    statement = short_month(Month(last)) if last and 1 <= last % 100 <= 12 else ""
    cells = (row.name, kind_label(row.kind), owed, validated, statement, row.phone)
    return Row(row.key, row.company, (*cells, worked(row.employed.declared), row.commune))


class CompaniesScreen(SuiviScreen[None]):
    """The list of companies and structures."""

    screen_name = "entreprises"
    heading = "Entreprises et structures"
    purpose = (
        "Ce que chacune doit et déclare, et qui appeler. Entrée ouvre une fiche.\n"
        "À réaliser et validées : obligations en cours. Relevé : dernier mois déclaré."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("add", "a", "Ajouter", "Ajouter une entreprise ou une structure.", "entreprises",
                "Entreprises", footer=10, available=editable),
        Command("contact", "c", "Contact", "Ajouter un contact.", "entreprises", "Entreprises",
                footer=20, available=editable),
        Command("note", "n", "Échange", "Noter un appel, un courriel, une relance.",
                "entreprises", "Entreprises", footer=30, available=editable),
        Command("select_kind", "f", "Sélection", "Toutes, entreprises seules, structures seules.",
                "entreprises", "Entreprises", footer=45),
        Command("edit", "m", "Modifier", "Modifier l'entreprise choisie.", "entreprises",
                "Entreprises", footer=48, available=editable),
        Command("history", "h", "Historique", "Qui a changé quoi sur cette entreprise.",
                "entreprises", "Entreprises", footer=85),
        Command("remove", "x,delete", "Retirer", "Retirer l'entreprise choisie.", "entreprises",
                "Entreprises", available=editable),
    )  # fmt: skip

    def compose_body(self) -> ComposeResult:
        yield PagedList(
            self.columns(),
            Companies("all", self.suivi.today),
            read=self.read,
            sort=Sort("name"),
            title=dict(SELECTIONS)["all"],
            empty=EMPTY,
            id="companies",
        )

    def columns(self) -> tuple[Column, ...]:
        """More columns where there is room."""
        return WIDE if self.app.size.width >= 110 else NARROW

    def on_resize(self, event: events.Resize) -> None:
        """Another width shows other columns."""
        for companies in self.query(PagedList):
            companies.columns = self.columns()
            companies.refresh()

    def load(self) -> None:
        self.query_one(PagedList).reload()

    def export_shown(self) -> None:
        shown = self.query_one(PagedList)
        export_list(self, shown.title, shown)

    def show_record(self, company: int) -> None:
        """Open the sheet of a company."""
        self.app.push_screen(CompanyDetail(company))

    @property
    def company(self) -> tuple[int, str] | None:
        """The company of the cursor: id and name."""
        row = self.query_one(PagedList).current
        return (int(row.id), row.cells[0]) if row is not None else None

    @on(PagedList.RowSelected, "#companies")
    def _open(self, event: PagedList.RowSelected) -> None:
        self.show_record(int(event.row.id))

    def action_select_kind(self) -> None:
        """Choose which kinds are listed."""
        choices = [Choice(key, label) for key, label in SELECTIONS]
        self.app.push_screen(Choose("Que voulez-vous voir ?", choices), self._select)

    def _select(self, selection: Any) -> None:
        if selection is not None:
            shown = self.query_one(PagedList)
            shown.title = dict(SELECTIONS)[selection]
            shown.show(Companies(selection, self.suivi.today))

    def action_add(self) -> None:
        """A new company, then its sheet."""
        ask(
            self,
            lambda: AskingForm("Nouvelle entreprise ou structure", company_fields()),
            lambda base, values: save_company(base, None, values),
            self._added,
        )

    def _added(self, company: int) -> None:
        self.reload()
        self.show_record(company)

    def action_edit(self) -> None:
        """Change the company of the cursor."""
        if self.company is None:
            return
        company = self.company[0]

        def known(base: Any) -> Any:
            from suivi_tui.store.queries.companies import company_sheet

            return company_sheet(base.connection, company)

        def edit(sheet: Any) -> None:
            if sheet is not None:
                ask(
                    self,
                    lambda: AskingForm("Modifier", company_fields(sheet.fields), record=company),
                    lambda base, values: save_company(base, company, values),
                    lambda _: self.reload(),
                )

        self.read("edit", known, edit)

    def action_contact(self) -> None:
        """A contact at the company of the cursor."""
        if self.company is not None:
            company, name = self.company
            ask(
                self,
                lambda: AskingForm(f"Contact de {name}", contact_fields(), record=new_of(company)),
                lambda base, values: save_contact(base, "company", company, None, values),
                lambda _: self.reload(),
            )

    def action_note(self) -> None:
        """A call, a mail, a reminder to the company of the cursor."""
        if self.company is not None:
            company, name = self.company
            ask(
                self,
                lambda: AskingForm(
                    f"Échange avec {name}",
                    follow_up_fields(self.suivi.today),
                    record=new_of(company),
                ),
                lambda base, values: save_follow_up(base, "company", company, None, values),
                lambda _: self.notify_plain("Échange noté."),
            )

    def action_history(self) -> None:
        """Who changed what."""
        if self.company is not None:
            show_history(self, "company", *self.company)

    def action_remove(self) -> None:
        """Remove the company of the cursor."""
        if self.company is not None:
            ask_removal(self, "company", *self.company, self.reload)
