"""An evaluation month by month: what was owed, expected, declared, validated; and who worked."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import compress
from typing import NamedTuple

from suivi_tui.readings.evaluation_fold import (
    WHOLE_BASE,
    Fold,
    Ground,
    fold_of,
    ground_of,
    totals_of,
)
from suivi_tui.readings.evaluation_owing import Objective, objectives
from suivi_tui.readings.filters import Filters
from suivi_tui.rules.indicators import Totals
from suivi_tui.store.queries import evaluation_lines as lines
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.evaluation_memory import no_cycles
from suivi_tui.store.queries.facts import EVER
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import (
    Month,
    add_months,
    first_day,
    last_day,
    month_of,
    months_between,
    previous_month,
)

HEAT_MONTHS = 24
_MONTHS, _WORKED = "months of all", "worked in by all"
_LONGEST_YEARS = 40
"""A mistyped year must not make a chart of thousands of months."""


class MonthFigures(NamedTuple):
    """A month: hours owed in it; hours expected, declared and validated in all, from the first
    month of the period to its last day (``expected`` is None after today)."""

    month: Month
    owed_in_month: Hours
    expected: Hours | None
    declared: Hours
    validated: Hours
    declared_in_month: Hours
    validated_in_month: Hours


class Heat(NamedTuple):
    """Hours declared by employer and month: ``hours[i][j]`` is employer ``i`` in month ``j``.

    ``employers`` are ids, None for hours without a known employer; the most hours come first.
    """

    employers: tuple[int | None, ...]
    names: tuple[str, ...]
    months: tuple[Month, ...]
    hours: tuple[tuple[Hours, ...], ...]


@no_cycles()
def months(
    connection: Connection, filters: Filters = WHOLE_BASE, today: date | None = None
) -> tuple[MonthFigures, ...]:
    """Every month of the period, or without one from the first month with something owed or
    declared to the last. What is owed is what is due ``today``, by default everything firm."""
    ground = ground_of(connection, filters)
    done = hours_by_month(ground)
    held = objectives(ground, today)
    known = [held[key] for key in ground.held]
    shown = _shown_months(filters, done, known)
    if not shown:
        return ()
    owed = _expected_by_month(known, shown)
    found = []
    expected = declared = validated = 0
    for month, share in zip(shown, owed, strict=True):
        hours = done.get(month, Totals())
        expected += share
        declared += hours.declared
        validated += hours.validated
        to_date: Hours | None = Hours(expected)
        if today is not None and last_day(month) > today:
            to_date = _to_date(known, shown[0], today) if month == month_of(today) else None
        found.append(
            MonthFigures(
                month,
                Hours(share),
                to_date,
                Hours(declared),
                Hours(validated),
                hours.declared,
                hours.validated,
            )
        )
    return tuple(found)


def _shown_months(
    filters: Filters, done: dict[int, Totals], known: Iterable[Objective]
) -> list[Month]:
    dated = [item for item in known if item.start is not None and item.settled is not None]
    starts = [month_of(item.start) for item in dated if item.start is not None]
    ends = [month_of(item.settled) for item in dated if item.settled is not None]
    worked = [Month(month) for month, hours in done.items() if hours != Totals()]
    first = filters.first or min([*starts, *worked], default=None)
    last = filters.last or max([*ends, *worked], default=None)
    if first is None or last is None or first > last:
        return []
    return months_between(first, min(last, add_months(first, 12 * _LONGEST_YEARS - 1)))


def _expected_by_month(known: Iterable[Objective], shown: list[Month]) -> list[int]:
    """The hours owed in each month; each objective is only asked about the months it spans."""
    rank = {month: place for place, month in enumerate(shown)}
    owed = [0] * len(shown)
    ends = [last_day(month) for month in shown]
    eve = last_day(previous_month(shown[0]))
    for item in known:
        if item.start is None or item.settled is None or not item.due:
            continue
        place = rank.get(month_of(item.start), 0 if month_of(item.start) < shown[0] else None)
        if place is None:
            continue
        before = item.expected(eve) or 0 if place == 0 else 0
        while place < len(shown) and before != item.due:
            now = item.expected(ends[place]) or 0
            owed[place] += now - before
            before = now
            if ends[place] >= item.settled:
                break
            place += 1
    return owed


def _to_date(known: Iterable[Objective], first: Month, today: date) -> Hours:
    eve = first_day(first) - timedelta(days=1)
    return Hours(sum((item.expected(today) or 0) - (item.expected(eve) or 0) for item in known))


def hours_by_month(ground: Ground) -> dict[int, Totals]:
    """The hours of the filters by month."""
    return ground.memory.keep_few(("months", ground.filters), lambda: _hours_by_month(ground))


def _hours_by_month(ground: Ground) -> dict[int, Totals]:
    declared: dict[int, int] = defaultdict(int)
    validated: dict[int, int] = defaultdict(int)
    pending: dict[int, int] = defaultdict(int)
    first, last = ground.period
    for columns, keep in _month_columns(ground):
        for obligation, month, hours, kept, waiting in zip(*columns, strict=True):
            if first <= month <= last and obligation in keep:
                declared[month] += hours
                validated[month] += kept
                pending[month] += waiting
    return {
        month: totals_of(hours, validated[month], pending[month])
        for month, hours in declared.items()
    }


def _month_columns(ground: Ground) -> Iterable[tuple[lines.Columns, Iterable[int]]]:
    """Sums by obligation and month, and the obligations that count among them."""
    connection, period, filters = ground.connection, ground.period, ground.filters
    wide = 2 * len(ground.held) > len(ground.all_rows)
    if wide and (filters.whole_period or ground.memory.has(_MONTHS)):
        whole = ground.memory.keep_few(_MONTHS, lambda: lines.months_of_all(connection))
        yield whole, ground.held.keys()
    else:
        own = lines.months_of_obligations(connection, ground.held, period)
        yield own, ground.held.keys()
    if filters.company is not None:
        elsewhere = lines.months_of_employer(connection, filters.company, period)
        yield elsewhere, ground.scope.keys() - ground.held.keys()


def workers_by_month(ground: Ground, fold: Fold) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """The people and the work contracts with declared hours, by month."""
    cast = ground.cast
    pairs = {
        (cast.placements[rank], obligation): rank
        for rank, obligation in compress(
            zip(fold.ranks, fold.obligations, strict=True), fold.worked
        )
    }
    # Many placements worked the same months: each text of months is cut once.
    alike: dict[str, list[int]] = defaultdict(list)
    for row in _worked_in(ground, [placement for placement, _ in pairs]):
        rank = pairs.get((row.placement, row.obligation))
        if rank is not None:
            alike[row.months].append(rank)
    people: dict[int, set[int]] = defaultdict(set)
    works: dict[int, set[int]] = defaultdict(set)
    first, last = ground.period
    for text, ranks in alike.items():
        at_work = {cast.people[rank] for rank in ranks}
        contracts = {cast.works[rank] for rank in ranks}
        for month in {int(part) for part in text.split(",")}:
            if first <= month <= last:
                people[month] |= at_work
                works[month] |= contracts
    return people, works


def _worked_in(ground: Ground, placements: list[int]) -> list[lines.WorkedRow]:
    """The months worked by placements; those of everybody are kept, as most filters need many."""
    connection = ground.connection
    few = 2 * len(placements) <= len(ground.cast.placements)
    if few and not ground.memory.has(_WORKED):
        return lines.worked_in(connection, placements, ground.period)
    return ground.memory.keep_few(_WORKED, lambda: lines.worked_in(connection, None, EVER))


@no_cycles()
def heat(
    connection: Connection, filters: Filters = WHOLE_BASE, most_months: int = HEAT_MONTHS
) -> Heat:
    """Hours declared by employer in the last months with hours of the period, every month between
    them included; ``most_months`` at most."""
    ground = ground_of(connection, filters)
    worked = sorted(month for month, hours in hours_by_month(ground).items() if hours.declared)
    if not worked:
        return Heat((), (), (), ())
    last = Month(worked[-1])
    first = max(Month(worked[0]), add_months(last, 1 - most_months))
    shown = months_between(first, last)
    narrowed = ground_of(connection, filters._replace(first=first, last=last))
    fold = fold_of(narrowed)
    cast, names = narrowed.cast, narrowed.column("employer")
    rank = {month: place for place, month in enumerate(shown)}
    pairs = {
        (cast.placements[one], obligation): one
        for one, obligation in zip(fold.ranks, fold.obligations, strict=True)
    }
    grid: dict[int | None, list[int]] = {}
    named: dict[int | None, str] = {}
    placements = [placement for placement, _ in pairs]
    for line in lines.lines_of_placements(connection, placements, (first, last)):
        one = pairs.get((line.placement, line.obligation))
        if one is not None:
            employer = cast.employers[one]
            named.setdefault(employer, names[one])
            row = grid.setdefault(employer, [0] * len(shown))
            row[rank[Month(line.month)]] += line.declared
    order = sorted(
        grid, key=lambda employer: (-sum(grid[employer]), named[employer], employer or 0)
    )
    return Heat(
        tuple(order),
        tuple(named[employer] for employer in order),
        tuple(shown),
        tuple(tuple(Hours(hours) for hours in grid[employer]) for employer in order),
    )
