"""What the first screen shows: the dashboard of a day, the year month by month, whom to call."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from suivi_tui.readings.dashboard import FIRST, Dashboard, dashboard
from suivi_tui.readings.year import Year, declared_by_month
from suivi_tui.reference.loader import Thresholds
from suivi_tui.store.queries import contacts, obligations
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.contacts import CallRow
from suivi_tui.vocabulary.hours import Hours


class Today(NamedTuple):
    """The dashboard, the hours declared from January to December of its year, and whom to call:
    by obligation of its lists, by (obligation, sender) of its missing statements."""

    board: Dashboard
    months: tuple[Hours, ...]
    calls: Mapping[int, CallRow]
    sender_calls: Mapping[tuple[int, int], CallRow]

    @property
    def year(self) -> Year:
        """The year of that day."""
        return Year(self.board.today, self.board.year, self.months)


def read_today(
    connection: Connection, today: date, thresholds: Thresholds, first: int = FIRST
) -> Today:
    """The first screen on a day, people named; lists hold the ``first`` rows."""
    board = dashboard(connection, today, thresholds, first=first, names=True)
    shown = {item.row.obligation for item in board.behind}
    calls = contacts.first_to_call(connection, shown) if shown else {}
    silent = {(item.row.obligation, item.sender) for item in board.missing}
    senders = contacts.senders_to_call(connection, silent) if silent else {}
    rows = obligations.running(connection, open_since=date(today.year, 1, 1))
    months = declared_by_month(connection, today, [row.obligation for row in rows])
    return Today(board, months, calls, senders)
