"""Totals, ages, full-time equivalents."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.indicators import (
    AGE_BANDS,
    LENGTHS,
    OBSERVATORY_AGE_BANDS,
    HourPair,
    Mission,
    Totals,
    age_at,
    age_band,
    age_bands,
    amount_class,
    amount_classes,
    chains_of,
    first_job,
    fte,
    hours_per_person,
    length_class,
    totals,
)
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money


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


def test_classes_of_age_from_their_limits() -> None:
    assert age_bands([26, 50]) == AGE_BANDS
    assert age_bands([26, 41, 51]) == OBSERVATORY_AGE_BANDS
    assert [band.label for band in age_bands([18, 19])] == [
        "Moins de 18 ans", "18 ans", "19 ans et plus",
    ]  # fmt: skip


@pytest.mark.parametrize("limits", [[], [50, 26], [26, 26], [0, 26], [26, 121]])
def test_limits_of_age_that_make_no_sense(limits: list[int]) -> None:
    with pytest.raises(ValueError):
        age_bands(limits)


def on(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "kind", "expected"),
    [
        ("2026-01-01", "2026-01-30", "", LENGTHS[0]),
        ("2026-01-01", "2026-01-31", "", LENGTHS[1]),
        ("2026-01-31", "2026-02-26", "", LENGTHS[0]),
        ("2026-01-31", "2026-02-27", "", LENGTHS[1]),
        ("2026-01-01", "2026-03-31", "", LENGTHS[1]),
        ("2026-01-01", "2026-04-01", "", LENGTHS[2]),
        ("2026-01-01", "2026-06-30", "", LENGTHS[2]),
        ("2026-01-01", "2026-07-01", "", LENGTHS[3]),
        ("2026-01-01", None, "cdi", LENGTHS[3]),
        ("2026-01-01", None, "cdd", None),
        (None, "2026-01-30", "cdi", None),
        ("2026-01-02", "2026-01-01", "", None),
        ("9999-12-01", "9999-12-31", "", None),
    ],
)
def test_length_of_a_work_contract(
    start: str | None, end: str | None, kind: str, expected: str | None
) -> None:
    assert length_class(on(start), on(end), kind) == expected


@pytest.mark.parametrize(
    ("missions", "expected"),
    [
        # 31 days after the last day of those before, or more.
        ([(1, "2026-01-01", "2026-01-31"), (2, "2026-03-03", None)], {1: 1, 2: 1}),
        ([(1, "2026-01-01", "2026-01-31"), (2, "2026-03-04", None)], {1: 1, 2: 2}),
        # The end that counts is the latest one, whatever the order they were written in.
        (
            [
                (3, "2026-06-01", None),
                (1, "2026-01-01", "2026-05-20"),
                (2, "2026-02-01", "2026-02-02"),
            ],
            {1: 1, 2: 1, 3: 1},
        ),
        ([(1, None, None), (2, "2026-01-01", None), (3, "2027-01-01", None)], {1: 1, 2: 2, 3: 2}),
        ([(1, "0001-01-01", "0001-01-02"), (2, "0001-01-05", None)], {1: 1, 2: 1}),
    ],
)
def test_missions_that_follow_one_another(
    missions: list[tuple[int, str | None, str | None]], expected: dict[int, int]
) -> None:
    listed = [Mission(row, 7, 9, on(start), on(end)) for row, start, end in missions]
    assert chains_of(listed, 31) == expected


def test_missions_of_others_or_elsewhere_do_not_follow() -> None:
    day = date(2026, 1, 1)
    missions = [
        Mission(1, 7, 9, day, day), Mission(2, 7, 8, day, day), Mission(3, 6, 9, day, day),
        Mission(4, 7, None, day, day),
    ]  # fmt: skip
    assert chains_of(missions, 31) == {1: 1, 2: 2, 3: 3, 4: 4}


@pytest.mark.parametrize(
    ("starts", "entered", "expected"),
    [
        (["2026-02-01", "2026-01-01", None], None, "2026-01-01"),
        (["2026-01-01"], "2026-01-01", "2026-01-01"),
        (["2026-01-01"], "2026-01-02", "2026-01-01"),
        (["2026-01-01"], "2025-12-31", None),
        ([None], None, None),
        ([], "2026-01-01", None),
    ],
)
def test_the_first_job_under_a_clause(
    starts: list[str | None], entered: str | None, expected: str | None
) -> None:
    assert first_job(map(on, starts), on(entered)) == on(expected)


@pytest.mark.parametrize(("hours", "people", "mean"), [(100, 0, None), (1, 2, 1), (100, 3, 33)])
def test_hours_of_a_person(hours: int, people: int, mean: int | None) -> None:
    assert hours_per_person(Hours(hours), people) == mean


@pytest.mark.parametrize(
    ("amount", "rank"), [(0, 0), (39_999_99, 0), (40_000_00, 1), (99_999_99, 1), (100_000_00, 2)]
)
def test_classes_of_amount(amount: int, rank: int) -> None:
    limits = [Money(40_000_00), Money(100_000_00)]
    assert amount_class(Money(amount), limits) == amount_classes(limits)[rank]
    assert amount_class(None, limits) is None
