"""« Aller à… »: any record by a few letters, searched in the base."""

from collections.abc import Callable, Sequence
from typing import Any

from textual.timer import Timer

from suivi_tui.tui.dialogs.choose import Choice, Choose

DELAY = 0.12


class GoTo(Choose):
    """The key of the record chosen; ``search(base, text)`` runs in the thread of the base."""

    placeholder = "Nom, numéro, SIRET…"

    def __init__(
        self, search: Callable[[Any, str], Sequence[Choice]], title: str = "Aller à…"
    ) -> None:
        super().__init__(title)
        self._search = search
        self._timer: Timer | None = None
        self._text = ""

    def look_for(self, text: str) -> None:
        """Ask the base once the fingers rest; an answer to older letters is dropped."""
        self._text = text
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DELAY, self.search_now)

    def search_now(self) -> None:
        """Ask the base without waiting."""
        text, search, app = self._text, self._search, self.app
        desk = getattr(app, "desk", None)
        if not text.strip():
            self.show([])
        elif desk is not None:
            desk.read("go_to", lambda base: search(base, text), self._show_if_here)

    def _show_if_here(self, found: Sequence[Choice]) -> None:
        if self.is_attached:
            self.show(found)
