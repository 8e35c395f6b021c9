"""The companies that a statement may name: its sender, employers, holders of obligations."""

from collections import defaultdict

from suivi_tui.actions.reconcile import Identities
from suivi_tui.actions.statement_import.likeness import Alike, alike
from suivi_tui.actions.statement_import.planned import Candidate
from suivi_tui.actions.statement_import.texts import company_key, words
from suivi_tui.store.queries import entry, statement_places
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import CompanyKind
from suivi_tui.vocabulary.identifiers import clean_siret, siret_fault
from suivi_tui.vocabulary.text import fold

_SHORTEST_NAME = 4
_KINDS = {
    fold(kind.value): kind.value
    for kind in CompanyKind
    if kind not in (CompanyKind.ORDINARY, CompanyKind.OTHER)
}


class Companies:
    """Every company of the base, by SIRET or by name, its legal form aside."""

    def __init__(self, connection: Connection) -> None:
        listed = entry.identities(connection, "company")
        self.names = {row: name for row, name, _ in listed}
        self.sirets = {row: siret for row, _, siret in listed}
        self._kinds = statement_places.company_kinds(connection)
        self._identities = Identities(listed)
        self._keys = {row: company_key(name) for row, name, _ in listed if name}
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for row, key in self._keys.items():
            self._by_key[key].append(row)
            for word in key.split():
                self._by_word[word].append(row)

    def find(self, name: str, siret: str | None) -> list[int]:
        """The companies that these are; several when nothing tells them apart."""
        found = self._identities.find(name, siret)
        if found or siret or not name:
            return found
        return self._by_key.get(company_key(name), []) or self._called(words(name))

    def _called(self, said: list[str]) -> list[int]:
        """The companies that a file names with the kind of structure they are before their name
        (``ETTI Passerelle``): it must be theirs."""
        bare = [word for word in said if word not in _KINDS and word != "agence"]
        kinds = {_KINDS[word] for word in said if word in _KINDS}
        found = self._by_key.get(company_key(" ".join(bare)), []) if bare else []
        return [row for row in found if not kinds or self._kinds.get(row) in ("", *kinds)]

    def near(self, name: str) -> Alike:
        """The companies whose name resembles this one."""
        return alike(company_key(name), self._keys, self._by_word)

    def candidate(self, row: int) -> Candidate:
        """A company as a question shows it."""
        siret = self.sirets.get(row)
        return Candidate(row, self.names[row], f"SIRET {siret}" if siret else "")

    def named_within(self, text: str) -> set[int]:
        """The companies whose SIRET or whole name stands in a text."""
        found: set[int] = set()
        digits = "".join(char if char.isdigit() else " " for char in text)
        packed = digits.replace(" ", "")
        said = f" {company_key(text)} "
        for row, key in self._keys.items():
            siret = self.sirets.get(row)
            numbered = siret and siret in packed and siret_fault(clean_siret(siret)) is None
            if numbered or (len(key) >= _SHORTEST_NAME and f" {key} " in said):
                found.add(row)
        # «Alpha» is not named by a text that says «Alpha Services».
        return {
            row
            for row in found
            if not any(
                self._keys.get(row) != self._keys.get(other)
                and f" {self._keys.get(row)} " in f" {self._keys.get(other)} "
                for other in found
            )
        }
