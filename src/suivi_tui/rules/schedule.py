"""How many hours were to be done by a given day: a linear schedule from the start on site.

The initial objective is spread evenly over the days from the start on site to the end, whenever it
was written down; each later event brings its own hours, spread from its date (or the start on
site, if later) to the end (domain.md 6.1, prorata temporis).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from suivi_tui.rules.obligation import OwedEvent, hours_owed
from suivi_tui.vocabulary.choices import ObligationEventKind
from suivi_tui.vocabulary.hours import Hours


def _due_share(first: date, end: date, on: date) -> tuple[int, int]:
    """The days due on a day, of all those over which hours are spread: ``first`` to ``end``."""
    if on < first:
        return 0, 1
    if on >= end:
        # Also what is decided after the end: there is no day left to spread it over.
        return 1, 1
    return (on - first).days + 1, (end - first).days + 1


def expected_hours(
    events: Iterable[OwedEvent], start: date | None, end: date | None, on: date
) -> Hours | None:
    """Hours expected by the evening of ``on``; rounded once, half up.

    ``start`` is the start on site, ``end`` the end of the obligation. None when one of them or
    the objective is unknown.
    """
    known = tuple(events)
    if start is None or end is None or hours_owed(known) is None:
        return None
    # An exact sum of fractions, kept as two whole numbers.
    due, parts = 0, 1
    for event in known:
        if event.firm and event.hours is not None:
            initial = event.kind == ObligationEventKind.INITIAL.value
            first = start if initial else max(start, event.date)
            last = end if event.last is None else min(event.last, end)
            done, days = _due_share(first, last, on)
            due, parts = due * days + event.hours * done * parts, parts * days
    return Hours((2 * due + parts) // (2 * parts))


def expected_between(
    events: Iterable[OwedEvent], start: date | None, end: date | None, first: date, last: date
) -> Hours | None:
    """Hours expected from ``first`` to ``last``, both included.

    A difference of two expected totals, so that adjacent periods add up to the hundredth.
    """
    known = tuple(events)
    after = expected_hours(known, start, end, last)
    before = expected_hours(known, start, end, first - timedelta(days=1))
    return None if after is None or before is None else Hours(after - before)
