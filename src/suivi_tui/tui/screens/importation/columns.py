"""The columns of each sheet of a file: heading, some values, what each is used for."""

from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from textual import on
from textual.app import ComposeResult

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice
from suivi_tui.tui.screens.importation.asking import Ask, with_enter
from suivi_tui.tui.screens.importation.questions import layout_dialog, take_answer
from suivi_tui.tui.screens.importation.session import Session
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen
from suivi_tui.tui.screens.shared.texts import joined, said
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource, Row
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.exchange.statement_files.layout import LayoutColumn
    from suivi_tui.exchange.statement_files.reading import LayoutQuestion, SheetReading
    from suivi_tui.exchange.statement_files.roles import Role
    from suivi_tui.tui.screens.base import SuiviScreen

COLUMNS: Final = (
    Column("Feuille", 12),
    Column("Colonne", 0),
    Column("Premières valeurs", 0),
    Column("Rôle", 24),
)
EMPTY: Final = "Aucun tableau d'heures n'a été trouvé dans ce fichier. Échap revient à l'aperçu."
DECIDED: Final = "role/"


class Item(NamedTuple):
    """A line of the list: a column of a sheet, or (``question``) something doubtful in it."""

    sheet: "SheetReading"
    place: int = 0
    question: "LayoutQuestion | None" = None


class ColumnsScreen(FixedListScreen[None]):
    """Every column of every table of the file; ``session.layouts`` takes what is changed."""

    screen_name = "colonnes"
    heading = "Colonnes du fichier"
    purpose = (
        "Ce que l'application a compris de chaque colonne. Entrée change le rôle d'une colonne "
        "ou répond à une question. Ce qui est décidé est retenu pour les prochains fichiers de "
        "cet expéditeur.\nLes numéros de sécurité sociale ou d'allocataire ne sont jamais lus."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("go_on", "v,ctrl+s", "Continuer", "Revenir à l'aperçu, relu avec ces colonnes.",
                "colonnes", "Colonnes", footer=10),
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.items: list[Item] = []

    def commands_here(self) -> list[Command]:
        """Enter changes a role, or answers."""
        return with_enter(super().commands_here(), "Changer", "Changer le rôle, ou répondre.")

    def can_undo(self) -> bool:
        """Nothing of this screen is written."""
        return False

    def compose_body(self) -> ComposeResult:
        """The list; the line of the cursor in full."""
        yield FixedList(COLUMNS, title="Entrée change le rôle d'une colonne", empty=EMPTY,
                        id="columns")  # fmt: skip
        yield StatusLine(3, id="column")

    def load(self) -> None:
        """Show the sheets as they are understood so far."""
        plan = self.session.plan
        self.items = [item for sheet in (plan.reading.sheets if plan else ())
                      for item in self._items_of(sheet)][:MEMORY_LIMIT]  # fmt: skip
        rows = [self._row(rank, item) for rank, item in enumerate(self.items)]
        self.query_one(FixedList).show(MemorySource(rows), keep=True)

    def _items_of(self, sheet: "SheetReading") -> list[Item]:
        answers = self.session.layout_of(sheet).answers
        questions = [Item(sheet, question=each) for each in sheet.questions
                     if each.key not in answers]  # fmt: skip
        return [*questions, *(Item(sheet, place) for place in range(len(sheet.layout.columns)))]

    def _row(self, rank: int, item: Item) -> Row:
        first = rank == 0 or self.items[rank - 1].sheet is not item.sheet
        sheet = item.sheet.name if first else ""
        if item.question is not None:
            proposed = dict(item.question.options).get(item.question.proposed, "")
            cells = (sheet, "? " + item.question.sentence, "", f"{proposed}{NBSP}?")
            return Row((rank,), rank, cells, "alerte")
        column = item.sheet.layout.columns[item.place]
        role = self.role_of(item)
        values = values_of(item.sheet, item.place) if role.name != "NEVER_READ" else "(non lues)"
        heading = column.heading or f"(colonne {item.place + 1} sans titre)"
        tone = "muted" if role.name in ("IGNORE", "NEVER_READ") else ""
        return Row((rank,), rank, (sheet, heading, values, role.label), tone)

    def role_of(self, item: Item) -> "Role":
        """The role of a column, the one just decided before the one that was read."""
        from suivi_tui.exchange.statement_files.roles import Role

        column = item.sheet.layout.columns[item.place]
        code = self.session.layout_of(item.sheet).answers.get(DECIDED + column.token)
        return next((role for role in Role if role.value == code), column.role)

    @property
    def item(self) -> Item | None:
        """The line of the cursor."""
        row = self.query_one(FixedList).current
        return self.items[int(row.id)] if row is not None else None

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        from suivi_tui.tui.plain import shown, wrapped

        item, bar = self.item, self.query_one(StatusLine)
        if item is None:
            return
        sheet = f"Feuille «{NBSP}{item.sheet.name}{NBSP}»"
        if item.question is not None:
            text = item.question.sentence
        else:
            column, role = item.sheet.layout.columns[item.place], self.role_of(item)
            values = "" if role.name == "NEVER_READ" else values_of(item.sheet, item.place)
            text = joined((f"{column.heading}{NBSP}: {role.label}", said("valeurs", values)))
        lines = wrapped(shown(text), max(20, (bar.size.width or 80) - 2))
        bar.say_at_rest((sheet, "muted"), *lines[:2])

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        item = self.item
        if item is None:
            return
        if item.question is not None:
            question = item.question

            def answered(choice: Choice | None) -> None:
                if choice is not None:
                    take_answer(self.session, item.sheet, question.key, choice.key)
                    self.load()

            self.app.push_screen(layout_dialog(item.sheet, question), answered)
            return
        column = item.sheet.layout.columns[item.place]

        def decided(role: "Role") -> None:
            take_answer(self.session, item.sheet, DECIDED + column.token, role.value)
            self.load()

        choose_role(self, column, self.role_of(item), decided)

    def action_go_on(self) -> None:
        """Back to the preview."""
        self.dismiss()


def values_of(sheet: "SheetReading", place: int) -> str:
    """The first values of a column."""
    return joined(row[place] for row in sheet.sample if place < len(row))


def choose_role(
    screen: "SuiviScreen[Any]", column: "LayoutColumn", role: "Role", then: Any
) -> None:
    """Choose what a column is used for, the present role first."""
    from suivi_tui.exchange.statement_files.roles import Role

    choices = [Choice(each, each.label, "rôle actuel" if each is role else "") for each in Role]
    choices.sort(key=lambda choice: choice.key is not role)
    name = column.heading or "sans titre"
    dialog = Ask("Rôle d'une colonne", f"À quoi sert la colonne «{NBSP}{name}{NBSP}» ?", choices)
    screen.suivi.push_screen(
        dialog, lambda choice: then(choice.key) if choice is not None else None
    )
