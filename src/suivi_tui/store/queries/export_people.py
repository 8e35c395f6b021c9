"""What the exports tell of people one by one: the points of their paths, who they are."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list


class PointRow(NamedTuple):
    """A point asked or answered; ``date`` is that of the answer, else of the question."""

    participant: int
    date: str | None
    point: str
    situation: str


class PersonRow(NamedTuple):
    """Who a person is, as a funder asks; ``criterion`` is the main one."""

    participant: int
    last: str
    first: str
    birth: str | None
    sex: str
    postcode: str
    education: str
    situation: str
    criterion: str


class HiredRow(NamedTuple):
    """What was true of a person at the hiring of a work contract; '' when unknown."""

    work_contract: int
    start: str | None
    qpv: str
    education: str
    situation: str


POINTS = (
    "SELECT outcome.participant, coalesce(outcome.answered_on, outcome.asked_on), outcome.point, "
    "outcome.situation FROM outcome JOIN participant ON participant.id = outcome.participant "
    "AND participant.removed = 0 WHERE outcome.removed = 0 AND (outcome.situation <> '' "
    "OR outcome.answered_on IS NOT NULL OR outcome.asked_on IS NOT NULL) "
    "ORDER BY outcome.participant, outcome.path, outcome.id"
)
PEOPLE = (
    "SELECT participant.id, last, first, birth, sex, postcode, education, situation, "
    "coalesce((SELECT criterion FROM eligibility WHERE eligibility.participant = participant.id "
    "AND eligibility.removed = 0 ORDER BY eligibility.rank, eligibility.id LIMIT 1), '') "
    "FROM json_each(?) AS wanted CROSS JOIN participant ON participant.id = wanted.value"
)
HIRED = (
    "SELECT work_contract.id, nullif(work_contract.start, ''), qpv, education, situation "
    "FROM json_each(?) AS wanted CROSS JOIN work_contract ON work_contract.id = wanted.value"
)


def points(connection: Connection) -> Iterator[PointRow]:
    """Every point asked or answered, person by person; never all in memory."""
    return map(PointRow._make, connection.execute(POINTS))


def people(connection: Connection, wanted: Iterable[int]) -> dict[int, PersonRow]:
    """Some people by id."""
    rows = connection.execute(PEOPLE, (id_list(wanted),))
    return {row[0]: PersonRow._make(row) for row in rows}


def hired(connection: Connection, wanted: Iterable[int]) -> dict[int, HiredRow]:
    """Some work contracts by id."""
    rows = connection.execute(HIRED, (id_list(wanted),))
    return {row[0]: HiredRow._make(row) for row in rows}
