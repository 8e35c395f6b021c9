"""What an evaluation can be narrowed to: the buyers, operations, structures... of the base."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from suivi_tui.store.queries import evaluation_people, figures
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.figures import ScopeRow
from suivi_tui.vocabulary.choices import Programme
from suivi_tui.vocabulary.text import fold


class FilterChoice(NamedTuple):
    """A value that a filter of ``Filters`` can take: what is kept, its label, what tells it."""

    value: Any
    label: str
    hint: str = ""


def filter_choices(connection: Connection, name: str) -> list[FilterChoice]:
    """The values that a field of ``Filters`` can take in this base, by label.

    Only contracts taken up are looked at. Raises KeyError for a field that has no closed list.
    """
    if name == "programme":
        return [FilterChoice(member.value, member.label) for member in Programme]
    rows = figures.scope(connection)
    if name == "company":
        return _companies(connection, rows)
    return _sorted(_CHOICES[name](rows))


def _sorted(choices: Iterable[FilterChoice]) -> list[FilterChoice]:
    return sorted(choices, key=lambda choice: (fold(choice.label), fold(choice.hint)))


def _buyers(rows: list[ScopeRow]) -> Iterable[FilterChoice]:
    """A buyer entered twice is one choice."""
    names: dict[str, str] = {}
    ids: dict[str, set[int]] = {}
    for row in rows:
        names.setdefault(fold(row.buyer_name), row.buyer_name)
        ids.setdefault(fold(row.buyer_name), set()).add(row.buyer)
    return [FilterChoice(tuple(sorted(ids[key])), name) for key, name in names.items()]


def _texts(column: str) -> Callable[[list[ScopeRow]], Iterable[FilterChoice]]:
    def found(rows: list[ScopeRow]) -> Iterable[FilterChoice]:
        texts = dict.fromkeys(str(getattr(row, column)) for row in rows)
        return [FilterChoice(text, text) for text in texts if text]

    return found


def _operations(rows: list[ScopeRow]) -> Iterable[FilterChoice]:
    known = {row.operation: row for row in rows if row.operation is not None}
    return [FilterChoice(key, row.operation_name, row.buyer_name) for key, row in known.items()]


def _contracts(rows: list[ScopeRow]) -> Iterable[FilterChoice]:
    known = {row.contract: row for row in rows}
    return [
        FilterChoice(key, row.number or row.operation_name, row.buyer_name)
        for key, row in known.items()
    ]


def _lots(rows: list[ScopeRow]) -> Iterable[FilterChoice]:
    known = {row.lot: row for row in rows if row.lot_number not in ("", "0")}
    return [
        FilterChoice(key, f"{row.number or row.operation_name} lot {row.lot_number}",
                     row.buyer_name)
        for key, row in known.items()
    ]  # fmt: skip


def _companies(connection: Connection, rows: list[ScopeRow]) -> list[FilterChoice]:
    """Those who hold an obligation or employ somebody."""
    concerned = {row.company for row in rows} | evaluation_people.employers(connection)
    named = [row for row in figures.companies(connection) if row.id in concerned]
    return _sorted(FilterChoice(row.id, row.name, row.code) for row in named)


_CHOICES: dict[str, Callable[[list[ScopeRow]], Iterable[FilterChoice]]] = {
    "buyers": _buyers,
    "territory": _texts("territory"),
    "operation": _operations,
    "contract": _contracts,
    "lot": _lots,
    "facilitator": _texts("facilitator"),
}
