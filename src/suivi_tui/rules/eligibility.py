"""Who counts and until when: the counting window of a person and the proof seen at hiring.

The window opens at the first start under a clause and lasts a number of months whatever the
contracts, buyers or employers; a new validation after it has ended opens another one
(domain.md 4.4, to be confirmed by the territory: both figures live in ``reference``).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from suivi_tui.rules.plausibility import days_within
from suivi_tui.vocabulary.choices import Decision
from suivi_tui.vocabulary.dates import add_calendar_months
from suivi_tui.vocabulary.months import Month


class EligibilityFacts(NamedTuple):
    """A criterion claimed by a person: its proof, the decision, and the window it may impose.

    ``decision`` is a code of ``Decision``, ``proof`` a code of ``Proof`` ('' when none was seen);
    ``rank`` 1 is the main criterion; ``ends_on`` is the last eligible day when it is known.
    """

    decision: str
    decided_on: date | None = None
    ends_on: date | None = None
    proof: str = ""
    proof_on: date | None = None
    rank: int = 1


class EligibilityWindow(NamedTuple):
    """A period during which the hours of a person count; both days included."""

    start: date
    end: date


class ProofState(Enum):
    """What the proof of a criterion is worth at hiring."""

    PROVEN = "proven"
    MISSING = "missing"
    OUTDATED = "outdated"
    LATER = "later"


def first_start_under_clause(
    entered_scheme_on: date | None, contract_starts: Iterable[date | None]
) -> date | None:
    """The day the window is counted from: entry in the scheme, else the earliest work contract."""
    if entered_scheme_on is not None:
        return entered_scheme_on
    return min((start for start in contract_starts if start is not None), default=None)


def eligibility_windows(
    eligibilities: Iterable[EligibilityFacts], first_start: date | None, months: int
) -> tuple[EligibilityWindow, ...]:
    """The windows of a person, the oldest first; empty when nothing was accepted.

    Hours before the first accepted decision do not count: there is no retroactive validation
    (domain.md 4.4). Within one window the latest ``ends_on`` replaces the usual length. An
    acceptance decided after a window, or its usual length, has ended opens a new one that day.
    An accepted decision without a date counts from the first start; without a first start
    either, the window has no limit that can be known.
    """
    accepted = [facts for facts in eligibilities if facts.decision == Decision.ACCEPTED.value]
    accepted.sort(key=lambda facts: facts.decided_on or date.min)
    windows: list[EligibilityWindow] = []
    anchor = first_start
    explicit: date | None = None
    for facts in accepted:
        decided = facts.decided_on or date.min
        running = windows[-1] if windows else None
        if running and decided <= min(running.end, _usual_end(anchor, months)):
            # Another criterion of the same window: it moves no limit but its own explicit end.
            windows.pop()
            opens = running.start
        else:
            if running or decided > _usual_end(anchor, months) or anchor is None:
                anchor = facts.decided_on
            if running:
                # Windows never overlap, or a day would be counted twice.
                last = min(running.end, decided - timedelta(days=1))
                windows[-1] = EligibilityWindow(running.start, last)
            opens, explicit = max(decided, anchor or date.min), None
        if facts.ends_on is not None:
            explicit = max(explicit or facts.ends_on, facts.ends_on)
        windows.append(EligibilityWindow(opens, explicit or _usual_end(anchor, months)))
    return tuple(window for window in windows if window.start <= window.end)


def _usual_end(anchor: date | None, months: int) -> date:
    """The last day of a window counted from ``anchor``: the day before its anniversary."""
    if anchor is None:
        return date.max
    return _later(anchor, months) - timedelta(days=1)


def _later(day: date, months: int) -> date:
    try:
        return add_calendar_months(day, months)
    except ValueError:
        # A mistyped year near 9999 must not stop the alerts of everybody else.
        return date.max


def window_on(windows: Sequence[EligibilityWindow], day: date) -> EligibilityWindow | None:
    """The window that holds a day, if any."""
    return next((window for window in windows if window.start <= day <= window.end), None)


def is_eligible(windows: Sequence[EligibilityWindow], day: date) -> bool:
    """Whether hours worked on ``day`` may count."""
    return window_on(windows, day) is not None


def eligible_days(
    windows: Sequence[EligibilityWindow],
    month: Month,
    start: date | None = None,
    end: date | None = None,
) -> int:
    """Eligible calendar days of a month (within ``start`` and ``end`` when they are given)."""
    days = 0
    for window in windows:
        first = window.start if start is None or start < window.start else start
        last = window.end if end is None or end > window.end else end
        days += days_within(month, first, last)
    return days


def split_of_month(
    windows: Sequence[EligibilityWindow],
    month: Month,
    start: date | None = None,
    end: date | None = None,
) -> tuple[int, int]:
    """Calendar days of a month under contract: (eligible, not eligible)."""
    eligible = eligible_days(windows, month, start, end)
    return eligible, days_within(month, start, end) - eligible


def proof_state(
    proof: str, proof_on: date | None, hiring: date, validity: Mapping[str, int | None]
) -> ProofState:
    """What a proof is worth on the day of hiring.

    ``validity`` gives the months a kind of proof is worth (None: any age). A proof of a given
    day is still worth something on the same day of the last month (domain.md 4.3). A kind that
    ``validity`` does not know has no limit.
    """
    if not proof or proof_on is None:
        return ProofState.MISSING
    if proof_on > hiring:
        return ProofState.LATER
    months = validity.get(proof)
    if months is not None and _later(proof_on, months) < hiring:
        return ProofState.OUTDATED
    return ProofState.PROVEN


def judged_on(facts: EligibilityFacts, first_start: date | None, months: int) -> date | None:
    """The day on which the proof of an eligibility is judged: hiring, as a rule.

    A validation decided after the first window judges the proof on the day it was decided,
    since the person was hired long before. None when no day is known.
    """
    decided = facts.decided_on
    if first_start is None or (decided is not None and decided > _usual_end(first_start, months)):
        return decided
    return first_start
