"""What is owed: the hours of an obligation, from the events that moved its objective."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TypeAlias

from suivi_tui.vocabulary.hours import Hours

Day: TypeAlias = date


class OwedEvent(NamedTuple):
    """One event of an obligation: initial volume, amendment, order, phase, invoice, transfer.

    ``hours`` may be negative (an amendment that lowers the objective) or unknown; ``firm`` is
    False for what is only planned; ``kind`` is a code of ``ObligationEventKind``. ``last`` is the
    day by which its hours must be done, when it is not the end of the obligation: the end of one
    year of a framework agreement.
    """

    date: date
    hours: Hours | None
    firm: bool = True
    kind: str = "initial"
    last: Day | None = None


def hours_owed(events: Iterable[OwedEvent], on: date | None = None) -> Hours | None:
    """Hours owed, on a date or in all; None when no firm event carries hours.

    Only firm events count: an optional phase brings its hours when it is affirmed
    (domain.md 3.5). An unknown objective is never 0.
    """
    known = [
        event.hours
        for event in events
        if event.firm and event.hours is not None and (on is None or event.date <= on)
    ]
    return Hours(sum(known)) if known else None
