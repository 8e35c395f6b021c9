"""What companies look to fill, the people proposed and what became of them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list

SHOWN = 2_000
"""How many needs a list holds: the latest ones."""


class NeedRow(NamedTuple):
    """Posts to fill; ``obligation`` and its contract are None when the need names none."""

    need: int
    company: int
    company_name: str
    obligation: int | None
    contract: int | None
    contract_number: str
    contract_object: str
    lot_number: str
    post: str
    number: int
    asked_on: str | None
    wanted_on: str | None
    closed_on: str | None
    comment: str


class ProposalRow(NamedTuple):
    """A person proposed for a need: a participant, or initials of someone not in the base."""

    proposal: int
    need: int
    participant: int | None
    reference: str
    last: str
    first: str
    birth: str | None
    initials: str
    prescriber: str
    proposed_on: str | None
    answer: str
    answered_on: str | None
    reason: str


_NEEDS = (
    "SELECT need.id, need.company, company.name, obligation.id, contract.id, "
    "coalesce(contract.number, ''), coalesce(contract.object, ''), coalesce(lot.number, ''), "
    "need.post, need.number, need.asked_on, need.wanted_on, need.closed_on, need.comment "
    "FROM {source} CROSS JOIN company ON company.id = need.company "
    "LEFT JOIN obligation ON obligation.id = need.obligation AND obligation.removed = 0 "
    "LEFT JOIN lot ON lot.id = obligation.lot "
    "LEFT JOIN contract ON contract.id = lot.contract "
    "WHERE need.removed = 0{where} ORDER BY need.id DESC LIMIT ?"
)


def needs(
    connection: Connection,
    *,
    company: int | None = None,
    obligation: int | None = None,
    open_only: bool = False,
    limit: int = SHOWN,
) -> list[NeedRow]:
    """The latest needs: all, of a company, or of an obligation."""
    where, values = "", list[Any]()
    if company is not None:
        where, values = where + " AND need.company = ?", [*values, company]
    if obligation is not None:
        where, values = where + " AND need.obligation = ?", [*values, obligation]
    if open_only:
        where += " AND need.closed_on IS NULL"
    sql = _NEEDS.format(source="need", where=where)
    return [NeedRow._make(row) for row in connection.execute(sql, (*values, limit))]


def need(connection: Connection, wanted: int) -> NeedRow | None:
    """One need; None when unknown or removed."""
    sql = _NEEDS.format(source="need", where=" AND need.id = ?")
    row = connection.execute(sql, (wanted, 1)).fetchone()
    return NeedRow._make(row) if row else None


_PROPOSALS = (
    "SELECT proposal.id, proposal.need, participant.id, coalesce(participant.reference, ''), "
    "coalesce(participant.last, ''), coalesce(participant.first, ''), participant.birth, "
    "proposal.initials, proposal.prescriber, proposal.proposed_on, proposal.answer, "
    "proposal.answered_on, proposal.reason FROM json_each(?) AS wanted "
    "CROSS JOIN proposal ON proposal.{by} = wanted.value "
    "LEFT JOIN participant ON participant.id = proposal.participant "
    "WHERE proposal.removed = 0 ORDER BY coalesce(proposal.proposed_on, ''), proposal.id"
)


def proposals(connection: Connection, wanted: Iterable[int]) -> list[ProposalRow]:
    """The people proposed for some needs, the first proposed first."""
    rows = connection.execute(_PROPOSALS.format(by="need"), (id_list(wanted),))
    return [ProposalRow._make(row) for row in rows]


def proposals_of_person(connection: Connection, participant: int) -> list[ProposalRow]:
    """What a participant was proposed for, the first time first."""
    rows = connection.execute(_PROPOSALS.format(by="participant"), (id_list([participant]),))
    return [ProposalRow._make(row) for row in rows]


def proposal(connection: Connection, wanted: int) -> ProposalRow | None:
    """One proposal; None when unknown or removed."""
    row = connection.execute(_PROPOSALS.format(by="id"), (id_list([wanted]),)).fetchone()
    return ProposalRow._make(row) if row else None


def needs_by_id(connection: Connection, wanted: Iterable[int]) -> dict[int, NeedRow]:
    """Some needs by id."""
    listed = list(dict.fromkeys(wanted))
    sql = _NEEDS.format(
        source="json_each(?) AS wanted CROSS JOIN need ON need.id = wanted.value", where=""
    )
    rows = connection.execute(sql, (id_list(listed), len(listed)))
    return {row[0]: NeedRow._make(row) for row in rows}
