"""Alerts of the case of an obligation: at, before and after every limit."""

from datetime import date, timedelta

import pytest

from suivi_tui.reference.loader import thresholds
from suivi_tui.rules.alert_case_facts import CaseFacts, ContractChange, NoticeFacts, TargetFacts
from suivi_tui.rules.alert_facts import ContractFacts, ObligationFacts
from suivi_tui.rules.alerts import Alert, obligation_alerts
from suivi_tui.rules.alerts_case import full_timers
from suivi_tui.rules.catch_up import FullTime, PersonPresent, Situation, catch_up
from suivi_tui.rules.obligation import OwedEvent
from suivi_tui.rules.reminders import ReminderSent
from suivi_tui.rules.statement_schedule import StatementFacts
from suivi_tui.rules.targets import Target, WorkDone, target_reading
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.hours import Hours

ALERT, CRITICAL, INFO = Gravity.ALERT, Gravity.CRITICAL, Gravity.INFO
LIMITS = thresholds()
FULL_TIME = FullTime(Hours(15167), Hours(3500))
ONE_DAY = timedelta(days=1)
START, END = date(2026, 1, 1), date(2026, 12, 31)
CONTRACT = ContractFacts(1, notified_on=date(2025, 12, 1), start=START, end=END)
FACTS = ObligationFacts(
    CONTRACT, 2, 3, 4, start=START, end=END,
    events=(OwedEvent(START, Hours(100000)),), placements=1,
)  # fmt: skip


def found(facts: ObligationFacts, today: date, code: str) -> list[Alert]:
    return [alert for alert in obligation_alerts(facts, LIMITS, today) if alert.code == code]


def with_case(case: CaseFacts, **changes: object) -> ObligationFacts:
    return FACTS._replace(case=case, **changes)


# rattrapage


def to_do(hours: int, *people: PersonPresent, owed: int = 100000) -> ObligationFacts:
    situation = Situation(Hours(hours), END, START, FULL_TIME, people=people, since=START)
    return with_case(CaseFacts(situation=situation, owed=Hours(owed)))


# 2 x 1 000 h over 12 months: 2 full-timers; 303,34 h are one month of theirs.
LAST = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("today", "gravities"),
    [
        (LAST - timedelta(days=31), []),
        (LAST - timedelta(days=30), [ALERT]),
        (LAST, [ALERT]),
        (LAST + ONE_DAY, [CRITICAL]),
        (END, [CRITICAL]),
        (END + ONE_DAY, []),  # the end says the rest
        (START - ONE_DAY, []),
    ],
)
def test_the_last_day_to_catch_up(today: date, gravities: list[Gravity]) -> None:
    assert [alert.gravity for alert in found(to_do(30334), today, "rattrapage")] == gravities


def test_people_present_who_are_enough_raise_nothing() -> None:
    here = PersonPresent(Hours(3500))
    facts = to_do(15167, here)
    assert found(facts, date(2026, 12, 1), "rattrapage") == []
    (alert,) = found(facts, date(2026, 12, 2), "rattrapage")
    assert alert.gravity is ALERT and alert.due is not None
    # They do what is left: the end that comes is information, and no longer once they cannot.
    (near,) = found(facts, date(2026, 12, 1), "fin_proche")
    assert near.gravity is INFO
    assert found(facts, date(2026, 12, 2), "fin_proche") == []


def test_nothing_is_caught_up_without_a_situation_or_a_start() -> None:
    assert found(FACTS, LAST, "rattrapage") == []
    assert found(to_do(30334)._replace(start=None), LAST, "rattrapage") == []
    assert found(to_do(0), END, "rattrapage") == []


def test_the_measure_is_in_months_of_a_full_timer() -> None:
    measures = [found(to_do(hours), LAST, "rattrapage")[0].measure for hours in (15166, 15167)]
    assert measures == [0, 1]


@pytest.mark.parametrize(
    ("owed", "number"),
    # 12 months: 2 x 910,02 h is one full-timer exactly.
    [(91001, 1), (91002, 1), (91003, 2), (950000, 11), (0, 1)],
)
def test_full_timers_follow_the_size_of_the_obligation(owed: int, number: int) -> None:
    situation = Situation(Hours(1), END, START, FULL_TIME, since=START)
    assert full_timers(Hours(owed), situation, LIMITS.alerts) == number


def test_the_last_day_on_a_29_february_and_at_a_year_end() -> None:
    end = date(2028, 2, 29)
    situation = Situation(Hours(15167), end, START, FULL_TIME, since=START)
    assert catch_up(situation).last_day == date(2028, 2, 1)
    facts = with_case(CaseFacts(situation=situation, owed=Hours(15167)), end=end)
    days = [date(2028, 1, 1), date(2028, 1, 2), date(2028, 2, 1), date(2028, 2, 2)]
    told = [[alert.gravity for alert in found(facts, day, "rattrapage")] for day in days]
    assert told == [[], [ALERT], [ALERT], [CRITICAL]]


# cible_manquee


def target(value: int, women: int, unknown: int = 0) -> CaseFacts:
    work = [WorkDone(row, Hours(100), "F") for row in range(women)]
    work += [WorkDone(100 + row, Hours(100), "") for row in range(unknown)]
    return CaseFacts(targets=(TargetFacts(9, target_reading(Target("femmes", value), work)),))


@pytest.mark.parametrize(
    ("today", "count"),
    [
        (END - timedelta(days=61), 0),
        (END - timedelta(days=60), 1),
        (END, 1),
        (END + ONE_DAY, 1),
    ],
)
def test_a_target_missed_is_told_before_the_end(today: date, count: int) -> None:
    alerts = found(with_case(target(3, 1)), today, "cible_manquee")
    assert [(alert.about, alert.measure) for alert in alerts] == [
        ("obligation:3/cible:9", 2)
    ] * count


@pytest.mark.parametrize(("value", "women", "unknown"), [(3, 3, 0), (3, 1, 2), (3, 4, 0)])
def test_a_target_reached_or_that_nobody_can_tell(value: int, women: int, unknown: int) -> None:
    assert found(with_case(target(value, women, unknown)), END, "cible_manquee") == []


# objectif_a_revoir


def change(day: date, answered: bool = False) -> ContractChange:
    return ContractChange(5, day, "montant", answered)


@pytest.mark.parametrize(
    ("changed", "moved", "count"),
    [
        (date(2026, 3, 1), None, 1),
        (date(2026, 3, 1), date(2026, 2, 28), 1),  # the day before
        (date(2026, 3, 1), date(2026, 3, 1), 0),  # the same day answers it
        (date(2026, 3, 1), date(2026, 3, 2), 0),
        (START, None, 0),  # told with the objective
        (START - ONE_DAY, None, 0),
        (date(2026, 6, 20), None, 1),  # today
        (date(2026, 6, 21), None, 0),  # tomorrow
    ],
)
def test_the_objective_is_to_review(changed: date, moved: date | None, count: int) -> None:
    events = FACTS.events + ((OwedEvent(moved, Hours(100)),) if moved else ())
    facts = with_case(CaseFacts(changes=(change(changed),)), events=events)
    alerts = found(facts, date(2026, 6, 20), "objectif_a_revoir")
    assert [alert.measure for alert in alerts] == [1] * count


def test_a_change_already_answered_or_a_formula_that_follows_asks_for_nothing() -> None:
    day, today = date(2026, 3, 1), date(2026, 6, 20)
    for case in (
        CaseFacts(changes=(change(day, answered=True),)),
        CaseFacts(changes=(change(day),), written=False),
    ):
        assert found(with_case(case), today, "objectif_a_revoir") == []
    unknown = with_case(CaseFacts(changes=(change(day),)), events=())
    assert found(unknown, today, "objectif_a_revoir") == []


# bilan_a_etablir


@pytest.mark.parametrize(
    ("end", "today", "count"),
    [
        (END, date(2027, 1, 29), 0),
        (END, date(2027, 1, 30), 1),
        (END, date(2027, 1, 31), 1),
        (date(2028, 1, 30), date(2028, 2, 28), 0),
        (date(2028, 1, 30), date(2028, 2, 29), 1),  # a leap year has that day
    ],
)
def test_a_report_is_due_some_days_after_the_end(end: date, today: date, count: int) -> None:
    assert len(found(FACTS._replace(end=end), today, "bilan_a_etablir")) == count
    filed = with_case(CaseFacts(certified=True), end=end)
    assert found(filed, today, "bilan_a_etablir") == []


# mise_en_demeure_echue


@pytest.mark.parametrize(
    ("due", "today", "count"),
    [
        (date(2028, 2, 29), date(2028, 2, 29), 0),  # its last day
        (date(2028, 2, 29), date(2028, 3, 1), 1),
        (date(2026, 12, 31), date(2027, 1, 1), 1),
        (date(2026, 12, 31), date(2026, 12, 30), 0),
        (None, date(2027, 1, 1), 0),
    ],
)
def test_a_formal_notice_expires(due: date | None, today: date, count: int) -> None:
    notice = NoticeFacts(8, date(2026, 5, 1), due)
    facts = with_case(CaseFacts(notices=(notice,)), end=date(2029, 1, 1))
    alerts = found(facts, today, "mise_en_demeure_echue")
    assert [(alert.gravity, alert.due) for alert in alerts] == [(CRITICAL, due)] * count
    answered = with_case(CaseFacts(notices=(notice._replace(answered=True),)))
    assert found(answered, today, "mise_en_demeure_echue") == []


# sans_contact


@pytest.mark.parametrize(
    ("today", "unknown", "who"),
    [
        (START - ONE_DAY, (4,), ""),
        (START, (4,), "Le titulaire"),
        (END, (6,), "Intérim du Val"),
        (END, (4, 6), "2\u00a0entreprises"),
        (END + ONE_DAY, (4,), ""),
        (START, (), ""),
    ],
)
def test_nobody_to_call(today: date, unknown: tuple[int, ...], who: str) -> None:
    statements = StatementFacts(4, names={6: "Intérim du Val"})
    facts = with_case(CaseFacts(unreachable=unknown), statements=statements)
    alerts = found(facts, today, "sans_contact")
    assert [alert.message.startswith(who) for alert in alerts] == [True] * bool(who)
    assert all(len(alert.concerns) == len(unknown) == alert.measure for alert in alerts)


# releve_manquant, level 2


@pytest.mark.parametrize(
    ("today", "reminders", "level"),
    [
        (date(2026, 2, 16), (), 1),
        (date(2026, 4, 1), (), 1),  # 45 days late
        (date(2026, 4, 2), (), 2),
        (date(2026, 3, 5), (date(2026, 2, 18),), 1),  # 15 days after the reminder
        (date(2026, 3, 6), (date(2026, 2, 18),), 2),
        (date(2026, 3, 6), (date(2026, 2, 10),), 1),  # made before it was late
        (date(2026, 3, 6), (date(2026, 4, 18),), 1),  # made later
    ],
)
def test_a_statement_still_missing_after_a_reminder(
    today: date, reminders: tuple[date, ...], level: int
) -> None:
    sent = tuple(ReminderSent(day) for day in reminders)
    facts = with_case(
        CaseFacts(reminders={4: sent}), statements=StatementFacts(4, START, date(2026, 1, 31))
    )
    (alert,) = found(facts, today, "releve_manquant")
    assert (alert.level, alert.measure) == (level, 1 + (1_000 if level == 2 else 0))
    # A reminder is left its time: the day to act is that of the next one.
    waits = alert.action.startswith("Attendre")
    assert waits == (today == date(2026, 3, 5))
    assert alert.due == (date(2026, 3, 6) if waits else date(2026, 2, 15))


def test_what_follows_the_reminders() -> None:
    statements = StatementFacts(4, START, date(2026, 1, 31))
    today = date(2026, 3, 25)
    days = [date(2026, 2, 18), date(2026, 3, 8)]
    actions = []
    for made in ([], days[:1], days, [*days, date(2026, 3, 20)]):
        sent = tuple(ReminderSent(day) for day in made)
        facts = with_case(CaseFacts(reminders={4: sent}), statements=statements)
        (alert,) = found(facts, today, "releve_manquant")
        actions.append(alert.action)
    assert actions == [
        "Relancer l'entreprise, ou noter le mois sans activité",
        "Faire une relance de second niveau",
        "Proposer une mise en demeure à l'acheteur",
        "Attendre la réponse à la relance, ou appeler",
    ]


# limits of the contract


def test_a_contract_sets_its_own_limits() -> None:
    notice = {"alerte/bilan_a_etablir/jours": "10", "alerte/cible_manquee/jours": "5"}
    facts = with_case(target(3, 1), said=notice)
    assert found(facts, END + timedelta(days=9), "bilan_a_etablir") == []
    assert found(facts, END + timedelta(days=10), "bilan_a_etablir")
    assert found(facts, END - timedelta(days=6), "cible_manquee") == []
    assert found(facts, END - timedelta(days=5), "cible_manquee")
    unread = with_case(target(3, 1), said={"alerte/cible_manquee/jours": "bientôt"})
    assert found(unread, END - timedelta(days=60), "cible_manquee")
