"""Where people may have hours: the placements of those whose name begins as a person typed."""

from collections.abc import Sequence
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list
from suivi_tui.store.queries.words import pattern

PEOPLE_LIMIT = 300
"""Beyond so many people, one more letter says more than a list."""


class PlaceRow(NamedTuple):
    """A placement with the names around it; dates (of the placement, else of the contract) are
    ISO text. ``placement`` is 0 for someone who has none."""

    participant: int
    last: str
    first: str
    birth: str | None
    reference: str
    placement: int = 0
    obligation: int = 0
    employer: int | None = None
    employer_name: str = ""
    type: str = ""
    start: str | None = None
    end: str | None = None
    contract_number: str = ""
    lot_number: str = ""
    lot_title: str = ""
    site: str = ""
    holder: int = 0
    holder_name: str = ""
    closed_on: str | None = None


def people_named(connection: Connection, words: Sequence[str]) -> list[int]:
    """Ids of people with a word that begins with one of ``words``: those who have them all,
    then at most ``PEOPLE_LIMIT`` for each word, the best matches first."""
    questions = [pattern(list(words)), *(pattern([word]) for word in words)] if words else []
    found: dict[int, None] = {}
    for question in dict.fromkeys(questions):
        rows = connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? AND entity = 'participant' "
            "ORDER BY rank LIMIT ?",
            (question, PEOPLE_LIMIT),
        )
        found |= dict.fromkeys(row for (row,) in rows)
    return list(found)


def places_of(connection: Connection, participants: Sequence[int]) -> list[PlaceRow]:
    """The placements of some people on obligations that exist, and who has none."""
    people = {
        row[0]: row
        for row in connection.execute(
            "SELECT participant.id, last, first, birth, reference FROM json_each(?) AS wanted "
            "CROSS JOIN participant ON participant.id = wanted.value "
            "WHERE participant.removed = 0",
            (id_list(participants),),
        )
    }
    found = [
        PlaceRow(*people[row[0]], *row[1:])
        for row in connection.execute(
            "SELECT work.participant, placement.id, placement.obligation, work.employer, "
            "coalesce(employer.name, ''), work.type, "
            "coalesce(nullif(placement.start, ''), work.start), "
            'coalesce(nullif(placement."end", \'\'), work."end"), contract.number, lot.number, '
            "lot.title, coalesce(operation.name, contract.object), obligation.company, "
            "holder.name, obligation.closed_on FROM json_each(?) AS wanted "
            "CROSS JOIN work_contract AS work ON work.participant = wanted.value "
            "AND work.removed = 0 "
            "CROSS JOIN placement ON placement.work_contract = work.id AND placement.removed = 0 "
            "CROSS JOIN obligation ON obligation.id = placement.obligation "
            "AND obligation.removed = 0 "
            "CROSS JOIN lot ON lot.id = obligation.lot AND lot.removed = 0 "
            "CROSS JOIN contract ON contract.id = lot.contract AND contract.removed = 0 "
            "CROSS JOIN company AS holder ON holder.id = obligation.company "
            "LEFT JOIN operation ON operation.id = contract.operation "
            "LEFT JOIN company AS employer ON employer.id = work.employer "
            "ORDER BY contract.number, lot.number, placement.id",
            (id_list(people),),
        )
    ]
    placed = {row.participant for row in found}
    return [*found, *(PlaceRow(*row) for row in people.values() if row[0] not in placed)]
