"""Screen 8 and the refusal register, driven by keys."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

from builders import add, new_base, new_buyer, new_company
from driving import running, screen_text, settle
from people_samples import fill, press
from suivi_tui.actions.undoing import undo_last
from suivi_tui.store.base import Base
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.dialogs.form import Form
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.amont.achat import PurchaseDetail
from suivi_tui.tui.screens.motifs.screen import RefusalRegister

TODAY = date(2026, 11, 22)


def plain(app: SuiviApp) -> str:
    """The screen with spaces that break."""
    return screen_text(app).replace("\u00a0", " ")


def app_on(base: Base) -> SuiviApp:
    """The application on screen 8."""
    return SuiviApp(
        base.path,
        TODAY,
        lambda: base,
        screens={"amont": "suivi_tui.tui.screens.amont.screen:UpstreamScreen"},
        clock=lambda: datetime(2026, 11, 22, 14, 2),
        encoding="utf-8",
        undo_last=undo_last,
    )


def one(base: Base, sql: str, *values: Any) -> Any:
    return base.connection.execute(sql, values).fetchone()


async def test_a_purchase_typed_is_advised_then_refused_with_its_ground(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    new_buyer(base, answer_weeks=4)
    app = app_on(base)
    async with running(app) as pilot:
        assert "Aucun achat à venir" in plain(app)
        await press(pilot, "a")
        assert isinstance(app.screen, Form)
        await fill(pilot, buyer="Ville de Valmont", object="Refonte du site internet",
                   category="services", cpv="72413000", amount_cents="250000",
                   duration_months="6", asked_on="1/10/2026", planned_on="1/3/2027")  # fmt: skip
        assert isinstance(app.screen, PurchaseDetail)
        assert "Autre condition sociale ou motif écrit" in plain(app)
        assert "29/10/2026" in plain(app) and "en retard" in plain(app)
        await press(pilot, "x")
        assert isinstance(app.screen, Message)
        assert "seuil européen de 216 000 € atteint" in app.screen.text.replace("\u00a0", " ")
        await press(pilot, "escape", "r", *"lien", "enter")
        assert isinstance(app.screen, Form)
        assert "pas de lien suffisant" in app.screen.texts()["text"]
        await press(pilot, "ctrl+s")
        ground = one(base, "SELECT ground, text FROM refusal")
        assert ground[0] == "sans_lien" and "lien suffisant" in ground[1]
        assert one(base, "SELECT stage, answered_on FROM contract") == ("refuse", "2026-11-22")
        await press(pilot, "escape")
        assert "Aucun achat à venir" in plain(app)
        await press(pilot, "r")
        assert isinstance(app.screen, RefusalRegister)
        assert "1 motif écrit : 1 sans lien suffisant" in plain(app)
        await press(pilot, "escape", "ctrl+z", "enter")
        await settle(pilot)
        assert one(base, "SELECT count(*) FROM refusal WHERE removed = 0") == (0,)


async def test_one_fact_changed_on_the_sheet_changes_the_advice(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    buyer = new_buyer(base, territory="Roubaix")
    for number in range(32):
        company = new_company(base, f"Propre {number}", kind="EI")
        add(base, "coverage", company=company, territory="59", trade="nettoyage")
    contract = add(
        base, "contract", buyer=buyer, object="Nettoyage", stage="projet", taken_up=1,
        cpv="90911200", category="services", amount_cents=20_000_000, duration_months=24,
    )  # fmt: skip
    app = app_on(base)
    async with running(app) as pilot:
        assert "Réserver insertion" in plain(app)
        await press(pilot, "enter")
        await press(pilot, "enter")
        assert isinstance(app.screen, Message)
        told = app.screen.text.replace("\u00a0", " ")
        assert "pour Roubaix : 32 structures, plus de 30" in told
        assert "L2113-13, Réservation à l'insertion" in told
        await press(pilot, "escape", "m")
        await fill(pilot, amount_cents="500000")
        assert one(base, "SELECT amount_cents FROM contract") == (50_000_000,)
        assert "Condition d'exécution" in plain(app)
        assert "obligatoire" in plain(app)
        await press(pilot, "p")
        assert isinstance(app.screen, Form)
        assert app.screen.texts()["clause_form"] == "Condition d'exécution"
        await press(pilot, "ctrl+s")
        row = one(base, "SELECT stage, clause_form, answered_on, notice_sent_on FROM contract")
        assert row == ("consultation", "condition", "2026-11-22", "2026-11-22")
        assert contract


async def test_a_contract_that_ends_becomes_a_planned_purchase(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    buyer = new_buyer(base)
    ending = add(
        base, "contract", buyer=buyer, object="Gardiennage du musée", number="2023-7",
        stage="a_qualifier", taken_up=0, category="services", cpv="79710000",
        amount_cents=30_000_000, notified_on="2023-06-01", duration_months=48,
    )  # fmt: skip
    app = app_on(base)
    async with running(app) as pilot:
        await press(pilot, "f", *"renouveler", "enter")
        assert "01/06/2027" in plain(app) and "Gardiennage" in plain(app)
        await press(pilot, "p")
        assert isinstance(app.screen, PurchaseDetail)
        assert "Renouvelle : 2023-7" in plain(app)
        row = one(base, "SELECT renews, planned_on, stage, taken_up FROM contract WHERE id <> ?",
                  ending)  # fmt: skip
        assert row == (ending, "2027-02-01", "projet", 1)
        await press(pilot, "escape", "f", *"renouveler", "enter")
        assert "Aucun marché ne finit bientôt" in plain(app)


async def test_a_programme_is_asked_about_shown_then_imported(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    new_buyer(base)
    new_buyer(base, "Agglo du Val")
    path = tmp_path / "programme.csv"
    path.write_text(
        "Objet;Type;Montant HT;Lancement\nNettoyage;Services;200000;mars 2027\n;;5;\n",
        encoding="utf-8",
    )
    app = app_on(base)
    async with running(app) as pilot:
        await press(pilot, "i")
        assert app.screen.texts()["kind"] == "Programme d'achats d'un acheteur"
        await fill(pilot, path=str(path))
        assert "De quel acheteur est le programme" in plain(app)
        await press(pilot, *"agglo", "enter")
        assert "Créés : 1" in plain(app) and "aucun objet d'achat" in plain(app)
        await press(pilot, "ctrl+s")
        await press(pilot, "escape")
        assert "Nettoyage" in plain(app) and "Agglo du Val" in plain(app)
        assert one(base, "SELECT stage, planned_on FROM contract") == ("a_qualifier", "2027-03-01")


async def test_the_register_is_narrowed_and_exported_with_its_texts(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    buyer = new_buyer(base)
    for year, ground in (("2025", "sans_lien"), ("2026", "courte_duree"), ("2026", "autre")):
        contract = add(base, "contract", buyer=buyer, object=f"Achat {ground}", stage="refuse",
                       taken_up=1)  # fmt: skip
        add(base, "refusal", contract=contract, ground=ground, text=f"Motif de {year}",
            date=f"{year}-05-01")  # fmt: skip
    app = app_on(base)
    async with running(app) as pilot:
        await press(pilot, "r")
        assert "3 motifs écrits" in plain(app)
        await press(pilot, "f", *"année 2026", "enter")
        assert "2 motifs écrits" in plain(app)
        await press(pilot, "e")
        await fill(pilot, path=str(tmp_path / "registre.csv"))
    with (tmp_path / "registre.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [row["Texte"] for row in rows] == ["Motif de 2026", "Motif de 2026"]


async def test_from_the_list_a_purchase_without_lot_gets_its_hours_and_its_policy(
    tmp_path: Path,
) -> None:
    base = new_base(tmp_path)
    purchase = add(base, "contract", buyer=new_buyer(base), object="Gardiennage", stage="projet",
                   taken_up=1, clause_form="condition")  # fmt: skip
    app = app_on(base)
    async with running(app) as pilot:
        await press(pilot, "t", "l")
        assert "ce marché n'en a aucun" in plain(app)
        await press(pilot, "o", *"fixe", "enter")
        await fill(pilot, **{"clause/heures": "500"})
        assert one(base, "SELECT contract, number FROM lot") == (purchase, "0")
        assert "Objectif d'heures d'au moins un lot" not in plain(app)
        await press(pilot, "escape", "y")
        assert "Politiques d'achat" in plain(app)
        await press(pilot, "escape", "enter", "y")
        assert "Ville de Valmont · 2026" in plain(app)
        await press(pilot, "escape", "escape")
        assert "Achats à venir" in plain(app)
