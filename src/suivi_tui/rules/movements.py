"""What moves an obligation after its first day: hours, amounts and dates.

Orders, invoices, tranches, amendments and transfers move hours or amounts; extensions, stop and
restart orders move dates. A movement is firm, or only planned (domain.md 3.5).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from suivi_tui.vocabulary.choices import ContractEventKind
from suivi_tui.vocabulary.dates import add_calendar_months
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money


class Movement(NamedTuple):
    """One movement, with its date and its reason.

    ``kind`` is a code of ``ObligationEventKind`` (what is owed) or of ``ContractEventKind``
    (dates only); ``hours`` and ``amount`` (cents without tax) may be negative or unknown;
    ``months`` is an extension of the end, whatever the kind; ``firm`` is False for what is
    only planned: an order not placed, an optional tranche not affirmed, a stop foreseen.
    """

    date: date
    kind: str
    hours: Hours | None = None
    amount: Money | None = None
    firm: bool = True
    months: int | None = None
    reason: str = ""


class Stop(NamedTuple):
    """Days without work, both included, between a stop order and its restart order."""

    first: date
    last: date


class EffectiveDates(NamedTuple):
    """When an obligation runs once extensions and stops are applied.

    ``end`` is the last day. ``stopped_since`` is the day of a stop order that no restart order
    followed: ``end`` then moves one day further every day, and is only what is known so far.
    """

    start: date | None
    end: date | None
    stops: tuple[Stop, ...] = ()
    stopped_since: date | None = None


def effective_dates(
    start: date | None,
    end: date | None,
    movements: Iterable[Movement],
    on: date,
    planned: bool = False,
) -> EffectiveDates:
    """The dates in force ``on`` a day; with ``planned``, those of everything known or foreseen.

    A stop order counts from its day, a restart order gives its day back to work; the end moves by
    as many calendar days as work was stopped (CCAG-Travaux 2021, articles 18.2 and 53.1), and by
    the months of extensions and amendments, from day to same day (article 3.2). Movements are
    applied in the order of their dates, the end moved by one being the one the next finds. A stop
    after the end moves nothing, nor does a second stop or a restart without stop.
    """
    known = [
        movement for movement in movements if planned or (movement.firm and movement.date <= on)
    ]
    known.sort(key=lambda movement: movement.date)
    stops: list[Stop] = []
    since: date | None = None
    for movement in known:
        if movement.kind == ContractEventKind.STOP.value:
            if since is None and (end is None or movement.date <= end):
                since = movement.date
        elif movement.kind == ContractEventKind.RESTART.value:
            if since is not None and movement.date > since:
                stops.append(Stop(since, movement.date - timedelta(days=1)))
                end = _later(end, (movement.date - since).days)
            since = None
        elif movement.months is not None and end is not None:
            end = _extended(end, movement.months)
    if since is not None and on < since:
        # Foreseen only, with no restart foreseen: there is nothing to count yet.
        since = None
    if since is not None:
        stops.append(Stop(since, on))
        end = _later(end, (on - since).days + 1)
    return EffectiveDates(start, end, tuple(stops), since)


def _later(end: date | None, days: int) -> date | None:
    if end is None:
        return None
    # A mistyped year near 9999 must not stop the reading of everybody else.
    return end + timedelta(days=min(days, (date.max - end).days))


def _extended(end: date, months: int) -> date:
    """The end some months later: a period to the 31st ends on the last day of its new month."""
    following = end + timedelta(days=1) if end < date.max else end
    try:
        if following.day == 1:
            return add_calendar_months(following, months) - timedelta(days=1)
        return add_calendar_months(end, months)
    except (ValueError, OverflowError):
        return end
