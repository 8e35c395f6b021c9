"""« Noms retenus »: who and what the texts of each sender were said to be, to see and forget."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from textual import on
from textual.app import ComposeResult

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen, editable
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource, Row
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.tui.screens.base import SuiviScreen

COLUMNS: Final = (
    Column("Dans le fichier", 0),
    Column("Fiche de la base", 0),
    Column("Expéditeur", 0),
)
EMPTY: Final = "Aucun nom retenu. Chaque réponse donnée pendant un import vient ici."
LEFT_ASIDE: Final = "laissé de côté"
UNKNOWN: Final = "inconnu"


class Remembered(NamedTuple):
    """A text of a sender, and the name of the record that it was said to be."""

    id: int
    sender: int | None
    text: str
    found: str
    sender_name: str


def read_memories(base: Any) -> list[Remembered]:
    """Every answer kept, the latest first; runs on the desk."""
    from suivi_tui.readings.record_names import named_records
    from suivi_tui.store.queries.import_memory import every_memory

    rows = every_memory(base.connection, MEMORY_LIMIT)
    records = [(row.entity, row.found) for row in rows if row.found is not None]
    senders = [("company", row.sender) for row in rows if row.sender is not None]
    names = named_records(base.connection, [*records, *senders])

    def title(entity: str, row: int | None, missing: str) -> str:
        name = names.get((entity, row)) if row is not None else None
        return name.title if name else missing

    return [
        Remembered(
            row.id,
            row.sender,
            row.text,
            title(row.entity, row.found, LEFT_ASIDE if row.found is None else "fiche retirée"),
            title("company", row.sender, UNKNOWN),
        )
        for row in rows
    ]


def forgetting(rows: Sequence[int]) -> Any:
    """The write that forgets some answers."""

    def forget(base: Any) -> object:
        from suivi_tui.actions.import_profiles import forget_memories

        return forget_memories(base, rows)

    return forget


def offer_to_forget(screen: "SuiviScreen[Any]", sender: int | None, name: str) -> None:
    """Ask whether the names kept for a sender go with its layout; nothing when there is none."""

    def told(kept: list[Remembered]) -> None:
        rows = [item.id for item in kept if item.sender == sender]
        if not rows:
            return
        many = plural(len(rows), "nom retenu", "noms retenus")
        question = f"Oublier aussi {many} pour «{NBSP}{name}{NBSP}»{NBSP}?"

        def answered(yes: bool | None) -> None:
            if yes:
                screen.write(forgetting(rows), lambda _: None)

        screen.app.push_screen(
            Confirm("Oublier des noms", question, yes="Oublier", no="Garder"), answered
        )

    screen.read("memories", read_memories, told)


def on_memory(screen: Any) -> bool:
    """Whether the cursor is on a text, in a base that can be changed."""
    return editable(screen) and screen.memory is not None


class MemoryScreen(FixedListScreen[None]):
    """The list of the texts remembered."""

    screen_name = "noms"
    heading = "Noms retenus"
    purpose = (
        "Ce que désigne chaque nom d'un fichier, pour chaque expéditeur : ce qui a été répondu une "
        "fois. Un nom oublié est de nouveau demandé ; les heures importées restent."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("forget", "x,delete", "Oublier", "Oublier ce nom : il sera redemandé.",
                "noms", "Noms retenus", footer=45, available=on_memory),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[Remembered] = []

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield FixedList(COLUMNS, title="Réponses retenues", empty=EMPTY, id="memories")

    def load(self) -> None:
        """Read the answers kept."""
        self.read("memories", read_memories, self.show_memories)

    def show_memories(self, kept: list[Remembered]) -> None:
        """Show them; the cursor stays on its own."""
        self.kept = kept
        rows = [Row((place,), item.id, (item.text, item.found, item.sender_name))
                for place, item in enumerate(kept)]  # fmt: skip
        self.query_one(FixedList).show(MemorySource(rows), keep=True)
        self.refresh_bindings()

    @property
    def memory(self) -> Remembered | None:
        """The text of the cursor."""
        row = self.query_one(FixedList).current if self.is_mounted else None
        return next((item for item in self.kept if row is not None and item.id == row.id), None)

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def action_forget(self) -> None:
        """Forget the text of the cursor; undone like any other change."""
        if self.memory is not None:
            self.write(forgetting([self.memory.id]), lambda _: self.reload())
