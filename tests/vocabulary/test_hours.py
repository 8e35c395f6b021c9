"""Hours are read in every way companies write them, to the hundredth, or refused in French."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import (
    Hours,
    NotHours,
    format_hours,
    hours_csv,
    hours_number,
    parse_hours,
)

HOURS = st.integers(-(10**9), 10**9).map(Hours)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("151,67", 15167),
        ("151.67", 15167),
        ("12,5", 1250),
        ("12", 1200),
        ("0", 0),
        ("0,05", 5),
        (",5", 50),
        (" 12,5 ", 1250),
        ("1 234,5", 123450),
        ("1\u00a0234,5", 123450),
        ("1\u202f234,5", 123450),
        ("12 345 678,9", 1234567890),
        ("1.234,5", 123450),
        ("1,234.5", 123450),
        ("12,5 h", 1250),
        ("12,5h", 1250),
        ("12,5\u00a0heures", 1250),
        ("1 heure", 100),
        ("151:40", 15167),
        ("1:30", 150),
        ("151:40:00", 15167),
        ("0:00:18", 1),
        ("151h40", 15167),
        ("7h30", 750),
        ("7 h 30 min", 750),
        ("7H5", 708),
        ("1h30", 150),
        ("90m", 150),
        ("90 min", 150),
        ("-12,5", -1250),
        ("\u221212,5", -1250),
        ("- 12,5", -1250),
        ("-1h30", -150),
        ("+3", 300),
        ("151,666666666667", 15167),
        ("1,005", 101),
        ("-1,005", -101),
        ("1,004", 100),
    ],
)
def test_hours_are_read(text: str, expected: int) -> None:
    assert parse_hours(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "inf",
        "-inf",
        "nan",
        "NaN",
        "1e5",
        "1E+2",
        "douze",
        "h",
        "-",
        "(12,5)",
        "12 34",
        "1:75",
        "7h60",
        "1:2",
        "12,5m",
        "1,2,3",
        "12,5 €",
        "12\n13",
        "9" * 11,
        "9" * 5000,
        "0," + "1" * 30,
        "\u0661\u0662",
        "\uff11\uff12",
        "=1+1",
        "31/03/2026",
    ],
)
def test_what_is_no_number_of_hours_is_refused(text: str) -> None:
    with pytest.raises(NotHours):
        parse_hours(text)


def test_the_refusal_says_what_to_write_and_hides_control_characters() -> None:
    with pytest.raises(UserError) as refusal:
        parse_hours("dou\x1b[2Jze")
    assert str(refusal.value) == (
        "«\u00a0dou[2Jze\u00a0» n'est pas un nombre d'heures\u00a0: "
        "écrivez par exemple 12,5, 7h30 ou 151:40."
    )


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.text(max_size=20), st.text(st.sampled_from("0123456789,.:hm -+e\u00a0"), max_size=9)
    )
)
def test_any_text_is_hours_or_refused(text: str) -> None:
    try:
        assert isinstance(parse_hours(text), int)
    except NotHours as refusal:
        assert str(refusal).endswith(".")


@settings(max_examples=60, deadline=None)
@given(HOURS)
def test_hours_shown_or_filed_are_read_back(hours: Hours) -> None:
    assert parse_hours(format_hours(hours)) == hours
    assert parse_hours(format_hours(hours, unit=False)) == hours
    assert parse_hours(hours_csv(hours)) == hours
    assert parse_hours(hours_csv(hours, decimal=".")) == hours


@settings(max_examples=60, deadline=None)
@given(HOURS)
def test_hours_of_json_have_at_most_two_decimals(hours: Hours) -> None:
    number = hours_number(hours)
    assert round(number, 2) == number
    assert round(number * 100) == hours


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (1234550, "12\u00a0345,50\u00a0h"),
        (-1250, "-12,50\u00a0h"),
        (-5, "-0,05\u00a0h"),
        (0, "0,00\u00a0h"),
    ],
)
def test_hours_are_shown_with_two_decimals(hours: int, expected: str) -> None:
    assert format_hours(Hours(hours)) == expected
    assert format_hours(Hours(hours), unit=False) == expected.removesuffix("\u00a0h")


def test_hours_of_a_file_have_no_unit_and_no_thousands() -> None:
    assert hours_csv(Hours(1234550)) == "12345,50"
    assert hours_csv(Hours(-1234550), decimal=".") == "-12345.50"
