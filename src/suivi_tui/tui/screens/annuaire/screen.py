"""Screen 9: facilitators, référents and insertion structures; who covers a commune."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.annuaire.demander import ask_commune, ask_territory
from suivi_tui.tui.screens.annuaire.fiche import ENTRY, EntryDetail
from suivi_tui.tui.screens.annuaire.forms import Buyers, entry_fields, known_buyers, save_entry
from suivi_tui.tui.screens.annuaire.ouvrir import open_listed
from suivi_tui.tui.screens.annuaire.qui_couvre import WhoCovers
from suivi_tui.tui.screens.entreprises.forms import company_fields, save_company
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.history_of import show_history
from suivi_tui.tui.screens.shared.record_list import RecordListScreen
from suivi_tui.tui.screens.shared.removing import ask_removal
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import KeyedSource, Row, Sort
from suivi_tui.vocabulary.choices import CompanyKind, DirectoryKind, Sector, label_of, options

if TYPE_CHECKING:
    from suivi_tui.reference.territories import Territory
    from suivi_tui.store.queries.directory import DirectoryRow, Narrowing, Selection
    from suivi_tui.store.queries.paging import Page

GROUP: Final = "Annuaire"
COMPANY: Final = "company"
NARROW: Final = (
    Column("Nom", 0, sort="name"),
    Column("Type", 12, sort="kind"),
    Column("Couvre", 22),
    Column("Téléphone", 14),
)
WIDE: Final = (
    *NARROW[:2],
    Column("Couvre", 18),
    *NARROW[3:],
    Column("Acheteur, structure", 19, sort="structure"),
    Column("Commune", 13, sort="commune"),
    Column("Métiers", 13),
)
EMPTY: Final = (
    "Personne ici. Touche a pour ajouter un contact ou une structure, touche i pour importer une "
    "liste de structures ou un annuaire, touche f pour changer de sélection."
)
EVERYWHERE, EVERY_TRADE = "Tous les territoires", "Tous les métiers"


class _Selected(NamedTuple):
    """A choice of « Sélection »: people, structures, or one kind of them."""

    selection: "Selection"
    kind: str
    label: str


SELECTIONS: Final = (
    _Selected("all", "", "Tout l'annuaire"),
    _Selected("people", "", "Toutes les personnes"),
    *(_Selected("people", str(one.value), f"Personnes : {one.label}") for one in DirectoryKind),
    _Selected("structures", "", "Structures d'insertion"),
    *(
        _Selected("structures", str(one.value), f"Structures : {one.label}")
        for one in CompanyKind
        if one is not CompanyKind.ORDINARY
    ),
)


class Directory(KeyedSource):
    """People and structures, paged by key."""

    def __init__(self, selected: _Selected, territory: "Territory | None", trade: str) -> None:
        self.selected = selected
        self.territory = territory
        self.trade = trade

    def page(self, base: Any, page: "Page", sort: Sort | None, filter: str) -> Sequence[Row]:
        """See :class:`~suivi_tui.tui.widgets.sources.KeyedSource`."""
        from suivi_tui.store.queries.directory import directory_page

        order = sort.key if sort else "name"
        descending = bool(sort and sort.descending)
        narrowing = self.narrowing(filter)
        return [
            _row(row) for row in directory_page(base.connection, page, narrowing, order, descending)
        ]

    def count(self, base: Any, filter: str) -> int | None:
        """How many, as far as it can be counted quickly."""
        from suivi_tui.store.queries.directory import count_directory

        limit = 10_001
        found = count_directory(base.connection, self.narrowing(filter), limit)
        return found if found < limit else None

    def narrowing(self, filter: str) -> "Narrowing":
        """What is kept of the directory."""
        from suivi_tui.readings.directory import narrowed_to
        from suivi_tui.store.queries.directory import Narrowing

        kept = Narrowing(
            selection=self.selected.selection,
            kind=self.selected.kind,
            trade=self.trade,
            filter=filter,
        )
        return narrowed_to(kept, self.territory)


def _row(row: "DirectoryRow") -> Row:
    from suivi_tui.readings.directory import kind_label, territories_text, trade_labels

    cells = (
        row.name,
        kind_label(row.entity, row.kind, short=True),
        territories_text(row.territories, limit=1),
        row.phone,
        joined([row.structure, row.service]),
        row.commune,
        trade_labels(row.trades),
    )
    return Row(row.key, f"{row.entity}:{row.id}", cells)


def _on_line(screen: Any) -> bool:
    return screen.listed is not None


def _on_editable_line(screen: Any) -> bool:
    return editable(screen) and screen.listed is not None


class DirectoryScreen(RecordListScreen):
    """The list of the directory."""

    screen_name = "annuaire"
    heading = "Annuaire"
    purpose = (
        "Les facilitateurs par territoire, les référents des acheteurs et de leurs services, les "
        "structures d'insertion par métier. Entrée ouvre une fiche.\n"
        "Touche c : qui couvre cette commune ? Touches f, t, d : garder un type, un territoire, "
        "un métier."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("who_covers", "c", "Qui couvre", "Qui appeler pour une commune.", "annuaire",
                GROUP, footer=10),
        Command("add", "a", "Ajouter", "Ajouter une personne ou une structure.", "annuaire",
                GROUP, footer=20, available=editable),
        Command("select_kind", "f", "Sélection", "Personnes, structures, ou un seul type.",
                "annuaire", GROUP, footer=30),
        Command("territory", "t", "Territoire", "Garder une commune, un département, une région.",
                "annuaire", GROUP, footer=35),
        Command("trade", "d", "Métier", "Garder un métier.", "annuaire", GROUP, footer=45),
        Command("edit", "m", "Modifier", "Modifier la fiche choisie.", "annuaire", GROUP,
                footer=48, available=_on_editable_line),
        Command("history", "h", "Historique", "Qui a changé quoi sur cette fiche.", "annuaire",
                GROUP, footer=85, available=_on_line),
        Command("remove", "x,delete", "Retirer", "Retirer la fiche choisie.", "annuaire", GROUP,
                available=_on_editable_line),
    )  # fmt: skip
    list_id = "directory"
    list_title = SELECTIONS[0].label
    empty = EMPTY
    narrow, wide = NARROW, WIDE
    first_sort = Sort("name")

    def __init__(self) -> None:
        super().__init__()
        self.selected = SELECTIONS[0]
        self.territory: Territory | None = None
        self.trade = ""

    def source(self) -> Directory:
        """Those selected."""
        return Directory(self.selected, self.territory, self.trade)

    @property
    def listed(self) -> tuple[str, int, str] | None:
        """The table, the id and the name of the row of the cursor."""
        row = self.row if self.is_mounted else None
        if row is None:
            return None
        entity, _, number = str(row.id).partition(":")
        return entity, int(number), row.cells[0]

    def export_shown(self) -> None:
        """The list as it is sorted and filtered; people are named only when asked for."""
        names = () if self.selected.selection == "structures" else ("Nom", "Téléphone")
        export_list(self, self._title(), self.query_one(PagedList), names)

    def show_record(self, entry: int) -> None:
        """Open the sheet of a person."""
        self.app.push_screen(EntryDetail(entry))

    @on(PagedList.RowSelected, "#directory")
    def _open(self) -> None:
        if self.listed is not None:
            open_listed(self, *self.listed[:2])

    @on(PagedList.RowHighlighted)
    @on(PagedList.Loaded)
    def _moved(self) -> None:
        self.refresh_bindings()

    def _title(self) -> str:
        parts = [self.selected.label]
        if self.territory is not None:
            parts.append(self.territory.label)
        if self.trade:
            parts.append(label_of(Sector, self.trade))
        return " · ".join(parts)

    def _list_again(self) -> None:
        shown = self.query_one(PagedList)
        shown.title = self._title()
        shown.show(self.source())

    def action_select_kind(self) -> None:
        """Choose which kinds are listed."""
        choices = [Choice(place, one.label) for place, one in enumerate(SELECTIONS)]
        self.app.push_screen(Choose("Que voulez-vous voir ?", choices), self._select)

    def _select(self, place: Any) -> None:
        if place is not None:
            self.selected = SELECTIONS[place]
            self._list_again()

    def action_territory(self) -> None:
        """Keep a territory; asked again, first the way back to all of them."""
        if self.territory is None:
            ask_territory(self, self._keep_territory)
            return
        choices = [Choice(False, EVERYWHERE), Choice(True, "Un autre territoire…")]

        def chosen(other: Any) -> None:
            if other:
                ask_territory(self, self._keep_territory)
            elif other is not None:
                self._keep_territory(None)

        self.app.push_screen(Choose("Quel territoire ?", choices), chosen)

    def _keep_territory(self, territory: "Territory | None") -> None:
        self.territory = territory
        self._list_again()

    def action_trade(self) -> None:
        """Keep a trade."""
        choices = [
            Choice("", EVERY_TRADE),
            *(Choice(code, label) for code, label in options(Sector)),
        ]

        def keep(trade: Any) -> None:
            if trade is not None:
                self.trade = trade
                self._list_again()

        self.app.push_screen(Choose("Quel métier ?", choices), keep)

    def action_who_covers(self) -> None:
        """Who can be called for a commune."""
        ask_commune(self, lambda commune: self.app.push_screen(WhoCovers(commune)))

    def action_add(self) -> None:
        """A new person or structure, then its sheet."""
        choices = [Choice(ENTRY, "Une personne", "facilitateur, référent"),
                   Choice(COMPANY, "Une structure d'insertion")]  # fmt: skip

        def chosen(entity: Any) -> None:
            if entity == ENTRY:
                self.read("buyers", known_buyers, lambda buyers: self._edit_entry(None, buyers))
            elif entity == COMPANY:
                ask_fields(
                    self,
                    "Nouvelle structure",
                    company_fields,
                    lambda base, values: save_company(base, None, values),
                    then=lambda row: self._added(COMPANY, row),
                )

        self.app.push_screen(Choose("Que voulez-vous ajouter ?", choices), chosen)

    def _edit_entry(self, known: Any, buyers: "Buyers") -> None:
        entry = known.directory_entry if known is not None else None
        ask_fields(
            self,
            "Nouveau contact" if known is None else "Modifier le contact",
            lambda: entry_fields(buyers, known),
            lambda base, values: save_entry(base, entry, values),
            **({} if entry is None else {"record": entry}),
            then=(lambda row: self._added(ENTRY, row)) if known is None else None,
        )

    def _added(self, entity: str, row: int) -> None:
        self.reload()
        open_listed(self, entity, row)

    def action_edit(self) -> None:
        """Change the person or the structure of the cursor."""
        if self.listed is None:
            return
        entity, row, _ = self.listed

        def known(base: Any) -> Any:
            if entity == ENTRY:
                from suivi_tui.store.queries.directory import entry_sheet

                return entry_sheet(base.connection, row), known_buyers(base)
            from suivi_tui.store.queries.companies import company_sheet

            sheet = company_sheet(base.connection, row)
            return (sheet.fields if sheet is not None else None), []

        def edit(found: Any) -> None:
            fields, buyers = found
            if fields is None:
                self.reload()
            elif entity == ENTRY:
                self._edit_entry(fields, buyers)
            else:
                ask_fields(
                    self,
                    "Modifier la structure",
                    lambda: company_fields(fields),
                    lambda base, values: save_company(base, row, values),
                    row,
                )

        self.read("edit", known, edit)

    def action_history(self) -> None:
        """Who changed what on the record of the cursor."""
        if self.listed is not None:
            show_history(self, *self.listed)

    def action_remove(self) -> None:
        """Remove the record of the cursor."""
        if self.listed is not None:
            ask_removal(self, *self.listed, self.reload)
