"""Requests for outcomes: one letter a structure (or prescriber) for the people who left."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from suivi_tui.documents.letter import Asked, Found, LeftOut, Letter, Recipient, Sender, Subject
from suivi_tui.documents.recipients import company_recipients
from suivi_tui.documents.wording import person_name, shared_values, text_of
from suivi_tui.readings.outcomes import PathReading, read_outcomes
from suivi_tui.reference.letters import LetterDelays
from suivi_tui.rules.outcome_points import PointState
from suivi_tui.store.queries import letter_people
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.letter_people import PathRow
from suivi_tui.vocabulary.choices import (
    CompanyKind,
    DocumentKind,
    FollowUpKind,
    OutcomePoint,
    OutcomeSituation,
    Prescriber,
    find,
)
from suivi_tui.vocabulary.dates import add_calendar_months, format_date, long_date
from suivi_tui.vocabulary.numbers import plural

_ORDINARY = ("", CompanyKind.ORDINARY.value)


class _Due(NamedTuple):
    """The point that is asked of a path that is over: the work contract it ended with, the one
    that names it."""

    path: PathRow
    opened_by: int
    left_on: date
    point: OutcomePoint
    outcome: int | None


def outcome_requests(
    connection: Connection,
    today: date,
    delays: LetterDelays,
    sender: Sender,
    subject: Subject | None = None,
) -> Found:
    """The requests that are due: of everybody, of a company's people, or of one participant.

    The points are those of ``readings.outcomes``, as the alert counts them: of the latest path
    only, the latest point whose day has come, unless it was answered or asked already.
    """
    since = add_calendar_months(today, -delays.outcome_months - 1)
    if subject is not None and subject.entity == "participant":
        persons = [subject.id]
    else:
        company = subject.id if subject is not None else None
        persons = letter_people.people_who_left(
            connection, since.isoformat(), today.isoformat(), company
        )
    due: list[_Due] = []
    left_out: list[LeftOut] = []
    for readings in read_outcomes(connection, persons, today).values():
        found = _due_of(readings[0], since)
        if isinstance(found, _Due):
            due.append(found)
        elif subject is not None:
            person = readings[0].last
            left_out.append(LeftOut(person_name(person.first, person.last), found))
    if subject is not None and subject.entity == "company":
        due = [one for one in due if one.path.employer == subject.id]
    return Found(tuple(_letters(connection, due, today, delays, sender)), tuple(left_out))


def _due_of(reading: PathReading, since: date) -> _Due | str:
    """The point to ask about the latest path of a person, or why nothing is asked."""
    left_on = reading.path.left_on
    if left_on is None:
        return "parcours en cours"
    if left_on < since:
        return f"parti(e) le {format_date(left_on)}, suivi terminé"
    point = [one for one in reading.points if one.state is not PointState.COMING][-1]
    label, told = point.point.label.lower(), point.told
    if point.state is PointState.ANSWERED:
        return f"situation déjà connue ({label})"
    if point.state is PointState.ASKED and told is not None and told.asked_on is not None:
        return f"déjà demandée le {format_date(told.asked_on)} ({label})"
    outcome = told.outcome if told is not None else None
    return _Due(reading.last, reading.path.opened_by, left_on, point.point, outcome)


def _letters(
    connection: Connection,
    due: Sequence[_Due],
    today: date,
    delays: LetterDelays,
    sender: Sender,
) -> Iterable[Letter]:
    """To the structure that employed, else to the prescriber, one letter each."""
    structures: dict[int, list[_Due]] = defaultdict(list)
    prescribers: dict[str, list[_Due]] = defaultdict(list)
    for one in due:
        if one.path.employer is not None and one.path.employer_kind not in _ORDINARY:
            structures[one.path.employer].append(one)
        else:
            prescribers[one.path.prescriber].append(one)
    served = {
        company: {one.path.obligation for one in listed if one.path.obligation is not None}
        for company, listed in structures.items()
    }
    to = company_recipients(connection, served)
    for company, listed in structures.items():
        filed = Subject("company", company)
        yield _letter(listed, filed, to[company], "employé", today, delays, sender)
    for code, listed in prescribers.items():
        kind = find(Prescriber, code) if code else None
        recipient = Recipient(company=kind.label if kind else "Prescripteur à préciser")
        filed = Subject("participant", listed[0].path.participant)
        yield _letter(listed, filed, recipient, "orienté", today, delays, sender)


def _letter(
    listed: Sequence[_Due],
    filed: Subject,
    to: Recipient,
    link: str,
    today: date,
    delays: LetterDelays,
    sender: Sender,
) -> Letter:
    answer_by = today + timedelta(days=delays.request_answer_days)
    people = plural(len(listed), "personne", "personnes")
    others = [Subject("participant", one.path.participant) for one in listed]
    return Letter(
        kind=DocumentKind.OUTCOME_REQUEST,
        key=f"{DocumentKind.OUTCOME_REQUEST.value}-{filed.id}",
        subject=filed,
        to=to,
        about=f"{people}, auprès de {text_of(to.company)}",
        values={
            **shared_values(sender, to, today),
            "lien": link,
            "personnes": people,
            "situations": ", ".join(
                one.label
                for one in OutcomeSituation
                if one not in (OutcomeSituation.NEUTRAL, OutcomeSituation.NO_ANSWER)
            ),
            "reponse_avant": long_date(answer_by),
            "parcours_demandes": [
                {
                    "personne": person_name(one.path.first, one.path.last),
                    "poste": text_of(one.path.post),
                    "sortie": format_date(one.left_on),
                    "moment": one.point.label,
                }
                for one in listed
            ],
        },
        follow_up=FollowUpKind.OUTCOME,
        answer_by=answer_by,
        also=tuple(other for other in others if other != filed),
        asked=tuple(
            Asked(one.path.participant, one.opened_by, one.point, one.outcome) for one in listed
        ),
    )
