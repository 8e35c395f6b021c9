"""« Synthèses » by keys: what is missing, the record to complete, the file, its line in history."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import new_contract, new_hours, new_person, new_placement
from driving import running, screen_text, settle, toasts
from entry_samples import Site, app_on
from people_samples import fill, press
from suivi_tui.store.journal import changed, write
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.screens.participants.participant import ParticipantDetail
from suivi_tui.tui.screens.syntheses.manques import GapReport, ToComplete
from suivi_tui.tui.screens.syntheses.screen import Syntheses


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    market = new_contract(made.base, number="2026-99")
    person = new_person(made.base, last="Sansniveau", first="Zoé", education="", reference="Z1")
    new_hours(made.base, new_placement(made.base, market, person, education=""), 202603, 50_00)
    yield made


async def test_from_what_is_missing_to_the_record_and_to_the_file(
    site: Site, tmp_path: Path
) -> None:
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        app.action_open_page("syntheses")
        await settle(pilot)
        assert isinstance(app.screen, Syntheses)
        text = screen_text(app)
        assert "Tous les marchés suivis, toute la durée" in text
        assert "consolidation" in text and "rapport acheteur" in text
        await press(pilot, *["down"] * 3, "enter")
        assert isinstance(app.screen, GapReport) and app.screen.synthesis.name == "synthese"
        titles = [row.cells[0] for row in app.screen.query_one("#gaps").rows]
        await press(pilot, *["down"] * titles.index("Niveau de formation à l'embauche"))
        assert app.screen.gap is not None
        assert "sans niveau de diplôme" in app.screen.gap.sentence
        await press(pilot, "enter")
        assert isinstance(app.screen, ToComplete) and "Sansniveau Zoé" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ParticipantDetail)
        await press(pilot, "escape", "escape", "e")
        target = tmp_path / "envoi"
        await fill(pilot, path=str(target))
        assert "lignes écrites" in toasts(app)[-1]
        lines = target.with_suffix(".csv").read_text("utf-8-sig")
        assert "Répartition masquée" in lines and "Sansniveau" not in lines
        label, kind = site.base.connection.execute(
            "SELECT label, kind FROM batch ORDER BY id DESC LIMIT 1"
        ).fetchone()
        assert kind == "export" and "synthese" in label and "envoi" not in label


async def test_sensitive_texts_are_told_before_names_leave(site: Site, tmp_path: Path) -> None:
    row = site.base.connection.execute(
        "SELECT obligation || '/' || month || '/' || placement || '/' || kind FROM hour_entry"
    ).fetchone()[0]
    comment = changed("hour_entry", row, "comment", "En arrêt maladie")
    write(site.base, [comment], label="Essai")
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        app.action_open_page("syntheses")
        await settle(pilot)
        await press(pilot, "down", "down", "e")
        target = tmp_path / "heures.csv"
        await fill(pilot, path=str(target), names="Avec les noms")
        assert isinstance(app.screen, Confirm) and "santé" in screen_text(app)
        assert "arrêt maladie" not in screen_text(app)
        await press(pilot, "n")
        assert not target.exists()
        await press(pilot, "e")
        await fill(pilot, path=str(target), names="Avec les noms")
        await press(pilot, "o")
        assert "arrêt maladie" in target.read_text("utf-8-sig")
