"""Eligibility notices: one for each hire, to the employer; the criterion is never said."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from suivi_tui.documents.letter import Found, LeftOut, Letter, Recipient, Sender, Subject
from suivi_tui.documents.recipients import company_recipients
from suivi_tui.documents.wording import (
    UNKNOWN,
    contract_name,
    day_text,
    legal_ground,
    person_name,
    shared_values,
    text_of,
)
from suivi_tui.readings.eligibility_clock import EligibilityClock, eligibility_clocks
from suivi_tui.rules.eligibility import EligibilityWindow, window_on
from suivi_tui.store.queries import letter_people, people
from suivi_tui.store.queries import letters as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.letter_people import HireRow
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.vocabulary.choices import Decision, DocumentKind, EmploymentKind, FollowUpKind, find
from suivi_tui.vocabulary.dates import format_date, long_date


def eligibility_notices(
    connection: Connection,
    today: date,
    months: int,
    sender: Sender,
    subject: Subject,
) -> Found:
    """The notices of a hire, or those not sent yet of a participant, company or contract.

    ``months`` is the usual length of an eligibility window.
    """
    rows: dict[int, list[HireRow]] = {}
    for row in letter_people.hires(connection, subject.entity, subject.id):
        rows.setdefault(row.work_contract, []).append(row)
    if not rows:
        return Found(left_out=(LeftOut("", "aucune embauche sur un marché suivi"),))
    persons = {listed[0].participant for listed in rows.values()}
    clocks = eligibility_clocks(connection, persons, today, months)
    decided = _decisions(connection, persons)
    served: dict[int, set[int]] = {}
    for listed in rows.values():
        served.setdefault(listed[0].employer, set()).update(row.obligation for row in listed)
    to = company_recipients(connection, served)
    forms = queries.contracts(connection, {row.contract for one in rows.values() for row in one})
    letters: list[Letter] = []
    left_out: list[LeftOut] = []
    for listed in rows.values():
        hire = listed[0]
        window = _window(clocks.get(hire.participant), hire, today)
        why = _why_not(hire, window, decided.get(hire.participant), subject)
        if why:
            left_out.append(LeftOut(person_name(hire.first, hire.last), why))
            continue
        assert window is not None
        values = {
            **shared_values(sender, to[hire.employer], today),
            **_values(listed, window, decided[hire.participant]),
            "affectations": [
                {
                    "marche": contract_name(row.number, row.lot_number, row.object),
                    "objet": text_of(row.object),
                    "titulaire": text_of(row.holder_name),
                    "fondement": legal_ground(forms[row.contract].clause_form),
                }
                for row in listed
            ],
        }
        letters.append(_letter(hire, to[hire.employer], values))
    return Found(tuple(letters), tuple(left_out))


def _letter(hire: HireRow, to: Recipient, values: dict[str, Any]) -> Letter:
    start = iso_date(hire.start)
    when = f" du {format_date(start)}" if start else ""
    return Letter(
        kind=DocumentKind.ELIGIBILITY_NOTICE,
        key=f"{DocumentKind.ELIGIBILITY_NOTICE.value}-{hire.work_contract}",
        subject=Subject("participant", hire.participant),
        to=to,
        about=f"embauche{when} chez {text_of(hire.employer_name)}",
        values=values,
        follow_up=FollowUpKind.MAIL,
        notified=(hire.work_contract,),
    )


def _decisions(connection: Connection, persons: set[int]) -> dict[int, date | None]:
    """By person, the day of the latest accepted decision; absent without one."""
    found: dict[int, date | None] = {}
    for row in people.clock_rows(connection, sorted(persons))[1]:
        if row.decision == Decision.ACCEPTED.value:
            day, known = iso_date(row.decided_on), found.get(row.participant)
            found[row.participant] = max((d for d in (day, known) if d), default=None)
    return found


def _window(clock: EligibilityClock | None, hire: HireRow, today: date) -> EligibilityWindow | None:
    """The window that holds the hire: on its first day, else while it lasts."""
    if clock is None:
        return None
    start, end = iso_date(hire.start) or today, iso_date(hire.end) or date.max
    begun = window_on(clock.windows, start)
    later = (one for one in clock.windows if start <= one.start <= end)
    return begun or next(later, None)


def _why_not(
    hire: HireRow, window: EligibilityWindow | None, decided: date | None, subject: Subject
) -> str:
    if window is None:
        return (
            "éligibilité non validée"
            if decided is None
            else "pas éligible pendant le contrat de travail"
        )
    sent = iso_date(hire.notice_sent_on)
    if sent is not None and subject.entity != "work_contract":
        return f"avis déjà adressé le {format_date(sent)}"
    return ""


def _values(
    listed: Sequence[HireRow], window: EligibilityWindow, decided: date | None
) -> dict[str, str]:
    hire = listed[0]
    kind = find(EmploymentKind, hire.type)
    start, end = iso_date(hire.start), iso_date(hire.end)
    begins = f"depuis le {long_date(start)}" if start else "dont la date de début reste à préciser"
    period = f"du {long_date(start)} au {long_date(end)}" if start and end else begins
    opened = window.start if window.start > date.min else start
    if window.end == date.max:
        counted = f"à compter du {day_text(opened)}"
    else:
        counted = f"du {day_text(opened)} au {long_date(window.end)}"
    return {
        "personne": person_name(hire.first, hire.last),
        "poste": text_of(hire.post) or "salarié(e)",
        "type_contrat": kind.label if kind else "contrat à préciser",
        "periode_contrat": period,
        "validee_le": long_date(decided) if decided else UNKNOWN,
        "periode_eligible": counted,
    }
