"""The penalties of a contract as its clause writes them, in whole sentences (domain.md 6.2)."""

from typing import Final

from suivi_tui.rules.penalties import Cap, format_decimal
from suivi_tui.rules.penalty_terms import (
    CAP_TERM,
    CONTRACT_AMOUNT,
    HOLIDAYS,
    NONE,
    PENALTY_TERM,
    YEARLY_AMOUNT,
    WrittenIndex,
    WrittenPenalty,
    read_cap,
    read_penalty,
)
from suivi_tui.vocabulary.choices.penalties import (
    Breach,
    CapBasis,
    CountFrom,
    DayCount,
    PenaltyIndex,
    PenaltyKind,
)
from suivi_tui.vocabulary.money import format_money
from suivi_tui.vocabulary.numbers import format_percent
from suivi_tui.vocabulary.text import fold
from suivi_tui.vocabulary.typography import french

UNWRITTEN: Final = (CONTRACT_AMOUNT, YEARLY_AMOUNT, HOLIDAYS)
"""Terms about penalties that serve the computation and stand in no text."""

_DAYS: Final = {
    DayCount.CALENDAR: "jour calendaire",
    DayCount.WORKING: "jour ouvré",
    DayCount.BUSINESS: "jour ouvrable",
}
_STARTS: Final = {
    CountFrom.NOTICE: "à compter du lendemain de la mise en demeure",
    CountFrom.NOTICE_DEADLINE: "à compter du lendemain du délai laissé par la mise en demeure",
    CountFrom.DUE_DATE: "dès le lendemain de l'échéance, sans mise en demeure préalable",
}
_LATE: Final = {
    Breach.HOURS: "dans la réalisation des heures",
    Breach.PROOFS: "dans la remise des justificatifs",
    Breach.STATEMENT: "dans la remise du relevé d'heures",
    Breach.FINAL_REPORT: "dans la remise du bilan de fin de marché",
    Breach.MEETING: "dans la tenue d'une réunion",
    Breach.OTHER: "dans l'exécution d'une autre obligation de la clause",
}
_EACH: Final = {
    Breach.HOURS: "lorsque les heures ne sont pas réalisées",
    Breach.PROOFS: "par justificatif non remis",
    Breach.STATEMENT: "par relevé d'heures non remis",
    Breach.FINAL_REPORT: "en l'absence du bilan de fin de marché",
    Breach.MEETING: "par absence à une réunion de suivi",
    Breach.OTHER: "par autre manquement à la clause",
}
_MEANS: Final = (
    "le titulaire en est dispensé s'il prouve avoir mis en œuvre tous les moyens dont il disposait"
)
_NAMES: Final = {
    PenaltyIndex.HOURLY_CEILING: "le plafond horaire de la sécurité sociale",
    PenaltyIndex.MINIMUM_WAGE: "le SMIC horaire",
    PenaltyIndex.STAFFING_PRICE: "le tarif horaire d'une entreprise de travail temporaire "
    "d'insertion",
    PenaltyIndex.OTHER: "l'indice horaire retenu au marché",
}


def is_penalty(code: str) -> bool:
    """Whether a variable is a penalty or a cap."""
    return code.startswith(PENALTY_TERM)


def is_cap(code: str) -> bool:
    """Whether a variable is a cap."""
    return code.startswith(CAP_TERM)


def can_be_written(code: str, value: str) -> bool:
    """Whether a penalty is understood, whole: one half read may be another one."""
    if fold(value) == NONE:
        return True
    if is_cap(code):
        return read_cap(code, value) is not None
    written, left = read_penalty(code, value)
    return written is not None and not left


def penalty_label(code: str) -> str:
    """``pénalité par heure manquante``, ``plafond des pénalités``."""
    if is_cap(code):
        return "plafond des pénalités"
    breach, _, kind = code.removeprefix(PENALTY_TERM).partition("/")
    if breach == Breach.HOURS.value and kind == PenaltyKind.PER_HOUR.value:
        return "pénalité par heure manquante"
    found = Breach._value2member_map_.get(breach)
    how = {"par_jour": " par jour", "forfait": " forfaitaire"}.get(kind, "")
    what = found.label[:1].lower() + found.label[1:] if isinstance(found, Breach) else breach
    return f"pénalité{how}, {what}"


def penalty_text(code: str, value: str) -> str:
    """The sentence of a penalty or of a cap, without its final stop."""
    if fold(value) == NONE:
        return "aucune"
    if is_cap(code):
        cap = read_cap(code, value)
        return value if cap is None else _cap(cap)
    written, _ = read_penalty(code, value)
    return value if written is None else _penalty(written)


def short_penalty(code: str, value: str) -> str:
    """A penalty where its label stands beside: ``60 €``; the whole sentence when it says more."""
    if fold(value) == NONE or is_cap(code):
        return penalty_text(code, value)
    written, left = read_penalty(code, value)
    return value if written is None or left else _amount(written)


def _penalty(written: WrittenPenalty) -> str:
    if written.kind is PenaltyKind.PER_HOUR:
        per = "par heure d'insertion non réalisée"
    elif written.kind is PenaltyKind.PER_DAY:
        per = f"par {_DAYS[written.counting]} de retard {_LATE[written.breach]}"
    else:
        per = _EACH[written.breach]
    text = f"{_amount(written)} {per}, {_STARTS[written.count_from]}"
    return french(f"{text} ; {_MEANS}" if written.waived_if_means_proven else text)


def _amount(written: WrittenPenalty) -> str:
    rate = written.rate
    if not isinstance(rate, WrittenIndex):
        return format_money(rate)
    text = f"{format_decimal(rate.coefficient)} fois {_NAMES[rate.name]}"
    return text if rate.value is None else f"{text} (soit {format_money(rate.value)} l'heure)"


def _cap(cap: Cap) -> str:
    if cap.basis is CapBasis.ABSOLUTE:
        amount = format_money(cap.amount)
    else:
        yearly = cap.basis is CapBasis.YEARLY_AMOUNT
        amount = f"{format_percent(cap.share, 2)} du montant {'annuel ' if yearly else ''}du marché"
    covered = " et ".join(_COVERED[kind] for kind in cap.covers)
    return french(f"{amount}, {covered or 'toutes pénalités de la clause confondues'}")


_COVERED: Final = {
    PenaltyKind.PER_HOUR: "pour les seules pénalités par heure",
    PenaltyKind.PER_DAY: "pour les seules pénalités de retard",
    PenaltyKind.FLAT: "pour les seules pénalités forfaitaires",
}
