"""What the first screen shows: the dashboard of a day, the year month by month, whom to call."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from suivi_tui.readings.dashboard import FIRST, Dashboard, dashboard
from suivi_tui.reference.loader import Thresholds
from suivi_tui.store.queries import contacts, obligations, statements
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.contacts import CallRow
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month


class Today(NamedTuple):
    """The dashboard, the hours declared from January to December of its year, and by obligation
    of its lists the first person to call."""

    board: Dashboard
    months: tuple[Hours, ...]
    calls: Mapping[int, CallRow]


def read_today(
    connection: Connection, today: date, thresholds: Thresholds, first: int = FIRST
) -> Today:
    """The first screen on a day, people named; lists hold the ``first`` rows."""
    board = dashboard(connection, today, thresholds, first=first, names=True)
    shown = {item.row.obligation for item in board.behind}
    shown |= {item.row.obligation for item in board.missing}
    calls = contacts.first_to_call(connection, shown) if shown else {}
    return Today(board, _months(connection, today), calls)


def _months(connection: Connection, today: date) -> tuple[Hours, ...]:
    january, december = Month(today.year * 100 + 1), Month(today.year * 100 + 12)
    rows = obligations.running(connection, open_since=date(today.year, 1, 1))
    declared = [0] * 12
    wanted = [row.obligation for row in rows]
    for line in statements.activity(connection, wanted, january, december):
        declared[line.month % 100 - 1] += line.declared
    return tuple(Hours(hours) for hours in declared)
