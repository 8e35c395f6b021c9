"""Penalties that the terms of a contract allow (domain.md 6.2): a computation, not a decision.

The program proposes and documents; the buyer alone decides (domain.md 6.3). Amounts are cents
before tax, exact until each line is rounded once, half up; caps are rounded down, so that what is
proposed never goes beyond them. Each line carries the operation it shows.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.rules.workdays import days_after
from suivi_tui.vocabulary.choices.penalties import (
    Breach,
    CapBasis,
    CountFrom,
    DayCount,
    PenaltyIndex,
    PenaltyKind,
)
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import format_number, format_percent, plural
from suivi_tui.vocabulary.typography import french

PROPOSAL_NOTE = french(
    "Calcul proposé à partir des pièces du marché : l'acheteur seul décide d'appliquer une "
    "pénalité."
)
"""What every screen and letter says beside an amount."""

RULES_VERSION = 1
"""Kept with each case: raised when the same facts and terms would give another amount."""

_NOTHING = Money(0)
_SHORT_DAYS = {
    DayCount.CALENDAR: ("jour calendaire", "jours calendaires"),
    DayCount.WORKING: ("jour ouvré", "jours ouvrés"),
    DayCount.BUSINESS: ("jour ouvrable", "jours ouvrables"),
}


class IndexRate(NamedTuple):
    """A rate that follows an index: ``coefficient`` x ``value`` (cents an hour, on its day)."""

    name: PenaltyIndex
    coefficient: Fraction
    value: Money


class PenaltyTerm(NamedTuple):
    """What a contract says of one breach.

    ``rate`` is in cents for an hour, a day or an occurrence, or an ``IndexRate`` for an hour.
    ``counting`` serves penalties by day; ``count_from`` says whether a formal notice is needed;
    ``waived_if_means_proven`` that nothing is due by a company that proves it used all means.
    """

    breach: Breach
    kind: PenaltyKind
    rate: Money | IndexRate
    counting: DayCount = DayCount.CALENDAR
    count_from: CountFrom = CountFrom.NOTICE
    waived_if_means_proven: bool = False


class Cap(NamedTuple):
    """The most that penalties may reach: a ``share`` of an amount, or ``amount`` itself in cents.

    ``covers`` are the kinds it bounds, empty for all: CCAG-Travaux 2021 caps those of delay alone.
    """

    basis: CapBasis
    share: Fraction = Fraction(0)
    amount: Money = _NOTHING
    covers: tuple[PenaltyKind, ...] = ()


class BreachFacts(NamedTuple):
    """What happened.

    ``missing`` hours, ``occurrences`` (absences at a meeting); ``due_on`` the day on which a
    paper was due, ``received_on`` the day it came (None: not yet); ``notice_on`` the day on which
    the formal notice was received, ``notice_deadline`` the last day it left to comply.
    """

    breach: Breach
    missing: Hours = Hours(0)
    occurrences: int = 1
    due_on: date | None = None
    received_on: date | None = None
    notice_on: date | None = None
    notice_deadline: date | None = None
    means_proven: bool = False


class CapBases(NamedTuple):
    """Amounts that caps are computed on, cents before tax; None when unknown.

    ``already`` are penalties that the same caps have already counted, by kind.
    """

    contract: Money | None = None
    yearly: Money | None = None
    already: Mapping[PenaltyKind, Money] = {}


UNKNOWN_BASES: Final = CapBases()


class PenaltyLine(NamedTuple):
    """One step: a French sentence, and what it adds to the total (negative when it lowers it)."""

    text: str
    amount: Money


class Penalty(NamedTuple):
    """The amount proposed and every step that leads to it: the lines add up to ``amount``.

    ``before_caps`` is the amount before them, ``waived`` what proven means spared;
    ``cap_unknown`` is True when a cap could not be applied, its amount being unknown; ``by_kind``
    shares ``amount`` between kinds, for the caps of a later case.
    """

    amount: Money
    before_caps: Money
    waived: Money
    lines: tuple[PenaltyLine, ...]
    cap_unknown: bool = False
    by_kind: Mapping[PenaltyKind, Money] = {}


class _Due(NamedTuple):
    kind: PenaltyKind
    amount: Money
    waived: Money
    text: str


def proposed_penalty(
    terms: Iterable[PenaltyTerm],
    facts: Sequence[BreachFacts],
    on: date,
    caps: Iterable[Cap] = (),
    bases: CapBases = UNKNOWN_BASES,
    holidays: Collection[date] = (),
) -> Penalty:
    """What the terms allow ``on`` a day, for what happened; penalties of several breaches add up.

    The day after the formal notice, its deadline, or the date due (``count_from``) is day 1: no
    day is counted before, and nothing by hour or flat is due until then. A paper that comes is
    late up to the day it comes, included. Raises ValueError on an index that is not by hour.
    """
    known = tuple(terms)
    dues = [
        _due(term, fact, on, holidays)
        for fact in facts
        for term in known
        if term.breach is fact.breach
    ]
    lines = [PenaltyLine(due.text, due.amount) for due in dues]
    totals: dict[PenaltyKind, int] = dict.fromkeys(PenaltyKind, 0)
    for due in dues:
        totals[due.kind] += due.amount
    before = sum(totals.values())
    cap_unknown = False
    # The narrowest first: what it spares is not spared twice by a wider one.
    for cap in sorted(caps, key=lambda cap: len(cap.covers) or len(PenaltyKind)):
        line = _capped(cap, bases, totals)
        cap_unknown = cap_unknown or line is None
        lines.append(line or PenaltyLine(_unknown_cap(cap), _NOTHING))
    return Penalty(
        amount=Money(sum(totals.values())),
        before_caps=Money(before),
        waived=Money(sum(due.waived for due in dues)),
        lines=tuple(lines),
        cap_unknown=cap_unknown,
        by_kind={kind: Money(cents) for kind, cents in totals.items() if cents},
    )


def late_days(
    term: PenaltyTerm, fact: BreachFacts, on: date, holidays: Collection[date] = ()
) -> int:
    """Days late that count, as the term counts them, until ``on`` or until the paper came."""
    start = counted_after(term, fact)
    if start is None:
        return 0
    last = on if fact.received_on is None else min(on, fact.received_on)
    return days_after(start, last, term.counting, holidays)


def counted_after(term: PenaltyTerm, fact: BreachFacts) -> date | None:
    """The day after which a penalty runs; None when it cannot: no notice, or no date due.

    Never before the date due, nor before the notice when one is needed. A notice that left no
    known deadline runs from its own day.
    """
    if not term.count_from.needs_notice:
        # What happened without a date due (an absence, hours missing) needs none.
        by_day = term.kind is PenaltyKind.PER_DAY
        return fact.due_on if by_day or fact.due_on is not None else date.min
    if fact.notice_on is None:
        return None
    days = [fact.notice_on]
    if fact.due_on is not None:
        days.append(fact.due_on)
    if term.count_from is CountFrom.NOTICE_DEADLINE and fact.notice_deadline is not None:
        days.append(fact.notice_deadline)
    return max(days)


def _due(term: PenaltyTerm, fact: BreachFacts, on: date, holidays: Collection[date]) -> _Due:
    label = term.breach.label
    start = counted_after(term, fact)
    if start is None:
        return _Due(term.kind, _NOTHING, _NOTHING, french(f"{label} : {_not_running(term)}."))
    if on <= start:
        text = f"{label} : rien n'est dû avant le lendemain du {format_date(start)}."
        return _Due(term.kind, _NOTHING, _NOTHING, french(text))
    quantity, shown = _quantity(term, fact, on, holidays)
    rate, rate_shown = _rate(term)
    amount = _half_up(quantity * rate)
    text = f"{label} : {shown} × {rate_shown} = {format_money(amount)}"
    text += _when(term, fact, start, on)
    if fact.means_proven and term.waived_if_means_proven:
        text += ", non retenus car l'entreprise prouve avoir mis en œuvre tous les moyens"
        return _Due(term.kind, _NOTHING, amount, french(f"{text}."))
    return _Due(term.kind, amount, _NOTHING, french(f"{text}."))


def _not_running(term: PenaltyTerm) -> str:
    if term.count_from.needs_notice:
        return "pas de mise en demeure, rien n'est dû"
    return "échéance inconnue, rien ne peut être compté"


def _quantity(
    term: PenaltyTerm, fact: BreachFacts, on: date, holidays: Collection[date]
) -> tuple[Fraction, str]:
    """Hours, days or times, exact and as shown."""
    if term.kind is PenaltyKind.PER_HOUR:
        missing = Hours(max(fact.missing, 0))
        return Fraction(missing, 100), format_hours(missing)
    if term.kind is PenaltyKind.PER_DAY:
        days = late_days(term, fact, on, holidays)
        return Fraction(days), plural(days, *_SHORT_DAYS[term.counting])
    times = max(fact.occurrences, 0)
    return Fraction(times), f"{format_number(times)} fois"


def _rate(term: PenaltyTerm) -> tuple[Fraction, str]:
    """Cents for one hour, day or time, exact and as shown."""
    rate = term.rate
    if not isinstance(rate, IndexRate):
        return Fraction(rate), format_money(rate)
    if term.kind is not PenaltyKind.PER_HOUR:
        raise ValueError("an index is by hour")
    name = rate.name.label
    coefficient = format_decimal(rate.coefficient)
    shown = f"{coefficient} × {format_money(rate.value)} ({name[0].lower()}{name[1:]})"
    if rate.name is PenaltyIndex.MINIMUM_WAGE:
        shown = f"{coefficient} × {format_money(rate.value)} ({name})"
    return rate.coefficient * rate.value, shown


def format_decimal(value: Fraction) -> str:
    """A coefficient as written: ``4``, ``1,5``, or ``1/3`` when decimals would not be exact."""
    for decimals in range(7):
        if (value * 10**decimals).denominator == 1:
            return format_number(value, decimals)
    return f"{value.numerator}/{value.denominator}"


def _when(term: PenaltyTerm, fact: BreachFacts, start: date, on: date) -> str:
    """From which day days are counted, and until which."""
    if term.kind is not PenaltyKind.PER_DAY:
        return ""
    last = on if fact.received_on is None else min(on, fact.received_on)
    if last <= start:
        return f", rien n'ayant couru après le {format_date(start)}"
    return f", du lendemain du {format_date(start)} au {format_date(last)} inclus"


def _capped(cap: Cap, bases: CapBases, totals: dict[PenaltyKind, int]) -> PenaltyLine | None:
    """Lowers the totals to a cap; the line says how. None when the cap cannot be computed."""
    limit = _limit(cap, bases)
    if limit is None:
        return None
    ceiling, shown = limit
    kinds = cap.covers or tuple(PenaltyKind)
    already = sum(bases.already.get(kind, 0) for kind in kinds)
    room = max(ceiling - already, 0)
    over = max(sum(totals[kind] for kind in kinds) - room, 0)
    spared = over
    for kind in reversed(kinds):
        taken = min(totals[kind], spared)
        totals[kind] -= taken
        spared -= taken
    text = f"{_cap_name(cap)} : {shown}"
    if already:
        text += f", dont {format_money(Money(already))} déjà comptés"
    text += f", {format_money(Money(over))} de moins" if over else ", non atteint"
    return PenaltyLine(french(f"{text}."), Money(-over))


def _limit(cap: Cap, bases: CapBases) -> tuple[int, str] | None:
    """The cap in cents, and as shown."""
    if cap.basis is CapBasis.ABSOLUTE:
        return cap.amount, format_money(cap.amount)
    yearly = cap.basis is CapBasis.YEARLY_AMOUNT
    base = bases.yearly if yearly else bases.contract
    if base is None:
        return None
    ceiling = int(max(base, 0) * cap.share)
    of_what = " de montant annuel" if yearly else " de montant du marché"
    share = format_percent(cap.share, 2)
    amount = format_money(Money(ceiling))
    return ceiling, f"{share} × {format_money(base)}{of_what} = {amount}"


def _cap_name(cap: Cap) -> str:
    if not cap.covers:
        return "Plafond des pénalités"
    names = ", ".join(kind.label[0].lower() + kind.label[1:] for kind in cap.covers)
    return f"Plafond des pénalités ({names})"


def _unknown_cap(cap: Cap) -> str:
    what = "annuel" if cap.basis is CapBasis.YEARLY_AMOUNT else "du marché"
    share = format_percent(cap.share, 2)
    return french(
        f"{_cap_name(cap)} : {share} du montant {what}, inconnu ; le plafond reste à vérifier."
    )


def _half_up(exact: Fraction) -> Money:
    return Money((2 * exact.numerator + exact.denominator) // (2 * exact.denominator))
