"""A base of an older format is brought to this release's: its tables are made again.

The journal is the truth and does not change; a verified backup is made first, then one
transaction makes the tables, projects the journal on them and compares what they hold with what
they held (``design.md`` 4, "A new release").
"""

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from suivi_tui import paths
from suivi_tui.store import projection
from suivi_tui.store.backup import BackupFailed, back_up
from suivi_tui.store.engine import SCHEMA_VERSION, BaseRefused, format_of
from suivi_tui.store.faults import explain
from suivi_tui.store.schema import BaseConnection, columns
from suivi_tui.store.tables import JOURNALLED_NAMES
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.store.base import Base

Sums = dict[str, tuple[int, ...]]


def upgrade(base: "Base", *, keep_copy: bool = True) -> None:
    """Bring an open base of an older format to that of this release.

    With ``keep_copy`` a verified backup is made first, that nothing ever removes by itself.
    Raises BaseRefused, the base being then as before.
    """
    if keep_copy:
        _keep_copy(base, format_of(base.connection))
    try:
        with base.door.transaction(links=False):
            held = _sums(base.connection)
            _make_tables(base.connection)
            projection.rebuild(base.connection)
            now = _sums(base.connection)
            if {name: now[name] for name in held} != held:
                raise BaseRefused(
                    f"La base {base.path} n'a pas été mise à jour{NBSP}: ses fiches ne "
                    "correspondent pas à son historique, et rien n'a été modifié. Ouvrez-la avec "
                    "la version précédente, lancez « suivi-tui verifier --reprendre », puis "
                    "recommencez."
                )
            base.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except sqlite3.Error as error:
        _forget_shape(base.connection)
        raise BaseRefused(str(explain(error))) from None
    except BaseException:
        _forget_shape(base.connection)
        raise


def _keep_copy(base: "Base", version: int) -> None:
    stamp = base.now().strftime("%Y%m%d-%H%M%S")
    name = f"{base.path.stem}-format-{version}-{stamp}.db"
    target = paths.backup_directory(base.path) / name
    # A base opened twice within a second has its copy already.
    with contextlib.suppress(OSError):
        if target.exists():
            return
    try:
        back_up(base, target, complete=False)
    except BackupFailed as error:
        raise BaseRefused(str(error)) from None


def _forget_shape(connection: sqlite3.Connection) -> None:
    if isinstance(connection, BaseConnection):
        connection.remembered.clear()


def _make_tables(connection: sqlite3.Connection) -> None:
    """Make every journalled table and the search again, empty; the others only when missing."""
    from suivi_tui.model.catalogue import schema_statements

    kept = {
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if name not in JOURNALLED_NAMES and name != "search"
    }
    for name in (*reversed(JOURNALLED_NAMES), "search"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for (index,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall():
        connection.execute(f"DROP INDEX {index}")
    for statement in schema_statements():
        words = statement.split(None, 3)
        if words[1] == "TABLE" and words[2].strip('"(') in kept:
            continue
        connection.execute(statement)
    _forget_shape(connection)


def _sums(connection: sqlite3.Connection) -> Sums:
    """What the tables hold: living rows, and the hours declared and validated."""
    found: Sums = {
        name: connection.execute(f"SELECT count(*) FROM {name} WHERE removed = 0").fetchone()
        for name in JOURNALLED_NAMES
        if columns(connection, name)
    }
    found["hour_entry"] = connection.execute(
        "SELECT count(*), coalesce(sum(declared), 0), coalesce(sum(validated), 0), "
        "count(validated) FROM hour_entry WHERE removed = 0"
    ).fetchone()
    return found
