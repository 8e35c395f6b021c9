"""One person of the directory: what they do, how to call them, where."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.annuaire.couverture import (
    ask_coverage,
    coverage_section,
    read_coverages,
)
from suivi_tui.tui.screens.annuaire.forms import entry_fields, known_buyers, save_entry
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.sheet import (
    Section,
    Sheet,
    SheetLine,
    SheetScreen,
    on_own_record,
    on_record,
)
from suivi_tui.tui.screens.shared.texts import joined, said
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.vocabulary.choices import DirectoryKind, label_of

if TYPE_CHECKING:
    from suivi_tui.store.queries.directory import EntryFields
    from suivi_tui.tui.screens.annuaire.couverture import Placed
    from suivi_tui.tui.screens.annuaire.forms import Buyers

    Known = tuple[EntryFields, list[Placed], Buyers]

ENTRY = "directory_entry"
GROUP = "Annuaire"


class EntryDetail(SheetScreen[None]):
    """The sheet of a person of the directory; Enter changes the line of the cursor."""

    screen_name = "contact_annuaire"
    whole = ENTRY
    figures = "Code"
    heading = "Contact de l'annuaire"
    purpose = "Qui appeler, et pour quels territoires. Entrée modifie la ligne choisie."
    commands: ClassVar[tuple[Command, ...]] = (
        Command("territory", "t", "Territoire", "Ajouter un territoire couvert.",
                "contact_annuaire", GROUP, footer=10, available=editable),
        Command("edit", "m", "Modifier", "Modifier la ligne choisie.", "contact_annuaire", GROUP,
                footer=20, available=on_own_record),
        Command("history", "h", "Historique", "Qui a changé quoi sur la ligne choisie.",
                "contact_annuaire", GROUP, footer=30, available=on_record),
        Command("remove", "x,delete", "Retirer", "Retirer la ligne choisie.", "contact_annuaire",
                GROUP, available=on_own_record),
    )  # fmt: skip

    def __init__(self, entry: int) -> None:
        super().__init__()
        self.entry = entry
        self.known: Known | None = None

    def load(self) -> None:
        entry = self.entry

        def ask_base(base: Any) -> "Known | None":
            from suivi_tui.store.queries.directory import entry_sheet

            fields = entry_sheet(base.connection, entry)
            if fields is None:
                return None
            return fields, read_coverages(base, ENTRY, entry), known_buyers(base)

        self.read("sheet", ask_base, self.show_sheet)

    def show_sheet(self, known: "Known | None") -> None:
        """Show the person; one that is no longer there closes the sheet."""
        if known is None:
            self.notify_plain("Ce contact n'est plus dans l'annuaire.", "warning")
            self.go_back()
            return
        self.known = known
        fields, placed, _ = known
        self.query_one(Sheet).show_sections(
            fields.name, [*_sections(fields), coverage_section(placed), *_comment(fields)]
        )
        self.refresh_bindings()

    def show_record(self, entry: int) -> None:
        """Show another one."""
        self.entry = entry
        self.reload()

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        if on_own_record(self):
            self.action_edit()

    def action_edit(self) -> None:
        """Change what the line of the cursor is about."""
        record = self.query_one(Sheet).record()
        if record is None or self.known is None:
            return
        entity, row = record
        fields, placed, buyers = self.known
        if entity == ENTRY:
            self.ask_fields(
                "Modifier le contact",
                lambda: entry_fields(buyers, fields),
                lambda base, values: save_entry(base, row, values),
                row,
            )
        else:
            known = next((one for one in placed if one[0].coverage == row), None)
            if known is not None:
                ask_coverage(self, ENTRY, self.entry, known)

    def action_territory(self) -> None:
        """One more territory or trade."""
        ask_coverage(self, ENTRY, self.entry)


def _sections(fields: "EntryFields") -> list[Section]:
    row = fields.directory_entry
    who = joined(
        [
            label_of(DirectoryKind, fields.kind, "Fonction à préciser"),
            fields.role,
            fields.structure or fields.company_name,
            fields.commune,
        ]
    )
    buyer = joined([fields.buyer_name, fields.service])
    return [
        Section("Contact", [SheetLine(who, "", ENTRY, row)]),
        Section("Acheteur", [SheetLine(buyer, "", ENTRY, row)] if buyer else []),
        Section(
            "À appeler",
            [SheetLine(joined([said("Téléphone", fields.phone), said("Courriel", fields.mail)])
                       or "Ni téléphone ni courriel. Touche m pour les saisir.", "", ENTRY, row)],
        ),
    ]  # fmt: skip


def _comment(fields: "EntryFields") -> list[Section]:
    if not fields.comment:
        return []
    return [Section("Commentaire", [SheetLine(fields.comment, "", ENTRY, fields.directory_entry)])]
