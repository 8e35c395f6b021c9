"""People placed on obligations, their contracts and the whole of their months, for the alerts."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.facts import LineRow
from suivi_tui.store.queries.paging import id_list


class PersonRow(NamedTuple):
    """A person; ``first_contract_start`` is the earliest start of their work contracts."""

    participant: int
    last: str
    first: str
    entered_scheme_on: str | None
    first_contract_start: str | None
    sex: str
    prescriber: str
    education: str


class EligibilityRow(NamedTuple):
    """A criterion of a person; the criterion itself is not read, no alert speaks of it."""

    participant: int
    rank: int
    proof: str
    proof_on: str | None
    decision: str
    decided_on: str | None
    ends_on: str | None


class PlacementRow(NamedTuple):
    """A placement and its work contract; ``current`` is 0 when one of them was removed."""

    participant: int
    placement: int
    obligation: int
    contract: int
    start: str | None
    end: str | None
    work_contract: int
    contract_start: str | None
    contract_end: str | None
    weekly_hours: int | None
    current: int
    employer: int | None
    education: str


class PlacedRow(NamedTuple):
    """A placement on an obligation, by whom and when (own dates override those of the contract).

    ``current`` is 0 when the placement or its work contract was removed.
    """

    obligation: int
    participant: int
    placement: int
    employer: int | None
    start: str | None
    end: str | None
    current: int


PLACED = (
    "SELECT placement.obligation, work_contract.participant, placement.id, "
    "work_contract.employer, coalesce(nullif(placement.start, ''), work_contract.start), "
    'coalesce(nullif(placement."end", \'\'), work_contract."end"), '
    "placement.removed = 0 AND work_contract.removed = 0 FROM json_each(:ids) AS wanted "
    "CROSS JOIN placement ON placement.obligation = wanted.value "
    "CROSS JOIN work_contract ON work_contract.id = placement.work_contract"
)
PEOPLE = (
    "SELECT participant.id, participant.last, participant.first, participant.entered_scheme_on, "
    "(SELECT min(nullif(start, '')) FROM work_contract "
    "WHERE work_contract.participant = participant.id AND work_contract.removed = 0), "
    "participant.sex, participant.prescriber, participant.education "
    "FROM json_each(:ids) AS wanted CROSS JOIN participant ON participant.id = wanted.value "
    "WHERE participant.removed = 0"
)
ELIGIBILITIES = (
    "SELECT eligibility.participant, eligibility.rank, eligibility.proof, eligibility.proof_on, "
    "eligibility.decision, eligibility.decided_on, eligibility.ends_on "
    "FROM json_each(:ids) AS wanted "
    "CROSS JOIN eligibility ON eligibility.participant = wanted.value "
    "WHERE eligibility.removed = 0"
)
PLACEMENTS = (
    "SELECT work_contract.participant, placement.id, placement.obligation, lot.contract, "
    'placement.start, placement."end", work_contract.id, work_contract.start, work_contract."end", '
    "work_contract.weekly_hours, placement.removed = 0 AND work_contract.removed = 0, "
    "work_contract.employer, work_contract.education "
    "FROM json_each(:ids) AS wanted "
    "CROSS JOIN work_contract ON work_contract.participant = wanted.value "
    "CROSS JOIN placement ON placement.work_contract = work_contract.id "
    "CROSS JOIN obligation ON obligation.id = placement.obligation "
    "CROSS JOIN lot ON lot.id = obligation.lot CROSS JOIN contract ON contract.id = lot.contract "
    "WHERE obligation.removed = 0 AND lot.removed = 0 AND contract.removed = 0"
)
LINES_OF_PLACEMENTS = (
    "SELECT hour_entry.obligation, hour_entry.month, hour_entry.placement, hour_entry.declared, "
    "hour_entry.validated FROM json_each(:ids) AS wanted "
    "CROSS JOIN hour_entry ON hour_entry.placement = wanted.value WHERE hour_entry.removed = 0"
)


def placed_people(connection: Connection, obligations: Iterable[int]) -> list[PlacedRow]:
    """Every placement on some obligations; hours can stand on a removed one."""
    rows = connection.execute(PLACED, {"ids": id_list(obligations)})
    return [PlacedRow._make(row) for row in rows]


def people(connection: Connection, participants: Iterable[int]) -> list[PersonRow]:
    """People by id, without those removed."""
    rows = connection.execute(PEOPLE, {"ids": id_list(participants)})
    return [PersonRow._make(row) for row in rows]


def eligibilities(connection: Connection, participants: Iterable[int]) -> list[EligibilityRow]:
    """The criteria claimed by people."""
    rows = connection.execute(ELIGIBILITIES, {"ids": id_list(participants)})
    return [EligibilityRow._make(row) for row in rows]


def placements_of_people(connection: Connection, participants: Iterable[int]) -> list[PlacementRow]:
    """Every placement of people, on closed contracts too."""
    rows = connection.execute(PLACEMENTS, {"ids": id_list(participants)})
    return [PlacementRow._make(row) for row in rows]


def lines_of_placements(connection: Connection, placements: Iterable[int]) -> list[LineRow]:
    """The hour lines of placements, found by the index and not by their obligation."""
    rows = connection.execute(LINES_OF_PLACEMENTS, {"ids": id_list(placements)})
    return [LineRow._make(row) for row in rows]
