"""Records that a statement makes: people, employers, work contracts, placements.

Nothing is written of a record that no hours written need.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeAlias

from suivi_tui.store.journal import Change, Value, created

BirthName: TypeAlias = tuple[str, int]
"""Entity and id of a record that is not in the base yet."""


class _Birth(NamedTuple):
    values: Mapping[str, Value]
    needs: tuple[BirthName, ...]


class Births:
    """The records prepared for one file, each once."""

    def __init__(self, new_id: Callable[[], int]) -> None:
        self._new_id = new_id
        self._births: dict[BirthName, _Birth] = {}
        self._known: dict[tuple[object, ...], int] = {}

    def once(
        self, key: tuple[object, ...], entity: str, values: Callable[[], Mapping[str, Value]]
    ) -> int:
        """The record prepared under ``key``, made the first time; other records that it refers
        to by their id are those it needs."""
        row = self._known.get(key)
        if row is None:
            row = self._known[key] = self._new_id()
            filled = {name: value for name, value in values().items() if value not in (None, "")}
            linked = {(name, value) for name, value in filled.items() if isinstance(value, int)}
            needs = tuple(
                name
                for name in self._births
                if any(value == name[1] and _LINKS.get(field) == name[0] for field, value in linked)
            )
            self._births[entity, row] = _Birth(filled, needs)
        return row

    def made_for(self, key: tuple[object, ...]) -> int | None:
        """The record prepared under ``key``, if there is one."""
        return self._known.get(key)

    def values(self, entity: str, row: int) -> Mapping[str, Value] | None:
        """What was prepared of a record; None for one of the base."""
        birth = self._births.get((entity, row))
        return birth.values if birth else None

    def changes(self, wanted: Iterable[BirthName]) -> list[Change]:
        """The changes that make some records and those they need, in the order of their links."""
        needed: set[BirthName] = set()
        waiting = [name for name in wanted if name in self._births]
        while waiting:
            name = waiting.pop()
            if name not in needed:
                needed.add(name)
                waiting.extend(self._births[name].needs)
        return [
            created(*name, birth.values) for name, birth in self._births.items() if name in needed
        ]


_LINKS = {
    "participant": "participant",
    "employer": "company",
    "work_contract": "work_contract",
}
