"""« Politiques d'achat » driven by keys: a commitment, its figure explained, its evidence."""

from pathlib import Path

from builders import new_base, new_buyer, new_contract
from driving import running, screen_text, settle, toasts
from people_samples import app_on, fill, press
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.politiques.fiche import BuyerPolicy
from suivi_tui.tui.screens.shared.sheet import Sheet


def lines(app: object) -> list[str]:
    """The sheet, line by line."""
    return [line.text.replace("\u00a0", " ") for line in app.screen.query_one(Sheet).lines]


async def test_a_commitment_is_entered_explained_proven_and_reported(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    buyer = new_buyer(base, name="Ville de Valmont")
    for number, form in (("1", "condition"), ("2", "aucune"), ("3", "aucune"), ("4", "critere")):
        new_contract(base, number=number, buyer=buyer, notified_on="2026-02-01", owed=None,
                     clause_form=form)  # fmt: skip
    app = app_on(base, "entreprises")
    async with running(app) as pilot:
        app.action_open_page("politiques")
        await settle(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, BuyerPolicy)
        await press(pilot, "c")
        await fill(pilot, kind="spaser", name="SPASER 2024-2026")
        await press(pilot, "a")
        await fill(pilot, indicator="part des marchés", commitment="Un marché sur deux",
                   target="50 %", typed="42")  # fmt: skip
        (aim,) = [line for line in lines(app) if line.startswith("Un marché sur deux")]
        assert "cible : 50 % · calculé : 50 % · saisi : 42 %" in aim
        assert "atteint" in screen_text(app)
        await press(pilot, "down", "x")
        assert isinstance(app.screen, Message)
        told = screen_text(app).replace("\u00a0", " ")
        assert "2 avec une clause, un critère ou une réservation / 4" in told
        await press(pilot, "escape", "p")
        await fill(pilot, label="Délibération", link="2026-12")
        assert "↳ Délibération · 2026-12" in " ".join(lines(app))
        await press(pilot, "b")
        await fill(pilot, path=str(tmp_path / "bilan.md"))
        assert "Un marché sur deux" in (tmp_path / "bilan.md").read_text(encoding="utf-8")
        assert any("Bilan écrit" in toast for toast in toasts(app))
        await press(pilot, "y", *"2027", "enter", "r")
        assert any(line.startswith("Un marché sur deux · cible : 50") for line in lines(app))
        await press(pilot, "ctrl+z")
        assert not any(line.startswith("Un marché sur deux") for line in lines(app))
