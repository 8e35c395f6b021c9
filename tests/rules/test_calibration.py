"""Sizing hours: the worked examples of domain.md 3.6 (E1 to E5, E14, E15)."""

from fractions import Fraction

import pytest

from suivi_tui.rules.calibration import (
    ANRU_NEIGHBOURHOOD_RATE,
    ANRU_WORKS_RATE,
    insertion_hours,
    insertion_hours_after_transfer,
    insertion_hours_of_labour,
    labour_amount,
    labour_hours,
    round_down,
    to_hours,
)


@pytest.mark.parametrize(
    ("example", "amount", "share", "rate", "cost", "hundredths", "whole"),
    [
        ("E1", 1_000_000, 50, 5, 30, 83333, 833),
        ("E1b", 1_000_000, 50, 5, 25, 100000, 1000),
        ("E2", 1_500_000, 70, 10, 30, 350000, 3500),
        ("E3 maçonnerie", 1_000_000, 50, 5, 30, 83333, 833),
        ("E4", 1_000_000, 70, 5, 30, 116667, 1166),
        ("E5", 1_000_000, 20, 5, 30, 33333, 333),
    ],
)
def test_formula(
    example: str, amount: int, share: int, rate: int, cost: int, hundredths: int, whole: int
) -> None:
    exact = insertion_hours(amount * 100, Fraction(share, 100), Fraction(rate, 100), cost * 100)
    assert to_hours(exact) == hundredths
    assert round_down(exact) == whole


def test_steps_of_the_first_example() -> None:
    labour = labour_amount(100_000_000, Fraction(1, 2))
    assert labour == 50_000_000
    assert labour * Fraction(5, 100) == 2_500_000


def test_total_labour_hours_of_the_second_example() -> None:
    assert labour_hours(150_000_000, Fraction(7, 10), 3000) == 35000


def test_transferred_staff_is_taken_away() -> None:
    """E14: 500 h, not 2 000 h."""
    rate = Fraction(1, 10)
    assert insertion_hours_after_transfer(Fraction(20000), Fraction(15000), rate) == 500
    assert insertion_hours_after_transfer(Fraction(20000), Fraction(0), rate) == 2000


def test_anru_floors() -> None:
    """E15."""
    assert insertion_hours_of_labour(Fraction(40000), ANRU_WORKS_RATE) == 2000
    assert insertion_hours_of_labour(Fraction(40000), ANRU_NEIGHBOURHOOD_RATE) == 4000


@pytest.mark.parametrize(("step", "whole"), [(1, 833), (10, 830), (35, 805)])
def test_rounding_down_to_a_step(step: int, whole: int) -> None:
    assert round_down(Fraction(2500, 3), step) == whole


@pytest.mark.parametrize(
    ("share", "rate", "cost"),
    [
        (Fraction(1, 2), Fraction(1, 20), 0),
        (Fraction(1, 2), Fraction(1, 20), -3000),
        (Fraction(3, 2), Fraction(1, 20), 3000),
        (Fraction(1, 2), Fraction(-1, 20), 3000),
    ],
)
def test_impossible_inputs_are_refused(share: Fraction, rate: Fraction, cost: int) -> None:
    with pytest.raises(ValueError):
        insertion_hours(100_000_000, share, rate, cost)


def test_more_staff_transferred_than_there_is_is_refused() -> None:
    with pytest.raises(ValueError):
        insertion_hours_after_transfer(Fraction(100), Fraction(101), Fraction(1, 10))
