"""From the journal to the tables: one SQL text projects new lines and rebuilds everything.

The value of a cell is the one written last by hybrid clock, then by base (reliability.md 3.2). A
``+`` line gives all the fields of a row; later lines patch it.
"""

import sqlite3

from suivi_tui.store import search
from suivi_tui.store.schema import columns, remember
from suivi_tui.store.tables import HOUR_KEY, JOURNALLED_NAMES

_INCOMING = """
CREATE TEMP TABLE IF NOT EXISTS incoming (
    number INTEGER PRIMARY KEY, hlc INTEGER, entity TEXT, row TEXT, field TEXT, value TEXT,
    seen TEXT DEFAULT '[]'
)
"""
# A new row that replaces nothing has one line, its own: no other can win over it.
_IS_BORN = "field = '+' AND seen = '[]'"
_BORN = f"""
WITH whole AS MATERIALIZED (
    SELECT row, value, {{key}} AS key FROM incoming WHERE entity = :entity AND {_IS_BORN}
)
"""
_WON = """
WITH touched AS MATERIALIZED ({touched}),
winners AS (
    SELECT journal.row, field, value, hlc,
        row_number() OVER (PARTITION BY journal.row, field ORDER BY hlc DESC, base DESC) AS place,
        max(CASE field WHEN '+' THEN hlc END) OVER (PARTITION BY journal.row) AS born
    FROM touched CROSS JOIN journal ON journal.entity = :entity AND journal.row = touched.row
        {heads}
),
merged AS MATERIALIZED (
    SELECT row, max(value) FILTER (WHERE field = '+') AS birth,
        json_group_object(field, json(value)) FILTER (WHERE field <> '+' AND hlc >= born) AS edits
    FROM winners WHERE place = 1 GROUP BY row
),
whole AS MATERIALIZED (
    SELECT row, CASE edits WHEN '{}' THEN birth ELSE json_patch(birth, edits) END AS value,
        {key} AS key
    FROM merged WHERE birth IS NOT NULL
)
"""
# The value written last is always a head: only one who had seen a line replaces it. What was
# written before need not be read again for one edit; a rebuild trusts the lines alone.
_WON_NOW = _WON.replace("{heads}", "AND journal.head = 1").replace(
    "{touched}",
    f"SELECT DISTINCT row FROM incoming WHERE entity = :entity AND NOT ({_IS_BORN})",
)
_WON_EVER = _WON.replace("{heads}", "").replace(
    "{touched}", "SELECT DISTINCT row FROM journal WHERE entity = :entity"
)
_WON_TOUCHED = _WON.replace("{heads}", "").replace(
    "{touched}", "SELECT row FROM temp.touched WHERE entity = :entity"
)


def prepare(connection: sqlite3.Connection) -> None:
    """Make the temporary table that holds the lines being written."""
    connection.execute(_INCOMING)


def project(connection: sqlite3.Connection) -> None:
    """Bring the tables up to date with the lines of ``incoming``, in the open transaction."""
    present = connection.execute(
        f"SELECT entity, max({_IS_BORN}), max(NOT ({_IS_BORN})) FROM incoming GROUP BY entity"
    ).fetchall()
    order = {name: place for place, name in enumerate(JOURNALLED_NAMES)}
    # An entity of a newer release is kept in the journal and waits there (invariant I13).
    known = sorted((row for row in present if row[0] in order), key=lambda row: order[row[0]])
    for entity, born, touched in known:
        if born:
            connection.execute(_upsert(connection, entity, _BORN), {"entity": entity})
        if touched:
            connection.execute(_upsert(connection, entity, _WON_NOW), {"entity": entity})
    search.refresh(connection, [entity for entity, _, _ in known])


def rebuild(connection: sqlite3.Connection) -> None:
    """Empty every journalled table and project the whole journal, in the open transaction."""
    # Children first: SQLite never has to look for the rows that a deleted one leaves alone.
    for entity in reversed(JOURNALLED_NAMES):
        connection.execute(f"DELETE FROM {entity}")
    for entity in JOURNALLED_NAMES:
        connection.execute(_upsert(connection, entity, _WON_EVER), {"entity": entity})
    search.rebuild(connection)


def project_rows(connection: sqlite3.Connection, entity: str) -> None:
    """Project again, from the whole journal, the rows of an entity that the temporary table
    ``touched`` names; those that the journal does not know leave the table."""
    keys = ", ".join(HOUR_KEY) if entity == "hour_entry" else "id"
    named = (
        ", ".join(f"json_extract(key, '$[{place}]')" for place in range(len(HOUR_KEY)))
        if entity == "hour_entry"
        else "CAST(key AS INTEGER)"
    )
    connection.execute(
        f"DELETE FROM {entity} WHERE ({keys}) IN (SELECT {named} FROM "
        f"(SELECT {_key(entity, 'touched')} AS key FROM touched WHERE entity = :entity))",
        {"entity": entity},
    )
    connection.execute(_upsert(connection, entity, _WON_TOUCHED), {"entity": entity})


def expected_rows(connection: sqlite3.Connection, entity: str) -> tuple[str, str]:
    """(SQL of the rows the journal gives, SQL of the rows of the table), same columns."""
    names = ", ".join(f'"{name}"' for name in columns(connection, entity))
    won = _WON_EVER.replace("{key}", _key(entity, "merged"))
    listed = ", ".join(
        f'{value} AS "{name}"'
        for value, name in zip(
            _values(connection, entity), columns(connection, entity), strict=True
        )
    )
    return (
        f"{won} SELECT {listed} FROM whole",
        f"SELECT {names} FROM {entity}",
    )


def _key(entity: str, source: str) -> str:
    column = f"{source}.row"
    return f"'[' || replace({column}, '/', ',') || ']'" if entity == "hour_entry" else column


def _upsert(connection: sqlite3.Connection, entity: str, whole: str) -> str:
    return remember(
        connection, ("upsert", entity, whole), lambda: _upsert_text(connection, entity, whole)
    )


def _upsert_text(connection: sqlite3.Connection, entity: str, whole: str) -> str:
    names = list(columns(connection, entity))
    key = HOUR_KEY if entity == "hour_entry" else ("id",)
    source = "merged" if "merged" in whole else "incoming"
    listed = ", ".join(f'"{name}"' for name in names)
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in key)
    return (
        f"{whole.replace('{key}', _key(entity, source))} INSERT INTO {entity} ({listed}) "
        f"SELECT {', '.join(_values(connection, entity))} FROM whole WHERE true "
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {updates}"
    )


def _values(connection: sqlite3.Connection, entity: str) -> list[str]:
    expressions = []
    for column in columns(connection, entity).values():
        if column.name == "id":
            expressions.append("CAST(key AS INTEGER)")
        elif column.name == "removed":
            expressions.append("coalesce(json_extract(value, '$.\"-\"'), 0)")
        elif entity == "hour_entry" and column.name in HOUR_KEY:
            expressions.append(f"json_extract(key, '$[{HOUR_KEY.index(column.name)}]')")
        else:
            read = f"json_extract(value, '$.\"{column.name}\"')"
            expressions.append(
                f"coalesce({read}, {column.default})"
                if column.required and column.default
                else read
            )
    return expressions
