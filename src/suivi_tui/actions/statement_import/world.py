"""What the base knows when a statement comes in: people, companies, obligations, placements."""

from collections import defaultdict
from collections.abc import Iterable

from suivi_tui.actions.statement_import.companies import Companies
from suivi_tui.actions.statement_import.people import People
from suivi_tui.actions.statement_import.places import Places
from suivi_tui.store.queries import matching, obligations, statement_places
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.statement_places import PlacedRow, WorkRow
from suivi_tui.vocabulary.months import Month, first_day, last_day


class World:
    """Everything read once; nothing is asked of the base again for a line."""

    def __init__(self, connection: Connection) -> None:
        self.people = People(connection)
        self.companies = Companies(connection)
        on_lots: dict[int, set[int]] = defaultdict(set)
        for row in matching.lot_companies(connection):
            on_lots[row.lot].add(row.company)
        followed = [row.id for row in matching.contracts(connection) if row.taken_up]
        self.places = Places(obligations.of_contracts(connection, followed), on_lots)
        self.placements: dict[int, PlacedRow] = {}
        self.placed: dict[int, list[PlacedRow]] = defaultdict(list)
        self.employing: dict[int, set[int]] = defaultdict(set)
        for placed in statement_places.placed(connection):
            if placed.obligation in self.places.rows:
                self.placements[placed.placement] = placed
                self.placed[placed.participant].append(placed)
                if placed.employer is not None:
                    self.employing[placed.employer].add(placed.obligation)
        self.work: dict[int, list[WorkRow]] = defaultdict(list)
        for work in statement_places.work_contracts(connection):
            self.work[work.participant].append(work)
        self.holding: dict[int, set[int]] = defaultdict(set)
        for owed in self.places.rows.values():
            self.holding[owed.company].add(owed.obligation)

    def obligations_of(self, company: int) -> set[int]:
        """The obligations that a company owes or employs people for."""
        return self.holding.get(company, set()) | self.employing.get(company, set())

    def running(self, rows: Iterable[int], month: Month) -> list[int]:
        """Those of some obligations that have begun by the end of a month and not ended before."""
        first, last = first_day(month).isoformat(), last_day(month).isoformat()
        found = []
        for obligation in rows:
            row = self.places.rows[obligation]
            start, end = row.start or row.contract_start, row.closed_on or row.end
            if (start or "") <= last and (end or row.contract_end or "9999") >= first:
                found.append(obligation)
        return found


def active(first: str | None, last: str | None, month: Month) -> bool:
    """Whether a span of ISO days, either of which may be unknown, meets a month."""
    opening, closing = first_day(month).isoformat(), last_day(month).isoformat()
    return (first or "") <= closing and (last or "9999") >= opening
