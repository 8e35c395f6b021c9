"""Who stands behind placements, one column at a time: a breakdown reads only what it asks.

Codes are '' when unknown; dates are ISO text. What was true at hiring is that of the work
contract, else of the person or of the employer.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list


class PlaceRow(NamedTuple):
    """A placement: its work contract, the person and the employer."""

    placement: int
    work_contract: int
    participant: int
    employer: int | None


class WorkRow(NamedTuple):
    """A work contract of a person, and when the person entered the scheme (even elsewhere)."""

    work_contract: int
    participant: int
    employer: int | None
    start: str | None
    end: str | None
    entered_scheme_on: str | None


_FROM = (
    " FROM json_each(:ids) AS wanted CROSS JOIN placement ON placement.id = wanted.value "
    "CROSS JOIN work_contract ON work_contract.id = placement.work_contract "
)
_PERSON = "CROSS JOIN participant ON participant.id = work_contract.participant "
_EMPLOYER = "LEFT JOIN company ON company.id = work_contract.employer "
PLACES = (
    "SELECT placement.id, work_contract.id, work_contract.participant, work_contract.employer"
    + _FROM
)
# Of several criteria the main one counts; of two main ones, the first that was entered.
_COLUMNS = {
    "sex": ("participant.sex", _PERSON),
    "birth": ("participant.birth", _PERSON),
    "criterion": (
        "(SELECT criterion FROM eligibility WHERE eligibility.participant = "
        "work_contract.participant AND eligibility.removed = 0 "
        "ORDER BY eligibility.rank, eligibility.id LIMIT 1)",
        "",
    ),
    "qpv": ("work_contract.qpv", ""),
    "education": (
        "coalesce(nullif(work_contract.education, ''), participant.education)",
        _PERSON,
    ),
    "prescriber": ("participant.prescriber", _PERSON),
    "structure": ("coalesce(nullif(work_contract.structure_kind, ''), company.kind)", _EMPLOYER),
    "mode": ("work_contract.mode", ""),
    "type": ("work_contract.type", ""),
    "employer": ("company.name", _EMPLOYER),
    "start": ("work_contract.start", ""),
    "end": ('work_contract."end"', ""),
}
COLUMNS = {
    name: f"SELECT wanted.key, {value}{_FROM}{joins}" for name, (value, joins) in _COLUMNS.items()
}
"""The SQL of each column; rows come with the rank of the placement in the list asked."""
WORK_OF_PEOPLE = (
    "SELECT work_contract.id, work_contract.participant, work_contract.employer, "
    'work_contract.start, work_contract."end", participant.entered_scheme_on '
    "FROM json_each(:ids) AS wanted "
    "CROSS JOIN work_contract ON work_contract.participant = wanted.value "
    "CROSS JOIN participant ON participant.id = wanted.value WHERE work_contract.removed = 0"
)
FIRST_MONTHS = (
    "SELECT placement.work_contract, min(hour_entry.month) FROM json_each(:ids) AS wanted "
    "CROSS JOIN placement ON placement.work_contract = wanted.value "
    "CROSS JOIN hour_entry ON hour_entry.placement = placement.id "
    "WHERE hour_entry.removed = 0 AND hour_entry.declared <> 0 GROUP BY placement.work_contract"
)


def places(connection: Connection, placements: Iterable[int]) -> list[PlaceRow]:
    """The work contract, the person and the employer of placements."""
    rows = connection.execute(PLACES, {"ids": id_list(placements)})
    return [PlaceRow._make(row) for row in rows]


def column(connection: Connection, name: str, placements: list[int]) -> list[Any]:
    """One column of ``COLUMNS`` for placements, in their order; None where nothing is known."""
    values: list[Any] = [None] * len(placements)
    for rank, value in connection.execute(COLUMNS[name], {"ids": id_list(placements)}):
        values[rank] = value
    return values


def work_of_people(connection: Connection, people: Iterable[int]) -> list[WorkRow]:
    """Every work contract of some people."""
    rows = connection.execute(WORK_OF_PEOPLE, {"ids": id_list(people)})
    return [WorkRow._make(row) for row in rows]


def first_months(connection: Connection, work_contracts: Iterable[int]) -> dict[int, int]:
    """The first month with declared hours of work contracts, whatever the period asked."""
    rows = connection.execute(FIRST_MONTHS, {"ids": id_list(work_contracts)})
    return dict(rows.fetchall())


EMPLOYERS = "SELECT DISTINCT employer FROM work_contract WHERE removed = 0 AND employer IS NOT NULL"


def employers(connection: Connection) -> set[int]:
    """Every company or structure that employs somebody."""
    return {row[0] for row in connection.execute(EMPLOYERS)}
