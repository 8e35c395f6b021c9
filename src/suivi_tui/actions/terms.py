"""The terms of a contract or of one of its lots: set, changed, taken back to reference."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from suivi_tui.actions.named_records import found_or_new
from suivi_tui.actions.records import FieldErrors, RecordGone, called
from suivi_tui.reference.alert_limits import checked_limit, contract_limit
from suivi_tui.reference.values import ReferenceRefused, expected
from suivi_tui.rules.checks import CHECKS
from suivi_tui.rules.terms import LAST_DUE_DAY, LONGEST_WINDOW
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Receipt, changed, created, removed, write
from suivi_tui.store.queries import entry
from suivi_tui.store.queries.terms import TermRow, of_contracts
from suivi_tui.vocabulary.choices import (
    CHECK_TERM,
    Cadence,
    CheckGravity,
    Choice,
    HolderDeclares,
    TermCode,
    find,
)
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import iso_month, month_of, parse_month
from suivi_tui.vocabulary.numbers import NBSP

YES: Final = "oui"
NO: Final = "non"
DECLARANT_FIELD: Final = f"{TermCode.DECLARANT.value}/"
"""Before the rank (from 0) of a declarant in the faults of :class:`TermErrors`."""


class TermErrors(FieldErrors):
    """What is wrong in the terms of a contract, by code; nothing was written."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(fields)
        told = f"{NBSP}; ".join(f"{_label(code)}{NBSP}: {fault}" for code, fault in fields.items())
        self.args = (f"Rien n'a été enregistré, il reste à corriger{NBSP}: {told}.",)


def set_terms(base: Base, contract: int, lot: int | None, values: Mapping[str, Any]) -> Receipt:
    """Set terms of a contract, or of one of its lots, in one batch.

    ``values`` are by ``TermCode`` value or ``controle/CODE``; None, '' or an empty list goes back
    to what the contract says (for a lot), else to reference data. Declarants are a list of
    companies by id or name, a new name being created. Terms that are not in ``values`` stay;
    what is already so writes nothing. Raises TermErrors (a FieldErrors) or RecordGone.
    """
    about = entry.record(base.connection, "contract", contract)
    part = entry.record(base.connection, "lot", lot) if lot is not None else {"contract": contract}
    if about is None or part is None or part["contract"] != contract:
        raise RecordGone
    changes: list[Change] = []
    wanted = _checked(base, values, changes)
    stored: dict[str, list[TermRow]] = {}
    for row in of_contracts(base.connection, [contract]).get(contract, ()):
        if row.lot == lot:
            stored.setdefault(row.code, []).append(row)
    for code, texts in wanted.items():
        rows = stored.get(code, [])
        changes += exchanged(base, (contract, lot, code), rows, texts)
    where = f" lot {part['number']}" if lot is not None else ""
    return write(base, changes, label=f"Conditions{NBSP}: marché{called(about)}{where}")


def exchanged(
    base: Base,
    place: tuple[int, int | None, str],
    rows: Sequence[TermRow],
    texts: Sequence[str],
) -> Iterable[Change]:
    """What makes the stored ``rows`` of a term say ``texts``, each once and from ever."""
    waiting = list(texts)
    spare: list[TermRow] = []
    for row in rows:
        if row.value in waiting and row.valid_from is None:
            waiting.remove(row.value)
        else:
            spare.append(row)
    contract, lot, code = place
    for text in waiting:
        if spare:
            row = spare.pop()
            if row.value != text:
                yield changed("term", row.term, "value", text)
            if row.valid_from is not None:
                yield changed("term", row.term, "valid_from", None)
        else:
            values = {"contract": contract, "lot": lot, "code": code, "value": text}
            yield created("term", base.new_id(), values)
    for row in spare:
        yield removed("term", row.term)


def _checked(
    base: Base, values: Mapping[str, Any], changes: list[Change]
) -> dict[str, tuple[str, ...]]:
    """By code, the texts to store (none: back to reference); new companies join ``changes``."""
    wanted: dict[str, tuple[str, ...]] = {}
    faults: dict[str, str] = {}
    for code, value in values.items():
        try:
            if code == TermCode.DECLARANT.value:
                wanted[code] = _declarants(base, value or (), changes)
            else:
                read = _reader(code)
                wanted[code] = () if value in (None, "") else (read(value),)
        except FieldErrors as error:
            faults.update(error.fields)
        except ReferenceRefused:
            limit = contract_limit(code)
            faults[code] = f"{expected(limit.unit)} est attendu" if limit else "valeur refusée"
        except ValueError as error:
            faults[code] = str(error)
    if faults:
        raise TermErrors(faults)
    return wanted


def _reader(code: str) -> Callable[[Any], str]:
    """How the value of a term is read; raises ValueError for a code that is no term."""
    if code.startswith(CHECK_TERM):
        if code.removeprefix(CHECK_TERM) not in {check.code for check in CHECKS}:
            raise ValueError("ce contrôle n'existe pas")
        return _one_of(CheckGravity)
    if contract_limit(code) is not None:
        return lambda value: checked_limit(code, str(value))
    readers: dict[str, Callable[[Any], str]] = {
        TermCode.CADENCE.value: _one_of(Cadence),
        TermCode.DUE_DAY.value: _whole(LAST_DUE_DAY, "un jour"),
        TermCode.FIRST_MONTH.value: _month,
        TermCode.HOLDER_DECLARES.value: _one_of(HolderDeclares),
        TermCode.POOLING.value: _yes_or_no,
        TermCode.WINDOW_MONTHS.value: _whole(LONGEST_WINDOW, "un nombre de mois"),
    }
    if code not in readers:
        raise ValueError("champ inconnu")
    return readers[code]


def _one_of(kind: type[Choice]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        found = kind._value2member_map_.get(value) or find(kind, str(value))
        if not isinstance(found, kind):
            raise ValueError("ce choix n'est pas dans la liste")
        return str(found.value)

    return read


def _whole(most: int, what: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = str(value).strip()
        if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
            raise ValueError(f"{what} de 1 à {most} est attendu")
        return str(int(text))

    return read


def _month(value: Any) -> str:
    try:
        month = month_of(value) if isinstance(value, date) else parse_month(str(value))
    except UserError as error:
        raise ValueError(str(error).rstrip(".")) from None
    return iso_month(month)


def _yes_or_no(value: Any) -> str:
    text = YES if value is True else NO if value is False else str(value)
    if text not in (YES, NO):
        raise ValueError("oui ou non est attendu")
    return text


def _declarants(base: Base, given: Sequence[int | str], changes: list[Change]) -> tuple[str, ...]:
    rows: dict[int, None] = {}
    for rank, company in enumerate(given):
        field = f"{DECLARANT_FIELD}{rank}"
        if isinstance(company, int) and entry.record(base.connection, "company", company) is None:
            raise FieldErrors({field: "cette entreprise n'est plus dans la base"})
        rows[found_or_new(base, "company", company, changes, field)] = None
    return tuple(map(str, rows))


def _label(code: str) -> str:
    """How a term is called in a sentence."""
    if code.startswith(CHECK_TERM):
        known = {check.code: check.label for check in CHECKS}
        return known.get(code.removeprefix(CHECK_TERM), code).lower()
    if (limit := contract_limit(code)) is not None:
        return limit.label
    name = code.split("/")[0]
    found = TermCode._value2member_map_.get(name)
    return found.label.lower() if isinstance(found, TermCode) else code
