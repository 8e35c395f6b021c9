"""Hires with a paper missing."""

from datetime import date
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection

SHOWN = 2_000


class HirePapersRow(NamedTuple):
    """A work contract that serves a contract that is followed, and the days of its papers."""

    work_contract: int
    participant: int
    last: str
    first: str
    employer: int | None
    employer_name: str
    type: str
    post: str
    start: str | None
    end: str | None
    contract_received_on: str | None
    proof_received_on: str | None
    notice_sent_on: str | None
    number: str
    object: str
    lot_number: str


# The contract shown is that of the first placement; most hires have one.
_MISSING = (
    "SELECT work.id, person.id, person.last, person.first, employer.id, "
    "coalesce(employer.name, ''), work.type, work.post, work.start, work.\"end\", "
    "work.contract_received_on, work.proof_received_on, work.notice_sent_on, contract.number, "
    "contract.object, lot.number FROM work_contract AS work "
    "CROSS JOIN participant AS person ON person.id = work.participant AND person.removed = 0 "
    "CROSS JOIN placement ON placement.id = (SELECT min(served.id) FROM placement AS served "
    "CROSS JOIN obligation AS owing ON owing.id = served.obligation AND owing.removed = 0 "
    "CROSS JOIN lot AS part ON part.id = owing.lot AND part.removed = 0 "
    "CROSS JOIN contract AS followed ON followed.id = part.contract AND followed.taken_up = 1 "
    "AND followed.removed = 0 WHERE served.work_contract = work.id AND served.removed = 0) "
    "CROSS JOIN obligation ON obligation.id = placement.obligation "
    "CROSS JOIN lot ON lot.id = obligation.lot "
    "CROSS JOIN contract ON contract.id = lot.contract "
    "LEFT JOIN company AS employer ON employer.id = coalesce(work.employer, obligation.company) "
    'WHERE work.removed = 0 AND (work."end" IS NULL OR work."end" >= ?) '
    "AND (work.contract_received_on IS NULL OR work.proof_received_on IS NULL "
    "OR work.notice_sent_on IS NULL) ORDER BY coalesce(work.start, ''), work.id LIMIT ?"
)


def current_hires_missing(connection: Connection, today: date, limit: int = SHOWN) -> list[
    HirePapersRow
]:  # fmt: skip
    """The work contracts not over on a day with a paper missing, the longest standing first."""
    rows = connection.execute(_MISSING, (today.isoformat(), limit))
    return [HirePapersRow._make(row) for row in rows]
