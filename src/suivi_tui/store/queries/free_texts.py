"""The texts that people typed freely, by table: what may hold what was better not written."""

from collections.abc import Iterator
from typing import Final

from suivi_tui.store.queries.connection import Connection

FREE_TEXTS: Final[dict[str, tuple[str, ...]]] = {
    "hour_entry": ("comment",),
    "follow_up": ("text",),
    "review": ("text",),
    "contract_event": ("reason",),
    "obligation_event": ("reason",),
    "statement": ("reopened_reason",),
    "need": ("comment",),
    "alert_mark": ("comment",),
    "penalty_case": ("efforts",),
    "refusal": ("text",),
    "calibration": ("comment",),
    "policy": ("text",),
    "evidence": ("label",),
    "directory_entry": ("comment",),
}
"""The columns of free text of each table; names are not among them."""


def texts_of(connection: Connection, table: str) -> Iterator[str]:
    """The free texts of a table; never all in memory."""
    for column in FREE_TEXTS.get(table, ()):
        for (text,) in connection.execute(
            f"SELECT {column} FROM {table} WHERE removed = 0 AND {column} <> ''"
        ):
            yield text
