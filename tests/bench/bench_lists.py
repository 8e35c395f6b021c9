"""Opening the lists of a base of 500,000 hour lines against those of a base of 5,000.

Never run in CI. By hand: ``python tests/bench/bench_lists.py FOLDER`` (the bases are made in FOLDER
the first time). Both fill the pages asked: the first, the last, that of a search. Each figure is
the ratio of the medians of several rounds, both bases in turn; it should be about 1. The
instructions SQLite runs, which no other work disturbs, stand beside it.
"""

import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from big_base import LINES, RUNNING, TODAY, big_base
from suivi_tui.readings.entry_grid import entry_grid
from suivi_tui.readings.go_to import go_to
from suivi_tui.store.base import open_base
from suivi_tui.store.queries import history
from suivi_tui.store.queries.companies import companies_page
from suivi_tui.store.queries.contracts import contracts_page
from suivi_tui.store.queries.hours import lines_page
from suivi_tui.store.queries.paging import Page
from suivi_tui.store.queries.people import participants_page
from suivi_tui.vocabulary.months import Month

ROUNDS = 9
Question = Callable[[sqlite3.Connection], object]
FIRST, LAST = Page(25), Page(25, last=True)


def hour_grid(connection: sqlite3.Connection) -> object:
    """The grid of the obligation that was made first."""
    row = connection.execute("SELECT min(id) FROM obligation").fetchone()
    return entry_grid(connection, row[0], TODAY)


def import_lines(connection: sqlite3.Connection) -> object:
    """The last lines of the import that made the base."""
    row = connection.execute("SELECT min(id) FROM batch WHERE kind = 'import'").fetchone()
    return history.lines_page(connection, row[0], LAST)


QUESTIONS: dict[str, Question] = {
    "participants, première page": lambda c: participants_page(c, FIRST),
    "participants, dernière page": lambda c: participants_page(c, LAST),
    "participants, recherche « nom00 »": lambda c: participants_page(c, FIRST, filter="nom00"),
    "lignes d'heures, première page": lambda c: lines_page(c, FIRST),
    "lignes d'heures, dernière page": lambda c: lines_page(c, LAST),
    "marchés suivis, première page": lambda c: contracts_page(c, FIRST),
    "tous les marchés, dernière page": lambda c: contracts_page(c, LAST, selection="all"),
    "entreprises, première page": lambda c: companies_page(
        c, FIRST, since=Month(TODAY.year * 100 + 1)
    ),
    "historique, première page": lambda c: history.batches_page(c, FIRST),
    "historique, lignes d'un import": import_lines,
    "aller à « nom00 »": lambda c: go_to(c, "nom00"),
    "grille d'heures": hour_grid,
}


def steps(connection: sqlite3.Connection, question: Question) -> int:
    """Thousands of instructions that SQLite runs for a question."""
    count = 0

    def one() -> int:
        nonlocal count
        count += 1
        return 0

    connection.set_progress_handler(one, 1_000)
    question(connection)
    connection.set_progress_handler(None, 0)
    return count


def milliseconds(connection: sqlite3.Connection, question: Question) -> float:
    """Time of one answer."""
    start = time.perf_counter()
    question(connection)
    return (time.perf_counter() - start) * 1000


def main(folder: Path) -> None:
    """Print the ratio of each list."""
    with (
        open_base(big_base(folder, 5_000, 30)) as small,
        open_base(big_base(folder, LINES, RUNNING)) as large,
    ):
        for name, question in QUESTIONS.items():
            both = small.connection, large.connection
            work = [steps(connection, question) for connection in both]
            times: tuple[list[float], list[float]] = ([], [])
            for _ in range(ROUNDS):
                for kept, connection in zip(times, both, strict=True):
                    kept.append(milliseconds(connection, question))
            few, many = (statistics.median(kept) for kept in times)
            print(
                f"{name:36} {few:7.2f} -> {many:7.2f} ms  x{many / few:5.2f}"
                f"   {work[0]:4} -> {work[1]:4} k instructions"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
