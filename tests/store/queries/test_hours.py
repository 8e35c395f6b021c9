from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import (
    add,
    new_base,
    new_company,
    new_contract,
    new_hours,
    new_person,
    new_placement,
    new_statement,
)
from builders_screens import filled_base, new_site
from reading_costs import plan_of, scans, steps_of
from suivi_tui.store.base import Base
from suivi_tui.store.journal import removed, write
from suivi_tui.store.queries import hours
from suivi_tui.store.queries.paging import Page


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def small_and_large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Base, Base]]:
    folder = tmp_path_factory.mktemp("hours")
    with filled_base(folder, 500) as small, filled_base(folder, 50_000) as large:
        yield small, large


def test_a_grid_holds_people_hours_and_statements_of_the_window(base: Base) -> None:
    market = new_contract(base)
    second = new_placement(base, market, new_person(base, last="Zola", first="Ana"))
    first = new_placement(base, market, new_person(base, last="abel", first="Noé"))
    new_hours(base, first, 202603, 151_67, 140_00, refusal_reason="doublon", comment="vu")
    new_hours(base, second, 202602, 35_00)
    new_hours(base, second, 202512, 10_00, 10_00)
    statement = new_statement(base, market.obligation, market.company, 202603, "verifie")
    grid = hours.grid(base.connection, market.obligation, 202601, 202603)
    assert grid is not None
    assert [(row.last, row.first, row.employer_name) for row in grid.rows] == [
        ("abel", "Noé", "Bâtisseurs du Val"),
        ("Zola", "Ana", "Bâtisseurs du Val"),
    ]
    cell = grid.cells[first.placement, 1, 202603]
    assert (cell.declared, cell.validated, cell.refusal_reason) == (151_67, 140_00, "doublon")
    assert grid.cells[second.placement, 1, 202602].validated is None
    assert (second.placement, 1, 202512) not in grid.cells
    assert [row.statement for row in grid.statements[market.obligation, 202603]] == [statement]
    assert grid.obligations[market.obligation].company_name == "Bâtisseurs du Val"


def test_training_hours_have_their_own_line(base: Base) -> None:
    market = new_contract(base)
    placement = new_placement(base, market, new_person(base))
    new_hours(base, placement, 202603, 7_00, kind=2)
    grid = hours.grid(base.connection, market.obligation, 202603, 202603)
    assert grid is not None
    assert [row.kind for row in grid.rows] == [1, 2]
    assert set(grid.cells) == {(placement.placement, 2, 202603)}


def test_who_left_before_the_window_is_left_out_unless_asked(base: Base) -> None:
    market = new_contract(base)
    new_placement(base, market, new_person(base), contract_end="2025-12-31")
    assert hours.grid(base.connection, market.obligation, 202601, 202603).rows == ()
    assert len(hours.grid(base.connection, market.obligation, 202512, 202603).rows) == 1
    everyone = hours.grid(base.connection, market.obligation, 202601, 202603, everyone=True)
    assert len(everyone.rows) == 1


def test_removed_lines_and_empty_placements_are_not_shown(base: Base) -> None:
    site = new_site(base, 202603)
    line = f"{site.obligation}/202603/{site.placement}/1"
    write(base, [removed("hour_entry", line), removed("placement", site.placement)], label="Essai")
    grid = hours.grid(base.connection, site.obligation, 202603, 202603)
    assert grid is not None
    assert (grid.rows, grid.cells) == ((), {})
    assert hours.lines_page(base.connection) == []
    assert hours.of_person(base.connection, site.person) == []


def test_an_unknown_obligation_has_no_grid(base: Base) -> None:
    assert hours.grid(base.connection, 1, 202601, 202603) is None


def test_the_grid_of_a_sender_holds_its_people_on_every_obligation(base: Base) -> None:
    agency = new_company(base, name="Intérim du Val", kind="ETTI")
    first = new_contract(base)
    second = new_contract(base, number="2026-02", buyer=first.buyer, company=first.company)
    over = new_contract(base, number="2025-09", buyer=first.buyer, company=first.company,
                        end="2026-02-28")  # fmt: skip
    person = new_person(base, last="Zola", first="Ana")
    here = new_placement(base, first, person, employer=agency)
    there = new_placement(base, second, person, work_contract=here.work_contract)
    other = new_person(base, last="Abel")
    gone = new_placement(base, first, other, employer=agency, contract_end="2026-02-10")
    ended = new_placement(base, over, other, employer=agency, contract_end=None)
    new_placement(base, first, new_person(base, last="Ailleurs"))
    new_hours(base, gone, 202602, 10_00)
    new_hours(base, there, 202603, 20_00)
    new_hours(base, there, 202603, 7_00, kind=2)
    mine = new_statement(base, second.obligation, agency, 202603)

    def shown(month: int, everyone: bool = False) -> list[tuple[int, int]]:
        grid = hours.sender_grid(base.connection, agency, 202601, month, everyone=everyone)
        return [(row.placement, row.kind) for row in grid.rows]

    lines = [(here.placement, 1), (there.placement, 1), (there.placement, 2)]
    # Neither who left nor whoever stands on a contract long over, unless there are hours.
    assert shown(202603) == lines
    assert shown(202602)[:2] == [(gone.placement, 1), (ended.placement, 1)]
    assert shown(202603, everyone=True) == [(gone.placement, 1), (ended.placement, 1), *lines]
    new_hours(base, ended, 202602, 5_00)
    assert shown(202603) == [(ended.placement, 1), *lines]
    grid = hours.sender_grid(base.connection, agency, 202601, 202603)
    assert set(grid.obligations) == {first.obligation, second.obligation, over.obligation}
    assert [row.statement for row in grid.statements[second.obligation, 202603]] == [mine]
    assert grid.cells[there.placement, 2, 202603].declared == 7_00
    assert grid.rows[0].obligation == over.obligation
    plan = plan_of(
        base.connection, lambda: hours.sender_grid(base.connection, agency, 202601, 202603)
    )
    assert scans(plan) == []


def test_a_page_of_lines_names_people_and_contracts(base: Base) -> None:
    site = new_site(base, 202602, 202603)
    lines = hours.lines_page(base.connection)
    assert [(line.month, line.declared, line.last, line.number) for line in lines] == [
        (202602, 100_00, "Exemple", "2026-01"),
        (202603, 100_00, "Exemple", "2026-01"),
    ]
    assert lines[0].key == (site.obligation, 202602, site.placement, 1)
    assert lines[0].employer == "Bâtisseurs du Val"
    after = hours.lines_page(base.connection, Page(after=lines[0].key))
    assert after == lines[1:]
    assert hours.lines_page(base.connection, Page(before=lines[1].key)) == lines[:1]


def test_a_page_may_be_of_one_obligation(base: Base) -> None:
    first, second = new_site(base, 202602), new_site(base, 202603, number="2026-02")
    lines = hours.lines_page(base.connection, obligation=second.obligation)
    assert [line.obligation for line in lines] == [second.obligation]
    assert first.obligation != second.obligation


def test_the_hours_of_a_person_come_from_every_contract_latest_first(base: Base) -> None:
    person = new_person(base)
    for number, month in (("A", 202601), ("B", 202603), ("C", 202602)):
        market = new_contract(base, number=number)
        new_hours(base, new_placement(base, market, person), month, 10_00)
    new_site(base, 202603, number="autre")
    lines = hours.of_person(base.connection, person)
    assert [(line.month, line.number) for line in lines] == [
        (202603, "B"),
        (202602, "C"),
        (202601, "A"),
    ]


def test_an_employer_may_be_unknown(base: Base) -> None:
    market = new_contract(base)
    work = add(base, "work_contract", participant=new_person(base), start="2026-01-01")
    placement = new_placement(base, market, 0, work_contract=work)
    new_hours(base, placement, 202603, 1_00)
    (line,) = hours.lines_page(base.connection)
    assert line.employer == ""
    grid = hours.grid(base.connection, market.obligation, 202603, 202603)
    assert grid is not None
    assert (grid.rows[0].employer, grid.rows[0].employer_name) == (None, "")
    # Then the holder declares for them.
    declared = hours.sender_grid(base.connection, market.company, 202603, 202603)
    assert [row.placement for row in declared.rows] == [placement.placement]


QUESTIONS = {
    "grid": lambda c: hours.grid(c, 5000001, 202601, 202603),
    "first page": lambda c: hours.lines_page(c),
    "last page": lambda c: hours.lines_page(c, Page(last=True)),
    "next page": lambda c: hours.lines_page(c, Page(after=(5000251, 202603, 7000260, 1))),
    "page before": lambda c: hours.lines_page(c, Page(before=(5000251, 202603, 7000260, 1))),
    "descending": lambda c: hours.lines_page(c, descending=True),
    "one obligation": lambda c: hours.lines_page(c, obligation=5000001),
    "person": lambda c: hours.of_person(c, 1),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_every_hour_line(small_and_large: tuple[Base, Base], name: str) -> None:
    connection = small_and_large[1].connection
    plan = plan_of(connection, lambda: QUESTIONS[name](connection))
    assert scans(plan) == []
    if "page" in name:
        assert not [line for line in plan if "TEMP B-TREE" in line]


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_cost_does_not_grow_with_the_base(
    small_and_large: tuple[Base, Base], name: str
) -> None:
    few, many = (
        steps_of(base.connection, lambda base=base: QUESTIONS[name](base.connection))
        for base in small_and_large
    )
    assert many <= 1.5 * few
