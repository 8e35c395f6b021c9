"""On which obligation the hours of a person count: named, told by their placement, or asked."""

from suivi_tui.actions.reconcile import quoted
from suivi_tui.actions.statement_import.asking import Asking, Wondered
from suivi_tui.actions.statement_import.places import Named, PlaceText
from suivi_tui.actions.statement_import.planned import OBLIGATION, Candidate
from suivi_tui.actions.statement_import.texts import memory_text, name_key
from suivi_tui.actions.statement_import.who import Told
from suivi_tui.actions.statement_import.world import World, active
from suivi_tui.exchange.statement_files.declared import DeclaredLine
from suivi_tui.store.queries.statement_places import PlacedRow
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.numbers import NBSP


class Where:
    """The obligations of the lines of one file."""

    def __init__(self, world: World, asking: Asking, sender: int | None) -> None:
        self._world, self._asking, self._sender = world, asking, sender
        self._named: dict[PlaceText, Named] = {}

    def obligation(self, line: DeclaredLine, person: int, employer: int | None) -> Told:
        """The obligation of a line; ``employer`` is the one that the line names, if it does."""
        if line.obligation is not None and line.obligation in self._world.places.rows:
            return Told(line.obligation)
        text = place_text(line)
        mine = {row.obligation for row in self.placements(person, employer, line.month)}
        named = self.named(text)
        sure = self._sure(text, named, mine, employer)
        if sure is not None:
            return Told(sure)
        possible = tuple(row for row in named.rows if row in mine) or named.rows
        torn = len(mine.intersection(possible) if possible else mine) > 1
        key = (
            OBLIGATION,
            memory_text((name_key(line.person) if torn else "", *text)),
        )
        answer = self._asking.ask(key, lambda: self._wondered(line, text, named, mine, torn))
        if answer is None:
            return Told(None, question=key, asked=key)
        if answer.found is None:
            where = quoted(text.shown) if text.said else "sans lieu"
            return Told(None, left_out=f"{where} est à écarter, selon votre réponse", asked=key)
        return Told(answer.found, asked=key)

    def placed_here(self, line: DeclaredLine, person: int, employer: int | None) -> bool:
        """Whether the employer named, or else the sender itself, employs a person this month
        where the line says."""
        company = employer if employer is not None else self._sender
        text = place_text(line)
        named = self.named(text)
        if company is None or named.against:
            return False
        return any(
            row.employer == company
            and active(row.first, row.last, line.month)
            and (not text.said or row.obligation in named.rows)
            for row in self._world.placed.get(person, ())
        )

    def named(self, text: PlaceText) -> Named:
        """What a line names, looked for once a text."""
        found = self._named.get(text)
        if found is None:
            companies = (
                self._world.companies.find(text.company, text.company_siret)
                if text.company or text.company_siret
                else []
            )
            found = self._world.places.named(text, frozenset(companies))
            self._named[text] = found
        return found

    def placements(self, person: int, employer: int | None, month: Month) -> list[PlacedRow]:
        """Where a person works in a month, for the employer named, else for the sender."""
        placed = [
            row for row in self._world.placed.get(person, ()) if active(row.first, row.last, month)
        ]
        if employer is not None:
            return [row for row in placed if row.employer in (employer, None)]
        if self._sender is None:
            return placed
        own = [row for row in placed if row.employer in (self._sender, None)]
        held = self._world.holding.get(self._sender, set())
        return own or [row for row in placed if row.obligation in held]

    def _sure(
        self, text: PlaceText, named: Named, mine: set[int], employer: int | None
    ) -> int | None:
        if named.against:
            return None
        if named.exact and len(named.rows) == 1:
            return named.rows[0]
        confirmed = mine.intersection(named.rows)
        if text.said:
            return next(iter(confirmed)) if len(confirmed) == 1 else None
        known = employer is not None or self._sender is not None
        return next(iter(mine)) if known and len(mine) == 1 else None

    def _wondered(
        self, line: DeclaredLine, text: PlaceText, named: Named, mine: set[int], torn: bool
    ) -> Wondered:
        month = line.month
        rows = named.rows or tuple(sorted(mine))
        if not rows and self._sender is not None:
            rows = tuple(self._world.running(self._world.obligations_of(self._sender), month))
        order = sorted(rows, key=lambda row: (row not in mine, row))
        best = _only(mine.intersection(rows)) or _only(self._world.running(rows, month))
        others = sorted(mine.difference(rows))
        places = self._world.places
        candidates = [self._candidate(row, row in mine) for row in (*order, *others)]
        if not candidates:
            candidates = [places.candidate(row) for row in self._world.running(places.rows, month)]
        said = text.shown if text.said else ""
        if torn:
            said = line.person
            sentence = f"Où compter les heures de {quoted(line.person)}"
        elif text.said:
            sentence = f"Quelle obligation est {quoted(text.shown)}"
        else:
            sentence = "Le relevé ne dit pas où ont été faites des heures. Où les compter"
        return Wondered(f"{sentence}{NBSP}?", said, tuple(candidates), best, False)

    def _candidate(self, obligation: int, mine: bool) -> Candidate:
        return self._world.places.candidate(obligation, "y travaille" if mine else "")


def place_text(line: DeclaredLine) -> PlaceText:
    """What a line says of the place."""
    return PlaceText(line.contract, line.lot, line.company, line.company_siret, line.site)


def _only(rows: set[int] | list[int]) -> int | None:
    return next(iter(rows)) if len(rows) == 1 else None
