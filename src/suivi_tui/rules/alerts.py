"""The alerts of a day: every rule of the catalogue applied to the facts. None refuses hours.

A message is one French sentence that names nobody: the readings add names when they are asked.
Limits come from ``reference``; contracts not taken up, closed or refused raise nothing.
"""

from collections.abc import Iterable
from datetime import date

from suivi_tui.reference.loader import Thresholds
from suivi_tui.rules.alert_facts import ContractFacts, ObligationFacts, PersonFacts
from suivi_tui.rules.alert_kinds import CATALOGUE, Alert, AlertKind
from suivi_tui.rules.alerts_obligation import OBLIGATION_RULES, contract_without_obligation
from suivi_tui.rules.alerts_person import PERSON_RULES

__all__ = [
    "CATALOGUE",
    "Alert",
    "AlertKind",
    "contract_alerts",
    "find_alerts",
    "obligation_alerts",
    "person_alerts",
    "sorted_alerts",
]

_ORDER = {kind.code: position for position, kind in enumerate(CATALOGUE)}


def contract_alerts(facts: ContractFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """Alerts of a contract as a whole (it has no obligation yet)."""
    return contract_without_obligation(facts)


def obligation_alerts(facts: ObligationFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """Alerts of one obligation."""
    if not facts.followed:
        return []
    return [alert for rule in OBLIGATION_RULES for alert in rule(facts, thresholds.alerts, today)]


def person_alerts(facts: PersonFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """Alerts of one person and of their hours."""
    return [alert for rule in PERSON_RULES for alert in rule(facts, thresholds, today)]


def sorted_alerts(alerts: Iterable[Alert]) -> list[Alert]:
    """The gravest first, then in the order of the catalogue, by contract, month and person."""
    return sorted(
        alerts,
        key=lambda alert: (
            alert.gravity.rank,
            _ORDER[alert.code],
            alert.contract or 0,
            alert.obligation or 0,
            alert.month or 0,
            alert.participant or 0,
        ),
    )


def find_alerts(
    contracts: Iterable[ContractFacts],
    obligations: Iterable[ObligationFacts],
    people: Iterable[PersonFacts],
    thresholds: Thresholds,
    today: date,
) -> list[Alert]:
    """Every alert of a day, the gravest first."""
    found: list[Alert] = []
    for contract in contracts:
        found += contract_alerts(contract, thresholds, today)
    for obligation in obligations:
        found += obligation_alerts(obligation, thresholds, today)
    for person in people:
        found += person_alerts(person, thresholds, today)
    return sorted_alerts(found)
