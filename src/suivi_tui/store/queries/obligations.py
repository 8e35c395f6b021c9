"""Obligations and what is needed to judge them: who owes, from when, how much, what was done."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from suivi_tui.rules.indicators import Totals
from suivi_tui.rules.movements import Movement
from suivi_tui.rules.owing import Owing
from suivi_tui.store.queries import orders
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import Stage
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

# Under way: past the upstream stages, neither closed nor refused. A list of stages, not its
# contrary, so that the index finds them without a look at the closed contracts.
UNDER_WAY = ("", Stage.TO_QUALIFY.value, Stage.RUNNING.value, Stage.ENDED.value)
_COLUMNS = (
    "obligation.id, lot.id, lot.number, lot.title, contract.id, contract.number, contract.object, "
    "contract.operation, coalesce(operation.name, ''), contract.buyer, buyer.name, "
    'obligation.company, company.name, obligation.start, obligation."end", contract.start, '
    'contract."end", contract.notified_on, contract.stage, obligation.closed_on, '
    "coalesce(obligation.outcome, '')"
)
_NAMES = (
    "CROSS JOIN company ON company.id = obligation.company "
    "CROSS JOIN buyer ON buyer.id = contract.buyer "
    "LEFT JOIN operation ON operation.id = contract.operation "
)
_FROM_CONTRACT = (
    "contract CROSS JOIN lot ON lot.contract = contract.id AND lot.removed = 0 "
    "CROSS JOIN obligation ON obligation.lot = lot.id AND obligation.removed = 0 " + _NAMES
)
_FROM_OBLIGATION = (
    "obligation CROSS JOIN lot ON lot.id = obligation.lot AND lot.removed = 0 "
    "CROSS JOIN contract ON contract.id = lot.contract AND contract.removed = 0 " + _NAMES
)
_IN_ORDER = " ORDER BY contract.number, contract.id, lot.number, obligation.id"


class ObligationRow(NamedTuple):
    """An obligation with the names around it. Dates are ISO text, None when unknown.

    ``start`` is the start on site; ``operation`` is None and its name '' when there is none.
    """

    obligation: int
    lot: int
    lot_number: str
    lot_title: str
    contract: int
    number: str
    object: str
    operation: int | None
    operation_name: str
    buyer: int
    buyer_name: str
    company: int
    company_name: str
    start: str | None
    end: str | None
    contract_start: str | None
    contract_end: str | None
    notified_on: str | None
    stage: str
    closed_on: str | None
    outcome: str
    moved_end: date | None = None

    @property
    def under_way(self) -> bool:
        """Past the upstream stages, neither closed nor refused."""
        return self.closed_on is None and self.stage in UNDER_WAY

    @property
    def first_day(self) -> date | None:
        """The start on site."""
        return iso_date(self.start)

    @property
    def last_day(self) -> date | None:
        """The end of the obligation, or that of its contract when it has none of its own;
        extensions and stops that have ended are counted."""
        return self.moved_end or iso_date(self.end or self.contract_end)


def iso_date(text: str | None) -> date | None:
    """A date of the base; None when it is unknown or cannot be read."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def running(connection: Connection, open_since: date | None = None) -> list[ObligationRow]:
    """The obligations under way of contracts taken up, by contract and lot.

    With ``open_since``, also those closed on that day or later (the figures of a year).
    """
    stages = UNDER_WAY if open_since is None else (*UNDER_WAY, Stage.CLOSED.value)
    limit = open_since.isoformat() if open_since else "9999"
    found = [
        ObligationRow(*row)
        for row in connection.execute(
            f"SELECT {_COLUMNS} FROM {_FROM_CONTRACT}"
            "WHERE contract.taken_up = 1 "
            f"AND contract.stage IN ({', '.join('?' * len(stages))}) AND contract.removed = 0 "
            "AND (contract.closed_on IS NULL OR contract.closed_on >= ?) "
            "AND (obligation.closed_on IS NULL OR obligation.closed_on >= ?)" + _IN_ORDER,
            (*stages, limit, limit),
        )
    ]
    return _moved(connection, found)


def _moved(connection: Connection, rows: list[ObligationRow]) -> list[ObligationRow]:
    """The same obligations, their ends moved by the orders given on their contracts."""
    given = orders.of_contracts(connection, {row.contract for row in rows})
    return [
        _with_end(row, orders.on_lot(given[row.contract], row.lot))
        if row.contract in given
        else row
        for row in rows
    ]


def _with_end(row: ObligationRow, given: tuple[Movement, ...]) -> ObligationRow:
    return row._replace(moved_end=Owing(end=row.last_day, orders=given).dates().end)


def one(connection: Connection, obligation: int) -> ObligationRow | None:
    """One obligation; None when it does not exist or was removed."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM {_FROM_OBLIGATION}"
        "WHERE obligation.id = ? AND obligation.removed = 0",
        (obligation,),
    ).fetchone()
    return _moved(connection, [ObligationRow(*row)])[0] if row else None


def of_contracts(connection: Connection, contracts: Iterable[int]) -> list[ObligationRow]:
    """The obligations of some contracts, closed ones included."""
    found = [
        ObligationRow(*row)
        for row in connection.execute(
            f"SELECT {_COLUMNS} FROM json_each(?) AS wanted CROSS JOIN {_FROM_CONTRACT}"
            "WHERE contract.id = wanted.value" + _IN_ORDER,
            (id_list(contracts),),
        )
    ]
    return _moved(connection, found)


def of_ids(connection: Connection, obligations: Iterable[int]) -> list[ObligationRow]:
    """Some obligations, closed ones included."""
    found = [
        ObligationRow(*row)
        for row in connection.execute(
            f"SELECT {_COLUMNS} FROM json_each(?) AS wanted CROSS JOIN {_FROM_OBLIGATION}"
            "WHERE obligation.id = wanted.value AND obligation.removed = 0" + _IN_ORDER,
            (id_list(obligations),),
        )
    ]
    return _moved(connection, found)


def of_companies(connection: Connection, companies: Iterable[int]) -> list[ObligationRow]:
    """The obligations of some companies on contracts taken up, closed ones included."""
    found = [
        ObligationRow(*row)
        for row in connection.execute(
            f"SELECT {_COLUMNS} FROM json_each(?) AS wanted CROSS JOIN {_FROM_OBLIGATION}"
            "WHERE obligation.company = wanted.value AND obligation.removed = 0 "
            "AND contract.taken_up = 1" + _IN_ORDER,
            (id_list(companies),),
        )
    ]
    return _moved(connection, found)


class EventRow(NamedTuple):
    """What moved the hours owed of an obligation: hours in hundredths, amount in cents."""

    event: int
    obligation: int
    date: str
    kind: str
    hours: int | None
    amount_cents: int | None
    firm: int
    reason: str
    counterpart: int | None = None


def event_rows(connection: Connection, obligations: Iterable[int]) -> list[EventRow]:
    """The events of some obligations, by date."""
    return [
        EventRow(*row)
        for row in connection.execute(
            "SELECT event.id, event.obligation, event.date, event.kind, event.hours, "
            "event.amount_cents, event.firm, event.reason, event.counterpart "
            "FROM json_each(?) AS wanted "
            "CROSS JOIN obligation_event AS event ON event.obligation = wanted.value "
            "WHERE event.removed = 0 ORDER BY event.date, event.id",
            (id_list(obligations),),
        )
    ]


SUMS = (
    "sum(declared), sum(validated), sum(declared - validated), "
    "sum(CASE WHEN validated IS NULL THEN declared END)"
)


def sums(
    connection: Connection,
    obligations: Iterable[int],
    first: Month | None = None,
    last: Month | None = None,
) -> dict[int, Totals]:
    """By obligation, its hours in all or from month ``first`` to ``last``, both included."""
    return {
        row[0]: totals_of(row[1:])
        for row in connection.execute(
            f"SELECT hour_entry.obligation, {SUMS} FROM json_each(?) AS wanted "
            "CROSS JOIN hour_entry ON hour_entry.obligation = wanted.value "
            "AND hour_entry.month BETWEEN ? AND ? "
            "WHERE hour_entry.removed = 0 GROUP BY hour_entry.obligation",
            (id_list(obligations), first or 0, last or 999912),
        )
    }


def totals_of(row: Sequence[Any]) -> Totals:
    """Totals from declared, validated, refused and pending sums; an empty sum is 0."""
    declared, validated, refused, pending = (Hours(value or 0) for value in row)
    return Totals(declared, validated, refused, pending)
