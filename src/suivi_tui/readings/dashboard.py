"""What a facilitator should do today: what is late, what comes, how far the year is.

A few statements, whatever the size of the base: the cost grows with the obligations under way.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from suivi_tui.readings.alerts import AlertReading, read_alerts
from suivi_tui.readings.record_names import named_records
from suivi_tui.reference.loader import Thresholds
from suivi_tui.rules.alert_kinds import ELIGIBILITY_END, LATE, STATEMENT_MISSING
from suivi_tui.rules.indicators import Totals
from suivi_tui.rules.obligation import OwedEvent, hours_owed
from suivi_tui.rules.schedule import expected_between, expected_hours
from suivi_tui.store.queries import contracts, follow_ups, obligations
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.follow_ups import FollowUpRow
from suivi_tui.store.queries.names import RecordName
from suivi_tui.store.queries.obligations import ObligationRow
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, first_day, last_day

COMING_DAYS = 7
FIRST = 8
TO_QUALIFY_LIMIT = 1_000
_NONE = Hours(0)


class Figures(NamedTuple):
    """Hours in hundredths. ``owed`` and ``expected`` add up what is known; ``obligations`` counts
    all, ``unknown`` those whose hours owed cannot be told."""

    obligations: int
    unknown: int
    owed: Hours
    expected: Hours
    totals: Totals


class Due(NamedTuple):
    """Something to do; ``days`` is negative when overdue, 0 today, 1 tomorrow."""

    follow_up: FollowUpRow
    about: RecordName | None
    days: int


class Behind(NamedTuple):
    """An obligation that is late (alert ``retard``): hours expected to date and acquired."""

    row: ObligationRow
    owed: Hours
    expected: Hours
    acquired: Hours

    @property
    def gap(self) -> Hours:
        """Hours missing today."""
        return Hours(self.expected - self.acquired)


class Missing(NamedTuple):
    """An obligation with months that nobody declared, the oldest first."""

    row: ObligationRow
    months: tuple[Month, ...]


class Dashboard(NamedTuple):
    """The day of a facilitator.

    ``year`` covers January to December of ``today``, obligations closed this year included;
    ``whole`` the obligations under way since their start. Counts are of everything, lists hold
    the first ones (``due`` looks at 50 at most). ``to_qualify`` counts contracts of open data that
    nobody took up (at most ``TO_QUALIFY_LIMIT``); ``contracts`` those that are followed.
    """

    today: date
    year: Figures
    whole: Figures
    contracts: int
    to_qualify: int
    alert_counts: dict[Gravity, int]
    alerts: tuple[AlertReading, ...]
    due: tuple[Due, ...]
    due_count: int
    behind: tuple[Behind, ...]
    behind_count: int
    missing: tuple[Missing, ...]
    missing_count: int
    ending: tuple[AlertReading, ...]
    ending_count: int

    @property
    def empty(self) -> bool:
        """Whether there is nothing to follow yet."""
        return not (self.contracts or self.to_qualify or self.due)


class _Standing(NamedTuple):
    row: ObligationRow
    events: tuple[OwedEvent, ...]
    totals: Totals
    year_totals: Totals


def dashboard(
    connection: Connection,
    today: date,
    thresholds: Thresholds,
    *,
    first: int = FIRST,
    names: bool = False,
) -> Dashboard:
    """The dashboard of a day; lists hold the ``first`` rows. ``names`` puts people's names in."""
    standings = _standings(connection, today)
    under_way = [standing for standing in standings if standing.row.under_way]
    alerts = read_alerts(connection, today, thresholds, names=names)
    counts = dict.fromkeys(Gravity, 0)
    for alert in alerts:
        counts[alert.gravity] += 1
    late = {alert.obligation for alert in alerts if alert.code == LATE.code}
    behind = _behind([item for item in under_way if item.row.obligation in late], today)
    missing = _missing(under_way, alerts)
    due = _due(connection, today)
    ending = [alert for alert in alerts if alert.code == ELIGIBILITY_END.code]
    return Dashboard(
        today=today,
        year=_year_figures(standings, today),
        whole=_whole_figures(under_way, today),
        contracts=contracts.count_contracts(connection, "followed"),
        to_qualify=contracts.count_contracts(connection, "to_qualify", limit=TO_QUALIFY_LIMIT),
        alert_counts=counts,
        alerts=tuple(alerts[:first]),
        due=tuple(due[:first]),
        due_count=len(due),
        behind=tuple(behind[:first]),
        behind_count=len(behind),
        missing=tuple(missing[:first]),
        missing_count=sum(len(item.months) for item in missing),
        ending=tuple(ending[:first]),
        ending_count=len(ending),
    )


def _standings(connection: Connection, today: date) -> list[_Standing]:
    rows = obligations.running(connection, open_since=date(today.year, 1, 1))
    ids = [row.obligation for row in rows]
    events = obligations.owed_events(obligations.event_rows(connection, ids))
    whole = obligations.sums(connection, ids)
    january, december = Month(today.year * 100 + 1), Month(today.year * 100 + 12)
    year = obligations.sums(connection, ids, january, december)
    return [
        _Standing(
            row,
            events.get(row.obligation, ()),
            whole.get(row.obligation, Totals()),
            year.get(row.obligation, Totals()),
        )
        for row in rows
    ]


def _whole_figures(standings: Sequence[_Standing], today: date) -> Figures:
    owed = [hours_owed(item.events) for item in standings]
    expected = [
        expected_hours(item.events, item.row.first_day, item.row.last_day, today)
        for item in standings
    ]
    return _figures(owed, expected, [item.totals for item in standings])


def _year_figures(standings: Sequence[_Standing], today: date) -> Figures:
    opening = first_day(Month(today.year * 100 + 1))
    closing = last_day(Month(today.year * 100 + 12))

    def between(item: _Standing, end: date) -> Hours | None:
        return expected_between(item.events, item.row.first_day, item.row.last_day, opening, end)

    return _figures(
        [between(item, closing) for item in standings],
        [between(item, today) for item in standings],
        [item.year_totals for item in standings],
    )


def _figures(
    owed: Sequence[Hours | None], expected: Iterable[Hours | None], totals: Iterable[Totals]
) -> Figures:
    return Figures(
        obligations=len(owed),
        unknown=sum(hours is None for hours in owed),
        owed=Hours(sum(hours or 0 for hours in owed)),
        expected=Hours(sum(hours or 0 for hours in expected)),
        totals=sum(totals, Totals()),
    )


def _behind(late: Iterable[_Standing], today: date) -> list[Behind]:
    found = []
    for item in late:
        expected = expected_hours(item.events, item.row.first_day, item.row.last_day, today)
        acquired = Hours(item.totals.declared - item.totals.refused)
        owed = hours_owed(item.events)
        found.append(Behind(item.row, owed or _NONE, expected or _NONE, acquired))
    return sorted(found, key=lambda item: (-item.gap, item.row.obligation))


def _missing(standings: Iterable[_Standing], alerts: Iterable[AlertReading]) -> list[Missing]:
    months: dict[int, list[Month]] = defaultdict(list)
    for alert in alerts:
        if alert.code == STATEMENT_MISSING.code and alert.obligation and alert.month:
            months[alert.obligation].append(alert.month)
    found = [
        Missing(item.row, tuple(sorted(months[item.row.obligation])))
        for item in standings
        if item.row.obligation in months
    ]
    return sorted(found, key=lambda item: (-len(item.months), item.months, item.row.obligation))


def _due(connection: Connection, today: date) -> list[Due]:
    rows = follow_ups.due(connection, today + timedelta(days=COMING_DAYS))
    names = named_records(connection, [(row.entity, row.subject) for row in rows])
    return [
        Due(row, names.get((row.entity, row.subject)), (day - today).days)
        for row in rows
        if (day := obligations.iso_date(row.due)) is not None
    ]
