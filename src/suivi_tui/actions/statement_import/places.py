"""Where a line says that hours were worked: the obligations that its words may name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from suivi_tui.actions.statement_import.planned import Candidate
from suivi_tui.actions.statement_import.texts import (
    compact,
    company_key,
    lot_key,
    lot_within,
    place_words,
    words,
)
from suivi_tui.store.queries.obligations import ObligationRow
from suivi_tui.vocabulary.text import fold

_SHORTEST_NUMBER = 4
_IS_A_MONTH = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])(?:19|20)\d\d")


class PlaceText(NamedTuple):
    """What a line says of the place, as found in the file."""

    contract: str
    lot: str
    company: str
    company_siret: str | None
    site: str

    @property
    def said(self) -> bool:
        """Whether the line says anything."""
        return any(self)

    @property
    def shown(self) -> str:
        """The whole on one line."""
        lot = f"lot {self.lot}" if self.lot and not fold(self.lot).startswith("lot") else self.lot
        parts = (self.contract, lot, self.company or self.company_siret, self.site)
        return " · ".join(part for part in parts if part)


class Named(NamedTuple):
    """The obligations that a text may name.

    ``exact``: the text names them (number, name of the operation), so that one alone is sure.
    Otherwise they share its words: a placement of the person must confirm. ``against`` says
    that a part of the text contradicts another: nothing but a person can decide.
    """

    rows: tuple[int, ...] = ()
    exact: bool = False
    against: bool = False


class Places:
    """The obligations of the contracts taken up, by number, names and words."""

    def __init__(self, rows: Iterable[ObligationRow], on_lots: Mapping[int, set[int]]) -> None:
        self.rows = {row.obligation: row for row in rows}
        self._on_lots = on_lots
        self._by_number: dict[str, set[int]] = defaultdict(set)
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._words: dict[int, frozenset[str]] = {}
        self._numbers: dict[str, re.Pattern[str]] = {}
        self._months: dict[str, re.Pattern[str]] = {}
        for row in self.rows.values():
            self._add(row)

    def label(self, obligation: int) -> str:
        """An obligation on one line: contract, lot, holder."""
        row = self.rows[obligation]
        lot = f" lot {row.lot_number}" if row.lot_number not in ("", "0") else ""
        return f"{row.number or row.object}{lot} · {row.company_name}"

    def candidate(self, obligation: int, hint: str = "") -> Candidate:
        """An obligation as a question shows it."""
        row = self.rows[obligation]
        told = (row.operation_name or row.object, row.lot_title, hint)
        return Candidate(
            obligation, self.label(obligation), " · ".join(part for part in told if part)
        )

    def named(self, text: PlaceText, companies: frozenset[int]) -> Named:
        """What a line names; ``companies`` are those that its holder's name is sure to be."""
        found, against = self._by_texts(text)
        exact = found is not None
        lot = text.lot or (lot_within(f"{text.contract} {text.site}") if found else "")
        if found and lot:
            narrowed = {row for row in found if self._is_lot(row, lot)}
            against = against or not narrowed
            found = narrowed or found
        if companies:
            owing = self._owed_by(companies, found)
            if found is None:
                # A holder may have work of which nothing is followed here: not exact alone.
                found, against = self._at_site(owing, text)
            else:
                against = against or not owing
                found = owing or found
        elif text.company and found and not self._may_be_of(found, text.company):
            against = True
        if found is None:
            found = self._sharing(text)
        return Named(tuple(sorted(found)), exact, against)

    def _by_texts(self, text: PlaceText) -> tuple[set[int] | None, bool]:
        """What the number of the contract and the site say, and whether they disagree."""
        found: set[int] | None = None
        against = False
        number = self._numbered(text.contract) if text.contract else None
        if number:
            found = set(number)
        for free in (text.contract if not number else "", text.site):
            told = self._by_free_text(free) if free else None
            if told is None:
                continue
            both = told if found is None else found & told
            against = against or not both
            found = both or found
        return found, against

    def _numbered(self, text: str) -> set[int] | None:
        """The obligations of the number that a column of numbers holds, alone or in a text."""
        return self._by_number.get(compact(text)) or self._within(text, self._months)

    def _by_free_text(self, text: str) -> set[int] | None:
        return self._by_name.get(" ".join(words(text))) or self._within(text, {})

    def _within(self, text: str, more: Mapping[str, re.Pattern[str]]) -> set[int] | None:
        numbered: set[int] = set()
        folded = fold(text)
        for number, pattern in (*self._numbers.items(), *more.items()):
            if pattern.search(folded):
                numbered |= self._by_number[number]
        return numbered or None

    def _sharing(self, text: PlaceText) -> set[int]:
        """The obligations that hold every word of the text that matters."""
        wanted = place_words(f"{text.contract} {text.site} {company_key(text.company)}")
        if text.lot and not text.lot.isdigit():
            wanted |= place_words(text.lot)
        if not wanted:
            return set()
        found = {row for row, known in self._words.items() if wanted <= known}
        if text.lot:
            found = {row for row in found if self._is_lot(row, text.lot)} or found
        return found

    def _at_site(self, owed: set[int], text: PlaceText) -> tuple[set[int] | None, bool]:
        """What a holder owes at the site named; a site that says nothing known leaves a doubt."""
        lot, site = text.lot, place_words(f"{text.contract} {text.site}")
        here = {row for row in owed if site <= self._words[row]}
        if lot:
            here = {row for row in here if self._is_lot(row, lot)}
        return (here or owed) or None, bool(owed) and not here

    def _owed_by(self, companies: frozenset[int], among: set[int] | None) -> set[int]:
        candidates = self.rows.keys() if among is None else among
        held = {row for row in candidates if self.rows[row].company in companies}
        if held:
            return held
        return {
            row
            for row in candidates
            if companies & self._on_lots.get(self.rows[row].lot, frozenset())
        }

    def _is_lot(self, obligation: int, lot: str) -> bool:
        row = self.rows[obligation]
        if lot_key(row.lot_number) == lot_key(lot):
            return True
        named = lot_within(lot)
        if named and lot_key(row.lot_number) == lot_key(named):
            return True
        title = place_words(row.lot_title)
        wanted = place_words(lot)
        return bool(wanted) and bool(title) and wanted <= title and not lot.isdigit()

    def _may_be_of(self, found: set[int], company: str) -> bool:
        wanted = set(company_key(company).split())
        return any(wanted & set(company_key(self.rows[row].company_name).split()) for row in found)

    def _add(self, row: ObligationRow) -> None:
        number = compact(row.number)
        if number:
            self._by_number[number].add(row.obligation)
            if len(number) >= _SHORTEST_NUMBER:
                spaced = r"[\W_]*".join(map(re.escape, words(row.number)))
                # A number such as 2026-03 in a free text is most often a month.
                kept = self._months if _IS_A_MONTH.fullmatch(number) else self._numbers
                kept[number] = re.compile(rf"(?<![a-z0-9]){spaced}(?![a-z0-9])")
        for name in (row.object, row.operation_name, f"{row.number} {row.object}"):
            # One word alone, such as «Nettoyage», is no name of a place.
            if len(place_words(name)) > 1:
                self._by_name[" ".join(words(name))].add(row.obligation)
        told = f"{row.number} {row.object} {row.operation_name} {row.lot_title} {row.buyer_name}"
        self._words[row.obligation] = place_words(told) | place_words(company_key(row.company_name))
