"""Requests for outcomes: one letter a structure (or prescriber) for the people who left."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from suivi_tui.documents.letter import Asked, Found, LeftOut, Letter, Recipient, Sender, Subject
from suivi_tui.documents.recipients import company_recipients
from suivi_tui.documents.wording import person_name, shared_values, text_of
from suivi_tui.reference.letters import LetterDelays
from suivi_tui.store.queries import letter_people
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.letter_people import OutcomeRow, PathRow
from suivi_tui.store.queries.obligations import iso_date
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
    """The end of a path, and the point that is asked."""

    path: PathRow
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

    A path is over when every work contract of the person has ended. One point is asked at a
    time: the latest whose day has come, unless it was answered or asked already.
    """
    since = add_calendar_months(today, -delays.outcome_months - 1)
    if subject is not None and subject.entity == "participant":
        persons = [subject.id]
    else:
        company = subject.id if subject is not None else None
        persons = letter_people.people_who_left(
            connection, since.isoformat(), today.isoformat(), company
        )
    paths: dict[int, list[PathRow]] = defaultdict(list)
    for row in letter_people.paths(connection, persons):
        paths[row.participant].append(row)
    known: dict[int, list[OutcomeRow]] = defaultdict(list)
    for outcome in letter_people.outcomes(connection, persons):
        known[outcome.participant].append(outcome)
    due: list[_Due] = []
    left_out: list[LeftOut] = []
    for person, listed in paths.items():
        found = _due_of(listed, known.get(person, ()), today, since)
        if isinstance(found, _Due):
            due.append(found)
        elif subject is not None:
            left_out.append(LeftOut(person_name(listed[0].first, listed[0].last), found))
    if subject is not None and subject.entity == "company":
        due = [one for one in due if one.path.employer == subject.id]
    return Found(tuple(_letters(connection, due, today, delays, sender)), tuple(left_out))


def _due_of(
    listed: Sequence[PathRow], known: Iterable[OutcomeRow], today: date, since: date
) -> _Due | str:
    """The point to ask about a person, or why nothing is asked."""
    ends = [(iso_date(row.end), row) for row in listed]
    if not listed or any(end is None or end > today for end, _ in ends):
        return "parcours en cours"
    left_on, last = max(
        ((end, row) for end, row in ends if end is not None),
        key=lambda pair: (pair[0], pair[1].work_contract),
    )
    if left_on < since:
        return f"parti(e) le {format_date(left_on)}, suivi terminé"
    point = max(
        (one for one in OutcomePoint if add_calendar_months(left_on, one.months) <= today),
        key=lambda one: one.months,
    )
    for outcome in known:
        same_path = outcome.path in (None, last.work_contract)
        if same_path and outcome.point == point.value:
            if outcome.answered_on or outcome.situation:
                return f"situation déjà connue ({point.label.lower()})"
            asked = iso_date(outcome.asked_on)
            if asked is not None:
                return f"déjà demandée le {format_date(asked)} ({point.label.lower()})"
            return _Due(last, left_on, point, outcome.outcome)
    return _Due(last, left_on, point, None)


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
            Asked(one.path.participant, one.path.work_contract, one.point, one.outcome)
            for one in listed
        ),
    )
