"""Which obligations were kept at the end of a period, and why the others were not.

Only what is over is judged: ended, or closed before. An obligation is over the day after its last
day; on the last day itself one still works. What the facilitator wrote (neutralised) and what the
buyer decided (waived) go before the hours (domain.md 6.4).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from suivi_tui.vocabulary.choices import FollowUpKind, ObligationOutcome, PenaltyDecision
from suivi_tui.vocabulary.choices.evaluation import ObligationVerdict, VerdictReason
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.numbers import format_percent
from suivi_tui.vocabulary.typography import french

_NOTHING = Hours(0)
_DECISIONS = {
    PenaltyDecision.APPLIED.value: VerdictReason.PENALTY,
    PenaltyDecision.REDUCED.value: VerdictReason.REDUCED,
    PenaltyDecision.ABANDONED.value: VerdictReason.ABANDONED,
    PenaltyDecision.PROPOSED.value: VerdictReason.PROPOSED,
    "": VerdictReason.PROPOSED,
}


class ObligationFacts(NamedTuple):
    """An obligation at the end of a period; hours in hundredths, those of its whole life so far.

    ``owed`` is what was due by then, None when no objective is known. ``last_day`` counts
    extensions and stops. ``outcome`` is a code of ``ObligationOutcome``, ``decisions`` codes of
    ``PenaltyDecision``, the latest first; ``efforts`` that means were written in a penalty case;
    ``acts`` are codes of ``FollowUpKind`` filed about it; ``holder_changed`` and ``stopped`` that
    the contract says so while it ran.
    """

    owed: Hours | None
    validated: Hours = _NOTHING
    pending: Hours = _NOTHING
    refused: Hours = _NOTHING
    last_day: date | None = None
    closed_on: date | None = None
    outcome: str = ""
    decisions: tuple[str, ...] = ()
    efforts: bool = False
    acts: frozenset[str] = frozenset()
    holder_changed: bool = False
    stopped: bool = False


class ObligationJudgement(NamedTuple):
    """The verdict on an obligation, and every reason found, the main one first.

    ``over_on`` is its last day, or the day it was closed before; None while it goes on.
    """

    verdict: ObligationVerdict
    reasons: tuple[VerdictReason, ...]
    over_on: date | None
    facts: ObligationFacts

    @property
    def reason(self) -> VerdictReason | None:
        """The main reason, by which obligations are counted."""
        return self.reasons[0] if self.reasons else None

    @property
    def missing(self) -> Hours:
        """Hours that were owed and not validated, never below 0."""
        return Hours(max((self.facts.owed or 0) - self.facts.validated, 0))

    @property
    def sentence(self) -> str:
        """One French sentence: the verdict, the figures, why."""
        facts, parts = self.facts, [self.verdict.label]
        if facts.owed is not None:
            done = f"{format_hours(facts.validated)} validées sur {format_hours(facts.owed)}"
            if facts.owed > 0:
                done += f" ({format_percent(Fraction(facts.validated, facts.owed))})"
            parts.append(done)
        text = " : ".join(parts)
        if self.over_on is not None:
            ended = "Close" if self.over_on == facts.closed_on else "Finie"
            text += f". {ended} le {format_date(self.over_on)}"
        why = [one.label for one in self.reasons if one is not VerdictReason.DONE]
        if why:
            text += f". {why[0]}" + "".join(f", {one[:1].lower()}{one[1:]}" for one in why[1:])
        return french(f"{text}.")


def over_on(last_day: date | None, closed_on: date | None, until: date, today: date) -> date | None:
    """The day an obligation was over, by the evening of ``until``; None while it goes on."""
    evening = min(until, today)
    days = []
    if closed_on is not None and closed_on <= evening:
        days.append(closed_on)
    if last_day is not None and last_day <= evening and last_day < today:
        days.append(last_day)
    return min(days, default=None)


def judged(facts: ObligationFacts, until: date, today: date) -> ObligationJudgement:
    """The verdict on an obligation by the evening of ``until``, as known ``today``."""
    over = over_on(facts.last_day, facts.closed_on, until, today)
    verdict, reasons = _verdict(facts, over)
    return ObligationJudgement(verdict, reasons, over, facts)


def _verdict(
    facts: ObligationFacts, over: date | None
) -> tuple[ObligationVerdict, tuple[VerdictReason, ...]]:
    if over is None:
        return ObligationVerdict.GOING_ON, ()
    if facts.outcome == ObligationOutcome.NEUTRALISED.value:
        also = (VerdictReason.HOLDER,) if facts.holder_changed else ()
        return ObligationVerdict.EXCUSED, (VerdictReason.NEUTRALISED, *also)
    if facts.owed is None:
        return ObligationVerdict.UNKNOWN, ()
    if facts.owed <= 0:
        return ObligationVerdict.EXCUSED, (VerdictReason.NOTHING_OWED,)
    if facts.validated >= facts.owed:
        return ObligationVerdict.KEPT, (VerdictReason.DONE,)
    reasons = tuple(_reasons(facts, over)) or (VerdictReason.UNSAID,)
    if PenaltyDecision.WAIVED.value in facts.decisions[:1]:
        return ObligationVerdict.EXCUSED, reasons
    if facts.validated > 0:
        return ObligationVerdict.PARTLY, reasons
    return ObligationVerdict.NOT_KEPT, reasons


def _reasons(facts: ObligationFacts, over: date) -> Iterator[VerdictReason]:
    """Why hours are missing: what was decided first, then what happened."""
    owed = facts.owed or 0
    latest = facts.decisions[0] if facts.decisions else None
    if latest == PenaltyDecision.WAIVED.value:
        yield VerdictReason.WAIVED
    if facts.holder_changed:
        yield VerdictReason.HOLDER
    if latest in _DECISIONS:
        yield _DECISIONS[latest]
    elif latest is None and FollowUpKind.PENALTY.value in facts.acts:
        yield VerdictReason.PROPOSED
    if facts.efforts or FollowUpKind.WAIVER.value in facts.acts:
        yield VerdictReason.EFFORTS
    if facts.pending > 0 and facts.validated + facts.pending >= owed:
        yield VerdictReason.PENDING
    if facts.refused > 0 and facts.validated + facts.pending + facts.refused >= owed:
        yield VerdictReason.REFUSED
    if facts.stopped:
        yield VerdictReason.STOPPED
    if facts.last_day is not None and over < facts.last_day:
        yield VerdictReason.EARLY
    if FollowUpKind.FORMAL_NOTICE.value in facts.acts:
        yield VerdictReason.NOTICE


class VerdictCounts(NamedTuple):
    """Numbers of obligations; the six add up to ``total``, the four first to ``judged``."""

    kept: int = 0
    partly: int = 0
    not_kept: int = 0
    excused: int = 0
    unknown: int = 0
    going_on: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self)

    @property
    def judged(self) -> int:
        """Those that are over, their objective known."""
        return self.total - self.unknown - self.going_on

    @property
    def rate(self) -> Fraction | None:
        """Kept over what had to be: those excused are left out; None when there is none."""
        asked = self.kept + self.partly + self.not_kept
        return Fraction(self.kept, asked) if asked else None


def verdict_counts(verdicts: Iterable[ObligationVerdict]) -> VerdictCounts:
    """How many obligations got each verdict."""
    counts = dict.fromkeys(ObligationVerdict, 0)
    for verdict in verdicts:
        counts[verdict] += 1
    return VerdictCounts(*counts.values())
