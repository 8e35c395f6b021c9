"""What an import of a statement is about to do: its lines, its questions, its counts.

Everything here can be shown as it is; nothing is written by looking at it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

if TYPE_CHECKING:
    from suivi_tui.actions.statement_import.draft import Draft
    from suivi_tui.exchange.statement_files.reading import StatementReading

QuestionKey: TypeAlias = tuple[str, str]
"""Entity (``participant``, ``company``, ``obligation``) and the folded text of the file."""

PARTICIPANT, COMPANY, OBLIGATION = "participant", "company", "obligation"


class Outcome(Enum):
    """What becomes of a line."""

    NEW = "nouvelle"
    CHANGED = "modifiée"
    IDENTICAL = "identique"
    DOUBTFUL = "douteuse"
    LEFT_OUT = "écartée"

    @property
    def label(self) -> str:
        """The word that a person reads."""
        return self.value


class Candidate(NamedTuple):
    """A record that a text of the file may be; ``hint`` tells it from its homonyms."""

    id: int
    label: str
    hint: str = ""


class Answer(NamedTuple):
    """What a person said a text is: a record, a new one (``new``), or nobody (left out)."""

    found: int | None
    new: bool = False


Answers: TypeAlias = Mapping[QuestionKey, Answer]


@dataclass(frozen=True, slots=True)
class MatchQuestion:
    """A text of the file that only a person can recognise, asked once for all its lines.

    ``text`` is how the file writes it (empty when it says nothing of it).
    ``proposed`` is the likeliest candidate, never taken without an answer. ``answer`` is the one
    in force, given now or, when ``remembered``, in an earlier import of this sender; it can
    still be changed. ``may_be_new`` says that a record may be created for it.
    """

    key: QuestionKey
    sentence: str
    candidates: tuple[Candidate, ...]
    proposed: int | None
    remembered: bool
    lines: int
    answer: Answer | None = None
    may_be_new: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of the file and what becomes of it.

    ``hours`` are those of the line; ``before`` and ``after`` those of the whole hour line that
    it feeds, with other lines of the file (weeks, sites). A doubtful line is taken when it is
    ``acceptable`` and accepted; one that waits for a ``question`` is not.
    """

    outcome: Outcome
    sheet: str
    line: int
    who: str
    where: str
    month: Month | None
    before: Hours | None
    after: Hours | None
    why: str = ""
    spread: bool = False
    hours: Hours | None = None
    kind: int = 1
    acceptable: bool = False
    question: QuestionKey | None = None


@dataclass(frozen=True, slots=True)
class StatementPlan:
    """The preview of a statement; ``write_plan`` writes it.

    ``sender`` is the company whose statement it is; ``sender_proposed`` when it was recognised
    in the file rather than given, ``senders`` being those it could be. ``draft`` is what will
    be written, for ``write_plan`` alone.
    """

    name: str
    sha256: str
    sender: int | None
    sender_name: str
    sender_proposed: bool
    senders: tuple[Candidate, ...]
    reading: "StatementReading"
    questions: tuple[MatchQuestion, ...]
    lines: tuple[PlannedLine, ...]
    draft: "Draft" = field(repr=False, compare=False)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many lines of each outcome."""
        found = Counter(line.outcome for line in self.lines)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def unanswered(self) -> tuple[MatchQuestion, ...]:
        """The questions that leave lines waiting."""
        return tuple(question for question in self.questions if question.answer is None)

    @property
    def brings(self) -> int:
        """How many lines would be written as things stand."""
        counts = self.counts
        return counts[Outcome.NEW] + counts[Outcome.CHANGED]
