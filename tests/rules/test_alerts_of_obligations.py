"""Alerts of an obligation: at, before and after every limit."""

from datetime import date, timedelta

import pytest

from suivi_tui.reference.loader import thresholds
from suivi_tui.rules.alert_facts import ContractFacts, ObligationFacts
from suivi_tui.rules.alerts import CATALOGUE, contract_alerts, find_alerts, obligation_alerts
from suivi_tui.rules.obligation import OwedEvent
from suivi_tui.rules.statement_schedule import StatementFacts, Work, terms_by_month
from suivi_tui.rules.terms import TermLine
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, months_between

LIMITS = thresholds()
START = date(2026, 1, 1)
END = date(2026, 10, 27)  # 300 days
OWED = (OwedEvent(START, Hours(30000)),)  # 1 h a day
CONTRACT = ContractFacts(1, notified_on=date(2025, 12, 1), start=START, end=END)
FACTS = ObligationFacts(CONTRACT, 2, 3, 4, start=START, end=END, events=OWED, placements=1)
SILENT = StatementFacts(4, START, END, names={4: "Titulaire", 6: "Intérim du Val"})


def done(facts: ObligationFacts, validated: int, pending: int = 0) -> ObligationFacts:
    return facts._replace(
        declared=Hours(validated + pending), validated=Hours(validated), refused=Hours(0)
    )


def found(facts: ObligationFacts, today: date, code: str) -> list[Gravity]:
    alerts = obligation_alerts(facts, LIMITS, today)
    return [alert.gravity for alert in alerts if alert.code == code]


def day(number: int) -> date:
    """The evening on which ``number`` hours are expected."""
    return START + timedelta(days=number - 1)


ALERT, CRITICAL, INFO = Gravity.ALERT, Gravity.CRITICAL, Gravity.INFO


@pytest.mark.parametrize(
    ("today", "validated", "pending", "gravities"),
    [
        (date(2026, 3, 31), 0, 0, []),  # the day before three months on site
        (date(2026, 4, 1), 0, 0, [ALERT]),  # nothing yet, but most of the time is left
        (day(100), 7999, 0, [ALERT]),
        (day(100), 8000, 0, []),  # 80 % exactly
        (day(100), 8001, 0, []),
        (day(100), 4000, 4000, []),  # pending hours count
        (day(200), 9999, 0, [ALERT]),  # under 50 %, a third of the time is left exactly
        (day(201), 10049, 0, [CRITICAL]),
        (day(201), 10050, 0, [ALERT]),  # 50 % exactly
        (END + timedelta(days=10), 14999, 0, [CRITICAL]),
        (END + timedelta(days=10), 24000, 0, []),
    ],
)
def test_late(today: date, validated: int, pending: int, gravities: list[Gravity]) -> None:
    assert found(done(FACTS, validated, pending), today, "retard") == gravities


def test_refused_hours_make_no_pace() -> None:
    facts = FACTS._replace(declared=Hours(10000), validated=Hours(0), refused=Hours(10000))
    assert found(facts, day(100), "retard") == [ALERT]


@pytest.mark.parametrize(
    "facts",
    [
        FACTS._replace(start=None),
        FACTS._replace(events=()),
        FACTS._replace(events=(OwedEvent(START, Hours(30000), firm=False),)),
        FACTS._replace(end=None, contract=CONTRACT._replace(end=None)),
        FACTS._replace(start=date(2026, 6, 1)),  # the painter has not begun
    ],
)
def test_nothing_is_late_without_start_end_and_objective(facts: ObligationFacts) -> None:
    assert found(facts, day(120), "retard") == []


def test_end_of_the_contract_stands_in_for_that_of_the_obligation() -> None:
    assert found(FACTS._replace(end=None), day(100), "retard") == [ALERT]


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2026, 2, 15), []),
        (date(2026, 2, 16), [202601]),
        (date(2026, 3, 15), [202601]),
        (date(2026, 3, 16), [202601, 202602]),
        # The site ended in October: its last statement is that of October.
        (date(2026, 11, 16), list(range(202601, 202611))),
        (date(2026, 12, 16), list(range(202601, 202611))),
        # Only the last twelve months are watched.
        (date(2027, 3, 20), list(range(202603, 202611))),
    ],
)
def test_statement_missing(today: date, months: list[int]) -> None:
    facts = FACTS._replace(statements=SILENT)
    alerts = obligation_alerts(facts, LIMITS, today)
    assert [a.month for a in alerts if a.code == "releve_manquant"] == months


def test_a_month_seen_needs_no_statement() -> None:
    worked = {month: frozenset({4}) for month in months_between(Month(202602), Month(202606))}
    facts = FACTS._replace(statements=SILENT._replace(worked=worked))
    alerts = obligation_alerts(facts, LIMITS, date(2026, 8, 1))
    assert [a.month for a in alerts if a.code == "releve_manquant"] == [202601]


def test_no_statement_is_awaited_before_the_site_begins() -> None:
    for start in (None, date(2026, 9, 1)):
        facts = FACTS._replace(statements=SILENT._replace(start=start))
        assert found(facts, date(2026, 8, 20), "releve_manquant") == []


def test_nothing_is_missing_upstream() -> None:
    contract = CONTRACT._replace(stage="consultation")
    facts = FACTS._replace(contract=contract, statements=SILENT)
    assert found(facts, date(2026, 8, 20), "releve_manquant") == []


def test_a_sender_that_is_not_the_holder_is_named() -> None:
    statements = SILENT._replace(works=(Work(4, START), Work(6, START)), end=date(2026, 1, 31))
    statements = statements._replace(worked={Month(202601): frozenset({4})})
    (alert,) = obligation_alerts(FACTS._replace(statements=statements), LIMITS, date(2026, 2, 16))
    assert (alert.company, alert.sender, alert.silent) == (4, 6, (202601,))
    assert alert.message == (
        "Intérim du Val\u00a0: aucun relevé ni aucune heure pour janvier 2026."
    )


def quarterly(*worked: int) -> ObligationFacts:
    statements = SILENT._replace(
        terms=terms_by_month([TermLine("cadence", "trimestrielle")], lot=2),
        worked={Month(number): frozenset({4}) for number in worked},
    )
    return FACTS._replace(statements=statements)


def test_a_silent_quarter_is_one_missing_statement() -> None:
    assert found(quarterly(), date(2026, 4, 15), "releve_manquant") == []
    (alert,) = [
        alert
        for alert in obligation_alerts(quarterly(), LIMITS, date(2026, 4, 16))
        if alert.code == "releve_manquant"
    ]
    assert alert.month == 202603
    assert alert.message == "Aucun relevé ni aucune heure pour le 1er trimestre 2026."


@pytest.mark.parametrize("month", [202601, 202602, 202603])
def test_hours_of_one_month_answer_for_the_quarter(month: int) -> None:
    assert found(quarterly(month), date(2026, 4, 16), "releve_manquant") == []


@pytest.mark.parametrize(
    ("days_left", "validated", "pending", "gravities"),
    [
        (91, 0, 0, []),
        (90, 0, 0, [ALERT]),
        (31, 0, 0, [ALERT]),
        (30, 14999, 0, [CRITICAL]),
        (30, 15000, 0, [ALERT]),  # half is done
        (30, 30000, 0, []),
        (0, 29999, 0, [ALERT]),
        (-1, 29999, 0, [CRITICAL]),
        (-1, 30000, 0, []),
        (-1, 29000, 1000, [ALERT]),  # all is worked, some of it awaits validation
        (-400, 0, 0, [CRITICAL]),
    ],
)
def test_end_near(days_left: int, validated: int, pending: int, gravities: list[Gravity]) -> None:
    today = END - timedelta(days=days_left)
    assert found(done(FACTS, validated, pending), today, "fin_proche") == gravities


def test_end_near_needs_an_objective_and_an_end() -> None:
    open_ended = FACTS._replace(end=None, contract=CONTRACT._replace(end=None))
    for facts in (FACTS._replace(events=()), open_ended):
        assert found(facts, END, "fin_proche") == []


@pytest.mark.parametrize(
    ("days", "changes", "gravities"),
    [
        (59, {}, []),
        (60, {}, [ALERT]),
        (61, {}, [ALERT]),
        (60, {"placements": 1}, []),
        (60, {"declared": Hours(100)}, []),
        (60, {"start": None}, []),
        (60, {"events": ()}, [ALERT]),
        (60, {"events": (OwedEvent(START, Hours(0)),)}, []),
    ],
)
def test_no_participant(days: int, changes: dict[str, object], gravities: list[Gravity]) -> None:
    facts = FACTS._replace(**{"placements": 0, **changes})
    assert found(facts, START + timedelta(days=days), "sans_participant") == gravities


@pytest.mark.parametrize(
    ("events", "stage", "gravities"),
    [
        ((), "en_cours", [INFO]),
        ((), "termine", [INFO]),
        ((), "a_qualifier", [INFO]),  # taken up: its objective is the next thing to know
        ((), "projet", []),
        ((), "consultation", []),
        ((OwedEvent(START, None),), "en_cours", [INFO]),
        ((OwedEvent(START, Hours(100), firm=False),), "en_cours", [INFO]),
        (OWED, "en_cours", []),
    ],
)
def test_objective_unknown(
    events: tuple[OwedEvent, ...], stage: str, gravities: list[Gravity]
) -> None:
    facts = FACTS._replace(events=events, contract=CONTRACT._replace(stage=stage))
    assert found(facts, day(10), "objectif_a_saisir") == gravities


@pytest.mark.parametrize(
    ("contract", "codes"),
    [
        (CONTRACT._replace(obligations=0), ["objectif_a_saisir"]),
        (CONTRACT._replace(obligations=1), []),
        (CONTRACT._replace(obligations=0, taken_up=False), []),
        (CONTRACT._replace(obligations=0, stage="projet"), []),
        (CONTRACT._replace(obligations=0, closed_on=START), []),
    ],
)
def test_a_contract_without_any_obligation(contract: ContractFacts, codes: list[str]) -> None:
    assert [alert.code for alert in contract_alerts(contract, LIMITS, day(10))] == codes


@pytest.mark.parametrize(
    ("contract_changes", "changes", "gravities"),
    [
        ({}, {}, [INFO]),
        ({}, {"start": START}, []),
        ({}, {"events": ()}, []),  # the objective comes first
        ({"start": None}, {}, [INFO]),
        ({"start": day(10)}, {}, [INFO]),
        ({"start": day(11)}, {}, []),
        ({"start": None, "notified_on": None}, {}, [INFO]),
        ({"start": None, "notified_on": day(11)}, {}, []),
        ({"stage": "consultation"}, {}, []),
    ],
)
def test_start_unknown(
    contract_changes: dict[str, object], changes: dict[str, object], gravities: list[Gravity]
) -> None:
    contract = CONTRACT._replace(**contract_changes)
    facts = FACTS._replace(contract=contract, **{"start": None, **changes})
    assert found(facts, day(10), "demarrage_a_saisir") == gravities


@pytest.mark.parametrize(
    "facts",
    [
        FACTS._replace(closed_on=END),
        FACTS._replace(contract=CONTRACT._replace(taken_up=False)),
        FACTS._replace(contract=CONTRACT._replace(closed_on=END)),
        FACTS._replace(contract=CONTRACT._replace(stage="clos")),
        FACTS._replace(contract=CONTRACT._replace(stage="refuse")),
    ],
)
def test_what_is_closed_or_not_taken_up_is_silent(facts: ObligationFacts) -> None:
    silent = facts._replace(statements=SILENT, placements=0)
    assert obligation_alerts(silent, LIMITS, END + timedelta(days=30)) == []


def test_messages_are_french_sentences_with_ids() -> None:
    facts = done(FACTS, 1000, 500)._replace(statements=SILENT)
    alerts = obligation_alerts(facts, LIMITS, END - timedelta(days=20))
    messages = {alert.code: alert.message for alert in alerts}
    assert messages["retard"] == (
        "15,00\u00a0h acquises pour 280,00\u00a0h attendues au 07/10/2026, soit 5,4\u00a0%."
    )
    assert messages["fin_proche"] == (
        "Se termine le 27/10/2026, dans 20\u00a0jours\u00a0: il reste 290,00\u00a0h à réaliser, "
        "dont 5,00\u00a0h à valider."
    )
    assert messages["releve_manquant"] == "Aucun relevé ni aucune heure pour août 2026."
    for alert in alerts:
        ids = (alert.contract, alert.lot, alert.obligation, alert.company, alert.participant)
        assert ids == (1, 2, 3, 4, None)
        assert alert.action


def test_the_gravest_come_first_and_all_are_in_the_catalogue() -> None:
    other = FACTS._replace(obligation=5, events=())
    alerts = find_alerts([CONTRACT], [other, FACTS], [], LIMITS, END + timedelta(days=1))
    ranks = [alert.gravity.rank for alert in alerts]
    assert ranks == sorted(ranks) and len(ranks) > 2
    assert {alert.code for alert in alerts} <= {kind.code for kind in CATALOGUE}


def test_the_catalogue_names_each_kind_once() -> None:
    codes = [kind.code for kind in CATALOGUE]
    assert len(codes) == len(set(codes)) == 32
    assert all(kind.title and kind.action for kind in CATALOGUE)
