"""Statements marked, taken back, locked, reopened."""

from datetime import date
from pathlib import Path

import pytest

from builders import add, new_base, new_contract, new_hours, new_person, new_placement
from suivi_tui.actions.statements import (
    StatementRefused,
    lock_statement,
    reopen_statement,
    toggle_statement,
)
from suivi_tui.store.base import Base
from suivi_tui.store.undo import undo_last
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.months import Month

TODAY = date(2026, 6, 20)
MAY = Month(202605)
RECEIVED, IDLE, CHECKED = (
    StatementStatus.RECEIVED,
    StatementStatus.NO_ACTIVITY,
    StatementStatus.CHECKED,
)


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return new_base(tmp_path)


def statuses(base: Base) -> list[tuple[str, str | None]]:
    return base.connection.execute(
        "SELECT status, received_on FROM statement WHERE removed = 0 ORDER BY id"
    ).fetchall()


@pytest.mark.parametrize(
    ("pressed", "left"),
    [
        ([RECEIVED], ["recu"]),
        ([RECEIVED, RECEIVED], []),
        ([CHECKED], ["verifie"]),
        ([CHECKED, CHECKED], ["recu"]),
        ([IDLE, RECEIVED], ["recu"]),
        ([IDLE, IDLE], []),
        ([RECEIVED, IDLE, CHECKED], ["verifie"]),
    ],
)
def test_the_same_mark_twice_is_taken_back(
    base: Base, pressed: list[StatementStatus], left: list[str]
) -> None:
    made = new_contract(base)
    for status in pressed:
        toggle_statement(base, made.obligation, MAY, status, TODAY)
    assert [status for status, _ in statuses(base)] == left


def test_a_new_statement_is_of_the_holder_and_of_today(base: Base) -> None:
    made = new_contract(base)
    toggle_statement(base, made.obligation, MAY, RECEIVED, TODAY)
    assert statuses(base) == [("recu", "2026-06-20")]
    assert base.connection.execute("SELECT sender FROM statement").fetchone() == (made.company,)
    undo_last(base)
    assert statuses(base) == []


def test_every_sender_of_the_month_is_marked(base: Base) -> None:
    made = new_contract(base)
    for name in ("A", "B"):
        add(base, "statement", obligation=made.obligation, month=MAY, status="recu",
            sender=add(base, "company", name=name, kind="ETTI"))  # fmt: skip
    toggle_statement(base, made.obligation, MAY, CHECKED, TODAY)
    assert [status for status, _ in statuses(base)] == ["verifie", "verifie"]


def test_hours_refuse_a_month_without_activity(base: Base) -> None:
    made = new_contract(base)
    new_hours(base, new_placement(base, made, new_person(base)), MAY, 1000)
    with pytest.raises(StatementRefused, match="Videz d'abord ces heures"):
        toggle_statement(base, made.obligation, MAY, IDLE, TODAY)
    assert statuses(base) == []


def test_locked_then_reopened_with_a_reason(base: Base) -> None:
    made = new_contract(base)
    with pytest.raises(StatementRefused, match="pas de relevé"):
        lock_statement(base, made.obligation, MAY)
    toggle_statement(base, made.obligation, MAY, RECEIVED, TODAY)
    lock_statement(base, made.obligation, MAY)
    with pytest.raises(StatementRefused, match="verrouillé"):
        toggle_statement(base, made.obligation, MAY, CHECKED, TODAY)
    with pytest.raises(StatementRefused, match="motif"):
        reopen_statement(base, made.obligation, MAY, "  ")
    assert [status for status, _ in statuses(base)] == ["verrouille"]
    reopen_statement(base, made.obligation, MAY, "Erreur de saisie")
    assert [status for status, _ in statuses(base)] == ["verifie"]
    reason = base.connection.execute("SELECT reopened_reason FROM statement").fetchone()
    assert reason == ("Erreur de saisie",)
