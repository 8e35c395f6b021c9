"""Planned and actual duration and cost of contracts: worked cases, and when nothing is said."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from suivi_tui.rules.clause_effect import (
    Comparison,
    ContractEffect,
    ContractFacts,
    ContractMove,
    contract_effect,
    side_of,
)
from suivi_tui.vocabulary.money import Money

TODAY = date(2026, 6, 20)
START, END = date(2025, 1, 1), date(2025, 12, 31)
LOT, OTHER = 7, 8


def move(kind: str, on: str = "2025-06-01", **given: Any) -> ContractMove:
    return ContractMove(date.fromisoformat(on), kind, **given)


def effect(*moves: ContractMove, **given: Any) -> ContractEffect:
    values: dict[str, Any] = {
        "start": START,
        "end": END,
        "amount": Money(100_000_00),
        "lots": ((LOT, Money(100_000_00)),),
        **given,
    }
    return contract_effect(ContractFacts(1, moves=moves, **values), TODAY)


@pytest.mark.parametrize(
    ("found", "duration"),
    [
        # Nothing says that it moved, nor that it did not.
        (effect(), None),
        (effect(ended_on=END), (365, 365)),
        (effect(ended_on=date(2026, 1, 10)), (365, 375)),
        (effect(duration_months=6, ended_on=END), (181, 365)),
        (effect(move("prolongation", months=2)), (365, 424)),
        # Ten days stopped are ten days more.
        (effect(move("arret"), move("reprise", "2025-06-11")), (365, 375)),
        # Stopped and not restarted: nobody knows yet.
        (effect(move("arret")), None),
        # A duration of open data is whole, and the end then already holds it.
        (effect(move("duree", months=15)), None),
        (effect(move("notification", "2025-01-01", months=12), move("duree", months=15)),
         (365, 455)),
        # An extension ordered after that duration adds to it, one before is within it.
        (
            effect(
                move("notification", "2025-01-01", months=12),
                move("prolongation", "2025-05-01", months=1),
                move("duree", months=13),
                move("prolongation", "2025-07-01", months=1),
            ),
            (365, 424),
        ),
        # Not over yet, on its last day, over.
        (effect(ended_on=date(2026, 6, 21)), None),
        (effect(ended_on=TODAY), None),
        (effect(ended_on=date(2026, 6, 19)), (365, 535)),
        (effect(start=None, ended_on=END), None),
    ],
)  # fmt: skip
def test_durations(found: ContractEffect, duration: tuple[int, int] | None) -> None:
    assert found.duration == duration


@pytest.mark.parametrize(
    ("found", "cost"),
    [
        (effect(), None),
        (effect(final_amount=Money(110_000_00)), (100_000_00, 110_000_00)),
        # The whole amount once it changed, the last one; what was paid in the end goes before.
        (
            effect(
                move("montant", amount=Money(105_000_00)),
                move("montant", "2025-09-01", amount=Money(90_000_00)),
            ),
            (100_000_00, 90_000_00),
        ),
        (
            effect(move("montant", amount=Money(105_000_00)), final_amount=Money(104_000_00)),
            (100_000_00, 104_000_00),
        ),
        # The contract already tells its last amount: the first one is lost, unless it was kept.
        (effect(move("montant", amount=Money(100_000_00))), None),
        (
            effect(
                move("notification", "2025-01-01", lot=LOT, amount=Money(80_000_00)),
                move("montant", lot=LOT, amount=Money(100_000_00)),
            ),
            (80_000_00, 100_000_00),
        ),
        # One lot of two moved.
        (
            effect(
                move("montant", lot=LOT, amount=Money(70_000_00)),
                lots=((LOT, Money(60_000_00)), (OTHER, Money(40_000_00))),
            ),
            (100_000_00, 110_000_00),
        ),
        (
            effect(
                move("montant", lot=LOT, amount=Money(70_000_00)),
                lots=((LOT, Money(60_000_00)), (OTHER, None)),
            ),
            None,
        ),
        (effect(amount=None, final_amount=Money(1_00)), None),
        (effect(amount=Money(0), final_amount=Money(1_00)), None),
    ],
)
def test_costs(found: ContractEffect, cost: tuple[int, int] | None) -> None:
    assert found.cost == cost


def test_a_closed_contract_is_over_whatever_its_end() -> None:
    late = date(2027, 1, 1)
    assert not effect(end=late).over
    assert effect(end=late, stage="clos").over
    assert effect(end=late, closed_on=date(2026, 1, 1)).over


def test_two_sides_and_the_minimum() -> None:
    def ended(days: int) -> ContractEffect:
        return ContractEffect(1, True, 100, 100 + days, None, None)

    running = ContractEffect(2, False, 100, 150, Money(100), Money(200))
    side = side_of([ended(0), ended(10), ended(50), running])
    assert (side.contracts, side.running, side.cost) == (4, 1, None)
    measure = side.duration
    assert measure is not None
    assert (measure.contracts, measure.change_median) == (3, Fraction(1, 10))
    assert measure.change_mean == Fraction(1, 5)
    assert (measure.planned_mean, measure.actual_median) == (100, 110)
    for minimum, enough in ((2, True), (3, True), (4, False)):
        assert Comparison("", side, side, minimum).enough("duration") is enough
    assert not Comparison("", side, side_of([]), 0).enough("duration")
    assert not Comparison("", side, side, 1).enough("cost")
