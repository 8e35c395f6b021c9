"""Lists read page by page, by key: the cost of a page does not depend on how long the list is.

A list declares its orders: expressions that are never NULL, all in one direction, the identity
of the row last. A page resumes after (or before) the key of a row already shown: no OFFSET.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from suivi_tui.store.queries.connection import Connection

Key: TypeAlias = tuple[Any, ...]

PAGE_SIZE = 100


class Page(NamedTuple):
    """Which rows are wanted: the first ones, those after or before a key, or the ``last`` ones."""

    limit: int = PAGE_SIZE
    after: Key | None = None
    before: Key | None = None
    last: bool = False


class Listing(NamedTuple):
    """A list in SQL: what is read, from where, and the orders it can be shown in.

    ``orders`` gives for each name the expressions to sort by; together they tell rows apart.
    """

    columns: str
    source: str
    orders: Mapping[str, tuple[str, ...]]


def page_sql(
    listing: Listing,
    page: Page,
    order: str,
    descending: bool = False,
    where: Sequence[str] = (),
    values: Sequence[Any] = (),
) -> tuple[str, list[Any]]:
    """The SQL of a page and its values; rows come with their key first.

    Rows before a key come the nearest first: ``read_page`` puts them back in order. Raises
    KeyError for an order that the list does not have.
    """
    keys = listing.orders[order]
    backwards = page.before is not None or page.last
    down = descending != backwards
    conditions, bound = list(where), list(values)
    limit_key = page.before if page.before is not None else page.after
    if limit_key is not None:
        marks, sign = ", ".join("?" * len(keys)), "<" if down else ">"
        conditions.append(f"({', '.join(keys)}) {sign} ({marks})")
        bound.extend(limit_key)
        if " COLLATE " in keys[0] and len(keys) > 1:
            # SQLite cannot enter an index by a tuple with a collation, only by its first value.
            conditions.append(f"{keys[0]} {sign}= ?")
            bound.append(limit_key[0])
    direction = " DESC" if down else ""
    return (
        f"SELECT {', '.join(keys)}, {listing.columns} FROM {listing.source} "
        f"WHERE {' AND '.join(conditions) or 'true'} "
        f"ORDER BY {', '.join(f'{key}{direction}' for key in keys)} LIMIT ?",
        [*bound, page.limit],
    )


def read_page(
    connection: Connection,
    listing: Listing,
    page: Page,
    order: str,
    descending: bool = False,
    where: Sequence[str] = (),
    values: Sequence[Any] = (),
) -> list[tuple[Key, tuple[Any, ...]]]:
    """The rows of a page in the order of the list, each with its key."""
    sql, bound = page_sql(listing, page, order, descending, where, values)
    width = len(listing.orders[order])
    rows = [(row[:width], row[width:]) for row in connection.execute(sql, bound)]
    if page.before is not None or page.last:
        rows.reverse()
    return rows


def id_list(ids: Iterable[int]) -> str:
    """Ids as one value, read in SQL by ``json_each``: each is then looked up by its key."""
    return f"[{','.join(map(str, ids))}]"
