"""People one by one: the points of their paths, and what FSE+ asks of those it pays for."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import compress
from typing import NamedTuple

from suivi_tui.readings.evaluation_cases import in_period
from suivi_tui.readings.evaluation_fold import fold_of, ground_of
from suivi_tui.readings.outcomes import PathReading, read_outcomes
from suivi_tui.readings.synthesis_lines import Asked
from suivi_tui.readings.synthesis_network import people_in_scope
from suivi_tui.rules.outcome_points import PointReading
from suivi_tui.store.queries import export_people as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.export_people import HiredRow, PersonRow, PointRow
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.vocabulary.choices import OutcomePoint, Programme, Residence
from suivi_tui.vocabulary.hours import Hours


def path_points(connection: Connection, asked: Asked) -> Iterator[PointRow]:
    """The points asked or answered; a period keeps those of its days, a scope its people."""
    filters = asked.filters
    kept = people_in_scope(connection, asked) if filters.narrowed else None
    for row in queries.points(connection):
        if (kept is None or row.participant in kept) and in_period(filters, iso_date(row.date)):
            yield row


class FundedPerson(NamedTuple):
    """A person on one operation paid by FSE+; '' and None when it is not known.

    Situations are codes of ``OutcomeSituation``; ``missing`` names in French what is to complete.
    """

    operation: str
    buyer: str
    person: PersonRow
    qpv: str
    education: str
    situation: str
    entered_on: date | None
    left_on: date | None
    at_exit: str
    after_six_months: str
    validated: Hours
    missing: tuple[str, ...]


class _Stay(NamedTuple):
    operation: int
    person: int


def funded_people(connection: Connection, asked: Asked) -> list[FundedPerson]:
    """Each person of each operation paid by FSE+ with hours in the scope, by operation.

    One line a person and operation: a participant counts once in each (domain.md 7.5).
    """
    filters = asked.filters._replace(programme=Programme.FSE.value)
    if asked.filters.programme not in ("", Programme.FSE.value):
        return []
    ground = ground_of(connection, filters)
    fold = fold_of(ground)
    hours: dict[_Stay, int] = defaultdict(int)
    works: dict[_Stay, set[int]] = defaultdict(set)
    names: dict[int, tuple[str, str]] = {}
    entries = zip(fold.ranks, fold.obligations, fold.validated, strict=True)
    for rank, obligation, validated in compress(entries, fold.worked):
        row = ground.all_rows[obligation]
        assert row.operation is not None
        stay = _Stay(row.operation, ground.cast.people[rank])
        hours[stay] += validated
        works[stay].add(ground.cast.works[rank])
        names[row.operation] = row.operation_name, row.buyer_name
    people = queries.people(connection, {stay.person for stay in works})
    hired = queries.hired(connection, {work for own in works.values() for work in own})
    paths = read_outcomes(connection, people, asked.today)
    found = [
        _funded(
            names[stay.operation],
            people[stay.person],
            [hired[work] for work in sorted(own)],
            _path(paths.get(stay.person, ()), own),
            Hours(hours[stay]),
            asked.today,
        )
        for stay, own in works.items()
    ]
    return sorted(
        found, key=lambda one: (one.operation, one.person.last, one.person.first, one.person[0])
    )


def _path(paths: Sequence[PathReading], works: set[int]) -> PathReading | None:
    """The latest path that holds one of these work contracts."""
    for reading in paths:
        if works & {stay.work_contract for stay in reading.path.stays}:
            return reading
    return None


def _funded(
    named: tuple[str, str],
    person: PersonRow,
    works: list[HiredRow],
    path: PathReading | None,
    validated: Hours,
    today: date,
) -> FundedPerson:
    starts = sorted(day for work in works if (day := iso_date(work.start)) is not None)
    first = min(works, key=lambda work: (work.start is None, work.start or "", work.work_contract))
    points = {one.point: one for one in path.points} if path is not None else {}
    exit_point, after = points.get(OutcomePoint.EXIT), points.get(OutcomePoint.MONTHS_6)
    funded = FundedPerson(
        *named,
        person,
        first.qpv,
        first.education or person.education,
        first.situation or person.situation,
        starts[0] if starts else None,
        path.path.left_on if path is not None else None,
        _told(exit_point),
        _told(after),
        validated,
        (),
    )
    return funded._replace(missing=tuple(_missing(funded, exit_point, after, today)))


def _told(point: PointReading | None) -> str:
    return point.told.situation if point is not None and point.told is not None else ""


def _missing(
    funded: FundedPerson, at_exit: PointReading | None, after: PointReading | None, today: date
) -> Iterator[str]:
    """What a funder asks and the base does not say, in the order of the columns."""
    person = funded.person
    asked = (
        ("naissance", person.birth),
        ("sexe", person.sex),
        ("code postal", person.postcode),
        ("QPV", funded.qpv if funded.qpv != Residence.UNKNOWN.value else ""),
        ("niveau de formation", funded.education),
        ("situation à l'entrée", funded.situation),
        ("critère", person.criterion),
        ("date d'entrée", funded.entered_on),
    )
    yield from (name for name, value in asked if not value)
    if at_exit is not None and not funded.at_exit:
        yield "situation à la sortie"
    if after is not None and after.due <= today and not funded.after_six_months:
        yield "situation à 6 mois"
