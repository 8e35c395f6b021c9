"""The terms of a contract: what its sheet says of them, and the form that changes them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from suivi_tui.tui.screens.marche.forms import WholeField
from suivi_tui.tui.screens.shared.sheet import SheetLine
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.tui.widgets.fields import ChoiceField, Field, MonthField
from suivi_tui.tui.widgets.record_field import RecordField
from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.choices import CHECK_TERM, CheckGravity, TermCode, label_of, options
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import format_month, parse_month
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.store.queries.contracts import LotRow
    from suivi_tui.store.queries.terms import TermRow

ENTITY: Final = "term"
SPARE_DECLARANTS: Final = 2
YES_NO: Final = (("oui", "Oui"), ("non", "Non"))
_REFERENCE: Final = "référence"
_LABELS: Final = {
    TermCode.CADENCE: "Cadence des relevés",
    TermCode.DUE_DAY: "Jour limite du relevé",
    TermCode.FIRST_MONTH: "Premier mois attendu",
    TermCode.HOLDER_DECLARES: "Relevé du titulaire",
    TermCode.DECLARANT: "Relevé attendu aussi de",
    TermCode.POOLING: "Globalisation des heures",
    TermCode.WINDOW_MONTHS: "Durée d'éligibilité",
}

_KNOWN: Final = frozenset(code.value for code in _LABELS)


class Conditions(NamedTuple):
    """The terms stored for a contract, the companies they name, and what reference data say."""

    rows: "Sequence[TermRow]"
    companies: Mapping[int, str]
    due_day: int
    window_months: int

    def row(self, term: int) -> "TermRow | None":
        """A stored term by id."""
        return next((row for row in self.rows if row.term == term), None)

    def said(self, code: str, lot: int | None) -> "list[TermRow]":
        """What the contract (``lot`` None) or one lot itself says of a term."""
        return [row for row in self.rows if (row.code, row.lot) == (code, lot)]

    def usual(self, code: str) -> str:
        """The value of reference data, as people read it."""
        return {
            TermCode.CADENCE.value: "mensuelle",
            TermCode.DUE_DAY.value: _due_day(str(self.due_day)),
            TermCode.FIRST_MONTH.value: "celui du démarrage",
            TermCode.HOLDER_DECLARES.value: "s'il emploie, ou si personne d'autre ne déclare",
            TermCode.DECLARANT.value: "personne d'autre",
            TermCode.POOLING.value: "non",
            TermCode.WINDOW_MONTHS.value: _months(str(self.window_months)),
        }[code]

    def text(self, row: "TermRow") -> str:
        """The value of a stored term, as people read it."""
        if row.code.startswith(CHECK_TERM):
            return label_of(CheckGravity, row.value).lower()
        if is_limit(row.code):
            return _limit_text(row.code, row.value)
        if row.code == TermCode.DECLARANT.value:
            company = int(row.value) if row.value.isdecimal() else 0
            return self.companies.get(company, "entreprise retirée")
        written = {
            TermCode.CADENCE.value: lambda text: label_of(choices.Cadence, text).lower(),
            TermCode.DUE_DAY.value: _due_day,
            TermCode.FIRST_MONTH.value: _month,
            TermCode.HOLDER_DECLARES.value: _holder,
            TermCode.WINDOW_MONTHS.value: _months,
        }.get(row.code)
        return written(row.value) if written is not None else row.value


def condition_lines(conditions: Conditions, lots: "Sequence[LotRow]") -> Iterator[SheetLine]:
    """Every term of the contract, those of reference data muted; then what its lots say."""
    for code, label in _LABELS.items():
        own = conditions.said(code.value, None)
        for row in own:
            yield SheetLine(f"{label}{NBSP}: {conditions.text(row)}", "", ENTITY, row.term)
        if not own:
            usual = conditions.usual(code.value)
            yield SheetLine(f"{label}{NBSP}: {usual}", _REFERENCE, ENTITY, 0, "muted")
    numbers = {lot.lot: lot.number for lot in lots}
    listed = sorted(conditions.rows, key=lambda row: (row.lot is not None, row.lot or 0, row.term))
    for row in listed:
        check = row.code.startswith(CHECK_TERM) or is_limit(row.code)
        if not check and row.code not in _KNOWN:
            # The formula, the calendar and the penalties have screens of their own.
            continue
        if (row.lot is None and not check) or (row.lot is not None and row.lot not in numbers):
            continue
        lot = f"lot {numbers[row.lot]}" if row.lot is not None else ""
        text = f"{_label(row.code)}{NBSP}: {conditions.text(row)}"
        yield SheetLine(joined([lot, text]), "", ENTITY, row.term)


def _label(code: str) -> str:
    if code.startswith(CHECK_TERM):
        return f"Contrôle «{NBSP}{check_label(code.removeprefix(CHECK_TERM))}{NBSP}»"
    if is_limit(code):
        from suivi_tui.tui.screens.marche.limits_flow import limit_label

        return f"Seuil d'alerte, {limit_label(code)[:1].lower()}{limit_label(code)[1:]}"
    found = TermCode._value2member_map_.get(code)
    return _LABELS[found] if isinstance(found, TermCode) else code


def is_limit(code: str) -> bool:
    """Whether a term sets a limit of the alerts."""
    from suivi_tui.reference.alert_limits import contract_limit

    return contract_limit(code) is not None


def _limit_text(code: str, value: str) -> str:
    from suivi_tui.reference.alert_limits import contract_limit, limit_text

    limit = contract_limit(code)
    return value if limit is None else limit_text(limit, value)


def check_label(code: str) -> str:
    """What a check is called; its code when this release does not know it."""
    from suivi_tui.rules.checks import CHECKS

    return next((check.label for check in CHECKS if check.code == code), code)


def term_fields(
    today: date,
    conditions: Conditions,
    lot: int | None,
    companies: Sequence[tuple[int, str]],
) -> list[Field[Any]]:
    """The terms of a contract or a lot; an empty field leaves it to the contract, or to
    reference data."""

    def own(code: TermCode) -> str | None:
        rows = conditions.said(code.value, lot)
        return rows[-1].value if rows else None

    def hint(code: TermCode, reference: str = "") -> str:
        above = conditions.said(code.value, None) if lot is not None else []
        if above:
            return f"marché{NBSP}: {conditions.text(above[-1])}"
        return f"{_REFERENCE}{NBSP}: {reference or conditions.usual(code.value)}"

    def field(code: TermCode, reference: str = "") -> tuple[str, str, str]:
        return code.value, _LABELS[code], hint(code, reference)

    cadence, cadence_label, cadence_hint = field(TermCode.CADENCE)
    day, day_label, day_hint = field(TermCode.DUE_DAY, f"le {conditions.due_day}")
    first, first_label, first_hint = field(TermCode.FIRST_MONTH, "démarrage")
    holder, holder_label, holder_hint = field(TermCode.HOLDER_DECLARES, "s'il emploie")
    pooling, _, pooling_hint = field(TermCode.POOLING)
    window, window_label, window_hint = field(TermCode.WINDOW_MONTHS)
    return [
        ChoiceField(cadence, cadence_label, options=options(choices.Cadence), hint=cadence_hint,
                    initial=own(TermCode.CADENCE)),
        WholeField(day, day_label, hint=day_hint, initial=_whole(own(TermCode.DUE_DAY))),
        MonthField(first, first_label, today=today, hint=first_hint,
                   initial=_stored_month(own(TermCode.FIRST_MONTH))),
        ChoiceField(holder, holder_label, options=options(choices.HolderDeclares),
                    hint=holder_hint, initial=own(TermCode.HOLDER_DECLARES)),
        *_declarant_fields(conditions, lot, companies),
        ChoiceField(pooling, "Globalisation", options=list(YES_NO), hint=pooling_hint,
                    initial=own(TermCode.POOLING)),
        WholeField(window, window_label, hint=window_hint,
                   initial=_whole(own(TermCode.WINDOW_MONTHS))),
    ]  # fmt: skip


def _declarant_fields(
    conditions: Conditions, lot: int | None, companies: Sequence[tuple[int, str]]
) -> Iterator[Field[Any]]:
    known = [int(row.value) for row in conditions.said(TermCode.DECLARANT.value, lot)
             if row.value.isdecimal()]  # fmt: skip
    listed = dict(companies)
    kept = [company for company in known if company in listed]
    for rank in range(len(kept) + SPARE_DECLARANTS):
        yield RecordField(
            f"{TermCode.DECLARANT.value}/{rank}",
            "Autre déclarant",
            records=companies,
            initial=kept[rank] if rank < len(kept) else None,
            hint="ETTI, GEIQ, sous-traitant…" if rank >= len(kept) else "",
        )


def term_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the form gives, as ``actions.terms.set_terms`` takes it: declarants in one list."""
    prefix = f"{TermCode.DECLARANT.value}/"
    given = {code: value for code, value in values.items() if not code.startswith(prefix)}
    given[TermCode.DECLARANT.value] = [
        value for code, value in values.items() if code.startswith(prefix) and value is not None
    ]
    return given


def save_terms(base: Any, contract: int, lot: int | None, values: Mapping[str, Any]) -> None:
    """Write terms; runs on the desk."""
    from suivi_tui.actions.terms import set_terms

    set_terms(base, contract, lot, values)


def read_conditions(base: Any, contract: int) -> Conditions:
    """The terms of a contract; runs on the desk."""
    from suivi_tui import paths
    from suivi_tui.reference.loader import thresholds
    from suivi_tui.store.queries.names import record_names
    from suivi_tui.store.queries.terms import of_contracts

    limits = thresholds(paths.reference_file())
    rows = of_contracts(base.connection, [contract]).get(contract, [])
    named = [
        ("company", int(row.value))
        for row in rows
        if row.code == TermCode.DECLARANT.value and row.value.isdecimal()
    ]
    names = {key[1]: name.title for key, name in record_names(base.connection, named).items()}
    return Conditions(rows, names, limits.alerts.statement_due_day, limits.eligibility.months)


def _due_day(text: str) -> str:
    return f"le {text} du mois suivant"


def _months(text: str) -> str:
    return plural(int(text), "mois", "mois") if text.isdecimal() else text


def _holder(text: str) -> str:
    return label_of(choices.HolderDeclares, text).lower()


def _month(text: str) -> str:
    try:
        return format_month(parse_month(text))
    except UserError:
        return text


def _stored_month(text: str | None) -> Any:
    try:
        return parse_month(text) if text else None
    except UserError:
        return None


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() else None
