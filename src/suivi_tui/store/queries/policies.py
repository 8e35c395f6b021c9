"""What buyers committed to, what proves it, and the contracts their commitments are about.

A year is that of the notification; contracts known from open data only are counted too.
"""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import LotRole, Stage
from suivi_tui.vocabulary.money import Money


class BuyerRow(NamedTuple):
    """A buyer that has a policy, a commitment or contracts; ``last_year`` of its commitments."""

    buyer: int
    name: str
    policies: int
    targets: int
    last_year: int | None
    contracts: int


class PolicyRow(NamedTuple):
    """A charter, a convention or a SPASER."""

    policy: int
    buyer: int
    kind: str
    name: str
    start: str | None
    end: str | None
    text: str


class TargetRow(NamedTuple):
    """One commitment of a buyer for one year; figures in hundredths of the unit."""

    policy_target: int
    buyer: int
    policy: int | None
    policy_name: str
    year: int
    indicator: str
    commitment: str
    unit: str
    target: int | None
    typed: int | None


class EvidenceRow(NamedTuple):
    """What proves that a commitment was kept, and where it is found."""

    evidence: int
    policy_target: int
    date: str | None
    label: str
    link: str


class NotifiedRow(NamedTuple):
    """A contract notified in the year; ``refused`` 1 when its clause was refused in writing."""

    contract: int
    clause_form: str
    refused: int
    amount_cents: Money | None
    taken_up: int


class HeldLotRow(NamedTuple):
    """A lot of a contract notified in the year; a lone lot has the amount of its contract.

    ``kinds`` are the kinds of its holders, separated by line ends.
    """

    lot: int
    amount_cents: Money | None
    kinds: str


class RefusalRow(NamedTuple):
    """A contract without social condition, the ground and the day it was written."""

    refusal: int
    contract: int
    number: str
    object: str
    ground: str
    text: str
    date: str | None


# Another tool may have written a year that no calendar has.
_CALENDAR = "year BETWEEN 2000 AND 2100"
BUYERS = (
    "SELECT buyer.id, buyer.name, "
    "(SELECT count(*) FROM policy WHERE policy.buyer = buyer.id AND policy.removed = 0), "
    "(SELECT count(*) FROM policy_target AS aim WHERE aim.buyer = buyer.id AND aim.removed = 0), "
    "(SELECT max(year) FROM policy_target AS aim "
    f"WHERE aim.buyer = buyer.id AND aim.removed = 0 AND {_CALENDAR}), "
    "(SELECT count(*) FROM contract WHERE contract.buyer = buyer.id AND contract.removed = 0) "
    "FROM buyer WHERE buyer.removed = 0 ORDER BY buyer.name COLLATE NOCASE, buyer.id"
)
POLICIES = (
    'SELECT id, buyer, kind, name, start, "end", text FROM policy '
    "WHERE buyer = ? AND removed = 0 ORDER BY coalesce(start, ''), id"
)
_TARGET = (
    "SELECT aim.id, aim.buyer, aim.policy, coalesce(policy.name, ''), aim.year, aim.indicator, "
    "aim.commitment, aim.unit, aim.target, aim.typed FROM policy_target AS aim "
    "LEFT JOIN policy ON policy.id = aim.policy AND policy.removed = 0 "
)
TARGETS = _TARGET + "WHERE aim.buyer = ? AND aim.year = ? AND aim.removed = 0 ORDER BY aim.id"
YEARS = (
    f"SELECT buyer, year FROM policy_target WHERE removed = 0 AND {_CALENDAR} GROUP BY buyer, year "
    "ORDER BY buyer, year"
)
EVIDENCE = (
    "SELECT evidence.id, evidence.policy_target, evidence.date, evidence.label, evidence.link "
    "FROM json_each(?) AS wanted CROSS JOIN evidence ON evidence.policy_target = wanted.value "
    "WHERE evidence.removed = 0 ORDER BY evidence.policy_target, evidence.date, evidence.id"
)
NOTIFIED = (
    "SELECT contract.id, contract.clause_form, "
    f"contract.stage = '{Stage.REFUSED.value}' OR EXISTS (SELECT 1 FROM refusal "
    "WHERE refusal.contract = contract.id AND refusal.removed = 0), "
    "contract.amount_cents, contract.taken_up FROM contract WHERE contract.buyer = ? "
    "AND contract.removed = 0 AND contract.notified_on BETWEEN ? AND ?"
)
UNDATED = (
    "SELECT count(*) FROM contract WHERE buyer = ? AND removed = 0 "
    "AND coalesce(notified_on, '') = '' "
    f"AND stage NOT IN ('{Stage.PROJECT.value}', '{Stage.CONSULTATION.value}')"
)
HELD_LOTS = (
    "SELECT lot.id, CASE WHEN lot.amount_cents IS NOT NULL THEN lot.amount_cents "
    "WHEN (SELECT count(*) FROM lot AS other WHERE other.contract = contract.id "
    "AND other.removed = 0) = 1 THEN contract.amount_cents END, "
    "group_concat(company.kind, char(10)) FROM contract "
    "CROSS JOIN lot ON lot.contract = contract.id AND lot.removed = 0 "
    "CROSS JOIN lot_company AS held ON held.lot = lot.id AND held.removed = 0 "
    f"AND held.role <> '{LotRole.SUBCONTRACTOR.value}' "
    "CROSS JOIN company ON company.id = held.company "
    "WHERE contract.buyer = ? AND contract.removed = 0 AND contract.notified_on BETWEEN ? AND ? "
    "GROUP BY lot.id"
)
REFUSALS = (
    "SELECT refusal.id, contract.id, contract.number, contract.object, refusal.ground, "
    "refusal.text, coalesce(refusal.date, contract.notified_on, contract.planned_on) AS day "
    "FROM contract CROSS JOIN refusal ON refusal.contract = contract.id AND refusal.removed = 0 "
    "WHERE contract.buyer = ? AND contract.removed = 0 AND day BETWEEN ? AND ? "
    "ORDER BY refusal.ground, day, refusal.id"
)
YEARS_NOTIFIED = (
    "SELECT DISTINCT CAST(substr(notified_on, 1, 4) AS INTEGER) FROM contract "
    "WHERE buyer = ? AND removed = 0 AND notified_on >= '2000' AND notified_on < '2101'"
)


def buyers(connection: Connection) -> list[BuyerRow]:
    """Every buyer, by name."""
    return [BuyerRow._make(row) for row in connection.execute(BUYERS)]


def policies_of(connection: Connection, buyer: int) -> list[PolicyRow]:
    """The charters, conventions and SPASER of a buyer, the oldest first."""
    return [PolicyRow._make(row) for row in connection.execute(POLICIES, (buyer,))]


def targets_of(connection: Connection, buyer: int, year: int) -> list[TargetRow]:
    """The commitments of a buyer for a year, in the order they were entered."""
    return [TargetRow._make(row) for row in connection.execute(TARGETS, (buyer, year))]


def years_with_targets(connection: Connection) -> list[tuple[int, int]]:
    """The buyers and years that have commitments."""
    return connection.execute(YEARS).fetchall()


def years_of(connection: Connection, buyer: int) -> list[int]:
    """The years in which a buyer has commitments or notified contracts, the latest first."""
    notified = {row[0] for row in connection.execute(YEARS_NOTIFIED, (buyer,))}
    engaged = {year for one, year in years_with_targets(connection) if one == buyer}
    return sorted(notified | engaged, reverse=True)


def evidence_of(connection: Connection, targets: Iterable[int]) -> list[EvidenceRow]:
    """What proves some commitments."""
    rows = connection.execute(EVIDENCE, (id_list(targets),))
    return [EvidenceRow._make(row) for row in rows]


def notified(connection: Connection, buyer: int, year: int) -> list[NotifiedRow]:
    """The contracts that a buyer notified in a year, followed or known from open data."""
    rows = connection.execute(NOTIFIED, (buyer, *_days(year)))
    return [NotifiedRow._make(row) for row in rows]


def undated(connection: Connection, buyer: int) -> int:
    """Contracts past their consultation whose notification is unknown: in no year."""
    found: int = connection.execute(UNDATED, (buyer,)).fetchone()[0]
    return found


def held_lots(connection: Connection, buyer: int, year: int) -> list[HeldLotRow]:
    """The lots of the contracts notified in a year, with the kinds of their holders."""
    rows = connection.execute(HELD_LOTS, (buyer, *_days(year)))
    return [HeldLotRow._make(row) for row in rows]


def refusals(connection: Connection, buyer: int, year: int) -> list[RefusalRow]:
    """The contracts without social condition of a year, by ground."""
    rows = connection.execute(REFUSALS, (buyer, *_days(year)))
    return [RefusalRow._make(row) for row in rows]


def _days(year: int) -> tuple[str, str]:
    return f"{year}-01-01", f"{year}-12-31"
