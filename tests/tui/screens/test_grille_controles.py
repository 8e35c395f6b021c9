"""The hour grid says what it doubts, keeps what it refuses, claims only what it wrote."""

from pathlib import Path

import pytest

from builders import add, new_eligibility, new_hours
from driving import running, screen_text, settle, toasts
from entry_samples import SIZES, Site, app_on
from suivi_tui.store.journal import changed, write
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.grille.screen import HourGridScreen
from suivi_tui.tui.screens.grille.widget import PeopleGrid
from suivi_tui.vocabulary.months import Month

JUNE = Month(202606)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    for name in ("CANARI", "MOINEAU"):
        person = made.one("SELECT id FROM participant WHERE last = ?", name)
        new_eligibility(made.base, person)
    return made


async def opened(app: SuiviApp, pilot: object, site: Site, month: int = JUNE) -> PeopleGrid:
    obligation = site.contract.obligation
    app.push_screen(HourGridScreen(obligation, Month(month), [obligation]))
    await settle(pilot)
    return app.screen_stack[1].query_one(PeopleGrid)


async def test_checks_follow_each_key_and_stay_marked_until_decided(site: Site) -> None:
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        grid = await opened(app, pilot, site)
        await pilot.press("1", "8")
        await settle(pilot)
        assert "À vérifier" not in screen_text(app)
        await pilot.press("9")
        await settle(pilot)
        said = "* À vérifier\u00a0: "
        assert said in screen_text(app)
        assert "validées 100 · à valider 239" in screen_text(app)
        await pilot.press("backspace")
        await settle(pilot)
        assert said not in screen_text(app)
        drawn = grid.lines_drawn
        await pilot.press("9")
        await settle(pilot)
        assert grid.lines_drawn - drawn <= 2
        await pilot.press("0")
        await settle(pilot)
        assert "! Refusé" in screen_text(app)
        await pilot.press("backspace", "enter")
        await settle(pilot)
        # Saved all the same, to be validated, with its mark.
        assert site.hours(site.jeanne, JUNE) == (18900, None, "")
        assert "189,00?*" in screen_text(app)
        await pilot.press("up", "j")
        await settle(pilot)
        text = screen_text(app)
        assert "189,00\u00a0h à valider" in text
        assert "* À vérifier" in text
        assert "Aucun fichier" in text
        await pilot.press("escape", "v")
        await settle(pilot)
        assert "dont 1\u00a0ligne avec une remarque" in toasts(app)[-1]
        assert "189,00✓*" not in screen_text(app)


@pytest.mark.parametrize(("keys", "said"), [
    ("9999", "c'est plus de 24\u00a0h par jour"), ("1hh", "n'est pas un nombre d'heures"),
])  # fmt: skip
async def test_a_refused_number_stays_marked_until_it_is_corrected(
    site: Site, keys: str, said: str
) -> None:
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        grid = await opened(app, pilot, site)
        batches = site.one("SELECT count(*) FROM batch")
        await pilot.press(*keys, "enter")
        await settle(pilot)
        text = screen_text(app)
        assert f"{keys}_!]" in text
        assert said in text.replace("\n ", " ")
        assert grid.cursor_row == 0
        await pilot.press("down", "tab")
        assert grid.draft is not None and grid.draft.text == keys
        await settle(pilot)
        grid._tell_draft()
        app.screen.go_back()
        await settle(pilot)
        grid = await opened(app, pilot, site)
        assert "Reprendre votre saisie" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert grid.draft is not None and grid.draft.text == keys
        await pilot.press("backspace", "backspace", "enter")
        await settle(pilot)
        assert site.one("SELECT count(*) FROM batch") == batches + 1
        assert grid.cursor_row == 1
        assert "! Refusé" not in screen_text(app)


async def test_nothing_is_claimed_when_nothing_was_written(site: Site) -> None:
    new_hours(site.base, site.jeanne, JUNE, 70_00, validated=70_00)
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        grid = await opened(app, pilot, site)
        await pilot.press("v")
        await settle(pilot)
        # Neither over hours that were decided, nor where there is nothing to take.
        await pilot.press("=")
        await settle(pilot)
        assert site.hours(site.jeanne, JUNE) == (7000, 7000, "")
        assert grid.cursor_row == 0
        await pilot.press("right", "down", "home", "right", "=")
        await settle(pilot)
        assert [toast.replace("\u00a0", " ") for toast in toasts(app)] == [
            "Rien n'est à valider en juin 2026.",
            "Cette case contient déjà 70,00 h : rien n'a été repris. Videz-la d'abord (touche "
            "Suppr).",
        ]
        assert "enregistré" not in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_three_figures_unfold_where_they_differ(
    site: Site, size: tuple[int, int]
) -> None:
    new_hours(site.base, site.jeanne, JUNE, 70_00, validated=20_00, refusal_reason="doublon",
              comment="vu avec eux")  # fmt: skip
    app = app_on(site.base, "saisie")
    async with running(app, size) as pilot:
        grid = await opened(app, pilot, site)
        text = screen_text(app)
        assert "refusées 50" in text.splitlines()[2]
        assert "rythme" in text.splitlines()[2]
        assert "…" not in text.splitlines()[2]
        said = (
            "70,00\u00a0h déclarées · 20,00\u00a0h validées · 50,00\u00a0h refusées\u00a0: "
            "Heures déjà comptées"
        )
        assert said[: size[0] - 3] in text
        await pilot.press("d")
        await settle(pilot)
        lines = screen_text(app).splitlines()
        here = next(place for place, line in enumerate(lines) if "CANARI" in line)
        assert "70,00!" in lines[here]
        assert ("validées" in lines[here + 1], "20,00" in lines[here + 1]) == (True, True)
        assert ("refusées" in lines[here + 2], "50,00" in lines[here + 2]) == (True, True)
        # The cursor goes from person to person, totals count each hour once.
        await pilot.press("down")
        assert grid.row_key == (site.paul.placement, 1)
        assert grid.total_of_column(JUNE) == 7000
        await pilot.press("3", "up", "d")
        await settle(pilot)
        assert site.hours(site.paul, JUNE) == (300, None, "")
        assert grid.row_key == (site.jeanne.placement, 1)
        assert len(grid.lines) == len(grid.people) == 2


async def test_a_negative_line_is_attached_and_an_estimate_confirmed(site: Site) -> None:
    row = new_hours(site.base, site.paul, JUNE, 30_00)
    write(site.base, [changed("hour_entry", row, "spread", 1)], label="Essai")
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        await opened(app, pilot, site)
        assert "≈30,00?" in screen_text(app)
        await pilot.press("-", "1", "0", "enter")
        await settle(pilot)
        await pilot.press("f2", "enter", "up", "up")
        await settle(pilot)
        assert "≈" not in screen_text(app)
        assert site.one("SELECT sum(spread) FROM hour_entry") == 0
        assert "régularisation à rattacher" in screen_text(app)
        await pilot.press("c")
        await settle(pilot)
        assert "quel mois est corrigé" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert site.one("SELECT corrects FROM hour_entry WHERE declared < 0") == 202605
        assert "régularisation de mai 2026" in screen_text(app)
        await pilot.press("=", "down", "c")
        await settle(pilot)
        assert "Seule une ligne négative" in toasts(app)[-1]


async def test_the_proof_of_a_cell_is_its_file_sheet_and_line(site: Site) -> None:
    file = add(site.base, "source_file", name="releve mai.xlsx", sha256="ab" * 32)
    add(site.base, "source_line", file=file, sheet="Mai", line=12, month=202605, kind=1,
        obligation=site.contract.obligation, placement=site.paul.placement,
        hours=50_00)  # fmt: skip
    app = app_on(site.base, "saisie")
    async with running(app, (120, 40)) as pilot:
        await opened(app, pilot, site, 202605)
        await pilot.press("down", "j")
        await settle(pilot)
        text = screen_text(app)
        assert "releve mai.xlsx · feuille Mai · ligne 12 · 50,00\u00a0h" in text
        assert "abababababab" in text
