"""The lock on the journalled tables: SQLite itself refuses a write made outside the journal."""

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

LOCAL_NAMES = frozenset({"draft", "local_setting", "backup_log"})
"""The tables that the door leaves alone: never journalled, never merged."""

_READS = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_SAVEPOINT,
    }
)
_ROW_WRITES = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})
# Settings that would open another way in, or weaken what "saved" means.
_FROZEN_PRAGMAS = frozenset(
    {
        "application_id",
        "cell_size_check",
        "foreign_keys",
        "ignore_check_constraints",
        "journal_mode",
        "locking_mode",
        "query_only",
        "schema_version",
        "secure_delete",
        "synchronous",
        "trusted_schema",
        "user_version",
        "writable_schema",
    }
)


def _refuse_writes(
    action: int, first: str | None, second: str | None, database: str | None, source: str | None
) -> int:
    """Reading and the local tables are allowed; anything else (tables, triggers, views, ATTACH)
    is not, so that nothing can be left behind that writes once the door is open."""
    if action in _READS:
        return sqlite3.SQLITE_OK
    if action in _ROW_WRITES and first in LOCAL_NAMES and database == "main":
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        # What SQLite asks before json_each; a real one needs writable_schema, refused below.
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA:
        frozen = second is not None and (first or "").lower() in _FROZEN_PRAGMAS
        return sqlite3.SQLITE_DENY if frozen else sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


class Door:
    """Closed by default; ``transaction`` is for ``store.journal`` and the rebuild alone."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.set_authorizer(_refuse_writes)

    @contextmanager
    def transaction(self, *, links: bool = True) -> Iterator[None]:
        """One immediate transaction with the door open; rolled back whole on any error.

        Without ``links`` foreign keys are not looked at, for a rebuild that empties every table.
        """
        if not links:
            self._set_links("OFF")
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                # The commit stays inside: full-text search writes its last pages there.
                with self._opened():
                    yield
                    self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself after some errors; what was raised matters.
                with contextlib.suppress(sqlite3.Error):
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                raise
        finally:
            if not links:
                self._set_links("ON")

    def _set_links(self, state: str) -> None:
        with self._opened():
            self._connection.execute(f"PRAGMA foreign_keys={state}")

    @contextmanager
    def _opened(self) -> Iterator[None]:
        # Changing the authorizer expires every prepared statement: none stays allowed behind.
        self._connection.set_authorizer(None)
        try:
            yield
        finally:
            self._connection.set_authorizer(_refuse_writes)
