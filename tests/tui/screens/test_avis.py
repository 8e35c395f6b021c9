"""The reviews of a contract, and the comparison with and without a clause, by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import add
from driving import running, screen_text, settle, toasts
from entry_samples import Site, app_on
from people_samples import fill, press
from suivi_tui.tui.dialogs.form import Form
from suivi_tui.tui.screens.avis.screen import Reviews
from suivi_tui.tui.screens.marche.screen import ContractDetail
from suivi_tui.tui.screens.shared.sheet import Sheet
from suivi_tui.vocabulary.text import clean
from tui_samples import HOSTILE


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    yield Site(tmp_path)


async def test_a_review_is_noted_read_written_and_shown_on_the_sheet(
    site: Site, own_home: Path
) -> None:
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        await press(pilot, "enter", "v")
        assert isinstance(app.screen, Reviews)
        assert "Aucun avis sur ce marché" in screen_text(app)
        await press(pilot, "a")
        await fill(pilot, author_kind="Le tuteur", author="Sam", text="Équipe à l'écoute",
                   rating="4/5")  # fmt: skip
        await press(pilot, "a")
        await fill(pilot, author_kind="L'acheteur", text="Délais tenus", rating="6")
        # A rating that does not exist stays in the form, with what is expected.
        assert isinstance(app.screen, Form)
        assert "de 1 à 5" in screen_text(app)
        await fill(pilot, rating="5")
        text = screen_text(app).replace("\u00a0", " ")
        assert "2 avis recueillis, note moyenne 4,5/5 (2 notes)." in text
        assert "Le tuteur (Sam)" in text and "4/5" in text
        await press(pilot, "r")
        assert "Équipe à l'écoute" in screen_text(app)
        await press(pilot, "escape", "w")
        await press(pilot, "ctrl+s")
        (written,) = own_home.rglob("*.docx")
        assert "avis" in written.name and "Fiche d'avis écrite" in toasts(app)[0]
        await press(pilot, "escape")
        assert isinstance(app.screen, ContractDetail)
        shown = [line.text for line in app.screen.query_one(Sheet).lines if line.entity == "review"]
        assert [text.partition(" · ")[2] for text in shown] == [
            "L'acheteur · Délais tenus",
            "Le tuteur (Sam) · Équipe à l'écoute",
        ]


async def test_what_a_contract_was_planned_to_be_is_entered_in_its_form(site: Site) -> None:
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        await press(pilot, "enter", "m")
        await fill(pilot, duration_months="12", ended_on="15/01/2027",
                   final_amount_cents="120 000", asked_on="3/3/2025")  # fmt: skip
        lines = [line.text for line in app.screen.query_one(Sheet).lines]
        assert any("durée prévue\u00a0: 12\u00a0mois" in line for line in lines)
        found = site.base.connection.execute(
            "SELECT duration_months, ended_on, final_amount_cents, asked_on FROM contract"
        ).fetchone()
        assert found == (12, "2027-01-15", 120_000_00, "2025-03-03")


async def test_hostile_words_are_shown_as_text(site: Site) -> None:
    for rank, text in enumerate(HOSTILE):
        add(site.base, "review", contract=site.contract.contract, author_kind="tuteur",
            author=text, text=text, rating=3, given_on=f"2026-03-{rank + 1:02}")  # fmt: skip
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        await press(pilot, "enter", "v", "home")
        assert clean(HOSTILE[-1])[:10] in screen_text(app)
        await press(pilot, "r")
        assert "\x1b" not in screen_text(app)


async def test_with_and_without_a_clause_is_a_page_of_the_palette(site: Site) -> None:
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        app.action_open_page("effet_clause")
        await settle(pilot)
        text = screen_text(app)
        assert "Tous les acheteurs" in text and "1\u00a0marché avec clause" in text
        assert "aucune conclusion" in text and "ne prouvent rien" in text
        await press(pilot, "x")
        assert "Aucune conclusion\u00a0: il faut 10\u00a0marchés" in screen_text(app)
        await press(pilot, "escape", "a")
        await press(pilot, *"Ville", "enter")
        assert "Ville de Valmont" in screen_text(app)
        await press(pilot, "e", "escape")
        assert toasts(app) == []
