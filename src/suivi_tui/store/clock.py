"""The hybrid clock of a base: the latest moment it knows of, on any clock (reliability.md 3.2)."""

import sqlite3

from suivi_tui.store.tsid import moment_of

LOGICAL_BITS = 16
# Each installation numbers its lines in the order of their clocks, so that its last line is its
# latest; one step of the key finds each installation, and no line is scanned.
_LATEST = """
WITH RECURSIVE installation(base) AS (
    SELECT min(base) FROM journal
    UNION ALL
    SELECT (SELECT min(journal.base) FROM journal WHERE journal.base > installation.base)
    FROM installation WHERE installation.base IS NOT NULL
)
SELECT coalesce(max((
    SELECT hlc FROM journal WHERE journal.base = installation.base ORDER BY number DESC LIMIT 1
)), 0) FROM installation
"""


def latest_clock(connection: sqlite3.Connection) -> int:
    """The greatest hybrid clock of the journal, 0 when it is empty."""
    return int(connection.execute(_LATEST).fetchone()[0])


def latest_moment(connection: sqlite3.Connection) -> int:
    """The latest moment written in the base, in milliseconds; 0 for a base not yet filled."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal'").fetchone():
        return 0
    batch = connection.execute("SELECT max(id) FROM batch").fetchone()[0] or 0
    return max(moment_of(batch), latest_clock(connection) >> LOGICAL_BITS)
