"""Alerts put off, acknowledged and shown again; the same answer on whatever day it is asked."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from builders import (
    NewContract,
    new_base,
    new_contract,
    new_hours,
    new_person,
    new_placement,
)
from suivi_tui.actions.alert_marks import NotToCome, acknowledge, snooze, unmark
from suivi_tui.cli import main
from suivi_tui.readings.alerts import AlertReading, alerts_json, read_alert_board, read_alerts
from suivi_tui.store.base import Base, open_base
from suivi_tui.store.journal import changed, hour_row, write
from suivi_tui.store.undo import undo_last
from suivi_tui.vocabulary.choices import AlertMarkState

TODAY = date(2026, 6, 20)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


def contract_line(base: Base) -> str:
    """The only hour line, as the journal names it."""
    line = base.connection.execute("SELECT obligation, month, placement, kind FROM hour_entry")
    return hour_row(*line.fetchone())


@pytest.fixture
def contract(base: Base) -> NewContract:
    """1 000 h over the year, 300 h done: 168 h are missing on 20 June, one tenth of all."""
    made = new_contract(base)
    new_hours(base, new_placement(base, made, new_person(base)), 202606, 300_00)
    return made


def late(base: Base, today: date = TODAY) -> list[AlertReading]:
    return [alert for alert in read_alerts(base.connection, today) if alert.code == "retard"]


def test_an_alert_put_off_is_back_on_its_day(base: Base, contract: NewContract) -> None:
    (alert,) = late(base)
    until = date(2026, 7, 1)
    receipt = snooze(base, alert, until, "  Appel prévu\nle 1er ", today=TODAY)
    assert receipt.lines == 1
    assert late(base) == late(base, until - ONE_DAY) == []
    assert late(base, until) and late(base, TODAY - ONE_DAY)
    board = read_alert_board(base.connection, TODAY)
    (aside,) = board.aside
    assert (aside.alert, aside.state, aside.until) == (alert, AlertMarkState.SNOOZED, until)
    assert (aside.comment, aside.made_on) == ("Appel prévu\nle 1er", TODAY)
    assert aside.author == "Alix Essai"
    assert alert in read_alerts(base.connection, TODAY, marked=True)
    undo_last(base)
    assert late(base) == [alert]


def test_an_acknowledged_alert_is_back_when_it_is_worse(base: Base, contract: NewContract) -> None:
    (alert,) = late(base)
    acknowledge(base, alert, today=TODAY)
    assert late(base) == late(base, TODAY + timedelta(days=10)) == []
    assert late(base, TODAY + timedelta(days=12))  # 200 h missing, two tenths
    assert [aside.state for aside in read_alert_board(base.connection, TODAY).aside] == [
        AlertMarkState.ACKNOWLEDGED
    ]
    # A third of the hours is refused: another tenth is missing.
    write(base, [changed("hour_entry", contract_line(base), "validated", 200_00)], label="Essai")
    (worse,) = late(base)
    assert worse.severity > alert.severity and worse.about == alert.about
    assert read_alert_board(base.connection, TODAY).aside == []


def test_the_last_thing_said_counts_and_can_be_taken_back(
    base: Base, contract: NewContract
) -> None:
    (alert,) = late(base)
    acknowledge(base, alert, today=TODAY)
    snooze(base, alert, TODAY + ONE_DAY, today=TODAY)
    assert late(base) == []
    assert late(base, TODAY + ONE_DAY)
    acknowledge(base, alert, today=TODAY)
    unmark(base, alert)
    assert late(base) == [alert]
    assert unmark(base, alert).lines == 0


def test_only_a_day_to_come(base: Base, contract: NewContract) -> None:
    (alert,) = late(base)
    for until in (TODAY, TODAY - ONE_DAY):
        with pytest.raises(NotToCome, match="20/06/2026"):
            snooze(base, alert, until, today=TODAY)
    assert late(base) == [alert]


def test_a_mark_hides_no_other_alert(base: Base, contract: NewContract) -> None:
    other = new_contract(base, number="2026-02")
    before = late(base)
    assert len(before) == 2
    acknowledge(base, before[0], today=TODAY)
    assert [alert.contract for alert in late(base)] == [before[1].contract]
    assert {alert.about for alert in before} == {
        f"obligation:{made.obligation}" for made in (contract, other)
    }
    every = read_alerts(base.connection, TODAY, marked=True)
    assert len({(alert.code, alert.about) for alert in every}) == len(every)


def test_the_same_answer_on_any_day_it_is_asked(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing of the alerts reads the clock: marks, backups and delays go by the day asked."""
    with new_base(tmp_path) as base:
        new_hours(base, new_placement(base, new_contract(base), new_person(base)), 202606, 300_00)
        snooze(base, late(base)[0], date(2026, 7, 1), today=TODAY)
        base.connection.execute(
            "INSERT INTO backup_log (path, made_at, lines, sha256) "
            "VALUES ('copie', '2026-06-01T10:00:00+00:00', 1, '')"
        )
        path = base.path
    answers = []
    for computer in ("2026-06-20", "2030-12-31"):
        moment = (date.fromisoformat(computer) - date(1970, 1, 1)).total_seconds()
        monkeypatch.setattr("time.time", lambda moment=moment: moment)
        monkeypatch.setattr("time.time_ns", lambda moment=moment: int(moment * 10**9))
        for day in ("2026-06-20", "2026-07-01", "2027-06-20"):
            main(["alertes", "--json", "--base", str(path), "--au", day])
            answers.append(capsys.readouterr().out)
    assert answers[:3] == answers[3:]
    codes = [{alert["code"] for alert in json.loads(text)} for text in answers[:3]]
    assert ["retard" in found for found in codes] == [False, True, True]
    with open_base(path) as base:
        assert alerts_json(read_alerts(base.connection, TODAY)) == json.loads(answers[0])
