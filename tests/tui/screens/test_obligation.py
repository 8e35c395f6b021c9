"""The sheet of an obligation, by keys, on a real base."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builders import add, new_buyer, new_company
from driving import running, screen_text, settle, toasts
from entry_samples import Site, app_on
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.marche.contract_form import ContractForm
from suivi_tui.tui.screens.marche.obligation import ObligationDetail
from suivi_tui.tui.screens.marche.screen import ContractDetail
from suivi_tui.tui.screens.marche.what_if import WhatIf
from suivi_tui.tui.screens.shared.sheet import Sheet


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    yield Site(tmp_path)


async def typed(pilot: Any, *texts: str) -> None:
    """One text in each field, the last one saved."""
    for text in texts:
        await pilot.press(*text, "enter")
    await settle(pilot)


def figure(app: SuiviApp, text: str) -> str:
    """The figure of the first line that holds a text."""
    return next(line.figure for line in app.screen.query_one(Sheet).lines if text in line.text)


def go_to(app: SuiviApp, text: str) -> None:
    """Put the cursor on the first line that holds a text."""
    lines = app.screen.query_one(Sheet)
    lines.move_to(next(place for place, line in enumerate(lines.lines) if text in line.text))


async def test_from_the_contract_to_what_an_obligation_owes(site: Site) -> None:
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        app.screen.query_one(Sheet).move_to(
            [line.entity for line in app.screen.query_one(Sheet).lines].index("obligation")
        )
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ObligationDetail)
        assert "Bâtisseurs du Val" in screen_text(app)
        assert figure(app, "Dues aujourd'hui") == "1\u00a0000,00\u00a0h"
        assert figure(app, "Faites") == "150,00\u00a0h"
        # The formula, in words with the reading chosen.
        await pilot.press("f")
        await settle(pilot)
        await pilot.press(*"mont", "enter")
        await settle(pilot)
        await typed(pilot, "1", "2000", "2700000", "", "", "", "", "C")
        text = [line.text for line in app.screen.query_one(Sheet).lines]
        assert ("1,00\u00a0h par 2\u00a0000\u00a0€ facturés au-delà de 2\u00a0700\u00a0000\u00a0€, "
                "seulement ce qui dépasse, par pas entiers") in text  # fmt: skip
        for amount in ("2700000", "2000000"):
            await pilot.press("o")
            await settle(pilot)
            await typed(pilot, "fact", "1/6", "", amount, "", "", "S")
        assert figure(app, "Dues aujourd'hui") == "2\u00a0000,00\u00a0h"
        go_to(app, "Facture")
        assert app.screen.query_one(Sheet).line.figure == "0,00\u00a0h"
        # An optional tranche, then firm.
        await pilot.press("o")
        await settle(pilot)
        await typed(pilot, "tran", "1/6", "300", "", "prév", "", "TO1")
        assert figure(app, "À venir si tout est exécuté") == "2\u00a0300,00\u00a0h"
        go_to(app, "TO1")
        await pilot.press("A")
        await settle(pilot)
        assert figure(app, "Dues aujourd'hui") == "2\u00a0300,00\u00a0h"
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, ContractDetail)
        assert "2\u00a0300,00\u00a0h" in screen_text(app)


async def test_what_if_moves_the_date_at_each_keystroke_and_writes_nothing(site: Site) -> None:
    app = app_on(site.base, "marches")
    before = site.one("SELECT count(*) FROM journal")
    async with running(app) as pilot:
        app.push_screen(ObligationDetail(site.contract.obligation))
        await settle(pilot)
        await pilot.press("s")
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, WhatIf)
        start = dialog.found
        assert start is not None and start.last_day is not None
        await pilot.press("2")
        await pilot.pause()
        then = dialog.found
        assert then is not None and then.last_day is not None
        assert then.present > start.present and then.last_day >= start.last_day
        await pilot.press("enter", "enter", "enter", *"400")
        await pilot.pause()
        assert dialog.found is not None and dialog.found.to_do == start.to_do - 400_00
        assert "Date limite de rattrapage" in screen_text(app)
        await pilot.press("enter", "x")
        await pilot.pause()
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, ObligationDetail)
        assert site.one("SELECT count(*) FROM journal") == before


async def test_orders_group_and_targets(site: Site) -> None:
    mate = new_company(site.base, "Toitures Alba")
    second = add(site.base, "obligation", lot=site.contract.lot, company=mate,
                 start="2026-01-01", formula="fixe", schedule="lineaire")  # fmt: skip
    add(site.base, "obligation_event", obligation=second, date="2026-01-01", kind="initial",
        hours=200_00, firm=1)  # fmt: skip
    app = app_on(site.base, "marches")
    async with running(app, (120, 40)) as pilot:
        app.push_screen(ObligationDetail(site.contract.obligation))
        await settle(pilot)
        assert "Ensemble : manque 1\u00a0050,00\u00a0h".replace(" :", "\u00a0:") in "\n".join(
            line.text for line in app.screen.query_one(Sheet).lines
        )
        assert figure(app, "Intérim du Val a fait pour") == "50,00\u00a0h"
        await pilot.press("a")
        await settle(pilot)
        await pilot.press(*"prol", "enter")
        await settle(pilot)
        await typed(pilot, "prol", "1/6/2026", "2", "", "O")
        assert figure(app, "Fin en vigueur") == "28/02/2027"
        await pilot.press("t")
        await settle(pilot)
        await typed(pilot, "", "100", "", "A")
        assert figure(app, "Dues aujourd'hui") == "900,00\u00a0h"
        go_to(app, "Transfert")
        await pilot.press("x")
        await settle(pilot)
        assert any("deux côtés" in toast for toast in toasts(app))
        await pilot.press("v")
        await settle(pilot)
        await typed(pilot, "femmes", "", "1")
        go_to(app, "Femmes")
        assert "Atteinte" in app.screen.query_one(Sheet).line.text
        await pilot.press("c")
        await settle(pilot)
        await typed(pilot, "chantier", "", "", "", "P")
        go_to(app, "sans activité\u00a0: août, 24/12-01/01")
        # The other holder, by Enter on its line.
        go_to(app, "Toitures Alba")
        await pilot.press("enter")
        await settle(pilot)
        assert figure(app, "Dues aujourd'hui") == "300,00\u00a0h"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (("renommer",), ("Ville Neuve", 2)),
        (("choisir", "autre"), ("Autre Ville", 2)),
    ],
)
async def test_another_name_of_buyer_is_asked_about(
    site: Site, answers: tuple[str, ...], expected: tuple[str, int]
) -> None:
    new_buyer(site.base, "Autre Ville")
    app = app_on(site.base, "marches")
    async with running(app, (120, 40)) as pilot:
        app.push_screen(ContractDetail(site.contract.contract))
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        assert isinstance(app.screen, ContractForm)
        await pilot.press(*"Ville Neuve", "ctrl+s")
        await settle(pilot)
        for words in answers:
            await pilot.press(*words, "enter")
            await settle(pilot)
        assert isinstance(app.screen, ContractDetail)
        name = site.one(
            "SELECT buyer.name FROM contract JOIN buyer ON buyer.id = contract.buyer "
            "WHERE contract.id = ?", site.contract.contract)  # fmt: skip
        assert (name, site.one("SELECT count(*) FROM buyer")) == expected
