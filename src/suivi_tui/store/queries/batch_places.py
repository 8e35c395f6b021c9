"""Where a batch wrote hours and marks: what a locked month forbids to take back."""

from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import StatementStatus


class BatchPlace(NamedTuple):
    """The hours or the statement of a company (None when nobody is named) in a month."""

    obligation: int
    month: int
    employer: int | None


def places_of(connection: Connection, batch: int) -> set[BatchPlace]:
    """The places of the hour lines and of the statements that a batch wrote."""
    lines = {
        tuple(map(int, row.split("/")[:3]))
        for (row,) in connection.execute(
            "SELECT row FROM journal WHERE batch = ? AND entity = 'hour_entry'", (batch,)
        )
    }
    employers: dict[int, int | None] = dict(
        connection.execute(
            "SELECT placement.id, work_contract.employer FROM json_each(?) AS wanted "
            "CROSS JOIN placement ON placement.id = wanted.value "
            "CROSS JOIN work_contract ON work_contract.id = placement.work_contract",
            (id_list({placement for _, _, placement in lines}),),
        ).fetchall()
    )
    places = {
        BatchPlace(obligation, month, employers.get(placement))
        for obligation, month, placement in lines
    }
    return places | set(map(BatchPlace._make, connection.execute(_STATEMENTS, (batch,))))


_STATEMENTS = (
    "SELECT DISTINCT statement.obligation, statement.month, statement.sender FROM journal "
    "CROSS JOIN statement ON statement.id = CAST(journal.row AS INTEGER) "
    "WHERE journal.batch = ? AND journal.entity = 'statement'"
)


def locks_of(connection: Connection, batch: int) -> set[tuple[int, int]]:
    """(obligation, month) of the statements that a batch locked."""
    return set(
        connection.execute(
            "SELECT DISTINCT statement.obligation, statement.month FROM journal "
            "CROSS JOIN statement ON statement.id = CAST(journal.row AS INTEGER) "
            "WHERE journal.batch = :batch AND journal.entity = 'statement' AND :locked = "
            "CASE journal.field WHEN 'status' THEN json_extract(journal.value, '$') "
            "WHEN '+' THEN json_extract(journal.value, '$.status') END",
            {"batch": batch, "locked": StatementStatus.LOCKED.value},
        )
    )
