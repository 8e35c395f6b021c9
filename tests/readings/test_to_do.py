"""« À faire aujourd'hui »: what presses, in which order, and nothing twice."""

from datetime import date, timedelta

import pytest

from suivi_tui.readings.alerts import AlertReading
from suivi_tui.readings.needs import NeedReading
from suivi_tui.readings.to_do import Due, pressing, records_of, to_do
from suivi_tui.store.queries.follow_ups import FollowUpRow
from suivi_tui.store.queries.needs import NeedRow, ProposalRow
from suivi_tui.vocabulary.choices import Gravity

TODAY = date(2026, 9, 20)
CRITICAL, ALERT, INFO = Gravity.CRITICAL, Gravity.ALERT, Gravity.INFO


def alert(
    code: str = "retard", gravity: Gravity = ALERT, due: int | None = None, **values: object
) -> AlertReading:
    """An alert; ``due`` is its day, in days from today."""
    known = {
        "contract": 1, "lot": None, "obligation": 2, "company": None, "participant": None,
        "operation_name": None, "contract_number": None, "lot_number": None, "company_name": None,
        "participant_name": None, "month": None, "message": "Message.", "action": "Agir",
    }  # fmt: skip
    day = None if due is None else TODAY + timedelta(days=due)
    about = f"{values.get('obligation', 2)}/{values.get('month', '')}"
    return AlertReading(code, gravity, **{**known, "about": about, "due": day, **values})


def exchange(days: int, entity: str = "contract", subject: int = 9, row: int = 1) -> Due:
    day = (TODAY + timedelta(days=days)).isoformat()
    return Due(FollowUpRow(row, entity, subject, "appel", "2026-09-01", day, None, ""), None, days)


def need(days: int | None, *, closed: bool = False, hired: int = 0) -> NeedReading:
    day = None if days is None else (TODAY + timedelta(days=days)).isoformat()
    row = NeedRow(5, 1, "Bâtisseurs", None, None, "", "", "", "maçon", 1, None, day,
                  "2026-09-10" if closed else None, "")  # fmt: skip
    one = ProposalRow(1, 5, None, "", "", "", None, "AB", "", None, "embauche", None, "")
    return NeedReading(row, (one,) * hired)


@pytest.mark.parametrize(
    ("gravity", "due", "expected"),
    [
        (CRITICAL, None, True),
        (CRITICAL, 5, True),
        (ALERT, None, False),
        (ALERT, 1, False),
        (ALERT, 0, True),
        (ALERT, -1, True),
        (INFO, -1, False),
    ],
)
def test_an_alert_presses_when_critical_or_when_its_day_has_come(
    gravity: Gravity, due: int | None, expected: bool
) -> None:
    assert pressing(alert(gravity=gravity, due=due), TODAY) is expected
    assert len(to_do([alert(gravity=gravity, due=due)], [], [], TODAY)) == expected


@pytest.mark.parametrize(
    ("days", "closed", "hired", "expected"),
    [
        (1, False, 0, False),
        (0, False, 0, True),
        (-1, False, 0, True),
        (-1, True, 0, False),
        (-1, False, 1, False),
        (None, False, 0, False),
    ],
)
def test_a_need_is_to_do_from_its_day_until_it_is_filled(
    days: int | None, closed: bool, hired: int, expected: bool
) -> None:
    assert bool(to_do([], [], [need(days, closed=closed, hired=hired)], TODAY)) is expected


def test_the_gravest_first_then_the_oldest() -> None:
    tasks = to_do(
        [
            alert("fin_proche", due=-3, obligation=3),
            alert("rattrapage", CRITICAL, due=-10, obligation=4),
            alert("retard", CRITICAL, obligation=5),
        ],
        [exchange(0, row=1), exchange(-2, row=2), exchange(3, row=3)],
        [need(-20), need(0)],
        TODAY,
    )
    told = [
        (task.gravity, (task.day - TODAY).days, task.due is not None, task.need is not None)
        for task in tasks
    ]
    assert told == [
        (CRITICAL, -20, False, True),
        (CRITICAL, -10, False, False),
        (CRITICAL, -2, True, False),
        (CRITICAL, 0, False, False),
        (ALERT, -3, False, False),
        (ALERT, 0, True, False),
        (ALERT, 0, False, True),
    ]


@pytest.mark.parametrize(
    ("entity", "subject"), [("obligation", 2), ("contract", 1), ("company", 7), ("company", 8)]
)
def test_an_exchange_that_is_due_stands_for_the_alerts_of_its_record(
    entity: str, subject: int
) -> None:
    late = alert("retard", CRITICAL, company=7, sender=8)
    ended = alert("fin_proche", due=0, company=7, sender=8)
    (task,) = to_do([ended, late], [exchange(0, entity, subject)], [], TODAY)
    assert task.due is not None
    assert (task.gravity, task.alerts) == (CRITICAL, (late, ended))


def test_an_exchange_to_come_hides_nothing_and_another_record_is_another_task() -> None:
    late = alert("retard", CRITICAL)
    assert to_do([late], [exchange(1, "obligation", 2)], [], TODAY)[0].alerts == (late,)
    assert len(to_do([late], [exchange(0, "obligation", 3)], [], TODAY)) == 2


def test_the_hours_of_a_person_are_not_settled_by_a_call_about_the_contract() -> None:
    hours = alert("heures_invraisemblables", CRITICAL, participant=4)
    assert records_of(hours) == [("participant", 4)]
    assert len(to_do([hours], [exchange(0, "contract", 1)], [], TODAY)) == 2


def test_missing_statements_are_one_task_since_the_oldest() -> None:
    missing = [
        alert("releve_manquant", due=-days, sender=8 + row, obligation=row, month=202600 + row)
        for row, days in ((2, 5), (3, 40))
    ]
    (task,) = to_do([*missing, alert("releve_manquant", due=1)], [], [], TODAY)
    assert (task.day, len(task.alerts)) == (TODAY - timedelta(days=40), 2)
