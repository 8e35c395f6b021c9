"""What the alerts look at around obligations: changes of their contracts, notices, purchases.

Dates are ISO text. Every statement goes from few rows to many by a key.
"""

import json
from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import ContractEventKind, DocumentKind, FollowUpKind

CHANGES = (
    "SELECT obligation.id, event.id, event.date, event.kind, EXISTS (SELECT 1 FROM "
    "obligation_event AS moved WHERE moved.obligation = obligation.id AND moved.removed = 0 "
    "AND moved.contract_event = event.id) FROM json_each(:ids) AS wanted "
    "CROSS JOIN obligation ON obligation.id = wanted.value "
    "CROSS JOIN lot ON lot.id = obligation.lot "
    "CROSS JOIN contract_event AS event ON event.contract = lot.contract "
    "AND (event.lot IS NULL OR event.lot = lot.id) "
    "WHERE event.removed = 0 AND event.kind IN "
    f"('{ContractEventKind.AMOUNT.value}', '{ContractEventKind.DURATION.value}', "
    f"'{ContractEventKind.EXTENSION.value}') ORDER BY event.date, event.id"
)
# A letter made here is a draft until the day it was sent is known; that day wins.
FILED = (
    "SELECT follow_up.entity, follow_up.subject, follow_up.id, follow_up.kind, "
    "coalesce(document.sent_on, follow_up.date), follow_up.due, follow_up.done, "
    "document.id IS NULL OR document.sent_on IS NOT NULL FROM json_each(:about) AS wanted "
    "CROSS JOIN follow_up ON follow_up.entity = json_extract(wanted.value, '$[0]') "
    "AND follow_up.subject = json_extract(wanted.value, '$[1]') "
    "LEFT JOIN document ON document.id = follow_up.document AND document.removed = 0 "
    f"AND document.kind = '{DocumentKind.FORMAL_NOTICE.value}' "
    "WHERE follow_up.removed = 0 AND follow_up.kind IN "
    f"('{FollowUpKind.CERTIFICATE.value}', '{FollowUpKind.FORMAL_NOTICE.value}', "
    f"'{FollowUpKind.PENALTY.value}', '{FollowUpKind.WAIVER.value}') ORDER BY follow_up.id"
)
CERTIFICATES = (
    "SELECT DISTINCT document.subject FROM json_each(:ids) AS wanted "
    "CROSS JOIN document ON document.entity = 'obligation' AND document.subject = wanted.value "
    f"WHERE document.removed = 0 AND document.kind = '{DocumentKind.CERTIFICATE.value}'"
)
PENALTY_CASES = (
    "SELECT penalty_case.obligation, penalty_case.notice_on FROM json_each(:ids) AS wanted "
    "CROSS JOIN penalty_case ON penalty_case.obligation = wanted.value "
    "WHERE penalty_case.removed = 0"
)
_PURCHASE = (
    "SELECT contract.id, contract.category, coalesce(buyer.kind, ''), contract.amount_cents, "
    "contract.clause_form, contract.notice_sent_on, contract.answer_due, buyer.answer_weeks, "
    "EXISTS (SELECT 1 FROM refusal WHERE refusal.contract = contract.id AND refusal.removed = 0) "
    "OR EXISTS (SELECT 1 FROM follow_up WHERE follow_up.entity = 'contract' "
    f"AND follow_up.subject = contract.id AND follow_up.kind = '{FollowUpKind.REFUSAL.value}' "
    "AND follow_up.removed = 0), contract.asked_on, contract.answered_on, "
    "coalesce(buyer.network_operator, 0) FROM {source} "
    "LEFT JOIN buyer ON buyer.id = contract.buyer WHERE contract.removed = 0"
)
PURCHASES = _PURCHASE.format(
    source="json_each(:ids) AS wanted CROSS JOIN contract ON contract.id = wanted.value"
)
# Contracts that nobody follows, and refused clauses: those with an amount and no condition only.
OTHER_PURCHASES = (
    _PURCHASE.format(
        source="(VALUES (0, '', 'clos'), (0, 'clos ', char(1114111)), "
        "(1, 'refuse', 'refuse ')) AS band CROSS JOIN contract "
        "ON contract.taken_up = band.column1 AND contract.stage >= band.column2 "
        "AND contract.stage < band.column3"
    )
    + " AND contract.amount_cents >= :least AND contract.closed_on IS NULL "
    "AND contract.clause_form IN ('', 'aucune', 'critere')"
)
LED = (
    "SELECT contract.id FROM (VALUES ('', 'clos'), ('clos ', 'refuse'), ('refuse ', "
    "char(1114111))) AS band CROSS JOIN contract ON contract.taken_up = 1 "
    "AND contract.stage >= band.column1 AND contract.stage < band.column2 "
    "WHERE contract.removed = 0 AND contract.facilitator <> '' LIMIT 1"
)


class ChangeRow(NamedTuple):
    """A change of amount or duration of the contract of an obligation."""

    obligation: int
    event: int
    date: str
    kind: str
    linked: int


class FiledRow(NamedTuple):
    """An act filed about a record: attestation, formal notice, penalty, waiver.

    ``sent`` is 0 for a letter that was prepared and is not known to be sent.
    """

    entity: str
    subject: int
    follow_up: int
    kind: str
    date: str
    due: str | None
    done: str | None
    sent: int


class PurchaseRow(NamedTuple):
    """A contract as its buyer prepares it; ``grounded`` when a ground was written,
    ``network_operator`` 1 for an entité adjudicatrice."""

    contract: int
    category: str
    buyer_kind: str
    amount_cents: int | None
    clause_form: str
    notice_sent_on: str | None
    answer_due: str | None
    answer_weeks: int | None
    grounded: int
    asked_on: str | None
    answered_on: str | None
    network_operator: int


def changes(connection: Connection, obligations: Iterable[int]) -> list[ChangeRow]:
    """Changes of amount and duration of the contracts of some obligations, by date."""
    rows = connection.execute(CHANGES, {"ids": id_list(obligations)})
    return [ChangeRow._make(row) for row in rows]


def filed(connection: Connection, about: Iterable[tuple[str, int]]) -> list[FiledRow]:
    """The acts filed about some records, the oldest first."""
    rows = connection.execute(FILED, {"about": json.dumps(sorted(about))})
    return [FiledRow._make(row) for row in rows]


def certified(connection: Connection, obligations: Iterable[int]) -> set[int]:
    """The obligations for which an attestation was made."""
    return {row[0] for row in connection.execute(CERTIFICATES, {"ids": id_list(obligations)})}


def penalty_notices(
    connection: Connection, obligations: Iterable[int]
) -> list[tuple[int, str | None]]:
    """The obligations with a penalty case, and the day of the notice that it rests on."""
    rows = connection.execute(PENALTY_CASES, {"ids": id_list(obligations)})
    return [(row[0], row[1]) for row in rows]


def purchases(connection: Connection, contracts: Iterable[int]) -> list[PurchaseRow]:
    """Some contracts as their buyers prepare them."""
    rows = connection.execute(PURCHASES, {"ids": id_list(contracts)})
    return [PurchaseRow._make(row) for row in rows]


def purchases_without_clause(connection: Connection, least_cents: int) -> list[PurchaseRow]:
    """Contracts that nobody follows, or whose clause was refused, of an amount or more."""
    rows = connection.execute(OTHER_PURCHASES, {"least": least_cents})
    return [PurchaseRow._make(row) for row in rows]


def somebody_follows(connection: Connection) -> bool:
    """Whether somebody is said to follow at least one contract."""
    return connection.execute(LED).fetchone() is not None
