"""Who a line speaks of, and who employs them: sure, answered, or asked."""

from typing import NamedTuple

from suivi_tui.actions.reconcile import quoted
from suivi_tui.actions.statement_import.asking import Asking, Wondered
from suivi_tui.actions.statement_import.births import Births
from suivi_tui.actions.statement_import.people import HOMONYMS, Recognised
from suivi_tui.actions.statement_import.planned import COMPANY, PARTICIPANT, QuestionKey
from suivi_tui.actions.statement_import.texts import memory_text, name_key, shown_day, split_name
from suivi_tui.actions.statement_import.world import World
from suivi_tui.exchange.statement_files.declared import DeclaredLine
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean

NEW = "new"


class Told(NamedTuple):
    """A record of the base or one to make, when known; else the question it waits for, or why
    the line is left out."""

    row: int | None
    question: QuestionKey | None = None
    left_out: str = ""
    asked: QuestionKey | None = None


class Who:
    """The people and employers of the lines of one file, each looked for once."""

    def __init__(self, world: World, asking: Asking, births: Births, sender: int | None) -> None:
        self._world, self._asking, self._births = world, asking, births
        self._sender = sender
        self._recognised: dict[tuple[str, str | None, str], Recognised] = {}
        self._people: dict[tuple[str, str | None, str], Told] = {}
        self._employers: dict[tuple[str, str | None], Told] = {}

    def person(self, line: DeclaredLine) -> Told:
        """The person of a line."""
        key = (line.person, line.birth, line.reference)
        told = self._people.get(key)
        if told is None:
            told = self._people[key] = self._person(line)
        return told

    def homonyms(self, line: DeclaredLine) -> tuple[int, ...]:
        """The people of the base whom a line may speak of, being called the same; none when it
        tells which, or when a person told it before."""
        found = self._looked_for(line)
        if found.reason != HOMONYMS or self._asking.has_answer(_person_key(line)):
            return ()
        return found.candidates

    def by_name_alone(self, line: DeclaredLine) -> bool:
        """Whether nothing but their name tells who the person of a line is."""
        return self._looked_for(line).by_name and not self._asking.has_answer(_person_key(line))

    def _looked_for(self, line: DeclaredLine) -> Recognised:
        key = (line.person, line.birth, line.reference)
        found = self._recognised.get(key)
        if found is None:
            found = self._recognised[key] = self._world.people.recognise(*key)
        return found

    def employer(self, line: DeclaredLine) -> Told:
        """The employer that a line names; no row when it names none."""
        key = (line.employer, line.employer_siret)
        told = self._employers.get(key)
        if told is None:
            told = self._employers[key] = self._employer(line)
        return told

    def name(self, row: int) -> str:
        """The name of a person, in the base or about to be."""
        if row in self._world.people.rows:
            return self._world.people.name(row)
        values = self._births.values("participant", row) or {}
        return f"{values.get('last', '')} {values.get('first', '')}".strip()

    def _person(self, line: DeclaredLine) -> Told:
        if not line.person and not line.reference:
            return Told(None, left_out="la ligne ne nomme personne")
        found = self._looked_for(line)
        key = _person_key(line)
        if found.found is not None and not (found.by_name and self._asking.has_answer(key)):
            return Told(found.found)
        if _introduced(line, found) and not self._asking.has_answer(key):
            row = self._births.once((NEW, *key), "participant", lambda: _newcomer(line))
            return Told(row)
        answer = self._asking.ask(key, lambda: self._wondered_person(line, found))
        if answer is None:
            return Told(None, question=key, asked=key)
        if answer.new:
            row = self._births.once((NEW, *key), "participant", lambda: _newcomer(line))
            return Told(row, asked=key)
        if answer.found is None:
            who = quoted(line.person or line.reference)
            return Told(None, left_out=f"{who} est à écarter, selon votre réponse", asked=key)
        return Told(answer.found, asked=key)

    def _wondered_person(self, line: DeclaredLine, found: Recognised) -> Wondered:
        who = quoted(line.person or line.reference)
        rows = found.candidates or (() if found.found is None else (found.found,))
        born = f", né(e) le {shown_day(line.birth)}" if line.birth else ""
        sentence = {
            HOMONYMS: f"{len(rows)} personnes s'appellent {who}{born}{NBSP}: laquelle{NBSP}?",
            "naissance": f"{who}{born}{NBSP}: la base a une autre date de naissance. "
            f"Est-ce la même personne{NBSP}?",
            "": f"Qui est {who}{born}{NBSP}?",
        }.get(found.reason, f"{who}{born} n'est pas dans la base{NBSP}: qui est-ce{NBSP}?")
        return Wondered(
            sentence,
            line.person or line.reference,
            tuple(self._world.people.candidate(row, self._works(row)) for row in rows),
            found.proposed,
            bool(line.person),
        )

    def _works(self, person: int) -> str:
        """Who employed a person last, which tells homonyms apart."""
        employers = [row.employer for row in self._world.work.get(person, ()) if row.employer]
        if self._sender in employers:
            return self._world.companies.names[self._sender] if self._sender else ""
        return self._world.companies.names.get(employers[-1], "") if employers else ""

    def _employer(self, line: DeclaredLine) -> Told:
        if not line.employer and not line.employer_siret:
            return Told(None)
        companies = self._world.companies
        found = companies.find(line.employer, line.employer_siret)
        if len(found) == 1:
            return Told(found[0])
        if self._sender in found:
            return Told(self._sender)
        key = (COMPANY, memory_text((line.employer, line.employer_siret)))
        answer = self._asking.ask(key, lambda: self._wondered_employer(line, found))
        if answer is None:
            return Told(None, question=key, asked=key)
        if answer.new:
            values = {
                "name": line.employer or f"SIRET {line.employer_siret}",
                "siret": line.employer_siret,
            }
            return Told(self._births.once((NEW, *key), "company", lambda: values), asked=key)
        if answer.found is None:
            who = quoted(line.employer or line.employer_siret or "")
            return Told(None, left_out=f"{who} est à écarter, selon votre réponse", asked=key)
        return Told(answer.found, asked=key)

    def _wondered_employer(self, line: DeclaredLine, found: list[int]) -> Wondered:
        who = quoted(line.employer or line.employer_siret or "")
        rows, best = tuple(found), None
        if not rows and line.employer:
            rows, best = self._world.companies.near(line.employer)
        if self._sender is not None and self._sender not in rows:
            rows = (*rows, self._sender)
        sentence = (
            f"{len(found)} fiches répondent à l'employeur {who}{NBSP}: laquelle{NBSP}?"
            if found
            else f"L'employeur {who} n'est pas dans la base{NBSP}: qui est-ce{NBSP}?"
        )
        candidates = tuple(self._world.companies.candidate(row) for row in rows)
        text = line.employer or line.employer_siret or ""
        return Wondered(sentence, text, candidates, best, True)


def _person_key(line: DeclaredLine) -> QuestionKey:
    text = memory_text((name_key(line.person), line.birth, line.reference))
    return PARTICIPANT, text


def _introduced(line: DeclaredLine, found: Recognised) -> bool:
    """Whether one of our forms introduces someone that nobody in the base resembles: the sender
    gave their name and birth and chose their lot in our list."""
    nobody = found.found is None and not found.candidates
    return nobody and line.obligation is not None and bool(line.person and line.birth)


def _newcomer(line: DeclaredLine) -> dict[str, str | int | None]:
    """What a line tells of someone that the base does not know; a number of the sender's own is
    no reference of ours."""
    last, first = split_name(line.person)
    return {"last": clean(last), "first": clean(first), "birth": line.birth}
