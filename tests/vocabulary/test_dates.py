"""Dates are read as French people and open data write them, never guessed without a day."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.vocabulary.dates import (
    NotADate,
    add_calendar_months,
    format_date,
    full_year,
    long_date,
    month_number,
    parse_date,
)

THURSDAY = date(2026, 3, 12)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31/03/2026", date(2026, 3, 31)),
        ("2026-03-31", date(2026, 3, 31)),
        ("20260331", date(2026, 3, 31)),
        ("2018-12-31+01:00", date(2018, 12, 31)),
        ("2018-12-31T10:00:00Z", date(2018, 12, 31)),
        ("2018-12-31T10:00:00.123+0200", date(2018, 12, 31)),
        ("2018-12-31 00:00:00", date(2018, 12, 31)),
        ("2018-12-31Z", date(2018, 12, 31)),
        ("31/03/2026 08:15", date(2026, 3, 31)),
        ("1/2/26", date(2026, 2, 1)),
        ("12.03.2026", date(2026, 3, 12)),
        ("12-03-2026", date(2026, 3, 12)),
        ("12/03/75", date(1975, 3, 12)),
        ("12 mars 2026", date(2026, 3, 12)),
        ("1er août 2026", date(2026, 8, 1)),
        ("jeudi 12 mars 2026", date(2026, 3, 12)),
        ("12 déc. 25", date(2025, 12, 12)),
        ("12\u00a0FÉVRIER\u00a02026", date(2026, 2, 12)),
        (" 31/03/2026 ", date(2026, 3, 31)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_full_dates_are_read_without_a_clock(text: str, expected: date) -> None:
    assert parse_date(text) == expected
    assert parse_date(text, THURSDAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12/3", date(2026, 3, 12)),
        ("12 mars", date(2026, 3, 12)),
        ("25/12", date(2026, 12, 25)),
        ("hier", date(2026, 3, 11)),
        ("Avant-hier", date(2026, 3, 10)),
        ("aujourd'hui", THURSDAY),
        ("Aujourd’hui", THURSDAY),
        ("demain", date(2026, 3, 13)),
        ("-7", date(2026, 3, 5)),
        ("\u22127", date(2026, 3, 5)),
        ("+30", date(2026, 4, 11)),
        ("lundi", date(2026, 3, 9)),
        ("jeudi", THURSDAY),
        ("vendredi", date(2026, 3, 6)),
        ("jeudi dernier", date(2026, 3, 5)),
        ("lundi dernier", date(2026, 3, 9)),
        ("jeudi prochain", date(2026, 3, 19)),
        ("vendredi prochain", date(2026, 3, 13)),
    ],
)
def test_relative_dates_are_read_only_from_a_given_day(text: str, expected: date) -> None:
    assert parse_date(text, THURSDAY) == expected
    with pytest.raises(NotADate):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NC",
        "31/02/2026",
        "29/02/2025",
        "00/00/0000",
        "0202-03-12",
        "12/03/20266",
        "9999-12-31",
        "2026-13-01",
        "2026-3",
        "2026131",
        "12 foo 2026",
        "12/03-2026",
        "lundi 2026",
        "-99999",
        "45000",
        "\u0661\u0662/\u0660\u0663/2026",
        "1" * 5000,
        "hier\x00soir",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(NotADate) as refusal:
        parse_date(text, THURSDAY)
    assert str(refusal.value).endswith("31/03/2026 ou 2026-03-31.")


def test_29_february_is_refused_in_a_year_without_one() -> None:
    with pytest.raises(NotADate):
        parse_date("29/2", THURSDAY)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.text(max_size=20), st.text(st.sampled_from("0123456789/-. +:TZmars"), max_size=10)
    ),
    st.one_of(st.none(), st.dates()),
)
def test_any_text_is_a_date_or_refused(text: str, today: date | None) -> None:
    try:
        assert isinstance(parse_date(text, today), date)
    except NotADate as refusal:
        assert str(refusal).endswith(".")


@settings(max_examples=60, deadline=None)
@given(DAYS)
def test_dates_shown_or_filed_are_read_back(day: date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date(long_date(day)) == day
    assert parse_date(day.isoformat()) == day


def test_dates_are_shown_in_french() -> None:
    assert format_date(date(2026, 3, 1)) == "01/03/2026"
    assert long_date(date(2026, 3, 31)) == "31 mars 2026"
    assert long_date(date(2026, 8, 1)) == "1er août 2026"


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
    ],
)
def test_calendar_months_end_on_the_last_day_when_needed(
    day: date, count: int, expected: date
) -> None:
    assert add_calendar_months(day, count) == expected


def test_months_out_of_the_calendar_are_an_error() -> None:
    with pytest.raises(ValueError, match="year out of the calendar"):
        add_calendar_months(date(9999, 12, 1), 1)


@pytest.mark.parametrize(
    ("written", "year"), [("26", 2026), ("49", 2049), ("50", 1950), ("1999", 1999)]
)
def test_two_digit_years_lie_between_1950_and_2049(written: str, year: int) -> None:
    assert full_year(written) == year


@pytest.mark.parametrize(
    ("word", "number"), [("Février", 2), ("fevr.", 2), ("AOÛT", 8), ("déc", 12), ("lot", None)]
)
def test_month_names_are_known_in_full_or_shortened(word: str, number: int | None) -> None:
    assert month_number(word) == number
