"""The tables of the base as they are, row by row, for the export of everything."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.schema import columns, remember
from suivi_tui.store.tables import HOUR_KEY, JOURNALLED_NAMES

INNER = frozenset({"author", "base", "batch"})
"""What the base keeps of its own history: the tables that no export of the data holds."""

DATA_TABLES: tuple[str, ...] = tuple(name for name in JOURNALLED_NAMES if name not in INNER)


class TableColumn(NamedTuple):
    """A column of a table; ``refers`` is the table whose id it holds, '' for none."""

    name: str
    integer: bool
    refers: str


def primary_key(table: str) -> tuple[str, ...]:
    """The columns that tell the rows of a table apart."""
    return HOUR_KEY if table == "hour_entry" else ("id",)


def table_columns(connection: Connection, table: str) -> list[TableColumn]:
    """The columns of a table in their order, the mark of what was removed left out."""
    refers = remember(
        connection,
        ("refers", table),
        lambda: {
            row[3]: row[2]
            for row in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        },
    )
    return [
        TableColumn(name, column.integer, refers.get(name, ""))
        for name, column in columns(connection, table).items()
        if name != "removed"
    ]


def rows_of(connection: Connection, table: str) -> Iterator[tuple[Any, ...]]:
    """The living rows of a table in the order of its key; never all in memory."""
    listed = ", ".join(f'"{column.name}"' for column in table_columns(connection, table))
    order = ", ".join(primary_key(table))
    return connection.execute(f"SELECT {listed} FROM {table} WHERE removed = 0 ORDER BY {order}")


def base_name(connection: Connection) -> str:
    """What the base is called: the structure that keeps it, and the name of its file."""
    found = connection.execute(
        "SELECT coalesce((SELECT author.structure FROM author JOIN local_setting "
        "ON local_setting.key = 'author' AND author.id = CAST(local_setting.value AS INTEGER)), "
        "''), coalesce((SELECT base.name FROM base JOIN local_setting "
        "ON local_setting.key = 'identity' AND base.id = CAST(local_setting.value AS INTEGER)), '')"
    ).fetchone()
    structure, name = found or ("", "")
    return f"{structure} ({name})" if structure and name else structure or name
