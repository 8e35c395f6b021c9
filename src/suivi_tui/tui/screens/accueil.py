"""The very first start: one question, three ways in."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from suivi_tui import paths
from suivi_tui.tui.background import start_background
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.plain import plain
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.asking import AskingForm
from suivi_tui.tui.screens.shared.base_switch import switch_base
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen
from suivi_tui.tui.screens.shared.importer import (
    Unknown,
    Wanted,
    ask_import,
    import_fields,
    preview_import,
)
from suivi_tui.tui.widgets.fields import Field, TextField
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MemorySource, Row
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP

WELCOME: Final = (
    "Bienvenue dans votre carnet de suivi des clauses sociales d'insertion.\n"
    "Tout reste sur cet ordinateur ; rien n'a besoin du réseau.\n\n"
    f"Par quoi voulez-vous commencer{NBSP}?"
)
WAYS: Final = (
    ("demonstration", "Essayer la démonstration", "Une base fictive, à part de la vôtre."),
    ("own_base", "Commencer ma base", "Votre nom, votre structure, et c'est prêt."),
    ("bring_table", "Apporter un tableau", "Marchés, participants, heures ou données ouvertes."),
)


class FirstStart(FixedListScreen[None]):
    """Shown when there is no base yet; it leads to the dashboard and is not seen again."""

    screen_name = "accueil"
    heading = "Premier démarrage"
    purpose = "Choisissez avec ↑ et ↓, puis Entrée. Vous pourrez faire le reste plus tard."
    commands: ClassVar[tuple[Command, ...]] = (
        Command("demonstration", "d", "Démonstration", "Essayer une base fictive.", "accueil",
                "Premier démarrage", footer=45),
        Command("own_base", "c", "Ma base", "Commencer ma base.", "accueil",
                "Premier démarrage", footer=46),
        Command("bring_table", "a", "Tableau", "Apporter un tableau.", "accueil",
                "Premier démarrage", footer=47),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._kept: tuple[dict[str, str], Any] | None = None

    def compose_body(self) -> ComposeResult:
        text = Static(plain(WELCOME, multiline=True), markup=False)
        text.styles.padding = (1, 2)
        yield text
        rows = [
            Row((place,), name, (label, hint)) for place, (name, label, hint) in enumerate(WAYS)
        ]
        ways = FixedList((Column("", 26), Column("", 0)), MemorySource(rows), id="ways")
        ways.header_height = 0
        yield ways

    def on_mount(self) -> None:
        """Nothing else works before there is a base: no other screen, no search."""
        app = self.suivi
        self._kept = (app.screens_known, app.search)
        app.screens_known, app.search = {}, None
        self.query_one(FixedList).focus()

    def can_undo(self) -> bool:
        """There is nothing to undo yet."""
        return False

    def can_filter(self) -> bool:
        """Three lines need no filter."""
        return False

    @on(PagedList.RowSelected, "#ways")
    async def _chosen(self, event: PagedList.RowSelected) -> None:
        await self.run_action(f"screen.{event.row.id}")

    def action_demonstration(self) -> None:
        """Open the demonstration, made now if needed."""
        path, today = paths.demonstration_base(), self.suivi.today

        def made() -> Any:
            from suivi_tui.actions.demonstration import open_or_build
            from suivi_tui.store.base import open_base

            open_or_build(path, today=today)
            return open_base(path)

        def failed(failure: Failure) -> None:
            self.status("")
            self.suivi.toast_failure(failure)

        self.status("préparation de la démonstration…")
        switch_base(self.suivi, path, made, self.enter, failed)

    def action_own_base(self) -> None:
        """Who are you, for which structure?"""
        self._ask("Commencer ma base", self._author_fields, self._start)

    def action_bring_table(self) -> None:
        """Begin with a table of one's own."""
        self._ask(
            "Apporter un tableau",
            lambda: [*import_fields(), *self._author_fields()],
            self._start_with_table,
        )

    def _author_fields(self) -> list[Field[Any]]:
        known = paths.load_settings()
        return [
            TextField("author", "Votre nom", required=True, initial=known.author or None),
            TextField("structure", "Votre structure", initial=known.structure or None,
                      hint="maison de l'emploi, PLIE…"),
        ]  # fmt: skip

    def _ask(
        self,
        title: str,
        fields: Callable[[], list[Field[Any]]],
        start: Callable[[Values, dict[str, str], Callable[[Failure], object]], object],
        typed: dict[str, str] | None = None,
        refusal: str = "",
    ) -> None:
        form = AskingForm(title, fields())
        form.typed, form.sentence = typed or {}, refusal

        def answered(values: Values | None) -> None:
            if values is None:
                return
            texts = dict(form.typed)

            def failed(failure: Failure) -> None:
                self.status("")
                if isinstance(failure.error, UserError):
                    self._ask(title, fields, start, texts, failure.message)
                else:
                    self.suivi.toast_failure(failure)

            start(values, texts, failed)

        self.app.push_screen(form, answered)

    def _start(
        self, values: Values, texts: dict[str, str], failed: Callable[[Failure], object]
    ) -> None:
        path = self.suivi.base_path
        begin = partial(_begin, path, values)
        switch_base(self.suivi, path, begin, self.enter, failed)

    def _start_with_table(
        self, values: Values, texts: dict[str, str], failed: Callable[[Failure], object]
    ) -> None:
        app, path = self.suivi, self.suivi.base_path
        wanted = Wanted(values["path"], values["kind"])

        def begin() -> Any:
            from suivi_tui.actions.guess_kind import guess_kind

            # A file that cannot be read leaves no empty base behind.
            guessed = guess_kind(wanted.path)
            if guessed is None and wanted.kind is None:
                raise Unknown(
                    "Les colonnes ne disent pas ce que contient ce fichier : rien n'a été lu. "
                    "Choisissez son contenu (marchés, participants, heures…)."
                )
            return _begin(path, values)

        async def bring() -> None:
            await self.enter()
            screen = app.screen
            if isinstance(screen, SuiviScreen):
                again = partial(ask_import, screen, None, texts)
                preview_import(screen, wanted, None, again)

        switch_base(app, path, begin, bring, failed)

    async def enter(self) -> None:
        """The base is there: everything works, the dashboard is shown."""
        app = self.suivi
        if self._kept is not None:
            app.screens_known, app.search = self._kept
        from suivi_tui.tui.app import HOME

        known = [name for name in app.screens_known if name != self.screen_name]
        start_background(app)
        if known:
            await app.switch_mode(HOME if HOME in known else known[0])


def _begin(path: Path, values: Values) -> Any:
    from suivi_tui.actions.starting import start_base

    return start_base(path, values["author"] or "", values["structure"] or "")
