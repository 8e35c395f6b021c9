"""What a write costs, counted in statements and in steps of SQLite, never in seconds."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from store_samples import Sample, sample
from suivi_tui.store.journal import changed, created, hour_row, write
from suivi_tui.store.undo import undo, undo_last


class Cost(NamedTuple):
    statements: int
    steps: int


def cost(connection: sqlite3.Connection, work: Callable[[], object]) -> Cost:
    """Statements run and steps of SQLite's machine, both counted by SQLite."""
    statements: list[str] = []
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    connection.set_trace_callback(statements.append)
    connection.set_progress_handler(step, 1)
    try:
        work()
    finally:
        connection.set_progress_handler(None, 0)
        connection.set_trace_callback(None)
    return Cost(len(statements), steps[0])


def fill(small: Sample, lines: int) -> None:
    """An import of ``lines`` hour lines, beside what the test looks at."""
    placement = small.placements[1]
    write(
        small.base,
        [
            created(
                "hour_entry",
                hour_row(placement.obligation, 100_000 + number, placement.placement, 2),
                {"declared": number},
            )
            for number in range(lines)
        ],
        label="Import",
    )


def entries(small: Sample) -> dict[str, Callable[[], object]]:
    """What a person does in a session, each on records of its own."""
    base, placement = small.base, small.placements[0]
    row = hour_row(placement.obligation, 202601, placement.placement, 1)

    def one(change: object) -> Callable[[], object]:
        return lambda: write(base, [change], label="Essai")

    return {
        "a cell of the grid": one(created("hour_entry", row, {"declared": 15167})),
        "a cell corrected": one(changed("hour_entry", row, "declared", 15000)),
        "a name": one(changed("participant", small.person, "last", "Autre")),
        "a new company": lambda: write(
            base, [created("company", base.new_id(), {"name": "Toits"})], label="Essai"
        ),
        "an undo": lambda: undo_last(base),
    }


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, dict[str, Cost]]]:
    """The cost of each entry after 1,000 and after 50,000 lines of journal."""
    found: dict[int, dict[str, Cost]] = {}
    for lines in (1_000, 50_000):
        small = sample(tmp_path_factory.mktemp("cost"))
        fill(small, lines)
        found[lines] = {
            name: cost(small.base.connection, work) for name, work in entries(small).items()
        }
        small.base.close()
    yield found


def test_an_entry_runs_the_same_few_statements_whatever_the_base_holds(
    costs: dict[int, dict[str, Cost]],
) -> None:
    for name in costs[1_000]:
        few, many = costs[1_000][name], costs[50_000][name]
        assert many.statements <= few.statements * 1.2 + 2, name
        assert many.statements <= 100, name


def test_an_entry_does_not_read_the_journal(costs: dict[int, dict[str, Cost]]) -> None:
    for name in costs[1_000]:
        assert costs[50_000][name].steps <= costs[1_000][name].steps * 1.5, name
        assert costs[50_000][name].steps < 10_000, name


def test_a_cell_corrected_many_times_stays_cheap(small: Sample) -> None:
    def correct() -> None:
        write(small.base, [changed("buyer", small.buyer, "name", "x")], label="Essai")

    correct()
    first = cost(small.base.connection, correct)
    for _ in range(300):
        correct()
    assert cost(small.base.connection, correct).steps <= first.steps * 6


def test_taking_back_a_large_import_costs_so_much_a_line(small: Sample, tmp_path: Path) -> None:
    def steps(lines: int) -> float:
        fill(small, lines)
        batch = small.base.connection.execute("SELECT max(id) FROM batch").fetchone()[0]
        return cost(small.base.connection, lambda: undo(small.base, batch)).steps / lines

    assert steps(8_000) <= steps(1_000) * 1.5


def test_a_write_reads_no_model(tmp_path: Path) -> None:
    """An edit needs neither sqlmodel nor pydantic."""
    import subprocess
    import sys

    from store_samples import sample_file

    script = (
        "import sys; from pathlib import Path; from suivi_tui.store.base import open_base; "
        "from suivi_tui.store.journal import created, write; "
        "b = open_base(Path(sys.argv[1])); "
        "write(b, [created('buyer', b.new_id(), {'name': 'x'})], label='x'); b.close(); "
        "print([m for m in ('sqlmodel', 'sqlalchemy', 'pydantic') if m in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", script, str(sample_file(tmp_path))],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout.strip() == "[]"
    assert told.stderr == ""
