"""Decimals are read once for hours and money; figures are shown in the French way."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.vocabulary.numbers import (
    csv_hundredths,
    format_hundredths,
    format_number,
    format_percent,
    plural,
    scaled,
)


@pytest.mark.parametrize(
    ("text", "power", "expected"),
    [
        ("12", 2, 1200),
        ("1,2", 8, 120_000_000),
        ("0,005", 2, 1),
        ("0,0049", 2, 0),
        ("-0,005", 2, -1),
        ("-0", 2, 0),
        ("1.234.567", 2, 123_456_700),
        ("1,234,567.8", 2, 123_456_780),
        ("1'234,5", 2, 123_450),
    ],
)
def test_decimals_are_scaled_and_rounded_half_away_from_zero(
    text: str, power: int, expected: int
) -> None:
    assert scaled(text, power) == expected


@pytest.mark.parametrize(
    "text",
    ["", "-", ",", "12,", "1 23", "12 34,5", "1.23.456", "1,5,5", "1e5", "0x1F", "1_000", "²"],
)
def test_what_is_no_decimal_is_not_read(text: str) -> None:
    assert scaled(text) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(-(10**9), 10**9))
def test_hundredths_are_read_as_shown_and_as_filed(value: int) -> None:
    assert scaled(format_hundredths(value)) == value
    assert scaled(csv_hundredths(value)) == value
    assert scaled(csv_hundredths(value, ".")) == value


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, 0, "0"),
        (1234, 0, "1\u00a0234"),
        (-1234567, 0, "-1\u00a0234\u00a0567"),
        (Fraction(1, 8), 2, "0,13"),
        (Fraction(-1, 2), 0, "-1"),
        (12.5, 1, "12,5"),
        (float("nan"), 1, "–"),
        (float("inf"), 0, "–"),
    ],
)
def test_a_figure_is_shown_in_french(
    value: int | float | Fraction, decimals: int, expected: str
) -> None:
    assert format_number(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(7, 8), "87,5\u00a0%"),
        (0.875, "87,5\u00a0%"),
        (1, "100\u00a0%"),
        (Fraction(1, 3), "33,3\u00a0%"),
        (0, "0\u00a0%"),
        (12, "1\u00a0200\u00a0%"),
        (float("nan"), "–\u00a0%"),
    ],
)
def test_a_share_is_shown_as_a_percentage(value: Fraction | float, expected: str) -> None:
    assert format_percent(value) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0\u00a0alerte"),
        (1, "1\u00a0alerte"),
        (2, "2\u00a0alertes"),
        (1500, "1\u00a0500\u00a0alertes"),
    ],
)
def test_french_plural_starts_at_two(count: int, expected: str) -> None:
    assert plural(count, "alerte", "alertes") == expected
