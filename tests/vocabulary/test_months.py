"""Months are read in the usual spellings and counted without ever passing by a 13th."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.vocabulary.months import (
    Month,
    NotAMonth,
    add_months,
    days_in,
    first_day,
    format_month,
    iso_month,
    last_day,
    month_of,
    months_between,
    next_month,
    parse_month,
    previous_month,
    short_month,
)

TODAY = date(2026, 3, 12)
MONTHS = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(month_of)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03",
        "202603",
        "2026/03",
        "2026-3",
        "03/2026",
        "3/2026",
        "03-2026",
        "03/26",
        "mars 2026",
        "Mars 26",
        "MARS-2026",
        "31/03/2026",
        "2026-03-31",
        "2026-03-31T00:00:00Z",
        "12 mars 2026",
        " 2026-03 ",
    ],
)
def test_one_month_in_all_its_spellings(text: str) -> None:
    assert parse_month(text) == 202603


@pytest.mark.parametrize(
    ("text", "expected"),
    [("janv. 26", 202601), ("févr. 26", 202602), ("août 2025", 202508), ("décembre 2025", 202512)],
)
def test_months_written_in_letters(text: str, expected: int) -> None:
    assert parse_month(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("mars", 202603), ("avril", 202504), ("janv.", 202601), ("mois dernier", 202602)],
)
def test_a_month_without_year_is_the_last_one_begun(text: str, expected: int) -> None:
    assert parse_month(text, TODAY) == expected
    with pytest.raises(NotAMonth):
        parse_month(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NC",
        "2026-13",
        "202600",
        "0/2026",
        "13/2026",
        "1826-03",
        "foo 2026",
        "hier",
        "-7",
        "31/02/2026",
        "2026",
        "20263",
        "\u0660\u0663/2026",
        "3" * 5000,
    ],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(NotAMonth) as refusal:
        parse_month(text, TODAY)
    assert str(refusal.value).endswith("03/2026 ou mars 2026.")


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.text(max_size=20), st.text(st.sampled_from("0123456789/-. mars"), max_size=9)),
    st.one_of(st.none(), st.dates()),
)
def test_any_text_is_a_month_or_refused(text: str, today: date | None) -> None:
    try:
        assert 1 <= parse_month(text, today) % 100 <= 12
    except NotAMonth as refusal:
        assert str(refusal).endswith(".")


@settings(max_examples=60, deadline=None)
@given(MONTHS)
def test_months_shown_or_filed_are_read_back(month: Month) -> None:
    assert parse_month(format_month(month)) == month
    assert parse_month(iso_month(month)) == month
    assert parse_month(str(month)) == month


def test_months_are_shown_in_french() -> None:
    assert format_month(Month(202603)) == "mars 2026"
    assert short_month(Month(202603)) == "mars 26"
    assert short_month(Month(200501)) == "janv. 05"
    assert iso_month(Month(202603)) == "2026-03"


@settings(max_examples=60, deadline=None)
@given(MONTHS, st.integers(-500, 500))
def test_adding_months_is_undone_by_taking_them_away(month: Month, count: int) -> None:
    moved = add_months(month, count)
    assert 1 <= moved % 100 <= 12
    assert add_months(moved, -count) == month
    assert len(months_between(month, moved)) == max(0, count + 1)


@pytest.mark.parametrize(("month", "after"), [(202512, 202601), (202602, 202603)])
def test_next_and_previous_month(month: int, after: int) -> None:
    assert next_month(Month(month)) == after
    assert previous_month(Month(after)) == month


def test_months_between_two_months_both_included() -> None:
    assert months_between(Month(202511), Month(202602)) == [202511, 202512, 202601, 202602]
    assert months_between(Month(202602), Month(202601)) == []


@pytest.mark.parametrize(("month", "days"), [(202402, 29), (202602, 28), (202612, 31)])
def test_days_of_a_month(month: int, days: int) -> None:
    assert days_in(Month(month)) == days
    assert first_day(Month(month)).day == 1
    assert last_day(Month(month)).day == days
    assert month_of(last_day(Month(month))) == month
