"""Alerts of a contract as its buyer prepares it, and of who follows it."""

from datetime import date, timedelta

import pytest

from suivi_tui.reference.loader import thresholds
from suivi_tui.rules.alert_facts import ContractFacts
from suivi_tui.rules.alerts import Alert, contract_alerts, purchase_alerts
from suivi_tui.rules.alerts_contract import PurchaseFacts, clauses_to_check
from suivi_tui.vocabulary.choices import ClauseForm, Gravity
from suivi_tui.vocabulary.money import Money

ALERT, INFO = Gravity.ALERT, Gravity.INFO
LIMITS = thresholds()
CONTRACT = ContractFacts(1, stage="consultation")
ONE_DAY = timedelta(days=1)


def found(facts: PurchaseFacts, today: date, code: str) -> list[Alert]:
    return [alert for alert in purchase_alerts(facts, LIMITS, today) if alert.code == code]


# reponse_acheteur


@pytest.mark.parametrize(
    ("today", "measures"),
    [
        (date(2028, 2, 21), []),
        (date(2028, 2, 22), [0]),  # 7 days before
        (date(2028, 2, 29), [0]),
        (date(2028, 3, 1), [1]),
    ],
)
def test_the_answer_to_the_buyer(today: date, measures: list[int]) -> None:
    for facts in (
        PurchaseFacts(CONTRACT, answer_due=date(2028, 2, 29)),
        PurchaseFacts(CONTRACT, launched_on=date(2028, 2, 1), answer_weeks=4),
        PurchaseFacts(
            CONTRACT, answer_due=date(2028, 2, 29), launched_on=date(2020, 1, 1), answer_weeks=1
        ),
        PurchaseFacts(
            CONTRACT, asked_on=date(2028, 2, 1), launched_on=date(2028, 2, 20), answer_weeks=4
        ),
    ):
        alerts = found(facts, today, "reponse_acheteur")
        assert [alert.measure for alert in alerts] == measures
        assert all(alert.due == date(2028, 2, 29) for alert in alerts)


@pytest.mark.parametrize(
    "facts",
    [
        PurchaseFacts(CONTRACT),
        PurchaseFacts(CONTRACT, launched_on=date(2026, 1, 1)),  # the buyer says no delay
        PurchaseFacts(CONTRACT, answer_weeks=4),
        PurchaseFacts(CONTRACT, answer_due=date(2026, 1, 1), grounded=True),
        PurchaseFacts(CONTRACT, answer_due=date(2026, 1, 1), answered_on=date(2026, 2, 1)),
        PurchaseFacts(CONTRACT._replace(stage="en_cours"), answer_due=date(2026, 1, 1)),
        PurchaseFacts(CONTRACT._replace(taken_up=False), answer_due=date(2026, 1, 1)),
    ],
)
def test_no_answer_is_awaited(facts: PurchaseFacts) -> None:
    assert found(facts, date(2026, 6, 1), "reponse_acheteur") == []


def test_the_answer_of_a_launch_at_the_end_of_the_calendar() -> None:
    facts = PurchaseFacts(CONTRACT, launched_on=date(9999, 12, 30), answer_weeks=10**6)
    assert facts.due == date.max


# seuil_europeen

TODAY = date(2026, 11, 22)
SINCE = date(2026, 8, 22)
SERVICES = PurchaseFacts(
    CONTRACT, "services", "commune", Money(216_000_00), "aucune", launched_on=SINCE
)


@pytest.mark.parametrize(
    ("category", "buyer", "euros", "gravities"),
    [
        ("services", "commune", 215_999, []),
        ("services", "commune", 216_000, [ALERT]),
        ("fournitures", "commune", 216_001, [ALERT]),
        ("services", "etat", 139_999, []),
        ("services", "etat", 140_000, [ALERT]),
        ("travaux", "commune", 5_403_999, []),
        ("travaux", "commune", 5_404_000, [ALERT]),
        ("travaux", "etat", 5_403_999, []),
        ("", "commune", 215_999, []),
        ("", "commune", 216_000, [INFO]),  # works or services?
        ("", "commune", 5_404_000, [ALERT]),  # above whatever it is
        ("services", "prive", 1_000_000, []),
    ],
)
def test_the_european_thresholds(
    category: str, buyer: str, euros: int, gravities: list[Gravity]
) -> None:
    facts = SERVICES._replace(category=category, buyer_kind=buyer, amount=Money(euros * 100))
    assert [alert.gravity for alert in found(facts, TODAY, "seuil_europeen")] == gravities


@pytest.mark.parametrize(("euros", "count"), [(431_999, 0), (432_000, 1), (432_001, 1)])
def test_the_threshold_of_a_network_operator_is_its_own(euros: int, count: int) -> None:
    facts = SERVICES._replace(network_operator=True, amount=Money(euros * 100))
    assert len(found(facts, TODAY, "seuil_europeen")) == count


@pytest.mark.parametrize(
    ("launched", "gravities"),
    [(SINCE - ONE_DAY, []), (SINCE, [ALERT]), (SINCE + ONE_DAY, [ALERT]), (date(2020, 2, 29), [])],
)
def test_the_clause_is_required_since_a_day(launched: date, gravities: list[Gravity]) -> None:
    facts = SERVICES._replace(launched_on=launched)
    assert [alert.gravity for alert in found(facts, TODAY, "seuil_europeen")] == gravities


@pytest.mark.parametrize(
    ("notified", "start", "today", "gravities"),
    [
        (None, None, TODAY, [INFO]),
        (SINCE, None, TODAY, [INFO]),
        (SINCE - ONE_DAY, None, TODAY, []),  # launched before it was notified
        (None, SINCE - ONE_DAY, TODAY, []),
        (None, None, SINCE - ONE_DAY, []),  # the law does not apply yet
        (None, None, SINCE, [INFO]),
    ],
)
def test_an_unknown_launch_is_to_be_checked(
    notified: date | None, start: date | None, today: date, gravities: list[Gravity]
) -> None:
    contract = CONTRACT._replace(notified_on=notified, start=start)
    facts = SERVICES._replace(launched_on=None, contract=contract)
    alerts = found(facts, today, "seuil_europeen")
    assert [alert.gravity for alert in alerts] == gravities
    assert all("à vérifier" in alert.message for alert in alerts)


def test_every_social_condition_is_one() -> None:
    lacking = {
        str(form.value)
        for form in ClauseForm
        if found(SERVICES._replace(clause_form=str(form.value)), TODAY, "seuil_europeen")
    }
    assert lacking == {"aucune", "critere"}
    assert found(SERVICES._replace(clause_form=""), TODAY, "seuil_europeen")


def test_a_written_ground_and_a_closed_contract_raise_nothing() -> None:
    for facts in (
        SERVICES._replace(grounded=True),
        SERVICES._replace(amount=None),
        SERVICES._replace(contract=CONTRACT._replace(stage="clos")),
        SERVICES._replace(contract=CONTRACT._replace(closed_on=TODAY)),
    ):
        assert found(facts, TODAY, "seuil_europeen") == []
    refused = SERVICES._replace(contract=CONTRACT._replace(stage="refuse"))
    assert found(refused, TODAY, "seuil_europeen")


def test_contracts_that_nobody_follows_are_counted_when_their_launch_is_unknown() -> None:
    unknown = [
        SERVICES._replace(
            contract=ContractFacts(row, taken_up=False, stage="a_qualifier"), launched_on=None
        )
        for row in (5, 6)
    ]
    assert [found(facts, TODAY, "seuil_europeen") for facts in unknown] == [[], []]
    (alert,) = clauses_to_check([*unknown, SERVICES], LIMITS.alerts, TODAY)
    assert (alert.contract, alert.measure) == (None, 2)
    assert alert.concerns == (("contract", 5), ("contract", 6))
    assert clauses_to_check([SERVICES], LIMITS.alerts, TODAY) == []


def test_the_thresholds_of_the_day_of_the_launch() -> None:
    earlier = LIMITS.alerts._replace(clause_since=date(2025, 1, 1))
    limits = LIMITS._replace(alerts=earlier)
    for launched, euros, count in (
        (date(2025, 12, 31), 216_000, 0),
        (date(2025, 12, 31), 221_000, 1),
        (date(2026, 1, 1), 216_000, 1),
    ):
        facts = SERVICES._replace(launched_on=launched, amount=Money(euros * 100))
        assert len(purchase_alerts(facts, limits, TODAY)) == count
    off = LIMITS._replace(alerts=LIMITS.alerts._replace(clause_since=None))
    assert purchase_alerts(SERVICES, off, TODAY) == []


# sans_facilitateur


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        (ContractFacts(1, led=False), 1),
        (ContractFacts(1), 0),
        (ContractFacts(1, led=False, stage="projet"), 0),
        (ContractFacts(1, led=False, taken_up=False), 0),
    ],
)
def test_nobody_follows_the_contract(facts: ContractFacts, count: int) -> None:
    codes = [alert.code for alert in contract_alerts(facts, LIMITS, TODAY)]
    assert codes == ["sans_facilitateur"] * count
