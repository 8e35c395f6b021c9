"""The formula and the schedule of an obligation: set in one batch, with a date and a reason."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from suivi_tui.actions.obligations import known_obligation
from suivi_tui.actions.records import FieldErrors
from suivi_tui.actions.terms import exchanged
from suivi_tui.rules.formula_terms import (
    NO,
    YES,
    Said,
    formula_of,
    parse_steps,
    steps_stored,
)
from suivi_tui.rules.site_calendar import idle_spans_text, parse_idle_spans
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Receipt, Value, changed, created, write
from suivi_tui.store.queries.obligations import ObligationRow, iso_date
from suivi_tui.store.queries.terms import TermRow, of_contracts
from suivi_tui.vocabulary.choices import (
    ContractEventKind,
    FormulaTerm,
    OwedFormula,
    ScheduleKind,
    find,
)
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.text import clean
from suivi_tui.vocabulary.typography import french

YEAR_FIELD = f"{FormulaTerm.VOLUME.value}/"
_FIGURES = (
    FormulaTerm.HOURS,
    FormulaTerm.STEP,
    FormulaTerm.THRESHOLD,
    FormulaTerm.BASIS,
    FormulaTerm.READING,
    FormulaTerm.ROUNDING,
    FormulaTerm.RATE,
    FormulaTerm.TAKEN_OVER,
    FormulaTerm.PLANNED,
    FormulaTerm.VOLUME,
    FormulaTerm.CARRIED,
)


def set_formula(
    base: Base, obligation: int, values: Mapping[str, Any], on: date, reason: str
) -> Receipt:
    """Set how hours are owed: ``formula`` (``OwedFormula``) and figures by ``FormulaTerm`` code.

    Figures are whole hundredths or cents, codes of lists, or a bool; what is not given is taken
    back. They are those of the lot: its other holders share them. Raises FieldErrors.
    """
    row = known_obligation(base, obligation)
    code = find(OwedFormula, str(values.get("formula") or ""))
    wanted = {term.value: _text(values.get(term.value)) for term in _FIGURES}
    wanted |= {key: _text(value) for key, value in values.items() if key.startswith(YEAR_FIELD)}
    said = Said({key: text for key, text in wanted.items() if text is not None})
    begins, ends = iso_date(row.contract_start or row.notified_on or row.start), row.last_day
    faults = _faults(code, said, begins, ends) | _no_reason(reason)
    if faults or code is None:
        raise FieldErrors(faults)
    changes = [*_terms(base, row, wanted), *_code(base, row, "formula", code.value)]
    return _written(base, row, changes, on, "Formule", code.label, reason)


def set_schedule(
    base: Base, obligation: int, values: Mapping[str, Any], on: date, reason: str
) -> Receipt:
    """Set how hours are expected: ``schedule`` (``ScheduleKind``), idle spans and dated steps.

    Idle spans and steps are texts as people write them, by ``FormulaTerm`` code; None goes back to
    the idle spans of the category. Raises FieldErrors.
    """
    row = known_obligation(base, obligation)
    kind = find(ScheduleKind, str(values.get("schedule") or ""))
    faults = _no_reason(reason)
    wanted: dict[str, str | None] = {}
    idle, steps = (values.get(term.value) for term in (FormulaTerm.IDLE, FormulaTerm.STEPS))
    try:
        wanted[FormulaTerm.IDLE.value] = (
            idle_spans_text(parse_idle_spans(str(idle))) if idle else None
        )
    except UserError as error:
        faults[FormulaTerm.IDLE.value] = str(error)
    try:
        wanted[FormulaTerm.STEPS.value] = steps_stored(parse_steps(str(steps or ""))) or None
    except UserError as error:
        faults[FormulaTerm.STEPS.value] = str(error)
    if kind is None:
        faults["schedule"] = "choisissez un calendrier"
    if kind in (ScheduleKind.STEPS, ScheduleKind.MILESTONES) and not steps:
        faults[FormulaTerm.STEPS.value] = "au moins une étape datée est attendue"
    if faults or kind is None:
        raise FieldErrors(faults)
    changes = [*_terms(base, row, wanted), *_code(base, row, "schedule", kind.value)]
    return _written(base, row, changes, on, "Calendrier", kind.label, reason)


def add_hours_worked(
    base: Base, obligation: int, on: date | None, hours: Hours | None, reason: str
) -> Receipt:
    """Hours worked on the contract by anybody, in all by a day; the figure of that day if there
    was one is replaced. Raises FieldErrors."""
    row = known_obligation(base, obligation)
    faults = _no_reason(reason)
    if on is None:
        faults["date"] = "une date est attendue"
    if hours is None or hours < 0:
        faults["hours"] = "les heures travaillées depuis le début sont attendues"
    if faults or on is None:
        raise FieldErrors(faults)
    day, text = on.isoformat(), str(hours)
    known = _stored(base, row).get(FormulaTerm.WORKED.value, [])
    same = next((term for term in known if term.valid_from == day), None)
    if same is not None:
        changes = [changed("term", same.term, "value", text)] if same.value != text else []
    else:
        code = FormulaTerm.WORKED.value
        term: dict[str, Value] = {"contract": row.contract, "lot": row.lot, "code": code}
        changes = [created("term", base.new_id(), {**term, "value": text, "valid_from": day})]
    return write(base, changes, label=_label("Heures travaillées", row, reason))


def _faults(
    code: OwedFormula | None, said: Said, begins: date | None, ends: date | None
) -> dict[str, str]:
    if code is None:
        return {"formula": "choisissez une formule"}
    step = said.whole(FormulaTerm.STEP.value)
    if code is OwedFormula.PER_AMOUNT and not step:
        return {FormulaTerm.STEP.value: "un montant supérieur à 0 est attendu"}
    rate = said.whole(FormulaTerm.RATE.value)
    if code is OwedFormula.PERCENT_OF_HOURS and not (rate and rate <= 100_00):
        return {FormulaTerm.RATE.value: "une part de 0 à 100 % est attendue"}
    missing = formula_of(code.value, said, begins, ends).missing
    if not missing:
        return {}
    fields = {
        OwedFormula.PER_AMOUNT: FormulaTerm.HOURS.value,
        OwedFormula.PER_YEAR: FormulaTerm.VOLUME.value,
    }
    return {fields.get(code, "formula"): f"il manque {missing}"}


def _terms(base: Base, row: ObligationRow, wanted: Mapping[str, str | None]) -> Iterable[Change]:
    """What makes the lot say the texts wanted; years that are no longer named are taken back."""
    stored = _stored(base, row)
    dropped = {code: None for code in stored if code.startswith(YEAR_FIELD)}
    for code, text in {**(dropped if FormulaTerm.VOLUME.value in wanted else {}), **wanted}.items():
        place = (row.contract, row.lot, code)
        yield from exchanged(base, place, stored.get(code, []), () if text is None else (text,))


def _stored(base: Base, row: ObligationRow) -> dict[str, list[TermRow]]:
    found: dict[str, list[TermRow]] = {}
    for term in of_contracts(base.connection, [row.contract]).get(row.contract, ()):
        if term.lot == row.lot:
            found.setdefault(term.code, []).append(term)
    return found


def _code(base: Base, row: ObligationRow, field: str, code: str) -> Iterable[Change]:
    from suivi_tui.store.queries.entry import record

    known = record(base.connection, "obligation", row.obligation)
    if known is not None and known[field] != code:
        yield changed("obligation", row.obligation, field, code)


def _written(
    base: Base, row: ObligationRow, changes: list[Change], on: date, what: str, said: str,
    reason: str,
) -> Receipt:  # fmt: skip
    if changes:
        # The contract keeps when and why it was so decided, among its modifications.
        values: dict[str, Value] = {
            "contract": row.contract,
            "lot": row.lot,
            "date": on.isoformat(),
            "kind": ContractEventKind.OTHER.value,
            "reason": clean(french(f"{what} : {said.lower()}. {reason}"), 1000),
        }
        changes.append(created("contract_event", base.new_id(), values))
    return write(base, changes, label=_label(what, row, reason))


def _label(what: str, row: ObligationRow, reason: str) -> str:
    lot = f" lot {row.lot_number}" if row.lot_number not in ("", "0") else ""
    return french(f"{what} : marché {row.number or row.object}{lot} ({clean(reason, 60)})")


def _no_reason(reason: str) -> dict[str, str]:
    return {} if clean(reason or "") else {"reason": "un motif est attendu"}


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)
