"""What contracts were planned to last and to cost, and what they did, with and without a clause.

Two groups of contracts side by side prove nothing by themselves: sites, trades and years differ.
Figures are shown with their numbers of contracts and, under a minimum, no conclusion at all.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Final, Literal, NamedTuple, TypeAlias

from suivi_tui.rules.movements import Movement, effective_dates
from suivi_tui.vocabulary.choices import ContractEventKind, Stage
from suivi_tui.vocabulary.dates import add_calendar_months
from suivi_tui.vocabulary.money import Money

_ORDERS: Final = (
    ContractEventKind.EXTENSION.value,
    ContractEventKind.STOP.value,
    ContractEventKind.RESTART.value,
)
_NOTIFIED: Final = ContractEventKind.NOTIFIED.value
_DURATION: Final = ContractEventKind.DURATION.value
_OVER: Final = (Stage.ENDED.value, Stage.CLOSED.value)


MeasureName: TypeAlias = Literal["duration", "cost"]
"""What is measured: how long contracts last, what they cost."""


class ContractMove(NamedTuple):
    """An event of a contract, or of one of its lots.

    ``amount`` is the whole amount before tax once it happened, never a difference; ``months`` are
    added by an extension and the whole duration otherwise. ``NOTIFIED`` tells both at the start.
    """

    date: date
    kind: str
    lot: int | None = None
    amount: Money | None = None
    months: int | None = None


class ContractFacts(NamedTuple):
    """A contract as it was notified and as it went. Amounts in cents before tax.

    ``amount`` is what the contract says now: that of its notification, unless open data or a
    person put the last change in its place. ``lots`` are the amounts of its lots by id.
    """

    contract: int
    start: date | None = None
    end: date | None = None
    stage: str = ""
    closed_on: date | None = None
    duration_months: int | None = None
    amount: Money | None = None
    ended_on: date | None = None
    final_amount: Money | None = None
    lots: tuple[tuple[int, Money | None], ...] = ()
    moves: tuple[ContractMove, ...] = ()


class ContractEffect(NamedTuple):
    """Planned and actual, in days and in cents; a figure that cannot be known is None.

    ``over`` is whether the contract has ended: before that nothing is actual.
    """

    contract: int
    over: bool
    planned_days: int | None
    actual_days: int | None
    planned_amount: Money | None
    actual_amount: Money | None

    @property
    def duration(self) -> "tuple[int, int] | None":
        """Planned and actual days of a contract that is over, when both are known."""
        return _pair(self.over, self.planned_days, self.actual_days)

    @property
    def cost(self) -> "tuple[int, int] | None":
        """Planned and actual amount of a contract that is over, when both are known."""
        return _pair(self.over, self.planned_amount, self.actual_amount)


class Measure(NamedTuple):
    """One figure over some ``contracts``: planned, actual, and the change of each contract.

    Changes are shares of what was planned (``Fraction(1, 20)`` is 5 % more).
    """

    contracts: int
    planned_mean: Fraction
    planned_median: Fraction
    actual_mean: Fraction
    actual_median: Fraction
    change_mean: Fraction
    change_median: Fraction


class Side(NamedTuple):
    """The contracts with a clause, or without. ``running`` are not over: they are not compared.

    ``duration`` is in days and ``cost`` in cents; None when no contract tells both figures.
    """

    contracts: int
    running: int
    duration: Measure | None
    cost: Measure | None

    def measure(self, name: MeasureName) -> Measure | None:
        """One of the two measures."""
        return self.duration if name == "duration" else self.cost


class Comparison(NamedTuple):
    """Contracts with and without a clause, side by side; ``minimum`` for any conclusion."""

    label: str
    with_clause: Side
    without_clause: Side
    minimum: int

    def enough(self, name: MeasureName) -> bool:
        """Whether both sides have enough contracts for a measure."""
        sides = (self.with_clause.measure(name), self.without_clause.measure(name))
        return all(side is not None and side.contracts >= self.minimum for side in sides)


def contract_effect(facts: ContractFacts, today: date) -> ContractEffect:
    """What one contract was planned to be, and what it was."""
    planned = _planned_end(facts)
    actual = _actual_end(facts, planned, today)
    ends = facts.ended_on or actual or planned
    ended = ends is not None and ends < today
    over = ended or facts.closed_on is not None or facts.stage in _OVER
    return ContractEffect(
        facts.contract,
        over,
        _days(facts.start, planned),
        _days(facts.start, actual),
        _planned_amount(facts),
        _actual_amount(facts),
    )


def side_of(effects: Iterable[ContractEffect]) -> Side:
    """Several contracts together."""
    listed = list(effects)
    running = sum(not effect.over for effect in listed)
    durations = [pair for effect in listed if (pair := effect.duration) is not None]
    costs = [pair for effect in listed if (pair := effect.cost) is not None]
    return Side(len(listed), running, _measure(durations), _measure(costs))


def _pair(over: bool, planned: int | None, actual: int | None) -> tuple[int, int] | None:
    if not over or planned is None or actual is None or planned <= 0 or actual < 0:
        return None
    return planned, actual


def _measure(pairs: Sequence[tuple[int, int]]) -> Measure | None:
    if not pairs:
        return None
    planned = [Fraction(pair[0]) for pair in pairs]
    actual = [Fraction(pair[1]) for pair in pairs]
    changes = [Fraction(pair[1] - pair[0], pair[0]) for pair in pairs]
    count = len(pairs)
    return Measure(
        count,
        sum(planned, Fraction()) / count,
        median(planned),
        sum(actual, Fraction()) / count,
        median(actual),
        sum(changes, Fraction()) / count,
        median(changes),
    )


def _days(start: date | None, end: date | None) -> int | None:
    """Days from the first to the last, both included."""
    return (end - start).days + 1 if start is not None and end is not None else None


def _after(start: date, months: int) -> date | None:
    try:
        return add_calendar_months(start, months) - timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def _planned_end(facts: ContractFacts) -> date | None:
    """The last day planned at notification; unknown once open data moved it without telling."""
    told = [move.months for move in facts.moves if move.kind == _NOTIFIED and move.months]
    months = facts.duration_months or max(told, default=None)
    if months:
        return _after(facts.start, months) if facts.start is not None else None
    if any(move.kind == _DURATION and move.months for move in facts.moves):
        return None
    return facts.end


def _actual_end(facts: ContractFacts, planned: date | None, today: date) -> date | None:
    """The last day, once it is known that something moved it or that it was the last."""
    if facts.ended_on is not None:
        return facts.ended_on
    lots: list[int | None] = [lot for lot, _ in facts.lots]
    ends = [_moved_end(facts, lot, planned, today) for lot in lots or [None]]
    if any(settled is False for _, settled in ends):
        return None
    return max((end for end, settled in ends if settled and end is not None), default=None)


def _moved_end(
    facts: ContractFacts, lot: int | None, planned: date | None, today: date
) -> tuple[date | None, bool | None]:
    """The end of a lot, and whether it was moved: None when nothing did, False while stopped."""
    moves = sorted(
        (move for move in facts.moves if move.lot in (None, lot)), key=lambda move: move.date
    )
    whole = [move for move in moves if move.kind == _DURATION and move.months]
    end, since = planned, date.min
    if whole and facts.start is not None:
        end, since = _after(facts.start, whole[-1].months or 0), whole[-1].date
    orders = [
        Movement(
            move.date,
            move.kind,
            months=move.months if move.kind == ContractEventKind.EXTENSION.value else None,
        )
        for move in moves
        if move.kind in _ORDERS and move.date >= since
    ]
    if not orders:
        return end, True if whole else None
    dates = effective_dates(facts.start, end, orders, today)
    return dates.end, dates.stopped_since is None


def _told(moves: Iterable[ContractMove], lot: int | None) -> ContractMove | None:
    """The last change of amount of a lot, of the whole contract without one."""
    found = [move for move in moves if move.lot == lot and move.amount is not None]
    return max(found, key=lambda move: move.date, default=None)


def _planned_amount(facts: ContractFacts) -> Money | None:
    first = {
        move.lot: move.amount
        for move in facts.moves
        if move.kind == _NOTIFIED and move.amount is not None
    }
    if None in first:
        return first[None]
    if any(lot in first for lot, _ in facts.lots):
        return _sum(first.get(lot, amount) for lot, amount in facts.lots)
    # The amount of the contract may be that of the last change: then the first one is lost.
    last = _last_amount(facts)
    return None if last is not None and last == facts.amount else facts.amount


def _actual_amount(facts: ContractFacts) -> Money | None:
    return facts.final_amount if facts.final_amount is not None else _last_amount(facts)


def _last_amount(facts: ContractFacts) -> Money | None:
    """The whole amount after its last change; None when nothing changed it, or not all is known."""
    moves = [move for move in facts.moves if move.kind != _NOTIFIED]
    whole = _told(moves, None)
    by_lot = {lot: _told(moves, lot) for lot, _ in facts.lots}
    told = [move for move in by_lot.values() if move is not None]
    if whole is not None:
        return whole.amount if all(move.date <= whole.date for move in told) else None
    if not told:
        return None
    return _sum(
        move.amount if (move := by_lot[lot]) is not None else amount for lot, amount in facts.lots
    )


def _sum(amounts: Iterable[Money | None]) -> Money | None:
    listed = list(amounts)
    known = [amount for amount in listed if amount is not None]
    return Money(sum(known)) if known and len(known) == len(listed) else None
