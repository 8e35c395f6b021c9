"""The policy of a buyer for a year: what is counted, what is typed, what was achieved."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from builders import (
    add,
    new_base,
    new_buyer,
    new_company,
    new_contract,
    new_hours,
    new_person,
    new_placement,
)
from suivi_tui.readings.policies import PolicyYear, buyers_listed, policy_year
from suivi_tui.readings.policy_formulas import gap_text, value_text
from suivi_tui.reference.policies import policy_reference
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.choices import PolicyIndicator

TODAY = date(2026, 11, 22)
P = PolicyIndicator


class Year:
    """A buyer and 2026: a two-year contract with hours, a reserved one, one of open data, one
    whose clause was refused, one of 2025."""

    def __init__(self, folder: Path) -> None:
        base = self.base = new_base(folder)
        self.buyer = new_buyer(base)
        worked = new_contract(base, buyer=self.buyer, notified_on="2026-01-01", owed=730_00,
                              start="2026-01-01", end="2027-12-31",
                              amount_cents=300_000_00)  # fmt: skip
        for person, validated in (("Un", 100_00), ("Deux", None)):
            placement = new_placement(base, worked, new_person(base, last=person))
            new_hours(base, placement, 202603, 120_00, validated=validated)
        workshop = new_company(base, name="Atelier", kind="ACI")
        new_contract(base, number="R", buyer=self.buyer, company=workshop, owed=None,
                     notified_on="2026-12-31", clause_form="reserve_insertion",
                     amount_cents=40_000_00)  # fmt: skip
        new_contract(base, number="D", buyer=self.buyer, obligation=False, taken_up=0,
                     notified_on="2026-05-02", clause_form="aucune", amount_cents=60_000_00,
                     stage="a_qualifier")  # fmt: skip
        refused = new_contract(base, number="N", buyer=self.buyer, obligation=False,
                               notified_on="2026-06-01", clause_form="", amount_cents=None,
                               stage="refuse")  # fmt: skip
        add(base, "refusal", contract=refused.contract, ground="sans_lien", text="Logiciel",
            date="2026-05-20")  # fmt: skip
        new_contract(base, number="V", buyer=self.buyer, notified_on="2025-12-31", owed=None)
        new_contract(base, number="X", notified_on="2026-02-02", owed=None)

    def aim(self, indicator: str, **values: int | str | None) -> int:
        """A commitment for 2026."""
        return add(self.base, "policy_target", buyer=self.buyer, year=2026,
                   indicator=indicator, **values)  # fmt: skip

    def read(self, year: int = 2026) -> PolicyYear:
        """The year as the screen reads it."""
        found = policy_year(self.base.connection, self.buyer, year, today=TODAY,
                            reference=policy_reference(year))  # fmt: skip
        assert found is not None
        return found


@pytest.fixture
def year(tmp_path: Path) -> Year:
    return Year(tmp_path)


def values(found: PolicyYear) -> dict[PolicyIndicator, str]:
    """Each computed figure as it is shown."""
    units = {P.SOCIAL_SHARE: "%", P.SOCIAL_AMOUNT_SHARE: "%", P.HOURS_OWED: "h", P.HOURS_DONE: "h",
             P.INSERTION_SPEND: "€", P.DISABILITY_SPEND: "€"}  # fmt: skip
    return {
        indicator: value_text(one.value, units.get(indicator, "")).replace("\u00a0", " ")
        for indicator, one in found.figures.items()
    }


def test_each_indicator_is_counted_on_the_contracts_and_months_of_the_year(year: Year) -> None:
    assert values(year.read()) == {
        # Four contracts notified in 2026, two of them with a consideration.
        P.SOCIAL_SHARE: "50 %",
        # 340,000 of the 400,000 whose amount is known.
        P.SOCIAL_AMOUNT_SHARE: "85 %",
        P.CLAUSE_CONTRACTS: "1",
        P.RESERVED_CONTRACTS: "1",
        # 730 hours over 730 days, 365 of them in 2026: never the whole objective.
        P.HOURS_OWED: "365,00 h",
        P.HOURS_DONE: "100,00 h",
        P.PARTICIPANTS: "2",
        P.INSERTION_SPEND: "40 000 €",
        P.DISABILITY_SPEND: "0 €",
    }
    found = year.read()
    assert (found.open_data, found.undated) == (1, 0)
    assert "non pris en charge" in found.figures[P.SOCIAL_SHARE].rule
    assert "2 avec une clause" in found.figures[P.SOCIAL_SHARE].formula
    assert [(one.ground, [row.text for row in one.refusals]) for one in found.refusals] == [
        ("sans_lien", ["Logiciel"])
    ]


def test_another_year_counts_other_contracts(year: Year) -> None:
    before = year.read(2025)
    assert before.share.contracts == 1
    assert before.refusals == ()
    assert values(before)[P.HOURS_DONE] == "0,00 h"


@pytest.mark.parametrize(
    ("target", "gap", "reached"),
    [(50_00, "0 point", True), (50_01, "-0,01 point", False), (49_99, "+0,01 point", True)],
)
def test_a_target_at_above_and_below_what_is_computed(
    year: Year, target: int, gap: str, reached: bool
) -> None:
    year.aim("part_sociale", target=target)
    (aim,) = year.read().aims
    assert aim.reached is reached
    assert gap_text(aim.gap, "%").replace("\u00a0", " ") == gap


def test_a_typed_value_never_hides_a_computed_one(year: Year) -> None:
    year.aim("heures_validees", target=150_00, typed=200_00)
    year.aim("autre", commitment="Achats responsables formés", unit="agents", target=10_00,
             typed=12_00)  # fmt: skip
    year.aim("autre", commitment="Sans réponse", target=1_00)
    computed, typed, unknown = year.read().aims
    assert (computed.computed.value, computed.row.typed) == (100_00, 200_00)
    assert (computed.reached, computed.typed_only) == (False, False)
    assert (typed.achieved, typed.reached, typed.typed_only) == (Fraction(12_00), True, True)
    assert (unknown.achieved, unknown.gap, unknown.reached) == (None, None, None)


def test_evidence_stays_with_its_commitment(year: Year) -> None:
    first, other = year.aim("participants", target=2_00), year.aim("marches_reserves")
    add(year.base, "evidence", policy_target=first, label="Liste", link="Dossier 3")
    aims = {aim.row.policy_target: aim for aim in year.read().aims}
    assert [one.label for one in aims[first].evidence] == ["Liste"]
    assert aims[other].evidence == ()


def test_few_people_are_not_published(year: Year) -> None:
    found = year.read()
    assert found.masked(5) == {P.PARTICIPANTS, P.HOURS_DONE}
    assert found.masked(2) == frozenset()


@pytest.mark.parametrize(
    ("when", "share", "spaser"),
    [
        (2021, None, False),
        (2022, 30, False),
        (2023, 30, True),
        (2025, 30, True),
        (2026, None, True),
    ],
)
def test_national_references_have_their_dates(when: int, share: int | None, spaser: bool) -> None:
    reference = policy_reference(when)
    found = reference.social_share
    assert (None if found is None else found.share * 100) == share
    assert (reference.spaser_amount is not None) is spaser


def test_buyers_with_commitments_come_first(tmp_path: Path) -> None:
    base: Base = new_base(tmp_path)
    new_buyer(base, name="Agglomération")
    engaged = new_buyer(base, name="Ville")
    add(base, "policy_target", buyer=engaged, year=2025, indicator="autre")
    assert [(row.name, row.last_year) for row in buyers_listed(base.connection)] == [
        ("Ville", 2025), ("Agglomération", None),
    ]  # fmt: skip
    assert policy_year(base.connection, 1, 2026, today=TODAY,
                       reference=policy_reference(2026)) is None  # fmt: skip
