"""The facts of the checks: what is read, how it stays current, what it costs."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from builders import (
    NewContract,
    NewPlacement,
    add,
    new_base,
    new_company,
    new_contract,
    new_eligibility,
    new_hours,
    new_lot,
    new_person,
    new_placement,
    new_statement,
)
from builders_screens import filled_base
from reading_costs import plan_of, scans, steps_of
from suivi_tui.actions.entry import HourCell, enter_hours, validate_month
from suivi_tui.readings.entry_facts import EntryFacts, entry_facts
from suivi_tui.reference.loader import thresholds
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, write
from suivi_tui.vocabulary.choices import CheckGravity
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

TODAY = date(2026, 9, 15)
LIMITS = thresholds()
MARCH = Month(202603)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def read(base: Base, *placements: NewPlacement) -> EntryFacts:
    return entry_facts(base.connection, [row.placement for row in placements], TODAY, LIMITS)


def codes(
    facts: EntryFacts, placed: NewPlacement, hours: int, month: int = MARCH, kind: int = 1
) -> list[str]:
    found = facts.findings(placed.obligation, placed.placement, kind, Month(month), Hours(hours))
    return [finding.code for finding in found]


def eligible(base: Base, last: str = "Exemple") -> int:
    person = new_person(base, last=last)
    new_eligibility(base, person)
    return person


def test_a_person_is_judged_with_all_their_contracts(base: Base) -> None:
    market = new_contract(base)
    other = new_contract(base, number="2026-02", company=new_company(base, name="Autre Val"))
    agency = new_company(base, name="Intérim du Val", kind="ETTI")
    person = eligible(base)
    here = new_placement(base, market, person)
    there = new_placement(base, other, person, employer=agency, mode="mise_a_disposition",
                          structure_kind="", type="cdi")  # fmt: skip
    new_hours(base, there, MARCH, 100_00, validated=91_00)
    facts = read(base, here)
    assert codes(facts, here, 99_67) == ["deux_obligations"]
    assert codes(facts, here, 99_68) == ["duree_maximale", "deux_obligations"]
    found = facts.findings(market.obligation, here.placement, 1, MARCH, Hours(100_00))
    assert "91,00\u00a0h en mars 2026 sur 2026-02 (Autre Val)" in found[1].message
    # The kind of the company stands for that of the work contract; facts know both placements.
    assert codes(facts, there, 50_00) == ["employeur_contrat"]
    assert codes(facts, NewPlacement(1, market.obligation, 1), 50_00) == []
    assert codes(facts, NewPlacement(here.placement, 1, 1), 50_00) == []


def test_dates_members_and_decisions_are_read(base: Base) -> None:
    market = new_contract(base, start="2026-01-01", end="2026-12-31", site_start="2026-04-13",
                          site_end="2026-06-30", lot="2")  # fmt: skip
    member = new_company(base, name="Cotraitant du Val")
    add(base, "lot_company", lot=market.lot, company=member, role="cotraitant")
    person = new_person(base)
    add(base, "eligibility", participant=person, rank=1, decision="en_attente")
    placed = new_placement(base, market, person, employer=member, start="2026-04-01",
                           contract_end="2026-05-20")  # fmt: skip
    facts = read(base, placed)
    undecided = "personne_sans_decision"
    assert codes(facts, placed, 100_00, 202604) == [undecided]
    assert codes(facts, placed, 100_00) == ["hors_obligation", "hors_affectation", undecided]
    assert codes(facts, placed, 100_00, 202606) == ["hors_affectation", undecided]
    assert codes(facts, placed, 1_00, 202610) == [
        "mois_futur", "hors_obligation", "hors_affectation", undecided
    ]  # fmt: skip
    assert "hors_marche" in codes(facts, placed, 1_00, 202701)


def test_terms_of_the_contract_and_of_the_lot(base: Base) -> None:
    market = new_contract(base, start="2025-01-01", end="2027-12-31")
    second = new_lot(base, market.contract, market.company, number="2", start="2025-01-01")
    person = new_person(base, entered_scheme_on="2025-03-16")
    new_eligibility(base, person, decided_on="2025-03-01")
    dates = {"contract_start": "2025-03-16", "contract_end": None, "employer": market.company}
    here = new_placement(base, market, person, **dates)
    there = new_placement(base, second, person, **dates)
    new_hours(base, here, MARCH, 10_00)
    assert codes(read(base, here), there, 20_00) == ["deux_obligations"]
    for lot, code, value, since in (
        (None, "fenetre_mois", "12", None),
        (None, "globalisation", "oui", None),
        (market.lot, "fenetre_mois", "18", "2026-04-01"),
        (market.lot, "controle/apres_eligibilite", "avertir", None),
        (second.lot, "controle/eligibilite_partielle", "ignorer", None),
    ):
        add(base, "term", contract=market.contract, lot=lot, code=code, value=value,
            valid_from=since)  # fmt: skip
    facts = read(base, here, there)
    assert codes(facts, here, 20_00) == ["eligibilite_partielle"]
    assert codes(facts, there, 20_00) == []
    # From April on the lot counts 18 months, the other lot still 12.
    assert codes(facts, here, 20_00, 202604) == []
    found = facts.findings(second.obligation, there.placement, 1, Month(202604), Hours(20_00))
    assert [(item.code, item.gravity) for item in found] == [
        ("apres_eligibilite", CheckGravity.ALERT)
    ]
    found = facts.findings(here.obligation, here.placement, 1, Month(202609), Hours(20_00))
    assert [item.code for item in found] == ["eligibilite_partielle"]


def test_locked_and_checked_statements(base: Base) -> None:
    market = new_contract(base)
    agency = new_company(base, name="Intérim du Val", kind="ETTI")
    direct = new_placement(base, market, eligible(base))
    sent = new_placement(base, market, eligible(base, "Second"), employer=agency,
                         mode="mise_a_disposition", structure_kind="ETTI",
                         type="mission_insertion")  # fmt: skip
    new_hours(base, sent, MARCH, 70_00)
    new_statement(base, market.obligation, agency, MARCH, "verifie")
    new_statement(base, market.obligation, agency, 202604, "verrouille")
    new_statement(base, market.obligation, market.company, 202605, "verrouille")
    facts = read(base, direct, sent)
    assert codes(facts, sent, 70_00) == []
    assert codes(facts, sent, 71_00) == ["releve_verifie"]
    assert codes(facts, direct, 71_00) == []
    assert (codes(facts, sent, 7_00, 202604), codes(facts, direct, 7_00, 202604)) == (
        ["mois_verrouille"], []
    )  # fmt: skip
    assert codes(facts, sent, 7_00, 202605) == codes(facts, direct, 7_00, 202605) == [
        "mois_verrouille"
    ]  # fmt: skip
    # Once written, the statement is to be checked again: the next line says nothing.
    facts.entered(sent.obligation, sent.placement, 1, MARCH, Hours(71_00))
    assert codes(facts, sent, 72_00) == []


def test_a_correction_is_attached_or_not(base: Base) -> None:
    placed = new_placement(base, new_contract(base), eligible(base))
    row = new_hours(base, placed, MARCH, -5_00)
    assert codes(read(base, placed), placed, -5_00) == ["regularisation"]
    write(base, [changed("hour_entry", row, "corrects", 202602)], label="Rattachement")
    assert codes(read(base, placed), placed, -5_00) == []


def test_what_was_refused_has_been_dealt_with(base: Base) -> None:
    placed = new_placement(base, new_contract(base), eligible(base))
    new_hours(base, placed, MARCH, 200_00, validated=150_00, refusal_reason="invraisemblable")
    new_hours(base, placed, 202701, 80_00, validated=0, refusal_reason="hors_marche")
    facts = read(base, placed)
    assert codes(facts, placed, 200_00) == []
    assert codes(facts, placed, 200_01) == ["duree_maximale"]
    assert codes(facts, placed, 80_00, 202701) == ["mois_futur"]
    assert codes(facts, placed, 80_01, 202701) == ["mois_futur", "hors_marche", "hors_affectation"]
    facts.decided(placed.obligation, placed.placement, 1, MARCH, None)
    assert codes(facts, placed, 200_00) == ["duree_maximale"]


def test_facts_kept_current_are_those_of_a_new_reading(base: Base) -> None:
    market = new_contract(base)
    other = new_contract(base, number="2026-02", company=new_company(base, name="Autre Val"))
    person = eligible(base)
    here, there = new_placement(base, market, person), new_placement(base, other, person)
    new_hours(base, there, MARCH, 60_00, validated=60_00)
    new_statement(base, other.obligation, other.company, MARCH, "verifie")
    facts = read(base, here, there)

    def enter(placed: NewPlacement, hours: int | None) -> None:
        typed = None if hours is None else Hours(hours)
        cell = HourCell(placed.obligation, placed.placement, MARCH, 1, typed)
        enter_hours(base, [cell])
        facts.entered(placed.obligation, placed.placement, 1, MARCH, typed)

    def agree() -> None:
        again = read(base, here, there)
        for placed in (here, there):
            for hours in (60_00, 130_00, 190_68):
                key = (placed.obligation, placed.placement, 1, MARCH, Hours(hours))
                assert facts.findings(*key) == again.findings(*key)

    agree()
    enter(here, 130_68)
    agree()
    assert codes(facts, there, 60_00) == ["duree_maximale", "deux_obligations"]
    enter(there, 61_00)
    agree()
    validate_month(base, market.obligation, MARCH)
    facts.decided(here.obligation, here.placement, 1, MARCH, Hours(130_68))
    agree()
    enter(here, None)
    agree()
    assert codes(facts, there, 61_00) == []


def test_the_cost_is_that_of_the_people_shown(tmp_path: Path) -> None:
    wanted = range(7_000_001, 7_000_041)
    costs = []
    for size in (100, 2_000):
        with filled_base(tmp_path, size) as base:

            def ask(base: Base = base) -> EntryFacts:
                return entry_facts(base.connection, wanted, TODAY, LIMITS)

            costs.append(steps_of(base.connection, ask))
            assert scans(plan_of(base.connection, ask)) == []
            found = ask().findings(5_000_001, 7_000_001, 1, MARCH, Hours(200_00))
            assert [item.code for item in found] == ["duree_maximale"]
    assert costs[1] <= costs[0] * 1.05


def test_an_empty_question(base: Base) -> None:
    market: NewContract = new_contract(base)
    facts = entry_facts(base.connection, [], TODAY, LIMITS)
    assert facts.findings(market.obligation, 1, 1, MARCH, Hours(1)) == ()
    facts.entered(market.obligation, 1, 1, MARCH, Hours(1))
    facts.decided(market.obligation, 1, 1, MARCH, None)
    assert facts.terms(market.obligation, MARCH).window_months is None
