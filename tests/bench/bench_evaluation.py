"""What screen 7 costs on a base of many hour lines: the first figures, then each change of filter.

Never run in CI. By hand: ``python tests/bench/bench_evaluation.py FOLDER [lines]`` (the base is
made in FOLDER the first time). Bars: a change of filter answers in less than 200 ms on 500,000
lines and 2 s on 5 million. Each change is one that was not asked before: nothing is remembered.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from big_base import LINES, TODAY, big_base
from suivi_tui.readings.breakdowns import TITLES
from suivi_tui.readings.buyer_comparison import compare_buyers
from suivi_tui.readings.evaluation import evaluate
from suivi_tui.readings.evaluation_detail import lines_of, people_of
from suivi_tui.readings.evaluation_months import heat, months
from suivi_tui.readings.filters import Filters
from suivi_tui.store.base import Base, open_base
from suivi_tui.vocabulary.months import Month

SHOWN = ("sexe", "age")
"""The breakdowns that a screen shows at once."""


def milliseconds(question: Callable[[], object]) -> float:
    """Time of one answer."""
    start = time.perf_counter()
    question()
    return (time.perf_counter() - start) * 1000


def changes(base: Base) -> dict[str, Filters]:
    """Filters that a person goes through, one after the other."""
    one = base.connection.execute
    buyers = [row[0] for row in one("SELECT id FROM buyer ORDER BY id")]
    company = one("SELECT id FROM company ORDER BY id LIMIT 1 OFFSET 5").fetchone()[0]
    operation = one("SELECT id FROM operation ORDER BY id LIMIT 1").fetchone()[0]
    year, before = (
        (Month(100 * wanted + 1), Month(100 * wanted + 12))
        for wanted in (TODAY.year, TODAY.year - 1)
    )
    return {
        "une année": Filters(*year),
        "l'année d'avant": Filters(*before),
        "deux ans": Filters(Month(202301), Month(202412)),
        "cinq ans": Filters(Month(202001), Month(202412)),
        "un acheteur": Filters(buyers=(buyers[0],)),
        "un acheteur, une année": Filters(*before, buyers=(buyers[1],)),
        "le tiers des acheteurs": Filters(buyers=tuple(buyers[::3])),
        "les deux tiers des acheteurs": Filters(buyers=tuple(buyers[: 2 * len(buyers) // 3])),
        "un programme": Filters(programme="aucun"),
        "une opération": Filters(operation=operation),
        "une structure": Filters(company=company),
        "une structure, une année": Filters(*before, company=company),
    }


def tell(what: str, taken: float) -> None:
    """One line of the answer."""
    print(f"{what:52} {taken:9.1f} ms", flush=True)


def main(folder: Path, lines: int) -> None:
    """Print what each question takes."""
    path = big_base(folder, lines)
    with open_base(path) as base:
        connection = base.connection

        def shown(filters: Filters) -> object:
            return evaluate(connection, filters, today=TODAY, keys=SHOWN)

        tell("premiers chiffres, toute la base", milliseconds(lambda: shown(Filters())))
        for what, filters in changes(base).items():
            tell(f"filtre : {what}", milliseconds(lambda asked=filters: shown(asked)))
        tell("retour à toute la base", milliseconds(lambda: shown(Filters())))
        for key in TITLES:
            taken = milliseconds(lambda key=key: evaluate(connection, today=TODAY, keys=(key,)))
            tell(f"répartition : {key}", taken)
        year = Filters(Month(202501), Month(202512))
        tell("mois par mois, toute la base", milliseconds(lambda: months(connection, today=TODAY)))
        tell("mois par mois, une année", milliseconds(lambda: months(connection, year, TODAY)))
        tell("carte structures x mois", milliseconds(lambda: heat(connection)))
        tell("acheteurs côte à côte", milliseconds(lambda: compare_buyers(connection, today=TODAY)))
        tell("personnes derrière un chiffre", milliseconds(lambda: people_of(connection, year)))
        tell("lignes derrière un chiffre", milliseconds(lambda: lines_of(connection, year)))
    command = [sys.executable, "-m", "suivi_tui", "evaluer", "--base", str(path)]
    for extra in ([], ["--json"], ["--du", "2025-01", "--au", "2025-12"]):
        taken = milliseconds(
            lambda extra=extra: subprocess.run(
                [*command, *extra], stdout=subprocess.DEVNULL, check=True
            )
        )
        tell(f"suivi-tui evaluer {' '.join(extra)}", taken)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else LINES)
