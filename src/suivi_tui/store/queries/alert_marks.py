"""What was said of alerts: those put off, those acknowledged."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection


class MarkRow(NamedTuple):
    """A mark on an alert, found by its code and what it is about; dates are ISO text.

    ``measure`` is the severity of the alert when it was marked, ``author`` who marked it.
    """

    mark: int
    code: str
    subject: str
    state: str
    until: str | None
    comment: str
    measure: int
    made_on: str
    author: str


MARKS = (
    "SELECT alert_mark.id, alert_mark.code, alert_mark.subject, alert_mark.state, "
    "alert_mark.until, alert_mark.comment, alert_mark.measure, alert_mark.made_on, "
    "coalesce((SELECT author.name FROM journal CROSS JOIN author ON author.id = journal.author "
    "WHERE journal.entity = 'alert_mark' AND journal.row = CAST(alert_mark.id AS TEXT) "
    "ORDER BY journal.hlc DESC LIMIT 1), '') FROM json_each(:about) AS wanted "
    "CROSS JOIN alert_mark ON alert_mark.code = json_extract(wanted.value, '$[0]') "
    "AND alert_mark.subject = json_extract(wanted.value, '$[1]') "
    "WHERE alert_mark.removed = 0 ORDER BY alert_mark.made_on, alert_mark.id"
)


def of_alerts(connection: Connection, about: Iterable[tuple[str, str]]) -> list[MarkRow]:
    """The marks on some alerts, by code and subject; the latest last."""
    rows = connection.execute(MARKS, {"about": json.dumps(sorted(set(about)))})
    return [MarkRow._make(row) for row in rows]
