"""The refusal register: the grounds on which buyers did without a social condition."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries import planned_purchases as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.planned_purchases import RefusalRow


class Narrowed(NamedTuple):
    """What is kept of the register; empty values keep everything. ``year`` is that of the day."""

    buyer: int | None = None
    ground: str = ""
    year: str = ""


ALL = Narrowed()


def read_register(connection: Connection) -> list[RefusalRow]:
    """Every ground that was written, the latest first."""
    return queries.refusals(connection)


def narrowed(rows: Iterable[RefusalRow], wanted: Narrowed) -> list[RefusalRow]:
    """The entries of a buyer, of a ground, of a year."""
    return [
        row
        for row in rows
        if wanted.buyer in (None, row.buyer)
        and wanted.ground in ("", row.ground)
        and wanted.year in ("", year_of(row))
    ]


def year_of(row: RefusalRow) -> str:
    """The year of an entry; '' without a day."""
    return (row.date or "")[:4]


def by_ground(rows: Iterable[RefusalRow]) -> list[tuple[str, int]]:
    """How many entries each ground has, the most frequent first."""
    return Counter(row.ground for row in rows).most_common()
