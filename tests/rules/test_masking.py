"""Nobody can compute a masked count: an attacker who knows the rules tries every possibility."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.masking import Cell, Nest, hidden_rows, hide, withheld_groups

FIVE = 5


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([], []),
        ([5, 12], []),
        ([0, 12], []),
        ([4, 12], [0, 1]),
        ([4, 12, 7], [0, 2]),
        ([4, 3, 12], [0, 1]),
        ([1, 1, 12, 8], [0, 1, 3]),
        ([3, 2, 40], [0, 1, 2]),
        ([4, 2, 40], [0, 1]),
        ([3], None),
        ([2, 2], None),
        ([3, 3], [0, 1]),
        ([1, 1, 1, 1, 1], None),
        ([0, 4, 30, 0], [1, 2]),
    ],
)
def test_small_rows_take_the_smallest_others_with_them(
    counts: list[int], hidden: list[int] | None
) -> None:
    found = hidden_rows(counts, FIVE)
    assert found == (None if hidden is None else frozenset(hidden))


def sums(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way of sharing people between so many hidden rows, one at least in each."""
    if parts == 1:
        yield (total,)
        return
    for first in range(1, total - parts + 2):
        for rest in sums(total - first, parts - 1):
            yield (first, *rest)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 14), min_size=1, max_size=6))
def test_an_attacker_who_subtracts_from_the_total_learns_nothing(counts: list[int]) -> None:
    hidden = hidden_rows(counts, FIVE)
    small = {place for place, count in enumerate(counts) if 0 < count < FIVE}
    if hidden is None:
        return
    assert small <= hidden
    if not hidden:
        return
    places = sorted(hidden)
    left = sum(counts) - sum(count for place, count in enumerate(counts) if place not in hidden)
    possible = list(sums(left, len(places)))
    for rank in range(len(places)):
        values = {shared[rank] for shared in possible}
        assert len(values) > 1
        assert max(values) >= FIVE


@st.composite
def nested(draw: st.DrawFn) -> list[list[int]]:
    """People of each buyer, kind of buyer by kind of buyer."""
    return draw(
        st.lists(st.lists(st.integers(1, 8), min_size=1, max_size=3), min_size=1, max_size=3)
    )


@settings(max_examples=40)
@given(nested())
def test_a_wider_breakdown_does_not_give_a_row_back(kinds: list[list[int]]) -> None:
    buyers = [count for kind in kinds for count in kind]
    within = [place for place, kind in enumerate(kinds) for _ in kind]
    outer = [sum(kind) for kind in kinds]
    parts = {"buyer": [Cell(count) for count in buyers], "kind": [Cell(count) for count in outer]}
    hidden = hide(sum(buyers), parts, [Nest("buyer", "kind", within)], FIVE)
    shown, shown_outer = hidden["buyer"], hidden["kind"]
    if shown is None or not shown or len(shown) > 5:
        return
    free = sorted(shown)
    worlds = []
    for guess in sums(sum(buyers[row] for row in free), len(free)):
        world = list(buyers)
        for row, count in zip(free, guess, strict=True):
            world[row] = count
        by_kind = [0] * len(kinds)
        for row, place in enumerate(within):
            by_kind[place] += world[row]
        if shown_outer is None or all(
            by_kind[place] == outer[place]
            for place in range(len(kinds))
            if place not in shown_outer
        ):
            worlds.append(world)
    for row in free:
        values = {world[row] for world in worlds}
        assert len(values) > 1
        assert max(values) >= FIVE


def test_the_same_people_under_another_name_are_hidden_too() -> None:
    parts = {
        "structure": [Cell(2, "a"), Cell(8, "etti"), Cell(90, "c")],
        "contrat": [Cell(8, "etti"), Cell(52, "d"), Cell(40, "e")],
    }
    hidden = hide(100, parts, [], FIVE)
    assert hidden["structure"] == {0, 1}
    assert hidden["contrat"] == {0, 2}


def test_a_handful_of_people_in_all_withholds_every_breakdown() -> None:
    assert hide(4, {"sexe": [Cell(4)], "age": [Cell(3), Cell(1)]}, [], FIVE) == {
        "sexe": None,
        "age": None,
    }


def test_one_buyer_alone_in_its_kind_hides_the_kind() -> None:
    parts = {
        "buyer": [Cell(3), Cell(9), Cell(30)],
        "kind": [Cell(3), Cell(39)],
    }
    hidden = hide(42, parts, [Nest("buyer", "kind", [0, 1, 1])], FIVE)
    assert hidden["kind"] == {0, 1}
    assert hidden["buyer"] == {0, 1, 2}


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=4),
)
def test_what_is_left_of_an_operation_withheld_tells_nothing(
    rows: list[tuple[int, int]],
) -> None:
    """Women and men of operations: totals of operations and of each sex are known."""
    groups = {
        place: {"F": women, "H": men} for place, (women, men) in enumerate(rows) if women + men
    }
    totals = {place: sum(values.values()) for place, values in groups.items()}
    by_sex = {sex: sum(values[sex] for values in groups.values()) for sex in "FH"}
    rows_hidden = hidden_rows(list(totals.values()), FIVE)
    sexes = hidden_rows(list(by_sex.values()), FIVE)
    if rows_hidden is None or sexes is None or sum(totals.values()) < FIVE:
        return
    names = list(totals)
    forced = {names[place] for place in rows_hidden}
    hidden_values = {"FH"[place] for place in sexes}
    withheld = withheld_groups(groups, FIVE, forced, hidden_values)
    for place, values in groups.items():
        if place not in withheld:
            assert all(count == 0 or count >= FIVE for count in values.values())
    if not withheld:
        return
    women_left = sum(groups[place]["F"] for place in withheld)
    # Everything but the split of each operation withheld is given to the attacker.
    for place in withheld:
        small = [count for count in groups[place].values() if 0 < count < FIVE]
        if not small or place in forced or hidden_values:
            continue
        others = sum(totals[other] for other in withheld if other != place)
        low = max(0, women_left - others)
        high = min(totals[place], women_left)
        assert high - low >= FIVE - 1, (groups, withheld)
