"""The contracts and the sheet of one of them, by keys, on a real base."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import add, new_base, new_company, new_contract, new_event, new_lot, new_operation
from driving import running, screen_text, settle, toasts
from entry_samples import SIZES, Site, app_on
from suivi_tui.store.journal import created, write
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.marche.screen import ContractDetail
from suivi_tui.tui.screens.shared.sheet import Sheet
from suivi_tui.vocabulary.text import clean
from tui_samples import HOSTILE


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    add(made.base, "contact", contract=made.contract.contract, company=made.contract.company,
        name="Dominique Essai", role="conducteur de travaux", phone="03 00 00 00 01")  # fmt: skip
    yield made


def go_to(app: SuiviApp, entity: str) -> None:
    """Put the cursor of the sheet on the first line of a kind of record."""
    sheet = app.screen.query_one(Sheet)
    sheet.move_to([line.entity for line in sheet.lines].index(entity))


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_says_owed_done_and_end(site: Site, size: tuple[int, int]) -> None:
    operation = new_operation(site.base, site.contract.buyer, name="Quartier Nord")
    new_contract(site.base, number="2026-02", buyer=site.contract.buyer, operation=operation)
    app = app_on(site.base, "marches")
    async with running(app, size) as pilot:
        text = screen_text(app)
        assert "Marchés en cours" in text
        assert "Quartier Nord" in text
        assert "1\u00a0000,00" in text
        assert "10\u00a0%" in text
        assert "31/12/2026" in text
        assert ("En cours" in text) is (size[0] > 100)
        await pilot.press("slash", *"nord", "enter")
        await settle(pilot)
        assert "2026-01" not in screen_text(app)


async def test_selections_and_sorts(site: Site) -> None:
    new_contract(site.base, number="OUVERT-1", buyer=site.contract.buyer, taken_up=0,
                 stage="a_qualifier", obligation=False)  # fmt: skip
    new_contract(site.base, number="CLOS-1", buyer=site.contract.buyer, stage="clos",
                 closed_on="2026-02-01")  # fmt: skip
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        assert "OUVERT-1" not in screen_text(app)
        await pilot.press("u")
        await settle(pilot)
        text = screen_text(app)
        assert "Marchés à qualifier (données ouvertes)" in text
        assert "OUVERT-1" in text and "2026-01" not in text
        await pilot.press("c")
        await settle(pilot)
        assert "Marchés clos" in screen_text(app)
        assert "CLOS-1" in screen_text(app)
        await pilot.press("t")
        await settle(pilot)
        for number in ("OUVERT-1", "CLOS-1", "2026-01"):
            assert number in screen_text(app)
        await pilot.press("s", "s", "s")
        await settle(pilot)
        assert "trié par Dues" in screen_text(app)
        await pilot.press("t")
        await settle(pilot)
        assert "Marchés en cours" in screen_text(app)


@pytest.mark.parametrize("size", SIZES[:1])
async def test_a_contract_from_the_form_to_its_sheet(tmp_path: Path, size: tuple[int, int]) -> None:
    base = new_base(tmp_path)
    app = app_on(base, "marches")
    async with running(app, size) as pilot:
        assert "Aucun marché en cours" in screen_text(app)
        await pilot.press("a")
        await settle(pilot)
        for text in ("Ville de Valmont", "2026-14", "Rénovation du gymnase", "Centre", "condition",
                     "", "", "5/1/2026", "5/1/2026", "31/12/2026", "2", "Gros œuvre",
                     "Bâtisseurs du Val", "1500", "12/1/2026"):  # fmt: skip
            await pilot.press(*text, "enter")
        await settle(pilot)
        assert isinstance(app.screen, ContractDetail)
        text = screen_text(app)
        assert "2026-14 · Ville de Valmont" in text
        assert "lot 2 · Bâtisseurs du Val" in text
        assert "1\u00a0500,00\u00a0h" in text
        stored = base.connection.execute(
            "SELECT contract.start, operation.name, obligation.start, event.hours FROM contract "
            "JOIN operation ON operation.id = contract.operation JOIN lot ON "
            "lot.contract = contract.id JOIN obligation ON obligation.lot = lot.id "
            "JOIN obligation_event AS event ON event.obligation = obligation.id"
        ).fetchall()
        assert stored == [("2026-01-05", "Centre", "2026-01-12", 150000)]


async def test_a_form_refused_comes_back_with_what_was_typed(site: Site) -> None:
    new_buyer = add(site.base, "buyer", name="Ville Double", kind="commune")
    add(site.base, "buyer", name="Ville Double", kind="commune")
    assert new_buyer
    app = app_on(site.base, "marches")
    async with running(app, (120, 40)) as pilot:
        await pilot.press("a")
        await settle(pilot)
        await pilot.press(*"Ville Double", "tab", "tab", *"Un objet", "ctrl+s")
        await settle(pilot)
        text = screen_text(app)
        assert "plusieurs fiches s'appellent" in text
        assert "Un objet" in text


@pytest.mark.parametrize("size", SIZES)
async def test_the_sheet_says_whom_to_call_and_where_it_stands(
    site: Site, size: tuple[int, int]
) -> None:
    subcontractor = new_company(site.base, name="Plâtres du Lac")
    add(site.base, "lot_company", lot=site.contract.lot, company=subcontractor,
        role="sous_traitant", share_hours=200_00)  # fmt: skip
    app = app_on(site.base, "marches")
    async with running(app, size) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        text = screen_text(app)
        assert "À appeler" in text
        assert "Dominique Essai" in text
        assert "03 00 00 00 01" in text
        assert "validées 100 · à valider 50 · reste 900" in text
        assert "┃" in text
        await pilot.press("end")
        await settle(pilot)
        text = screen_text(app)
        assert "Parts confiées" in text
        assert "Sous-traitant · Plâtres du Lac" in text
        assert "200,00\u00a0h" in text
        alerts = [line.text for line in app.screen.query_one(Sheet).lines if line.tone == "alerte"]
        assert any("relevé" in line.lower() for line in alerts)


async def test_the_objective_the_dates_and_an_exchange(site: Site) -> None:
    app = app_on(site.base, "marches")
    async with running(app, (120, 40)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        await pilot.press("tab", *"1/3/2026", "tab", *"250", "ctrl+s")
        await settle(pilot)
        assert "1\u00a0250,00\u00a0h" in screen_text(app)
        kinds = site.base.connection.execute(
            "SELECT kind, hours, firm FROM obligation_event ORDER BY id"
        ).fetchall()
        assert kinds == [("initial", 100000, 1), ("avenant", 25000, 1)]
        await pilot.press("d")
        await settle(pilot)
        await pilot.press(*"2/2/2026", "ctrl+s")
        await settle(pilot)
        assert site.one("SELECT start FROM obligation") == "2026-02-02"
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("tab", "tab", *"Rappeler pour le relevé", "tab", *"25/6", "ctrl+s")
        await settle(pilot)
        found = site.base.connection.execute("SELECT entity, due, text FROM follow_up").fetchone()
        assert found == ("contract", "2026-06-25", "Rappeler pour le relevé")
        assert "pour 25/06" in screen_text(app)


async def test_modify_then_the_history_says_it_then_undo(site: Site) -> None:
    app = app_on(site.base, "marches")
    async with running(app, (120, 40)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        await pilot.press("tab", *"2026-99", "ctrl+s")
        await settle(pilot)
        assert site.one("SELECT number FROM contract") == "2026-99"
        assert "2026-99" in screen_text(app)
        await pilot.press("h")
        await settle(pilot)
        assert "2026-01 → 2026-99" in screen_text(app)
        await pilot.press("escape", "ctrl+z")
        await settle(pilot)
        assert site.one("SELECT number FROM contract") == "2026-01"


async def test_open_data_are_taken_up(site: Site) -> None:
    company = new_company(site.base, name="Toitures Claires")
    made = new_contract(site.base, number="OUVERT-1", buyer=site.contract.buyer, taken_up=0,
                        stage="a_qualifier", obligation=False)  # fmt: skip
    add(site.base, "lot_company", lot=made.lot, company=company, role="titulaire")
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        await pilot.press("u")
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(app.screen, ContractDetail)
        assert "à saisir (o)" in screen_text(app)
        taken = site.one("SELECT taken_up FROM contract WHERE id = ?", made.contract)
        assert taken == 1
        await pilot.press("p")
        await settle(pilot)
        assert len(toasts(app)) == 1


async def test_g_opens_the_hours_of_the_obligation_chosen(site: Site) -> None:
    second = new_company(site.base, name="Menuiserie Haute")
    new_lot(site.base, site.contract.contract, second, number="2")
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("g")
        await settle(pilot)
        assert "La grille de quelle obligation" in screen_text(app)
        await pilot.press(*"haute", "enter")
        await settle(pilot)
        assert "Menuiserie Haute" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        go_to(app, "obligation")
        await pilot.press("enter")
        await settle(pilot)
        assert "Dues aujourd'hui" in screen_text(app)
        await pilot.press("g")
        await settle(pilot)
        assert "CANARI Jeanne" in screen_text(app)


async def test_a_company_a_contact_a_lot_and_a_modification_are_added(site: Site) -> None:
    app = app_on(site.base, "marches")
    async with running(app, (120, 40)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("a", *"entreprise", "enter")
        await settle(pilot)
        await pilot.press(*"Carrelages Nets", "tab", *"Cotraitant", "tab", *"80", "ctrl+s")
        await settle(pilot)
        assert site.one("SELECT count(*) FROM obligation") == 2
        await pilot.press("a", *"contact", "enter")
        await settle(pilot)
        await pilot.press(*"Sacha Essai", "ctrl+s")
        await settle(pilot)
        assert site.one("SELECT count(*) FROM contact WHERE contract IS NOT NULL") == 2
        await pilot.press("a", *"modif", "enter")
        await settle(pilot)
        await pilot.press(*"prolong", "tab", *"1/6/2026", "tab", "6", "ctrl+s")
        await settle(pilot)
        event = site.base.connection.execute("SELECT kind, months FROM contract_event").fetchone()
        assert event == ("prolongation", 6)
        await pilot.press("a", *"lot", "down", "up", "enter")
        await settle(pilot)
        assert toasts(app) == []


async def test_a_record_that_hours_stand_on_is_not_removed(site: Site) -> None:
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("x", "o")
        await settle(pilot)
        assert "rien n'a été supprimé" in toasts(app)[0]
        assert site.one("SELECT removed FROM contract") == 0


async def test_planned_hours_are_told_apart(site: Site) -> None:
    new_event(site.base, site.contract.obligation, 300_00, "2026-04-01", kind="tranche", firm=0)
    app = app_on(site.base, "marches")
    async with running(app, (120, 40)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        text = screen_text(app)
        assert "prévues en plus 300" in text
        assert "prévisionnel" in text


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_texts_are_shown_as_clean_leaves_them(tmp_path: Path, text: str) -> None:
    base = new_base(tmp_path)
    company = new_company(base, name=text)
    made = new_contract(base, number=text, company=company, object=text, place=text)
    add(base, "contact", contract=made.contract, name=text, role=text, phone=text)
    exchange = {"entity": "contract", "subject": made.contract, "kind": "appel", "text": text}
    write(base, [created("follow_up", base.new_id(), {**exchange, "date": "2026-05-01"})],
          label="Essai")  # fmt: skip
    app = app_on(base, "marches")
    async with running(app, (120, 40)) as pilot:
        assert clean(text)[:18] in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert screen_text(app).count(clean(text)) >= 5
        for key in ("m", "escape", "h", "escape"):
            await pilot.press(key)
            await settle(pilot)
        assert app.is_running
