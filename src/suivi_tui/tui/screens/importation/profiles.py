"""« Profils d'import »: the layouts kept for senders, to rename, correct or forget."""

from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from textual import on
from textual.app import ComposeResult

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.screens.importation.asking import with_enter
from suivi_tui.tui.screens.importation.columns import choose_role
from suivi_tui.tui.screens.importation.memories import MemoryScreen, offer_to_forget
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen, editable
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.tui.widgets.fields import TextField
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource, Row
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.exchange.statement_files.layout import Layout
    from suivi_tui.exchange.statement_files.roles import Role

COLUMNS: Final = (Column("Profil", 0), Column("Expéditeur", 0), Column("Colonnes lues", 0))
ROLE_COLUMNS: Final = (Column("Colonne", 0), Column("Rôle", 0))
EMPTY: Final = (
    "Aucun profil. Il s'en fait un quand vous dites, pendant un import, qui a envoyé un relevé ou "
    "ce que contiennent ses colonnes."
)
NO_COLUMN: Final = "Ce profil ne retient aucune colonne."
UNKNOWN: Final = "inconnu"


class Kept(NamedTuple):
    """A profile: its sender's name, its layout."""

    id: int
    name: str
    sender: str
    layout: "Layout"
    company: int | None = None


def read_profiles(base: Any) -> list[Kept]:
    """Every profile, the latest first; runs on the desk."""
    from suivi_tui.actions.import_profiles import layout_of
    from suivi_tui.store.queries.entry import identities
    from suivi_tui.store.queries.import_memory import profiles

    names = {row: name for row, name, _ in identities(base.connection, "company")}
    return [
        Kept(row.id, row.name, names.get(row.sender or 0, UNKNOWN), layout_of(row), row.sender)
        for row in profiles(base.connection)[:MEMORY_LIMIT]
    ]


class ProfileScreen(FixedListScreen[None]):
    """What the two screens of profiles share: they read all the profiles, which are few."""

    def load(self) -> None:
        """Read the profiles."""
        self.read("profiles", read_profiles, self.show_profiles)

    def show_profiles(self, kept: list[Kept]) -> None:
        """Show what was read."""
        raise NotImplementedError


def on_profile(screen: Any) -> bool:
    """Whether the cursor is on a profile, in a base that can be changed."""
    return editable(screen) and screen.profile is not None


class ImportProfiles(ProfileScreen):
    """The list of profiles."""

    screen_name = "profils"
    heading = "Profils d'import"
    purpose = (
        "Comment se lisent les relevés de chaque expéditeur : ce qui a été répondu une fois. "
        "Entrée montre et corrige les colonnes d'un profil."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("rename", "m", "Renommer", "Donner un autre nom au profil.", "profils",
                "Profils", footer=45, available=on_profile),
        Command("forget", "x,delete", "Oublier", "Oublier le profil : tout sera redemandé.",
                "profils", "Profils", footer=46, available=on_profile),
        Command("names", "n", "Noms retenus", "Qui sont les noms des fichiers, par expéditeur.",
                "profils", "Profils", footer=47),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[Kept] = []

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield FixedList(COLUMNS, title="Mises en page retenues", empty=EMPTY, id="profiles")
        yield StatusLine(2, id="profile")

    def show_profiles(self, kept: list[Kept]) -> None:
        """Show the profiles; the cursor stays on its own."""
        self.kept = kept
        rows = [Row((place,), item.id, (item.name, item.sender, columns_said(item.layout)))
                for place, item in enumerate(kept)]  # fmt: skip
        self.query_one(FixedList).show(MemorySource(rows), keep=True)
        self.refresh_bindings()

    @property
    def profile(self) -> Kept | None:
        """The profile of the cursor."""
        row = self.query_one(FixedList).current if self.is_mounted else None
        return next((item for item in self.kept if row is not None and item.id == row.id), None)

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        if self.profile is not None:
            from suivi_tui.tui.plain import shown, wrapped

            bar = self.query_one(StatusLine)
            text = shown(f"Colonnes{NBSP}: {columns_said(self.profile.layout)}")
            bar.say_at_rest(*wrapped(text, max(20, (bar.size.width or 80) - 2))[:2])
        self.refresh_bindings()

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        if self.profile is not None:
            self.app.push_screen(ProfileColumns(self.profile))

    def action_rename(self) -> None:
        """Give the profile another name."""
        profile = self.profile
        if profile is None:
            return

        def save(base: Any, values: Values) -> object:
            from suivi_tui.actions.import_profiles import rename_profile

            return rename_profile(base, profile.id, values["name"])

        def make() -> AskingForm:
            name = TextField("name", "Nom", initial=profile.name, required=True)
            return AskingForm("Renommer le profil", [name], record=profile.id)

        ask(self, make, save, lambda _: self.reload())

    def action_forget(self) -> None:
        """Forget the profile, once confirmed."""
        profile = self.profile
        if profile is None:
            return

        def forget(base: Any) -> object:
            from suivi_tui.actions.import_profiles import forget_profile

            return forget_profile(base, profile.id)

        question = (
            f"Oublier «{NBSP}{profile.name}{NBSP}» ? Les heures importées restent ; le prochain "
            "fichier de cette mise en page sera de nouveau examiné."
        )

        def forgotten(_: object) -> None:
            self.reload()
            offer_to_forget(self, profile.company, profile.sender)

        def answered(yes: bool | None) -> None:
            if yes:
                self.write(forget, forgotten)

        self.app.push_screen(
            Confirm("Oublier un profil", question, yes="Oublier", no="Garder"), answered
        )

    def action_names(self) -> None:
        """What the texts of each sender were said to be."""
        self.app.push_screen(MemoryScreen())


class ProfileColumns(ProfileScreen):
    """The columns of one profile and their roles."""

    screen_name = "profil"
    heading = "Colonnes d'un profil"
    purpose = "Ce que dit chaque colonne des fichiers de ce profil. Entrée change un rôle."

    def __init__(self, profile: Kept) -> None:
        super().__init__()
        self.profile = profile

    def commands_here(self) -> list[Command]:
        """Enter changes a role."""
        label = "Changer" if editable(self) else ""
        return with_enter(super().commands_here(), label, "Changer le rôle de la colonne.")

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield FixedList(ROLE_COLUMNS, title=joined((self.profile.name, self.profile.sender)),
                        empty=NO_COLUMN, id="roles")  # fmt: skip

    def show_profiles(self, kept: list[Kept]) -> None:
        """Show the columns; leave when the profile is gone (its making was undone)."""
        found = [item for item in kept if item.id == self.profile.id]
        if not found:
            self.dismiss()
            return
        self.profile = found[0]
        rows = [Row((place,), place, (column.heading or f"(colonne {place + 1} sans titre)",
                                      column.role.label))
                for place, column in enumerate(self.profile.layout.columns)]  # fmt: skip
        self.query_one(FixedList).show(MemorySource(rows), keep=True)

    @on(PagedList.RowSelected)
    def _chosen(self, event: PagedList.RowSelected) -> None:
        if not editable(self):
            return
        place, profile = int(event.row.id), self.profile

        def decided(role: "Role") -> None:
            def save(base: Any) -> object:
                from suivi_tui.actions.import_profiles import change_role

                return change_role(base, profile.id, place, role)

            self.write(save, lambda _: self.reload())

        column = profile.layout.columns[place]
        choose_role(self, column, column.role, decided)


def columns_said(layout: "Layout") -> str:
    """The headings that are read."""
    unread = ("IGNORE", "NEVER_READ")
    return joined(
        (column.heading for column in layout.columns if column.role.name not in unread), ", "
    )
