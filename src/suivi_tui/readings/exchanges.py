"""The exchanges to do, with the names of the records that they are about."""

from datetime import date
from typing import NamedTuple

from suivi_tui.readings.record_names import named_records
from suivi_tui.store.queries import follow_ups
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.follow_ups import FollowUpRow

_SHEETS = ("participant", "company", "contract", "obligation")


class Exchange(NamedTuple):
    """An exchange, the name of its record, and the sheet that shows it (None: no screen does)."""

    row: FollowUpRow
    about: str
    place: tuple[str, int] | None


def exchanges_due(connection: Connection, limit: int) -> list[Exchange]:
    """Everything that has a day and is not done, the longest overdue first."""
    rows = follow_ups.due(connection, date.max, limit)
    names = named_records(connection, [(row.entity, row.subject) for row in rows])
    found = []
    for row in rows:
        name = names.get((row.entity, row.subject))
        place = (row.entity, row.subject) if row.entity in _SHEETS else None
        if place is None and name is not None and name.contract is not None:
            place = ("contract", name.contract)
        found.append(Exchange(row, name.title if name is not None else "", place))
    return found
