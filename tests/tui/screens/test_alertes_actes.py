"""« Agir »: each kind of alert leads to the form, the letter or the screen that settles it."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from builders import (
    add,
    new_base,
    new_company,
    new_contract,
    new_eligibility,
    new_hours,
    new_person,
    new_placement,
)
from driving import running, screen_text, settle, toasts
from suivi_tui.readings.alerts import AlertBoard, AlertReading, read_alerts
from suivi_tui.rules.alert_kinds import CATALOGUE
from suivi_tui.store.base import Base, open_base
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.alertes.acts import ACTS, OPEN, act_label, act_on, act_on_all, acts_of
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.months import Month

TODAY = date(2026, 9, 20)
PLACES = ("marches", "participants", "saisie", "entreprises", "historique")


class Recorder(SuiviScreen[None]):
    """Stands for the screen of a record."""

    def show_record(self, record: object) -> None:
        self.record = record


def acts_app(path: Path, *, read_only: bool = False) -> SuiviApp:
    app = SuiviApp(
        path,
        TODAY,
        lambda: open_base(path, read_only=read_only),
        read_only=read_only,
        screens={"alertes": "suivi_tui.tui.screens.alertes.screen:Alerts"},
        clock=lambda: datetime(2026, 9, 20, 9, 30),
        encoding="utf-8",
    )
    for name in PLACES:
        app.screens_known[name] = name
        app.add_mode(name, Recorder)
    return app


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def full_alert(base: Base) -> AlertReading:
    """An alert about everything at once: only its code decides of the act."""
    market = new_contract(base, owed=9_000_00)
    person = new_person(base)
    placement = new_placement(base, market, person)
    new_hours(base, placement, 202603, 100_00, validated=100_00)
    return AlertReading(
        code="", gravity=Gravity.ALERT, contract=market.contract, lot=market.lot,
        obligation=market.obligation, company=market.company, participant=person,
        operation_name=None, contract_number="2026-01", lot_number="0",
        company_name="Bâtisseurs du Val", participant_name="EXEMPLE Camille", month=Month(202603),
        message="Message.", action="Agir", sender=market.company, sender_name="Bâtisseurs du Val",
        silent=(Month(202605),), about="essai",
        concerns=(("participant", person), ("company", market.company)),
    )  # fmt: skip


def test_every_kind_has_its_act_and_an_alert_about_nothing_opens_its_record(base: Base) -> None:
    assert set(ACTS) == {kind.code for kind in CATALOGUE}
    full = full_alert(base)
    bare = full._replace(
        contract=None, obligation=None, company=None, participant=None, sender=None, silent=(),
        concerns=(),
    )  # fmt: skip
    for kind in CATALOGUE:
        assert acts_of(full._replace(code=kind.code)) == list(ACTS[kind.code])
        assert acts_of(full._replace(code=kind.code), read_only=True)
        assert act_label(bare._replace(code=kind.code))
    assert acts_of(bare._replace(code="objectif_a_saisir")) == [OPEN]
    assert acts_of(full._replace(code="objectif_a_saisir"), read_only=True) == [OPEN]
    assert act_label(full._replace(code="releve_manquant")) == (
        "Préparer la relance, ou saisir le relevé, ou noter le mois sans activité"
    )


# What stands on top once the first act of a kind is done.
SHOWN = {
    "mise_en_demeure_echue": "PenaltyDesk",
    "retard": "ObligationDetail",
    "reponse_acheteur": "AskingForm",
    "seuil_europeen": "Recorder",
    "objectif_a_revoir": "AskingForm",
    "heures_en_double": "HourGridScreen",
    "releve_manquant": "LetterPreview",
    "eligibilite_fin": "AskingForm",
    "sans_participant": "Needs",
    "bilan_a_etablir": "LetterPreview",
    "doublon_personne": "Choose",
    "sans_facilitateur": "AskingForm",
    "sans_contact": "AskingForm",
}


async def test_the_first_act_of_each_kind(base: Base) -> None:
    full = full_alert(base)
    path = base.path
    base.close()
    app = acts_app(path)
    async with running(app, (120, 40)) as pilot:
        alerts, told = app.screen, {}
        for code in SHOWN:
            alert = full._replace(code=code)
            act_on(alerts, alert)
            await settle(pilot)
            if len(acts_of(alert)) > 1:
                await pilot.press("enter")
                await settle(pilot)
            told[code] = type(app.screen).__name__
            if told[code] == "Recorder":
                assert app.screen.record == alert.participant
                await app.switch_mode("alertes")
            while len(app.screen_stack) > 1:
                await app.pop_screen()
            await settle(pilot)
        assert told == SHOWN


async def test_forms_settle_what_they_are_about(base: Base) -> None:
    market = new_contract(base, owed=None, site_start=None)
    path = base.path
    base.close()
    app = acts_app(path)
    async with running(app, (120, 40)) as pilot:
        await pilot.press("slash", *"objectif", "enter", "a")
        await settle(pilot)
        assert "Objectif de Bâtisseurs du Val" in screen_text(app)
        await pilot.press("tab", "tab", *"1200", "ctrl+s")
        await settle(pilot)
        assert any("Ctrl+Z" in message for message in toasts(app))
        await pilot.press("escape", "slash", *"marrage", "enter", "a")
        await settle(pilot)
        await pilot.press(*"01/09/2026", "ctrl+s")
        await settle(pilot)
        codes = {alert.code for alert in app.screen.alerts}
        assert not {"objectif_a_saisir", "demarrage_a_saisir"} & codes
    with open_base(path) as again:
        start = again.connection.execute(
            "SELECT start FROM obligation WHERE id = ?", (market.obligation,)
        ).fetchone()
    assert start == ("2026-09-01",)


async def test_a_month_is_noted_without_activity(base: Base) -> None:
    new_contract(base)
    path = base.path
    base.close()
    app = acts_app(path)
    async with running(app, (120, 40)) as pilot:
        await pilot.press("slash", *"releve", "enter")
        month = app.screen.alert.month
        count = app.screen.alert_list.total
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        await settle(pilot)
        assert app.screen.alert_list.total == count - 1
        assert month not in {alert.month for alert in app.screen.alerts if alert.sender}
    with open_base(path) as again:
        rows = again.connection.execute("SELECT month, status FROM statement").fetchall()
    assert rows == [(month, "sans_activite")]


async def test_the_list_of_what_an_alert_counts_opens_records(base: Base) -> None:
    full = full_alert(base)
    path = base.path
    base.close()
    app = acts_app(path)
    async with running(app) as pilot:
        act_on(app.screen, full._replace(code="conservation"))
        await settle(pilot)
        assert "Bâtisseurs du Val" in screen_text(app)
        await pilot.press(*"batisseurs", "enter")
        await settle(pilot)
        assert (app.current_mode, app.screen.record) == ("entreprises", full.company)


async def test_several_missing_statements_take_one_batch_of_reminders(base: Base) -> None:
    full = full_alert(base)._replace(code="releve_manquant")
    path = base.path
    base.close()
    app = acts_app(path)
    async with running(app) as pilot:
        act_on_all(app.screen, (full, full))
        await pilot.pause()
        assert "Préparer les relances du mois" in screen_text(app)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert app.current_mode == "saisie"


async def test_three_hundred_alerts_are_paged_grouped_and_keep_the_cursor(base: Base) -> None:
    company = new_company(base, "[red]Durand[/red]")
    person = new_person(base)
    new_eligibility(base, person, proof="", proof_on=None)
    add(base, "participant", last="Autre", first="Alix")
    new_contract(base, company=company, owed=9_000_00)
    several = read_alerts(base.connection, TODAY, names=True)[:3] * 100
    many = [
        alert._replace(contract=rank % 40, about=f"{rank}", contract_number=f"M{rank % 40:02}")
        for rank, alert in enumerate(several)
    ]
    path = base.path
    base.close()
    app = acts_app(path)
    async with running(app, (80, 24)) as pilot:
        screen = app.screen
        screen.show_alerts(AlertBoard(many, []))
        await pilot.press("end")
        assert "300 sur 300" in screen_text(app)
        await pilot.press("r", "r", "end")
        await pilot.pause()
        assert "[red]Durand" in screen_text(app)
        last = screen.alert
        screen.show_alerts(AlertBoard(many[2:], []))
        assert screen.alert == last
