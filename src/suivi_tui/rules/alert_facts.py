"""What the alert rules look at: small frozen facts, read from the base by the readings.

Ids are integers, codes those of ``vocabulary.choices``, hours hundredths; a date is None when
it is unknown. Facts of closed contracts may be given: the rules raise nothing on them.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from suivi_tui.rules.alert_case_facts import NO_CASE, CaseFacts
from suivi_tui.rules.clause_texts import TextFacts
from suivi_tui.rules.eligibility import EligibilityFacts
from suivi_tui.rules.obligation import OwedEvent
from suivi_tui.rules.owing import expected_of
from suivi_tui.rules.schedules import Schedule
from suivi_tui.rules.statement_schedule import StatementFacts
from suivi_tui.vocabulary.choices import Stage
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

_NO_HOURS = Hours(0)
_NO_STATEMENTS = StatementFacts(0)
_SAID: Mapping[str, str] = MappingProxyType({})
_CLOSED = (Stage.CLOSED.value, Stage.REFUSED.value)
_UPSTREAM = (Stage.PROJECT.value, Stage.CONSULTATION.value)


class ContractFacts(NamedTuple):
    """A contract. ``obligations`` is the number of its obligations, 0 when none was entered.

    ``led`` is False when nobody is said to follow it, although somebody follows others;
    ``said`` are the limits that its terms set, by code of term; ``text`` is the last text of its
    clause that was sent, None when none was.
    """

    contract: int
    taken_up: bool = True
    stage: str = Stage.RUNNING.value
    closed_on: date | None = None
    notified_on: date | None = None
    start: date | None = None
    end: date | None = None
    obligations: int = 1
    led: bool = True
    said: Mapping[str, str] = _SAID
    text: TextFacts | None = None

    @property
    def followed(self) -> bool:
        """Taken up and neither closed nor refused: only such a contract raises alerts."""
        return self.taken_up and self.closed_on is None and self.stage not in _CLOSED

    @property
    def under_way(self) -> bool:
        """Followed and past the upstream stages: its objective and its start must be known."""
        return self.followed and self.stage not in _UPSTREAM


class ObligationFacts(NamedTuple):
    """An obligation: what is owed, what was done, who works, which months were declared.

    ``start`` is the start on site. ``placements`` counts the placements ever made
    (hours always stand on one); ``statements`` says who declares and what came. ``schedule`` is
    how the hours are expected over time, None when evenly from the start to the last day.
    ``name`` names it in a sentence; ``said`` are the limits that the terms of its lot set.
    """

    contract: ContractFacts
    lot: int
    obligation: int
    company: int | None = None
    start: date | None = None
    end: date | None = None
    closed_on: date | None = None
    events: tuple[OwedEvent, ...] = ()
    declared: Hours = _NO_HOURS
    validated: Hours = _NO_HOURS
    refused: Hours = _NO_HOURS
    placements: int = 0
    statements: StatementFacts = _NO_STATEMENTS
    schedule: Schedule | None = None
    name: str = ""
    said: Mapping[str, str] = _SAID
    case: CaseFacts = NO_CASE

    @property
    def followed(self) -> bool:
        """Whether the obligation may raise alerts: its contract is followed, itself is open."""
        return self.closed_on is None and self.contract.followed

    @property
    def acquired(self) -> Hours:
        """Validated and pending hours: what was declared and not refused."""
        return Hours(self.declared - self.refused)

    @property
    def last_day(self) -> date | None:
        """The end of the obligation, or that of its contract when it has none of its own."""
        return self.end or self.contract.end

    def expected(self, on: date) -> Hours | None:
        """Hours expected by the evening of a day, None when they cannot be known."""
        schedule = self.schedule or Schedule(self.start, self.last_day)
        return expected_of(self.events, schedule, on)


class WorkContractFacts(NamedTuple):
    """A work contract: its days, its weekly time (hundredths of an hour), who employs.

    ``level`` is the code of the level of education at hiring, '' when unknown.
    """

    work_contract: int
    start: date | None = None
    end: date | None = None
    weekly_hours: Hours | None = None
    employer: int | None = None
    level: str = ""


class PlacementFacts(NamedTuple):
    """A work contract serving an obligation; own dates override those of the work contract."""

    placement: int
    obligation: ObligationFacts
    work_contract: WorkContractFacts
    start: date | None = None
    end: date | None = None

    def running_on(self, day: date) -> bool:
        """Whether someone works on the obligation that day; an unknown end is not an end."""
        start = self.start or self.work_contract.start
        end = self.end or self.work_contract.end
        return start is not None and start <= day and (end is None or day <= end)


class MonthFacts(NamedTuple):
    """The hours of one placement in one month, all kinds of hours added up.

    ``parts`` are the hours declared by kind, those wholly refused left out; ``pooled`` when the
    terms let hours of the month be shared with other contracts.
    """

    placement: PlacementFacts
    month: Month
    declared: Hours
    refused: Hours = _NO_HOURS
    parts: tuple[Hours, ...] = ()
    pooled: bool = False

    @property
    def acquired(self) -> Hours:
        """Hours declared and not refused: refused ones have already been dealt with."""
        return Hours(self.declared - self.refused)


class PersonFacts(NamedTuple):
    """A person: when they came in, what was decided, where they work, what was declared.

    ``first_contract_start`` is the earliest start of their work contracts. ``months`` must hold
    every placement of the months it covers, closed contracts included: hours are judged on the
    whole month of the person.
    """

    participant: int
    entered_scheme_on: date | None = None
    first_contract_start: date | None = None
    eligibilities: tuple[EligibilityFacts, ...] = ()
    placements: tuple[PlacementFacts, ...] = ()
    months: tuple[MonthFacts, ...] = ()
    sex: str = ""
    prescriber: str = ""
    level: str = ""
