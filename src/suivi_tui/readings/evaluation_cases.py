"""Which obligations and which work contracts the filters of an evaluation keep."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from suivi_tui.readings.evaluation_fold import ground_of
from suivi_tui.readings.filters import Filters
from suivi_tui.store.queries import evaluation_cases
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.evaluation_cases import PlacedRow
from suivi_tui.store.queries.figures import ScopeRow
from suivi_tui.vocabulary.months import first_day, last_day

EVERYTHING: Final = Filters()
"""The whole base, whatever the month."""


def obligations_kept(connection: Connection, filters: Filters) -> list[ScopeRow]:
    """The obligations that the filters keep; of a company, those that it holds."""
    return list(ground_of(connection, filters).held.values())


def placed_in_scope(connection: Connection, filters: Filters) -> list[PlacedRow]:
    """The work contracts placed in the scope; of a company, on what it holds, or as employer."""
    ground, everywhere = ground_of(connection, filters), all_placed(connection)
    if len(ground.held) == len(ground.all_rows):
        return everywhere
    scope, held, company = ground.scope, ground.held, filters.company
    return [
        one
        for one in everywhere
        if one.obligation in held
        or (company is not None and one.employer == company and one.obligation in scope)
    ]


def all_placed(connection: Connection) -> list[PlacedRow]:
    """The work contracts placed on the obligations of every contract taken up, read once."""
    ground = ground_of(connection, EVERYTHING)
    rows = ground.all_rows
    return ground.memory.keep("placed", lambda: evaluation_cases.placed(connection, rows))


def in_period(filters: Filters, day: date | None) -> bool:
    """Whether a day falls in the period; a day that is unknown falls in the whole time only."""
    if filters.whole_period:
        return True
    if day is None or (filters.first is not None and day < first_day(filters.first)):
        return False
    return filters.last is None or day <= last_day(filters.last)


def evening_of(filters: Filters, today: date) -> date:
    """The last day of the period, or today when it is not over."""
    return today if filters.last is None else min(last_day(filters.last), today)


def ids(rows: Iterable[ScopeRow]) -> list[int]:
    """The obligations of some rows."""
    return [row.obligation for row in rows]
