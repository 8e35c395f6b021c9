"""A person by a few letters of their name; the last line stands for whoever is not in the base."""

from collections.abc import Sequence
from typing import Any, Final

from suivi_tui.tui.dialogs.choose import Choice
from suivi_tui.tui.dialogs.go_to import GoTo
from suivi_tui.tui.plain import shown
from suivi_tui.tui.screens.shared.texts import day

NEW: Final = "new"
KNOWN: Final = "known"


class FindPerson(GoTo):
    """(KNOWN, id of a participant), (NEW, the letters typed), or None."""

    placeholder = "Nom du participant…"
    searching = False
    take_when_found = False

    def __init__(self, title: str) -> None:
        super().__init__(search_people, title)

    def otherwise(self, typed: str) -> str:
        """What the last line says, given the letters typed."""
        raise NotImplementedError

    def look_for(self, text: str) -> None:
        """Ask the base once the fingers rest."""
        self.searching = True
        super().look_for(text)

    def show(self, found: Sequence[Choice]) -> None:
        """What was found, then the last line."""
        text = shown(self._text.strip())
        super().show([*found, Choice((NEW, text), self.otherwise(text))])
        self.searching = False
        if self.take_when_found:
            self.take_when_found = False
            self.action_take()

    def action_take(self) -> None:
        """Enter typed before the answer takes the answer, not what was shown before."""
        if self.searching:
            self.take_when_found = True
            self.search_now()
        else:
            super().action_take()


def search_people(base: Any, text: str) -> list[Choice]:
    """People whose name begins with the letters typed."""
    from suivi_tui.store.queries.paging import Page
    from suivi_tui.store.queries.people import participants_page

    return [
        Choice(
            (KNOWN, row.participant),
            f"{row.last} {row.first}".strip() or row.reference,
            " ".join(part for part in (day(row.birth), row.commune) if part),
        )
        for row in participants_page(base.connection, Page(50), filter=text)
    ]
