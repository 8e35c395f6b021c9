"""The path of a person through their work contracts, and the points at which one asks what became
of them (domain.md 7.2)."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from suivi_tui.vocabulary.choices import OutcomePoint, OutcomeSituation, find
from suivi_tui.vocabulary.dates import add_calendar_months

FOLLOWED_MONTHS: Final = OutcomePoint.MONTHS_12.months
"""Months after the exit during which a new hiring belongs to the same path."""
_POINTS: Final = tuple((point, str(point.value), point.months) for point in OutcomePoint)
"""Each point, its code and its months after the exit, the first one first."""


class ExitClass(StrEnum):
    """What a situation counts as; the first three are dynamic exits."""

    DURABLE = "Emploi durable"
    TRANSITION = "Emploi de transition"
    POSITIVE = "Sortie positive"
    OTHER = "Autre sortie"
    NEUTRAL = "Sortie neutralisée"
    UNKNOWN = "Sans réponse"

    @property
    def dynamic(self) -> bool:
        """Whether it counts among the dynamic exits."""
        return self in (ExitClass.DURABLE, ExitClass.TRANSITION, ExitClass.POSITIVE)


_CLASSES: Final = {
    OutcomeSituation.PERMANENT: ExitClass.DURABLE,
    OutcomeSituation.LONG_FIXED_TERM: ExitClass.DURABLE,
    OutcomeSituation.PUBLIC_SERVICE: ExitClass.DURABLE,
    OutcomeSituation.BUSINESS: ExitClass.DURABLE,
    OutcomeSituation.SHORT_FIXED_TERM: ExitClass.TRANSITION,
    OutcomeSituation.AIDED: ExitClass.TRANSITION,
    OutcomeSituation.TRAINING: ExitClass.POSITIVE,
    OutcomeSituation.OTHER_SIAE: ExitClass.POSITIVE,
    OutcomeSituation.UNEMPLOYED: ExitClass.OTHER,
    OutcomeSituation.INACTIVE: ExitClass.OTHER,
    OutcomeSituation.NEUTRAL: ExitClass.NEUTRAL,
    OutcomeSituation.NO_ANSWER: ExitClass.UNKNOWN,
}


def exit_class(situation: str) -> ExitClass | None:
    """What a stored situation counts as; None without one, or for one that no list knows."""
    member = find(OutcomeSituation, situation)
    return _CLASSES[member] if member is not None else None


class Stay(NamedTuple):
    """A work contract of a person; a day that is unknown is None."""

    work_contract: int
    start: date | None
    end: date | None


class PersonPath(NamedTuple):
    """Work contracts that follow one another, whatever the employer; named by the first one.

    ``left_on`` is the last day of the last of them, None while one of them is not over.
    """

    stays: tuple[Stay, ...]
    left_on: date | None

    @property
    def opened_by(self) -> int:
        """The work contract that opens the path."""
        return self.stays[0].work_contract

    @property
    def last(self) -> Stay:
        """The work contract that ends (or will end) last."""
        return max(self.stays, key=lambda stay: (stay.end or date.max, stay.work_contract))

    def holds(self, work_contract: int | None) -> bool:
        """Whether a work contract is one of its own; None (not said) is anybody's."""
        return work_contract is None or any(
            stay.work_contract == work_contract for stay in self.stays
        )


def paths_of(stays: Iterable[Stay], today: date) -> list[PersonPath]:
    """The paths of one person, the oldest first.

    A hiring more than a year after everything was over opens another path: by then the last
    point of the one before was due. A contract whose start is unknown opens nothing.
    """
    ordered = sorted(stays, key=lambda stay: (stay.start or date.min, stay.work_contract))
    groups: list[list[Stay]] = []
    over: date | None = None
    for stay in ordered:
        ends = stay.end or date.max
        follows = (
            over is None
            or over == date.max
            or stay.start is None
            or stay.start <= add_calendar_months(over, FOLLOWED_MONTHS)
        )
        if groups and follows:
            groups[-1].append(stay)
            over = max(over or ends, ends)
        else:
            groups.append([stay])
            over = ends
    return [PersonPath(tuple(group), _left_on(group, today)) for group in groups]


def _left_on(stays: Sequence[Stay], today: date) -> date | None:
    ends = [stay.end for stay in stays if stay.end is not None]
    return max(ends) if len(ends) == len(stays) and max(ends) <= today else None


class PointState(StrEnum):
    """Where one stands with a point."""

    COMING = "à venir"
    TO_ASK = "à demander"
    ASKED = "demandé"
    ANSWERED = "répondu"
    PASSED = "non demandé"
    """A later point came before this one was asked: that one is asked instead."""


class Told(NamedTuple):
    """What was written of a point of a person; ``path`` None: of any path."""

    outcome: int
    path: int | None
    point: str
    asked_on: date | None
    answered_on: date | None
    situation: str


class PointReading(NamedTuple):
    """A point of a path: the day it is due, and what was written of it (None: nothing)."""

    point: OutcomePoint
    due: date
    state: PointState
    told: Told | None

    @property
    def counts_as(self) -> ExitClass | None:
        """What the situation counts as."""
        return exit_class(self.told.situation) if self.told is not None else None


def points_of(path: PersonPath, told: Iterable[Told], today: date) -> tuple[PointReading, ...]:
    """The four points of a path that is over, in order; none while it goes on.

    One point is asked at a time: the latest whose day has come.
    """
    if path.left_on is None:
        return ()
    said = {one.point: one for one in told if path.holds(one.path)}
    days = [add_calendar_months(path.left_on, months) for _, _, months in _POINTS]
    latest = sum(due <= today for due in days) - 1
    found = []
    for place, ((point, code, _), due) in enumerate(zip(_POINTS, days, strict=True)):
        known = said.get(code)
        if known is not None and (known.answered_on is not None or known.situation):
            state = PointState.ANSWERED
        elif known is not None and known.asked_on is not None:
            state = PointState.ASKED
        elif due > today:
            state = PointState.COMING
        else:
            state = PointState.TO_ASK if place == latest else PointState.PASSED
        found.append(PointReading(point, due, state, known))
    return tuple(found)
