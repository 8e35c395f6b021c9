"""Screen 6: the alerts by gravity, grouped, filtered, noted, exported, each opening its record."""

from datetime import date, datetime
from pathlib import Path

import pytest

from builders import (
    new_base,
    new_company,
    new_contract,
    new_eligibility,
    new_hours,
    new_person,
    new_placement,
)
from driving import running, screen_text, settle, toasts
from suivi_tui.readings.alerts import AlertReading, read_alerts
from suivi_tui.store.base import Base, open_base
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.alertes.rows import AlertSource, Grouping, is_heading
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.numbers import plural
from tui_samples import HOSTILE

TODAY = date(2026, 9, 20)


class Recorder(SuiviScreen[None]):
    """Stands for the screen of a record."""

    def show_record(self, record: object) -> None:
        self.record = record


def alert_app(path: Path, *, read_only: bool = False) -> SuiviApp:
    app = SuiviApp(
        path,
        TODAY,
        lambda: open_base(path, read_only=read_only),
        read_only=read_only,
        screens={"alertes": "suivi_tui.tui.screens.alertes.screen:Alerts"},
        clock=lambda: datetime(2026, 9, 20, 9, 30),
        encoding="utf-8",
    )
    for name in ("marches", "participants", "saisie"):
        app.screens_known[name] = name
        app.add_mode(name, Recorder)
    return app


def trouble(base: Base, name: str = "Bâtisseurs du Val", number: str = "2026-01") -> int:
    """A contract late and silent, an impossible month, an obligation to complete."""
    market = new_contract(
        base, number=number, owed=9_000_00, company=new_company(base, name), object=name
    )
    person = new_person(base, last=name, first="Camille")
    new_eligibility(base, person, proof="", proof_on=None)
    placement = new_placement(base, market, person)
    new_hours(base, placement, 202603, 230_00)
    new_contract(base, number="2026-02", owed=None, start=None, end=None)
    return market.contract


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with new_base(tmp_path) as base:
        trouble(base)
        return base.path


def of_the_day(path: Path, day: date = TODAY) -> list[AlertReading]:
    with open_base(path) as base:
        return read_alerts(base.connection, day, names=True)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_gravest_first_with_message_and_next_act(
    path: Path, size: tuple[int, int]
) -> None:
    alerts = of_the_day(path)
    app = alert_app(path)
    async with running(app, size) as pilot:
        text = screen_text(app)
        criticals = sum(alert.gravity is Gravity.CRITICAL for alert in alerts)
        assert criticals
        assert plural(criticals, "critique", "critiques") in text
        assert "▲ Critique" in text.splitlines()[3]
        assert alerts[0].message[:60] in text
        assert f"À faire\u00a0: {alerts[0].action}" in text.replace("\n", "")
        await pilot.press("end")
        await settle(pilot)
        assert alerts[-1].message[:60] in screen_text(app)
        assert "i Info" in screen_text(app)


async def test_v_shows_one_gravity_then_the_next(path: Path) -> None:
    alerts = of_the_day(path)
    app = alert_app(path)
    async with running(app) as pilot:
        for gravity in Gravity:
            await pilot.press("v")
            count = sum(alert.gravity is gravity for alert in alerts)
            assert app.screen.alert_list.total == count
        await pilot.press("v")
        assert app.screen.alert_list.total == len(alerts)


async def test_r_groups_by_kind_then_by_contract(path: Path) -> None:
    app = alert_app(path)
    async with running(app) as pilot:
        await pilot.press("r")
        text = screen_text(app)
        assert "par nature" in text
        assert "Relevé manquant · !" in text
        assert app.screen.alert is not None
        await pilot.press("r")
        assert "par marché" in screen_text(app)
        assert " 2026-02 · i" in screen_text(app)
        await pilot.press("r")
        assert "par marché" not in screen_text(app)


async def test_the_filter_folds_accents(path: Path) -> None:
    app = alert_app(path)
    async with running(app) as pilot:
        await pilot.press("slash", *"releve", "enter")
        kept = {app.screen.alert_list.source.alert(row).code for row in app.screen.alert_list.rows}
        assert kept == {"releve_manquant"}


@pytest.mark.parametrize(
    ("filter", "mode"),
    [("invraisemblables", "participants"), ("retard", "marches"), ("releve", "saisie")],
)
async def test_enter_opens_the_record(path: Path, filter: str, mode: str) -> None:
    app = alert_app(path)
    async with running(app) as pilot:
        await pilot.press("slash", *filter, "enter")
        alert = app.screen.alert
        await pilot.press("enter")
        await settle(pilot)
        assert app.current_mode == mode
        expected = {
            "participants": alert.participant,
            "marches": alert.contract,
            "saisie": alert.obligation,
        }
        assert app.screen.record == expected[mode]


async def test_an_exchange_is_noted_about_the_alert(path: Path) -> None:
    app = alert_app(path)
    async with running(app, (120, 40)) as pilot:
        await pilot.press("slash", *"retard", "enter")
        obligation = app.screen.alert.obligation
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("tab", "tab", *"Rappeler lundi", "ctrl+s")
        await settle(pilot)
        assert any("Échange noté" in message for message in toasts(app))
    with open_base(path) as base:
        row = base.connection.execute(
            "SELECT entity, subject, kind, text FROM follow_up"
        ).fetchone()
    assert row == ("obligation", obligation, "appel", "Rappeler lundi")


async def test_nothing_is_noted_on_a_read_only_base(path: Path) -> None:
    app = alert_app(path, read_only=True)
    async with running(app) as pilot:
        await pilot.press("n")
        assert len(app.screen_stack) == 1


async def test_another_day_has_other_alerts(path: Path) -> None:
    app = alert_app(path)
    async with running(app) as pilot:
        await pilot.press("d")
        await pilot.pause()
        await pilot.press(*"15/02/2026", "enter")
        await settle(pilot)
        assert "au 15/02/2026" in screen_text(app)
        assert app.screen.alert_list.total == len(of_the_day_in(app, date(2026, 2, 15)))


def of_the_day_in(app: SuiviApp, day: date) -> list[AlertReading]:
    """The alerts that the screen holds, after checking their day."""
    assert app.screen.day == day
    return list(app.screen.alerts)


async def test_the_list_is_exported_without_names_unless_asked(path: Path, own_home: Path) -> None:
    target = own_home / "l.csv"
    app = alert_app(path)
    async with running(app, (120, 40)) as pilot:
        await pilot.press("e")
        await settle(pilot)
        await pilot.press(*target.name, "ctrl+s")
        await settle(pilot)
    text = target.read_text("utf-8-sig")
    assert len(text.splitlines()) == len(of_the_day(path)) + 1
    assert "Rythme" not in text
    assert "Camille" not in text
    assert "Retard sur les heures attendues" in text


async def test_no_alert_says_what_to_do(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        path = base.path
    app = alert_app(path)
    async with running(app):
        assert "Aucune alerte" in screen_text(app)


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_texts_are_shown_and_start_nothing(tmp_path: Path, hostile: str) -> None:
    with new_base(tmp_path) as base:
        trouble(base, name=hostile, number=hostile)
        path = base.path
    app = alert_app(path)
    async with running(app, (120, 40)) as pilot:
        await pilot.press("r", "r", "down", "down")
        text = screen_text(app)
        assert "Alertes" in text
        assert not {"\x1b", "\x9b", "\x07", "\u202e", "\u2066", "\u200b"} & set(text)
        assert app.is_running


def test_groups_keep_every_alert_once(path: Path) -> None:
    alerts = of_the_day(path)
    for grouping in Grouping:
        source = AlertSource(alerts, grouping)
        rows = source.ordered(None, "")
        assert sorted(row.key[0] for row in rows if not is_heading(row)) == list(range(len(alerts)))
        assert source.count(None, "") == len(alerts)
