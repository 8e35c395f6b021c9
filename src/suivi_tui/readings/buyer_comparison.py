"""Two scopes side by side, and the buyers of a scope side by side."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from itertools import compress
from typing import NamedTuple

from suivi_tui.readings.breakdowns import rows_by
from suivi_tui.readings.evaluation import Evaluation, evaluate
from suivi_tui.readings.evaluation_fold import WHOLE_BASE, fold_of, ground_of
from suivi_tui.readings.evaluation_owing import owing_of
from suivi_tui.readings.filters import Filters
from suivi_tui.rules.indicators import USUAL_BANDS, Bands, Totals
from suivi_tui.store.queries import figures
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.evaluation_memory import no_cycles
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.text import fold


class Comparison(NamedTuple):
    """Two evaluations counted the same way: two periods, or two groups."""

    left: Evaluation
    right: Evaluation


class BuyerFigures(NamedTuple):
    """A buyer beside others: its ids (it may have been entered twice), hours due and expected in
    the period, hours of the lines, people and obligations."""

    buyers: tuple[int, ...]
    buyer: str
    due: Hours
    expected: Hours
    hours: Totals
    participants: int
    work_contracts: int
    obligations: int


def compare(
    connection: Connection,
    left: Filters,
    right: Filters,
    *,
    today: date | None = None,
    fte_base: int | None = None,
    bands: Bands = USUAL_BANDS,
    keys: Collection[str] | None = None,
) -> Comparison:
    """Two evaluations side by side, as ``evaluate`` makes each. Raises EvaluationRefused."""

    def one(filters: Filters) -> Evaluation:
        return evaluate(connection, filters, today=today, fte_base=fte_base, bands=bands, keys=keys)

    return Comparison(one(left), one(right))


def buyer_names(connection: Connection) -> list[str]:
    """The names of the buyers of contracts taken up, each once however it was written."""
    names = {fold(row.buyer_name): row.buyer_name for row in figures.scope(connection)}
    return [names[key] for key in sorted(names) if key]


@no_cycles()
def compare_buyers(
    connection: Connection, filters: Filters = WHOLE_BASE, *, today: date | None = None
) -> tuple[BuyerFigures, ...]:
    """The buyers of a scope that owe or declare hours, the most hours owed first.

    Each has the figures that an evaluation of it alone would have, but all are read at once.
    """
    ground = ground_of(connection, filters)
    lines = fold_of(ground)
    rows = ground.all_rows
    called = {row.buyer: row.buyer_name for row in rows.values()}
    # However it was written, a name is one buyer; without a name, each stands alone.
    spelt = {buyer: fold(name) or str(buyer) for buyer, name in called.items()}
    of_obligation = {key: spelt[row.buyer] for key, row in rows.items()}
    worked = {
        row.value: row
        for row in rows_by(ground, lines, [of_obligation[key] for key in lines.obligations])
    }
    ids: dict[str, set[int]] = defaultdict(set)
    names: dict[str, str] = {}
    for key in (*ground.held, *compress(lines.obligations, lines.worked)):
        buyer = rows[key].buyer
        ids[of_obligation[key]].add(buyer)
        names.setdefault(of_obligation[key], called[buyer])
    due: dict[str, int] = defaultdict(int)
    expected: dict[str, int] = defaultdict(int)
    obligations: dict[str, int] = defaultdict(int)
    for item in owing_of(ground, lines, today).obligations:
        key_of_buyer = of_obligation[item.row.obligation]
        due[key_of_buyer] += item.due
        expected[key_of_buyer] += item.expected
        obligations[key_of_buyer] += 1
    found = []
    for spelling, buyers in ids.items():
        row = worked.get(spelling)
        hours = row.hours if row is not None else Totals()
        if due[spelling] or hours.declared:
            found.append(
                BuyerFigures(
                    tuple(sorted(buyers)),
                    names[spelling],
                    Hours(due[spelling]),
                    Hours(expected[spelling]),
                    hours,
                    row.participants if row is not None else 0,
                    row.work_contracts if row is not None else 0,
                    obligations[spelling],
                )
            )
    return tuple(sorted(found, key=lambda item: (-item.due, item.buyer)))
