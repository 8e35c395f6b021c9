"""The hour grid of one obligation: its window of months, its closed cells, its figures."""

from datetime import date
from pathlib import Path

import pytest

from builders import add, new_base, new_contract, new_hours, new_person, new_placement
from suivi_tui.readings.entry_grid import EntryGrid, GridFigures, entry_grid, sender_grid
from suivi_tui.rules.indicators import Totals
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, write
from suivi_tui.store.queries.hours import GridCell
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

TODAY = date(2026, 6, 20)


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return new_base(tmp_path)


def read(base: Base, obligation: int, **options: object) -> EntryGrid:
    found = entry_grid(base.connection, obligation, TODAY, **options)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("start", "end", "options", "first", "last"),
    [
        ("2026-01-01", "2026-12-31", {}, 202507, 202606),
        ("2024-01-01", "2026-03-31", {}, 202504, 202603),
        ("2024-01-01", "2026-03-31", {"whole": True}, 202401, 202603),
        ("2024-01-01", "2026-03-31", {"month": 202402}, 202402, 202603),
        ("2026-09-01", "2026-12-31", {}, 202510, 202609),
        (None, None, {}, 202507, 202606),
    ],
)
def test_the_window_of_months(
    base: Base, start: str | None, end: str | None, options: dict[str, object], first: int,
    last: int,
) -> None:  # fmt: skip
    made = new_contract(base, start=start, end=end)
    months = read(base, made.obligation, **options).months
    assert (months[0], months[-1]) == (first, last)


def test_the_window_reaches_the_hours_worked_after_the_end(base: Base) -> None:
    made = new_contract(base, start="2024-01-01", end="2025-12-31")
    new_hours(base, new_placement(base, made, new_person(base)), 202602, 1000)
    assert read(base, made.obligation).months[-1] == 202602


def test_an_obligation_that_is_gone(base: Base) -> None:
    assert entry_grid(base.connection, 1, TODAY) is None


def test_a_locked_statement_closes_the_month_of_its_sender(base: Base) -> None:
    made = new_contract(base)
    agency = add(base, "company", name="Intérim", kind="ETT")
    for sender, month in ((made.company, 202603), (agency, 202604)):
        add(base, "statement", obligation=made.obligation, sender=sender, month=month,
            status="verrouille")  # fmt: skip
    grid = read(base, made.obligation)
    owed = made.obligation
    assert "mars 2026 est verrouillé" in grid.closed_because(owed, Month(202603), agency)
    assert "avril 2026 est verrouillé" in grid.closed_because(owed, Month(202604), agency)
    assert grid.closed_because(owed, Month(202604), made.company) == ""
    write(base, [changed("obligation", made.obligation, "closed_on", "2026-05-31")], label="Essai")
    assert "close depuis le 31/05/2026" in read(base, owed).closed_because(owed, Month(202601))


def test_the_figures_are_those_of_the_obligation(base: Base) -> None:
    made = new_contract(base, owed=365_00, start="2026-01-01", end="2026-12-31")
    placement = new_placement(base, made, new_person(base))
    new_hours(base, placement, 202601, 50_00, validated=40_00)
    new_hours(base, placement, 202602, 20_00)
    figures = read(base, made.obligation).figures[made.obligation]
    assert figures.totals == Totals(Hours(7000), Hours(4000), Hours(1000), Hours(2000))
    assert (figures.owed, figures.left, figures.left_once_validated) == (36500, 32500, 30500)
    assert figures.expected == 17100  # 171 days of 365, an hour a day
    assert figures.pace == pytest.approx(60 / 171)


@pytest.mark.parametrize(
    ("before", "after", "totals"),
    [
        (None, 1000, (11000, 5000, 1000, 5000)),
        (GridCell(1000, None, "", "", "", None), None, (9000, 5000, 1000, 3000)),
        (GridCell(1000, 600, "", "", "", None), 2000, (11000, 4400, 600, 6000)),
    ],
)
def test_a_cell_typed_moves_the_figures(
    before: GridCell | None, after: int | None, totals: tuple[int, ...]
) -> None:
    start = Totals(Hours(10000), Hours(5000), Hours(1000), Hours(4000))
    figures = GridFigures(Hours(20000), Hours(10000), start)
    moved = figures.with_cell(before, None if after is None else Hours(after))
    found = moved.totals
    assert (found.declared, found.validated, found.refused, found.pending) == totals
    assert found.declared == found.validated + found.refused + found.pending


def test_the_grid_of_a_sender_ends_on_the_month_declared(base: Base) -> None:
    agency = add(base, "company", name="Intérim", kind="ETTI")
    first = new_contract(base, owed=365_00, start="2026-01-01", end="2026-12-31")
    second = new_contract(base, number="2026-02", buyer=first.buyer, company=first.company)
    for market, hours in ((first, 50_00), (second, 20_00)):
        placement = new_placement(base, market, new_person(base), employer=agency)
        new_hours(base, placement, 202603, hours)
    add(base, "statement", obligation=first.obligation, sender=agency, month=202603, status="recu")
    add(base, "statement", obligation=first.obligation, sender=first.company, month=202603,
        status="partiel")  # fmt: skip
    found = sender_grid(base.connection, agency, Month(202603), TODAY)
    assert found is not None and found.sender is not None
    assert (found.sender.name, found.sender.kind) == ("Intérim", "ETTI")
    assert (found.months[0], found.months[-1], len(found.months)) == (202504, 202603, 12)
    pending = {owed: figures.totals.pending for owed, figures in found.figures.items()}
    assert pending == {first.obligation: 5000, second.obligation: 2000}
    assert found.figures[first.obligation].expected == 17100
    # Its own statements only: those of the holder are not its business.
    assert [item.status for item in found.statements(first.obligation, Month(202603))] == ["recu"]
    assert sender_grid(base.connection, 1, Month(202603), TODAY) is None
