"""The people that an import may speak of, by reference or by name."""

from collections import defaultdict

from suivi_tui.store.queries import matching
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.text import fold


class KnownPeople:
    """What the base holds, and what the file being read adds to it."""

    def __init__(self, connection: Connection) -> None:
        self._by_reference: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_full_name: dict[str, list[int]] = defaultdict(list)
        self._births: dict[int, str | None] = {}
        self._references: dict[int, str] = {}
        for person in matching.participants(connection):
            self.add(person)

    def add(self, person: matching.ParticipantKey) -> None:
        """Know one more person."""
        row, reference, last, first, birth = person
        if reference:
            self._by_reference[fold(reference)].append(row)
        if last or first:
            self._by_name[fold(last), fold(first)].append(row)
            for full in {fold(f"{last} {first}"), fold(f"{first} {last}")}:
                self._by_full_name[full].append(row)
        self._births[row], self._references[row] = birth, fold(reference)

    def learn(self, row: int, reference: str, birth: str | None) -> None:
        """Recognise a person by what a file gave."""
        if reference and not self._references[row]:
            self._by_reference[fold(reference)].append(row)
            self._references[row] = fold(reference)
        self._births[row] = self._births[row] or birth

    def referenced(self, reference: str) -> list[int]:
        """The people of this reference; our exports give its id to who has none of their own."""
        if found := self._by_reference.get(fold(reference)) if reference else None:
            return found
        return [int(reference)] if self._is_id(reference) else []

    def called(self, full_name: str) -> list[int]:
        """The people of this name, in either order."""
        return self._by_full_name.get(fold(full_name), [])

    def named(self, last: str, first: str, reference: str) -> list[int]:
        """The people of this name; with a reference, those that have no other."""
        rows = self._by_name.get((fold(last), fold(first)), [])
        folded = fold(reference)
        return [row for row in rows if not folded or self._references[row] in ("", folded)]

    def born(self, rows: list[int], birth: str | None) -> list[int]:
        """Those of some people who were born on a day, or of whom that alone is not known."""
        if birth is None:
            return rows
        same = [row for row in rows if self._births[row] == birth]
        if same or len(rows) != 1:
            return same
        return [row for row in rows if self._births[row] is None]

    def birth(self, row: int) -> str | None:
        """When a person was born, as far as known."""
        return self._births[row]

    def _is_id(self, reference: str) -> bool:
        return reference.isascii() and reference.isdigit() and int(reference) in self._births
