"""The questions of one file: what only a person can tell, asked once, answered once a sender."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from suivi_tui.actions.statement_import.planned import (
    COMPANY,
    OBLIGATION,
    PARTICIPANT,
    Answer,
    Answers,
    Candidate,
    MatchQuestion,
    QuestionKey,
)
from suivi_tui.actions.statement_import.world import World

_SHOWN = 12
_ORDER = (PARTICIPANT, COMPANY, OBLIGATION)


class Wondered(NamedTuple):
    """A question as it comes up for one line."""

    sentence: str
    text: str
    candidates: tuple[Candidate, ...]
    proposed: int | None
    may_be_new: bool


@dataclass(slots=True)
class _Asked:
    sentence: str
    text: str
    may_be_new: bool
    candidates: dict[int, Candidate] = field(default_factory=dict)
    proposals: set[int | None] = field(default_factory=set)


class Asking:
    """Questions as lines raise them, and the answers in force.

    ``memories`` is what was answered in earlier imports of this sender, found or left out.
    """

    def __init__(
        self, world: World, answers: Answers, memories: Mapping[QuestionKey, int | None]
    ) -> None:
        self._given = answers
        self._memories = memories
        self._known: dict[str, Callable[[int], bool]] = {
            PARTICIPANT: world.people.rows.__contains__,
            COMPANY: world.companies.names.__contains__,
            OBLIGATION: world.places.rows.__contains__,
        }
        self._asked: dict[QuestionKey, _Asked] = {}

    def answer(self, key: QuestionKey) -> Answer | None:
        """The answer in force; one that names a record since removed is no answer."""
        if key in self._given:
            answer = self._given[key]
        elif key in self._memories:
            answer = Answer(self._memories[key])
        else:
            return None
        if answer.found is not None and not self._known[key[0]](answer.found):
            return None
        return answer

    def has_answer(self, key: QuestionKey) -> bool:
        """Whether a text was answered already, so that the answer goes before a mere name."""
        return self.answer(key) is not None

    def ask(self, key: QuestionKey, wondered: Callable[[], Wondered]) -> Answer | None:
        """Raise a question for a line; the answer in force."""
        said = wondered()
        asked = self._asked.get(key)
        if asked is None:
            asked = self._asked[key] = _Asked(said.sentence, said.text, said.may_be_new)
        for candidate in said.candidates:
            if len(asked.candidates) < _SHOWN:
                asked.candidates.setdefault(candidate.id, candidate)
        asked.proposals.add(said.proposed)
        return self.answer(key)

    def sentence(self, key: QuestionKey) -> str:
        """How a question is asked."""
        return self._asked[key].sentence

    def questions(self, lines: Mapping[QuestionKey, int]) -> tuple[MatchQuestion, ...]:
        """Every question raised, people first, then in the order of the file; ``lines`` counts
        those of each."""
        order = sorted(self._asked.items(), key=lambda item: _ORDER.index(item[0][0]))
        return tuple(
            MatchQuestion(
                key,
                asked.sentence,
                tuple(asked.candidates.values()),
                next(iter(asked.proposals)) if len(asked.proposals) == 1 else None,
                key not in self._given and self.has_answer(key),
                lines.get(key, 0),
                self.answer(key),
                asked.may_be_new,
                asked.text,
            )
            for key, asked in order
        )

    def learned(self) -> dict[QuestionKey, Answer]:
        """The answers given now that differ from what was remembered."""
        return {
            key: answer
            for key, answer in self._given.items()
            if key in self._asked
            and self.answer(key) is not None
            and (answer.new or key not in self._memories or self._memories[key] != answer.found)
        }
