"""What a calibration starts from: the figures that a contract and its lots already say."""

from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.readings.calibration_texts import kept_of
from suivi_tui.reference.calibration_reference import CalibrationReference
from suivi_tui.rules.calibration import Options
from suivi_tui.rules.calibration_inputs import (
    AMOUNT,
    DURATION,
    LABOUR_SHARE,
    Given,
    given_by,
    usual_inputs,
)
from suivi_tui.rules.calibration_lots import Case, LotCase
from suivi_tui.store.queries import calibrations as queries
from suivi_tui.store.queries.calibrations import SubjectLotRow, SubjectRow
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import iso_date

FROM_CONTRACT: Final = "fiche du marché"
FROM_LOT: Final = "fiche du lot"
_DATES: Final = "dates du marché"
_CENTS: Final = 100
_HUNDREDTHS_OF_PERCENT: Final = 10_000
_DAYS_OF_A_MONTH: Final = Fraction(365, 12)


class CalibrationSubject(NamedTuple):
    """A contract to size: what it says, and the case that begins from it."""

    row: SubjectRow
    lots: tuple[SubjectLotRow, ...]
    case: Case


def empty_case(reference: CalibrationReference) -> Case:
    """A workbench about no contract: what the reference gives, and nothing else."""
    return Case(usual_inputs(reference), (), Options(training=reference.training))


def read_subject(
    connection: Connection, contract: int, reference: CalibrationReference
) -> CalibrationSubject | None:
    """A contract with the figures it gives; None when it was removed.

    What was typed for the last calibration that was kept is there too; what the contract itself
    says today wins.
    """
    row = queries.subject(connection, contract)
    if row is None:
        return None
    lots = tuple(queries.subject_lots(connection, contract))
    case = empty_case(reference)
    common = {**case.common, **_kept(connection, contract), **_of_contract(row, reference)}
    if len(lots) == 1:
        common |= _of_lot(lots[0], row, reference)
        return CalibrationSubject(row, lots, case._replace(common=common))
    cases = tuple(
        LotCase(lot.lot, _name(lot), _of_lot(lot, row, reference), lot.trade or lot.title)
        for lot in lots
    )
    return CalibrationSubject(row, lots, case._replace(common=common, lots=cases))


def _kept(connection: Connection, contract: int) -> dict[str, Given]:
    """The figures of the last calibration of the contract, or of its only lot."""
    rows = queries.of_contract(connection, contract)
    last = max(rows, key=lambda row: (row.made_on, row.calibration), default=None)
    return dict(kept_of(last.inputs).inputs) if last is not None else {}


def _name(lot: SubjectLotRow) -> str:
    return " ".join(part for part in (f"Lot {lot.number}", lot.title or lot.trade) if part)


def _of_contract(row: SubjectRow, reference: CalibrationReference) -> dict[str, Given]:
    found: dict[str, Given] = {}
    if row.amount_cents:
        found[AMOUNT.code] = Given(Fraction(row.amount_cents, _CENTS), FROM_CONTRACT)
    duration = _duration(row)
    if duration is not None:
        found[DURATION.code] = duration
    share = _share(row.labour_share, FROM_CONTRACT, "", row.sector, reference)
    if share is not None:
        found[LABOUR_SHARE.code] = share
    return found


def _of_lot(
    lot: SubjectLotRow, row: SubjectRow, reference: CalibrationReference
) -> dict[str, Given]:
    found: dict[str, Given] = {}
    if lot.amount_cents:
        found[AMOUNT.code] = Given(Fraction(lot.amount_cents, _CENTS), FROM_LOT)
    if lot.labour_share is not None:
        share = Fraction(lot.labour_share, _HUNDREDTHS_OF_PERCENT)
        found[LABOUR_SHARE.code] = Given(share, FROM_LOT)
    elif row.labour_share is None:
        text = f"{lot.trade} {lot.title}".strip()
        value = reference.share_of(text, row.sector)
        if value is not None:
            found[LABOUR_SHARE.code] = given_by(value)
    return found


def _share(
    own: int | None, source: str, trade: str, sector: str, reference: CalibrationReference
) -> Given | None:
    if own is not None:
        return Given(Fraction(own, _HUNDREDTHS_OF_PERCENT), source)
    value = reference.share_of(trade, sector)
    return given_by(value) if value is not None else None


def _duration(row: SubjectRow) -> Given | None:
    """Months of a contract: those planned, else those between its dates, to the nearest one."""
    if row.duration_months:
        return Given(Fraction(row.duration_months), FROM_CONTRACT)
    start, end = iso_date(row.start or row.notified_on), iso_date(row.end)
    if start is None or end is None or end <= start:
        return None
    months = round(((end - start).days + 1) / _DAYS_OF_A_MONTH)
    return Given(Fraction(max(1, months)), _DATES)
