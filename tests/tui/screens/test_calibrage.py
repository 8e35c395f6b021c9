"""The calibration workbench by keys, at 80x24."""

from datetime import date, datetime
from pathlib import Path

from textual.pilot import Pilot

from builders import new_base, new_contract, new_lot
from driving import running, screen_text, settle, toasts
from import_samples import rows
from suivi_tui.actions.undoing import undo_last
from suivi_tui.store.base import Base
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.dialogs.form import Form
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.calibrage.opening import tell_calibration
from suivi_tui.tui.screens.calibrage.screen import Workbench
from suivi_tui.tui.screens.marche.screen import ContractDetail
from suivi_tui.tui.widgets.paged_list import PagedList

TODAY = date(2026, 3, 12)


def app_on(base: Base) -> SuiviApp:
    return SuiviApp(
        base.path,
        TODAY,
        lambda: base,
        screens={"marches": "suivi_tui.tui.screens.marches:ContractsScreen"},
        undo_last=undo_last,
        clock=lambda: datetime(2026, 3, 12, 14, 2),
        encoding="utf-8",
    )


def text_of(app: SuiviApp) -> str:
    return screen_text(app).replace("\u00a0", " ")


async def type_figure(pilot: Pilot[None], code: str, value: str, source: str = "") -> None:
    """Open the form of a figure from its line, type it, save."""
    figures = pilot.app.screen.query_one("#figures", PagedList)
    figures.move_to(next(rank for rank, row in enumerate(figures.rows) if row.id == code))
    figures.focus()
    await pilot.press("enter")
    await settle(pilot)
    form = pilot.app.screen
    assert isinstance(form, Form)
    form.fields[0].text = value
    if source:
        form.fields[1].text = source
    await pilot.press("ctrl+s")
    await settle(pilot)


async def test_from_a_contract_to_its_objective(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    market = new_contract(base, owed=None, amount_cents=1_000_000_00)
    app = app_on(base)
    async with running(app) as pilot:
        app.push_screen(ContractDetail(market.contract))
        await settle(pilot)
        await pilot.press("b")
        await settle(pilot)
        shown = text_of(app)
        assert "1 000 000 €" in shown
        assert "jamais supposé" not in shown
        assert "Il manque : taux d'insertion, coût horaire chargé." in shown
        assert "avant 2016" in shown
        await type_figure(pilot, "taux", "5")
        await type_figure(pilot, "cout", "30")
        assert isinstance(app.screen, Form)
        app.screen.fields[1].text = "devis 2026"
        await pilot.press("ctrl+s")
        await settle(pilot)
        shown = text_of(app)
        assert "833,00 h · faisable" in shown
        assert "25 000 € / 30 €/h ≈ 833,33 h" in shown
        await pilot.press("s")
        assert "5 % → 833,33 h ; 20 % → 3 333,33 h" in text_of(app)
        await pilot.press("f")
        assert "[Faisable] Volume par personne : 1 personne" in text_of(app)
        await pilot.press("f")
        await settle(pilot)
        assert isinstance(app.screen, Message)
        await pilot.press("escape", "c")
        await settle(pilot)
        assert "pas assez de marchés clos" in text_of(app)
        await pilot.press("o")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        events = "SELECT kind, hours, date FROM obligation_event"
        assert rows(base, events) == [("initial", 833_00, "2026-01-01")]
        ((kept, obligation),) = rows(base, "SELECT id, obligation FROM calibration")
        assert obligation == market.obligation
        await pilot.press("escape")
        await settle(pilot)
        sheet = app.screen.query_one(PagedList)
        (line,) = (row for row in sheet.rows if row.cells[0] == "Calibrages")
        assert line.cells[2].replace("\u00a0", " ") == "833,00 h"
        sheet.move_to(sheet.rows.index(line))
        await pilot.press("enter")
        await settle(pilot)
        assert "devis 2026" in text_of(app)
        await pilot.press("escape")
        tell_calibration(app.screen, kept + 1)
        await settle(pilot)
        assert any("plus dans la base" in toast for toast in toasts(app))


async def test_lots_half_done_work_and_undo(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    market = new_contract(base, owed=None, lot="1")
    new_lot(base, market.contract, market.company, number="2", title="Peinture",
            amount_cents=200_000_00, owed=None)  # fmt: skip
    app = app_on(base)
    async with running(app) as pilot:
        app.push_screen(Workbench(market.contract))
        await settle(pilot)
        await type_figure(pilot, "taux", "10 %", "acheteur")
        await type_figure(pilot, "cout", "30", "guide local 2026")
        shown = text_of(app)
        assert "Lot 2 Peinture : 466,00 h" in shown
        assert "Somme : 1 lot calibré sur 2 = 466,00 h" in shown
        await pilot.press("o")
        await settle(pilot)
        assert any("Choisissez un lot" in toast for toast in toasts(app))
        await pilot.press("g")
        await settle(pilot)
        kept = "SELECT lot IS NULL, result FROM calibration WHERE removed = 0"
        assert rows(base, kept) == [(0, 466_00)]
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert rows(base, kept) == []
        await pilot.press("l", "down", "enter")
        await settle(pilot)
        await type_figure(pilot, "montant", "90 000")
        assert "Somme" not in text_of(app)
        await pilot.press("escape")
        await settle(pilot)
        app.push_screen(Workbench(market.contract))
        await settle(pilot)
        assert "Lot 1 : 150,00 h" in text_of(app)
        await pilot.press("r")
        await settle(pilot)
        assert "Lot 1 : il manque" in text_of(app)


async def test_without_a_contract_the_figures_stay_when_one_is_chosen(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    market = new_contract(base, obligation=False)
    app = app_on(base)
    async with running(app) as pilot:
        await app.run_action("open_page('calibrage')")
        await settle(pilot)
        assert "Aucun marché" in text_of(app)
        await pilot.press("m")
        await pilot.press(*"peint", "enter")
        await settle(pilot)
        for code, value in (("montant", "1000000"), ("taux", "5")):
            await type_figure(pilot, code, value)
        await type_figure(pilot, "cout", "30", "devis")
        await pilot.press("tab", "down", "down")
        await settle(pilot)
        assert "Il manque : heures par pas, montant d'un pas." in text_of(app)
        await pilot.press("up", "up", "g")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        found = rows(base, "SELECT contract, lot, result FROM calibration")
        assert found == [(market.contract, market.lot, 1_166_00)]
