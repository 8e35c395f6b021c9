"""Meeting briefs: one page an operation, its lots side by side; nobody is named."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from suivi_tui.documents.letter import Found, LeftOut, Letter, Sender, Subject
from suivi_tui.documents.recipients import buyer_recipient
from suivi_tui.documents.wording import contract_name, hours_text, shared_values, text_of
from suivi_tui.readings.alerts import AlertReading, read_alerts
from suivi_tui.readings.pace import ObligationPace, obligation_paces
from suivi_tui.reference.loader import Thresholds
from suivi_tui.rules.rate import achievement_rate
from suivi_tui.store.queries import letters as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import DocumentKind, FollowUpKind
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.numbers import format_percent, plural

SIDE_BY_SIDE = 6
_ALERTS, _DECISIONS = 3, 2
_UNKNOWN = "–"


def meeting_briefs(
    connection: Connection, today: date, limits: Thresholds, sender: Sender, subject: Subject
) -> Found:
    """The brief of an operation, or of the operation of a contract (the contract alone if none)."""
    contracts, title, place = _scope(connection, subject)
    known = queries.contracts(connection, contracts)
    followed = [row for row in contracts if row in known and known[row].taken_up]
    if not followed:
        return Found(left_out=(LeftOut(title, "aucun marché suivi"),))
    paces = [
        pace
        for contract in followed
        for pace in obligation_paces(connection, today, contract=contract, thresholds=limits)
    ]
    if not paces:
        return Found(left_out=(LeftOut(title, "aucune obligation"),))
    alerts: dict[int, list[AlertReading]] = defaultdict(list)
    for contract in followed:
        for alert in read_alerts(connection, today, limits, contract=contract):
            if alert.contract == contract and alert.participant is None:
                alerts[_obligation_of(alert, paces)].append(alert)
    lots = [_lot(connection, pace, alerts.get(pace.obligation, ())) for pace in paces]
    blocks = [
        {"lots": lots[start : start + SIDE_BY_SIDE]} for start in range(0, len(lots), SIDE_BY_SIDE)
    ]
    first = known[followed[0]]
    to = buyer_recipient(connection, first.contract, first.buyer_name)
    subjects = [Subject("contract", contract) for contract in followed]
    letter = Letter(
        kind=DocumentKind.MEETING_BRIEF,
        key=f"{DocumentKind.MEETING_BRIEF.value}-{first.operation or first.contract}",
        subject=subjects[0],
        to=to,
        about=f"{text_of(title)}, {plural(len(lots), 'lot', 'lots')}",
        values={
            **shared_values(sender, to, today),
            "operation": text_of(title),
            "acheteur": text_of(first.buyer_name),
            "lieu": text_of(place),
            "blocs": blocks,
            **_totals(connection, paces),
        },
        follow_up=FollowUpKind.OTHER,
        also=tuple(subjects[1:]),
    )
    return Found((letter,))


def _scope(connection: Connection, subject: Subject) -> tuple[list[int], str, str]:
    """The contracts to speak of, what they are called together, and where."""
    if subject.entity == "operation":
        contracts = queries.contracts_of_operation(connection, subject.id)
        first = queries.contracts(connection, contracts[:1])
        row = next(iter(first.values()), None)
        return contracts, row.operation_name if row else "Opération", row.place if row else ""
    known = queries.contracts(connection, [subject.id]).get(subject.id)
    if known is None:
        return [], "Marché", ""
    if known.operation is None:
        return [subject.id], contract_name(known.number, "", known.object), known.place
    return (
        queries.contracts_of_operation(connection, known.operation),
        known.operation_name,
        known.place,
    )


def _obligation_of(alert: AlertReading, paces: Sequence[ObligationPace]) -> int:
    """The obligation under which an alert is shown: its own, else the first of its contract."""
    if alert.obligation is not None:
        return alert.obligation
    of_contract = (pace.obligation for pace in paces if pace.contract == alert.contract)
    return next(of_contract, 0)


def _lot(
    connection: Connection, pace: ObligationPace, alerts: Sequence[AlertReading]
) -> dict[str, str]:
    row = pace.row
    people = queries.people_with_hours(connection, [pace.obligation])
    return {
        "nom": contract_name(row.number, row.lot_number, row.object),
        "entreprise": text_of(row.company_name),
        "dues": hours_text(pace.owed),
        "attendues": hours_text(pace.expected) if pace.expected is not None else _UNKNOWN,
        "validees": hours_text(pace.validated),
        "a_valider": hours_text(pace.pending),
        "reste": hours_text(pace.remaining) if pace.remaining is not None else _UNKNOWN,
        "taux": format_percent(pace.rate) if pace.rate is not None else _UNKNOWN,
        "personnes": plural(people, "personne", "personnes"),
        "fin": ("soldée" if row.closed_on else format_date(pace.end) if pace.end else _UNKNOWN),
        "alertes": _some((alert.message for alert in alerts), _ALERTS) or "Aucune",
        "a_decider": _some((alert.action for alert in alerts), _DECISIONS),
    }


def _some(texts: Iterable[str], most: int) -> str:
    """The first different texts, one under the other."""
    listed = list(dict.fromkeys(texts))
    more = [f"… et {len(listed) - most} de plus"] if len(listed) > most else []
    return "\n".join([*listed[:most], *more])


def _totals(connection: Connection, paces: Sequence[ObligationPace]) -> dict[str, Any]:
    owed = Hours(sum(pace.owed or 0 for pace in paces))
    expected = Hours(sum(pace.expected or 0 for pace in paces))
    validated = Hours(sum(pace.validated for pace in paces))
    rate = achievement_rate(validated, owed)
    people = queries.people_with_hours(connection, [pace.obligation for pace in paces])
    return {
        "dues": hours_text(owed),
        "attendues": hours_text(expected),
        "validees": hours_text(validated),
        "a_valider": hours_text(Hours(sum(pace.pending for pace in paces))),
        "taux": format_percent(rate) if rate is not None else _UNKNOWN,
        "personnes": plural(people, "personne", "personnes"),
    }
