"""What the screens over all that runs cost on a base of 500,000 hour lines against one of 5,000.

Never run in CI. By hand: ``python tests/bench/bench_screens.py FOLDER`` (the bases are made in
FOLDER the first time). Both have the same 30 contracts under way, the rest is closed: what is late,
missing or due must cost the same (bar for the alerts: at most 3). The evaluation of a year reads
that year, and that of the whole base every line.
"""

import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from big_base import LINES, TODAY, big_base
from suivi_tui.readings.alerts import read_alerts
from suivi_tui.readings.dashboard import dashboard
from suivi_tui.readings.evaluation import evaluate
from suivi_tui.readings.filters import Filters
from suivi_tui.readings.today import read_today
from suivi_tui.readings.wall import wall
from suivi_tui.readings.year import read_year
from suivi_tui.reference.loader import thresholds
from suivi_tui.store.base import open_base
from suivi_tui.vocabulary.months import Month

ROUNDS = 5
FEW, RUNNING = 5_000, 30
LIMITS = thresholds()
YEAR = Month(TODAY.year * 100 + 1), Month(TODAY.year * 100 + 12)
QUESTIONS: dict[str, Callable[[sqlite3.Connection], object]] = {
    "alertes": lambda c: read_alerts(c, TODAY, LIMITS),
    "tableau de bord": lambda c: dashboard(c, TODAY, LIMITS),
    "premier écran (année)": lambda c: read_year(c, TODAY),
    "premier écran entier": lambda c: read_today(c, TODAY, LIMITS),
    "mur": lambda c: wall(c, TODAY, LIMITS.alerts),
    "évaluation de l'année": lambda c: evaluate(c, Filters(*YEAR)),
    "évaluation de toute la base": lambda c: evaluate(c),
}


def milliseconds(connection: sqlite3.Connection, name: str) -> float:
    """Time of one answer."""
    start = time.perf_counter()
    QUESTIONS[name](connection)
    return (time.perf_counter() - start) * 1000


def main(folder: Path) -> None:
    """Print the ratio of each screen."""
    with (
        open_base(big_base(folder, FEW, RUNNING)) as small,
        open_base(big_base(folder, LINES, RUNNING)) as large,
    ):
        for name in QUESTIONS:
            times: tuple[list[float], list[float]] = ([], [])
            for _ in range(ROUNDS):
                for kept, base in zip(times, (small, large), strict=True):
                    kept.append(milliseconds(base.connection, name))
            few, many = (statistics.median(kept) for kept in times)
            print(f"{name:28} {few:8.1f} -> {many:8.1f} ms  x{many / few:6.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
