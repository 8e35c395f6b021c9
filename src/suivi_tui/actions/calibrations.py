"""Keeping calibrations, and making one the objective of an obligation; each one batch."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from suivi_tui.actions.named_records import found_or_new
from suivi_tui.actions.obligations import known_obligation
from suivi_tui.actions.records import RecordGone, Saved
from suivi_tui.model.inputs import FieldErrors, checked
from suivi_tui.readings.calibration_texts import kept_text
from suivi_tui.rules.calibration import Calibration
from suivi_tui.store.base import Base
from suivi_tui.store.drafts import drop_draft
from suivi_tui.store.journal import Change, Receipt, changed, created, write
from suivi_tui.store.queries import calibrations, entry
from suivi_tui.store.queries.calibrations import CalibrationRow
from suivi_tui.store.queries.obligations import EventRow, event_rows
from suivi_tui.store.queries.owing import read_owing
from suivi_tui.vocabulary.choices import (
    CalibrationMethod,
    LotRole,
    ObligationEventKind,
    label_of,
)
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.text import clean
from suivi_tui.vocabulary.typography import french

DRAFT: Final = "calibrage"
"""Where what is typed on the workbench waits, by contract, until it is kept."""

NO_CONTRACT: Final = "nouveau"
TEXT_LIMIT: Final = 9_000


class NotComputed(UserError):
    """There is no result to keep; the sentence says what is missing."""


class CalibrationRefused(UserError):
    """A calibration cannot become what is owed as things are; nothing was written."""


class ToKeep(NamedTuple):
    """One result to keep, for a lot or for the whole contract (``lot`` None)."""

    lot: int | None
    calibration: Calibration


class KeptCalibrations(NamedTuple):
    """The rows that were made, in the order given, and their batch."""

    rows: tuple[int, ...]
    batch: int


def keep_calibrations(
    base: Base, contract: int, results: Sequence[ToKeep], today: date, comment: str = ""
) -> KeptCalibrations:
    """Keep results with their figures, formula and rounding; what was half-done is forgotten.

    Raises NotComputed when one has no result, RecordGone when the contract or lot is not there.
    """
    about = entry.record(base.connection, "contract", contract)
    if about is None:
        raise RecordGone
    changes: list[Change] = []
    for lot, calibration in results:
        if calibration.hours is None:
            raise NotComputed(
                french(f"Rien n'a été enregistré : {calibration.refusal[:1].lower()}"
                       f"{calibration.refusal[1:]}")
            )  # fmt: skip
        part = entry.record(base.connection, "lot", lot) if lot is not None else None
        if lot is not None and (part is None or part["contract"] != contract):
            raise RecordGone
        text = kept_text(calibration)
        if len(text) > TEXT_LIMIT:
            raise NotComputed(
                "Les sources de ce calibrage sont trop longues pour être gardées : raccourcissez "
                "celles du fichier de référence."
            )
        values = {
            "contract": contract,
            "lot": lot,
            "method": calibration.method.value,
            "inputs": text,
            "result": calibration.hours,
            "rounding": calibration.options.rounding.value,
            "made_on": today,
            "comment": comment,
        }
        changes.append(created("calibration", base.new_id(), checked("calibration", values)))
    if not changes:
        raise NotComputed("Rien n'a été enregistré : aucun lot n'a pu être calibré.")
    number = clean(str(about["number"] or about["object"] or ""), 60)
    receipt = write(base, changes, label=french(f"Calibrage : marché {number}"))
    drop_draft(base, DRAFT, str(contract))
    return KeptCalibrations(tuple(int(change.row) for change in changes), receipt.batch)


def apply_calibration(base: Base, calibration: int, obligation: int, on: date) -> Receipt:
    """Make a kept result the objective of an obligation of its contract.

    The initial objective when there was none yet; else an amendment that brings what is owed to
    the result. Raises RecordGone, or CalibrationRefused.
    """
    row = _kept(base, calibration)
    owed = known_obligation(base, obligation)
    if owed.contract != row.contract or row.lot not in (None, owed.lot):
        raise CalibrationRefused(
            "Ce calibrage n'est pas celui de ce lot : rien n'a été modifié. Choisissez une "
            "obligation du même lot."
        )
    hours = _hours(row)
    changes = _objective(base, obligation, row, hours, on)
    if row.obligation != obligation:
        changes.append(changed("calibration", calibration, "obligation", obligation))
    if not changes:
        raise CalibrationRefused("L'obligation doit déjà ces heures : rien n'a été modifié.")
    return write(base, changes, label=_label(row, owed.company_name))


def apply_to_new_holder(
    base: Base, calibration: int, lot: int, company: int | str, on: date
) -> Saved:
    """Make a kept result the objective of a new obligation: its holder (an id, or the name of a
    known company or of a new one) is put on the lot. The row is that of the obligation.

    Raises RecordGone, FieldErrors or CalibrationRefused.
    """
    row = _kept(base, calibration)
    part = entry.record(base.connection, "lot", lot)
    if part is None or part["contract"] != row.contract or row.lot not in (None, lot):
        raise RecordGone
    if not company:
        raise FieldErrors({"company": "une entreprise est attendue"})
    changes: list[Change] = []
    holder = found_or_new(base, "company", company, changes)
    obligation, role = base.new_id(), LotRole.HOLDER.value
    about: dict[str, Any] = {"lot": lot, "company": holder}
    changes += [
        created("lot_company", base.new_id(), checked("lot_company", {**about, "role": role})),
        created("obligation", obligation, checked("obligation", about)),
        _movement(base, obligation, ObligationEventKind.INITIAL, row, _hours(row), on),
        changed("calibration", calibration, "obligation", obligation),
    ]
    return Saved(obligation, *write(base, changes, label=_label(row, str(company)
                 if isinstance(company, str) else "")))  # fmt: skip


def _objective(
    base: Base, obligation: int, row: CalibrationRow, hours: Hours, on: date
) -> list[Change]:
    """What brings the objective of an obligation to the result of a calibration."""
    events = event_rows(base.connection, [obligation])
    waiting = next((event for event in events if _to_enter(event)), None)
    if waiting is not None and len(events) == 1:
        return [changed("obligation_event", waiting.event, "hours", hours)]
    if not events:
        return [_movement(base, obligation, ObligationEventKind.INITIAL, row, hours, on)]
    due = read_owing(base.connection, [obligation])[obligation].due(on) or Hours(0)
    if due == hours:
        return []
    moved = Hours(hours - due)
    return [_movement(base, obligation, ObligationEventKind.AMENDMENT, row, moved, on)]


def _to_enter(event: EventRow) -> bool:
    """An initial objective whose hours were never entered."""
    initial = event.kind == ObligationEventKind.INITIAL.value
    return initial and event.hours is None and event.amount_cents is None


def _movement(
    base: Base, obligation: int, kind: ObligationEventKind, row: CalibrationRow, hours: Hours,
    on: date,
) -> Change:  # fmt: skip
    values = {
        "obligation": obligation,
        "date": on,
        "kind": kind.value,
        "hours": hours,
        "reason": _reason(row),
    }
    return created("obligation_event", base.new_id(), checked("obligation_event", values))


def _reason(row: CalibrationRow) -> str:
    method = label_of(CalibrationMethod, row.method).lower()
    made = format_date(date.fromisoformat(row.made_on)) if row.made_on else ""
    return french(f"calibrage du {made} : {method}" if made else f"calibrage : {method}")


def _kept(base: Base, calibration: int) -> CalibrationRow:
    row = calibrations.one(base.connection, calibration)
    if row is None:
        raise RecordGone
    return row


def _hours(row: CalibrationRow) -> Hours:
    if row.result is None:
        raise CalibrationRefused("Ce calibrage n'a pas de résultat : rien n'a été modifié.")
    return Hours(row.result)


def _label(row: CalibrationRow, company: str) -> str:
    lot = f" lot {row.lot_number}" if row.lot_number not in ("", "0") else ""
    name = f", {clean(company, 60)}" if company else ""
    return french(f"Objectif calibré : marché {clean(row.number or row.object, 60)}{lot}{name}")
