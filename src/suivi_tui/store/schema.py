"""The columns of a base as SQLite declares them, so that writing needs no model import."""

import sqlite3
from functools import lru_cache
from typing import NamedTuple

from suivi_tui.vocabulary.errors import UserError


class Column(NamedTuple):
    """A column of a table: its type, whether it may be null, its default when it may not."""

    name: str
    integer: bool
    required: bool
    default: str | None


class NotAValue(UserError):
    """A value that the column cannot hold; nothing was written."""


@lru_cache(maxsize=256)
def columns(connection: sqlite3.Connection, table: str) -> dict[str, Column]:
    """The columns of a table, by name; empty for a table that does not exist."""
    return {
        name: Column(name, kind == "INTEGER", bool(required), default)
        for _, name, kind, required, default, _ in connection.execute(
            f"PRAGMA table_info({table})"
        ).fetchall()
    }


def checked_value(
    connection: sqlite3.Connection, table: str, name: str, value: object
) -> str | int | None:
    """``value`` if the column can hold it; NotAValue otherwise."""
    column = columns(connection, table).get(name)
    if column is None:
        raise NotAValue(f"La table {table} n'a pas de champ {name} : rien n'a été écrit.")
    if value is None:
        if column.required:
            return 0 if column.integer else ""
        return None
    if column.integer and isinstance(value, int):
        return int(value)
    if not column.integer and isinstance(value, str):
        return str.__str__(value)
    raise NotAValue(
        f"Le champ {name} de {table} ne peut pas recevoir cette valeur : rien n'a été écrit."
    )
