"""Months, weeks and quarters: how they are written, and how their hours are shared."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.exchange.statement_files.layout import shape_of
from suivi_tui.exchange.statement_files.periods import (
    Period,
    quarter_period,
    shared,
    shares,
    week_period,
)
from suivi_tui.exchange.statement_files.when import find_when
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Mars 2026", "2026-03-01", "2026-03-31"),
        ("mars-26", "2026-03-01", "2026-03-31"),
        ("janv.-26", "2026-01-01", "2026-01-31"),
        ("Heures de févr. 2026", "2026-02-01", "2026-02-28"),
        ("AOUT 2026", "2026-08-01", "2026-08-31"),
        ("03/2026", "2026-03-01", "2026-03-31"),
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("202603", "2026-03-01", "2026-03-31"),
        ("03/26", "2026-03-01", "2026-03-31"),
        ("mars", "2026-03-01", "2026-03-31"),
        ("Année 2025 mars", "2025-03-01", "2025-03-31"),
        ("1er trimestre 2026", "2026-01-01", "2026-03-31"),
        ("T2 2026", "2026-04-01", "2026-06-30"),
        ("3T2026", "2026-07-01", "2026-09-30"),
        ("2026-T4", "2026-10-01", "2026-12-31"),
        ("Deuxième trimestre", "2026-04-01", "2026-06-30"),
        ("S40", "2026-09-28", "2026-10-04"),
        ("Semaine n°40", "2026-09-28", "2026-10-04"),
        ("sem. 40 2026", "2026-09-28", "2026-10-04"),
        ("2026-W40", "2026-09-28", "2026-10-04"),
        ("semaine du 28/09", "2026-09-28", "2026-10-04"),
        ("du 28/09/2026 au 04/10/2026", "2026-09-28", "2026-10-04"),
        ("28/09-04/10", "2026-09-28", "2026-10-04"),
        ("du 28 septembre au 4 octobre 2026", "2026-09-28", "2026-10-04"),
        ("du 1er au 31 mars 2026", "2026-03-01", "2026-03-31"),
        ("du 28/12 au 03/01/2027", "2026-12-28", "2027-01-03"),
        ("31/03/2026", "2026-03-31", "2026-03-31"),
        ("2026-03-31 00:00:00", "2026-03-31", "2026-03-31"),
    ],
)
def test_periods_as_they_are_written(text: str, first: str, last: str) -> None:
    when = find_when(text)
    assert when is not None
    assert when.period(2026) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["Nom", "Total", "Heures sup 25", "Lot 2", "12,5", "13/2026", "S54", "31/02/2026", ""]
)
def test_what_tells_no_period(text: str) -> None:
    assert find_when(text) is None


def test_a_week_without_a_year_is_the_one_that_touches_the_month() -> None:
    first, last = find_when("S1"), find_when("S53")
    assert first is not None
    assert last is not None
    assert first.period(2025, Month(202512)) == (date(2025, 12, 29), date(2026, 1, 4))
    assert first.period(2026, Month(202601)) == (date(2025, 12, 29), date(2026, 1, 4))
    assert last.period(2027, Month(202701)) == (date(2026, 12, 28), date(2027, 1, 3))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        # Monday 28 September to Sunday 4 October 2026: three working days, then two.
        ("2026-09-28", "2026-10-04", {202609: (3, 5), 202610: (2, 5)}),
        # Monday 26 October to Sunday 1 November: the Sunday takes nothing.
        ("2026-10-26", "2026-11-01", {202610: (1, 1)}),
        # A weekend across two months has no working day: it goes by its days.
        ("2026-10-31", "2026-11-01", {202610: (1, 2), 202611: (1, 2)}),
        ("2026-01-01", "2026-03-31", {202601: (1, 3), 202602: (1, 3), 202603: (1, 3)}),
        ("2026-03-16", "2026-03-31", {202603: (1, 1)}),
    ],
)
def test_shares_of_a_period(first: str, last: str, expected: dict[int, tuple[int, int]]) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert dict(shares(period)) == {m: Fraction(*part) for m, part in expected.items()}


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 120), st.integers(-2_000_000, 2_000_000))
@settings(max_examples=40)
def test_sharing_loses_nothing(first: date, length: int, hours: int) -> None:
    period = Period(first, first + timedelta(days=length))
    parts = shares(period)
    assert sum(part for _, part in parts) == 1
    cut = shared(Hours(hours), parts)
    assert sum(share for _, share in cut) == hours
    assert all(share * hours >= 0 for _, share in cut), "a share never has the other sign"
    assert all(
        abs(share - hours * part) < 1 for (_, share), (_, part) in zip(cut, parts, strict=True)
    )


@given(st.integers(2000, 2100), st.integers(1, 4), st.integers(0, 200_000))
@settings(max_examples=20)
def test_a_quarter_is_three_nearly_equal_months(year: int, quarter: int, hours: int) -> None:
    cut = [share for _, share in shared(Hours(hours), shares(quarter_period(year, quarter)))]
    assert len(cut) == 3
    assert sum(cut) == hours
    assert max(cut) - min(cut) <= 1


def test_no_week_53_in_a_year_that_has_none() -> None:
    assert week_period(2026, 53) == (date(2026, 12, 28), date(2027, 1, 3))
    assert week_period(2025, 53) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["Nom", "Janvier 2026", "Février 2026"], ["NOM", "Mars 2026"]),
        (["Salarié", "S36", "S37", "S38", "Total"], ["salarié ", "Semaine 40", "Total"]),
        (["Nom", "Semaine 40 du 28/09 au 04/10"], ["Nom", "Semaine 41 du 05/10 au 11/10"]),
        (["Nom", "Heures 2025"], ["Nom", "Heures 2026", ""]),
    ],
)
def test_a_shape_does_not_move_with_the_months(one: list[str], other: list[str]) -> None:
    strip = [shape_of(header).replace(" 40", "").replace(" 41", "") for header in (one, other)]
    assert strip[0] == strip[1]
