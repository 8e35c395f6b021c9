"""The wall: who declares x month, for all the obligations under way.

A month of a sender is received once a statement or an hour line exists. Who is awaited, for which
months and until when is what the alert ``releve_manquant`` says: both read the same schedule.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from suivi_tui.readings.statement_facts import known_statements
from suivi_tui.reference.loader import AlertThresholds
from suivi_tui.rules.locks import closes
from suivi_tui.rules.statement_schedule import (
    Awaited,
    StatementFacts,
    StatementPeriod,
    awaited_statements,
    speaking,
    watched_months,
)
from suivi_tui.store.queries import contacts, obligations
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.contacts import CallRow
from suivi_tui.store.queries.obligations import ObligationRow, iso_date
from suivi_tui.store.queries.statements import SenderActivity, StatementRow
from suivi_tui.vocabulary.choices import Choice, StatementStatus
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, add_months, month_of, months_between
from suivi_tui.vocabulary.text import fold


class MonthState(Choice):
    """What is known of one month of one sender."""

    OUTSIDE = "hors_periode", "Rien d'attendu"
    EXPECTED = "attendu", "Attendu"
    LATE = "en_retard", "En retard"
    PARTIAL = "partiel", "Partiel"
    RECEIVED = "recu", "Reçu"
    NO_ACTIVITY = "sans_activite", "Sans activité"
    CHECKED = "verifie", "Vérifié"
    LOCKED = "verrouille", "Verrouillé"


# Several statements may speak of the same month: the least advanced says where it stands.
_ADVANCE = (
    StatementStatus.PARTIAL.value,
    StatementStatus.RECEIVED.value,
    StatementStatus.CHECKED.value,
    StatementStatus.LOCKED.value,
)
_STATES = {state.value: state for state in MonthState}
_NO_HOURS = Hours(0)
# Of several obligations of one sender, the one that asks most for an act.
_URGENCY = (
    MonthState.LATE,
    MonthState.PARTIAL,
    MonthState.EXPECTED,
    MonthState.RECEIVED,
    MonthState.CHECKED,
    MonthState.NO_ACTIVITY,
    MonthState.LOCKED,
    MonthState.OUTSIDE,
)


class WallMonth(NamedTuple):
    """One brick: its state, hours declared (hundredths), lines to check.

    ``period`` is what one statement declares, None when nothing is awaited. ``late_since`` is the
    first day of lateness, ``days_late`` counts from it; both only when late. ``reopened`` is the
    reason for which the month was unlocked.
    """

    state: MonthState
    declared: Hours = _NO_HOURS
    lines: int = 0
    pending_lines: int = 0
    period: StatementPeriod | None = None
    late_since: date | None = None
    days_late: int = 0
    received_on: date | None = None
    reopened: str = ""


class WallRow(NamedTuple):
    """What one sender declares for one obligation: whom to call, its months."""

    sender: int
    sender_name: str
    obligation: ObligationRow
    call: CallRow | None
    months: tuple[WallMonth, ...]

    @property
    def late(self) -> int:
        """How many statements are late; that of a quarter is one."""
        return len({month.period for month in self.months if month.state is MonthState.LATE})


class Wall(NamedTuple):
    """A window of months, the same for every row; rows by name of sender, contract and lot.

    ``obligations`` is how many are under way, those without a row included.
    """

    months: tuple[Month, ...]
    rows: tuple[WallRow, ...]
    obligations: int

    @property
    def late(self) -> int:
        """How many statements are late: as many as alerts ``releve_manquant``."""
        return sum(row.late for row in self.rows)


class WallLine(NamedTuple):
    """A line of the wall: one row, or all those of a sender."""

    rows: tuple[WallRow, ...]
    months: tuple[WallMonth, ...]
    call: CallRow | None

    @property
    def sender(self) -> int:
        """Who declares."""
        return self.rows[0].sender

    @property
    def sender_name(self) -> str:
        """Who declares."""
        return self.rows[0].sender_name

    @property
    def late(self) -> int:
        """How many statements are late."""
        return sum(row.late for row in self.rows)


def wall(
    connection: Connection,
    today: date,
    limits: AlertThresholds,
    months: int | None = None,
) -> Wall:
    """The wall of the months that alerts watch, or of the last ``months``, up to ``today``.

    ``limits`` are the alert thresholds (``thresholds().alerts``). A sender none of whose months
    is awaited nor came has no row.
    """
    first, last = watched_months(today, limits.statement_months_back)
    if months is not None:
        first = add_months(month_of(today), 1 - months)
    rows = obligations.running(connection)
    known = known_statements(connection, rows, first, last)
    sent: dict[int, list[StatementRow]] = defaultdict(list)
    for statement in known.sent:
        sent[statement.obligation].append(statement)
    worked: dict[int, list[SenderActivity]] = defaultdict(list)
    for line in known.activity:
        worked[line.obligation].append(line)
    window = months_between(first, last)
    found: list[WallRow] = []
    for row in rows:
        facts = known.facts[row.obligation]
        awaited = awaited_statements(facts, limits.statement_due_day, first, last)
        site = _Site(facts, awaited, sent[row.obligation], worked[row.obligation], today)
        for sender in site.senders():
            bricks = tuple(site.brick(sender, month) for month in window)
            found.append(WallRow(sender, facts.names.get(sender, ""), row, None, bricks))
    calls = contacts.senders_to_call(
        connection, ((row.obligation.obligation, row.sender) for row in found)
    )
    found = [row._replace(call=calls.get((row.obligation.obligation, row.sender))) for row in found]
    # The sort is stable: the obligations stay by contract and lot.
    found.sort(key=lambda row: (fold(row.sender_name), row.sender))
    return Wall(tuple(window), tuple(found), len(rows))


class _Site:
    """What is known of the statements of one obligation, sender by sender."""

    def __init__(
        self,
        facts: StatementFacts,
        awaited: Sequence[Awaited],
        sent: Iterable[StatementRow],
        worked: Iterable[SenderActivity],
        today: date,
    ) -> None:
        self.facts = facts
        self.today = today
        self.awaited = {(one.sender, month): one for one in awaited for month in one.months}
        self.holder_asked = {
            month for one in awaited if one.sender == facts.holder for month in one.period.months
        }
        self.sent: dict[tuple[int | None, Month], list[StatementRow]] = defaultdict(list)
        for row in sent:
            self.sent[row.sender, Month(row.month)].append(row)
        self.worked: dict[tuple[int, Month], SenderActivity] = {}
        for one in worked:
            place = (one.employer or facts.holder, Month(one.month))
            known = self.worked.get(place)
            self.worked[place] = one if known is None else _added(known, one)

    def senders(self) -> list[int]:
        """Who is awaited or has declared something; what nobody signed is of the holder."""
        came = {sender or self.facts.holder for sender, _ in self.sent}
        declared = {sender for sender, _ in self.worked}
        return sorted(came | declared | {sender for sender, _ in self.awaited})

    def brick(self, sender: int, month: Month) -> WallMonth:
        """One month of one sender."""
        facts, awaited = self.facts, self.awaited.get((sender, month))
        own = self.sent.get((sender, month), [])
        brick = WallMonth(
            MonthState.OUTSIDE,
            period=awaited.period if awaited else None,
            received_on=max(
                (day for one in own if (day := iso_date(one.received_on))), default=None
            ),
            reopened=next((one.reopened_reason for one in own if one.reopened_reason), ""),
        )
        worked = self.worked.get((sender, month))
        if worked:
            brick = brick._replace(
                declared=Hours(worked.declared), lines=worked.lines, pending_lines=worked.pending
            )
        spoken = self._speaking(sender, month) if awaited or own or sender == facts.holder else ()
        if closes(facts.sent.get(month, ()), facts.holder, sender) and (awaited or own or worked):
            return brick._replace(state=MonthState.LOCKED)
        if spoken or worked:
            return brick._replace(state=_state(spoken, bool(worked)))
        if awaited is None:
            return brick
        if not awaited.late(self.today):
            # The statement of a quarter that is over came with the hours of its other months.
            over = awaited.answered and self.today > awaited.period.due_on
            return brick._replace(state=MonthState.RECEIVED if over else MonthState.EXPECTED)
        period = awaited.period
        return brick._replace(
            state=MonthState.LATE,
            late_since=period.late_since,
            days_late=period.days_late(self.today),
        )

    def _speaking(self, sender: int, month: Month) -> tuple[str, ...]:
        asked = month in self.holder_asked
        return tuple(one.status for one in speaking(self.facts, sender, month, asked))


def _added(one: SenderActivity, other: SenderActivity) -> SenderActivity:
    return one._replace(
        lines=one.lines + other.lines,
        declared=one.declared + other.declared,
        pending=one.pending + other.pending,
    )


def _state(received: Sequence[str], worked: bool) -> MonthState:
    """The state of a month with statements or hours; hours belie "sans activité"."""
    active = [status for status in received if status != StatementStatus.NO_ACTIVITY.value]
    if not active:
        return MonthState.RECEIVED if worked else MonthState.NO_ACTIVITY
    least = min(_ADVANCE.index(status) if status in _ADVANCE else 1 for status in active)
    return _STATES[_ADVANCE[least]]


def wall_lines(rows: Iterable[WallRow], by_sender: bool) -> list[WallLine]:
    """The lines of a wall: a row each, or one for all the obligations of a sender."""
    grouped: dict[object, list[WallRow]] = {}
    for row in rows:
        key = row.sender if by_sender else (row.sender, row.obligation.obligation)
        grouped.setdefault(key, []).append(row)
    return [_line(listed) for listed in grouped.values()]


def _line(rows: Sequence[WallRow]) -> WallLine:
    """Several rows as one: the state that asks most for an act, hours added up."""
    calls = [row.call for row in rows if row.call is not None]
    # Whoever is named for most of the obligations; of equals, the first.
    named = max(calls, key=lambda call: sum(one[1:] == call[1:] for one in calls), default=None)
    if len(rows) == 1:
        return WallLine((rows[0],), rows[0].months, named)
    columns = zip(*(row.months for row in rows), strict=True)
    return WallLine(tuple(rows), tuple(_merged(months) for months in columns), named)


def _merged(months: Sequence[WallMonth]) -> WallMonth:
    worst = min(months, key=lambda month: (_URGENCY.index(month.state), -month.days_late))
    return worst._replace(
        declared=Hours(sum(month.declared for month in months)),
        lines=sum(month.lines for month in months),
        pending_lines=sum(month.pending_lines for month in months),
    )
