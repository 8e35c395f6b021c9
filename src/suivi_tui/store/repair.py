"""What to do with rows changed by another tool: adopt them in the journal, or put back."""

import sqlite3
from typing import TYPE_CHECKING

from suivi_tui.store import projection
from suivi_tui.store.faults import explain
from suivi_tui.store.integrity import Difference, differences
from suivi_tui.store.journal import Change, changed, created, removed, write
from suivi_tui.store.schema import forget
from suivi_tui.store.tables import HOUR_KEY
from suivi_tui.vocabulary.choices import BatchKind

if TYPE_CHECKING:
    from suivi_tui.store.base import Base


def rebuild_tables(base: "Base") -> int:
    """Make every table again from the journal; how many rows were different.

    Raises BaseRefused, DiskFull or WriteFailed, the tables being then as before.
    """
    base.require_writable()
    count = len(differences(base.connection))
    try:
        with base.door.transaction(links=False):
            projection.rebuild(base.connection)
    except sqlite3.Error as error:
        raise explain(error) from None
    forget(base.connection)
    return count


def adopt_differences(base: "Base") -> int:
    """Journal what another tool wrote, as an ordinary batch that can be taken back."""
    found = differences(base.connection)
    changes = [change for difference in found for change in _adopted(difference)]
    write(base, changes, kind=BatchKind.ENTRY, label="Reprise de modifications faites hors suivi")
    return len(found)


def _adopted(difference: Difference) -> list[Change]:
    entity, row, in_table, in_journal = difference
    keys = {"id", "removed", *(HOUR_KEY if entity == "hour_entry" else ())}
    if in_table is None:
        return [removed(entity, row)]
    values = {name: value for name, value in in_table.items() if name not in keys}
    if in_journal is None:
        return [created(entity, row, values)]
    changes = [
        changed(entity, row, name, value)
        for name, value in values.items()
        if value != in_journal[name]
    ]
    if in_table["removed"] != in_journal["removed"]:
        changes.append(removed(entity, row, gone=bool(in_table["removed"])))
    return changes
