"""The wall: for every obligation under way, what is known of each month's statement.

A month is received once a statement or an hour line exists. Which months are due, and when one
is late, is what the alert ``releve_manquant`` says: both come from the same reference values.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from suivi_tui.reference.loader import AlertThresholds
from suivi_tui.store.queries import contacts, obligations, statements
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.contacts import CallRow
from suivi_tui.store.queries.obligations import ObligationRow
from suivi_tui.vocabulary.choices import Choice, StatementStatus
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import (
    Month,
    add_months,
    first_day,
    month_of,
    months_between,
    next_month,
)


class MonthState(Choice):
    """What is known of one month of one obligation."""

    OUTSIDE = "hors_periode", "Hors période"
    EXPECTED = "attendu", "Attendu"
    LATE = "en_retard", "En retard"
    PARTIAL = "partiel", "Partiel"
    RECEIVED = "recu", "Reçu"
    NO_ACTIVITY = "sans_activite", "Sans activité"
    CHECKED = "verifie", "Vérifié"
    LOCKED = "verrouille", "Verrouillé"


# Several senders may declare the same month: the least advanced of them says where it stands.
_ADVANCE = (
    StatementStatus.PARTIAL.value,
    StatementStatus.RECEIVED.value,
    StatementStatus.CHECKED.value,
    StatementStatus.LOCKED.value,
)
_STATES = {state.value: state for state in MonthState}


class WallMonth(NamedTuple):
    """One brick: its state, hours declared (hundredths), lines to check.

    ``late_since`` is the first day of lateness, ``days_late`` counts from it; both only when late.
    """

    state: MonthState
    declared: Hours
    lines: int
    pending_lines: int
    late_since: date | None
    days_late: int


class WallRow(NamedTuple):
    """One obligation: who declares, for which contract and lot, whom to call, its months."""

    obligation: ObligationRow
    call: CallRow | None
    months: tuple[WallMonth, ...]

    @property
    def late(self) -> int:
        """How many months are late."""
        return sum(month.state is MonthState.LATE for month in self.months)


class Wall(NamedTuple):
    """A window of months, the same for every row."""

    months: tuple[Month, ...]
    rows: tuple[WallRow, ...]


def wall(
    connection: Connection,
    today: date,
    limits: AlertThresholds,
    months: int = 6,
) -> Wall:
    """The wall of the last ``months`` months up to that of ``today``.

    ``limits`` are the alert thresholds (``thresholds().alerts``). An obligation all of whose
    months are outside its period has no row.
    """
    window = months_between(add_months(month_of(today), 1 - months), month_of(today))
    rows = obligations.running(connection)
    ids = [row.obligation for row in rows]
    received: dict[tuple[int, int], list[str]] = defaultdict(list)
    for statement in statements.of_obligations(connection, ids, window[0], window[-1]):
        received[statement.obligation, statement.month].append(statement.status)
    worked = {
        (line.obligation, line.month): line
        for line in statements.activity(connection, ids, window[0], window[-1])
    }
    calls = contacts.first_to_call(connection, ids)
    shown: list[WallRow] = []
    for row in rows:
        bricks = tuple(
            _month(
                row,
                month,
                received.get((row.obligation, month), []),
                worked.get((row.obligation, month)),
                today,
                limits,
            )
            for month in window
        )
        if any(brick.state is not MonthState.OUTSIDE for brick in bricks):
            shown.append(WallRow(row, calls.get(row.obligation), bricks))
    return Wall(tuple(window), tuple(shown))


def _month(
    row: ObligationRow,
    month: Month,
    received: list[str],
    worked: statements.MonthActivity | None,
    today: date,
    limits: AlertThresholds,
) -> WallMonth:
    declared = Hours(worked.declared if worked else 0)
    lines, pending = (worked.lines, worked.pending) if worked else (0, 0)
    if received or worked:
        return WallMonth(_state(received, bool(worked)), declared, lines, pending, None, 0)
    if not _awaited(row, month):
        return WallMonth(MonthState.OUTSIDE, declared, 0, 0, None, 0)
    due = first_day(next_month(month)) + timedelta(days=limits.statement_due_day - 1)
    if today <= due:
        return WallMonth(MonthState.EXPECTED, declared, 0, 0, None, 0)
    since = due + timedelta(days=1)
    return WallMonth(MonthState.LATE, declared, 0, 0, since, (today - due).days)


def _awaited(row: ObligationRow, month: Month) -> bool:
    """Whether a statement is awaited; nothing is while the start on site is unknown."""
    start, end = row.first_day, row.last_day
    return (
        start is not None and month_of(start) <= month and (end is None or month <= month_of(end))
    )


def _state(received: list[str], worked: bool) -> MonthState:
    """The state of a month with statements or hours; hours belie "sans activité"."""
    active = [status for status in received if status != StatementStatus.NO_ACTIVITY.value]
    if not active:
        return MonthState.RECEIVED if worked else MonthState.NO_ACTIVITY
    least = min(_ADVANCE.index(status) if status in _ADVANCE else 1 for status in active)
    return _STATES[_ADVANCE[least]]
