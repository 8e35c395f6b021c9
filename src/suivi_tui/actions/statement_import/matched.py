"""What a line of a statement was recognised as, or why it was not."""

from dataclasses import dataclass

from suivi_tui.actions.statement_import.births import BirthName
from suivi_tui.actions.statement_import.planned import QuestionKey


@dataclass(frozen=True, slots=True)
class Match:
    """Where the hours of a line go.

    ``employer`` is the company that declares them. ``doubt`` says why a person should look
    before they come in, ``note`` what will be made for them; ``needs`` are records to make.
    """

    participant: int
    obligation: int
    placement: int
    employer: int | None
    who: str
    where: str
    doubt: str = ""
    note: str = ""
    needs: tuple[BirthName, ...] = ()
    asked: tuple[QuestionKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A line that waits for an answer (``question``), or that is left out."""

    why: str
    who: str
    where: str
    question: QuestionKey | None = None
    asked: tuple[QuestionKey, ...] = ()
