"""The structures that a list may speak of, by SIRET, then by name and commune."""

from collections import defaultdict

from suivi_tui.exchange.columns_structures import StructureLine
from suivi_tui.store.queries.directory import StructureKey
from suivi_tui.vocabulary.choices import CompanyKind
from suivi_tui.vocabulary.identifiers import siret_fault
from suivi_tui.vocabulary.text import fold

_ANY_KIND = ("", CompanyKind.ORDINARY.value)


class KnownStructures:
    """What the base holds, and what the file being read adds to it.

    Real lists give one SIRET to two structures of different kinds (an ETTI and an EI): the kind
    tells them apart. A company known without a kind, or as an ordinary one, may be either.
    """

    def __init__(self, rows: list[StructureKey]) -> None:
        self._by_siret: dict[str, list[StructureKey]] = defaultdict(list)
        self._by_name: dict[str, list[StructureKey]] = defaultdict(list)
        for row in rows:
            self.add(row)

    def add(self, row: StructureKey) -> None:
        """Know one more."""
        if row.siret:
            self._by_siret[row.siret].append(row)
        if row.name:
            self._by_name[fold(row.name)].append(row)

    def find(self, line: StructureLine) -> list[int]:
        """The structures that a line can be; several when nothing tells them apart."""
        if line.siret:
            same = self._by_siret.get(line.siret, [])
            if siret_fault(line.siret) is not None:
                # A wrong number is that of anybody: the name must agree.
                same = [row for row in same if fold(row.name) in self._names(line)]
            if same:
                return self._of_kind(same, line.kind)
        named = [
            row
            for name in self._names(line)
            for row in self._by_name.get(name, ())
            if _same_siret(row.siret, line.siret) and _same_place(row.commune, line.commune)
        ]
        return self._of_kind(list(dict.fromkeys(named)), line.kind)

    def other_kinds(self, line: StructureLine) -> list[str]:
        """The other kinds of structure that have the SIRET of a line."""
        same = self._by_siret.get(line.siret or "", [])
        return sorted({row.kind for row in same if row.kind not in (*_ANY_KIND, line.kind)})

    @staticmethod
    def _names(line: StructureLine) -> list[str]:
        return list(dict.fromkeys(fold(name) for name in (line.sign, line.name) if name))

    @staticmethod
    def _of_kind(rows: list[StructureKey], kind: str) -> list[int]:
        if not kind:
            return [row.company for row in rows]
        exact = [row.company for row in rows if row.kind == kind]
        return exact or [row.company for row in rows if row.kind in _ANY_KIND]


def _same_siret(known: str | None, said: str | None) -> bool:
    """Whether two SIRET may be of the same establishment: equal, or one is missing or wrong."""
    if known == said or not known or not said:
        return True
    return siret_fault(known) is not None or siret_fault(said) is not None


def _same_place(known: str, said: str) -> bool:
    return not known or not said or fold(known) == fold(said)
