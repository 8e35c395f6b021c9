"""The thresholds of public procurement at, one euro under and one euro over, around their dates."""

from datetime import date, timedelta

import pytest

from suivi_tui.reference.purchasing import ThresholdKind, purchasing_reference
from suivi_tui.rules import thresholds as rules
from suivi_tui.vocabulary.choices import BuyerKind, Category
from suivi_tui.vocabulary.money import Money

REFERENCE = purchasing_reference()
EURO = 100

WORKS, SERVICES, SUPPLIES = Category.WORKS.value, Category.SERVICES.value, Category.SUPPLIES.value
STATE, TOWN = BuyerKind.STATE.value, BuyerKind.COMMUNE.value

# category, buyer, network operator, specific service, day, euros (domain.md 2.4)
EXPECTED = [
    (WORKS, TOWN, False, False, date(2025, 12, 31), 5_538_000),
    (WORKS, TOWN, False, False, date(2026, 1, 1), 5_404_000),
    (WORKS, STATE, True, False, date(2026, 1, 1), 5_404_000),
    (SERVICES, STATE, False, False, date(2024, 1, 1), 143_000),
    (SERVICES, STATE, False, False, date(2025, 12, 31), 143_000),
    (SUPPLIES, STATE, False, False, date(2026, 1, 1), 140_000),
    (SERVICES, TOWN, False, False, date(2025, 12, 31), 221_000),
    (SERVICES, TOWN, False, False, date(2026, 1, 1), 216_000),
    (SUPPLIES, TOWN, False, False, date(2027, 12, 31), 216_000),
    (SERVICES, TOWN, True, False, date(2025, 12, 31), 443_000),
    (SERVICES, TOWN, True, False, date(2026, 1, 1), 432_000),
    (SERVICES, TOWN, False, True, date(2026, 1, 1), 750_000),
    ("", TOWN, False, False, date(2026, 1, 1), 216_000),
]


@pytest.mark.parametrize(("category", "buyer", "network", "specific", "day", "euros"), EXPECTED)
def test_the_formal_procedure_begins_at_its_threshold(
    category: str, buyer: str, network: bool, specific: bool, day: date, euros: int
) -> None:
    found = rules.procedure_threshold(REFERENCE, category, buyer, network, day, specific=specific)
    assert found is not None
    at = Money(euros * EURO)
    assert found.amount == at
    assert rules.reached(at, found)
    assert rules.reached(Money(at + EURO), found)
    assert not rules.reached(Money(at - EURO), found)


def test_before_the_first_known_threshold_nothing_is_said() -> None:
    day = date(2023, 12, 31)
    assert rules.procedure_threshold(REFERENCE, WORKS, TOWN, False, day) is None
    assert rules.free_threshold(REFERENCE, SERVICES, day) is None


FREE = [
    (SERVICES, date(2026, 3, 31), 40_000),
    (SERVICES, date(2026, 4, 1), 60_000),
    (SUPPLIES, date(2026, 4, 1), 60_000),
    (WORKS, date(2025, 12, 31), 100_000),
    (WORKS, date(2026, 1, 1), 100_000),
]


@pytest.mark.parametrize(("category", "day", "euros"), FREE)
def test_a_purchase_under_the_threshold_needs_no_competition(
    category: str, day: date, euros: int
) -> None:
    found = rules.free_threshold(REFERENCE, category, day)
    assert found is not None
    at = Money(euros * EURO)
    expected = [False, True, True]
    amounts = [Money(at - EURO), at, Money(at + EURO)]
    assert [rules.reached(amount, found) for amount in amounts] == expected


def test_publicity_and_open_data() -> None:
    day = date(2026, 5, 1)
    publicity = rules.publicity_threshold(REFERENCE, SERVICES, day)
    published = rules.open_data_threshold(REFERENCE, day)
    assert publicity is not None and published is not None
    assert publicity.amount == 90_000 * EURO
    assert published.amount == 40_000 * EURO
    assert not rules.reached(Money(90_000 * EURO - EURO), publicity)
    assert not rules.reached(Money(40_000 * EURO - EURO), published)
    assert rules.publicity_threshold(REFERENCE, WORKS, day) is None


EVERY = [(kind, threshold) for kind in ThresholdKind for threshold in REFERENCE.thresholds[kind]]


@pytest.mark.parametrize(("kind", "threshold"), EVERY)
def test_each_threshold_of_the_reference_takes_over_on_its_day(kind, threshold) -> None:
    begun = threshold.valid_from
    assert rules.in_force(REFERENCE, kind, begun) == threshold
    assert rules.in_force(REFERENCE, kind, begun - timedelta(days=1)) != threshold
    known = [each for each in REFERENCE.thresholds[kind] if each.valid_from < begun]
    before = rules.in_force(REFERENCE, kind, begun - timedelta(days=1))
    assert before == (known[-1] if known else None)
    for amount, expected in ((-EURO, False), (0, True), (EURO, True)):
        assert rules.reached(Money(threshold.amount + amount), threshold) is expected


def test_a_threshold_past_its_two_years_is_to_be_checked() -> None:
    found = rules.procedure_threshold(REFERENCE, WORKS, TOWN, False, date(2028, 1, 1))
    assert found is not None
    assert rules.outdated(found, date(2028, 1, 1))
    assert not rules.outdated(found, date(2027, 12, 31))
