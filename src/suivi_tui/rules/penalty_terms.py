"""The penalties that a contract writes down: stored as terms, one readable value each.

A penalty is ``penalite/BREACH/KIND``, its value says the rate, which days count, after what, and
whether proven means spare it: ``100,00 € ; jours ouvrés ; après mise en demeure``. A cap is
``penalite/plafond/BASIS``, followed by the kinds it covers when it does not cover all of them.
What this release cannot read is told, never guessed: a clause half read may be another clause.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.rules.penalties import Cap, IndexRate, PenaltyTerm, format_decimal
from suivi_tui.rules.terms import TermLine
from suivi_tui.vocabulary.choices.penalties import (
    Breach,
    CapBasis,
    CountFrom,
    DayCount,
    PenaltyIndex,
    PenaltyKind,
)
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.money import Money, money_csv, parse_money
from suivi_tui.vocabulary.text import fold

PENALTY_TERM: Final = "penalite/"
"""The prefix of the terms about penalties."""

CAP_TERM: Final = "penalite/plafond/"
CONTRACT_AMOUNT: Final = "penalite/montant_marche"
YEARLY_AMOUNT: Final = "penalite/montant_annuel"
HOLIDAYS: Final = "penalite/jours_feries"
NONE: Final = "aucune"
"""What a lot says to be spared a penalty that its contract has."""

MEANS: Final = "remise si tous les moyens sont prouvés"
DAYS: Final = {
    DayCount.CALENDAR: "jours calendaires",
    DayCount.WORKING: "jours ouvrés",
    DayCount.BUSINESS: "jours ouvrables",
}
STARTS: Final = {
    CountFrom.NOTICE: "après mise en demeure",
    CountFrom.NOTICE_DEADLINE: "après le délai de la mise en demeure",
    CountFrom.DUE_DATE: "dès l'échéance",
}
PLACES: Final = {
    "": "France métropolitaine",
    "57": "Alsace-Moselle",
    "971": "Guadeloupe",
    "972": "Martinique",
    "973": "Guyane",
    "974": "La Réunion",
    "976": "Mayotte",
}
"""Where public holidays are not those of the whole country (``reference.public_holidays``)."""

_PART = " ; "
_INDEX_VALUE = "indice "
_DAYS_READ = {fold(text): found for found, text in DAYS.items()}
_STARTS_READ = {fold(text): found for found, text in STARTS.items()}
_INDEX = re.compile(r"([0-9., \u00a0/]{1,20})[×x*] ?([a-z_]+)")
_COEFFICIENT = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,6})|/([0-9]{1,6}))?")
_LARGEST = 10**12


class WrittenIndex(NamedTuple):
    """A rate that follows an index, as the contract writes it; ``value`` is the hourly amount
    that somebody confirmed, in cents, None while nobody did."""

    name: PenaltyIndex
    coefficient: Fraction
    value: Money | None = None


class WrittenPenalty(NamedTuple):
    """A penalty as a contract writes it; see ``rules.penalties.PenaltyTerm``."""

    breach: Breach
    kind: PenaltyKind
    rate: Money | WrittenIndex
    counting: DayCount = DayCount.CALENDAR
    count_from: CountFrom = CountFrom.NOTICE
    waived_if_means_proven: bool = False

    @property
    def code(self) -> str:
        """The code of its term."""
        return f"{PENALTY_TERM}{self.breach.value}/{self.kind.value}"

    @property
    def value(self) -> str:
        """The value of its term."""
        parts = [_rate_text(self.rate)]
        if isinstance(self.rate, WrittenIndex) and self.rate.value is not None:
            parts.append(_INDEX_VALUE + _amount_text(self.rate.value))
        if self.kind is PenaltyKind.PER_DAY:
            parts.append(DAYS[self.counting])
        parts.append(STARTS[self.count_from])
        if self.waived_if_means_proven:
            parts.append(MEANS)
        return _PART.join(parts)


class Unread(NamedTuple):
    """What a term says that this release does not know."""

    code: str
    text: str


class PenaltyClauses(NamedTuple):
    """What a contract or one of its lots says of penalties, in force on a day.

    Amounts are cents before tax, None when the contract gives none of its own; ``department``
    is that of the public holidays.
    """

    penalties: tuple[WrittenPenalty, ...] = ()
    caps: tuple[Cap, ...] = ()
    contract_amount: Money | None = None
    yearly_amount: Money | None = None
    department: str = ""
    unread: tuple[Unread, ...] = ()

    @property
    def needs_notice(self) -> bool:
        """Whether a penalty waits for a formal notice."""
        return any(written.count_from.needs_notice for written in self.penalties)


def cap_code(cap: Cap) -> str:
    """The code of the term of a cap."""
    covers = "+".join(kind.value for kind in PenaltyKind if kind in cap.covers)
    return f"{CAP_TERM}{cap.basis.value}" + (f"/{covers}" if covers else "")


def cap_value(cap: Cap) -> str:
    """The value of the term of a cap: ``20 %`` or ``8500,00 €``."""
    if cap.basis is CapBasis.ABSOLUTE:
        return _amount_text(cap.amount)
    return f"{format_decimal(cap.share * 100)} %"


def penalty_clauses(lines: Iterable[TermLine], lot: int | None, on: date) -> PenaltyClauses:
    """What is in force ``on`` a day for a ``lot``: what a lot says wins over its contract."""
    known = [
        line
        for line in lines
        if line.code.startswith(PENALTY_TERM)
        and line.lot in (None, lot)
        and (line.valid_from is None or line.valid_from <= on)
    ]
    known.sort(key=lambda line: (line.lot is not None, line.valid_from or date.min))
    said = {line.code: line.value for line in known}
    penalties: list[WrittenPenalty] = []
    caps: list[Cap] = []
    unread: list[Unread] = []
    for code, value in sorted(said.items()):
        if code in (CONTRACT_AMOUNT, YEARLY_AMOUNT, HOLIDAYS) or fold(value) == NONE:
            continue
        if code.startswith(CAP_TERM):
            cap = read_cap(code, value)
            caps += [cap] if cap is not None else []
            unread += [Unread(code, value)] if cap is None else []
            continue
        written, left = read_penalty(code, value)
        penalties += [written] if written is not None else []
        unread += [Unread(code, text) for text in left]
    amounts = {code: read_amount(said.get(code)) for code in (CONTRACT_AMOUNT, YEARLY_AMOUNT)}
    unread += [Unread(code, said[code]) for code, amount in amounts.items()
               if code in said and amount is None]  # fmt: skip
    department = said.get(HOLIDAYS, "")
    if department not in PLACES:
        unread.append(Unread(HOLIDAYS, department))
    order = list(Breach)
    return PenaltyClauses(
        penalties=tuple(sorted(penalties, key=lambda found: order.index(found.breach))),
        caps=tuple(caps),
        contract_amount=amounts[CONTRACT_AMOUNT],
        yearly_amount=amounts[YEARLY_AMOUNT],
        department=department if department in PLACES else "",
        unread=tuple(unread),
    )


def read_penalty(code: str, value: str) -> tuple[WrittenPenalty | None, tuple[str, ...]]:
    """The penalty of a term, None when it cannot be read; and the parts that nobody knows."""
    names = code.removeprefix(PENALTY_TERM).split("/")
    breach = Breach._value2member_map_.get(names[0])
    kind = PenaltyKind._value2member_map_.get(names[1]) if len(names) == 2 else None
    parts = [part.strip() for part in value.split(";")]
    rate = _rate(parts[0])
    if not isinstance(breach, Breach) or not isinstance(kind, PenaltyKind) or rate is None:
        return None, (value,)
    if isinstance(rate, WrittenIndex) and kind is not PenaltyKind.PER_HOUR:
        return None, (value,)
    written, left = WrittenPenalty(breach, kind, rate), []
    for part in parts[1:]:
        folded = fold(part)
        if folded in _DAYS_READ and kind is PenaltyKind.PER_DAY:
            written = written._replace(counting=_DAYS_READ[folded])
        elif folded in _STARTS_READ:
            written = written._replace(count_from=_STARTS_READ[folded])
        elif folded == fold(MEANS):
            written = written._replace(waived_if_means_proven=True)
        elif isinstance(rate, WrittenIndex) and folded.startswith(_INDEX_VALUE):
            amount = read_amount(part[len(_INDEX_VALUE) :])
            left += [part] if amount is None else []
            written = written._replace(rate=rate._replace(value=amount))
        else:
            left.append(part)
    return written, tuple(left)


def read_cap(code: str, value: str) -> Cap | None:
    """The cap of a term, None when it cannot be read."""
    basis_name, _, names = code.removeprefix(CAP_TERM).partition("/")
    basis = CapBasis._value2member_map_.get(basis_name)
    kinds = [PenaltyKind._value2member_map_.get(name) for name in names.split("+") if name]
    covers = tuple(kind for kind in kinds if isinstance(kind, PenaltyKind))
    if not isinstance(basis, CapBasis) or len(covers) != len(kinds):
        return None
    if basis is CapBasis.ABSOLUTE:
        amount = read_amount(value)
        return Cap(basis, amount=amount, covers=covers) if amount is not None else None
    text = value.strip()
    share = read_coefficient(text.removesuffix("%")) if text.endswith("%") else None
    if share is None or share > 100:
        return None
    return Cap(basis, share / 100, covers=covers)


def read_amount(text: str | None) -> Money | None:
    """An amount of a term in cents, None when it is missing, negative or no amount."""
    try:
        amount = parse_money(text) if text else None
    except UserError:
        return None
    return amount if amount is not None and 0 <= amount < _LARGEST else None


def read_coefficient(text: str) -> Fraction | None:
    """``4``, ``1,5`` or ``1/3``, exact; None when it is no positive number."""
    found = _COEFFICIENT.fullmatch(text.replace("\u00a0", "").replace(" ", ""))
    if found is None:
        return None
    whole, decimals, below = found.groups()
    value = Fraction(int(whole))
    if decimals:
        value = Fraction(int(whole + decimals), 10 ** len(decimals))
    elif below:
        value = value / int(below) if int(below) else Fraction(0)
    return value if value > 0 else None


class ResolvedTerms(NamedTuple):
    """Penalties that can be computed, and those whose index nobody gave a value."""

    terms: tuple[PenaltyTerm, ...]
    waiting: tuple[WrittenPenalty, ...]


def resolved(clauses: PenaltyClauses, indices: Mapping[PenaltyIndex, Money]) -> ResolvedTerms:
    """The penalties of a contract with the value of each index: its own, else in ``indices``."""
    terms: list[PenaltyTerm] = []
    waiting: list[WrittenPenalty] = []
    for written in clauses.penalties:
        rate: Money | IndexRate
        if isinstance(written.rate, WrittenIndex):
            value = written.rate.value
            if value is None:
                value = indices.get(written.rate.name)
            if value is None:
                waiting.append(written)
                continue
            rate = IndexRate(written.rate.name, written.rate.coefficient, value)
        else:
            rate = written.rate
        terms.append(PenaltyTerm(written.breach, written.kind, rate, *written[3:]))
    return ResolvedTerms(tuple(terms), tuple(waiting))


def _rate(text: str) -> Money | WrittenIndex | None:
    found = _INDEX.fullmatch(text)
    if found is None:
        return read_amount(text)
    index = PenaltyIndex._value2member_map_.get(found[2])
    coefficient = read_coefficient(found[1])
    if not isinstance(index, PenaltyIndex) or coefficient is None:
        return None
    return WrittenIndex(index, coefficient)


def _rate_text(rate: Money | WrittenIndex) -> str:
    if isinstance(rate, WrittenIndex):
        return f"{format_decimal(rate.coefficient)} × {rate.name.value}"
    return _amount_text(rate)


def _amount_text(amount: Money) -> str:
    return f"{money_csv(amount)} €"
