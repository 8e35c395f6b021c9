"""Screen 5 and the sheet of a company, driven by keys."""

from pathlib import Path

import pytest

from builders import add, new_base, new_company, new_contract
from driving import running, screen_text, toasts
from people_samples import SIZES, Town, app_on, fill, press
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.plain import shown
from suivi_tui.tui.screens.entreprises.entreprise import CompanyDetail
from suivi_tui.tui.screens.participants.participant import ParticipantDetail
from suivi_tui.tui.screens.shared.sheet import Sheet
from suivi_tui.tui.widgets.paged_list import PagedList
from tui_samples import HOSTILE


def names(app: object) -> list[str]:
    """The companies listed."""
    return [row.cells[0] for row in app.screen.query_one(PagedList).rows]


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_says_who_owes_what_and_whom_to_call(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = app_on(Town(tmp_path).base, "entreprises")
    async with running(app, size):
        lines = screen_text(app).splitlines()
        holder = next(line for line in lines if "Bâtisseurs" in line)
        agency = next(line for line in lines if "Intérim" in line)
        assert "1\u00a0000,00\u00a0h" in holder
        assert "100,00\u00a0h" in holder
        assert "ETTI" in agency
        assert "mai 26" in agency
        assert "04 00 00 00 01" in agency
        # Hours worked by its own people, whoever owes them.
        assert ("50,00\u00a0h" in agency) is (size[0] > 100)


async def test_structures_alone(tmp_path: Path) -> None:
    app = app_on(Town(tmp_path).base, "entreprises")
    async with running(app) as pilot:
        await press(pilot, "f", *"struct", "enter")
        assert names(app) == ["Intérim du Val"]
        assert "Structures d'insertion" in screen_text(app)


@pytest.mark.parametrize("size", SIZES[:1])
async def test_a_company_is_added_with_a_contact_and_an_exchange(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    town = Town(tmp_path)
    app = app_on(town.base, "entreprises")
    async with running(app, size) as pilot:
        await press(pilot, "a")
        await fill(pilot, name="Régie du Lac", kind="régie", siret="73282932000074")
        assert isinstance(app.screen, CompanyDetail)
        assert "Régie du Lac · Régie de quartier" in screen_text(app)
        await press(pilot, "c")
        await fill(pilot, name="Lou Essai", role="Référente", phone="04 00 00 00 02")
        assert "Lou Essai · Référente" in screen_text(app)
        assert "04 00 00 00 02" in screen_text(app)
        await press(pilot, "n")
        await fill(pilot, kind="relance", date="19/6/2026", text="Relevé de mai ?")
        assert "19/06/2026 Relance · Relevé de mai\u00a0?" in screen_text(app)
        assert town.one("SELECT entity FROM follow_up") == "company"
        await press(pilot, "escape")
        assert "04 00 00 00 02" in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_sheet_shows_obligations_statements_and_people(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = app_on(Town(tmp_path).base, "entreprises")
    async with running(app, size) as pilot:
        await press(pilot, "enter")
        text = screen_text(app)
        assert "2026-01 · Ville de Valmont · validées 100,00" in text
        assert "10\u00a0%" in text
        assert "CANARI Jeanne · CDD" in text
        await press(pilot, "escape", "down", "enter")
        assert "mai 2026 · Reçu" in screen_text(app)
        assert "Sam Essai · Agence" in screen_text(app)


async def test_enter_opens_a_person_and_changes_a_contact(tmp_path: Path) -> None:
    town = Town(tmp_path)
    app = app_on(town.base, "entreprises")
    async with running(app) as pilot:
        await press(pilot, "down", "enter")
        sheet = app.screen.query_one(Sheet)
        sheet.move_to([line.entity for line in sheet.lines].index("contact"))
        await press(pilot, "enter")
        await fill(pilot, mail="sam@exemple.fr")
        assert town.one("SELECT mail FROM contact") == "sam@exemple.fr"
        await press(pilot, "h")
        assert "Courriel\u00a0: – → sam@exemple.fr" in screen_text(app)
        await press(pilot, "escape")
        sheet.move_to([line.entity for line in sheet.lines].index("participant"))
        await press(pilot, "enter")
        assert isinstance(app.screen, ParticipantDetail)
        await press(pilot, "escape", "escape")
        assert names(app)


async def test_an_obligation_cannot_be_removed_from_here(tmp_path: Path) -> None:
    app = app_on(Town(tmp_path).base, "entreprises")
    async with running(app) as pilot:
        await press(pilot, "enter")
        sheet = app.screen.query_one(Sheet)
        sheet.move_to([line.entity for line in sheet.lines].index("obligation"))
        await press(pilot, "x")
        assert isinstance(app.screen, CompanyDetail)


async def test_a_company_that_owes_is_not_removed(tmp_path: Path) -> None:
    app = app_on(Town(tmp_path).base, "entreprises")
    async with running(app) as pilot:
        await press(pilot, "x")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "o")
        assert any("sert encore" in toast for toast in toasts(app))
        assert names(app)[0] == "Bâtisseurs du Val"


async def test_a_wrong_siret_is_said_and_kept(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    new_company(base, siret="12345678900011")
    app = app_on(base, "entreprises")
    async with running(app, (120, 40)) as pilot:
        await press(pilot, "enter")
        assert "SIRET\u00a0: 12345678900011" in screen_text(app)
        assert len(app.screen.query_one(Sheet).lines[1].text) > len("SIRET : 12345678900011")


async def test_the_empty_list_says_what_to_do(tmp_path: Path) -> None:
    app = app_on(new_base(tmp_path), "entreprises")
    async with running(app) as pilot:
        assert "Aucune entreprise ici. Touche a" in screen_text(app)
        await press(pilot, "m", "c", "n", "h", "x", "enter")
        assert app.faults == []


@pytest.mark.parametrize("size", SIZES[:1])
async def test_hostile_texts_are_shown_as_clean_leaves_them(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    base = new_base(tmp_path)
    for text in HOSTILE:
        company = new_company(base, name=text, commune=text, naf=text, siret=text, kind=text)
        add(base, "contact", company=company, name=text, role=text, phone=text, mail=text)
    app = app_on(base, "entreprises")
    async with running(app, size) as pilot:
        listed = app.screen.query_one(PagedList)
        for place, row in enumerate(list(listed.rows)):
            listed.move_to(place)
            await press(pilot, "enter")
            assert isinstance(app.screen, CompanyDetail)
            assert shown(row.cells[0])[:15] in screen_text(app)
            await press(pilot, "h", "escape", "c", "escape", "escape")
        assert app.is_running


async def test_companies_of_open_data_wait_to_be_asked_for(tmp_path: Path) -> None:
    """Those that only a contract nobody took up names; anything else known of one shows it."""
    base = new_base(tmp_path)
    followed, unknown, called = (
        new_company(base, name=name) for name in ("Aubier", "Bouleau", "Charme")
    )
    new_contract(base, company=followed)
    lots = [
        new_contract(base, number=f"DO-{place}", taken_up=0, obligation=False).lot
        for place in range(2)
    ]
    for lot, company in ((lots[0], unknown), (lots[1], called), (lots[1], followed)):
        add(base, "lot_company", lot=lot, company=company, role="titulaire")
    add(base, "contact", company=called, name="Sam Essai")
    new_company(base, name="Douglas")
    app = app_on(base, "entreprises")
    async with running(app) as pilot:
        assert names(app) == ["Aubier", "Charme", "Douglas"]
        assert "structures · 1\u00a0masquée (o)" in screen_text(app)
        await press(pilot, "slash", *"boul", "enter")
        assert names(app) == ["Bouleau"]
        await press(pilot, "escape", "o")
        assert names(app) == ["Aubier", "Bouleau", "Charme", "Douglas"]
        assert "masquée" not in screen_text(app)
