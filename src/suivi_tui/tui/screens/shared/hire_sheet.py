"""Sheets of those who hire or are hired: the papers of a hire, its eligibility notice."""

from typing import Any, NamedTuple

from suivi_tui.tui.screens.base import Result
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.letters import ask_letter
from suivi_tui.tui.screens.shared.noting import NotingScreen
from suivi_tui.tui.screens.shared.papers import ask_papers
from suivi_tui.vocabulary.choices import DocumentKind


class Hire(NamedTuple):
    """The work contract of a line, and whose it is."""

    work_contract: int
    name: str


def on_hire(screen: Any) -> bool:
    """Whether the cursor is on a hire, on a base that can be changed."""
    return editable(screen) and screen.hire_here() is not None


class HireSheetScreen(NotingScreen[Result]):
    """The sheet of a record with hires among its lines; letters are about it, or about a hire."""

    def hire_here(self) -> Hire | None:
        """The hire of the line of the cursor."""
        raise NotImplementedError

    def leave_removed(self, sentence: str) -> None:
        """The record is no longer there: say so and close the sheet."""
        self.notify_plain(sentence, "warning")
        self.go_back()

    def action_papers(self) -> None:
        """Mark a paper of the hire of the cursor."""
        hire = self.hire_here()
        if hire is not None:
            ask_papers(self, hire.work_contract, hire.name, self.reload)

    def action_letter(self) -> None:
        """An eligibility notice of the hire of the cursor, or a letter about the record."""
        hire = self.hire_here()
        if hire is not None:
            ask_letter(self, DocumentKind.ELIGIBILITY_NOTICE, ("work_contract", hire.work_contract))
        else:
            ask_letter(self, None, self.noted)
