"""People that letters name: their hires, and the end of their path."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list


class HireRow(NamedTuple):
    """A work contract serving an obligation of a contract that is followed; dates ISO."""

    work_contract: int
    participant: int
    last: str
    first: str
    employer: int
    employer_name: str
    employer_kind: str
    type: str
    post: str
    start: str | None
    end: str | None
    notice_sent_on: str | None
    obligation: int
    contract: int
    number: str
    object: str
    lot_number: str
    holder_name: str


_HIRES = (
    "SELECT work.id, person.id, person.last, person.first, employer.id, employer.name, "
    'employer.kind, work.type, work.post, work.start, work."end", work.notice_sent_on, '
    "obligation.id, contract.id, contract.number, contract.object, lot.number, holder.name "
    "FROM work_contract AS work CROSS JOIN participant AS person ON person.id = work.participant "
    "CROSS JOIN placement ON placement.work_contract = work.id AND placement.removed = 0 "
    "CROSS JOIN obligation ON obligation.id = placement.obligation AND obligation.removed = 0 "
    "CROSS JOIN lot ON lot.id = obligation.lot AND lot.removed = 0 "
    "CROSS JOIN contract ON contract.id = lot.contract AND contract.removed = 0 "
    "CROSS JOIN company AS holder ON holder.id = obligation.company "
    "CROSS JOIN company AS employer ON employer.id = coalesce(work.employer, holder.id) "
    "WHERE {which} AND work.removed = 0 AND person.removed = 0 AND contract.taken_up = 1 "
    "ORDER BY person.last COLLATE NOCASE, person.first COLLATE NOCASE, work.id, placement.id"
)
_BY = {
    "participant": "work.participant = :wanted",
    "company": "(work.employer = :wanted OR work.employer IS NULL AND holder.id = :wanted)",
    "work_contract": "work.id = :wanted",
    "contract": "work.id IN (SELECT served.work_contract FROM lot AS wide "
    "CROSS JOIN obligation AS owing ON owing.lot = wide.id "
    "CROSS JOIN placement AS served ON served.obligation = owing.id "
    "WHERE wide.contract = :wanted) AND contract.id = :wanted",
}


def hires(connection: Connection, entity: str, wanted: int) -> list[HireRow]:
    """The hires of a participant, of an employer (company), on a contract, or one of them.

    One row for each placement; an employer that is not known is the holder.
    """
    rows = connection.execute(_HIRES.format(which=_BY[entity]), {"wanted": wanted})
    return [HireRow._make(row) for row in rows]


class PathRow(NamedTuple):
    """A work contract of a person, as the end of a path is found from; dates ISO."""

    participant: int
    last: str
    first: str
    prescriber: str
    work_contract: int
    employer: int | None
    employer_name: str
    employer_kind: str
    post: str
    start: str | None
    end: str | None
    obligation: int | None


_PATHS = (
    "SELECT person.id, person.last, person.first, person.prescriber, work.id, work.employer, "
    "coalesce(company.name, ''), coalesce(company.kind, ''), work.post, work.start, work.\"end\", "
    "(SELECT max(obligation) FROM placement WHERE placement.work_contract = work.id "
    "AND placement.removed = 0) FROM json_each(:people) AS wanted "
    "CROSS JOIN participant AS person ON person.id = wanted.value AND person.removed = 0 "
    "CROSS JOIN work_contract AS work ON work.participant = person.id AND work.removed = 0 "
    "LEFT JOIN company ON company.id = work.employer "
    "ORDER BY person.last COLLATE NOCASE, person.first COLLATE NOCASE, person.id, work.id"
)
_ENDED = (
    "SELECT DISTINCT participant FROM work_contract WHERE removed = 0 "
    'AND "end" BETWEEN :since AND :until AND (:company IS NULL OR employer = :company)'
)


def people_who_left(
    connection: Connection, since: str, until: str, company: int | None = None
) -> list[int]:
    """People one of whose work contracts (with a company) ended between two days."""
    rows = connection.execute(_ENDED, {"since": since, "until": until, "company": company})
    return [row[0] for row in rows]


def paths(connection: Connection, people: Iterable[int]) -> list[PathRow]:
    """All the work contracts of some people, person by person."""
    return [PathRow._make(row) for row in connection.execute(_PATHS, {"people": id_list(people)})]


class OutcomeRow(NamedTuple):
    """What was asked or answered about a point of a path."""

    outcome: int
    participant: int
    path: int | None
    point: str
    asked_on: str | None
    answered_on: str | None
    situation: str


def outcomes(connection: Connection, people: Iterable[int]) -> list[OutcomeRow]:
    """The points of the paths of some people."""
    return [
        OutcomeRow._make(row)
        for row in connection.execute(
            "SELECT outcome.id, outcome.participant, outcome.path, outcome.point, "
            "outcome.asked_on, outcome.answered_on, outcome.situation "
            "FROM json_each(?) AS wanted CROSS JOIN outcome ON outcome.participant = wanted.value "
            "WHERE outcome.removed = 0 ORDER BY outcome.id",
            (id_list(people),),
        )
    ]
