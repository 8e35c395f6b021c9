"""Amounts are read to the cent; one that may be a thousand times another is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.vocabulary.money import Money, NotMoney, format_money, money_csv, parse_money


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("35000", 3_500_000),
        ("35 000 €", 3_500_000),
        ("35\u202f000,50\u00a0€", 3_500_050),
        ("35000.5", 3_500_050),
        ("1.234,50", 123_450),
        ("1,234,567.89", 123_456_789),
        ("1.234.567", 123_456_700),
        ("35 k€", 3_500_000),
        ("1,2 M€", 120_000_000),
        ("1,23456 M€", 123_456_000),
        ("35 000 € HT", 3_500_000),
        ("35000 EUR", 3_500_000),
        ("12 euros", 1200),
        ("-1 500,25", -150_025),
        ("1234.567", 123_457),
        ("0.125", 13),
        ("0", 0),
    ],
)
def test_amounts_are_read(text: str, expected: int) -> None:
    assert parse_money(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "€", "NaN", "inf", "1e6", "NC", "(35)", "35.000", "35,000 €", "12 $", "9" * 5000, "35 h"],
)
def test_what_is_no_clear_amount_is_refused(text: str) -> None:
    with pytest.raises(NotMoney):
        parse_money(text)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.text(max_size=20), st.text(st.sampled_from("0123456789,. -kM€eurHT"), max_size=9))
)
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        assert isinstance(parse_money(text), int)
    except NotMoney as refusal:
        assert str(refusal).endswith(".")


@settings(max_examples=60, deadline=None)
@given(st.integers(-(10**11), 10**11).map(Money))
def test_amounts_shown_or_filed_are_read_back(money: Money) -> None:
    assert parse_money(format_money(money)) == money
    assert parse_money(money_csv(money)) == money
    assert parse_money(money_csv(money, decimal=".")) == money


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        (3_500_000, "35\u00a0000\u00a0€"),
        (3_500_050, "35\u00a0000,50\u00a0€"),
        (-150_000, "-1\u00a0500\u00a0€"),
        (-5, "-0,05\u00a0€"),
        (0, "0\u00a0€"),
    ],
)
def test_cents_are_shown_only_when_there_are_some(money: int, expected: str) -> None:
    assert format_money(Money(money)) == expected


def test_amounts_of_a_file_have_no_unit_and_no_thousands() -> None:
    assert money_csv(Money(3_500_050)) == "35000,50"
    assert money_csv(Money(3_500_000), decimal=".") == "35000.00"
