"""Counting windows and proofs (domain.md 4.3 and 4.4)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.eligibility import (
    EligibilityFacts,
    EligibilityWindow,
    ProofState,
    eligibility_windows,
    eligible_days,
    first_start_under_clause,
    is_eligible,
    judged_on,
    proof_state,
    split_of_month,
)
from suivi_tui.vocabulary.months import Month, days_in, first_day, last_day, month_of

FIRST = date(2024, 3, 15)
LAST = date(2026, 3, 14)  # 24 months, the day before the anniversary


def accepted(decided: date | None, ends: date | None = None, rank: int = 1) -> EligibilityFacts:
    return EligibilityFacts("validee", decided_on=decided, ends_on=ends, rank=rank)


@pytest.mark.parametrize(
    ("entered", "starts", "first"),
    [
        (None, [], None),
        (None, [None], None),
        (None, [date(2025, 1, 6), None, FIRST], FIRST),
        (date(2025, 5, 1), [FIRST], date(2025, 5, 1)),
    ],
)
def test_first_start_under_a_clause(
    entered: date | None, starts: list[date | None], first: date | None
) -> None:
    assert first_start_under_clause(entered, starts) == first


@pytest.mark.parametrize(
    ("eligibilities", "first", "windows"),
    [
        ([], FIRST, []),
        ([EligibilityFacts("refusee", FIRST)], FIRST, []),
        ([EligibilityFacts("en_attente")], FIRST, []),
        ([EligibilityFacts("")], FIRST, []),
        # Decided before hiring: from the first start.
        ([accepted(date(2024, 3, 1))], FIRST, [(FIRST, LAST)]),
        ([accepted(FIRST)], FIRST, [(FIRST, LAST)]),
        # Decided after hiring: no retroactive validation, but the window is counted from hiring.
        ([accepted(date(2024, 5, 2))], FIRST, [(date(2024, 5, 2), LAST)]),
        ([accepted(LAST)], FIRST, [(LAST, LAST)]),
        # Decided once the usual length has run out: a new window from the decision.
        ([accepted(date(2026, 3, 15))], FIRST, [(date(2026, 3, 15), date(2028, 3, 14))]),
        # The decision has no date: from the first start.
        ([accepted(None)], FIRST, [(FIRST, LAST)]),
        # No start known: from the decision, or without any limit that can be known.
        ([accepted(FIRST)], None, [(FIRST, LAST)]),
        ([accepted(None)], None, [(date.min, date.max)]),
        # An explicit end overrides the usual length, both ways.
        ([accepted(FIRST, date(2024, 12, 31))], FIRST, [(FIRST, date(2024, 12, 31))]),
        ([accepted(FIRST, date(2027, 3, 14))], FIRST, [(FIRST, date(2027, 3, 14))]),
        ([accepted(FIRST, date(2024, 3, 14))], FIRST, []),
        # Two criteria of one window: it does not restart, the latest explicit end holds.
        ([accepted(FIRST), accepted(date(2024, 9, 1), rank=2)], FIRST, [(FIRST, LAST)]),
        (
            [accepted(FIRST, date(2025, 1, 31)), accepted(date(2024, 9, 1), date(2025, 6, 30))],
            FIRST,
            [(FIRST, date(2025, 6, 30))],
        ),
        # A new validation after the window restarts it.
        (
            [accepted(FIRST), accepted(date(2026, 6, 1))],
            FIRST,
            [(FIRST, LAST), (date(2026, 6, 1), date(2028, 5, 31))],
        ),
        (
            [accepted(FIRST, date(2024, 12, 31)), accepted(date(2025, 2, 1))],
            FIRST,
            [(FIRST, date(2024, 12, 31)), (date(2025, 2, 1), date(2027, 1, 31))],
        ),
        # After the usual length but within an explicit end: restarts without overlapping.
        (
            [accepted(FIRST, date(2026, 12, 31)), accepted(date(2026, 6, 1))],
            FIRST,
            [(FIRST, date(2026, 5, 31)), (date(2026, 6, 1), date(2028, 5, 31))],
        ),
        # Given in any order; a refusal changes nothing.
        (
            [accepted(date(2026, 6, 1)), EligibilityFacts("refusee", LAST), accepted(FIRST)],
            FIRST,
            [(FIRST, LAST), (date(2026, 6, 1), date(2028, 5, 31))],
        ),
        # A mistyped year stops nothing.
        ([accepted(FIRST)], date(9999, 1, 1), [(date(9999, 1, 1), date(9999, 12, 30))]),
    ],
)
def test_windows(
    eligibilities: list[EligibilityFacts],
    first: date | None,
    windows: list[tuple[date, date]],
) -> None:
    found = eligibility_windows(eligibilities, first, 24)
    assert [(window.start, window.end) for window in found] == windows


@pytest.mark.parametrize(("months", "end"), [(12, date(2025, 3, 14)), (18, date(2025, 9, 14))])
def test_the_length_is_a_parameter(months: int, end: date) -> None:
    (window,) = eligibility_windows([accepted(FIRST)], FIRST, months)
    assert window.end == end


WINDOWS = (
    EligibilityWindow(FIRST, LAST),
    EligibilityWindow(date(2026, 3, 21), date(2028, 3, 20)),
)


@pytest.mark.parametrize(
    ("day", "eligible"),
    [
        (date(2024, 3, 14), False),
        (FIRST, True),
        (LAST, True),
        (date(2026, 3, 15), False),
        (date(2026, 3, 20), False),
        (date(2026, 3, 21), True),
        (date(2028, 3, 21), False),
    ],
)
def test_eligible_on_a_date(day: date, eligible: bool) -> None:
    assert is_eligible(WINDOWS, day) is eligible


@pytest.mark.parametrize(
    ("month", "start", "end", "split"),
    [
        (202402, None, None, (0, 29)),
        (202403, None, None, (17, 14)),
        (202404, None, None, (30, 0)),
        (202603, None, None, (25, 6)),
        (202603, date(2026, 3, 10), date(2026, 3, 19), (5, 5)),
        (202603, date(2026, 3, 16), date(2026, 3, 18), (0, 3)),
        (202603, date(2026, 3, 25), None, (7, 0)),
        (202804, None, None, (0, 30)),
    ],
)
def test_split_of_a_month(
    month: int, start: date | None, end: date | None, split: tuple[int, int]
) -> None:
    assert split_of_month(WINDOWS, Month(month), start, end) == split


facts = st.builds(
    EligibilityFacts,
    decision=st.sampled_from(["validee", "refusee", "en_attente"]),
    decided_on=st.none() | st.dates(date(2023, 1, 1), date(2029, 12, 31)),
    ends_on=st.none() | st.dates(date(2023, 1, 1), date(2031, 12, 31)),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(facts, max_size=4),
    st.none() | st.dates(date(2023, 1, 1), date(2027, 12, 31)),
    st.dates(date(2023, 1, 1), date(2031, 12, 31)),
)
def test_days_counted_are_the_eligible_days(
    known: list[EligibilityFacts], first: date | None, day: date
) -> None:
    windows = eligibility_windows(known, first, 24)
    month = month_of(day)
    days = range(first_day(month).toordinal(), last_day(month).toordinal() + 1)
    counted = sum(is_eligible(windows, date.fromordinal(number)) for number in days)
    assert eligible_days(windows, month) == counted <= days_in(month)


HIRED = date(2026, 6, 30)
VALIDITY = {"attestation_ft": 3, "justificatif_domicile": 6, "piece_identite": None}


@pytest.mark.parametrize(
    ("proof", "proof_on", "state"),
    [
        ("", None, ProofState.MISSING),
        ("", HIRED, ProofState.MISSING),
        ("attestation_ft", None, ProofState.MISSING),
        ("attestation_ft", date(2026, 3, 29), ProofState.OUTDATED),
        ("attestation_ft", date(2026, 3, 30), ProofState.PROVEN),
        ("attestation_ft", HIRED, ProofState.PROVEN),
        ("attestation_ft", date(2026, 7, 1), ProofState.LATER),
        ("justificatif_domicile", date(2025, 12, 29), ProofState.OUTDATED),
        ("justificatif_domicile", date(2025, 12, 30), ProofState.PROVEN),
        ("piece_identite", date(2001, 1, 1), ProofState.PROVEN),
        ("unknown", date(2001, 1, 1), ProofState.PROVEN),
    ],
)
def test_proof_is_judged_at_hiring(proof: str, proof_on: date | None, state: ProofState) -> None:
    assert proof_state(proof, proof_on, HIRED, VALIDITY) is state


@pytest.mark.parametrize(
    ("decided", "first", "day"),
    [
        (None, None, None),
        (FIRST, None, FIRST),
        (None, FIRST, FIRST),
        (date(2024, 1, 1), FIRST, FIRST),
        (date(2024, 9, 1), FIRST, FIRST),
        (LAST, FIRST, FIRST),
        (date(2026, 3, 15), FIRST, date(2026, 3, 15)),
    ],
)
def test_day_on_which_a_proof_is_judged(
    decided: date | None, first: date | None, day: date | None
) -> None:
    assert judged_on(accepted(decided), first, 24) == day
