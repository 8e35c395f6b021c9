"""The points of the paths of people: what is due, what was asked, what was answered."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suivi_tui.rules.outcome_points import (
    PersonPath,
    PointReading,
    PointState,
    Stay,
    Told,
    paths_of,
    points_of,
)
from suivi_tui.store.queries import letter_people
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.letter_people import PathRow
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.vocabulary.dates import add_calendar_months


class PathReading(NamedTuple):
    """A path of a person, its points (none while it goes on) and its last work contract."""

    path: PersonPath
    points: tuple[PointReading, ...]
    last: PathRow


class OutcomeDue(NamedTuple):
    """A point to ask, or asked and not answered yet."""

    reading: PathReading
    point: PointReading

    @property
    def person(self) -> PathRow:
        """Who left, whom they worked for, who sent them."""
        return self.reading.last


def read_outcomes(
    connection: Connection, people: Iterable[int], today: date
) -> dict[int, tuple[PathReading, ...]]:
    """The paths of some people, the latest first."""
    listed = list(dict.fromkeys(people))
    rows: dict[int, list[PathRow]] = {}
    for row in letter_people.paths(connection, listed):
        rows.setdefault(row.participant, []).append(row)
    told: dict[int, list[Told]] = {}
    for known in letter_people.outcomes(connection, listed):
        told.setdefault(known.participant, []).append(
            Told(
                known.outcome,
                known.path,
                known.point,
                iso_date(known.asked_on),
                iso_date(known.answered_on),
                known.situation,
            )
        )
    return {person: _paths(works, told.get(person, []), today) for person, works in rows.items()}


def _paths(works: list[PathRow], told: list[Told], today: date) -> tuple[PathReading, ...]:
    by_id = {work.work_contract: work for work in works}
    stays = [Stay(work.work_contract, iso_date(work.start), iso_date(work.end)) for work in works]
    found = [
        PathReading(path, points_of(path, told, today), by_id[path.last.work_contract])
        for path in paths_of(stays, today)
    ]
    return tuple(reversed(found))


def outcomes_due(connection: Connection, today: date, months: int) -> list[OutcomeDue]:
    """What is to ask, or waits for an answer, of those who left; the oldest first.

    ``months`` is how long a path is followed after the exit; a month more is left to ask.
    """
    since = add_calendar_months(today, -months - 1)
    left = letter_people.people_who_left(connection, since.isoformat(), today.isoformat())
    found = []
    for readings in read_outcomes(connection, left, today).values():
        # An earlier path is not asked about any more once another one was opened, nor is a point
        # once the next one is due.
        due = [point for point in readings[0].points if point.due <= today]
        if due and due[-1].state in (PointState.TO_ASK, PointState.ASKED):
            found.append(OutcomeDue(readings[0], due[-1]))
    return sorted(found, key=lambda due: (due.point.due, due.person.work_contract))
