"""What became of people, path by path: how many were asked, answered, and found what.

A path is what counts, never a work contract: three missions in a row are one exit
(domain.md 7.2).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from suivi_tui.rules.outcome_points import ExitClass, PersonPath, PointReading, PointState
from suivi_tui.vocabulary.choices import OutcomePoint
from suivi_tui.vocabulary.choices.evaluation import OutcomeOrigin
from suivi_tui.vocabulary.dates import add_calendar_months
from suivi_tui.vocabulary.numbers import format_percent, plural
from suivi_tui.vocabulary.typography import french

SITUATIONS = (
    ExitClass.DURABLE,
    ExitClass.TRANSITION,
    ExitClass.POSITIVE,
    ExitClass.OTHER,
    ExitClass.NEUTRAL,
)
"""The classes of an answer, in the order of a report."""


class FollowedPath(NamedTuple):
    """A path and its points after the exit, as ``points_of`` gives them."""

    path: PersonPath
    points: tuple[PointReading, ...] = ()

    @property
    def entered_on(self) -> date | None:
        """The first day of the path; None when no start is known."""
        return min((stay.start for stay in self.path.stays if stay.start), default=None)

    def counted_from(self, origin: OutcomeOrigin) -> date | None:
        """The day from which its points are counted; None while it has not come."""
        return self.path.left_on if origin is OutcomeOrigin.EXIT else self.entered_on

    def day_of(self, point: OutcomePoint, origin: OutcomeOrigin) -> date | None:
        """The day of a point; the exit is that of the path, whatever the origin."""
        since = self.path.left_on
        if origin is OutcomeOrigin.ENTRY and point is not OutcomePoint.EXIT:
            since = self.entered_on
        return None if since is None else add_calendar_months(since, point.months)


class OutcomeRates(NamedTuple):
    """One point, for all the paths whose day has come. Numbers of paths.

    ``due`` are those to ask about; ``going_on`` those still in their path on that day (counted
    from the entry only), about whom nothing is asked. ``asked`` holds those that ``answered``;
    « Sans réponse » is asked, not answered. The five classes add up to ``answered``.
    """

    point: OutcomePoint
    due: int = 0
    going_on: int = 0
    asked: int = 0
    answered: int = 0
    durable: int = 0
    transition: int = 0
    positive: int = 0
    other: int = 0
    neutral: int = 0

    @property
    def dynamic(self) -> int:
        """Durable, transition and positive together."""
        return self.durable + self.transition + self.positive

    @property
    def counted(self) -> int:
        """What the rates are computed on: the answers, those neutralised left out."""
        return self.answered - self.neutral

    @property
    def response_rate(self) -> Fraction | None:
        """Answers over the paths due, asked about or not; None when none is due."""
        return Fraction(self.answered, self.due) if self.due else None

    def share(self, count: int) -> Fraction | None:
        """A number of paths over the answers that count; None when there is none."""
        return Fraction(count, self.counted) if self.counted else None

    @property
    def sentence(self) -> str:
        """One French sentence, with what the rate is computed on."""
        if not self.due:
            return french(f"{self.point.label} : aucun parcours à interroger.")
        asked = plural(self.asked, "demandé", "demandés")
        text = f"{self.point.label} : {plural(self.due, 'parcours', 'parcours')}, {asked}, "
        text += plural(self.answered, "réponse", "réponses")
        if self.response_rate is not None:
            text += f" ({format_percent(self.response_rate)})"
        rate = self.share(self.dynamic)
        if rate is None:
            return french(f"{text}. Aucun taux : aucune réponse ne compte.")
        counted = plural(self.counted, "réponse", "réponses")
        text += f". Sorties dynamiques : {format_percent(rate)} des {counted} hors neutralisées"
        return french(f"{text}.")


def outcome_rates(
    paths: Iterable[FollowedPath], today: date, origin: OutcomeOrigin = OutcomeOrigin.EXIT
) -> tuple[OutcomeRates, ...]:
    """The four points of some paths, each with the paths whose day has come by ``today``."""
    listed = list(paths)
    return tuple(_rates(listed, point, today, origin) for point in OutcomePoint)


def point_at(
    followed: FollowedPath, point: OutcomePoint, today: date, origin: OutcomeOrigin
) -> PointReading | PointState | None:
    """What is known of a path at a point whose day has come; None when it has not.

    Counted from the entry, a point looks at the last point after the exit whose day had come by
    then: a later answer says nothing of that day. ``PointState.COMING`` is a person who had not
    left on that day, the last day of work included.
    """
    if origin is OutcomeOrigin.EXIT or point is OutcomePoint.EXIT:
        for one in followed.points:
            if one.point is point:
                return one if one.due <= today else None
        return None
    left_on, day = followed.path.left_on, followed.day_of(point, origin)
    if day is None or day > today:
        return None
    if left_on is None or left_on >= day:
        return PointState.COMING
    passed = [one for one in followed.points if one.due <= day]
    return max(passed, key=lambda one: one.due, default=None)


def answer_of(reading: PointReading) -> ExitClass | None:
    """What an answer counts as; None when nobody answered, or answered nothing known."""
    found = reading.counts_as
    return None if found is ExitClass.UNKNOWN else found


def _rates(
    paths: Sequence[FollowedPath], point: OutcomePoint, today: date, origin: OutcomeOrigin
) -> OutcomeRates:
    due = going_on = asked = 0
    classes: Counter[ExitClass] = Counter()
    for followed in paths:
        reading = point_at(followed, point, today, origin)
        if reading is None:
            continue
        if isinstance(reading, PointState):
            going_on += 1
            continue
        due += 1
        asked += reading.state in (PointState.ASKED, PointState.ANSWERED)
        answer = answer_of(reading)
        if answer is not None:
            classes[answer] += 1
    found = [classes[kind] for kind in SITUATIONS]
    return OutcomeRates(point, due, going_on, asked, sum(found), *found)
