"""The search table: names folded for "go to any record by a few letters"; derived, local."""

import sqlite3
from collections.abc import Iterable

from suivi_tui.vocabulary.text import fold

_WORDS = {
    "participant": "last || ' ' || first || ' ' || reference || ' ' || commune",
    "company": "name || ' ' || coalesce(siret, '') || ' ' || commune",
    "contract": "number || ' ' || object || ' ' || place",
    "buyer": "name || ' ' || territory",
    "operation": "name || ' ' || place",
    "contact": "name || ' ' || role || ' ' || service",
    "directory_entry": "name || ' ' || structure || ' ' || service || ' ' || role || ' ' "
    "|| commune",
}
# unicode61 folds accents but not ligatures.
_FOLD = "replace(replace(replace(replace({words}, 'œ', 'oe'), 'Œ', 'Oe'), 'æ', 'ae'), 'Æ', 'Ae')"


def _insert(entity: str, condition: str) -> str:
    words = _FOLD.replace("{words}", _WORDS[entity])
    return (
        "INSERT OR REPLACE INTO search (rowid, words, entity, row) "
        f"SELECT id, {words}, '{entity}', id FROM {entity} WHERE removed = 0{condition}"
    )


def refresh(connection: sqlite3.Connection, entities: Iterable[str]) -> None:
    """Follow the rows of ``incoming``, in the open transaction."""
    for entity in entities:
        if entity in _WORDS:
            touched = f"(SELECT CAST(row AS INTEGER) FROM incoming WHERE entity = '{entity}')"
            connection.execute(f"DELETE FROM search WHERE rowid IN {touched}")
            connection.execute(_insert(entity, f" AND id IN {touched}"))


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the whole table again."""
    connection.execute("DELETE FROM search")
    for entity in _WORDS:
        connection.execute(_insert(entity, ""))


def find(connection: sqlite3.Connection, typed: str, limit: int = 50) -> list[tuple[str, int]]:
    """(entity, id) of the records whose words begin with each word typed, accents ignored."""
    words = "".join(c if c.isalnum() else " " for c in fold(typed)).split()
    if not words:
        return []
    pattern = " ".join(f'"{word}"*' for word in words)
    return connection.execute(
        "SELECT entity, row FROM search WHERE search MATCH ? LIMIT ?", (pattern, limit)
    ).fetchall()
