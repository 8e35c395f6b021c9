"""Buyers side by side, each with the evaluation it would have alone."""

from datetime import date

from suivi_tui.readings.evaluation import Evaluation, evaluate
from suivi_tui.store.queries import figures
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.text import fold


def buyer_names(connection: Connection) -> list[str]:
    """The names of the buyers of contracts taken up, each once however it was written."""
    names = {fold(row.buyer_name): row.buyer_name for row in figures.scope(connection)}
    return [names[key] for key in sorted(names) if key]


def compare_buyers(
    connection: Connection,
    first: Month | None = None,
    last: Month | None = None,
    fte_base: int | None = None,
    today: date | None = None,
) -> tuple[Evaluation, ...]:
    """The evaluations of the buyers that owe or declare hours, the most hours owed first."""
    found = [
        evaluate(connection, first, last, name, fte_base, today) for name in buyer_names(connection)
    ]
    concerned = [item for item in found if item.due or item.hours.declared]
    return tuple(sorted(concerned, key=lambda item: (-item.due, item.buyer)))
