"""What the checks of entered hours look at: the line typed and all that surrounds it.

Ids are integers, codes those of ``vocabulary.choices``, hours hundredths; a date is None when it
is unknown, and an unknown date limits nothing.
"""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import NamedTuple

from suivi_tui.reference.loader import PlausibilityLimits
from suivi_tui.rules.eligibility import EligibilityWindow
from suivi_tui.vocabulary.choices import Decision
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month


class Standing(Enum):
    """What was decided of the eligibility of a person, all criteria together."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    PENDING = "pending"
    UNKNOWN = "unknown"


def standing_of(decisions: Iterable[str]) -> Standing:
    """What the decisions on the criteria of a person come to: one accepted is enough.

    ``decisions`` are codes of ``Decision``; a criterion without a decision is pending.
    """
    made = set(decisions)
    if not made:
        return Standing.UNKNOWN
    if Decision.ACCEPTED.value in made:
        return Standing.ACCEPTED
    return Standing.REFUSED if made == {Decision.REFUSED.value} else Standing.PENDING


class CheckedObligation(NamedTuple):
    """An obligation as a sentence names it, its days, and those of its contract.

    ``start`` is the start on site; ``members`` are the companies of its lot, the holder among
    them.
    """

    obligation: int
    name: str = ""
    holder: int = 0
    members: frozenset[int] = frozenset()
    start: date | None = None
    end: date | None = None
    closed_on: date | None = None
    contract_start: date | None = None
    contract_end: date | None = None
    contract_closed_on: date | None = None


class CheckedWorkContract(NamedTuple):
    """A work contract: its days, its weekly time, who employs, by which route and contract."""

    work_contract: int
    start: date | None = None
    end: date | None = None
    weekly_hours: Hours | None = None
    employer: int | None = None
    employer_name: str = ""
    structure_kind: str = ""
    mode: str = ""
    type: str = ""


class CheckedPlacement(NamedTuple):
    """A work contract serving an obligation; ``start`` and ``end`` are its own, else those of
    the work contract."""

    placement: int
    obligation: CheckedObligation
    work_contract: CheckedWorkContract
    start: date | None = None
    end: date | None = None


class OtherHours(NamedTuple):
    """Other hours of the same person in the same month.

    ``declared`` is what was received, ``acquired`` what is not refused of it; ``pooled`` when
    its contract pools hours.
    """

    placement: CheckedPlacement
    kind: int
    declared: Hours
    acquired: Hours
    pooled: bool = False


class CheckedLine(NamedTuple):
    """Hours typed or read for one placement, month and kind (``HourKind.number``).

    ``before`` is what the cell holds already (None: nothing), ``corrects`` the month that
    negative hours take back, ``locked`` and ``verified`` what is known of its statement.
    """

    placement: CheckedPlacement
    kind: int
    month: Month
    hours: Hours
    today: date
    limits: PlausibilityLimits
    before: Hours | None = None
    corrects: Month | None = None
    locked: bool = False
    verified: bool = False
    pooled: bool = False
    standing: Standing = Standing.ACCEPTED
    windows: tuple[EligibilityWindow, ...] = ()
    others: tuple[OtherHours, ...] = ()
