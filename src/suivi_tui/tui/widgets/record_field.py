"""A field that names a record: one already known, found by its letters, or a new one."""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.content import Content

from suivi_tui.tui.plain import plain, shown
from suivi_tui.tui.widgets.fields import Field
from suivi_tui.vocabulary.text import clean, fold

RecordValue = int | str


class RecordField(Field[RecordValue]):
    """The id of the record whose whole name is typed, else the name of one to create.

    ``records`` are (id, name). ↑ and ↓ walk through the names that hold what was typed. Letters
    are never completed alone: « Ville » does not become « Ville de Valmont ».
    """

    def __init__(
        self, key: str, label: str, *, records: Sequence[tuple[int, str]], **options: Any
    ) -> None:
        self.records = list(records)
        self._folded = [(fold(name), number, name) for number, name in self.records]
        self._walk = ""
        super().__init__(key, label, **options)

    def parse(self, text: str) -> RecordValue:
        """The id when exactly one record has that name, else the name."""
        folded = fold(text)
        found = [number for name, number, _ in self._folded if name == folded]
        return found[0] if len(found) == 1 else clean(text)

    def matches(self, text: str) -> list[str]:
        """The names that hold ``text``, those that begin with it first."""
        folded = fold(text)
        found = [(not name.startswith(folded), real) for name, _, real in self._folded
                 if folded in name]  # fmt: skip
        return [name for _, name in sorted(found, key=lambda item: item[0])]

    def written(self, value: RecordValue) -> str:
        """The name of a record."""
        if isinstance(value, str):
            return value
        return next((name for number, name in self.records if number == value), "")

    def reading(self, value: RecordValue) -> str:
        """Known or new."""
        return "fiche connue" if isinstance(value, int) else "nouvelle fiche"

    def _read(self) -> Content:
        text = self.text.strip()
        if not text:
            return Content("")
        if isinstance(self.parse(text), int):
            return plain("→ fiche connue")
        found = self.matches(text)[:2]
        hint = f" (↑↓ : {', '.join(found)})" if found else ""
        whole = f"→ nouvelle fiche{hint}"
        return plain(whole if cell_len(whole) < 200 else "→ nouvelle fiche (↑↓)")

    def on_key(self, event: events.Key) -> None:
        """Walk through the names that hold what was typed."""
        step = {"up": -1, "down": 1}.get(event.key)
        if step is None:
            return
        names = {name for _, name in self.records}
        if self.text not in names or self.text not in self.matches(self._walk):
            self._walk = self.text
        found = self.matches(self._walk)
        if found:
            place = found.index(self.text) + step if self.text in found else 0
            self.text = shown(found[place % len(found)])
        event.stop()
