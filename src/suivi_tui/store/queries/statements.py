"""Statements: what companies and structures declared, by obligation and month."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.months import Month


class StatementRow(NamedTuple):
    """A statement; ``sender`` is None and its name '' when nobody is named."""

    statement: int
    obligation: int
    sender: int | None
    sender_name: str
    month: int
    status: str
    received_on: str | None
    reference: str
    reopened_reason: str


_COLUMNS = (
    "statement.id, statement.obligation, statement.sender, coalesce(company.name, ''), "
    "statement.month, statement.status, statement.received_on, statement.reference, "
    "statement.reopened_reason"
)
_SENDER = "LEFT JOIN company ON company.id = statement.sender "


def of_obligation(
    connection: Connection, obligation: int, first: Month, last: Month
) -> list[StatementRow]:
    """The statements of one obligation from month ``first`` to ``last``, both included."""
    return of_obligations(connection, [obligation], first, last)


def of_obligations(
    connection: Connection, obligations: Iterable[int], first: Month, last: Month
) -> list[StatementRow]:
    """The statements of some obligations over months, by obligation, month and age."""
    return [
        StatementRow(*row)
        for row in connection.execute(
            f"SELECT {_COLUMNS} FROM json_each(?) AS wanted CROSS JOIN statement "
            "ON statement.obligation = wanted.value AND statement.month BETWEEN ? AND ? "
            f"{_SENDER}WHERE statement.removed = 0 "
            "ORDER BY statement.obligation, statement.month, statement.id",
            (id_list(obligations), first, last),
        )
    ]


def recent(
    connection: Connection, obligations: Iterable[int], limit: int = 24
) -> list[StatementRow]:
    """The latest statements of some obligations (those of one contract), the latest month first."""
    return [
        StatementRow(*row)
        for row in connection.execute(
            f"SELECT {_COLUMNS} FROM json_each(?) AS wanted CROSS JOIN statement "
            f"ON statement.obligation = wanted.value {_SENDER}WHERE statement.removed = 0 "
            "ORDER BY statement.month DESC, statement.id DESC LIMIT ?",
            (id_list(obligations), limit),
        )
    ]


def from_sender(connection: Connection, sender: int, limit: int = 24) -> list[StatementRow]:
    """The latest statements sent by a company or structure."""
    return [
        StatementRow(*row)
        for row in connection.execute(
            f"SELECT {_COLUMNS} FROM statement {_SENDER}"
            "WHERE statement.sender = ? AND statement.removed = 0 "
            "ORDER BY statement.month DESC, statement.id DESC LIMIT ?",
            (sender, limit),
        )
    ]


class MonthActivity(NamedTuple):
    """What was entered for an obligation in a month: lines, hours in hundredths, pending lines."""

    obligation: int
    month: int
    lines: int
    declared: int
    pending: int


def activity(
    connection: Connection, obligations: Iterable[int], first: Month, last: Month
) -> list[MonthActivity]:
    """Hours entered for some obligations over months, by obligation and month."""
    return [
        MonthActivity(*row)
        for row in connection.execute(
            "SELECT hour_entry.obligation, hour_entry.month, count(*), sum(hour_entry.declared), "
            "sum(hour_entry.validated IS NULL) FROM json_each(?) AS wanted CROSS JOIN hour_entry "
            "ON hour_entry.obligation = wanted.value AND hour_entry.month BETWEEN ? AND ? "
            "WHERE hour_entry.removed = 0 GROUP BY hour_entry.obligation, hour_entry.month",
            (id_list(obligations), first, last),
        )
    ]
