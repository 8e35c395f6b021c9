"""Where obligations stand: hours owed and hours done."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suivi_tui.rules.indicators import Totals
from suivi_tui.rules.obligation import OwedEvent, hours_owed
from suivi_tui.store.queries import obligations
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.owing import read_owing
from suivi_tui.vocabulary.hours import Hours


class ObligationStanding(NamedTuple):
    """An obligation, what moved its objective, hours owed (None: unknown) and hours done."""

    row: obligations.ObligationRow
    history: tuple[obligations.EventRow, ...]
    events: tuple[OwedEvent, ...]
    owed: Hours | None
    totals: Totals


def standings_of(
    connection: Connection, rows: list[obligations.ObligationRow], on: date | None = None
) -> list[ObligationStanding]:
    """Where some obligations stand, on a day (by default all that is firm is owed); reads their
    own events and hours only."""
    ids = [row.obligation for row in rows]
    history = obligations.event_rows(connection, ids)
    owing = read_owing(connection, ids, history)
    events = {row: known.events(on) for row, known in owing.items()}
    sums = obligations.sums(connection, ids)
    return [
        ObligationStanding(
            row,
            tuple(event for event in history if event.obligation == row.obligation),
            events.get(row.obligation, ()),
            hours_owed(events.get(row.obligation, ())),
            sums.get(row.obligation, Totals()),
        )
        for row in rows
    ]


def total_owed(standings: Iterable[ObligationStanding]) -> Hours | None:
    """Hours owed in all; None when no objective is known."""
    known = [standing.owed for standing in standings if standing.owed is not None]
    return Hours(sum(known)) if known else None
