"""What moves the dates of contracts: extensions, stop and restart orders."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suivi_tui.rules.movements import Movement
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import ContractEventKind

# Only an extension says months more: a change of duration of open data says the whole duration,
# which the end of the contract already holds.
KINDS = (
    ContractEventKind.EXTENSION.value,
    ContractEventKind.STOP.value,
    ContractEventKind.RESTART.value,
)


class OrderRow(NamedTuple):
    """An order on a whole contract (``lot`` None) or on one of its lots."""

    event: int
    contract: int
    lot: int | None
    date: str
    kind: str
    months: int | None
    reason: str

    @property
    def movement(self) -> Movement:
        """The order as the rules read it; one without a readable date counts from ever."""
        try:
            day = date.fromisoformat(self.date)
        except ValueError:
            day = date.min
        months = self.months if self.kind == ContractEventKind.EXTENSION.value else None
        return Movement(day, self.kind, months=months, reason=self.reason)


def of_contracts(connection: Connection, contracts: Iterable[int]) -> dict[int, list[OrderRow]]:
    """The orders of some contracts, by date; contracts without any are not there."""
    found: dict[int, list[OrderRow]] = defaultdict(list)
    for row in connection.execute(
        "SELECT event.id, event.contract, event.lot, event.date, event.kind, event.months, "
        "event.reason FROM json_each(?) AS wanted "
        "CROSS JOIN contract_event AS event ON event.contract = wanted.value "
        "WHERE event.removed = 0 AND event.kind IN (?, ?, ?) ORDER BY event.date, event.id",
        (id_list(contracts), *KINDS),
    ):
        found[row[1]].append(OrderRow(*row))
    return dict(found)


def on_lot(orders: Iterable[OrderRow], lot: int) -> tuple[Movement, ...]:
    """The orders that move one lot: its own and those of the whole contract."""
    return tuple(order.movement for order in orders if order.lot in (None, lot))
