"""The statement wall on a real base: signs, words, one key a mark, Enter opens the hours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import (
    add,
    new_base,
    new_company,
    new_contract,
    new_hours,
    new_person,
    new_placement,
)
from driving import running, screen_text, settle, toasts
from entry_samples import SIZES, Site, app_on
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.saisie.screen import Statements
from suivi_tui.tui.screens.saisie.table import StatementWall
from suivi_tui.tui.screens.saisie.words import cell_words
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.vocabulary.months import Month
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
        assert "100•" in text and "50•" in text
        assert "2\u00a0déclarants · 1\u00a0obligation · 8\u00a0relevés en retard" in text
        assert "03 00 00 00 01" in text.splitlines()[3]
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
        await pilot.press("t", "t")
        await settle(pilot)
        assert "en retard depuis" in said(app)
        assert site.one("SELECT count(*) FROM statement") == 1
        assert "7\u00a0relevés" not in screen_text(app)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert said(app).endswith("avril 2026\u00a0: partiel")
        await pilot.press("left", "r")
        await settle(pilot)
        assert said(app).endswith("mars 2026\u00a0: reçu le 20/06/2026")


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
        assert "avril 2026\u00a0: verrouillé" in said(app)
        # The lock of the holder closes the month of the agency too.
        assert said_of_row(app, 1) == "avril 2026\u00a0: verrouillé"
        await pilot.press("k")
        await settle(pilot)
        await pilot.press(*"Oubli", "enter")
        await settle(pilot)
        assert said(app).endswith(
            "avril 2026\u00a0: vérifié · reçu le 20/06/2026 · rouvert\u00a0: Oubli"
        )
        assert "en retard" in said_of_row(app, 1)
        assert site.one("SELECT reopened_reason FROM statement") == "Oubli"


def said_of_row(app: SuiviApp, row: int) -> str:
    """What the wall says of the same month on another row."""
    screen = app.screen
    assert isinstance(screen, Statements)
    wall = screen.wall
    return cell_words(screen.lines[row], Month(202604), wall.cursor_column)[2][0]


async def test_enter_opens_the_grid_of_the_sender_and_o_that_of_the_obligation(
    site: Site,
) -> None:
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        await pilot.press("left", "left", "enter")
        await settle(pilot)
        assert "CANARI" in screen_text(app) and "MOINEAU" not in screen_text(app)
        await pilot.press("5", "enter")
        await settle(pilot)
        assert site.hours(site.jeanne, 202604) == (500, None, "")
        await pilot.press("escape")
        await settle(pilot)
        assert "avril 2026\u00a0: reçu · 5,00\u00a0h déclarées · 1\u00a0ligne à valider" in said(
            app
        )
        await pilot.press("o")
        await settle(pilot)
        assert "MOINEAU" in screen_text(app)
        await pilot.press("escape", "f")
        await settle(pilot)
        assert "Formulaire à envoyer\u00a0: avril 2026" in screen_text(app)


async def test_a_key_on_a_sender_marks_all_its_obligations_in_one_batch(site: Site) -> None:
    agency = site.one("SELECT id FROM company WHERE kind = 'ETTI'")
    company = new_company(site.base, name="Peinture Égale")
    other = new_contract(site.base, number="2026-09", buyer=site.contract.buyer, company=company)
    new_placement(site.base, other, new_person(site.base), employer=agency)
    new_hours(site.base, site.paul, 202604, 20_00)
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        await pilot.press("down", "left", "left")
        assert "Intérim du Val · 2\u00a0obligations · en retard\u00a0: 2026-09" in said(app)
        assert "1\u00a0obligation sur 2 · 20,00\u00a0h déclarées · 1\u00a0ligne à valider" in said(
            app
        )
        await pilot.press("r")
        await settle(pilot)
        assert "20•" in screen_text(app)
        assert said(app).endswith(
            "reçu le 20/06/2026 · 20,00\u00a0h déclarées · 1\u00a0ligne à valider"
        )
        await pilot.press("v")
        await settle(pilot)
        assert toasts(app) == ["1\u00a0ligne reste à valider en avril 2026."]
        sent = "SELECT count(*) FROM statement WHERE sender = ? AND status = ? AND removed = 0"
        assert site.one(sent, agency, "verifie") == 2
        await pilot.press("d")
        await settle(pilot)
        assert "Intérim du Val · 2026-01 · pour Bâtisseurs du Val" in said(app)
        await pilot.press("down", "k")
        await settle(pilot)
        assert site.one(sent, agency, "verrouille") == 1
        await pilot.press("d", "o")
        await settle(pilot)
        await pilot.press(*"2026-09", "enter")
        await settle(pilot)
        assert "Peinture Égale" in screen_text(app)
        await pilot.press("escape", "ctrl+z", "ctrl+z", "ctrl+z")
        await settle(pilot)
        assert site.one("SELECT count(*) FROM statement WHERE removed = 0") == 0


async def test_a_quarter_is_marked_as_one(site: Site) -> None:
    add(site.base, "term", contract=site.contract.contract, code="cadence",
        value="trimestrielle")  # fmt: skip
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        assert "juin 2026 (2e trimestre 2026)\u00a0: attendu le 15/07/2026 au plus tard" in said(
            app
        )
        await pilot.press(*["left"] * 4, "s")
        await settle(pilot)
        assert "février 2026 (1er trimestre 2026)\u00a0: sans activité" in said(app)
        assert site.one("SELECT count(*) FROM statement WHERE removed = 0") == 3
        assert "1\u00a0relevé en retard" in screen_text(app)


async def test_moving_asks_nothing_and_draws_two_lines(site: Site) -> None:
    new_contract(site.base, number="2026-02", buyer=site.contract.buyer)
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        wall = app.screen.query_one(StatementWall)
        await pilot.press("d")
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
        assert "Peinture" not in screen_text(app)
        assert "retards seulement" in screen_text(app)


async def test_another_screen_opens_the_hours_of_an_obligation(site: Site) -> None:
    second = new_contract(site.base, number="2026-02", buyer=site.contract.buyer)
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        wall_screen = app.screen
        wall_screen.show_record(second.obligation)
        await settle(pilot)
        assert "Personne n'est encore placé" in screen_text(app)
        app.screen.show_record(site.contract.obligation)
        await settle(pilot)
        assert "CANARI Jeanne" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is wall_screen
        assert "en retard\u00a0: 2026-02" in said(app) or "2026-02" in said(app)


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


@pytest.mark.parametrize(
    ("started", "words"),
    [(False, "Aucune obligation en cours"), (True, "saisissez le démarrage des marchés")],
)
async def test_an_empty_wall_says_what_to_do(tmp_path: Path, started: bool, words: str) -> None:
    base = new_base(tmp_path)
    if started:
        new_contract(base, site_start=None)
    app = app_on(base, "saisie")
    async with running(app) as pilot:
        assert words in screen_text(app)
        await pilot.press("enter", "r", "v", "s", "t", "k", "o", "d", "left", "slash")
        await settle(pilot)
        assert toasts(app) == []


async def test_hostile_names_are_shown_as_clean_leaves_them(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for text in HOSTILE:
        company = new_company(site.base, name=text)
        new_contract(site.base, number=text, buyer=site.contract.buyer, company=company)
    app = app_on(site.base, "saisie")
    async with running(app, (120, 40)) as pilot:
        await pilot.press("d")
        shown, words = screen_text(app), ""
        for _ in range(len(HOSTILE) + 2):
            said(app)
            await pilot.pause()
            words += screen_text(app)
            await pilot.press("down")
        for text in HOSTILE:
            assert clean(text)[:5] in shown
            # The sender and the number of its contract.
            assert words.count(clean(text)) >= 2
