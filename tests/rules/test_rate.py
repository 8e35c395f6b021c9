"""Rates of achievement and hours left."""

from fractions import Fraction

import pytest

from suivi_tui.rules.rate import achievement_rate, pace, remaining, surplus
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.numbers import format_percent


def test_bridge_of_chatillon() -> None:
    """domain.md 3.6, E6."""
    done, owed = Hours(1_100_000), Hours(950_000)
    rate = achievement_rate(done, owed)
    assert rate == Fraction(11000, 9500)
    assert rate is not None and format_percent(rate, 2) == "115,79\u00a0%"
    assert surplus(done, owed) == 150_000
    assert remaining(done, owed) == 0


@pytest.mark.parametrize(
    ("validated", "owed", "rate", "left", "over"),
    [
        (0, None, None, None, None),
        (500, None, None, None, None),
        (500, 0, None, 0, 500),
        (0, 1000, Fraction(0), 1000, 0),
        (999, 1000, Fraction(999, 1000), 1, 0),
        (1000, 1000, Fraction(1), 0, 0),
        (1001, 1000, Fraction(1001, 1000), 0, 1),
    ],
)
def test_rate_and_rest(
    validated: int, owed: int | None, rate: Fraction | None, left: int | None, over: int | None
) -> None:
    due = None if owed is None else Hours(owed)
    assert achievement_rate(Hours(validated), due) == rate
    assert remaining(Hours(validated), due) == left
    assert surplus(Hours(validated), due) == over


@pytest.mark.parametrize(
    ("expected", "result"), [(None, None), (0, None), (1000, Fraction(4, 5)), (-10, None)]
)
def test_pace(expected: int | None, result: Fraction | None) -> None:
    assert pace(Hours(800), None if expected is None else Hours(expected)) == result
