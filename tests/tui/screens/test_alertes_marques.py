"""Alerts put off until a day, acknowledged until they worsen, taken back; who said what."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from builders import new_base, new_company, new_contract
from driving import running, screen_text, settle, toasts
from suivi_tui.readings.alerts import AlertBoard, read_alert_board
from suivi_tui.store.base import open_base
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.alertes.aside import AlertsAside
from suivi_tui.tui.screens.alertes.marks import UntilField
from suivi_tui.tui.widgets.fields import Wrong
from suivi_tui.vocabulary.choices import AlertMarkState
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import plural
from tui_samples import HOSTILE

TODAY = date(2026, 9, 20)


def marks_app(path: Path, today: date = TODAY, *, read_only: bool = False) -> SuiviApp:
    return SuiviApp(
        path,
        today,
        lambda: open_base(path, read_only=read_only),
        read_only=read_only,
        screens={"alertes": "suivi_tui.tui.screens.alertes.screen:Alerts"},
        clock=lambda: datetime(2026, 9, 20, 9, 30),
        encoding="utf-8",
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """One obligation, late since spring, whose start on site nobody wonders about."""
    with new_base(tmp_path) as base:
        new_contract(base, owed=3_650_00)
        return base.path


def board_of(path: Path, day: date) -> AlertBoard:
    with open_base(path) as base:
        return read_alert_board(base.connection, day)


def codes(board: AlertBoard) -> set[str]:
    return {alert.code for alert in board.alerts}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("+15", date(2026, 10, 5)),
        ("demain", date(2026, 9, 21)),
        ("lundi", date(2026, 9, 21)),
        ("dimanche", date(2026, 9, 27)),
        ("12/11", date(2026, 11, 12)),
        ("12/3", date(2027, 3, 12)),
        ("20 septembre", date(2027, 9, 20)),
        ("21/09/2026", date(2026, 9, 21)),
    ],
)
def test_a_day_to_come_is_read_ahead(typed: str, expected: date) -> None:
    assert UntilField("until", "", today=TODAY).parse(typed) == expected


@pytest.mark.parametrize("typed", ["20/09/2026", "12/03/2026", "hier", "-7", "aujourd'hui", "?"])
def test_a_day_that_is_not_to_come_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        UntilField("until", "", today=TODAY).parse(typed)
    assert typed == "?" or isinstance(refused.value, Wrong)


async def test_an_alert_put_off_is_back_on_its_day(path: Path) -> None:
    app = marks_app(path)
    async with running(app, (120, 40)) as pilot:
        before = len(app.screen.alerts)
        await pilot.press("slash", *"retard", "enter", "p")
        await pilot.pause()
        await pilot.press(*"+15", "enter", *"Réunion prévue", "enter")
        await settle(pilot)
        assert any("reportée au 05/10/2026" in message for message in toasts(app))
        assert len(app.screen.alerts) == before - 1
        assert plural(1, "mise de côté", "mises de côté") in screen_text(app)
        await pilot.press("m")
        await settle(pilot)
        text = screen_text(app)
        for told in ("le 05/10/2026", "Reportée", "Alix Essai", "le 20/09/2026", "Réunion prévue"):
            assert told in text
    assert "retard" not in codes(board_of(path, date(2026, 10, 4)))
    later = marks_app(path, date(2026, 10, 5))
    async with running(later):
        assert "retard" in {alert.code for alert in later.screen.alerts}
        assert "mise de côté" not in screen_text(later)


async def test_an_acknowledged_alert_is_back_when_it_worsens(path: Path) -> None:
    app = marks_app(path)
    async with running(app) as pilot:
        await pilot.press("slash", *"retard", "enter")
        severity = app.screen.alert.severity
        await pilot.press("c")
        await pilot.pause()
        await pilot.press(*"Plan de rattrapage signé", "enter")
        await settle(pilot)
        assert app.screen.alert is None
    days = [TODAY + timedelta(days=days) for days in range(0, 100, 33)]
    boards = [board_of(path, day) for day in days]
    worse = ["retard" in codes(board) for board in boards]
    aside = [item.alert for board in boards for item in board.aside if item.alert.code == "retard"]
    assert (worse[0], worse[-1]) == (False, True)
    assert worse == sorted(worse)
    assert all(alert.severity <= severity for alert in aside)


async def test_a_mark_is_taken_back_or_moved_to_another_day(path: Path) -> None:
    with open_base(path) as base:
        from suivi_tui.actions.alert_marks import acknowledge

        marked = read_alert_board(base.connection, TODAY).alerts[:2]
        for alert in marked:
            acknowledge(base, alert, "Vu", today=TODAY)
    app = marks_app(path)
    async with running(app) as pilot:
        await pilot.press("m")
        await settle(pilot)
        aside = app.screen
        assert isinstance(aside, AlertsAside)
        assert "si elle s'aggrave" in screen_text(app)
        await pilot.press("x")
        await settle(pilot)
        assert len(aside.items) == 1
        await pilot.press("p")
        await pilot.pause()
        await pilot.press(*"lundi", "enter", *"Rappeler", "enter")
        await settle(pilot)
        (kept,) = aside.items
        assert (kept.state, kept.until) == (AlertMarkState.SNOOZED, date(2026, 9, 21))
        await pilot.press("x", "escape")
        await settle(pilot)
        assert {alert.about for alert in marked} <= {alert.about for alert in app.screen.alerts}


async def test_another_day_is_only_read_and_so_is_a_read_only_base(path: Path) -> None:
    app = marks_app(path)
    async with running(app) as pilot:
        await pilot.press("d")
        await pilot.pause()
        await pilot.press(*"15/08/2026", "enter")
        await settle(pilot)
        assert "se lisent seulement" in screen_text(app)
        await pilot.press("a", "p", "c", "n", "m")
        assert len(app.screen_stack) == 1
    app = marks_app(path, read_only=True)
    async with running(app) as pilot:
        await pilot.press("p", "c", "n")
        assert len(app.screen_stack) == 1


async def test_hostile_names_and_comments_start_nothing(tmp_path: Path) -> None:
    hostile = "".join(HOSTILE)
    with new_base(tmp_path) as base:
        from suivi_tui.actions.alert_marks import acknowledge

        new_contract(base, number=hostile, object=hostile, company=new_company(base, hostile))
        for alert in read_alert_board(base.connection, TODAY).alerts[:1]:
            acknowledge(base, alert, hostile, today=TODAY)
        path = base.path
    app = marks_app(path)
    async with running(app, (80, 24)) as pilot:
        for keys in (("r", "r"), ("p",), ("escape", "m"), ("p",)):
            await pilot.press(*keys)
            await settle(pilot)
            text = screen_text(app)
            assert not {"\x1b", "\x9b", "\x07", "\u202e", "\u2066", "\u200b"} & set(text)
        assert app.is_running
