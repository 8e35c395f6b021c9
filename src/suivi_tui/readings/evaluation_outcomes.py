"""What became of the people of a scope, path by path: figures, and who stands behind them."""

from datetime import date
from typing import Final, NamedTuple

from suivi_tui.readings.evaluation_cases import (
    EVERYTHING,
    all_placed,
    in_period,
    placed_in_scope,
)
from suivi_tui.readings.filters import Filters
from suivi_tui.readings.outcomes import read_outcomes
from suivi_tui.rules.outcome_points import ExitClass, PointState
from suivi_tui.rules.outcome_rates import (
    FollowedPath,
    OutcomeRates,
    answer_of,
    outcome_rates,
    point_at,
)
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.evaluation_memory import memory_of
from suivi_tui.store.queries.letter_people import PathRow
from suivi_tui.vocabulary.choices import OutcomePoint
from suivi_tui.vocabulary.choices.evaluation import OutcomeOrigin

EXPLANATION: Final = (
    "Un parcours réunit les contrats de travail d'une même personne qui se suivent à moins d'un "
    "an, quel que soit l'employeur : trois missions comptent pour une sortie. Sont comptés les "
    "parcours dont un contrat de travail est affecté à une obligation du périmètre, et dont la "
    "sortie (ou l'entrée, selon l'origine choisie) tombe dans la période.\n"
    "Un point compte un parcours dès que son jour est venu. Taux de réponse : réponses sur "
    "parcours à interroger ; « Sans réponse » n'est pas une réponse. Taux de sorties : sur les "
    "réponses, sorties neutralisées exclues.\n"
    "Depuis l'entrée, une personne encore en parcours ce jour-là est comptée à part, et la "
    "situation est celle du dernier point de suivi venu ce jour-là."
)


class OutcomeFigures(NamedTuple):
    """The outcomes of a scope. ``paths`` and ``people`` are counted once each.

    ``going_on`` are the paths that are not over today: none of them has left, nothing is asked.
    """

    origin: OutcomeOrigin
    paths: int
    people: int
    going_on: int
    points: tuple[OutcomeRates, ...]

    def at(self, point: OutcomePoint) -> OutcomeRates:
        """The figures of one point."""
        return next(rates for rates in self.points if rates.point is point)


class OutcomeLine(NamedTuple):
    """One point of one path whose day has come.

    ``day`` is that of the point, as counted from the origin; ``path`` the work contract that
    opens it. ``situation`` is a code of ``OutcomeSituation``, '' without an answer; ``counts_as``
    None when nothing is known, and ``state`` None while the person is still in their path.
    """

    participant: int
    person: PathRow
    path: int
    entered_on: date | None
    left_on: date | None
    point: OutcomePoint
    day: date
    state: PointState | None
    asked_on: date | None
    answered_on: date | None
    situation: str
    counts_as: ExitClass | None


class _Found(NamedTuple):
    """A path, the last work contract of it with the person's name, and all its contracts."""

    followed: FollowedPath
    person: PathRow
    works: tuple[int, ...]


def outcome_figures(
    connection: Connection,
    filters: Filters = EVERYTHING,
    *,
    today: date,
    origin: OutcomeOrigin = OutcomeOrigin.EXIT,
) -> OutcomeFigures:
    """The points of the paths of a scope, as known ``today``.

    A period keeps the paths that ended in it, those that began in it when points are counted from
    the entry: at every point the same people are looked at.
    """
    return memory_of(connection).keep_some(
        ("outcomes", filters, today, origin),
        lambda: _figures(connection, filters, today, origin),
    )


def _figures(
    connection: Connection, filters: Filters, today: date, origin: OutcomeOrigin
) -> OutcomeFigures:
    found = _paths(connection, filters, today, origin)
    paths = [one.followed for one in found]
    return OutcomeFigures(
        origin,
        len(paths),
        len({one.person.participant for one in found}),
        sum(path.path.left_on is None for path in paths),
        outcome_rates(paths, today, origin),
    )


def outcome_lines(
    connection: Connection,
    filters: Filters = EVERYTHING,
    *,
    today: date,
    origin: OutcomeOrigin = OutcomeOrigin.EXIT,
    point: OutcomePoint | None = None,
) -> list[OutcomeLine]:
    """The paths behind the figures, point by point; by point, then by name."""
    lines = []
    for one in _paths(connection, filters, today, origin):
        for wanted in OutcomePoint if point is None else (point,):
            line = _line(one, wanted, today, origin)
            if line is not None:
                lines.append(line)
    return sorted(lines, key=lambda line: line.point.months)


def _paths(
    connection: Connection, filters: Filters, today: date, origin: OutcomeOrigin
) -> list[_Found]:
    """The paths of the filters, among all those of the base, which are read once."""
    served = {row.work_contract for row in placed_in_scope(connection, filters)}
    known = memory_of(connection).keep(("paths", today), lambda: _all_paths(connection, today))
    return [
        one
        for one in known
        if not served.isdisjoint(one.works)
        and in_period(filters, one.followed.counted_from(origin))
    ]


def _all_paths(connection: Connection, today: date) -> list[_Found]:
    """Every path of the people placed on an obligation, person by person."""
    people = dict.fromkeys(row.participant for row in all_placed(connection))
    return [
        _Found(
            FollowedPath(reading.path, reading.points),
            reading.last,
            tuple(stay.work_contract for stay in reading.path.stays),
        )
        for readings in read_outcomes(connection, people, today).values()
        for reading in readings
    ]


def _line(
    found: _Found, point: OutcomePoint, today: date, origin: OutcomeOrigin
) -> OutcomeLine | None:
    followed = found.followed
    reading = point_at(followed, point, today, origin)
    day = followed.day_of(point, origin)
    if reading is None or day is None:
        return None
    path = followed.path
    base = (found.person.participant, found.person, path.opened_by, followed.entered_on)
    if isinstance(reading, PointState):
        return OutcomeLine(*base, path.left_on, point, day, None, None, None, "", None)
    told = reading.told
    return OutcomeLine(
        *base,
        path.left_on,
        point,
        day,
        reading.state,
        told.asked_on if told else None,
        told.answered_on if told else None,
        told.situation if told else "",
        answer_of(reading),
    )
