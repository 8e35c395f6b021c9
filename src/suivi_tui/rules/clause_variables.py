"""The variables of the text of a clause: one set of values, from which every piece is written.

A value is a short text under a code: ``cadence`` is ``mensuelle``, ``penalite/heures/par_heure`` is
the term itself, ``lot/2/objectif`` the hundredths of hours of the lot 2. They come from the base
that statements, alerts and penalties are worked from; the texts hold them, and are read back.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from suivi_tui.rules.formula_terms import Said, formula_of, formula_texts
from suivi_tui.rules.owed_formula import FixedVolume, Formula, PerTranche, PerYear
from suivi_tui.vocabulary.choices import ClauseForm, Criterion, OwedFormula
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money
from suivi_tui.vocabulary.text import NOTES_LIMIT, clean

Values = Mapping[str, str]

_NOTHING: Values = MappingProxyType({})

LOT: Final = "lot/"
OBJECTIVE: Final = "objectif"
TITLE: Final = "titre"
TRANCHE: Final = "tranche"
FACILITATOR: Final = "facilitateur/"
YES, NO = "oui", "non"
PUBLICS_BETWEEN: Final = "+"
_BETWEEN: Final = ";"
# What parts a code, and the pieces of a value too long for one property of a Word file.
_KEPT_APART: Final = str.maketrans("/#", "--")
_TRANCHE_NAME: Final = "|"
# Characters of no script: the marks of a text that is being filled are among them.
PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
_START, _END = "debut", "fin"

WRITTEN_FORMS: Final = (
    ClauseForm.CONDITION,
    ClauseForm.CRITERION,
    ClauseForm.CONDITION_CRITERION,
    ClauseForm.RESERVED_INSERTION,
    ClauseForm.RESERVED_DISABILITY,
    ClauseForm.INSERTION_SERVICE,
    ClauseForm.TRAINING,
)
"""The legal forms for which there is a text."""

USUAL_PUBLICS: Final = (
    Criterion.LONG_TERM,
    Criterion.RSA,
    Criterion.ASS,
    Criterion.AAH,
    Criterion.INVALIDITY,
    Criterion.DISABILITY,
    Criterion.YOUNG,
    Criterion.SENIOR,
    Criterion.YOUTH_PATH,
    Criterion.INSERTION,
    Criterion.SECOND_CHANCE,
    Criterion.QPV,
    Criterion.REFUGEE,
    Criterion.OPINION,
)
"""The publics of a clause whose contract names none (domain.md 4.1 and 4.2)."""


class Facilitator(NamedTuple):
    """Whom the text names to be called."""

    name: str = ""
    structure: str = ""
    mail: str = ""
    phone: str = ""


class Tranche(NamedTuple):
    """A part of a contract that brings its own hours once affirmed."""

    name: str
    hours: Hours


class LotFacts(NamedTuple):
    """A lot as the text speaks of it.

    ``hours`` are those written (initial, amended, transferred), None when nobody said any;
    ``formula`` None is a fixed volume. ``own`` are terms that differ from those of the contract,
    by code; ``missing`` says what its formula lacks, '' when nothing.
    """

    number: str
    title: str = ""
    hours: Hours | None = None
    formula: Formula | None = None
    tranches: tuple[Tranche, ...] = ()
    own: Values = _NOTHING
    missing: str = ""

    @property
    def single(self) -> bool:
        """Whether it is the only lot of a contract without lots."""
        return self.number in ("", "0")


class ClauseFacts(NamedTuple):
    """A contract as its clause speaks of it; ``penalties`` are terms by code.

    ``weight`` is in hundredths of a per cent, ``amount`` in cents before tax.
    """

    form: str = ""
    number: str = ""
    object: str = ""
    buyer: str = ""
    operation: str = ""
    amount: Money | None = None
    months: int | None = None
    lots: tuple[LotFacts, ...] = ()
    cadence: str = ""
    due_day: int | None = None
    pooling: bool = False
    window_months: int | None = None
    publics: tuple[str, ...] = ()
    weight: int | None = None
    general: str = ""
    proof_days: int | None = None
    penalties: Values = _NOTHING
    facilitator: Facilitator = Facilitator()


def values_of(facts: ClauseFacts) -> dict[str, str]:
    """The variables of a contract, by code; what is not known is not there."""
    said: dict[str, str | int | None] = {
        "forme": facts.form,
        "marche": facts.number,
        "objet": facts.object,
        "acheteur": facts.buyer,
        "operation": facts.operation,
        "montant": facts.amount,
        "duree_mois": facts.months,
        "cadence": facts.cadence,
        "jour_releve": facts.due_day,
        "globalisation": YES if facts.pooling else NO,
        "fenetre_mois": facts.window_months,
        "publics": PUBLICS_BETWEEN.join(facts.publics),
        "poids": facts.weight,
        "ccag": facts.general,
        "delai_justificatifs": facts.proof_days,
    }
    said |= {FACILITATOR + code: text for code, text in _named(facts.facilitator).items()}
    said |= dict(facts.penalties)
    for key, lot in keyed_lots(facts.lots).items():
        said |= {f"{LOT}{key}/{code}": text for code, text in _lot_values(lot).items()}
    texts = ((_readable(code), _readable(str(value))) for code, value in said.items()
             if value is not None)  # fmt: skip
    return {code: text for code, text in texts if text}


def _readable(text: str) -> str:
    """A text of the base without what the texts of clauses keep for themselves."""
    return clean(PRIVATE.sub("", text), NOTES_LIMIT)


def keyed_lots(lots: Iterable[LotFacts]) -> dict[str, LotFacts]:
    """The lots by the name that their codes hold: the number, told apart when two share it."""
    found: dict[str, LotFacts] = {}
    for lot in lots:
        number = lot.number.translate(_KEPT_APART) or "0"
        name, place = number, 2
        while name in found:
            name, place = f"{number} ({place})", place + 1
        found[name] = lot
    return found


def _named(facilitator: Facilitator) -> dict[str, str]:
    return {
        "nom": facilitator.name,
        "structure": facilitator.structure,
        "courriel": facilitator.mail,
        "telephone": facilitator.phone,
    }


def _lot_values(lot: LotFacts) -> dict[str, str]:
    said = {TITLE: lot.title} if not lot.single or lot.title else {}
    objective = objective_value(lot)
    if objective:
        said[OBJECTIVE] = objective
    for place, tranche in enumerate(lot.tranches, start=1):
        said[f"{TRANCHE}/{place}"] = f"{tranche.hours}{_TRANCHE_NAME}{tranche.name}"
    return {**said, **lot.own}


def objective_value(lot: LotFacts) -> str:
    """What is owed on a lot, as it is kept: hours alone, or a formula and its figures."""
    if lot.missing:
        return ""
    formula = lot.formula
    if formula is None or isinstance(formula, FixedVolume):
        return "" if lot.hours is None else str(lot.hours)
    if isinstance(formula, PerTranche):
        firm = "" if lot.hours is None else f"{_BETWEEN}{lot.hours}"
        return f"{OwedFormula.PER_TRANCHE.value}{firm}" if firm or lot.tranches else ""
    parts = [_CODES[type(formula).__name__].value]
    parts += [f"{code}={text}" for code, text in sorted(formula_texts(formula).items())]
    if isinstance(formula, PerYear):
        parts += [f"{_START}={formula.start.isoformat()}", f"{_END}={formula.end.isoformat()}"]
    return _BETWEEN.join(parts)


_CODES: Final = {
    "PercentOfHours": OwedFormula.PERCENT_OF_HOURS,
    "PerAmount": OwedFormula.PER_AMOUNT,
    "PerYear": OwedFormula.PER_YEAR,
}


class Objective(NamedTuple):
    """What is owed on a lot, read back: ``formula`` None is a fixed volume of ``hours``."""

    hours: Hours | None
    formula: Formula | None = None


def read_objective(value: str) -> Objective | None:
    """The objective that a value says; None when this release cannot read it."""
    if _is_whole(value):
        return Objective(Hours(int(value)))
    code, *parts = value.split(_BETWEEN)
    if code == OwedFormula.PER_TRANCHE.value:
        firm = parts[0] if parts and _is_whole(parts[0]) else None
        return Objective(None if firm is None else Hours(int(firm)), PerTranche())
    said = dict(part.split("=", 1) for part in parts if "=" in part)
    read = formula_of(code, Said(said), _day(said.get(_START)), _day(said.get(_END)))
    if read.missing or isinstance(read.formula, FixedVolume):
        return None
    return Objective(None, read.formula)


def read_tranche(value: str) -> Tranche | None:
    """A tranche that a value says."""
    hours, _, name = value.partition(_TRANCHE_NAME)
    return Tranche(name, Hours(int(hours))) if _is_whole(hours) else None


def lots_of(values: Values) -> dict[str, dict[str, str]]:
    """The lots of some variables, by name: what is said of each, by code without the lot."""
    found: dict[str, dict[str, str]] = {}
    for code, value in values.items():
        name, _, rest = code.removeprefix(LOT).partition("/")
        if code.startswith(LOT) and rest:
            found.setdefault(name, {})[rest] = value
    return found


def _is_whole(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) < 18


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
