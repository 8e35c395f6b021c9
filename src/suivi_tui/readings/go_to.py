"""Any record by a few letters of its words, accents ignored."""

from typing import NamedTuple

from suivi_tui.readings.record_names import ENTITY_LABELS, named_records
from suivi_tui.store import search
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.text import fold

FOUND_LIMIT = 50
# What a facilitator looks for most often comes first.
_ENTITIES = (
    "participant", "contract", "company", "operation", "buyer", "contact", "directory_entry",
)  # fmt: skip


class Found(NamedTuple):
    """A record found. ``kind`` is what it is called; ``contract`` the contract it belongs to."""

    entity: str
    id: int
    title: str
    subtitle: str
    kind: str
    contract: int | None


def go_to(connection: Connection, typed: str, limit: int = FOUND_LIMIT) -> list[Found]:
    """At most ``limit`` records with a word beginning with each word typed.

    Those whose name itself begins so come first, then by kind and name.
    """
    words = fold(typed)
    found = search.find(connection, words, limit)
    known = named_records(connection, found)
    records = [
        Found(
            name.entity,
            name.id,
            name.title,
            name.detail,
            ENTITY_LABELS[name.entity],
            name.contract,
        )
        for name in known.values()
    ]
    return sorted(
        records,
        key=lambda record: (
            not fold(record.title).startswith(words),
            _ENTITIES.index(record.entity),
            fold(record.title),
            record.id,
        ),
    )
