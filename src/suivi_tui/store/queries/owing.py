"""What obligations owe, read for many of them at once: movements, orders, terms of their lots."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from suivi_tui.rules.movements import Movement
from suivi_tui.rules.owing import Owing
from suivi_tui.store.queries import orders
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import EventRow, event_rows, iso_date
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import OwedFormula, ScheduleKind
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money

if TYPE_CHECKING:
    from suivi_tui.store.queries.terms import TermRow

PLAIN_FORMULAS = ("", OwedFormula.FIXED.value, OwedFormula.PER_TRANCHE.value)
_PLAIN_SCHEDULES = ("", ScheduleKind.LINEAR.value)


class OwingRow(NamedTuple):
    """What an obligation says of its formula, its schedule and its dates."""

    obligation: int
    lot: int
    contract: int
    formula: str
    schedule: str
    start: str | None
    end: str | None
    contract_start: str | None
    contract_end: str | None
    notified_on: str | None
    category: str

    @property
    def plain(self) -> bool:
        """Whether no term is needed: written hours, spread evenly."""
        return self.formula in PLAIN_FORMULAS and self.schedule in _PLAIN_SCHEDULES


OWING = (
    "SELECT obligation.id, lot.id, contract.id, obligation.formula, obligation.schedule, "
    'obligation.start, obligation."end", contract.start, contract."end", contract.notified_on, '
    "contract.category FROM json_each(?) AS wanted "
    "CROSS JOIN obligation ON obligation.id = wanted.value "
    "CROSS JOIN lot ON lot.id = obligation.lot CROSS JOIN contract ON contract.id = lot.contract"
)


def read_owing(
    connection: Connection,
    obligations: Iterable[int],
    history: Iterable[EventRow] | None = None,
) -> dict[int, Owing]:
    """By obligation, what it owes. ``history`` are its events when they have been read already."""
    wanted = list(obligations)
    rows = owing_rows(connection, wanted)
    moves: dict[int, list[Movement]] = defaultdict(list)
    for event in event_rows(connection, wanted) if history is None else history:
        moves[event.obligation].append(movement_of(event))
    ordered = orders.of_contracts(connection, {row.contract for row in rows})
    particular = {row.contract for row in rows if not row.plain}
    said = _terms(connection, particular) if particular else {}
    return {
        row.obligation: _owing(
            row,
            moves.get(row.obligation, ()),
            orders.on_lot(ordered.get(row.contract, ()), row.lot),
            said.get(row.contract, ()),
        )
        for row in rows
    }


def _terms(connection: Connection, contracts: Iterable[int]) -> "dict[int, list[TermRow]]":
    from suivi_tui.store.queries import terms

    return terms.of_contracts(connection, contracts)


def owing_rows(connection: Connection, obligations: Iterable[int]) -> list[OwingRow]:
    """The formula, the schedule and the dates of some obligations."""
    found = connection.execute(OWING, (id_list(obligations),))
    return [OwingRow(*row) for row in found]


def movement_of(row: EventRow) -> Movement:
    """An event of an obligation as the rules read it; one without a date counts from ever."""
    return Movement(
        iso_date(row.date) or date.min,
        row.kind,
        None if row.hours is None else Hours(row.hours),
        None if row.amount_cents is None else Money(row.amount_cents),
        bool(row.firm),
        None,
        row.reason,
    )


def _owing(
    row: OwingRow,
    moves: Iterable[Movement],
    ordered: tuple[Movement, ...],
    found: "Iterable[TermRow]",
) -> Owing:
    written = Owing(
        movements=tuple(moves),
        start=iso_date(row.start),
        end=iso_date(row.end or row.contract_end),
        orders=ordered,
        kind=row.schedule or ScheduleKind.LINEAR.value,
    )
    if row.plain and row.formula != OwedFormula.PER_TRANCHE.value:
        return written
    from suivi_tui.rules.formula_terms import formula_of, idle_of, said_of, steps_of

    said = said_of([term.line for term in found], row.lot)
    begins = iso_date(row.contract_start or row.notified_on or row.start)
    read = formula_of(row.formula, said, begins, iso_date(row.contract_end or row.end))
    return written._replace(
        formula=read.formula,
        idle=() if row.plain else idle_of(said, row.category),
        steps=() if row.plain else steps_of(said),
        worked=said.worked,
        planned_work=said.planned_work,
        missing=read.missing,
    )
