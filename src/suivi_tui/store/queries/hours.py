"""Hour lines: the grid of one obligation, a page of any number of lines, the hours of a person."""

from collections import defaultdict
from typing import Any, NamedTuple

from suivi_tui.rules.indicators import Totals
from suivi_tui.store.queries import obligations as obligation_queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import Key, Listing, Page, read_page
from suivi_tui.store.queries.statements import StatementRow, of_obligation
from suivi_tui.vocabulary.choices import HourKind
from suivi_tui.vocabulary.months import Month, first_day, last_day


class GridCell(NamedTuple):
    """The hours of one placement, month and kind, in hundredths; ``validated`` None: pending."""

    declared: int
    validated: int | None
    refusal_reason: str
    comment: str
    reference: str
    statement: int | None


class GridRow(NamedTuple):
    """A line of the grid: a person placed on the obligation, and a kind of hours.

    ``start`` and ``end`` are those of the placement, else of the work contract. Every placement
    has its line of work; other kinds have one where hours exist.
    """

    placement: int
    kind: int
    participant: int
    last: str
    first: str
    work_contract: int
    employer: int | None
    employer_name: str
    structure_kind: str
    type: str
    start: str | None
    end: str | None
    weekly_hours: int | None


class Grid(NamedTuple):
    """The hours of one obligation over a window of months.

    ``cells`` is keyed by (placement, kind, month), ``statements`` by month; ``totals`` counts the
    whole life of the obligation, not only the window.
    """

    obligation: obligation_queries.ObligationRow
    first: Month
    last: Month
    rows: tuple[GridRow, ...]
    cells: dict[tuple[int, int, int], GridCell]
    statements: dict[int, tuple[StatementRow, ...]]
    totals: Totals


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
    cells: dict[tuple[int, int, int], GridCell] = {}
    kinds: dict[int, set[int]] = defaultdict(set)
    for placement, kind, month, *line in connection.execute(
        "SELECT placement, kind, month, declared, validated, refusal_reason, comment, reference, "
        "statement FROM hour_entry "
        "WHERE obligation = ? AND month BETWEEN ? AND ? AND removed = 0",
        (obligation, first, last),
    ):
        cells[placement, kind, month] = GridCell(*line)
        kinds[placement].add(kind)
    statements: dict[int, list[StatementRow]] = defaultdict(list)
    for statement in of_obligation(connection, obligation, first, last):
        statements[statement.month].append(statement)
    return Grid(
        obligation=about,
        first=first,
        last=last,
        rows=tuple(_grid_rows(connection, obligation, first, last, kinds, everyone)),
        cells=cells,
        statements={month: tuple(rows) for month, rows in statements.items()},
        totals=obligation_queries.sums(connection, [obligation]).get(obligation, Totals()),
    )


def _grid_rows(
    connection: Connection,
    obligation: int,
    first: Month,
    last: Month,
    kinds: dict[int, set[int]],
    everyone: bool,
) -> list[GridRow]:
    """The placements of an obligation, by name; a placement taken away stays while it has hours."""
    opening, closing = first_day(first).isoformat(), last_day(last).isoformat()
    rows: list[GridRow] = []
    for placement, removed, start, end, weekly_hours, *names in connection.execute(
        "SELECT placement.id, placement.removed, coalesce(placement.start, work.start), "
        'coalesce(placement."end", work."end"), work.weekly_hours, participant.id, '
        "participant.last, participant.first, work.id, work.employer, "
        "coalesce(employer.name, ''), work.structure_kind, work.type "
        "FROM placement CROSS JOIN work_contract AS work ON work.id = placement.work_contract "
        "CROSS JOIN participant ON participant.id = work.participant "
        "LEFT JOIN company AS employer ON employer.id = work.employer "
        "WHERE placement.obligation = ? ORDER BY participant.last COLLATE NOCASE, "
        "participant.first COLLATE NOCASE, participant.id, placement.id",
        (obligation,),
    ):
        inside = (start or "") <= closing and (end or "9999") >= opening
        if not kinds.get(placement) and (removed or not (inside or everyone)):
            continue
        for kind in sorted({HourKind.WORK.number, *kinds.get(placement, ())}):
            rows.append(GridRow._make((placement, kind, *names, start, end, weekly_hours)))
    return rows


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
