"""The half-typed cell: kept while it is typed, proposed again at return."""

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


class GridDrafts:
    """What keeps the draft of one grid screen."""

    def __init__(self, screen: "GridView") -> None:
        self.screen = screen
        self._kept = False

    def changed(self, draft: Draft | None) -> None:
        """Keep a half-typed cell; forget it, when nobody waits, once it was left."""
        if draft is None:
            self.forget()
        else:
            self.keep_text((draft.row, draft.column), draft.text)

    def keep_text(self, key: CellKey, text: str) -> None:
        """Keep a text for a cell."""
        if self.screen.suivi.read_only:
            return
        self._kept = True
        obligation, now = self.screen.obligation, self.screen.suivi.clock()
        row = row_text(*key)
        self.screen.desk.write(lambda base: saving.keep(base, obligation, row, text, now))

    def forget(self) -> None:
        """Forget what was kept; after the cell itself is saved, so that a cut loses nothing."""
        if self._kept:
            self._kept = False
            obligation = self.screen.obligation
            self.screen.desk.when_idle(lambda base: saving.drop(base, obligation))

    def propose(self) -> None:
        """Ask whether to take the half-typed cell of last time back."""
        obligation = self.screen.obligation
        if not self.screen.suivi.read_only:
            self.screen.read("draft", lambda base: _latest(base, obligation), self._ask)

    def _ask(self, kept: "KeptDraft | None") -> None:
        if kept is None:
            return
        self._kept = True
        draft = draft_of(kept.row, kept.content)
        if draft is None or self._saved(draft) or self.screen.grid.editing:
            self.forget()
            return

        def answered(yes: bool | None) -> None:
            if yes is None:
                self._kept = False
            elif not yes:
                self.forget()
            elif not self.screen.grid.restore_draft(draft):
                self.screen.notify_plain(
                    "Cette case n'est plus affichée : touche p pour voir toute la durée.", "warning"
                )

        line = next(
            (line.label for line in self.screen.grid.lines if line.key == draft.row), "une personne"
        )
        question = Resume(kept.saved_at, f"{line}{NBSP}: {draft.text}")
        self.screen.suivi.push_screen(question, answered)

    def _saved(self, draft: Draft) -> bool:
        """Whether the cell already holds what the draft says."""
        cell = self.screen.grid.cell(draft.row, draft.column)
        try:
            return cell.hours is not None and parse_hours(draft.text) == cell.hours
        except UserError:
            return False


def _latest(base: Any, obligation: int) -> "KeptDraft | None":
    from suivi_tui.store.drafts import drafts_of

    found = drafts_of(base, saving.draft_place(obligation))
    return found[0] if found else None


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
