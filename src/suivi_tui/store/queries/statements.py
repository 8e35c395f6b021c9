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
_EVER = (Month(0), Month(999912))
_SENDER = "LEFT JOIN company ON company.id = statement.sender "


def of_obligation(
    connection: Connection, obligation: int, first: Month, last: Month
) -> list[StatementRow]:
    """The statements of one obligation from month ``first`` to ``last``, both included."""
    return of_obligations(connection, [obligation], first, last)


def of_obligations(
    connection: Connection,
    obligations: Iterable[int],
    first: Month = _EVER[0],
    last: Month = _EVER[1],
) -> list[StatementRow]:
    """The statements of some obligations (over months), by obligation, month and age."""
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


class SenderActivity(NamedTuple):
    """What was entered for an obligation, a month and an employer (None when nobody is named).

    Hours in hundredths; ``pending`` counts the lines that nobody decided yet.
    """

    obligation: int
    month: int
    employer: int | None
    lines: int
    declared: int
    pending: int


def activity(
    connection: Connection, obligations: Iterable[int], first: Month, last: Month
) -> list[SenderActivity]:
    """Hours entered for some obligations over months, by obligation, month and employer."""
    return [
        SenderActivity(*row)
        for row in connection.execute(
            "SELECT hour_entry.obligation, hour_entry.month, work_contract.employer, count(*), "
            "sum(hour_entry.declared), sum(hour_entry.validated IS NULL) "
            "FROM json_each(?) AS wanted CROSS JOIN hour_entry "
            "ON hour_entry.obligation = wanted.value AND hour_entry.month BETWEEN ? AND ? "
            "CROSS JOIN placement ON placement.id = hour_entry.placement "
            "CROSS JOIN work_contract ON work_contract.id = placement.work_contract "
            "WHERE hour_entry.removed = 0 GROUP BY 1, 2, 3",
            (id_list(obligations), first, last),
        )
    ]


def lines_of_sender(connection: Connection, obligation: int, sender: int, month: Month) -> int:
    """How many hour lines the people of a company have for an obligation in a month.

    People without an employer are those of the holder.
    """
    found: int = connection.execute(
        "SELECT count(*) FROM hour_entry "
        "CROSS JOIN placement ON placement.id = hour_entry.placement "
        "CROSS JOIN work_contract ON work_contract.id = placement.work_contract "
        "CROSS JOIN obligation ON obligation.id = hour_entry.obligation "
        "WHERE hour_entry.obligation = ? AND hour_entry.month = ? AND hour_entry.removed = 0 "
        "AND coalesce(work_contract.employer, obligation.company) = ?",
        (obligation, month, sender),
    ).fetchone()[0]
    return found


def company_names(connection: Connection, companies: Iterable[int]) -> dict[int, str]:
    """The names of some companies, removed ones included: what they sent is still there."""
    return dict(
        connection.execute(
            "SELECT company.id, company.name FROM json_each(?) AS wanted "
            "CROSS JOIN company ON company.id = wanted.value",
            (id_list(companies),),
        ).fetchall()
    )
