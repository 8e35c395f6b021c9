"""The alerts of a day, each with the names a person needs to act."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suivi_tui.readings.facts import FollowedFacts, followed_facts
from suivi_tui.reference.loader import Thresholds
from suivi_tui.reference.loader import thresholds as default_thresholds
from suivi_tui.rules.alerts import Alert, find_alerts
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.months import Month, iso_month


class AlertReading(NamedTuple):
    """An alert: ids to open the records it speaks of, names to read it.

    An id or a name is None where the alert does not concern it; ``participant_name`` is also
    None unless names were asked for. ``sender`` is the company whose statement is missing, for the
    months ``silent``. ``message`` is one French sentence, ``action`` what to do.
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


def read_alerts(
    connection: Connection,
    today: date,
    thresholds: Thresholds | None = None,
    names: bool = False,
    contract: int | None = None,
) -> list[AlertReading]:
    """The alerts of a day, the gravest first; of one contract and its people when it is given.

    ``names`` puts the names of people in. Without ``thresholds`` those of the reference files
    apply. The cost does not depend on the hours of closed contracts.
    """
    facts = followed_facts(connection, contract, today)
    found = find_alerts(
        facts.contracts,
        facts.obligations,
        facts.people,
        thresholds or default_thresholds(),
        today,
    )
    # An alert without a contract adds up the month of a person over several of them.
    return [
        _reading(alert, facts, names)
        for alert in found
        if contract is None or alert.contract in (contract, None)
    ]


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
    )


def alerts_json(readings: Iterable[AlertReading]) -> list[dict[str, str | None]]:
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
        }
        for reading in readings
    ]
