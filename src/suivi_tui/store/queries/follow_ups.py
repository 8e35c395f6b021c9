"""Exchanges and acts: what was done about a record, and what is due."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list


class FollowUpRow(NamedTuple):
    """A call, mail, meeting or act. ``done`` is the day it was done; ``entity`` and ``subject``
    say what it is about."""

    follow_up: int
    entity: str
    subject: int
    kind: str
    date: str
    due: str | None
    done: str | None
    text: str


_COLUMNS = "id, entity, subject, kind, date, due, done, text"


def of_records(
    connection: Connection, entity: str, subjects: Iterable[int], limit: int = 200
) -> list[FollowUpRow]:
    """What was done or is due about some records of one kind, the latest first."""
    return [
        FollowUpRow(*row)
        for row in connection.execute(
            f"SELECT {_COLUMNS} FROM follow_up WHERE entity = ? "
            "AND subject IN (SELECT value FROM json_each(?)) AND removed = 0 "
            "ORDER BY coalesce(due, date) DESC, id DESC LIMIT ?",
            (entity, id_list(subjects), limit),
        )
    ]


def due(connection: Connection, until: date, limit: int = 50) -> list[FollowUpRow]:
    """What is due on that day or before and not done, the longest overdue first."""
    return [
        FollowUpRow(*row)
        for row in connection.execute(
            f"SELECT {_COLUMNS} FROM follow_up WHERE done IS NULL AND due <= ? AND removed = 0 "
            "ORDER BY due, id LIMIT ?",
            (until.isoformat(), limit),
        )
    ]
