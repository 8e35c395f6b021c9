"""The columns of a base as SQLite declares them, so that writing needs no model import."""

import sqlite3
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, TypeVar

from suivi_tui.store.tables import HOUR_KEY
from suivi_tui.vocabulary.errors import UserError

T = TypeVar("T")
_WIDEST = 1 << 63


class Column(NamedTuple):
    """A column of a table: its type, whether it may be null, its default when it may not."""

    name: str
    integer: bool
    required: bool
    default: str | None

    @property
    def when_missing(self) -> str | int | None:
        """What the column holds when nothing is known."""
        if not self.required or self.default is None:
            return None
        return int(self.default) if self.integer else self.default.strip("'")


class NotAValue(UserError):
    """A value that the column cannot hold; nothing was written."""


class BaseConnection(sqlite3.Connection):
    """A connection that remembers the shape of its tables, as long as it lives."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.remembered: dict[Hashable, Any] = {}


def remember(connection: sqlite3.Connection, key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` gives, made once for a connection of a base."""
    if not isinstance(connection, BaseConnection):
        return make()
    if key not in connection.remembered:
        connection.remembered[key] = make()
    kept: T = connection.remembered[key]
    return kept


def forget(connection: sqlite3.Connection) -> None:
    """Remember nothing more: the tables were made again."""
    if isinstance(connection, BaseConnection):
        connection.remembered.clear()


def columns(connection: sqlite3.Connection, table: str) -> dict[str, Column]:
    """The columns of a table, by name; empty for a table that does not exist."""
    return remember(connection, ("columns", table), lambda: _columns(connection, table))


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, Column]:
    return {
        name: Column(name, kind == "INTEGER", bool(required), default)
        for _, name, kind, required, default, _ in connection.execute(
            f"PRAGMA table_info({table})"
        ).fetchall()
    }


def fields(connection: sqlite3.Connection, table: str) -> dict[str, Column]:
    """The columns that a change may give a value to: neither the key nor the removal mark."""
    key = HOUR_KEY if table == "hour_entry" else ("id",)
    return remember(
        connection,
        ("fields", table),
        lambda: {
            name: column
            for name, column in columns(connection, table).items()
            if name != "removed" and name not in key
        },
    )


def checked_value(
    known: dict[str, Column], table: str, name: str, value: object
) -> str | int | None:
    """``value`` if the field can hold it; NotAValue otherwise."""
    column = known.get(name)
    if column is None:
        raise NotAValue(f"La table {table} n'a pas de champ {name} : rien n'a été écrit.")
    if value is None:
        return column.when_missing
    if column.integer and isinstance(value, int) and -_WIDEST <= value < _WIDEST:
        return int(value)
    if not column.integer and isinstance(value, str):
        return str.__str__(value)
    raise NotAValue(
        f"Le champ {name} de {table} ne peut pas recevoir cette valeur : rien n'a été écrit."
    )
