"""The share of contracts with a social consideration, spend by kind of structure, targets."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.policy_indicators import (
    DISABILITY_KINDS,
    INSERTION_KINDS,
    HeldLot,
    Purchase,
    considerations,
    gap,
    has_clause,
    is_reserved,
    reached,
    social_share,
    spend_with,
)
from suivi_tui.vocabulary.choices import ClauseForm, SocialConsideration
from suivi_tui.vocabulary.money import Money

CLAUSE, CRITERION = SocialConsideration.CLAUSE, SocialConsideration.CRITERION
RESERVED, NONE = SocialConsideration.RESERVED, SocialConsideration.NONE


def bought(form: str, amount: int | None = 100_00, refused: bool = False) -> Purchase:
    """A contract notified in the year."""
    return Purchase(form, refused, None if amount is None else Money(amount))


@pytest.mark.parametrize(
    ("form", "refused", "expected"),
    [
        ("condition", False, {CLAUSE}),
        ("formation", False, {CLAUSE}),
        ("marche_insertion", False, {CLAUSE}),
        ("critere", False, {CRITERION}),
        ("condition_critere", False, {CLAUSE, CRITERION}),
        ("reserve_handicap", False, {RESERVED}),
        ("reserve", False, {RESERVED}),
        ("aucune", False, {NONE}),
        ("", True, {NONE}),
        ("condition", True, {CLAUSE}),
        ("", False, None),
    ],
)
def test_a_legal_form_is_said_in_the_words_of_open_data(
    form: str, refused: bool, expected: set[SocialConsideration] | None
) -> None:
    found = considerations(form, refused)
    assert found == (None if expected is None else frozenset(expected))


def test_every_legal_form_has_its_considerations() -> None:
    assert all(considerations(str(form.value)) for form in ClauseForm)


def test_the_share_of_a_year_counts_each_contract_once() -> None:
    # Ten contracts: two clauses, one clause and criterion, one reserved, five without, one unknown.
    year = [
        bought("condition", 300_000_00),
        bought("condition", None),
        bought("condition_critere", 200_000_00),
        bought("reserve_insertion", 100_000_00),
        *(bought("aucune", 80_000_00) for _ in range(5)),
        bought("", 0),
    ]
    share = social_share(year)
    assert (share.social, share.contracts, share.by_number) == (4, 10, Fraction(4, 10))
    # 600,000 of 1,000,000: the clause without amount is in neither.
    assert (share.amount, share.social_amount) == (1_000_000_00, 600_000_00)
    assert (share.by_amount, share.without_amount) == (Fraction(6, 10), 1)
    assert share.unknown == 1
    counts = {line.consideration: (line.contracts, line.amount) for line in share.lines}
    assert counts[CLAUSE] == (3, 500_000_00)
    assert counts[CRITERION] == (1, 200_000_00)
    assert counts[RESERVED] == (1, 100_000_00)
    assert counts[NONE] == (5, 400_000_00)
    assert counts[None] == (1, 0)


def test_a_year_without_contract_has_no_share() -> None:
    share = social_share([])
    assert (share.by_number, share.by_amount) == (None, None)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*(str(form.value) for form in ClauseForm), ""]),
            st.booleans(),
            st.none() | st.integers(0, 10**9),
        )
    )
)
def test_a_share_is_between_nothing_and_all(
    contracts: list[tuple[str, bool, int | None]],
) -> None:
    year = [bought(form, amount, refused) for form, refused, amount in contracts]
    share = social_share(year)
    without = next(line for line in share.lines if line.consideration is NONE)
    assert share.social + without.contracts + share.unknown == share.contracts == len(year)
    assert share.by_number is None or 0 <= share.by_number <= 1
    assert share.by_amount is None or 0 <= share.by_amount <= 1


def test_a_clause_and_a_reserved_contract_are_told_apart() -> None:
    assert has_clause(bought("condition_critere")) and not is_reserved(bought("condition_critere"))
    assert is_reserved(bought("reserve")) and not has_clause(bought("reserve"))
    assert not has_clause(bought("critere")) and not has_clause(bought(""))


def test_the_spend_counts_lots_held_by_structures_alone() -> None:
    lots = [
        HeldLot(Money(50_000_00), ("EI",)),
        HeldLot(Money(20_000_00), ("ACI", "ETTI")),
        HeldLot(Money(90_000_00), ("EI", "entreprise")),
        HeldLot(None, ("GEIQ",)),
        HeldLot(Money(10_000_00), ("ESAT",)),
        HeldLot(Money(400_000_00), ("entreprise",)),
        HeldLot(Money(1_00), ("",)),
    ]
    insertion = spend_with(lots, INSERTION_KINDS)
    assert insertion == (70_000_00, 2, 1, 1)
    assert spend_with(lots, DISABILITY_KINDS) == (10_000_00, 1, 0, 0)


@pytest.mark.parametrize(
    ("achieved", "target", "difference", "met"),
    [
        (Fraction(3000), 3000, 0, True),
        (Fraction(3000) - Fraction(1, 1000), 3000, Fraction(-1, 1000), False),
        (Fraction(3001), 3000, 1, True),
        (Fraction(0), 0, 0, True),
        (None, 3000, None, None),
        (Fraction(3000), None, None, None),
    ],
)
def test_a_target_is_met_at_it_and_above(
    achieved: Fraction | None, target: int | None, difference: Fraction | None, met: bool | None
) -> None:
    assert gap(achieved, target) == difference
    assert reached(achieved, target) is met
