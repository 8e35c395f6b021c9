"""The first start: demonstration, own base, table brought in; then what runs in the background."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from builders import new_base, new_company
from driving import running, screen_text, settle, toasts
from people_samples import PLACES, SIZES, TODAY, app_on, fill, press
from suivi_tui import paths
from suivi_tui.actions import demonstration, upkeep
from suivi_tui.actions.undoing import undo_last
from suivi_tui.store.base import open_base
from suivi_tui.store.drafts import drafts_of, keep_draft
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.background import start_background
from suivi_tui.tui.screens.accueil import FirstStart
from suivi_tui.tui.screens.shared.asking import AskingForm
from suivi_tui.tui.screens.shared.importer import ReportDialog


def first_app(path: Path) -> SuiviApp:
    """The application where there is no base yet."""
    return SuiviApp(
        path,
        TODAY,
        lambda: open_base(path),
        first_start=True,
        screens={"accueil": "suivi_tui.tui.screens.accueil:FirstStart", **PLACES},
        undo_last=undo_last,
        search=lambda base, text: [],
        clock=lambda: datetime(2026, 6, 20, 14, 2),
        encoding="utf-8",
    )


@pytest.mark.parametrize("size", SIZES)
async def test_one_question_and_nothing_else_works_before_the_answer(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = first_app(tmp_path / "suivi.db")
    async with running(app, size) as pilot:
        text = screen_text(app)
        for said in ("Essayer la démonstration", "Commencer ma base", "Apporter un tableau"):
            assert said in text
        await press(pilot, "4", "0", "ctrl+z", "ctrl+o", "slash", "e")
        assert isinstance(app.screen, FirstStart)
        assert toasts(app) == []
    assert not (tmp_path / "suivi.db").exists()


@pytest.mark.parametrize("size", SIZES)
async def test_a_base_is_begun_by_who_one_is(tmp_path: Path, size: tuple[int, int]) -> None:
    app = first_app(tmp_path / "suivi.db")
    async with running(app, size) as pilot:
        await press(pilot, "down", "enter")
        await press(pilot, "ctrl+s")
        assert "Ce champ est nécessaire." in screen_text(app)
        await fill(pilot, author="Noé Essai", structure="PLIE du Val")
        assert app.current_mode == "participants"
        await press(pilot, "a")
        await fill(pilot, last="Pinson")
        await press(pilot, "0")
        assert "Noé Essai" in screen_text(app)
    assert paths.load_settings().structure == "PLIE du Val"
    with open_base(tmp_path / "suivi.db") as base:
        assert base.connection.execute("SELECT last FROM participant").fetchone() == ("Pinson",)


async def test_the_demonstration_stands_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def small(path: Path, *, seed: int = 1, today: Any = None) -> bool:
        assert today == TODAY
        path.parent.mkdir(parents=True, exist_ok=True)
        with new_base(path.parent, path.name) as base:
            new_company(base, name="Fictive")
        return True

    monkeypatch.setattr(demonstration, "open_or_build", small)
    app = first_app(tmp_path / "suivi.db")
    async with running(app) as pilot:
        await press(pilot, "d")
        assert app.base_path == paths.demonstration_base()
        await press(pilot, "5")
        assert "Fictive" in screen_text(app)
        assert "demonstration.db" in screen_text(app)
    assert not (tmp_path / "suivi.db").exists()


@pytest.mark.parametrize("size", SIZES)
async def test_a_table_is_brought_in(tmp_path: Path, size: tuple[int, int]) -> None:
    table = tmp_path / "personnes.csv"
    table.write_text("nom;prenom;naissance\nPINSON;Ève;17/05/1990\n", encoding="utf-8")
    app = first_app(tmp_path / "suivi.db")
    async with running(app, size) as pilot:
        await press(pilot, "a")
        await fill(pilot, path=str(table), author="Noé Essai")
        assert isinstance(app.screen, ReportDialog)
        await press(pilot, "ctrl+s", "escape")
        assert app.current_mode == "participants"
        assert "PINSON Ève" in screen_text(app)


async def test_a_table_that_cannot_be_read_leaves_no_base(tmp_path: Path) -> None:
    app = first_app(tmp_path / "suivi.db")
    async with running(app) as pilot:
        await press(pilot, "a")
        await fill(pilot, path=str(tmp_path / "absent.csv"), author="Noé Essai")
        form = app.screen
        assert isinstance(form, AskingForm)
        assert form.texts()["author"] == "Noé Essai"
        assert "absent.csv" in screen_text(app)
        assert not (tmp_path / "suivi.db").exists()
        await press(pilot, "escape", "o")
        assert isinstance(app.screen, FirstStart)


async def test_the_background_forgets_old_drafts_and_checks_once_a_day(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    keep_draft(base, "saisie", "1", "vieux", datetime(2026, 4, 1, 10))
    keep_draft(base, "saisie", "2", "récent", datetime(2026, 6, 19, 10))
    app = app_on(base, "participants")
    async with running(app) as pilot:
        start_background(app)
        await settle(pilot)
        assert [draft.content for draft in drafts_of(base, "saisie")] == ["récent"]
        assert base.setting(upkeep.LAST_CHECK) == TODAY.isoformat()
        assert toasts(app) == []


async def test_an_unsound_base_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = new_base(tmp_path)
    monkeypatch.setattr(upkeep, "quick_check", lambda connection: False)
    app = app_on(base, "participants")
    async with running(app) as pilot:
        start_background(app)
        await settle(pilot)
        await settle(pilot)
        assert toasts(app) == [upkeep.UNSOUND]
        # Not noted as done: tomorrow's start, or a second one today, says it again.
        assert base.setting(upkeep.LAST_CHECK) is None
