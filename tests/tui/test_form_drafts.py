"""Drafts of forms: kept while one types, proposed at return, even after a cut."""

import asyncio
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from builders import new_base
from driving import WAIT, running, screen_text, settle, toasts
from people_samples import PLACES, SIZES, TODAY, Town, app_on, fill, press
from suivi_tui.actions.records import save_record
from suivi_tui.store.base import Base, open_base
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.form import Form
from suivi_tui.tui.dialogs.form_draft import KEEP_DELAY
from suivi_tui.tui.dialogs.resume import Resume
from suivi_tui.tui.screens.participants.screen import Participants
from suivi_tui.tui.widgets.fields import TextField
from tui_samples import SampleBase, Sites, sample_app

COUNT = "SELECT count(*) FROM draft"


def drafts(base: Any) -> list[tuple[str, str, str]]:
    """What is kept: form, record, content."""
    return list(base.connection.execute("SELECT screen, row, content FROM draft").fetchall())


async def kept(pilot: Pilot[Any], base: Any) -> str:
    """Wait, as long as the throttle does, for something to be kept; its content."""

    async def look() -> str:
        while not (found := drafts(base)):
            await pilot.pause(0.01)
            await settle(pilot)
        return found[0][2]

    return await asyncio.wait_for(look(), WAIT)


def form() -> Form:
    return Form("Essai", [TextField("name", "Nom"), TextField("town", "Commune", initial="Ici")])


async def test_a_form_left_without_a_change_leaves_nothing() -> None:
    base = SampleBase()
    app = sample_app(base=base)
    async with running(app) as pilot:
        app.push_screen(form())
        await settle(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, Sites)
        assert (drafts(base), toasts(app)) == ([], [])


async def test_escape_leaves_at_once_and_keeps_what_was_typed() -> None:
    base = SampleBase()
    app = sample_app(base=base)
    async with running(app) as pilot:
        app.push_screen(form())
        await settle(pilot)
        await press(pilot, *"Dup", "escape")
        assert isinstance(app.screen, Sites)
        assert toasts(app) == ["Saisie gardée en brouillon."]
        assert drafts(base) == [("formulaire/Essai", "nouveau", '{"name": ["", "Dup"]}')]
        app.push_screen(form())
        await settle(pilot)
        assert isinstance(app.screen, Resume)
        text = " ".join(screen_text(app).split())
        assert "Reprendre votre saisie du 12 mars 2026, 14:02 ? Essai : 1 champ." in text
        # What is taken back goes on where it stopped.
        await press(pilot, "enter", *"ont")
        assert app.screen.texts() == {"name": "Dupont", "town": "Ici"}
        assert len(drafts(base)) == 1
        await press(pilot, "ctrl+s")
        assert drafts(base) == []


async def test_what_is_thrown_away_is_not_proposed_again() -> None:
    base = SampleBase()
    app = sample_app(base=base)
    async with running(app) as pilot:
        app.push_screen(form())
        await settle(pilot)
        await press(pilot, *"Dup", "escape")
        app.push_screen(form())
        await settle(pilot)
        # Letters typed too early answer nothing; Escape leaves the draft for later.
        await press(pilot, "o", "n", "escape")
        assert isinstance(app.screen, Sites)
        assert len(drafts(base)) == 1
        app.push_screen(form())
        await settle(pilot)
        await press(pilot, "tab", "enter")
        assert app.screen.texts()["name"] == ""
        assert drafts(base) == []
        await press(pilot, "escape")
        app.push_screen(form())
        await settle(pilot)
        assert isinstance(app.screen, Form)


async def test_somebody_who_never_pauses_is_kept_too() -> None:
    assert KEEP_DELAY < 0.25
    base = SampleBase()
    app = sample_app(base=base)
    async with running(app) as pilot:
        app.push_screen(form())
        await settle(pilot)
        await pilot.press("a")
        timer = app.screen.draft._timer
        assert timer is not None
        start = time.monotonic()
        await pilot.press("b")
        if time.monotonic() - start < KEEP_DELAY / 2:
            # A throttle: a key does not put it off.
            assert app.screen.draft._timer is timer
        assert await kept(pilot, base) == '{"name": ["", "ab"]}'
        # Typed back to what it was, there is nothing to keep.
        await pilot.press("backspace", "backspace")
        app.screen.draft.keep()
        await settle(pilot)
        assert drafts(base) == []


async def test_the_end_of_the_application_keeps_what_was_just_typed(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    async with running(app_on(base, "participants")) as pilot:
        await press(pilot, "a")
        await pilot.press(*"Pin", "ctrl+q")
    with open_base(base.path) as again:
        assert [draft[2] for draft in drafts(again)] == ['{"last": ["", "Pin"]}']


def as_after_a_cut(base: Base, folder: Path) -> Path:
    """The files of the base as ``kill -9`` would leave them now."""
    folder.mkdir()
    for part in ("", "-wal"):
        path = base.path.with_name(base.path.name + part)
        if path.exists():
            shutil.copy(path, folder / path.name)
    return folder / base.path.name


@pytest.mark.parametrize("size", SIZES[:1])
async def test_a_draft_outlives_a_cut(tmp_path: Path, size: tuple[int, int]) -> None:
    base = new_base(tmp_path)
    app = app_on(base, "participants")
    async with running(app, size) as pilot:
        await press(pilot, "a")
        await pilot.press(*"Pinson", "tab", *"Eve")
        await kept(pilot, base)
        app.screen.draft.keep()
        await settle(pilot)
        cut = as_after_a_cut(base, tmp_path / "coupure")
    with open_base(cut) as found:
        app = app_on(found, "participants")
        async with running(app, size) as pilot:
            await press(pilot, "a")
            assert isinstance(app.screen, Resume)
            await press(pilot, "enter")
            await fill(pilot, commune="Valmont")
            row = found.connection.execute("SELECT last, first, commune FROM participant")
            assert row.fetchone() == ("Pinson", "Eve", "Valmont")
            assert drafts(found) == []


async def test_a_draft_belongs_to_its_record(tmp_path: Path) -> None:
    town = Town(tmp_path)
    app = app_on(town.base, "participants")
    async with running(app) as pilot:
        await press(pilot, "m", *"X", "escape")
        assert [draft[1] for draft in drafts(town.base)] == [str(town.jeanne)]
        await press(pilot, "down", "m")
        assert isinstance(app.screen, Form)
        await press(pilot, "escape", "up", "m")
        assert isinstance(app.screen, Resume)


async def test_a_record_changed_meanwhile_shows_both_values(tmp_path: Path) -> None:
    town = Town(tmp_path)
    app = app_on(town.base, "participants")
    async with running(app) as pilot:
        await press(pilot, "m", *"MERLE", "escape")
        save_record(town.base, "participant", town.jeanne, {"last": "SERIN", "first": "Ève"})
        await press(pilot, "m", "enter")
        assert app.screen.texts()["last"] == "MERLE"
        # Nothing was typed there: it is what the record says now.
        assert app.screen.texts()["first"] == "Ève"
        assert "elle dit «\u00a0SERIN\u00a0»" in screen_text(app)


async def test_a_refusal_keeps_the_draft_until_it_is_saved(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    app = app_on(base, "participants")
    async with running(app) as pilot:
        await press(pilot, "a", *"1850578006084", "ctrl+s")
        assert isinstance(app.screen, Form)
        assert app.screen.fields[0].error
        app.screen.draft.keep()
        await settle(pilot)
        assert drafts(base)[0][2] == '{"last": ["", "1850578006084"]}'
        await press(pilot, "escape", "a", "enter")
        await fill(pilot, last="Pinson")
        assert drafts(base) == []


async def test_nothing_is_kept_of_a_base_that_cannot_be_changed(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    app = app_on(base, "participants", read_only=True)
    async with running(app) as pilot:
        app.push_screen(form())
        await settle(pilot)
        await press(pilot, *"Dup", "escape")
        # It would be lost: this is the only case where something is asked.
        assert isinstance(app.screen, Confirm)
        await press(pilot, "n", "escape", "o")
        assert isinstance(app.screen, Participants)
        assert drafts(base) == []


async def test_nothing_is_kept_before_there_is_a_base(tmp_path: Path) -> None:
    path = tmp_path / "suivi.db"
    screens = {"accueil": "suivi_tui.tui.screens.accueil:FirstStart", **PLACES}
    app = SuiviApp(path, TODAY, lambda: open_base(path), first_start=True, screens=screens)
    async with running(app) as pilot:
        await press(pilot, "down", "enter", *"Noé", "escape")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "o")
        assert not app.desk.busy
    assert not path.exists()
