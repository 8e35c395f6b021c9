"""What the marks of the wall ask of the base, on the desk, and what they say once done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from suivi_tui.readings.wall import MonthState, WallLine
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.numbers import plural

Place = tuple[int, int, Month]
"""Obligation, sender, month."""


def places_of(line: WallLine, months: Sequence[Month], column: int) -> list[Place]:
    """What a mark addresses: the month of the cell, or its quarter, on the obligations of the row.

    Of several obligations, those that nothing is awaited of and nothing came for are left out.
    """
    found: list[Place] = []
    for row in line.rows:
        brick = row.months[column]
        if brick.state is MonthState.OUTSIDE and len(line.rows) > 1:
            continue
        wanted = brick.period.months if brick.period is not None else [months[column]]
        found += (
            (row.obligation.obligation, row.sender, month)
            for month, known in zip(months, row.months, strict=True)
            if month in wanted and (known.state is not MonthState.OUTSIDE or len(wanted) == 1)
        )
    return found


def mark(base: Any, places: Sequence[Place], status: StatementStatus, today: date) -> str:
    """Mark statements or take the mark back; what to say of those left as they were."""
    from suivi_tui.actions.statements import StatementPlace, mark_statements

    done = mark_statements(base, [StatementPlace(*place) for place in places], status, today)
    if not done.left:
        return ""
    marked = plural(done.marked or done.taken_back, "relevé marqué", "relevés marqués")
    left = plural(done.left, "laissé tel quel", "laissés tels quels")
    return f"{marked}, {left}."


def lock(base: Any, places: Sequence[Place], today: date) -> None:
    """Lock statements."""
    from suivi_tui.actions.statement_locks import lock_statements
    from suivi_tui.actions.statements import StatementPlace

    lock_statements(base, [StatementPlace(*place) for place in places], today)


def reopen(base: Any, places: Sequence[Place], reason: str) -> None:
    """Reopen locked statements."""
    from suivi_tui.actions.statement_locks import reopen_statements
    from suivi_tui.actions.statements import StatementPlace

    reopen_statements(base, [StatementPlace(*place) for place in places], reason)
