"""Penalty cases and what they are made of: formal notices, people looked for, amounts."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import DocumentKind, FollowUpKind, PenaltyDecision


class CaseRow(NamedTuple):
    """A penalty proposed; ``basis`` is the JSON of its inputs, dates are ISO text."""

    case: int
    obligation: int
    kind: str
    basis: str
    notice_on: str | None
    notice_due: str | None
    amount_cents: int | None
    efforts: str
    decision: str
    decided_on: str | None


_CASE = (
    "penalty_case.id, penalty_case.obligation, penalty_case.kind, penalty_case.basis, "
    "penalty_case.notice_on, penalty_case.notice_due, penalty_case.amount_cents, "
    "penalty_case.efforts, penalty_case.decision, penalty_case.decided_on"
)


def of_lot(connection: Connection, lot: int) -> list[CaseRow]:
    """The cases about the obligations of a lot, the latest first."""
    return [
        CaseRow(*row)
        for row in connection.execute(
            f"SELECT {_CASE} FROM obligation CROSS JOIN penalty_case "
            "ON penalty_case.obligation = obligation.id AND penalty_case.removed = 0 "
            "WHERE obligation.lot = ? AND obligation.removed = 0 ORDER BY penalty_case.id DESC",
            (lot,),
        )
    ]


def one(connection: Connection, case: int) -> CaseRow | None:
    """One case; None when it does not exist or was removed."""
    row = connection.execute(
        f"SELECT {_CASE} FROM penalty_case WHERE id = ? AND removed = 0", (case,)
    ).fetchone()
    return CaseRow(*row) if row else None


class ListedCase(NamedTuple):
    """A case with the contract and the company that it is about."""

    case: CaseRow
    contract: int
    number: str
    object: str
    lot_number: str
    company_name: str


def every_case(connection: Connection, limit: int) -> list[ListedCase]:
    """The cases of all contracts: those that wait for a decision first, then the latest."""
    return [
        ListedCase(CaseRow(*row[:10]), *row[10:])
        for row in connection.execute(
            f"SELECT {_CASE}, contract.id, contract.number, contract.object, lot.number, "
            "company.name FROM penalty_case "
            "CROSS JOIN obligation ON obligation.id = penalty_case.obligation "
            "AND obligation.removed = 0 "
            "CROSS JOIN lot ON lot.id = obligation.lot AND lot.removed = 0 "
            "CROSS JOIN contract ON contract.id = lot.contract AND contract.removed = 0 "
            "CROSS JOIN company ON company.id = obligation.company "
            "WHERE penalty_case.removed = 0 "
            "ORDER BY penalty_case.decision NOT IN ('', ?), penalty_case.id DESC LIMIT ?",
            (PenaltyDecision.PROPOSED.value, limit),
        )
    ]


_ABOUT = (
    "CROSS JOIN follow_up ON follow_up.entity = about.entity AND follow_up.subject = about.subject"
)


class NoticeRow(NamedTuple):
    """A formal notice that was filed: its day, the last day it left, whether it was sent.

    ``sent`` is 0 for a letter that was prepared and is not known to be sent.
    """

    follow_up: int
    date: str
    due: str | None
    sent: int
    text: str


def notices(connection: Connection, obligation: int, contract: int) -> list[NoticeRow]:
    """The formal notices about an obligation or the whole of its contract, the latest first.

    A letter made here is a draft until the day it was sent is known; that day wins.
    """
    return [
        NoticeRow(*row)
        for row in connection.execute(
            "SELECT follow_up.id, coalesce(document.sent_on, follow_up.date) AS day, "
            "follow_up.due, document.id IS NULL OR document.sent_on IS NOT NULL, follow_up.text "
            "FROM (SELECT 'obligation' AS entity, ? AS subject "
            "UNION ALL SELECT 'contract', ?) AS about "
            f"{_ABOUT} LEFT JOIN document ON document.id = follow_up.document "
            "AND document.removed = 0 AND document.kind = ? "
            "WHERE follow_up.kind = ? AND follow_up.removed = 0 "
            "ORDER BY day DESC, follow_up.id DESC",
            (
                obligation,
                contract,
                DocumentKind.FORMAL_NOTICE.value,
                FollowUpKind.FORMAL_NOTICE.value,
            ),
        )
    ]


class EffortRow(NamedTuple):
    """What was said or done with the company: ``entity`` says about what."""

    follow_up: int
    entity: str
    subject: int
    kind: str
    date: str
    due: str | None
    done: str | None
    text: str


def exchanges(
    connection: Connection, obligation: int, contract: int, company: int, limit: int = 200
) -> list[EffortRow]:
    """The exchanges about an obligation, its contract and its company, the latest first."""
    return [
        EffortRow(*row)
        for row in connection.execute(
            "SELECT follow_up.id, follow_up.entity, follow_up.subject, follow_up.kind, "
            "follow_up.date, follow_up.due, follow_up.done, follow_up.text "
            "FROM (SELECT 'obligation' AS entity, ? AS subject UNION ALL SELECT 'contract', ? "
            f"UNION ALL SELECT 'company', ?) AS about {_ABOUT} WHERE follow_up.removed = 0 "
            "ORDER BY follow_up.date DESC, follow_up.id DESC LIMIT ?",
            (obligation, contract, company, limit),
        )
    ]


class NeedRow(NamedTuple):
    """Posts that the company looked to fill, and what became of the people proposed."""

    need: int
    obligation: int | None
    post: str
    number: int
    asked_on: str | None
    wanted_on: str | None
    closed_on: str | None


class ProposalRow(NamedTuple):
    """A person proposed for a need; nobody is named here."""

    proposal: int
    need: int
    prescriber: str
    proposed_on: str | None
    answer: str
    answered_on: str | None
    reason: str


def needs(connection: Connection, company: int, obligation: int, limit: int = 200) -> list[NeedRow]:
    """What a company asked for on an obligation, or on none in particular, the latest first."""
    return [
        NeedRow(*row)
        for row in connection.execute(
            "SELECT id, obligation, post, number, asked_on, wanted_on, closed_on FROM need "
            "WHERE company = ? AND (obligation IS NULL OR obligation = ?) AND removed = 0 "
            "ORDER BY coalesce(asked_on, wanted_on, '') DESC, id DESC LIMIT ?",
            (company, obligation, limit),
        )
    ]


def proposals(connection: Connection, wanted: Iterable[int]) -> list[ProposalRow]:
    """The people proposed for some needs, the latest first."""
    return [
        ProposalRow(*row)
        for row in connection.execute(
            "SELECT proposal.id, need, prescriber, proposed_on, answer, answered_on, reason "
            "FROM json_each(?) AS wanted CROSS JOIN proposal ON proposal.need = wanted.value "
            "WHERE proposal.removed = 0 ORDER BY coalesce(proposed_on, '') DESC, proposal.id DESC",
            (id_list(wanted),),
        )
    ]


class Amounts(NamedTuple):
    """Amounts before tax in cents, None when unknown, and how many lots the contract has."""

    lot: int | None
    contract: int | None
    lots: int


def amounts(connection: Connection, lot: int) -> Amounts:
    """The amount of a lot, that of its contract, and the number of its lots."""
    row = connection.execute(
        "SELECT lot.amount_cents, contract.amount_cents, (SELECT count(*) FROM lot AS other "
        "WHERE other.contract = contract.id AND other.removed = 0) FROM lot "
        "CROSS JOIN contract ON contract.id = lot.contract WHERE lot.id = ?",
        (lot,),
    ).fetchone()
    return Amounts(*row) if row else Amounts(None, None, 0)
