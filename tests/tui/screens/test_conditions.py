"""The terms of a contract on its sheet: shown, changed, taken back, by keys."""

from pathlib import Path

import pytest

from builders import new_company, new_lot
from driving import running, screen_text, settle
from entry_samples import Site, app_on
from suivi_tui.store.queries.terms import of_contracts
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.shared.sheet import Sheet


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def stored(site: Site) -> dict[tuple[str, int | None], str]:
    rows = of_contracts(site.base.connection, [site.contract.contract])
    return {(row.code, row.lot): row.value for row in rows.get(site.contract.contract, [])}


def go_to(app: SuiviApp, text: str) -> None:
    """Put the cursor on the line that says ``text``, wherever the list begins in memory."""
    sheet = app.screen.query_one(Sheet)
    place = next(place for place, line in enumerate(sheet.lines) if text in line.text)
    sheet.move_to(place - sheet.rows[0].key[0])


async def test_terms_are_shown_changed_and_taken_back(site: Site) -> None:
    new_company(site.base, name="GEIQ du Val", kind="GEIQ")
    app = app_on(site.base, "marches")
    async with running(app, (80, 24)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        go_to(app, "Durée d'éligibilité")
        await settle(pilot)
        text = screen_text(app)
        assert "Cadence des relevés\u00a0: mensuelle" in text
        assert "Durée d'éligibilité\u00a0: 24\u00a0mois" in text
        assert "référence" in text
        # A day that no month has is refused under its field; nothing typed is lost.
        await pilot.press("enter")
        await settle(pilot)
        assert "Conditions du marché" in screen_text(app)
        await pilot.press(*"trim", "tab", *"31", "ctrl+s")
        await settle(pilot)
        assert "un jour de 1 à 28 est attendu" in screen_text(app)
        await pilot.press(*"5", "tab", *"03/2026", "tab", "tab", *"geiq", "down", "ctrl+s")
        await settle(pilot)
        assert {code for code, _ in stored(site)} == {
            "cadence", "jour_releve", "premier_mois", "declarant"
        }  # fmt: skip
        go_to(app, "Relevé attendu aussi de")
        await settle(pilot)
        text = screen_text(app)
        assert "Cadence des relevés\u00a0: trimestrielle" in text
        assert "le 5 du mois suivant" in text
        assert "Premier mois attendu\u00a0: mars 2026" in text
        assert "aussi de\u00a0: GEIQ du Val" in text
        # Back to reference by the key that removes.
        await pilot.press("x")
        await settle(pilot)
        assert "revenir à la référence" in screen_text(app)
        await pilot.press("right", "enter")
        await settle(pilot)
        assert "declarant" not in {code for code, _ in stored(site)}
        go_to(app, "Relevé attendu aussi de")
        await settle(pilot)
        assert "aussi de\u00a0: personne d'autre" in screen_text(app)


async def test_the_gravity_of_a_check_for_a_contract_and_a_lot(site: Site) -> None:
    lot = new_lot(site.base, site.contract.contract, site.contract.company, number="2").lot
    app = app_on(site.base, "marches")
    async with running(app, (120, 40)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        for keys, gravity in (
            (["down"], ["down", "down"]),
            ([*"lot 2", "down"], ["down"]),
        ):
            await pilot.press("c")
            await settle(pilot)
            await pilot.press(*keys, "enter")
            await settle(pilot)
            await pilot.press(*"venir", "enter")
            await settle(pilot)
            await pilot.press(*gravity, "enter")
            await settle(pilot)
            place = "(lot)" if "l" in keys else "(marché)"
            assert place in screen_text(app)
            await pilot.press("escape")
            await settle(pilot)
        assert stored(site) == {
            ("controle/mois_futur", None): "ignorer",
            ("controle/mois_futur", lot): "alerter",
        }
        go_to(app, "lot 2 · Contrôle")
        await settle(pilot)
        text = screen_text(app)
        assert "Contrôle «\u00a0Mois à venir\u00a0»\u00a0: ignorer" in text
        assert "lot 2 · Contrôle «\u00a0Mois à venir\u00a0»\u00a0: alerter" in text
        # Enter on the line of a check opens the list of checks of that lot.
        await pilot.press("enter")
        await settle(pilot)
        assert "Gravité des contrôles du lot" in screen_text(app)
        await pilot.press(*"venir", "enter")
        await settle(pilot)
        assert "Comme le marché (ignorer)" in screen_text(app)
        await pilot.press("down", "down", "down", "enter")
        await settle(pilot)
        assert ("controle/mois_futur", lot) not in stored(site)
