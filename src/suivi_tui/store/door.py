"""The lock on the journalled tables: SQLite itself refuses a write made outside the journal."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from suivi_tui.store.tables import JOURNALLED_NAMES

_WRITES = {
    sqlite3.SQLITE_INSERT,
    sqlite3.SQLITE_UPDATE,
    sqlite3.SQLITE_DELETE,
    sqlite3.SQLITE_DROP_TABLE,
    sqlite3.SQLITE_ALTER_TABLE,
}
_GUARDED = frozenset({*JOURNALLED_NAMES, "journal"})


def _refuse_writes(
    action: int, first: str | None, second: str | None, database: str | None, source: str | None
) -> int:
    if action not in _WRITES:
        return sqlite3.SQLITE_OK
    table = second if action == sqlite3.SQLITE_ALTER_TABLE else first
    return sqlite3.SQLITE_DENY if table in _GUARDED else sqlite3.SQLITE_OK


class Door:
    """Closed by default; ``open`` is for ``store.journal`` and the rebuild alone."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.set_authorizer(_refuse_writes)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One immediate transaction with the door open; rolled back whole on any error."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            with self._opened():
                yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _opened(self) -> Iterator[None]:
        # Changing the authorizer expires every prepared statement: none stays allowed behind.
        self._connection.set_authorizer(None)
        try:
            yield
        finally:
            self._connection.set_authorizer(_refuse_writes)
