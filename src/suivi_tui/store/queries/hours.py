"""Hour lines: the grids of an obligation and of a sender, pages of lines, hours of a person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from suivi_tui.rules.indicators import Totals
from suivi_tui.store.queries import obligations as obligation_queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.entry import SENT_BY
from suivi_tui.store.queries.paging import Key, Listing, Page, read_page
from suivi_tui.store.queries.statements import (
    StatementRow,
    of_obligation,
    of_obligations,
)
from suivi_tui.vocabulary.choices import HourKind
from suivi_tui.vocabulary.months import Month, add_months, first_day, last_day


class GridCell(NamedTuple):
    """The hours of one placement, month and kind, in hundredths; ``validated`` None: pending.

    ``spread`` is 1 for hours estimated from a larger total; ``corrects`` is the month that a
    negative line takes back, None while that is not known.
    """

    declared: int
    validated: int | None
    refusal_reason: str
    comment: str
    reference: str
    statement: int | None
    spread: int = 0
    corrects: int | None = None


class GridRow(NamedTuple):
    """A line of a grid: a person placed on an obligation, and a kind of hours.

    ``start`` and ``end`` are those of the placement, else of the work contract. Every placement
    has its line of work; other kinds have one where hours exist.
    """

    placement: int
    kind: int
    obligation: int
    participant: int
    last: str
    first: str
    birth: str | None
    work_contract: int
    employer: int | None
    employer_name: str
    structure_kind: str
    type: str
    start: str | None
    end: str | None
    weekly_hours: int | None


class Grid(NamedTuple):
    """The hours of some obligations over a window of months.

    ``cells`` is keyed by (placement, kind, month), ``statements`` by (obligation, month).
    """

    obligations: dict[int, obligation_queries.ObligationRow]
    first: Month
    last: Month
    rows: tuple[GridRow, ...]
    cells: dict[tuple[int, int, int], GridCell]
    statements: dict[tuple[int, int], tuple[StatementRow, ...]]


_CELL = (
    "hour_entry.placement, hour_entry.kind, hour_entry.month, hour_entry.declared, "
    "hour_entry.validated, hour_entry.refusal_reason, hour_entry.comment, hour_entry.reference, "
    "hour_entry.statement, hour_entry.spread, hour_entry.corrects"
)
_ROW = (
    "placement.id, placement.removed, placement.obligation, participant.id, participant.last, "
    "participant.first, participant.birth, work.id, work.employer, coalesce(employer.name, ''), "
    "work.structure_kind, work.type, coalesce(placement.start, work.start), "
    'coalesce(placement."end", work."end"), work.weekly_hours '
)
_BY_NAME = (
    "ORDER BY participant.last COLLATE NOCASE, participant.first COLLATE NOCASE, participant.id, "
    "placement.id"
)
# How long after the last hours a person still stands on an obligation that is over.
_OVERRUN_MONTHS = 3


def grid(
    connection: Connection,
    obligation: int,
    first: Month,
    last: Month,
    *,
    everyone: bool = False,
) -> Grid | None:
    """The grid of an obligation; None when it does not exist.

    Who left before the window, comes after it and has no hours in it is left out, unless
    ``everyone``.
    """
    about = obligation_queries.one(connection, obligation)
    if about is None:
        return None
    cells = _cells(
        connection.execute(
            f"SELECT {_CELL} FROM hour_entry "
            "WHERE obligation = ? AND month BETWEEN ? AND ? AND removed = 0",
            (obligation, first, last),
        )
    )
    kinds = _kinds(cells)
    rows: list[GridRow] = []
    for placement, taken_away, *values in connection.execute(
        f"SELECT {_ROW}FROM placement "
        "CROSS JOIN work_contract AS work ON work.id = placement.work_contract "
        "CROSS JOIN participant ON participant.id = work.participant "
        "LEFT JOIN company AS employer ON employer.id = work.employer "
        f"WHERE placement.obligation = ? {_BY_NAME}",
        (obligation,),
    ):
        row = GridRow._make((placement, HourKind.WORK.number, *values))
        # A placement taken away stays while it has hours.
        if kinds.get(placement) or (not taken_away and (everyone or within(row, first, last))):
            rows += _lines(row, kinds)
    return Grid(
        {obligation: about}, first, last, tuple(rows), cells,
        _statements(of_obligation(connection, obligation, first, last)),
    )  # fmt: skip


def sender_grid(
    connection: Connection,
    sender: int,
    first: Month,
    month: Month,
    *,
    everyone: bool = False,
) -> Grid:
    """The people whose hours a company declares, on every obligation, over months up to ``month``.

    Those who have hours in ``month`` or may work in it: their placement reaches it, and their
    obligation is neither closed nor over for months. With ``everyone``, all of them.
    """
    cells = _cells(
        connection.execute(
            f"SELECT {_CELL} FROM {SENT_BY} AS sent "
            "CROSS JOIN placement ON placement.id = sent.id "
            "CROSS JOIN hour_entry ON hour_entry.placement = placement.id "
            "AND hour_entry.month BETWEEN :first AND :last AND hour_entry.removed = 0 "
            "AND hour_entry.obligation = placement.obligation",
            {"sender": sender, "first": first, "last": month},
        )
    )
    kinds, latest = _kinds(cells), _latest(cells)
    known: dict[int, obligation_queries.ObligationRow | None] = {}
    rows: list[GridRow] = []
    for placement, taken_away, *values in connection.execute(
        f"SELECT {_ROW}FROM {SENT_BY} AS sent "
        "CROSS JOIN placement ON placement.id = sent.id "
        "CROSS JOIN work_contract AS work ON work.id = placement.work_contract "
        "CROSS JOIN participant ON participant.id = work.participant "
        f"LEFT JOIN company AS employer ON employer.id = work.employer {_BY_NAME}",
        {"sender": sender},
    ):
        row = GridRow._make((placement, HourKind.WORK.number, *values))
        last_hours = latest.get(placement, 0)
        here = not taken_away and within(row, month, month)
        if not (here or last_hours == month or (everyone and (last_hours or not taken_away))):
            continue
        if row.obligation not in known:
            known[row.obligation] = obligation_queries.one(connection, row.obligation)
        about = known[row.obligation]
        if about is not None and (
            everyone or last_hours == month or _may_work(about, month, last_hours)
        ):
            rows += _lines(row, kinds)
    served = {row.obligation for row in rows}
    obligations = {
        number: about for number, about in known.items() if about is not None and number in served
    }
    return Grid(
        obligations, first, month, tuple(rows), cells,
        _statements(of_obligations(connection, obligations, first, month)),
    )  # fmt: skip


def within(row: GridRow, first: Month, last: Month) -> bool:
    """Whether a person is placed on some day of the months; an unknown bound is open."""
    starts, ends = row.start or "", row.end or "9999"
    return starts <= last_day(last).isoformat() and ends >= first_day(first).isoformat()


def _may_work(about: obligation_queries.ObligationRow, month: Month, last_hours: int) -> bool:
    if about.closed_on is not None and about.closed_on < first_day(month).isoformat():
        return False
    end = about.last_day
    over = end is not None and end < first_day(month)
    return not over or last_hours >= add_months(month, -_OVERRUN_MONTHS)


def _cells(lines: Iterable[Sequence[Any]]) -> dict[tuple[int, int, int], GridCell]:
    return {(placement, kind, month): GridCell(*line) for placement, kind, month, *line in lines}


def _kinds(cells: Iterable[tuple[int, int, int]]) -> dict[int, set[int]]:
    """By placement, the kinds of hours that it has."""
    kinds: dict[int, set[int]] = defaultdict(set)
    for placement, kind, _ in cells:
        kinds[placement].add(kind)
    return kinds


def _latest(cells: Iterable[tuple[int, int, int]]) -> dict[int, int]:
    """By placement, the last month that has hours."""
    latest: dict[int, int] = {}
    for placement, _, month in cells:
        latest[placement] = max(month, latest.get(placement, 0))
    return latest


def _lines(row: GridRow, kinds: dict[int, set[int]]) -> list[GridRow]:
    found = sorted({HourKind.WORK.number, *kinds.get(row.placement, ())})
    return [row._replace(kind=kind) for kind in found]


def _statements(
    found: Iterable[StatementRow],
) -> dict[tuple[int, int], tuple[StatementRow, ...]]:
    statements: dict[tuple[int, int], list[StatementRow]] = defaultdict(list)
    for statement in found:
        statements[statement.obligation, statement.month].append(statement)
    return {place: tuple(rows) for place, rows in statements.items()}


class HourLine(NamedTuple):
    """One hour line with the names around it; ``key`` is what a page resumes from."""

    key: Key
    obligation: int
    month: int
    placement: int
    kind: int
    declared: int
    validated: int | None
    refusal_reason: str
    comment: str
    reference: str
    participant: int
    last: str
    first: str
    employer: str
    contract: int
    number: str
    lot_number: str
    company: str


_LINES = Listing(
    columns=(
        "hour_entry.obligation, hour_entry.month, hour_entry.placement, hour_entry.kind, "
        "hour_entry.declared, hour_entry.validated, hour_entry.refusal_reason, "
        "hour_entry.comment, hour_entry.reference, participant.id, participant.last, "
        "participant.first, coalesce(employer.name, ''), contract.id, contract.number, "
        "lot.number, company.name"
    ),
    source=(
        "hour_entry CROSS JOIN placement ON placement.id = hour_entry.placement "
        "CROSS JOIN work_contract AS work ON work.id = placement.work_contract "
        "CROSS JOIN participant ON participant.id = work.participant "
        "CROSS JOIN obligation ON obligation.id = hour_entry.obligation "
        "CROSS JOIN lot ON lot.id = obligation.lot "
        "CROSS JOIN contract ON contract.id = lot.contract "
        "CROSS JOIN company ON company.id = obligation.company "
        "LEFT JOIN company AS employer ON employer.id = work.employer"
    ),
    orders={
        "key": (
            "hour_entry.obligation",
            "hour_entry.month",
            "hour_entry.placement",
            "hour_entry.kind",
        )
    },
)


def lines_page(
    connection: Connection,
    page: Page | None = None,
    *,
    obligation: int | None = None,
    descending: bool = False,
) -> list[HourLine]:
    """A page of hour lines, of the whole base or of one obligation, by obligation and month."""
    page = page or Page()
    where, values = ["hour_entry.removed = 0"], list[Any]()
    if obligation is not None:
        where.append("hour_entry.obligation = ?")
        values.append(obligation)
    elif page.after is None and page.before is None:
        # Ids are positive: a range that holds every line, so that its ends are found by key.
        where.append("hour_entry.obligation > 0")
    rows = read_page(connection, _LINES, page, "key", descending, where, values)
    return [HourLine(key, *row) for key, row in rows]


class PersonHours(NamedTuple):
    """Hours of a person for one month, placement and kind, and where they were worked."""

    month: int
    placement: int
    kind: int
    obligation: int
    contract: int
    number: str
    company: str
    employer: str
    declared: int
    validated: int | None
    refusal_reason: str


def of_person(connection: Connection, participant: int) -> list[PersonHours]:
    """All the hours of a person, the latest month first."""
    return [
        PersonHours(*row)
        for row in connection.execute(
            "SELECT hour_entry.month, placement.id, hour_entry.kind, hour_entry.obligation, "
            "contract.id, contract.number, company.name, coalesce(employer.name, ''), "
            "hour_entry.declared, hour_entry.validated, hour_entry.refusal_reason "
            "FROM work_contract AS work "
            "CROSS JOIN placement ON placement.work_contract = work.id "
            "CROSS JOIN hour_entry ON hour_entry.placement = placement.id "
            "AND hour_entry.removed = 0 "
            "CROSS JOIN obligation ON obligation.id = hour_entry.obligation "
            "CROSS JOIN lot ON lot.id = obligation.lot "
            "CROSS JOIN contract ON contract.id = lot.contract "
            "CROSS JOIN company ON company.id = obligation.company "
            "LEFT JOIN company AS employer ON employer.id = work.employer "
            "WHERE work.participant = ? "
            "ORDER BY hour_entry.month DESC, placement.id, hour_entry.kind",
            (participant,),
        )
    ]


def totals_of_people(connection: Connection, participants: str) -> dict[int, Totals]:
    """By person, their hours in all; ``participants`` is made by ``paging.id_list``."""
    return {
        row[0]: obligation_queries.totals_of(row[1:])
        for row in connection.execute(
            f"SELECT work.participant, {obligation_queries.SUMS} FROM json_each(?) AS wanted "
            "CROSS JOIN work_contract AS work ON work.participant = wanted.value "
            "CROSS JOIN placement ON placement.work_contract = work.id "
            "CROSS JOIN hour_entry ON hour_entry.placement = placement.id "
            "WHERE hour_entry.removed = 0 GROUP BY work.participant",
            (participants,),
        )
    }
