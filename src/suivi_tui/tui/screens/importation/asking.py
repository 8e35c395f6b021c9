"""A question with its sentence over the answers, found by a few letters, in the base too."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import Static

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.go_to import DELAY
from suivi_tui.tui.plain import plain, shown, wrapped
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.tui.widgets.status_line import StatusLine

LINES: Final = 10


def with_enter(commands: Sequence[Command], label: str, help: str) -> list[Command]:
    """The commands of a list, Enter said as what it does here; without a label, not said."""
    return [
        each._replace(label=label, help=help) if each.name == "select" else each
        for each in commands
        if label or each.name != "select"
    ]


class Ask(Choose):
    """The :class:`Choice` taken, or None; ``sentence`` is the question in full.

    With ``search(base, text)`` the letters also look in the base, among the records of the
    screen ``place`` of the application; the key of what is found is then the id of a record.
    """

    def __init__(
        self,
        title: str,
        sentence: str,
        choices: Sequence[Choice] = (),
        search: Callable[[Any, str], Sequence[Choice]] | None = None,
        place: str = "",
    ) -> None:
        super().__init__(title, choices)
        self.sentence = sentence
        self._search = search
        self._place = place
        self._timer: Timer | None = None
        self._text = ""

    def compose_body(self) -> ComposeResult:
        """The sentence, then field and list."""
        yield Static(plain(self.sentence, multiline=True), id="text", markup=False)
        yield from super().compose_body()
        yield StatusLine(2, id="whole")

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        """The answer of the cursor in full: columns may cut it."""
        place = self.query_one(PagedList).cursor_row
        bar = self.query_one("#whole", StatusLine)
        if place < len(self.found):
            choice = self.found[place]
            text = shown(joined((choice.label, choice.hint)))
            bar.say(*wrapped(text, max(20, (bar.size.width or 70) - 2))[:2])

    def on_mount(self) -> None:
        """As many lines as there are answers, unless letters may bring more."""
        super().on_mount()
        lines = LINES if self._search else max(3, min(LINES, len(self.choices)))
        self.query_one(PagedList).styles.height = lines

    def show(self, found: Sequence[Choice]) -> None:
        """Show what was found; nothing is said in full when nothing was."""
        super().show(found)
        if not found:
            self.query_one("#whole", StatusLine).say()

    def look_for(self, text: str) -> None:
        """The answers that match at once, then the records of the base."""
        super().look_for(text)
        self._text = text
        if self._search is not None and text.strip():
            if self._timer is not None:
                self._timer.stop()
            self._timer = self.set_timer(DELAY, self.search_now)

    def search_now(self) -> None:
        """Ask the base without waiting."""
        text, search, place, app = self._text, self._search, self._place, self.app
        desk = getattr(app, "desk", None)
        if search is None or desk is None or not text.strip():
            return

        def find(base: Any) -> list[Choice]:
            return [item for item in search(base, text) if item.key[0] == place]

        def show(found: list[Choice]) -> None:
            if self.is_attached and text == self._text:
                known = self.matching(text)
                keys = {choice.key for choice in known}
                others = [Choice(item.key[1], item.label, item.hint) for item in found]
                self.show([*known, *(item for item in others if item.key not in keys)])

        desk.read("import_search", find, show)

    def action_take(self) -> None:
        """Give the chosen one back."""
        place = self.query_one(PagedList).cursor_row
        if place < len(self.found):
            self.dismiss(self.found[place])
