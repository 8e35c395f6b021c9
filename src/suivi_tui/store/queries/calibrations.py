"""Calibrations that were kept, what they are about, and the closed contracts they compare to."""

from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import Stage


class CalibrationRow(NamedTuple):
    """A calibration that was kept; ``result`` in hundredths of hours, ``inputs`` as JSON."""

    calibration: int
    contract: int | None
    number: str
    object: str
    lot: int | None
    lot_number: str
    method: str
    inputs: str
    result: int | None
    rounding: str
    obligation: int | None
    made_on: str
    comment: str


class SubjectRow(NamedTuple):
    """What a contract says that a calibration starts from; amount in cents, labour share in
    hundredths of a percent, dates ISO."""

    contract: int
    number: str
    object: str
    buyer_name: str
    category: str
    sector: str
    programme: str
    amount_cents: int | None
    duration_months: int | None
    labour_share: int | None
    start: str | None
    end: str | None
    notified_on: str | None


class SubjectLotRow(NamedTuple):
    """The same of a lot."""

    lot: int
    number: str
    title: str
    trade: str
    amount_cents: int | None
    labour_share: int | None


class ClosedLotRow(NamedTuple):
    """A lot of a closed contract; ``amount_cents`` is its own, or that of a contract that has no
    other lot, which is the final one when it is known."""

    contract: int
    lot: int
    sector: str
    trade: str
    amount_cents: int | None


_COLUMNS = (
    "SELECT calibration.id, coalesce(calibration.contract, lot.contract), "
    "coalesce(contract.number, ''), coalesce(contract.object, ''), calibration.lot, "
    "coalesce(lot.number, ''), calibration.method, calibration.inputs, calibration.result, "
    "calibration.rounding, calibration.obligation, calibration.made_on, calibration.comment "
    "FROM {source} LEFT JOIN lot ON lot.id = calibration.lot "
    "LEFT JOIN contract ON contract.id = coalesce(calibration.contract, lot.contract) "
    "WHERE calibration.removed = 0"
)
ONE = _COLUMNS.format(source="calibration") + " AND calibration.id = ?"
OF_CONTRACT = (
    _COLUMNS.format(source="calibration")
    + " AND calibration.contract = ? ORDER BY calibration.made_on DESC, calibration.id DESC"
)
SUBJECT = (
    "SELECT contract.id, contract.number, contract.object, buyer.name, contract.category, "
    "contract.sector, coalesce(operation.programme, ''), contract.amount_cents, "
    'contract.duration_months, contract.labour_share, contract.start, contract."end", '
    "contract.notified_on FROM contract CROSS JOIN buyer ON buyer.id = contract.buyer "
    "LEFT JOIN operation ON operation.id = contract.operation "
    "WHERE contract.id = ? AND contract.removed = 0"
)
SUBJECT_LOTS = (
    "SELECT id, number, title, trade, amount_cents, labour_share FROM lot "
    "WHERE contract = ? AND removed = 0 ORDER BY length(number), number, id"
)
CLOSED = (
    "SELECT contract.id, lot.id, contract.sector, lot.trade, coalesce(lot.amount_cents, "
    "CASE WHEN (SELECT count(*) FROM lot AS other WHERE other.contract = contract.id "
    "AND other.removed = 0) = 1 "
    "THEN coalesce(contract.final_amount_cents, contract.amount_cents) END) "
    "FROM contract CROSS JOIN lot ON lot.contract = contract.id AND lot.removed = 0 "
    f"WHERE contract.stage = '{Stage.CLOSED.value}' AND contract.taken_up = 1 "
    "AND contract.removed = 0 ORDER BY contract.id, lot.id"
)


def one(connection: Connection, calibration: int) -> CalibrationRow | None:
    """A calibration; None when it does not exist or was removed."""
    row = connection.execute(ONE, (calibration,)).fetchone()
    return CalibrationRow(*row) if row else None


def of_contract(connection: Connection, contract: int) -> list[CalibrationRow]:
    """The calibrations of a contract and of its lots, the latest first."""
    return [CalibrationRow(*row) for row in connection.execute(OF_CONTRACT, (contract,))]


def subject(connection: Connection, contract: int) -> SubjectRow | None:
    """What a contract says of itself; None when it does not exist or was removed."""
    row = connection.execute(SUBJECT, (contract,)).fetchone()
    return SubjectRow(*row) if row else None


def subject_lots(connection: Connection, contract: int) -> list[SubjectLotRow]:
    """The lots of a contract."""
    return [SubjectLotRow(*row) for row in connection.execute(SUBJECT_LOTS, (contract,))]


def closed_lots(connection: Connection) -> list[ClosedLotRow]:
    """The lots of the contracts that were followed and closed."""
    return [ClosedLotRow(*row) for row in connection.execute(CLOSED)]
