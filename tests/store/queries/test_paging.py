import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.store.queries.paging import Listing, Page, id_list, read_page

LISTING = Listing(
    columns="note",
    source="item",
    orders={"name": ("name COLLATE NOCASE", "id"), "id": ("id",)},
)
NAMES = st.lists(st.sampled_from(["", "a", "A", "b", "B", "é", "zz", "Z"]), min_size=0, max_size=40)


def items(names: list[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, note TEXT)")
    connection.executemany(
        "INSERT INTO item (name, note) VALUES (?, ?)", [(name, f"note {name}") for name in names]
    )
    return connection


def whole(connection: sqlite3.Connection, descending: bool) -> list[int]:
    way = "DESC" if descending else "ASC"
    return [
        row[0]
        for row in connection.execute(
            f"SELECT id FROM item ORDER BY name COLLATE NOCASE {way}, id {way}"
        )
    ]


@settings(max_examples=60, deadline=None)
@given(names=NAMES, limit=st.integers(1, 7), descending=st.booleans())
def test_paging_forward_gives_every_row_once_in_order(
    names: list[str], limit: int, descending: bool
) -> None:
    connection, seen, after = items(names), list[int](), None
    while rows := read_page(connection, LISTING, Page(limit, after=after), "name", descending):
        seen += [key[-1] for key, _ in rows]
        after = rows[-1][0]
    assert seen == whole(connection, descending)


@settings(max_examples=60, deadline=None)
@given(names=NAMES, limit=st.integers(1, 7), descending=st.booleans())
def test_paging_backward_from_the_end_gives_every_row_once_in_order(
    names: list[str], limit: int, descending: bool
) -> None:
    connection, seen = items(names), list[int]()
    rows = read_page(connection, LISTING, Page(limit, last=True), "name", descending)
    while rows:
        seen[:0] = [key[-1] for key, _ in rows]
        rows = read_page(connection, LISTING, Page(limit, before=rows[0][0]), "name", descending)
    assert seen == whole(connection, descending)


def test_a_page_holds_the_columns_of_the_list_without_the_key() -> None:
    connection = items(["b", "a"])
    assert read_page(connection, LISTING, Page(), "name") == [
        (("a", 2), ("note a",)),
        (("b", 1), ("note b",)),
    ]


def test_conditions_narrow_a_page() -> None:
    connection = items(["a", "b", "a"])
    page = read_page(connection, LISTING, Page(), "id", True, ["name = ?"], ["a"])
    assert [key for key, _ in page] == [(3,), (1,)]


def test_an_unknown_order_is_an_error() -> None:
    with pytest.raises(KeyError):
        read_page(items([]), LISTING, Page(), "colour")


def test_ids_are_one_value_whatever_their_number() -> None:
    connection = sqlite3.connect(":memory:")
    many = [2**62 + rank for rank in range(5)]
    found = connection.execute("SELECT value FROM json_each(?)", (id_list(many),)).fetchall()
    assert [row[0] for row in found] == many
