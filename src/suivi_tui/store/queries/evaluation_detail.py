"""The people and the hour lines behind a figure, page by page."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.evaluation_lines import Period
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import HourKind

LineKey = tuple[int, int, int, int]
"""Placement, month, obligation, kind: the order of the lines behind a figure."""


class BehindRow(NamedTuple):
    """An hour line behind a figure; ``employer`` is '' when unknown, ``reference`` is the person's.

    ``statement`` is the statement that brought it, ``sources`` how many lines of files did.
    """

    placement: int
    month: int
    obligation: int
    kind: int
    declared: int
    validated: int | None
    refusal_reason: str
    comment: str
    statement: int | None
    work_contract: int
    participant: int
    reference: str
    last: str
    first: str
    employer: str
    contract: int
    number: str
    lot_number: str
    company: str
    sources: int

    @property
    def key(self) -> LineKey:
        """Where it stands among the lines."""
        return self[:4]


class PersonRow(NamedTuple):
    """A participant, as a list names them; ``sort`` is where they stand in it."""

    participant: int
    reference: str
    last: str
    first: str
    sort: str


DECLARED, VALIDATED, REFUSED, PENDING, TRAINING = (
    "hour_entry.declared <> 0",
    "hour_entry.validated <> 0",
    "hour_entry.validated <> hour_entry.declared",
    "hour_entry.validated IS NULL AND hour_entry.declared <> 0",
    f"hour_entry.kind = {HourKind.TRAINING.number} AND hour_entry.declared <> 0",
)
"""Which lines make a figure of hours."""

_BEHIND = (
    "SELECT hour_entry.placement, hour_entry.month, hour_entry.obligation, hour_entry.kind, "
    "hour_entry.declared, hour_entry.validated, hour_entry.refusal_reason, hour_entry.comment, "
    "hour_entry.statement, work_contract.id, participant.id, participant.reference, "
    "participant.last, participant.first, coalesce(employer.name, ''), contract.id, "
    "contract.number, lot.number, coalesce(company.name, ''), "
    "(SELECT count(*) FROM source_line WHERE source_line.obligation = hour_entry.obligation "
    "AND source_line.month = hour_entry.month AND source_line.placement = hour_entry.placement "
    "AND source_line.kind = hour_entry.kind AND source_line.removed = 0) "
    "FROM json_each(:ids) AS wanted "
    "CROSS JOIN hour_entry ON hour_entry.placement = wanted.value "
    "AND hour_entry.month BETWEEN :first AND :last "
    "CROSS JOIN placement ON placement.id = hour_entry.placement "
    "CROSS JOIN work_contract ON work_contract.id = placement.work_contract "
    "CROSS JOIN participant ON participant.id = work_contract.participant "
    "CROSS JOIN obligation ON obligation.id = hour_entry.obligation "
    "CROSS JOIN lot ON lot.id = obligation.lot CROSS JOIN contract ON contract.id = lot.contract "
    "LEFT JOIN company AS employer ON employer.id = work_contract.employer "
    "LEFT JOIN company ON company.id = obligation.company "
    "WHERE hour_entry.removed = 0 AND {made} "
    "AND (hour_entry.placement, hour_entry.month, hour_entry.obligation, hour_entry.kind) "
    "> (:placement, :month, :obligation, :kind) "
    "ORDER BY hour_entry.placement, hour_entry.month, hour_entry.obligation, hour_entry.kind "
    "LIMIT :limit"
)
BEHIND = {
    made: _BEHIND.format(made=made) for made in (DECLARED, VALIDATED, REFUSED, PENDING, TRAINING)
}
PEOPLE = (
    "SELECT participant.id, participant.reference, participant.last, participant.first, "
    "{sort} AS sort FROM json_each(:ids) AS wanted "
    "CROSS JOIN participant ON participant.id = wanted.value "
    "WHERE ({sort}, participant.id) > (:sort, :row) "
    "ORDER BY sort, participant.id LIMIT :limit"
)
BY_NAME = PEOPLE.format(sort="lower(participant.last) || char(9) || lower(participant.first)")
BY_REFERENCE = PEOPLE.format(sort="participant.reference")
_BEFORE_ALL: LineKey = (-1, -1, -1, -1)


def lines_behind(
    connection: Connection,
    placements: Iterable[int],
    period: Period,
    made: str,
    after: LineKey | None,
    limit: int,
) -> list[BehindRow]:
    """The first ``limit`` lines of some placements after a key; ``made`` is one of ``BEHIND``."""
    start = after or _BEFORE_ALL
    values = {
        "ids": id_list(sorted(item for item in placements if item >= start[0])),
        "first": period[0],
        "last": period[1],
        "placement": start[0],
        "month": start[1],
        "obligation": start[2],
        "kind": start[3],
        "limit": limit,
    }
    return [BehindRow._make(row) for row in connection.execute(BEHIND[made], values)]


def people_behind(
    connection: Connection,
    people: Iterable[int],
    after: tuple[str, int] | None,
    limit: int,
    *,
    names: bool,
) -> list[PersonRow]:
    """The first ``limit`` of some people after a key, by name, or by reference without names."""
    sort, row = after or ("", -1)
    values = {"ids": id_list(people), "sort": sort, "row": row, "limit": limit}
    sql = BY_NAME if names else BY_REFERENCE
    return [PersonRow._make(found) for found in connection.execute(sql, values)]
