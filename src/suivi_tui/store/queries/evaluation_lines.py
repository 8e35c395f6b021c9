"""Hour lines added up by SQLite: by placement, and by month.

The whole base is read through the covering index of placements, a period or a narrowed scope
through the key of the lines (obligation, month). Hours are hundredths.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.facts import EVER, LineRow
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import HourKind

Period: TypeAlias = tuple[int, int]
"""The first and the last month, both included."""

Columns: TypeAlias = tuple[tuple[int, ...], ...]
"""Placement, obligation, declared, validated, pending, declared of training, 1 when worked, first
and last month of the lines."""

WIDTH = 9
_SUMS = (
    "sum(hour_entry.declared), coalesce(sum(hour_entry.validated), 0), "
    "sum(CASE WHEN hour_entry.validated IS NULL THEN hour_entry.declared ELSE 0 END), "
    f"sum(CASE hour_entry.kind WHEN {HourKind.TRAINING.number} "
    "THEN hour_entry.declared ELSE 0 END), max(hour_entry.declared <> 0), "
    "min(hour_entry.month), max(hour_entry.month)"
)
# A placement is on one obligation; one whose lines would say otherwise is read again apart.
ALL_PLACEMENTS = (
    f"SELECT hour_entry.placement, min(hour_entry.obligation), {_SUMS}, max(hour_entry.obligation) "
    "FROM hour_entry INDEXED BY hour_entry_placement WHERE hour_entry.removed = 0 "
    "GROUP BY hour_entry.placement"
)
OF_OBLIGATIONS = (
    f"SELECT hour_entry.placement, hour_entry.obligation, {_SUMS} "
    "FROM json_each(:ids) AS wanted CROSS JOIN hour_entry "
    "ON hour_entry.obligation = wanted.value AND hour_entry.month BETWEEN :first AND :last "
    "WHERE hour_entry.removed = 0 GROUP BY hour_entry.placement, hour_entry.obligation"
)
OF_PLACEMENTS = (
    f"SELECT hour_entry.placement, hour_entry.obligation, {_SUMS} "
    "FROM json_each(:ids) AS wanted CROSS JOIN hour_entry "
    "ON hour_entry.placement = wanted.value AND hour_entry.month BETWEEN :first AND :last "
    "WHERE hour_entry.removed = 0 GROUP BY hour_entry.placement, hour_entry.obligation"
)
EMPLOYED_BY = (
    "SELECT placement.id FROM work_contract CROSS JOIN placement "
    "ON placement.work_contract = work_contract.id WHERE work_contract.employer = ?"
)
_MONTH_SUMS = (
    "sum(hour_entry.declared), coalesce(sum(hour_entry.validated), 0), "
    "sum(CASE WHEN hour_entry.validated IS NULL THEN hour_entry.declared ELSE 0 END)"
)
MONTHS_OF_ALL = (
    f"SELECT hour_entry.obligation, hour_entry.month, {_MONTH_SUMS} FROM hour_entry "
    "WHERE hour_entry.removed = 0 GROUP BY hour_entry.obligation, hour_entry.month"
)
MONTHS_OF_OBLIGATIONS = (
    f"SELECT hour_entry.obligation, hour_entry.month, {_MONTH_SUMS} "
    "FROM json_each(:ids) AS wanted CROSS JOIN hour_entry "
    "ON hour_entry.obligation = wanted.value AND hour_entry.month BETWEEN :first AND :last "
    "WHERE hour_entry.removed = 0 GROUP BY hour_entry.obligation, hour_entry.month"
)
MONTHS_OF_PLACEMENTS = (
    f"SELECT hour_entry.obligation, hour_entry.month, {_MONTH_SUMS} "
    "FROM json_each(:ids) AS wanted CROSS JOIN hour_entry "
    "ON hour_entry.placement = wanted.value AND hour_entry.month BETWEEN :first AND :last "
    "WHERE hour_entry.removed = 0 GROUP BY hour_entry.obligation, hour_entry.month"
)
# A text of months for each placement: far fewer rows than lines, and many of them alike.
_WORKED_IN = (
    "SELECT hour_entry.placement, min(hour_entry.obligation), max(hour_entry.obligation), "
    "group_concat(hour_entry.month) FROM {source} "
    "WHERE hour_entry.removed = 0 AND hour_entry.declared <> 0 GROUP BY {group}"
)
WORKED_IN_ALL = _WORKED_IN.format(
    source="hour_entry INDEXED BY hour_entry_placement", group="hour_entry.placement"
)
WORKED_IN = _WORKED_IN.format(
    source="json_each(:ids) AS wanted CROSS JOIN hour_entry "
    "ON hour_entry.placement = wanted.value AND hour_entry.month BETWEEN :first AND :last",
    group="hour_entry.placement, hour_entry.obligation",
)
LINES_OF_PLACEMENTS = (
    "SELECT hour_entry.obligation, hour_entry.month, hour_entry.placement, hour_entry.declared, "
    "hour_entry.validated FROM json_each(:ids) AS wanted CROSS JOIN hour_entry "
    "ON hour_entry.placement = wanted.value AND hour_entry.month BETWEEN :first AND :last "
    "WHERE hour_entry.removed = 0"
)
WORKED_MONTHS = (
    "SELECT DISTINCT hour_entry.month FROM json_each(:ids) AS wanted CROSS JOIN hour_entry "
    "ON hour_entry.obligation = wanted.value AND hour_entry.month BETWEEN :first AND :last "
    "WHERE hour_entry.removed = 0 AND hour_entry.declared <> 0"
)


class WorkedRow(NamedTuple):
    """A placement on an obligation, and the months with declared hours, as ``202601,202602``."""

    placement: int
    obligation: int
    months: str


def _columns(rows: Sequence[tuple[int, ...]], width: int) -> Columns:
    return tuple(zip(*rows, strict=True)) if rows else ((),) * width


def of_all(connection: Connection) -> Columns:
    """Every hour line by placement, whatever its contract."""
    rows = connection.execute(ALL_PLACEMENTS).fetchall()
    torn = [row[0] for row in rows if row[1] != row[-1]]
    if torn:
        apart = set(torn)
        kept = [row[:WIDTH] for row in rows if row[0] not in apart]
        kept += connection.execute(OF_PLACEMENTS, _narrowed(torn, EVER)).fetchall()
        return _columns(kept, WIDTH)
    return _columns(rows, WIDTH + 1)[:WIDTH]


def of_obligations(connection: Connection, obligations: Iterable[int], period: Period) -> Columns:
    """The hour lines of some obligations in a period, by placement."""
    rows = connection.execute(OF_OBLIGATIONS, _narrowed(obligations, period)).fetchall()
    return _columns(rows, WIDTH)


def of_employer(connection: Connection, employer: int, period: Period) -> Columns:
    """The hour lines of the people of an employer in a period, by placement."""
    placements = [row[0] for row in connection.execute(EMPLOYED_BY, (employer,))]
    return of_placements(connection, placements, period)


def of_placements(connection: Connection, placements: Iterable[int], period: Period) -> Columns:
    """The hour lines of some placements in a period."""
    rows = connection.execute(OF_PLACEMENTS, _narrowed(placements, period)).fetchall()
    return _columns(rows, WIDTH)


def months_of_all(connection: Connection) -> Columns:
    """Obligation, month, declared, validated, pending of every month with hour lines."""
    return _columns(connection.execute(MONTHS_OF_ALL).fetchall(), 5)


def months_of_obligations(
    connection: Connection, obligations: Iterable[int], period: Period
) -> Columns:
    """The same for some obligations, in a period."""
    values = _narrowed(obligations, period)
    return _columns(connection.execute(MONTHS_OF_OBLIGATIONS, values).fetchall(), 5)


def months_of_employer(connection: Connection, employer: int, period: Period) -> Columns:
    """The same for the people of an employer, whatever the obligation."""
    placements = [row[0] for row in connection.execute(EMPLOYED_BY, (employer,))]
    values = _narrowed(placements, period)
    return _columns(connection.execute(MONTHS_OF_PLACEMENTS, values).fetchall(), 5)


def worked_in(
    connection: Connection, placements: Iterable[int] | None, period: Period
) -> list[WorkedRow]:
    """The months in which placements have declared hours; None: all of them, whatever the month."""
    if placements is not None:
        rows = connection.execute(WORKED_IN, _narrowed(placements, period)).fetchall()
        return [WorkedRow(row[0], row[1], row[3]) for row in rows]
    rows = connection.execute(WORKED_IN_ALL).fetchall()
    torn = {row[0] for row in rows if row[1] != row[2]}
    found = [WorkedRow(row[0], row[1], row[3]) for row in rows if row[0] not in torn]
    return [*found, *worked_in(connection, torn, period)] if torn else found


def lines_of_placements(
    connection: Connection, placements: Iterable[int], period: Period
) -> Iterator[LineRow]:
    """The hour lines of some placements in a period; never all in memory."""
    rows = connection.execute(LINES_OF_PLACEMENTS, _narrowed(placements, period))
    return map(LineRow._make, rows)


def worked_months(connection: Connection, obligations: Iterable[int], period: Period) -> list[int]:
    """The months of a period in which some obligations have declared hours, in order."""
    rows = connection.execute(WORKED_MONTHS, _narrowed(obligations, period))
    return sorted(row[0] for row in rows)


def _narrowed(ids: Iterable[int], period: Period) -> dict[str, object]:
    return {"ids": id_list(ids), "first": period[0], "last": period[1]}
