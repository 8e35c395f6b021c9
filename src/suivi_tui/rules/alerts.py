"""The alerts of a day: every rule of the catalogue applied to the facts. None refuses hours.

A message is one French sentence that names nobody: the readings add names when they are asked.
Limits come from ``reference``, some from the terms of a contract. Contracts not taken up, closed
or refused raise nothing, but for a clause that the law asks for.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from suivi_tui.reference.alert_limits import with_terms
from suivi_tui.reference.loader import AlertThresholds, Thresholds
from suivi_tui.rules.alert_facts import ContractFacts, ObligationFacts, PersonFacts
from suivi_tui.rules.alert_kinds import CATALOGUE, CATCH_UP, END_NEAR, Alert, AlertKind
from suivi_tui.rules.alerts_case import CASE_RULES
from suivi_tui.rules.alerts_contract import (
    PurchaseFacts,
    answer_due,
    clause_required,
    clauses_to_check,
    contract_without_obligation,
    no_facilitator,
    text_differs,
)
from suivi_tui.rules.alerts_obligation import OBLIGATION_RULES
from suivi_tui.rules.alerts_person import PERSON_RULES
from suivi_tui.rules.alerts_whole import WholeFacts, summary_incomplete, whole_alerts
from suivi_tui.rules.portfolio import portfolio_alerts

__all__ = [
    "CATALOGUE",
    "Alert",
    "AlertKind",
    "BaseFacts",
    "base_alerts",
    "contract_alerts",
    "find_alerts",
    "limits_of",
    "obligation_alerts",
    "person_alerts",
    "purchase_alerts",
    "sorted_alerts",
]

_ORDER = {kind.code: position for position, kind in enumerate(CATALOGUE)}


class BaseFacts(NamedTuple):
    """What the alerts of all that is followed look at: the base, its purchases, its people.

    ``names`` are those of companies.
    """

    whole: WholeFacts
    purchases: tuple[PurchaseFacts, ...] = ()
    people: Sequence[PersonFacts] = ()
    names: Mapping[int, str] = {}


def limits_of(facts: ObligationFacts | ContractFacts, thresholds: Thresholds) -> AlertThresholds:
    """The limits that apply to an obligation or a contract: its terms, else reference data."""
    return with_terms(thresholds.alerts, facts.said)


def contract_alerts(facts: ContractFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """Alerts of a contract as a whole: no obligation yet, nobody to follow it, another text."""
    return [*contract_without_obligation(facts), *no_facilitator(facts), *text_differs(facts)]


def purchase_alerts(facts: PurchaseFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """Alerts of a contract as its buyer prepares it."""
    limits = limits_of(facts.contract, thresholds)
    return [*answer_due(facts, limits, today), *clause_required(facts, limits, today)]


def obligation_alerts(facts: ObligationFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """Alerts of one obligation."""
    if not facts.followed:
        return []
    limits = limits_of(facts, thresholds)
    rules = (*OBLIGATION_RULES, *CASE_RULES)
    found = [alert for rule in rules for alert in rule(facts, limits, today)]
    if any(alert.code == CATCH_UP.code for alert in found):
        # It tells the same hours, and until when help helps.
        found = [alert for alert in found if alert.code != END_NEAR.code]
    return found


def person_alerts(facts: PersonFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """Alerts of one person and of their hours."""
    return [alert for rule in PERSON_RULES for alert in rule(facts, thresholds, today)]


def base_alerts(facts: BaseFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """Alerts that no single contract or person raises: told once, with their number."""
    limits = thresholds.alerts
    return [
        *whole_alerts(facts.whole, limits, today),
        *clauses_to_check(facts.purchases, limits, today),
        *summary_incomplete(facts.people, limits, today),
        *portfolio_alerts(facts.people, facts.names, limits, today),
    ]


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
            alert.about,
        ),
    )


def find_alerts(
    contracts: Iterable[ContractFacts],
    obligations: Iterable[ObligationFacts],
    people: Iterable[PersonFacts],
    thresholds: Thresholds,
    today: date,
    purchases: Iterable[PurchaseFacts] = (),
    base: BaseFacts | None = None,
) -> list[Alert]:
    """Every alert of a day, the gravest first; those of the base as a whole when it is given."""
    found: list[Alert] = []
    for contract in contracts:
        found += contract_alerts(contract, thresholds, today)
    for purchase in purchases:
        found += purchase_alerts(purchase, thresholds, today)
    for obligation in obligations:
        found += obligation_alerts(obligation, thresholds, today)
    for person in people:
        found += person_alerts(person, thresholds, today)
    if base is not None:
        found += base_alerts(base, thresholds, today)
    return sorted_alerts(found)
