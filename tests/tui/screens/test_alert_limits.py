"""The limits of the alerts that a contract sets for itself, on its sheet, by keys."""

from datetime import date
from pathlib import Path

from driving import running, screen_text, settle
from entry_samples import Site, app_on
from suivi_tui.readings.alerts import read_alerts
from suivi_tui.reference.alert_limits import contract_limit_codes
from suivi_tui.store.journal import changed, write
from suivi_tui.store.queries.terms import of_contracts
from suivi_tui.tui.screens.marche.limits_flow import LABELS
from suivi_tui.tui.screens.shared.sheet import Sheet


def test_every_limit_of_a_contract_has_short_words() -> None:
    assert tuple(LABELS) == contract_limit_codes()
    assert all(len(label) <= 40 for label in LABELS.values())


async def test_a_limit_is_set_refused_shown_and_taken_back(tmp_path: Path) -> None:
    site = Site(tmp_path)
    contract = site.contract.contract
    app = app_on(site.base, "marches")

    def stored() -> list[tuple[str, str]]:
        rows = of_contracts(site.base.connection, [contract]).get(contract, [])
        return [(row.code, row.value) for row in rows]

    async with running(app, (80, 24)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        await pilot.press(*"seuils", "enter")
        await settle(pilot)
        assert "80\u00a0% (référence)" in screen_text(app)
        await pilot.press(*"minimal", "enter")
        await settle(pilot)
        await pilot.press(*"175", "ctrl+s")
        await settle(pilot)
        assert "un pourcentage entre 0 et 100 est attendu" in screen_text(app)
        await pilot.press("end", *["backspace"] * 3, *"75", "ctrl+s")
        await settle(pilot)
        assert stored() == [("alerte/retard/rythme_minimal", "75")]
        assert "75\u00a0% (marché)" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        sheet = app.screen.query_one(Sheet)
        place = next(at for at, line in enumerate(sheet.lines) if "Seuil d'alerte" in line.text)
        sheet.move_to(place - sheet.rows[0].key[0])
        await settle(pilot)
        assert "Seuil d'alerte, retard\u00a0: rythme minimal\u00a0: 75\u00a0%" in screen_text(app)
        await pilot.press("x")
        await settle(pilot)
        await pilot.press("right", "enter")
        await settle(pilot)
        assert stored() == []


async def test_the_delay_of_a_buyer_and_the_launch_raise_its_alert(tmp_path: Path) -> None:
    """Weeks are a term of the buyer: typed once, they give the day the answer is due."""
    site = Site(tmp_path)
    contract = site.contract.contract
    write(site.base, [changed("contract", contract, "stage", "consultation")], label="Essai")
    app = app_on(site.base, "marches")
    async with running(app, (80, 24)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        await pilot.press(*"acheteur", "enter")
        await settle(pilot)
        assert "Acheteur, pour tous ses marchés" in screen_text(app)
        await pilot.press("tab", "tab", "tab", *"3", "ctrl+s")
        await settle(pilot)
        weeks = "SELECT buyer.answer_weeks FROM contract JOIN buyer ON buyer.id = contract.buyer"
        assert site.one(weeks) == 3
        await pilot.press("m")
        await settle(pilot)
        await pilot.press(*["tab"] * 20, *"2/11/2026", "ctrl+s")
        await settle(pilot)
        assert site.one("SELECT notice_sent_on FROM contract") == "2026-11-02"
        lines = app.screen.query_one(Sheet).lines
        assert any("consultation du 02/11/2026" in line.text for line in lines)
        # Three weeks from 2 November: told a week before, not the day before that.
        for day, count in ((date(2026, 11, 15), 0), (date(2026, 11, 16), 1)):
            found = read_alerts(site.base.connection, day)
            assert sum(alert.code == "reponse_acheteur" for alert in found) == count
