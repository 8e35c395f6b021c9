"""The terms of contracts as people read them: what a code is about, what a stored value says."""

from collections.abc import Callable, Iterable, Mapping

from suivi_tui.reference.alert_limits import contract_limit, limit_text
from suivi_tui.rules.checks import CHECKS
from suivi_tui.rules.formula_terms import Said, is_formula_term, steps_of, steps_text
from suivi_tui.rules.penalty_terms import CAP_TERM, CONTRACT_AMOUNT, PENALTY_TERM, YEARLY_AMOUNT
from suivi_tui.store.queries import names, terms
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.choices import (
    CHECK_TERM,
    CLAUSE_TERM,
    Choice,
    ClauseTerm,
    FormulaTerm,
    TermCode,
    label_of,
)
from suivi_tui.vocabulary.choices.penalties import Breach, CapBasis, PenaltyKind
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.months import format_month, parse_month
from suivi_tui.vocabulary.numbers import NBSP, format_percent

_LONGEST = 18
_CLOSED: Mapping[str, type[Choice]] = {
    TermCode.CADENCE.value: choices.Cadence,
    TermCode.HOLDER_DECLARES.value: choices.HolderDeclares,
    FormulaTerm.BASIS.value: choices.AmountBasis,
    FormulaTerm.READING.value: choices.ThresholdReading,
    FormulaTerm.ROUNDING.value: choices.StepReading,
    ClauseTerm.FORMULA.value: choices.OwedFormula,
    ClauseTerm.GENERAL.value: choices.GeneralClauses,
}
_HOURS = tuple(
    term.value
    for term in (FormulaTerm.HOURS, FormulaTerm.TAKEN_OVER, FormulaTerm.WORKED,
                 FormulaTerm.PLANNED, FormulaTerm.VOLUME, ClauseTerm.HOURS)
)  # fmt: skip
_MONEY = (FormulaTerm.STEP.value, FormulaTerm.THRESHOLD.value)


def term_label(code: str) -> str:
    """What a term is about; its code when this release does not know it."""
    if code.startswith(CHECK_TERM):
        name = code.removeprefix(CHECK_TERM)
        label = next((check.label for check in CHECKS if check.code == name), name)
        return f"Contrôle «{NBSP}{label}{NBSP}»"
    if code.startswith(PENALTY_TERM):
        return _penalty_label(code)
    if code.startswith(CLAUSE_TERM):
        return label_of(ClauseTerm, code)
    if (limit := contract_limit(code)) is not None:
        return f"Alerte{NBSP}: {limit.label}"
    year = code.removeprefix(f"{FormulaTerm.VOLUME.value}/")
    if year != code:
        return f"{FormulaTerm.VOLUME.label}{NBSP}: année {year}"
    return label_of(FormulaTerm if is_formula_term(code) else TermCode, code)


def term_text(code: str, value: str) -> str:
    """What a stored value says; the value itself when it cannot be read."""
    if code in _CLOSED:
        return label_of(_CLOSED[code], value)
    if code.startswith(CHECK_TERM):
        return label_of(choices.CheckGravity, value)
    if code == ClauseTerm.PUBLICS:
        return ", ".join(label_of(choices.Criterion, part) for part in value.split("+"))
    if (limit := contract_limit(code)) is not None:
        return limit_text(limit, value)
    if code == FormulaTerm.STEPS:
        return steps_text(steps_of(Said({code: value}))) or value
    if code == TermCode.FIRST_MONTH:
        try:
            return format_month(parse_month(value))
        except UserError:
            return value
    figure = _figure(code)
    if figure is None or not (value.isascii() and value.isdigit() and len(value) < _LONGEST):
        return value
    return figure(int(value))


class TermTexts:
    """The fields of some terms, by id, as people read them."""

    def __init__(self, connection: Connection, rows: Iterable[int]) -> None:
        self._connection = connection
        self._codes = terms.codes_of(connection, rows)

    def text(self, row: int, field: str, value: object) -> object:
        """What ``field`` (a column) of a term says; what is no text is given back."""
        if not isinstance(value, str) or not value:
            return value
        if field == "code":
            return term_label(value)
        if field != "value":
            return value
        code = self._codes.get(row, "")
        if code == TermCode.DECLARANT and value.isdecimal():
            company = ("company", int(value))
            found = names.record_names(self._connection, [company]).get(company)
            return found.title if found else value
        return term_text(code, value)


def _figure(code: str) -> Callable[[int], str] | None:
    if code.startswith(_HOURS):
        return lambda number: format_hours(Hours(number))
    if code in _MONEY:
        return lambda number: format_money(Money(number))
    if code in (FormulaTerm.RATE, ClauseTerm.WEIGHT):
        return lambda number: format_percent(number / 10_000, 2)
    return None


def _penalty_label(code: str) -> str:
    if code in (CONTRACT_AMOUNT, YEARLY_AMOUNT):
        return "Montant du marché" if code == CONTRACT_AMOUNT else "Montant annuel"
    if code.startswith(CAP_TERM):
        basis, *_ = code.removeprefix(CAP_TERM).split("/")
        return f"Plafond des pénalités{NBSP}: {label_of(CapBasis, basis)}"
    breach, _, kind = code.removeprefix(PENALTY_TERM).partition("/")
    if not kind:
        return "Jours fériés des pénalités" if breach == "jours_feries" else code
    return f"Pénalité{NBSP}: {label_of(Breach, breach)}, {label_of(PenaltyKind, kind)}"
