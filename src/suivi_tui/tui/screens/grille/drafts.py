"""The half-typed cell: kept while it is typed, proposed again at return, in either view."""

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.resume import Resume
from suivi_tui.tui.screens.grille import saving
from suivi_tui.tui.widgets.cells import CellKey, Draft
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import parse_hours
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.store.drafts import Draft as KeptDraft
    from suivi_tui.tui.screens.grille.view import GridView

Place = tuple[int, str]
"""Obligation, and the name of a cell in it."""


class GridDrafts:
    """What keeps the drafts of one grid screen."""

    def __init__(self, screen: "GridView") -> None:
        self.screen = screen
        self._typing: Place | None = None
        # Cells that could not be saved: what was typed in them stays until it is saved.
        self._unsaved: set[Place] = set()

    def changed(self, draft: Draft | None) -> None:
        """Keep a half-typed cell; forget it, when nobody waits, once it was left."""
        if draft is not None:
            self._typing = self._keep((draft.row, draft.column), draft.text)
        elif self._typing is not None:
            place, self._typing = self._typing, None
            self._forget(place)

    def could_not_save(self, key: CellKey, text: str) -> None:
        """A cell whose hours could not be written: the text is proposed again at return."""
        place = self._keep(key, text)
        if place is not None:
            self._unsaved.add(place)

    def saved(self, key: CellKey) -> None:
        """A cell was written: what could not be saved there before has no use any more."""
        place = self._place(key)
        if place in self._unsaved:
            self._unsaved.discard(place)
            self._forget(place)

    def _place(self, key: CellKey) -> Place | None:
        row = self.screen.grid.rows.get(key[0])
        return (row.obligation, row_text(*key)) if row is not None else None

    def _keep(self, key: CellKey, text: str) -> Place | None:
        place = self._place(key)
        if place is None or self.screen.suivi.read_only:
            return None
        now = self.screen.suivi.clock()
        self.screen.desk.write(lambda base: saving.keep(base, *place, text, now))
        return place

    def _forget(self, place: Place) -> None:
        """After the cell itself is saved, so that a cut loses nothing."""

        def drop(base: Any) -> None:
            if place not in self._unsaved:
                saving.drop(base, *place)

        self.screen.desk.when_idle(drop)

    def propose(self) -> None:
        """Ask whether to take the half-typed cell of last time back."""
        entry = self.screen.entry
        if entry is not None and not self.screen.suivi.read_only:
            shown = list(entry.grid.obligations)
            self.screen.read("draft", lambda base: _latest(base, shown), self._ask)

    def _ask(self, found: "list[tuple[int, KeptDraft]]") -> None:
        grid = self.screen.grid
        for obligation, kept in found:
            draft, place = draft_of(kept.row, kept.content), (obligation, kept.row)
            if draft is None or self._saved(draft):
                self._forget(place)
            elif grid.editing or (self.screen.sender is not None and draft.row not in grid.rows):
                # Somebody else's in the view of a sender: proposed where it can be seen.
                continue
            else:
                self._propose(place, draft, kept.saved_at)
                return

    def _propose(self, place: Place, draft: Draft, saved_at: str) -> None:
        grid = self.screen.grid
        self._typing = place

        def answered(yes: bool | None) -> None:
            if yes is None:
                self._typing = None
            elif not yes:
                self.changed(None)
            elif not grid.restore_draft(draft):
                self._typing = None
                self.screen.notify_plain(
                    "Cette case n'est plus affichée : touche p pour tout montrer.", "warning"
                )

        line = next((line.label for line in grid.lines if line.key == draft.row), "une personne")
        self.screen.suivi.push_screen(Resume(saved_at, f"{line}{NBSP}: {draft.text}"), answered)

    def _saved(self, draft: Draft) -> bool:
        """Whether the cell already holds what the draft says."""
        cell = self.screen.grid.cell(draft.row, draft.column)
        try:
            return cell.hours is not None and parse_hours(draft.text) == cell.hours
        except UserError:
            return False


def _latest(base: Any, obligations: list[int]) -> "list[tuple[int, KeptDraft]]":
    """The drafts of some obligations, the latest first."""
    from suivi_tui.store.drafts import drafts_of

    found = [
        (obligation, draft)
        for obligation in obligations
        for draft in drafts_of(base, saving.draft_place(obligation))
    ]
    return sorted(found, key=lambda item: item[1].saved_at, reverse=True)


def row_text(row: Hashable, column: Hashable) -> str:
    """How a draft names its cell: ``placement/kind/month``."""
    return "/".join(str(number) for number in saving.cell_numbers(row, column))


def draft_of(row: str, text: str) -> Draft | None:
    """The half-typed cell that a kept draft names; None when it names none."""
    parts = row.split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    placement, kind, month = (int(part) for part in parts)
    return Draft((placement, kind), month, text)
