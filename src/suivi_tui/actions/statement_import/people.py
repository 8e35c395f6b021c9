"""The people that a statement may speak of: by reference, by name and birth, else by likeness."""

from collections import defaultdict
from typing import NamedTuple

from suivi_tui.actions.statement_import.likeness import alike, resemble
from suivi_tui.actions.statement_import.planned import Candidate
from suivi_tui.actions.statement_import.texts import name_key, shown_day
from suivi_tui.store.queries import matching
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.text import fold

HOMONYMS = "homonymes"


class Recognised(NamedTuple):
    """Who a name is when that is sure (``found``), else who it may be and why it is asked.

    ``by_name`` says that nothing but the name told: an answer given once goes before it.
    """

    found: int | None
    candidates: tuple[int, ...] = ()
    proposed: int | None = None
    reason: str = ""
    by_name: bool = False


class People:
    """Everyone in the base, recognised without a query a line."""

    def __init__(self, connection: Connection) -> None:
        self.rows: dict[int, matching.ParticipantKey] = {}
        self._by_reference: dict[str, list[int]] = defaultdict(list)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._keys: dict[int, str] = {}
        for person in matching.participants(connection):
            self.rows[person.id] = person
            if person.reference:
                self._by_reference[fold(person.reference)].append(person.id)
            key = name_key(f"{person.last} {person.first}")
            if key:
                self._keys[person.id] = key
                self._by_key[key].append(person.id)
                for word in set(key.split()):
                    self._by_word[word].append(person.id)

    def name(self, row: int) -> str:
        """The name of a person as the base writes it."""
        person = self.rows[row]
        return f"{person.last} {person.first}".strip() or person.reference

    def candidate(self, row: int, hint: str) -> Candidate:
        """A person as a question shows them."""
        person = self.rows[row]
        born = f"né(e) le {shown_day(person.birth)}" if person.birth else ""
        told = (born, person.reference, hint)
        return Candidate(row, self.name(row), " · ".join(part for part in told if part))

    def known(self, name: str, birth: str | None, reference: str) -> int | None:
        """Who a line speaks of when that is sure, likeness not being looked at."""
        key = name_key(name)
        found = self._referenced(reference, key)
        same = self._by_key.get(key, []) if key else []
        return found if found is not None else same[0] if len(same) == 1 else None

    def recognise(self, name: str, birth: str | None, reference: str) -> Recognised:
        """Who a line speaks of."""
        key = name_key(name)
        if (referenced := self._referenced(reference, key)) is not None:
            return Recognised(referenced)
        same = self._by_key.get(key, []) if key else []
        if not same:
            near = alike(key, self._keys, self._by_word) if key else None
            rows, best = near or ((), None)
            return Recognised(None, rows, best, "inconnue")
        if birth is None:
            if len(same) == 1:
                return Recognised(same[0], by_name=True)
            return Recognised(None, tuple(same), None, HOMONYMS)
        born = [row for row in same if self.rows[row].birth == birth]
        if len(born) == 1:
            return Recognised(born[0])
        if not born and len(same) == 1 and self.rows[same[0]].birth is None:
            return Recognised(same[0], by_name=True)
        return Recognised(None, tuple(born or same), None, HOMONYMS if born else "naissance")

    def _referenced(self, reference: str, key: str) -> int | None:
        """The person of a reference, unless the name says that it is somebody else's: senders
        have numbers of their own."""
        if not reference:
            return None
        found = self._by_reference.get(fold(reference), [])
        if not found and reference.isascii() and reference.isdigit():
            found = [int(reference)] if int(reference) in self.rows else []
        if key:
            exact = [row for row in found if self._keys.get(row) == key]
            found = exact or [row for row in found if resemble(key, self._keys.get(row, ""))]
        return found[0] if len(found) == 1 else None
