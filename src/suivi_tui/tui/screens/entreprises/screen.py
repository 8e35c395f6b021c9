"""Screen 5: companies and structures, what they owe and declare, whom to call."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.besoins.opening import open_needs
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
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.record_list import RecordListScreen
from suivi_tui.tui.screens.shared.texts import hours, worked
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import KeyedSource, Row, Sort
from suivi_tui.vocabulary.months import Month, short_month
from suivi_tui.vocabulary.numbers import plural

if TYPE_CHECKING:
    from suivi_tui.store.queries.companies import CompanyRow, Selection
    from suivi_tui.store.queries.paging import Page

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
AT_LEAST: Final = 2_000
EMPTY: Final = (
    "Aucune entreprise ici. Touche a pour en ajouter une ; celles des marchés arrivent aussi avec "
    "un import de marchés. Touche f pour changer de sélection."
)


class Companies(KeyedSource):
    """Companies and structures, paged by key.

    Without ``open_data``, those known only by contracts that nobody took up wait for a filter
    that names them.
    """

    def __init__(self, selection: "Selection", today: date, *, open_data: bool) -> None:
        self.selection = selection
        self.today = today
        self.open_data = open_data
        self.since = Month(today.year * 100 + 1)

    def page(self, base: Any, page: "Page", sort: Sort | None, filter: str) -> Sequence[Row]:
        """See :class:`~suivi_tui.tui.widgets.sources.KeyedSource`."""
        from suivi_tui.store.queries.companies import companies_page

        rows = companies_page(
            base.connection,
            page,
            selection=self.selection,
            since=self.since,
            order=sort.key if sort else "name",
            descending=bool(sort and sort.descending),
            filter=filter,
            on=self.today,
            open_data=self.open_data or bool(filter.strip()),
        )
        return [_row(row) for row in rows]

    def count(self, base: Any, filter: str) -> int | None:
        """How many, as far as it can be counted quickly."""
        from suivi_tui.store.queries.companies import count_companies

        limit = 2_001
        open_data = self.open_data or bool(filter.strip())
        found = count_companies(base.connection, self.selection, filter, limit, open_data)
        return found if found < limit else None


def _row(row: "CompanyRow") -> Row:
    owed = hours(row.owed) if row.owed is not None else "à saisir" if row.obligations else ""
    validated = hours(row.totals.validated) if row.obligations else ""
    last = row.last_statement
    statement = short_month(Month(last)) if last and 1 <= last % 100 <= 12 else ""
    cells = (row.name, kind_label(row.kind), owed, validated, statement, row.phone)
    return Row(row.key, row.company, (*cells, worked(row.employed.declared), row.commune))


class CompaniesScreen(RecordListScreen):
    """The list of companies and structures."""

    screen_name = "entreprises"
    heading = "Entreprises et structures"
    purpose = (
        "Ce que chacune doit et déclare, et qui appeler. Entrée ouvre une fiche.\n"
        "À réaliser et validées : obligations en cours. Relevé : dernier mois déclaré.\n"
        "Celles que seuls des données ouvertes ou un annuaire importé citent sont masquées ; "
        "touche o pour les voir, ou un filtre qui les nomme. Les structures sont aussi dans "
        "l'annuaire (touche 9)."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("add", "a", "Ajouter", "Ajouter une entreprise ou une structure.", "entreprises",
                "Entreprises", footer=10, available=editable),
        Command("contact", "c", "Contact", "Ajouter un contact.", "entreprises", "Entreprises",
                footer=20, available=editable),
        Command("note", "n", "Échange", "Noter un appel, un courriel, une promesse, une relance.",
                "entreprises", "Entreprises", footer=30, available=editable),
        Command("needs", "b", "Besoins", "Les postes à pourvoir de l'entreprise choisie.",
                "entreprises", "Entreprises", footer=40),
        Command("select_kind", "f", "Sélection", "Toutes, entreprises seules, structures seules.",
                "entreprises", "Entreprises", footer=45),
        Command("edit", "m", "Modifier", "Modifier l'entreprise choisie.", "entreprises",
                "Entreprises", footer=48, available=editable),
        Command("open_data", "o", "Données ouvertes",
                "Montrer ou masquer celles que seules des données ouvertes citent.",
                "entreprises", "Entreprises", footer=49),
        Command("history", "h", "Historique", "Qui a changé quoi sur cette entreprise.",
                "entreprises", "Entreprises", footer=85),
        Command("remove", "x,delete", "Retirer", "Retirer l'entreprise choisie.", "entreprises",
                "Entreprises", available=editable),
    )  # fmt: skip
    entity = "company"
    list_id = "companies"
    list_title = dict(SELECTIONS)["all"]
    empty = EMPTY
    narrow, wide = NARROW, WIDE
    first_sort = Sort("name")

    def __init__(self) -> None:
        super().__init__()
        self.selection: Selection = "all"
        self.open_data = False
        self.hidden = 0

    def source(self) -> Companies:
        """Those selected."""
        return Companies(self.selection, self.suivi.today, open_data=self.open_data)

    def load(self) -> None:
        def count(base: Any) -> int:
            from suivi_tui.store.queries.companies import count_open_data_only

            return count_open_data_only(base.connection, AT_LEAST + 1)

        self.query_one(PagedList).reload()
        self.read("hidden", count, self._show_hidden)

    def _show_hidden(self, hidden: int) -> None:
        self.hidden = hidden
        shown = self.query_one(PagedList)
        shown.title = self.title_of(hidden)
        shown.refresh()

    def title_of(self, hidden: int) -> str:
        """What is listed, and how many companies of open data are hidden or shown."""
        title = dict(SELECTIONS)[self.selection]
        if not hidden:
            return title
        if self.open_data:
            return f"{title}, données ouvertes comprises"
        over = "plus de " if hidden > AT_LEAST else ""
        return f"{title} · {over}{plural(min(hidden, AT_LEAST), 'masquée', 'masquées')} (o)"

    def export_shown(self) -> None:
        export_list(self, dict(SELECTIONS)[self.selection], self.query_one(PagedList))

    def show_record(self, company: int) -> None:
        """Open the sheet of a company."""
        self.app.push_screen(CompanyDetail(company))

    @on(PagedList.RowSelected, "#companies")
    def _open(self, event: PagedList.RowSelected) -> None:
        self.show_record(int(event.row.id))

    def _list_again(self) -> None:
        shown = self.query_one(PagedList)
        shown.title = self.title_of(self.hidden)
        shown.show(self.source())

    def action_select_kind(self) -> None:
        """Choose which kinds are listed."""
        choices = [Choice(key, label) for key, label in SELECTIONS]
        self.app.push_screen(Choose("Que voulez-vous voir ?", choices), self._select)

    def _select(self, selection: Any) -> None:
        if selection is not None:
            self.selection = selection
            self._list_again()

    def action_open_data(self) -> None:
        """Show or hide the companies of open data."""
        self.open_data = not self.open_data
        self._list_again()

    def action_add(self) -> None:
        """A new company, then its sheet."""
        ask_fields(
            self,
            "Nouvelle entreprise ou structure",
            company_fields,
            lambda base, values: save_company(base, None, values),
            then=self._added,
        )

    def _added(self, company: int) -> None:
        self.reload()
        self.show_record(company)

    def action_edit(self) -> None:
        """Change the company of the cursor."""
        if self.record is None:
            return
        company = self.record[0]

        def known(base: Any) -> Any:
            from suivi_tui.store.queries.companies import company_sheet

            return company_sheet(base.connection, company)

        def edit(sheet: Any) -> None:
            if sheet is not None:
                ask_fields(
                    self,
                    "Modifier",
                    lambda: company_fields(sheet.fields),
                    lambda base, values: save_company(base, company, values),
                    company,
                )

        self.read("edit", known, edit)

    def action_contact(self) -> None:
        """A contact at the company of the cursor."""
        if self.record is not None:
            company, name = self.record
            ask_fields(
                self,
                f"Contact de {name}",
                contact_fields,
                lambda base, values: save_contact(base, "company", company, None, values),
                new_of(company),
            )

    def action_note(self) -> None:
        """A call, a mail, a reminder to the company of the cursor."""
        if self.record is not None:
            company, name = self.record
            ask_fields(
                self,
                f"Échange avec {name}",
                lambda: follow_up_fields(self.suivi.today),
                lambda base, values: save_follow_up(base, "company", company, None, values),
                new_of(company),
                lambda _: self.notify_plain("Échange noté."),
            )

    def action_needs(self) -> None:
        """What the company of the cursor looks to fill."""
        if self.record is not None:
            open_needs(self, company=self.record[0], name=self.record[1])
