"""Totals, ages, full-time equivalents."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.indicators import (
    AGE_BANDS,
    OBSERVATORY_AGE_BANDS,
    HourPair,
    Totals,
    age_at,
    age_band,
    fte,
    totals,
)
from suivi_tui.vocabulary.hours import Hours


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], (0, 0, 0, 0)),
        ([(7000, None)], (7000, 0, 0, 7000)),
        ([(7000, 7000)], (7000, 7000, 0, 0)),
        ([(7000, 0)], (7000, 0, 7000, 0)),
        ([(7000, 6500), (1000, None)], (8000, 6500, 500, 1000)),
        # A credit note takes back hours already validated.
        ([(7000, 7000), (-2000, -2000)], (5000, 5000, 0, 0)),
        ([(7000, 7000), (-2000, None)], (5000, 7000, 0, -2000)),
    ],
)
def test_totals(lines: list[HourPair], expected: tuple[int, int, int, int]) -> None:
    found = totals(lines)
    assert (found.declared, found.validated, found.refused, found.pending) == expected


pairs = st.lists(
    st.tuples(st.integers(-50_000, 50_000), st.none() | st.integers(-50_000, 50_000)), max_size=20
)


@settings(max_examples=60, deadline=None)
@given(pairs, pairs)
def test_declared_is_the_sum_of_its_parts(first: list[HourPair], second: list[HourPair]) -> None:
    both = totals(first + second)
    assert both.declared == both.validated + both.refused + both.pending
    assert totals(first) + totals(second) == both
    assert Totals() + both == both


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2000, 3, 10), date(2026, 3, 9), 25),
        (date(2000, 3, 10), date(2026, 3, 10), 26),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
        (date(2000, 2, 29), date(2024, 2, 29), 24),
        (date(2026, 3, 10), date(2026, 3, 9), None),
        (None, date(2026, 3, 9), None),
        (date(2000, 3, 10), None, None),
    ],
)
def test_age_at_hiring(birth: date | None, day: date | None, age: int | None) -> None:
    assert age_at(birth, day) == age


@pytest.mark.parametrize(
    ("age", "usual", "observatory"),
    [
        (None, None, None),
        (16, 0, 0),
        (25, 0, 0),
        (26, 1, 1),
        (40, 1, 1),
        (41, 1, 2),
        (49, 1, 2),
        (50, 2, 2),
        (51, 2, 3),
        (70, 2, 3),
    ],
)
def test_age_bands(age: int | None, usual: int | None, observatory: int | None) -> None:
    expected = None if usual is None else AGE_BANDS[usual].label
    assert age_band(age) == expected
    expected = None if observatory is None else OBSERVATORY_AGE_BANDS[observatory].label
    assert age_band(age, OBSERVATORY_AGE_BANDS) == expected


@pytest.mark.parametrize(
    ("hours", "base", "posts"),
    [
        # E10 and E11 of domain.md 3.6.
        (43_680, 1820, 24.0),
        (43_680, 1607, 27.18),
        (25_124_684, 1600, 15_702.93),
        (25_124_684, 1607, 15_634.53),
        (0, 1600, 0.0),
        (8, 1600, 0.01),
        (7, 1600, 0.0),
    ],
)
def test_full_time_equivalents(hours: int, base: int, posts: float) -> None:
    assert fte(Hours(hours * 100), base) == posts


def test_a_base_of_zero_hours_is_refused() -> None:
    with pytest.raises(ValueError):
        fte(Hours(100), 0)


@pytest.mark.parametrize(
    ("hours", "people", "mean"),
    [(10_070_000, 25_484, 395), (519_800, 651, 798), (519_800, 730, 712)],
)
def test_means_of_published_figures(hours: int, people: int, mean: int) -> None:
    """E12 and E13: what a total of hundredths gives a person or a lot."""
    assert round(totals([(hours * 100, hours * 100)]).validated / 100 / people) == mean
