"""Choose one thing by a few letters, accents folded: the palette, « Aller à… », themes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.dialog import CLOSE, Dialog
from suivi_tui.tui.widgets.fields import CleanInput
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource, Row
from suivi_tui.vocabulary.text import fold

NO_MATCH = "Aucun résultat. Essayez d'autres lettres."


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing to choose: what is given back, its label, a hint on the right, words to find it."""

    key: Any
    label: str
    hint: str = ""
    words: str = ""


class Choose(Dialog[Any]):
    """The key of the chosen :class:`Choice`, or None."""

    commands: ClassVar[tuple[Command, ...]] = (
        Command("take", "enter", "Choisir", "Prendre la ligne choisie.", "dialog", footer=1),
        CLOSE,
    )
    placeholder = "Quelques lettres…"

    def __init__(self, title: str, choices: Sequence[Choice] = ()) -> None:
        super().__init__(title)
        self.choices = list(choices)
        self.found: list[Choice] = []

    def compose_body(self) -> ComposeResult:
        """The field and the list under it."""
        yield CleanInput(placeholder=self.placeholder, compact=True, id="query")
        columns = (Column("", 0), Column("", 26))
        chosen = PagedList(columns, empty=NO_MATCH, classes="-tall", id="found")
        chosen.can_focus = False
        chosen.header_height = 0
        yield chosen

    def on_mount(self) -> None:
        """Everything is offered before the first letter."""
        self.query_one("#query").focus()
        self.show(self.matching(""))

    def matching(self, text: str) -> list[Choice]:
        """The choices that hold every word of ``text``; those that begin with it first."""
        folded = fold(text)
        words = folded.split()

        def rank(choice: Choice) -> tuple[int, int] | None:
            label = fold(choice.label)
            whole = f"{label} {fold(choice.words)}"
            if not all(word in whole for word in words):
                return None
            if label.startswith(folded):
                return (0, 0)
            starts = all(f" {word}" in f" {label}" for word in words)
            return (1 if starts else 2 if all(word in label for word in words) else 3, 0)

        ranked = [(rank(choice), place) for place, choice in enumerate(self.choices)]
        kept = sorted((key, place) for key, place in ranked if key is not None)
        return [self.choices[place] for _, place in kept]

    def show(self, found: Sequence[Choice]) -> None:
        """Show what was found, as much of it as a list holds: more letters find the rest."""
        self.found = list(found)[:MEMORY_LIMIT]
        rows = [
            Row((place,), place, (choice.label, choice.hint))
            for place, choice in enumerate(self.found)
        ]
        self.query_one(PagedList).show(MemorySource(rows))

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        self.look_for(event.value)

    def look_for(self, text: str) -> None:
        """Show what matches the letters typed."""
        self.show(self.matching(text))

    @on(Input.Submitted, "#query")
    def _submitted(self) -> None:
        self.action_take()

    @on(PagedList.RowSelected)
    def _selected(self) -> None:
        self.action_take()

    def action_take(self) -> None:
        """Give the chosen one back."""
        place = self.query_one(PagedList).cursor_row
        if place < len(self.found):
            self.dismiss(self.found[place].key)

    def on_key(self, event: events.Key) -> None:
        """The field keeps the focus, arrows move in the list."""
        moves = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}
        if event.key in moves:
            chosen = self.query_one(PagedList)
            chosen.move_to(chosen.cursor_row + moves[event.key])
            event.stop()
            event.prevent_default()
