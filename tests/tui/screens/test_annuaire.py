"""Screen 9 driven by keys: who is called, where, and who covers a commune."""

from pathlib import Path

from builders import add, new_base, new_buyer, new_company
from driving import running, screen_text
from people_samples import PLACES, app_on, fill, press
from suivi_tui.store.base import Base
from suivi_tui.tui.dialogs.choose import Choose
from suivi_tui.tui.screens.annuaire.fiche import EntryDetail
from suivi_tui.tui.screens.annuaire.qui_couvre import WhoCovers
from suivi_tui.tui.screens.entreprises.entreprise import CompanyDetail
from suivi_tui.tui.screens.shared.sheet import Sheet
from suivi_tui.tui.widgets.fields import Field
from suivi_tui.tui.widgets.paged_list import PagedList

PLACES.setdefault("annuaire", "suivi_tui.tui.screens.annuaire.screen:DirectoryScreen")


def valley(folder: Path) -> Base:
    """A facilitator of the Nord, a référent of a buyer, two structures."""
    base = new_base(folder)
    lou = add(base, "directory_entry", kind="facilitateur", name="Lou Essai",
              structure="Maison de l'emploi", phone="03 00 00 00 01")  # fmt: skip
    add(base, "coverage", entry=lou, territory="59", trade="")
    buyer = new_buyer(base)
    add(base, "directory_entry", kind="referent", name="Noé Modèle", buyer=buyer,
        service="Achats")  # fmt: skip
    here = new_company(base, name="Atelier du Nord", kind="ACI", commune="Lille")
    add(base, "coverage", company=here, territory="59350", trade="espaces_verts")
    there = new_company(base, name="Chantiers de Roubaix", kind="ACI", commune="Roubaix")
    add(base, "coverage", company=there, territory="59512", trade="nettoyage")
    return base


def names(app: object) -> list[str]:
    """Who is listed."""
    return [row.cells[0] for row in app.screen.query_one(PagedList).rows]


async def test_people_and_structures_are_found_filtered_and_opened(tmp_path: Path) -> None:
    app = app_on(valley(tmp_path), "annuaire")
    async with running(app) as pilot:
        assert names(app) == [
            "Atelier du Nord", "Chantiers de Roubaix", "Lou Essai", "Noé Modèle",
        ]  # fmt: skip
        assert "Nord (département)" in screen_text(app)
        await press(pilot, "f", *"référent", "enter")
        assert names(app) == ["Noé Modèle"]
        await press(pilot, "f", *"tout", "enter", "t")
        await fill(pilot, territory="roubaix")
        assert names(app) == ["Chantiers de Roubaix", "Lou Essai"]
        assert "Roubaix (59)" in screen_text(app)
        await press(pilot, "d", *"nettoyage", "enter")
        assert names(app) == ["Chantiers de Roubaix"]
        await press(pilot, "enter")
        assert isinstance(app.screen, CompanyDetail)
        assert "Roubaix (59) · Nettoyage" in screen_text(app)


async def test_a_person_is_added_then_a_territory_whose_name_several_have(tmp_path: Path) -> None:
    app = app_on(new_base(tmp_path), "annuaire")
    async with running(app) as pilot:
        await press(pilot, "a", "enter")
        await fill(pilot, name="Sam Exemple", kind="facil", structure="PLIE", buyer="Métropole")
        assert isinstance(app.screen, EntryDetail)
        assert "Facilitateur · PLIE" in screen_text(app)
        await press(pilot, "t")
        await fill(pilot, territory="Paris")
        refusals = [field.error for field in app.screen.query(Field) if field.error]
        assert refusals and "Paris (département), Paris (75)" in refusals[0]
        await fill(pilot, territory="Paris (75)", trade="bâtiment")
        assert "Paris (75) · Bâtiment" in screen_text(app)
        await press(pilot, "escape")
        assert names(app) == ["Sam Exemple"]


async def test_who_covers_a_commune_asks_which_of_the_homonyms(tmp_path: Path) -> None:
    app = app_on(valley(tmp_path), "annuaire")
    async with running(app) as pilot:
        await press(pilot, "c")
        await fill(pilot, territory="saint sauveur")
        assert isinstance(app.screen, Choose)
        await press(pilot, "escape", "c")
        await fill(pilot, territory="59800")
        assert isinstance(app.screen, WhoCovers)
        lines = [line.text for line in app.screen.query_one(Sheet).lines]
        assert lines[0].startswith("Lille (59) · Nord (département) · Hauts-de-France (région)")
        assert [line.split(" · ")[0] for line in lines[1:]] == [
            "Lou Essai", "Atelier du Nord", "Chantiers de Roubaix",
        ]  # fmt: skip
        await press(pilot, "d", *"nettoyage", "enter")
        kept = [line.text.split(" · ")[0] for line in app.screen.query_one(Sheet).lines[1:]]
        assert "Atelier du Nord" not in kept
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, EntryDetail)
