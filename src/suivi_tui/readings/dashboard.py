"""What a facilitator should do today: what is late, what comes, how far the year is.

A few statements, whatever the size of the base: the cost grows with the obligations under way.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from suivi_tui.readings.alerts import AlertReading, read_alert_board
from suivi_tui.readings.needs import read_needs
from suivi_tui.readings.record_names import named_records
from suivi_tui.readings.to_do import Due, Task, pressing, to_do
from suivi_tui.readings.year import Figures, Standing, figures, read_standings, year_figures
from suivi_tui.reference.loader import Thresholds
from suivi_tui.rules.alert_kinds import ELIGIBILITY_END, LATE, STATEMENT_MISSING
from suivi_tui.store.queries import contracts, follow_ups, obligations
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import ObligationRow
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

COMING_DAYS = 7
FIRST = 8
TASKS = 30
TO_QUALIFY_LIMIT = 1_000
_NONE = Hours(0)


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
    """What a sender did not declare for an obligation: months, the oldest first.

    ``statements`` is how many are missing: one for a quarter.
    """

    row: ObligationRow
    sender: int
    sender_name: str
    months: tuple[Month, ...]
    statements: int


class Dashboard(NamedTuple):
    """The day of a facilitator.

    ``year`` covers January to December of ``today``, obligations closed this year included;
    ``whole`` the obligations under way since their start. Counts are of everything, lists hold
    the first ones (``due`` looks at 50 at most; ``coming`` is what of it comes after today).
    ``tasks`` is what to do today: what is due, needs
    whose day has come and the alerts that cannot wait; ``others`` are the alerts that can.
    ``to_qualify`` counts contracts of open data that nobody took up (at most
    ``TO_QUALIFY_LIMIT``); ``contracts`` those that are followed.
    """

    today: date
    year: Figures
    whole: Figures
    contracts: int
    to_qualify: int
    alert_counts: dict[Gravity, int]
    alerts: tuple[AlertReading, ...]
    others: tuple[AlertReading, ...]
    tasks: tuple[Task, ...]
    task_count: int
    due: tuple[Due, ...]
    due_count: int
    coming: tuple[Due, ...]
    coming_count: int
    behind: tuple[Behind, ...]
    behind_count: int
    missing: tuple[Missing, ...]
    missing_count: int
    ending: tuple[AlertReading, ...]
    ending_count: int

    @property
    def empty(self) -> bool:
        """Whether there is nothing to follow yet."""
        return not (self.contracts or self.to_qualify or self.due or self.tasks)


def dashboard(
    connection: Connection,
    today: date,
    thresholds: Thresholds,
    *,
    first: int = FIRST,
    names: bool = False,
) -> Dashboard:
    """The dashboard of a day; lists hold the ``first`` rows. ``names`` puts people's names in."""
    standings = read_standings(connection, today)
    under_way = [standing for standing in standings if standing.row.under_way]
    read = read_alert_board(connection, today, thresholds, names=names)
    alerts = read.alerts
    # What is missing or late stays so, whatever was said of its alert: the figures of the wall.
    every = [*alerts, *(aside.alert for aside in read.aside)]
    counts = dict.fromkeys(Gravity, 0)
    for alert in alerts:
        counts[alert.gravity] += 1
    late = {alert.obligation for alert in every if alert.code == LATE.code}
    behind = _behind([item for item in under_way if item.row.obligation in late], today)
    missing = _missing(under_way, every)
    due = _due(connection, today)
    tasks = to_do(alerts, due, read_needs(connection, open_only=True), today)
    coming = [item for item in due if item.days > 0]
    others = [alert for alert in alerts if not pressing(alert, today)]
    ending = [alert for alert in alerts if alert.code == ELIGIBILITY_END.code]
    return Dashboard(
        today=today,
        year=year_figures(standings, today),
        whole=_whole_figures(under_way, today),
        contracts=contracts.count_contracts(connection, "followed"),
        to_qualify=contracts.count_contracts(connection, "to_qualify", limit=TO_QUALIFY_LIMIT),
        alert_counts=counts,
        alerts=tuple(alerts[:first]),
        others=tuple(others[:first]),
        tasks=tuple(tasks[:TASKS]),
        task_count=len(tasks),
        due=tuple(due[:first]),
        due_count=len(due),
        coming=tuple(coming[:first]),
        coming_count=len(coming),
        behind=tuple(behind[:first]),
        behind_count=len(behind),
        missing=tuple(missing[:first]),
        missing_count=sum(item.statements for item in missing),
        ending=tuple(ending[:first]),
        ending_count=len(ending),
    )


def _whole_figures(standings: Sequence[Standing], today: date) -> Figures:
    owed = [item.owed for item in standings]
    expected = [item.expected(today) for item in standings]
    return figures(owed, expected, [item.totals for item in standings])


def _behind(late: Iterable[Standing], today: date) -> list[Behind]:
    found = []
    for item in late:
        expected = item.expected(today)
        acquired = Hours(item.totals.declared - item.totals.refused)
        found.append(Behind(item.row, item.owed or _NONE, expected or _NONE, acquired))
    return sorted(found, key=lambda item: (-item.gap, item.row.obligation))


def _missing(standings: Iterable[Standing], alerts: Iterable[AlertReading]) -> list[Missing]:
    rows = {item.row.obligation: item.row for item in standings}
    late: dict[tuple[int, int], list[AlertReading]] = defaultdict(list)
    for alert in alerts:
        if alert.code == STATEMENT_MISSING.code and alert.obligation in rows and alert.sender:
            late[alert.obligation, alert.sender].append(alert)
    found = [
        Missing(
            rows[obligation],
            sender,
            listed[0].sender_name or "",
            tuple(sorted(month for alert in listed for month in alert.silent)),
            len(listed),
        )
        for (obligation, sender), listed in late.items()
    ]
    return sorted(
        found,
        key=lambda item: (-item.statements, item.months, item.row.obligation, item.sender),
    )


def _due(connection: Connection, today: date) -> list[Due]:
    rows = follow_ups.due(connection, today + timedelta(days=COMING_DAYS))
    names = named_records(connection, [(row.entity, row.subject) for row in rows])
    return [
        Due(row, names.get((row.entity, row.subject)), (day - today).days)
        for row in rows
        if (day := obligations.iso_date(row.due)) is not None
    ]
