"""Declared = validated + refused + pending, at every level, whatever was done before."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NewContract, new_base, new_company, new_contract, new_person, new_placement
from statement_world import preview, said, statement
from suivi_tui.actions.entry import (
    HourCell,
    enter_hours,
    paste_hours,
    refuse_hours,
    repeat_previous_month,
    repeat_sender_month,
    validate_month,
    validate_sender_month,
)
from suivi_tui.actions.statement_import.plan import write_plan
from suivi_tui.readings.evaluation import evaluate
from suivi_tui.readings.pace import obligation_paces
from suivi_tui.rules.indicators import Totals, totals
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Receipt
from suivi_tui.store.queries import obligations
from suivi_tui.store.queries.entry import HourKey, hour_line
from suivi_tui.store.queries.hours import lines_page, totals_of_people
from suivi_tui.store.queries.paging import id_list
from suivi_tui.store.undo import undo_last
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

TODAY = date(2026, 6, 20)
MONTHS = (Month(202602), Month(202603), Month(202604))


class Field(NamedTuple):
    """Two contracts of two companies, an agency, four placements."""

    base: Base
    contracts: tuple[NewContract, ...]
    agency: int
    places: tuple[Any, ...]


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    folder: Path = tmp_path_factory.mktemp("sommes")
    with new_base(folder) as base:
        first = new_contract(base)
        second = new_contract(
            base, number="2026-02", buyer=first.buyer, company=new_company(base, name="Autre")
        )
        agency = new_company(base, name="Intérim du Val", kind="ETTI")
        places = tuple(
            new_placement(base, market, new_person(base, last=name), employer=employer)
            for market, name, employer in (
                (first, "Merle", None), (first, "Pic", agency), (second, "Geai", agency),
                (second, "Loriot", None),
            )
        )  # fmt: skip
        yield Field(base, (first, second), agency, places)


CELLS = st.tuples(
    st.integers(0, 3), st.sampled_from(MONTHS), st.sampled_from((1, 2)),
    st.none() | st.integers(-5_000, 60_000),
)  # fmt: skip
IMPORTS = st.tuples(
    st.just("import"), st.tuples(st.lists(CELLS, min_size=1, max_size=5), st.booleans())
)
UNDOS = st.tuples(st.just("undo"), st.none())
ACTS = st.one_of(
    IMPORTS,
    UNDOS,
    st.tuples(st.just("enter"), CELLS),
    st.tuples(st.just("paste"), st.lists(CELLS, min_size=1, max_size=5)),
    st.tuples(st.just("validate"), st.tuples(st.integers(0, 1), st.sampled_from(MONTHS))),
    st.tuples(st.just("validate sender"), st.sampled_from(MONTHS)),
    st.tuples(st.just("refuse"), st.tuples(CELLS, st.integers(0, 100))),
    st.tuples(st.just("repeat"), st.tuples(st.integers(0, 1), st.sampled_from(MONTHS))),
    st.tuples(st.just("repeat sender"), st.sampled_from(MONTHS)),
    IMPORTS,
    UNDOS,
)
NAMES = ("Merle Camille", "Pic Camille", "Geai Camille", "Loriot Camille")


def import_lines(field: Field, cells: list[Any], accepts: bool) -> None:
    """A statement that says the hours of these cells, its doubtful lines taken or left."""
    lines = [
        said(row, NAMES[place], hours or 0, month, kind=kind,
             contract=("2026-01", "2026-02")[place // 2])
        for row, (place, month, kind, hours) in enumerate(cells, 2)
    ]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        plan = preview(patch, field.base, statement(*lines))
        accept = {(line.sheet, line.line) for line in plan.lines} if accepts else set()
        write_plan(field.base, plan, accept=accept)


def written(base: Base) -> int:
    """How many lines the journal has."""
    return int(base.connection.execute("SELECT count(*) FROM journal").fetchone()[0])


def do(field: Field, act: str, given: Any) -> Receipt | None:
    """One act, as a person would do it in a grid."""
    base = field.base

    def cell(drawn: tuple[int, Month, int, int | None]) -> HourCell:
        place, month, kind, hours = drawn
        row = field.places[place]
        declared = None if hours is None else Hours(hours)
        return HourCell(row.obligation, row.placement, month, kind, declared)

    if act == "enter":
        return enter_hours(base, [cell(given)])
    if act == "paste":
        return paste_hours(base, [cell(drawn) for drawn in given])
    if act == "import":
        return import_lines(field, *given)
    if act == "validate":
        return validate_month(base, field.contracts[given[0]].obligation, given[1])
    if act == "validate sender":
        return validate_sender_month(base, field.agency, given)
    if act == "repeat":
        return repeat_previous_month(base, field.contracts[given[0]].obligation, given[1])
    if act == "repeat sender":
        return repeat_sender_month(base, field.agency, given)
    key = HourKey(*cell(given[0]).key)
    stored = hour_line(base.connection, key)
    if stored is None:
        return Receipt(0, 0)
    return refuse_hours(base, key, Hours(stored.declared * given[1] // 100), "doublon")


def emptied(base: Base) -> None:
    """No hours: each example starts from the same place."""
    lines = base.connection.execute(
        "SELECT obligation, placement, month, kind FROM hour_entry WHERE removed = 0"
    ).fetchall()
    enter_hours(base, [HourCell(*line, None) for line in lines])


def recount(field: Field, contracts: tuple[NewContract, ...]) -> Totals:
    """Line by line, without the questions under test."""
    declared = validated = refused = pending = 0
    wanted = {contract.obligation for contract in contracts}
    for obligation, hours, kept in field.base.connection.execute(
        "SELECT obligation, declared, validated FROM hour_entry WHERE removed = 0"
    ):
        if obligation in wanted:
            declared += hours
            if kept is None:
                pending += hours
            else:
                validated, refused = validated + kept, refused + hours - kept
    assert declared == validated + refused + pending
    return Totals(Hours(declared), Hours(validated), Hours(refused), Hours(pending))


@settings(max_examples=60)
@given(st.lists(ACTS, min_size=1, max_size=12))
def test_the_figures_add_up_after_any_sequence(field: Field, acts: list[tuple[str, Any]]) -> None:
    emptied(field.base)
    undoable = 0
    for act, drawn in acts:
        if act == "undo" and undoable:
            undo_last(field.base)
            undoable -= 1
        elif act != "undo":
            before = written(field.base)
            do(field, act, drawn)
            undoable += written(field.base) > before
    connection = field.base.connection
    for contract in field.contracts:
        expected = recount(field, (contract,))
        assert obligations.sums(connection, [contract.obligation]).get(
            contract.obligation, Totals()
        ) == expected  # fmt: skip
        for narrowed in ({"contract": contract.contract}, {"company": contract.company}):
            (found,) = obligation_paces(connection, TODAY, **narrowed)
            done = Totals(found.declared, found.validated, found.refused, found.pending)
            assert done == expected
    whole = evaluate(connection).hours
    assert whole == recount(field, field.contracts)
    assert whole.declared == whole.validated + whole.refused + whole.pending
    lines = [totals([(line.declared, line.validated)]) for line in lines_page(connection)]
    assert sum(lines, Totals()) == whole
    people = connection.execute("SELECT id FROM participant").fetchall()
    each = totals_of_people(connection, id_list(row for (row,) in people))
    assert sum(each.values(), Totals()) == whole
