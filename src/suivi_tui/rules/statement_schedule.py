"""Which statements are awaited: for which months, from whom, until when, and what came.

The wall and the alert ``releve_manquant`` both read this, so that both tell the same number.
Cadence, due day, first month and declarants are terms of the contract (``model.md``, term).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from suivi_tui.rules.locks import closes
from suivi_tui.rules.terms import ContractTerms, TermLine, terms_of
from suivi_tui.vocabulary.choices import Cadence, HolderDeclares
from suivi_tui.vocabulary.months import (
    Month,
    add_months,
    days_in,
    first_day,
    format_month,
    last_day,
    month_of,
    months_between,
    next_month,
)

_USUAL = ContractTerms()
_QUARTER = 3
_NOBODY: frozenset[int] = frozenset()

TermsIn = Callable[[Month], ContractTerms]
"""The terms in force at the end of a month."""


def usual_terms(month: Month) -> ContractTerms:
    """The terms of a contract that says nothing."""
    return _USUAL


def terms_by_month(lines: Sequence[TermLine], lot: int) -> TermsIn:
    """What the terms of a contract say of one of its lots, month by month."""
    if not lines:
        return usual_terms

    @cache
    def said(month: Month) -> ContractTerms:
        return terms_of(lines, lot, last_day(month))

    return said


class StatementPeriod(NamedTuple):
    """The months that one statement declares, and the last day on which it may come."""

    first: Month
    last: Month
    due_on: date
    quarterly: bool = False

    @property
    def label(self) -> str:
        """``mars 2026``, ``1er trimestre 2026``."""
        if not self.quarterly:
            return format_month(self.first)
        number = (self.first % 100 - 1) // _QUARTER + 1
        return f"{number}{'er' if number == 1 else 'e'} trimestre {self.first // 100}"

    @property
    def months(self) -> list[Month]:
        """The months of the period."""
        return months_between(self.first, self.last)

    @property
    def late_since(self) -> date:
        """The first day of lateness."""
        return self.due_on + timedelta(days=1)

    def days_late(self, today: date) -> int:
        """Days of lateness, 0 until the due day included."""
        return max(0, (today - self.due_on).days)


def watched_months(today: date, months_back: int) -> tuple[Month, Month]:
    """The first and the last month looked at: that of ``today`` and ``months_back`` before."""
    return add_months(month_of(today), -months_back), month_of(today)


def awaited_periods(
    terms: TermsIn,
    start: date | None,
    end: date | None,
    default_due_day: int,
    until: Month,
    since: Month | None = None,
) -> tuple[StatementPeriod, ...]:
    """The periods of an obligation that begin by ``until`` and do not end before ``since``.

    Nothing is awaited while the start on site is unknown. A quarter is a civil one, cut to the
    months awaited, and due once it is over: one stopped in February is still due in April.
    ``default_due_day`` is a day of the month after the period; where that month is shorter, its
    last day.
    """
    if start is None:
        return ()
    first = month_of(start)
    if since is not None:
        first = max(first, _quarter(since)[0])
    last = _quarter(until)[1]
    if end is not None:
        last = min(last, month_of(end))
    found: list[StatementPeriod] = []
    running: tuple[Month, Month] | None = None
    for month in months_between(first, last) if first <= last else ():
        said = terms(month)
        if said.first_month is not None and month < said.first_month:
            continue
        day = said.due_day or default_due_day
        if said.cadence is not Cadence.QUARTERLY:
            running = None
            found.append(StatementPeriod(month, month, _due_on(month, day)))
            continue
        quarter = _quarter(month)
        begun = found.pop().first if running == quarter else month
        found.append(StatementPeriod(begun, month, _due_on(quarter[1], day), quarterly=True))
        running = quarter
    return tuple(
        period
        for period in found
        if period.first <= until and (since is None or since <= period.last)
    )


def _quarter(month: Month) -> tuple[Month, Month]:
    first = Month(month - (month % 100 - 1) % _QUARTER)
    return first, Month(first + _QUARTER - 1)


def _due_on(last: Month, day: int) -> date:
    month = next_month(last)
    return first_day(month) + timedelta(days=min(day, days_in(month)) - 1)


class Work(NamedTuple):
    """Someone placed on the obligation: by whom, over which days; an unknown end is not one."""

    employer: int | None
    start: date | None = None
    end: date | None = None

    def in_month(self, month: Month) -> bool:
        """Whether they are placed some day of the month; not known while the start is not."""
        begun = self.start is not None and self.start <= last_day(month)
        return begun and (self.end is None or self.end >= first_day(month))


class Sent(NamedTuple):
    """A statement that came: its sender (None when nobody is named) and its status code."""

    sender: int | None
    status: str


_NOTHING: Mapping[Month, tuple[Sent, ...]] = MappingProxyType({})
_NO_HOURS: Mapping[Month, frozenset[int]] = MappingProxyType({})
_NO_NAMES: Mapping[int, str] = MappingProxyType({})


class StatementFacts(NamedTuple):
    """What is known of the statements of one obligation.

    ``holder`` owes the hours; ``end`` is the last day of the obligation. By month, ``sent`` holds
    the statements and ``worked`` the employers with hour lines; ``names`` are those of companies.
    """

    holder: int
    start: date | None = None
    end: date | None = None
    terms: TermsIn = usual_terms
    works: tuple[Work, ...] = ()
    sent: Mapping[Month, tuple[Sent, ...]] = _NOTHING
    worked: Mapping[Month, frozenset[int]] = _NO_HOURS
    names: Mapping[int, str] = _NO_NAMES


class Awaited(NamedTuple):
    """What one sender has to declare for a period: the months, and those that nothing came for.

    ``answered`` once something came for a month of the period: one statement declares them all,
    and a month without hours is in it too.
    """

    sender: int
    period: StatementPeriod
    months: tuple[Month, ...]
    silent: tuple[Month, ...]
    answered: bool = False

    def late(self, today: date) -> bool:
        """Whether nothing came and the due day has passed."""
        return bool(self.silent) and not self.answered and today > self.period.due_on


def awaited_statements(
    facts: StatementFacts, default_due_day: int, first: Month, last: Month
) -> list[Awaited]:
    """Who is awaited, period by period, for the months from ``first`` to ``last``."""
    found: list[Awaited] = []
    periods = awaited_periods(facts.terms, facts.start, facts.end, default_due_day, last, first)
    for period in periods:
        senders = awaited_senders(facts, period)
        asked = facts.holder in senders
        for sender, listed in senders.items():
            months = tuple(month for month in listed if first <= month <= last)
            if months:
                silent = tuple(month for month in months if not heard(facts, sender, month, asked))
                answered = any(heard(facts, sender, month, asked) for month in listed)
                found.append(Awaited(sender, period, months, silent, answered))
    return found


def awaited_senders(facts: StatementFacts, period: StatementPeriod) -> dict[int, tuple[Month, ...]]:
    """By company, the months of a period that it has to declare.

    Employers declare the months in which someone of theirs is placed (or has hours), the
    declarants named by the terms every month. The holder, as its term says: by default when it
    employs there, or when nobody else declares.
    """
    months, said = period.months, facts.terms(period.last)
    employing: dict[int, list[Month]] = {}
    for month in months:
        placed = {work.employer or facts.holder for work in facts.works if work.in_month(month)}
        for employer in sorted(placed | facts.worked.get(month, _NOBODY)):
            employing.setdefault(employer, []).append(month)
    awaited = {sender: tuple(listed) for sender, listed in employing.items()}
    awaited |= dict.fromkeys(said.declarants, tuple(months))
    senders = {sent.sender for month in months for sent in facts.sent.get(month, ())}
    others = (awaited.keys() | senders) - {facts.holder, None}
    if said.holder_declares is HolderDeclares.NEVER:
        awaited.pop(facts.holder, None)
    elif said.holder_declares is HolderDeclares.ALWAYS or not others:
        awaited[facts.holder] = tuple(months)
    return awaited


def heard(facts: StatementFacts, sender: int, month: Month, holder_asked: bool) -> bool:
    """Whether something came of a sender for a month, or the month is locked."""
    return (
        sender in facts.worked.get(month, _NOBODY)
        or bool(speaking(facts, sender, month, holder_asked))
        or closes(facts.sent.get(month, ()), facts.holder, sender)
    )


def speaking(
    facts: StatementFacts, sender: int, month: Month, holder_asked: bool
) -> tuple[Sent, ...]:
    """The statements that speak for a sender: its own, if any.

    Else those of nobody named, and those of a holder that nobody asked for a statement of its
    own (``holder_asked``): it can only speak of the people of others.
    """
    sent = facts.sent.get(month, ())
    own = tuple(item for item in sent if item.sender == sender)
    whole = (None,) if holder_asked else (None, facts.holder)
    return own or tuple(item for item in sent if item.sender in whole)
