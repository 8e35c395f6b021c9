"""Screen 0: what was changed, by whom; undo, backups, verification, settings."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.historique.enregistrement import BatchDetail
from suivi_tui.tui.screens.historique.sauvegarder import ask_restore, back_up_now
from suivi_tui.tui.screens.historique.verification import verify_base
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen, editable
from suivi_tui.tui.screens.shared.importer import ask_import
from suivi_tui.tui.screens.shared.undoing import ask_undo
from suivi_tui.tui.themes import theme_label
from suivi_tui.tui.widgets.fields import ChoiceField, TextField
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import KeyedSource, MemorySource, Row, Sort
from suivi_tui.vocabulary.choices import BatchKind, label_of
from suivi_tui.vocabulary.numbers import format_number

if TYPE_CHECKING:
    from suivi_tui.store.queries.history import BackupRow, BatchRow
    from suivi_tui.store.queries.paging import Page

BATCHES = (
    Column("Quand", 16),
    Column("Quoi", 0),
    Column("Par", 15),
    Column("Lignes", 7, "right"),
    Column("", 10),
)
BACKUPS = (Column("Faite le", 16), Column("Fichier", 0), Column("Lignes", 9, "right"))
UNDONE = "annulé"
UNDO_TONE = "muted"


class Batches(KeyedSource):
    """The batches, the latest first."""

    def page(self, base: Any, page: "Page", sort: Sort | None, filter: str) -> Sequence[Row]:
        """See :class:`~suivi_tui.tui.widgets.sources.KeyedSource`."""
        from suivi_tui.readings.record_names import shown_moment
        from suivi_tui.store.queries.history import batches_page

        return [
            _batch_row(row, shown_moment(row.made_on))
            for row in batches_page(base.connection, page, filter=filter)
        ]


def _batch_row(row: "BatchRow", when: str) -> Row:
    state = label_of(BatchKind, row.kind)
    if row.undone_by is not None:
        state = UNDONE
    elif row.kind == BatchKind.ENTRY.value:
        state = ""
    tone = UNDO_TONE if row.undone_by is not None else ""
    cells = (when, row.label or "Sans libellé", row.author, format_number(row.lines), state)
    return Row(row.key, row.batch, cells, tone)


class History(FixedListScreen[None]):
    """The batches of changes above, the backups below."""

    screen_name = "historique"
    heading = "Historique"
    purpose = (
        "Tous les changements, les derniers en premier ; Entrée les montre en détail.\n"
        "En bas, les sauvegardes (Tab). L'historique garde tout : annuler n'efface rien."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("undo_batch", "u", "Annuler", "Annuler cet enregistrement en entier.",
                "historique", "Historique", footer=10,
                available=lambda screen: editable(screen) and screen.on_batches),
        Command("restore", "r", "Restaurer", "Revenir à la sauvegarde choisie.", "historique",
                "Historique", footer=15,
                available=lambda screen: editable(screen) and screen.on_backups),
        Command("back_up", "s", "Sauvegarde", "Faire une sauvegarde vérifiée maintenant.",
                "historique", "Historique", footer=20, available=editable),
        Command("verify", "v", "Vérifier", "Vérifier que la base est saine.", "historique",
                "Historique", footer=30),
        Command("settings", "p", "Réglages", "Votre nom et votre structure.", "historique",
                "Historique", footer=45, available=editable),
        Command("import_file", "i", "Importer un fichier…", "Importer un tableau.", "historique",
                "Historique", palette=False, available=editable),
    )  # fmt: skip

    def compose_body(self) -> ComposeResult:
        yield FixedList(
            BATCHES,
            Batches(),
            read=self.read,
            title="Changements",
            empty="Aucun changement. Tout ce qui sera saisi ou importé apparaîtra ici.",
            key="batches",
            id="batches",
        )
        backups = FixedList(
            BACKUPS,
            title="Sauvegardes",
            empty="Aucune sauvegarde. Touche s pour en faire une ; une autre se fait en quittant.",
            key="backups",
            id="backups",
        )
        backups.styles.height = 7
        yield backups

    def load(self) -> None:
        self.query_one("#batches", FixedList).reload()
        self.load_backups()

    def load_backups(self) -> None:
        """Read the list of backups again."""

        def backups(base: Any) -> "list[BackupRow]":
            from suivi_tui.store.queries.history import backups

            return backups(base.connection)

        self.read("backups", backups, self._show_backups)

    def _show_backups(self, found: "list[BackupRow]") -> None:
        from suivi_tui.readings.record_names import shown_moment

        rows = [
            Row(
                (place,),
                row.path,
                (shown_moment(row.made_at), Path(row.path).name, format_number(row.lines)),
            )
            for place, row in enumerate(found)
        ]
        self.query_one("#backups", FixedList).show(MemorySource(rows))

    def export_shown(self) -> None:
        export_list(self, "Historique", self.query_one("#batches", FixedList), then=self.reload)

    @property
    def on_batches(self) -> bool:
        """Whether keys act on a batch."""
        return getattr(self.focused, "id", "") != "backups"

    @property
    def on_backups(self) -> bool:
        """Whether keys act on a backup."""
        return (
            getattr(self.focused, "id", "") == "backups"
            and self.query_one("#backups", FixedList).current is not None
        )

    def show_record(self, batch: int) -> None:
        """Show a batch of the first page, if it is there."""
        rows = [row for row in self.query_one("#batches", FixedList).rows if row.id == batch]
        if rows:
            self._open(rows[0])

    @on(PagedList.RowSelected, "#batches")
    def _chosen(self, event: PagedList.RowSelected) -> None:
        self._open(event.row)

    def _open(self, row: Row) -> None:
        self.app.push_screen(BatchDetail(int(row.id), row.cells[1], row.cells[4] == UNDONE))

    @on(PagedList.RowSelected, "#backups")
    def _backup_chosen(self) -> None:
        if editable(self):
            self.action_restore()

    def action_undo_batch(self) -> None:
        """Undo the batch of the cursor."""
        row = self.query_one("#batches", FixedList).current
        if row is not None:
            ask_undo(self, int(row.id), row.cells[1], self.reload)

    def action_back_up(self) -> None:
        """Make a backup now."""
        back_up_now(self, self.load_backups)

    def action_restore(self) -> None:
        """Put the backup of the cursor in place of the base."""
        row = self.query_one("#backups", FixedList).current
        if row is not None:
            ask_restore(self, Path(str(row.id)), row.cells[0])

    def action_verify(self) -> None:
        """Verify the base."""
        verify_base(self)

    def action_import_file(self) -> None:
        """Import a table."""
        ask_import(self)

    def action_settings(self) -> None:
        """Who writes here."""

        def known(base: Any) -> tuple[str, str]:
            from suivi_tui.actions.starting import author_of

            return author_of(base)

        self.read("settings", known, self._ask_author)

    def _ask_author(self, known: tuple[str, str]) -> None:
        name, structure = known

        themes = [(theme, theme_label(theme)) for theme in sorted(self.app.available_themes)]

        def save(base: Any, values: dict[str, Any]) -> str:
            from suivi_tui.actions.starting import change_author

            change_author(base, values["name"] or "", values["structure"] or "")
            return values["theme"] or ""

        ask(
            self,
            lambda: AskingForm(
                "Réglages",
                [
                    TextField("name", "Votre nom", required=True, initial=name or None),
                    TextField("structure", "Votre structure", initial=structure or None),
                    ChoiceField("theme", "Thème", options=themes, initial=self.app.theme),
                ],
            ),
            save,
            self._set,
        )

    def _set(self, theme: str) -> None:
        app = self.suivi
        if theme and theme != app.theme:
            app.theme = theme
            if app.remember_theme is not None:
                app.remember_theme(theme)
        self.reload()
