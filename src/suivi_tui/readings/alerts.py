"""The alerts of a day, each with the names a person needs to act."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suivi_tui.readings.base_facts import least_threshold, purchase_facts, whole_facts
from suivi_tui.readings.facts import FollowedFacts, contract_facts, followed_facts
from suivi_tui.reference.loader import Thresholds
from suivi_tui.reference.loader import thresholds as default_thresholds
from suivi_tui.rules.alert_facts import ContractFacts
from suivi_tui.rules.alert_marks import Mark, hides
from suivi_tui.rules.alerts import Alert, BaseFacts, find_alerts
from suivi_tui.store.queries import facts as facts_queries
from suivi_tui.store.queries import facts_cases
from suivi_tui.store.queries.alert_marks import MarkRow, of_alerts
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.vocabulary.choices import AlertMarkState, Gravity
from suivi_tui.vocabulary.months import Month, iso_month


class AlertReading(NamedTuple):
    """An alert: ids to open the records it speaks of, names to read it.

    An id or a name is None where the alert does not concern it; ``participant_name`` is also
    None unless names were asked for. ``sender`` is the company whose statement is missing, for the
    months ``silent``. ``message`` is one French sentence, ``action`` what to do, ``due`` by when.
    ``about`` names what it is about: with the code, no two alerts of a day share it. ``level`` 2 is
    a missing statement that a reminder did not bring; ``concerns`` the records that it counts or
    compares, (entity, id); see ``rules.alert_kinds.Alert`` for ``severity``.
    """

    code: str
    gravity: Gravity
    contract: int | None
    lot: int | None
    obligation: int | None
    company: int | None
    participant: int | None
    operation_name: str | None
    contract_number: str | None
    lot_number: str | None
    company_name: str | None
    participant_name: str | None
    month: Month | None
    message: str
    action: str
    sender: int | None = None
    sender_name: str | None = None
    silent: tuple[Month, ...] = ()
    about: str = ""
    measure: int = 0
    severity: int = 0
    level: int | None = None
    due: date | None = None
    concerns: tuple[tuple[str, int], ...] = ()


class Aside(NamedTuple):
    """An alert that a mark hides: who said what of it, and until when."""

    alert: AlertReading
    mark: int
    state: AlertMarkState
    until: date | None
    comment: str
    made_on: date
    author: str


class AlertBoard(NamedTuple):
    """The alerts of a day, and those that marks hide; the gravest first in both."""

    alerts: list[AlertReading]
    aside: list[Aside]


def read_alerts(
    connection: Connection,
    today: date,
    thresholds: Thresholds | None = None,
    names: bool = False,
    contract: int | None = None,
    marked: bool = False,
) -> list[AlertReading]:
    """The alerts of a day, the gravest first; of one contract and its people when it is given.

    ``names`` puts the names of people in; ``marked`` shows those put off or acknowledged too.
    Without ``thresholds`` those of the reference files apply. The cost does not depend on the
    hours of closed contracts.
    """
    found = _marked_alerts(connection, today, thresholds, names, contract)
    return [reading for reading, aside in found if marked or aside is None]


def read_alert_board(
    connection: Connection,
    today: date,
    thresholds: Thresholds | None = None,
    names: bool = False,
    contract: int | None = None,
) -> AlertBoard:
    """The alerts of a day and those that were put off or acknowledged, whose cause still exists.

    Marks count from the day they were made: the same base gives the same answer on any day.
    """
    found = _marked_alerts(connection, today, thresholds, names, contract)
    return AlertBoard(
        [reading for reading, aside in found if aside is None],
        [aside for _, aside in found if aside is not None],
    )


Marked = tuple[AlertReading, Aside | None]


def _marked_alerts(
    connection: Connection,
    today: date,
    thresholds: Thresholds | None,
    names: bool,
    contract: int | None,
) -> list[Marked]:
    """Every alert of the day, with the mark that hides it if any."""
    limits = thresholds or default_thresholds()
    facts = followed_facts(connection, today, limits, contract)
    known = {row.contract: row for row in facts.contracts}
    rows = facts_cases.purchases(connection, known)
    if contract is None:
        rows += _other_purchases(connection, limits, facts, known)
    purchases = purchase_facts(rows, known)
    base: BaseFacts | None = None
    if contract is None:
        whole = whole_facts(connection, facts.person_rows, today, limits.alerts)
        base = BaseFacts(whole, purchases, facts.people, facts.company_names)
    found = find_alerts(
        facts.contracts, facts.obligations, facts.people, limits, today, purchases, base
    )
    # An alert without a contract adds up the month of a person over several of them.
    shown = [alert for alert in found if contract is None or alert.contract in (contract, None)]
    marks = {
        (row.code, row.subject): row
        for row in of_alerts(connection, [(alert.code, alert.about) for alert in shown])
    }
    return [
        _marked(alert, _reading(alert, facts, names), marks.get((alert.code, alert.about)), today)
        for alert in shown
    ]


def _marked(alert: Alert, reading: AlertReading, row: MarkRow | None, today: date) -> Marked:
    made_on = iso_date(row.made_on) if row is not None else None
    if row is None or made_on is None:
        return reading, None
    mark = Mark(row.state, made_on, iso_date(row.until), row.measure, row.comment)
    if not hides(mark, alert, today):
        return reading, None
    state = AlertMarkState(row.state)
    return reading, Aside(reading, row.mark, state, mark.until, mark.comment, made_on, row.author)


def _other_purchases(
    connection: Connection,
    limits: Thresholds,
    facts: FollowedFacts,
    known: dict[int, ContractFacts],
) -> list[facts_cases.PurchaseRow]:
    """Contracts that nobody follows and that the law asks a clause of; they become known."""
    least = least_threshold(limits.alerts)
    if least is None:
        return []
    rows = facts_cases.purchases_without_clause(connection, least)
    for contract in facts_queries.contracts(connection, [row.contract for row in rows]):
        facts.contract_rows[contract.contract] = contract
        known[contract.contract] = contract_facts(contract)
    return rows


def _reading(alert: Alert, facts: FollowedFacts, names: bool) -> AlertReading:
    contract = facts.contract_rows.get(alert.contract or 0)
    obligation = facts.obligation_rows.get(alert.obligation or 0)
    person = facts.person_rows.get(alert.participant or 0) if names else None
    return AlertReading(
        code=alert.code,
        gravity=alert.gravity,
        contract=alert.contract,
        lot=alert.lot,
        obligation=alert.obligation,
        company=alert.company,
        participant=alert.participant,
        operation_name=(contract.operation_name or None) if contract else None,
        contract_number=contract.number if contract else None,
        lot_number=obligation.lot_number if obligation else None,
        company_name=obligation.company_name if obligation else None,
        participant_name=f"{person.last.upper()} {person.first}".strip() if person else None,
        month=alert.month,
        message=alert.message,
        action=alert.action,
        sender=alert.sender,
        sender_name=facts.company_names.get(alert.sender or 0),
        silent=alert.silent,
        about=alert.about,
        measure=alert.measure,
        severity=alert.severity,
        level=alert.level,
        due=alert.due,
        concerns=alert.concerns,
    )


def alerts_json(readings: Iterable[AlertReading]) -> list[dict[str, str | int | None]]:
    """Alerts for a script, in French keys; null where an alert is not concerned."""
    return [
        {
            "code": reading.code,
            "gravite": reading.gravity.value,
            "operation": reading.operation_name,
            "marche": reading.contract_number,
            "lot": reading.lot_number,
            "entreprise": reading.company_name,
            "participant": reading.participant_name,
            "mois": None if reading.month is None else iso_month(reading.month),
            "message": reading.message,
            "action": reading.action,
            "niveau": reading.level,
        }
        for reading in readings
    ]
