"""« À faire aujourd'hui »: alerts that cannot wait, exchanges and needs whose day has come."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from suivi_tui.readings.alerts import AlertReading
from suivi_tui.readings.needs import NeedReading
from suivi_tui.rules.alert_kinds import STATEMENT_MISSING
from suivi_tui.store.queries.follow_ups import FollowUpRow
from suivi_tui.store.queries.names import RecordName
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.vocabulary.choices import Gravity


class Due(NamedTuple):
    """An exchange to come back to; ``days`` is negative when overdue, 0 today, 1 tomorrow."""

    follow_up: FollowUpRow
    about: RecordName | None
    days: int


class Task(NamedTuple):
    """Something to do today, since ``day``: an exchange, a need, or else its first alert.

    ``alerts`` are those that the same call settles, the gravest first.
    """

    day: date
    gravity: Gravity
    alerts: tuple[AlertReading, ...] = ()
    due: Due | None = None
    need: NeedReading | None = None


def pressing(alert: AlertReading, today: date) -> bool:
    """Whether an alert asks for an act today: it is critical, or its day has come."""
    if alert.gravity is Gravity.INFO:
        return False
    return alert.gravity is Gravity.CRITICAL or (alert.due is not None and alert.due <= today)


def to_do(
    alerts: Iterable[AlertReading],
    due: Iterable[Due],
    needs: Iterable[NeedReading],
    today: date,
) -> list[Task]:
    """What to do today, the gravest first and the oldest first among them; nothing twice.

    An exchange whose day has come stands for the alerts about the same record: that call was
    already planned. Missing statements are one task: they take one batch of reminders. An
    exchange that is overdue is as pressing as a critical alert: somebody was told.
    """
    exchanges = [item for item in due if item.days <= 0]
    planned = {(item.follow_up.entity, item.follow_up.subject) for item in exchanges}
    by_record: dict[tuple[str, int], list[AlertReading]] = {}
    by_cause: dict[tuple[object, ...], list[AlertReading]] = {}
    for alert in alerts:
        if not pressing(alert, today):
            continue
        record = next((key for key in records_of(alert) if key in planned), None)
        if record is not None:
            by_record.setdefault(record, []).append(alert)
        else:
            by_cause.setdefault(_cause(alert), []).append(alert)
    tasks = [_exchange(item, by_record, today) for item in exchanges]
    tasks += [_alerts(same, today) for same in by_cause.values()]
    tasks += [
        Task(day, Gravity.CRITICAL if day < today else Gravity.ALERT, need=need)
        for need in needs
        if need.open and not need.filled
        and (day := iso_date(need.row.wanted_on)) is not None and day <= today
    ]  # fmt: skip
    return sorted(tasks, key=lambda task: (task.gravity.rank, task.day))


def records_of(alert: AlertReading) -> list[tuple[str, int]]:
    """The records that an exchange about an alert may be noted on, the closest first: the person,
    else the obligation, who declares, the contract, the company that owes."""
    if alert.participant is not None:
        return [("participant", alert.participant)]
    found = (
        ("obligation", alert.obligation),
        ("company", alert.sender),
        ("contract", alert.contract),
        ("company", alert.company),
    )
    return [(entity, row) for entity, row in found if row is not None]


def _cause(alert: AlertReading) -> tuple[object, ...]:
    if alert.code == STATEMENT_MISSING.code:
        return (alert.code,)
    return alert.code, alert.about, alert.participant, alert.obligation, alert.month


def _exchange(item: Due, by_record: dict[tuple[str, int], list[AlertReading]], today: date) -> Task:
    row = item.follow_up
    same = _gravest_first(by_record.pop((row.entity, row.subject), []))
    overdue = item.days < 0
    gravity = Gravity.CRITICAL if overdue else Gravity.ALERT
    if same and same[0].gravity.rank < gravity.rank:
        gravity = same[0].gravity
    return Task(iso_date(row.due) or today, gravity, tuple(same), due=item)


def _alerts(same: list[AlertReading], today: date) -> Task:
    same = _gravest_first(same)
    days = [alert.due for alert in same if alert.due is not None and alert.due <= today]
    return Task(min(days, default=today), same[0].gravity, tuple(same))


def _gravest_first(alerts: Sequence[AlertReading]) -> list[AlertReading]:
    return sorted(alerts, key=lambda alert: (alert.gravity.rank, alert.due or date.max))
