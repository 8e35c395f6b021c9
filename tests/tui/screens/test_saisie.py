"""The statement wall on a real base: signs, words, one key a mark, Enter opens the hours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import add, new_company, new_contract
from driving import running, screen_text, settle, toasts
from entry_samples import SIZES, Site, app_on
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.saisie import StatementWall
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.vocabulary.text import clean
from tui_samples import HOSTILE


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    add(made.base, "contact", company=made.contract.company, name="Dominique Essai",
        role="conducteur de travaux", phone="03 00 00 00 01")  # fmt: skip
    yield made


def said(app: SuiviApp) -> str:
    line = app.screen.query_one("#cell", StatusLine)
    line.say_now()
    return " | ".join(text for text, _ in line.texts)


@pytest.mark.parametrize("size", SIZES)
async def test_the_wall_says_what_is_late_and_whom_to_call(
    site: Site, size: tuple[int, int]
) -> None:
    app = app_on(site.base, "saisie")
    async with running(app, size) as pilot:
        text = screen_text(app)
        assert "Bâtisseurs" in text
        assert "2026-01" in text
        assert "150•" in text
        assert "1\u00a0obligation · 4\u00a0relevés en retard" in text
        assert ("03 00 00 00 01" in text.splitlines()[3]) is (size[0] > 100)
        await pilot.press("left", "left")
        words = said(app)
        assert "Appeler\u00a0: 03 00 00 00 01 · Dominique Essai · conducteur de travaux" in words
        assert "avril 2026\u00a0: en retard depuis le 16/05/2026 (36\u00a0jours)" in words


async def test_one_key_marks_and_takes_the_mark_back(site: Site) -> None:
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        await pilot.press("left", "left", "s")
        await settle(pilot)
        assert said(app).endswith("avril 2026\u00a0: sans activité")
        await pilot.press("r")
        await settle(pilot)
        assert said(app).endswith("avril 2026\u00a0: reçu")
        await pilot.press("v")
        await settle(pilot)
        assert said(app).endswith("avril 2026\u00a0: vérifié")
        await pilot.press("v")
        await settle(pilot)
        assert said(app).endswith("avril 2026\u00a0: reçu")
        await pilot.press("r")
        await settle(pilot)
        assert "en retard depuis" in said(app)
        assert site.one("SELECT count(*) FROM statement") == 1
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert said(app).endswith("avril 2026\u00a0: reçu")


async def test_hours_belie_a_month_without_activity(site: Site) -> None:
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        await pilot.press("left", "s")
        await settle(pilot)
        assert "Videz d'abord ces heures" in toasts(app)[0]
        assert site.one("SELECT count(*) FROM statement") == 0


async def test_a_locked_statement_is_not_marked(site: Site) -> None:
    add(site.base, "statement", obligation=site.contract.obligation,
        sender=site.contract.company, month=202604, status="verrouille")  # fmt: skip
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        await pilot.press("left", "left", "r")
        await settle(pilot)
        assert "verrouillé" in toasts(app)[0]
        assert site.one("SELECT status FROM statement") == "verrouille"


async def test_a_statement_is_locked_then_reopened_with_a_reason(site: Site) -> None:
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        await pilot.press("left", "left", "k")
        await settle(pilot)
        assert "Il n'y a pas de relevé" in toasts(app)[0]
        await pilot.press("r", "k")
        await settle(pilot)
        assert said(app).endswith("avril 2026\u00a0: verrouillé")
        await pilot.press("k")
        await settle(pilot)
        await pilot.press(*"Oubli", "enter")
        await settle(pilot)
        assert said(app).endswith("avril 2026\u00a0: vérifié")
        assert site.one("SELECT reopened_reason FROM statement") == "Oubli"


async def test_enter_opens_the_hours_of_that_month_and_escape_comes_back(site: Site) -> None:
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        await pilot.press("left", "left", "enter")
        await settle(pilot)
        assert "CANARI Jeanne" in screen_text(app)
        await pilot.press("5", "enter")
        await settle(pilot)
        assert site.hours(site.jeanne, 202604) == (500, None, "")
        await pilot.press("escape")
        await settle(pilot)
        assert "avril 2026\u00a0: reçu · 5,00\u00a0h déclarées · 1\u00a0ligne à valider" in said(
            app
        )


async def test_moving_asks_nothing_and_draws_two_lines(site: Site) -> None:
    new_contract(site.base, number="2026-02", buyer=site.contract.buyer)
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        wall = app.screen.query_one(StatementWall)
        seen: list[str] = []
        site.base.connection.set_trace_callback(seen.append)
        for key in ("left", "down", "up", "right"):
            drawn = wall.lines_drawn
            await pilot.press(key)
            await settle(pilot)
            assert wall.lines_drawn - drawn <= 2, key
        site.base.connection.set_trace_callback(None)
        assert seen == []


async def test_only_the_late_ones_then_a_row_by_its_letters(site: Site) -> None:
    company = new_company(site.base, name="Peinture Égale")
    new_contract(site.base, number="2026-09", buyer=site.contract.buyer, company=company,
                 start="2026-06-01")  # fmt: skip
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        assert "Peinture" in screen_text(app)
        await pilot.press("slash", *"egale", "enter")
        await settle(pilot)
        assert "Peinture Égale · 2026-09" in said(app)
        await pilot.press("l")
        await settle(pilot)
        assert "2026-09" not in screen_text(app)
        assert "retards seulement" in screen_text(app)


async def test_another_screen_opens_the_hours_of_an_obligation(site: Site) -> None:
    second = new_contract(site.base, number="2026-02", buyer=site.contract.buyer)
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        wall_screen = app.screen
        wall_screen.show_record(second.obligation)  # type: ignore[attr-defined]
        await settle(pilot)
        assert "Personne n'est encore placé" in screen_text(app)
        app.screen.show_record(site.contract.obligation)  # type: ignore[attr-defined]
        await settle(pilot)
        assert "CANARI Jeanne" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is wall_screen
        assert "2026-02" in said(app)


async def test_the_wall_is_exported_as_it_is_shown(site: Site, tmp_path: Path) -> None:
    app = app_on(site.base, "saisie")
    async with running(app, (120, 40)) as pilot:
        await pilot.press("e")
        await settle(pilot)
        await pilot.press(*str(tmp_path / "mur.csv"), "ctrl+s")
        await settle(pilot)
        text = (tmp_path / "mur.csv").read_text("utf-8-sig")
        assert "Bâtisseurs du Val;2026-01;" in text
        assert "En retard" in text


async def test_an_empty_wall_says_what_to_do(tmp_path: Path) -> None:
    from builders import new_base

    app = app_on(new_base(tmp_path), "saisie")
    async with running(app) as pilot:
        assert "Aucune obligation en cours" in screen_text(app)
        await pilot.press("enter", "r", "v", "s", "left", "down", "slash")
        await settle(pilot)
        assert toasts(app) == []


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_names_are_shown_as_clean_leaves_them(tmp_path: Path, text: str) -> None:
    site = Site(tmp_path)
    company = new_company(site.base, name=text)
    new_contract(site.base, number=text, buyer=site.contract.buyer, company=company)
    app = app_on(site.base, "saisie")
    async with running(app, (120, 40)) as pilot:
        await pilot.press("down")
        said(app)
        await pilot.pause()
        assert screen_text(app).count(clean(text)[:5]) >= 2
        assert app.is_running
