"""The questions behind alerts, pace and evaluation: every one goes through a key."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import (
    many_hours,
    new_base,
    new_buyer,
    new_contract,
    new_eligibility,
    new_event,
    new_hours,
    new_person,
    new_placement,
    new_statement,
    sqlite_steps,
)
from suivi_tui.readings.evaluation import evaluate, filters_for
from suivi_tui.readings.filters import Filters
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, removed, write
from suivi_tui.store.queries import (
    alert_marks,
    evaluation_people,
    facts,
    facts_cases,
    facts_people,
    figures,
)
from suivi_tui.vocabulary.months import Month

MODULES = (alert_marks, evaluation_people, facts, facts_cases, facts_people, figures)
STATEMENTS = {
    f"{module.__name__.rpartition('.')[2]}.{name}": text
    for module in MODULES
    for name, text in vars(module).items()
    if name.isupper() and not name.startswith("_") and isinstance(text, str)
}
PARAMETERS = {
    "ids": "[1]",
    "buyers": "[1]",
    "about": '[["contract", 1]]',
    "first": 202601,
    "last": 202612,
    "least": 1,
}


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


def plan(base: Base, statement: str) -> list[str]:
    rows = base.connection.execute(f"EXPLAIN QUERY PLAN {statement}", PARAMETERS)
    return [str(row[3]) for row in rows]


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_runs_on_the_schema(base: Base, name: str) -> None:
    assert base.connection.execute(STATEMENTS[name], PARAMETERS).fetchall() == []


# Filters and whole-base evaluations go over every buyer, company or contract, never over hours.
@pytest.mark.parametrize("name", STATEMENTS)
def test_no_statement_scans_a_table_of_hours_or_people(base: Base, name: str) -> None:
    scanned = {
        match[1]
        for line in plan(base, STATEMENTS[name])
        if (match := re.match(r"SCAN (\w+)", line))
    }
    assert scanned <= {"wanted", "band", "3", "buyer", "company"}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("facts.LINES", "PRIMARY KEY (obligation=? AND month>? AND month<?)"),
        ("facts_people.LINES_OF_PLACEMENTS", "COVERING INDEX hour_entry_placement (placement=?)"),
        ("evaluation_people.FIRST_MONTHS", "COVERING INDEX hour_entry_placement (placement=?)"),
        ("figures.VALIDATED_BEFORE", "PRIMARY KEY (obligation=? AND month<?)"),
    ],
)
def test_hours_are_found_by_a_key(base: Base, name: str, key: str) -> None:
    assert f"SEARCH hour_entry USING {key}" in plan(base, STATEMENTS[name])


def test_followed_contracts_leave_out_closed_ones(base: Base) -> None:
    stages = ["", "a_qualifier", "projet", "en_cours", "termine", "clos", "refuse", "zone"]
    for stage in stages:
        new_contract(base, number=stage, stage=stage)
    new_contract(base, number="non repris", taken_up=0)
    new_contract(base, number="clos le", closed_on="2026-01-01")
    gone = new_contract(base, number="retiré")
    write(base, [removed("contract", gone.contract)], label="Essai")
    found = [row.number for row in facts.followed_contracts(base.connection)]
    assert sorted(found) == sorted(set(stages) - {"clos", "refuse"})


def test_a_contract_row(base: Base) -> None:
    contract = new_contract(base, notified_on="2025-12-01", end=None)
    (row,) = facts.contracts(base.connection, [contract.contract])
    assert row == (
        contract.contract, "2026-01", "", 1, "en_cours", None, "2025-12-01", "2026-01-01", None, 1,
        "",
    )  # fmt: skip


def test_lines_and_statements_of_obligations(base: Base) -> None:
    contract, other = new_contract(base), new_contract(base, number="2026-02")
    placement = new_placement(base, contract, new_person(base))
    new_hours(base, placement, 202601, 10_00, 5_00)
    new_hours(base, placement, 202602, 20_00)
    gone = new_hours(base, placement, 202603, 30_00)
    write(base, [removed("hour_entry", gone)], label="Essai")
    new_hours(base, new_placement(base, other, new_person(base)), 202601, 1_00)
    new_statement(base, contract.obligation, contract.company, 202604)
    wanted = [contract.obligation]
    lines = list(facts.hour_lines(base.connection, wanted))
    assert lines == [
        (contract.obligation, 202601, placement.placement, 10_00, 5_00),
        (contract.obligation, 202602, placement.placement, 20_00, None),
    ]
    assert list(facts.hour_lines(base.connection, wanted, (202602, 202612))) == lines[1:]
    assert facts_people.lines_of_placements(base.connection, [placement.placement]) == lines


def test_people_with_their_first_start_and_criteria(base: Base) -> None:
    person = new_person(base, entered_scheme_on="2025-06-01")
    new_eligibility(base, person, ends_on="2027-01-01")
    contract = new_contract(base)
    placement = new_placement(base, contract, person, contract_start="2026-03-01")
    new_placement(base, contract, person, contract_start="2025-09-01")
    undated = new_placement(base, contract, person, contract_start="")
    (row,) = facts_people.people(base.connection, [person])
    assert (row.entered_scheme_on, row.first_contract_start) == ("2025-06-01", "2025-09-01")
    (criterion,) = facts_people.eligibilities(base.connection, [person])
    assert (criterion.rank, criterion.decision, criterion.ends_on) == (1, "validee", "2027-01-01")
    write(base, [removed("work_contract", undated.work_contract)], label="Essai")
    placements = facts_people.placements_of_people(base.connection, [person])
    assert {(row.placement, row.current) for row in placements} >= {
        (placement.placement, 1),
        (undated.placement, 0),
    }
    write(base, [removed("participant", person)], label="Essai")
    assert facts_people.people(base.connection, [person]) == []


def test_the_scope_of_an_evaluation(base: Base) -> None:
    contract, other = new_contract(base), new_contract(base, number="2026-02")
    new_contract(base, number="2026-03", taken_up=0)
    closed = new_contract(base, number="2026-04", stage="clos")
    found = {row.obligation for row in figures.scope(base.connection)}
    assert found == {contract.obligation, other.obligation, closed.obligation}


def test_hours_validated_before_a_month(base: Base) -> None:
    contract = new_contract(base)
    new_event(base, contract.obligation, 10)
    placement = new_placement(base, contract, new_person(base))
    january = new_hours(base, placement, 202601, 10_00, 5_00)
    new_hours(base, placement, 202602, 10_00)
    new_hours(base, placement, 202603, 10_00, 7_00)
    before = figures.validated_before(base.connection, [contract.obligation], 202603)
    assert before == {contract.obligation: 5_00}
    write(base, [changed("hour_entry", january, "validated", 6_00)], label="Essai")
    before = figures.validated_before(base.connection, [contract.obligation], 202603)
    assert before == {contract.obligation: 6_00}


def test_an_evaluation_of_a_buyer_does_not_read_the_hours_of_others(base: Base) -> None:
    mine = new_contract(base, buyer=new_buyer(base, name="Ville d'Ambre"))
    other, *_ = (new_contract(base) for _ in range(4))
    many_hours(base, mine, [202601], 5)

    def ask() -> object:
        filters = filters_for(base.connection, buyer="Ville d'Ambre")
        return evaluate(base.connection, filters, keys=("sexe",))

    before = sqlite_steps(base, ask)
    many_hours(base, other, [202601, 202602], 300)
    assert sqlite_steps(base, ask) <= before * 1.1


def test_an_evaluation_of_a_month_does_not_read_later_months(base: Base) -> None:
    contract, *_ = (new_contract(base) for _ in range(4))
    many_hours(base, contract, [202601], 5)
    month = Month(202601)

    def ask() -> object:
        filters = Filters(month, month, contract=contract.contract)
        return evaluate(base.connection, filters, keys=("sexe",))

    before = sqlite_steps(base, ask)
    many_hours(base, contract, [202602, 202603], 300)
    assert sqlite_steps(base, ask) <= before * 1.1
