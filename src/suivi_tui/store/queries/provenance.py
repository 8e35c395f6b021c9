"""Where the values of a row come from: typed by a person (or from their own file), or published."""

import json
from collections.abc import Iterable

from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import BatchKind

BIRTH = "+"


def from_open_data(
    connection: Connection, entity: str, rows: Iterable[int]
) -> set[tuple[int, str]]:
    """(row, field) of the cells whose present value was written by an import of open data.

    The field ``+`` says that the row itself was made by one. Any other cell is someone's own:
    typed, or read in a file that they filled. An undo writes nothing of its own: the value that
    it gives back belongs to whoever wrote it before.
    """
    lines = connection.execute(
        "SELECT CAST(journal.row AS INTEGER), journal.field, journal.value, journal.batch, "
        "coalesce(batch.kind, '') FROM json_each(?) AS wanted "
        "CROSS JOIN journal ON journal.entity = ? AND journal.row = wanted.value "
        "LEFT JOIN batch ON batch.id = journal.batch ORDER BY journal.hlc, journal.base",
        (json.dumps([str(row) for row in rows]), entity),
    ).fetchall()
    open_data = _open_data_batches(connection, {line[3] for line in lines})
    written: dict[tuple[int, str], list[tuple[object, bool]]] = {}
    for row, field, value, batch, kind in lines:
        content = json.loads(value) if value is not None else None
        cells = {**(content or {}), BIRTH: True} if field == BIRTH else {field: content}
        for name, item in cells.items():
            before = written.setdefault((row, name), [])
            public = batch in open_data
            if kind == BatchKind.UNDO.value:
                public = next((own for past, own in reversed(before) if past == item), False)
            before.append((item, public))
    return {cell for cell, values in written.items() if values[-1][1]}


def _open_data_batches(connection: Connection, batches: set[int]) -> set[int]:
    """Those of the batches that kept the fingerprint of a published record."""
    found = connection.execute(
        "SELECT wanted.value FROM json_each(?) AS wanted WHERE EXISTS (SELECT 1 FROM journal "
        "WHERE journal.batch = wanted.value AND journal.entity = 'record_seen' "
        # What a programme brought is kept there too, without a fingerprint: a buyer's own file.
        "AND journal.field = '+' AND json_extract(journal.value, '$.fingerprint') <> '')",
        (json.dumps(sorted(batches)),),
    )
    return {batch for (batch,) in found}
