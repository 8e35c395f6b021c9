"""The statements of the evaluation: they run on the schema, and read hours through an index."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import new_base, new_contract, new_hours, new_person, new_placement
from suivi_tui.readings.evaluation import evaluate
from suivi_tui.readings.filters import Filters
from suivi_tui.store.base import Base
from suivi_tui.store.journal import created, hour_row, write
from suivi_tui.store.queries import evaluation_detail, evaluation_lines, evaluation_people
from suivi_tui.vocabulary.months import Month

LINES, PEOPLE, DETAIL = evaluation_lines, evaluation_people, evaluation_detail
STATEMENTS = {
    "all": LINES.ALL_PLACEMENTS,
    "of obligations": LINES.OF_OBLIGATIONS,
    "of placements": LINES.OF_PLACEMENTS,
    "months of all": LINES.MONTHS_OF_ALL,
    "months of obligations": LINES.MONTHS_OF_OBLIGATIONS,
    "months of placements": LINES.MONTHS_OF_PLACEMENTS,
    "worked in all": LINES.WORKED_IN_ALL,
    "worked in": LINES.WORKED_IN,
    "lines of placements": LINES.LINES_OF_PLACEMENTS,
    "places": PEOPLE.PLACES,
    "work of people": PEOPLE.WORK_OF_PEOPLE,
    **{f"column {name}": text for name, text in PEOPLE.COLUMNS.items()},
    **{f"behind {name}": text for name, text in DETAIL.BEHIND.items()},
    "by name": DETAIL.BY_NAME,
    "by reference": DETAIL.BY_REFERENCE,
}
PARAMETERS = {
    "ids": "[1]", "first": 202601, "last": 202612, "placement": 0, "month": 0, "obligation": 0,
    "kind": 0, "limit": 10, "sort": "", "row": 0,
}  # fmt: skip
EVERY_LINE = {
    "all": "SCAN hour_entry USING COVERING INDEX hour_entry_placement",
    "worked in all": "SCAN hour_entry USING COVERING INDEX hour_entry_placement",
    "months of all": "SCAN hour_entry",
}


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    with new_base(tmp_path_factory.mktemp("vide")) as opened:
        yield opened


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_finds_its_rows_by_a_key(empty: Base, name: str) -> None:
    base = empty
    rows = base.connection.execute(f"EXPLAIN QUERY PLAN {STATEMENTS[name]}", PARAMETERS)
    plan = [str(row[3]) for row in rows]
    assert base.connection.execute(STATEMENTS[name], PARAMETERS).fetchall() == []
    if name in EVERY_LINE:
        assert plan[0] == EVERY_LINE[name]
        # Lines come in the order they are added up in: nothing is sorted.
        assert not any("TEMP B-TREE" in line for line in plan)
    else:
        assert {m[1] for line in plan if (m := re.match(r"SCAN (\w+)", line))} <= {"wanted"}


def test_a_placement_whose_lines_are_on_two_obligations_is_counted_on_each(base: Base) -> None:
    mine, other = new_contract(base), new_contract(base, number="2026-02")
    placement = new_placement(base, mine, new_person(base))
    new_hours(base, placement, 202601, 10_00)
    name = hour_row(other.obligation, 202602, placement.placement, 1)
    write(base, [created("hour_entry", name, {"declared": 5_00, "validated": None})], label="E")
    for first in (None, Month(202601)):
        found = evaluate(base.connection, Filters(first=first))
        assert {row.value: row.hours.declared for row in found.breakdowns["marche"]} == {
            "2026-01": 10_00,
            "2026-02": 5_00,
        }
        assert [row.participants for row in found.breakdowns["mois"]] == [1, 1]
    assert evaluate(base.connection, Filters(contract=other.contract)).hours.declared == 5_00
