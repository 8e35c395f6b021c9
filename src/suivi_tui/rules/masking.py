"""Which cells of a public table are hidden, so that no group of a few people can be computed.

A group under the threshold is hidden, and so are the groups that would give it back by
subtraction: the smallest others of its breakdown, the same people counted under another name
elsewhere, what a wider breakdown holds alone. Whoever reads the table knows the totals, the rows
shown, that a hidden row counts somebody, and these very rules. People may stand in several rows of
a breakdown: the rules are those of rows that add up exactly, where a reader knows the most.
Threshold of 5: domain.md 9.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

Group = TypeVar("Group", bound=Hashable)
Value = TypeVar("Value", bound=Hashable)


class Cell(NamedTuple):
    """A row of a breakdown: how many people, and what else is published of them.

    Two cells of different breakdowns with the same people count and ``figures`` are taken for the
    same group under two names.
    """

    people: int
    figures: Hashable = None


class Nest(NamedTuple):
    """A breakdown whose every row lies within one row of a wider one.

    ``within`` gives the row of ``outer`` for each row of ``inner``, None when it is not known.
    """

    inner: str
    outer: str
    within: Sequence[int | None]


Hidden = frozenset[int] | None
"""The rows of a breakdown that are hidden; None: the breakdown is withheld, labels too."""


def hidden_rows(counts: Sequence[int], threshold: int, forced: Collection[int] = ()) -> Hidden:
    """The rows to hide of a breakdown whose total is known.

    ``forced`` are hidden whatever they count. The smallest rows are added until nobody can tell
    that a hidden one is under ``threshold``; None when even all of them are not enough.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < threshold}
    hidden.update(place for place in forced if counts[place] > 0)
    if not hidden:
        return frozenset()
    spare = sorted(
        (place for place, count in enumerate(counts) if count > 0 and place not in hidden),
        key=lambda place: (-counts[place], -place),
    )
    while not _enough([counts[place] for place in hidden], threshold):
        if not spare:
            return None
        hidden.add(spare.pop())
    return frozenset(hidden)


def _enough(hidden: Sequence[int], threshold: int) -> bool:
    """Whether any hidden row may count ``threshold`` people, the others counting one at least."""
    return len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) >= threshold


def hide(
    total: int, parts: Mapping[str, Sequence[Cell]], nests: Iterable[Nest], threshold: int
) -> dict[str, Hidden]:
    """The rows to hide of several breakdowns of the same ``total`` people.

    Under ``threshold`` people in all, every breakdown is withheld.
    """
    if 0 < total < threshold:
        return dict.fromkeys(parts, None)
    known = [nest for nest in nests if nest.inner in parts and nest.outer in parts]
    counts = {name: [cell.people for cell in cells] for name, cells in parts.items()}
    forced: dict[str, set[int]] = {name: set() for name in parts}
    withheld: set[str] = set()
    while True:
        before = sum(map(len, forced.values())) + len(withheld)
        for name in parts:
            found = None if name in withheld else hidden_rows(counts[name], threshold, forced[name])
            if found is None:
                withheld.add(name)
            else:
                forced[name].update(found)
        for name, places in _same_elsewhere(parts, forced, withheld):
            forced[name].update(places)
        for nest in known:
            _hide_nested(nest, counts, forced, withheld, threshold)
        if sum(map(len, forced.values())) + len(withheld) == before:
            return {
                name: None if name in withheld else frozenset(rows) for name, rows in forced.items()
            }


def _same_elsewhere(
    parts: Mapping[str, Sequence[Cell]], forced: Mapping[str, set[int]], withheld: Collection[str]
) -> list[tuple[str, set[int]]]:
    """Rows that count the same people as a row hidden in another breakdown."""
    hidden = {
        (name, parts[name][place])
        for name, places in forced.items()
        if name not in withheld
        for place in places
        if parts[name][place].figures is not None
    }
    cells: dict[Cell, set[str]] = {}
    for name, cell in hidden:
        cells.setdefault(cell, set()).add(name)
    return [
        (
            name,
            {
                place
                for place, cell in enumerate(listed)
                if cell.people > 0 and cells.get(cell, set()) - {name}
            },
        )
        for name, listed in parts.items()
    ]


def _hide_nested(
    nest: Nest,
    counts: Mapping[str, Sequence[int]],
    forced: dict[str, set[int]],
    withheld: set[str],
    threshold: int,
) -> None:
    """Keep each row of the wider breakdown from giving back a row hidden within it."""
    inner, outer = counts[nest.inner], counts[nest.outer]
    if nest.inner in withheld or nest.outer in withheld:
        return
    rows_of: dict[int, list[int]] = {}
    for row, place in enumerate(nest.within):
        if place is not None and inner[row] > 0:
            rows_of.setdefault(place, []).append(row)
    for place in range(len(outer)):
        if place in forced[nest.outer]:
            continue
        rows = rows_of.get(place, [])
        mine = [rank for rank, row in enumerate(rows) if row in forced[nest.inner]]
        found = hidden_rows([inner[row] for row in rows], threshold, mine)
        if found is None:
            forced[nest.outer].add(place)
        else:
            forced[nest.inner].update(rows[rank] for rank in found)
    within = [row for place in forced[nest.outer] for row in rows_of.get(place, [])]
    forced[nest.inner].update(within)
    if within and not _enough([inner[row] for row in within], threshold):
        withheld.add(nest.inner)


def withheld_groups(
    counts: Mapping[Group, Mapping[Value, int]],
    threshold: int,
    forced: Collection[Group] = (),
    hidden_values: Collection[Value] = (),
) -> frozenset[Group]:
    """The groups (operations, say) of which a breakdown is not given at all.

    ``counts`` are people by group and value; the totals of groups are known, those in ``forced``
    apart, and those of values, ``hidden_values`` apart. The breakdown of a group is given only
    when each of its values counts nobody or ``threshold`` people; the groups withheld then count
    together enough people of each value, and each of them few enough of the whole, that what is
    left once the others are taken away tells of no group of a few people.
    """
    hidden = set(hidden_values)
    withheld = {group for group in counts if group in set(forced)}
    for group, values in counts.items():
        if any(0 < count < threshold for count in values.values()) or any(
            values.get(value) for value in hidden
        ):
            withheld.add(group)
    spare = sorted(
        (group for group in counts if group not in withheld),
        key=lambda group: -sum(counts[group].values()),
    )
    while withheld and spare and not _blurred([counts[group] for group in withheld], threshold):
        withheld.add(spare.pop())
    return frozenset(withheld)


def _blurred(groups: Sequence[Mapping[Value, int]], threshold: int) -> bool:
    """Whether the totals of groups and of values leave ``threshold`` people of room everywhere."""
    by_value: dict[Value, int] = {}
    for values in groups:
        for value, count in values.items():
            by_value[value] = by_value.get(value, 0) + count
    whole = sum(by_value.values())
    rest = [whole - sum(values.values()) for values in groups]
    sides = [*by_value.values(), *(whole - count for count in by_value.values())]
    return (
        len(groups) > 1
        and all(left >= threshold for left in rest)
        and all(side == 0 or side >= threshold for side in sides)
    )
