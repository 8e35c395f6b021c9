"""A sender's own files, from the key « i » to the base and back: read, asked, written, undone."""

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from builders import new_person, new_placement
from driving import running, screen_text, toasts
from people_samples import TODAY, Town, app_on, fill, press
from suivi_tui.store.base import Base
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.screens.importation import engine
from suivi_tui.tui.screens.importation.matches import MatchScreen
from suivi_tui.tui.screens.importation.profiles import ImportProfiles
from suivi_tui.tui.screens.importation.progress import Progress
from suivi_tui.tui.screens.importation.screen import StatementImport
from suivi_tui.tui.screens.importation.session import Session
from suivi_tui.vocabulary.months import Month
from tui_samples import HOSTILE

HOURS = "SELECT sum(declared), count(*) FROM hour_entry WHERE removed = 0"
KEYS = ("home", "end", "down", "enter", "escape", "space", "ctrl+z", "v", "d", "r", "o")
HEADER = ("N° de sécurité sociale", "Salarié", "N° marché", "Mois", "Heures")


def rows(base: Base, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything that some tables hold and that is not removed."""
    tables = tables or ("hour_entry", "participant", "work_contract", "placement", "statement",
                        "source_line", "import_profile", "match_memory")  # fmt: skip
    return {
        table: sorted(base.connection.execute(f"SELECT * FROM {table} WHERE removed = 0"), key=repr)
        for table in tables
    }


def write_workbook(path: Path, lines: list[tuple[object, ...]]) -> Path:
    """A sheet with a title over its table."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Juin")
        sheet.write_string(0, 0, "Relevé d'heures")
        for place, line in enumerate([HEADER, *lines]):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    sheet.write_string(2 + place, column, value)
                else:
                    sheet.write(2 + place, column, value)
    return path


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """The town, with three people of the agency, two of them of one name."""
    made = Town(tmp_path)
    for last, birth in (("GEAI", "1985-06-01"), ("HIBOU", "1990-05-17"), ("HIBOU", "2001-03-02")):
        person = new_person(made.base, last=last, first="Max", birth=birth)
        new_placement(made.base, made.contract, person, employer=made.agency, start="2026-01-01")
    return made


async def steps(pilot: Pilot[Any], *keys: str) -> None:
    """Keys that open or close a screen, each one done before the next; others as a word."""
    for key in keys:
        await press(pilot, *([key] if key in KEYS else key))


async def answer_the_twin(pilot: Pilot[Any]) -> None:
    """The second twin; the unknown person is left out."""
    await steps(pilot, "home", "enter", "2001", "enter", "enter", "laisser", "enter", "v")


async def test_a_statement_with_a_homonym_then_the_same_again_then_undone(
    town: Town, tmp_path: Path
) -> None:
    lines: list[tuple[object, ...]] = [
        ("290056912345678", "GEAI Max", "2026-01", "juin 2026", 35.5),
        ("", "Paul MOINEAU", "2026-01", "mai 2026", "61h30"),
        ("", "HIBOU Max", "2026-01", "juin 2026", 20.5),
        ("", HOSTILE[2], "2026-01", "juin 2026", 7.25),
    ]
    path = write_workbook(tmp_path / "Intérim du Val juin.xlsx", lines)
    base, before = town.base, rows(town.base)
    app = app_on(base, "historique")
    async with running(app, (120, 40)) as pilot:
        await press(pilot, "i")
        await fill(pilot, path=str(path))
        assert isinstance(app.screen, MatchScreen)
        text = screen_text(app)
        assert "HIBOU Max" in text
        assert HOSTILE[2] in text
        await answer_the_twin(pilot)
        assert isinstance(app.screen, StatementImport)
        text = screen_text(app).replace("\u00a0", " ")
        assert "expéditeur reconnu : Intérim du Val" in text
        assert "À écrire (touche v) : + 2 nouvelles" in text
        assert "Non écrites : ? 1 douteuse · × 1 écartée" in text
        assert "Colonne jamais lue, par précaution : N° de sécurité sociale" in text
        assert "50,00 → 61,50" in text
        # Given up: the base is what it was.
        await press(pilot, "escape")
        assert rows(base) == before
        assert toasts(app)[-1].startswith("Import abandonné")
        # Again, to the end; hours typed by hand are replaced only when the person says so.
        await press(pilot, "i")
        await fill(pilot, path=str(path))
        await answer_the_twin(pilot)
        await steps(pilot, "d", "space", "v")
        assert isinstance(app.screen, Confirm)
        declared, count = base.connection.execute(HOURS).fetchone()
        assert (declared, count) == (100_00 + 61_50 + 35_50 + 20_50, 4)
        assert "290056912345678" not in "\n".join(base.connection.iterdump())
        # The same file: nothing is asked, nothing changes.
        await steps(pilot, "o", "intérim", "enter")
        assert isinstance(app.screen, StatementImport)
        text = screen_text(app).replace("\u00a0", " ")
        assert "Ce fichier n'apporte rien de nouveau : rien à écrire." in text
        await steps(pilot, "v", "r")
        assert "✓ retenu" in screen_text(app)
        assert "laissé de côté" in screen_text(app)
        await steps(pilot, "escape", "escape", "ctrl+z")
        assert rows(base) == before


async def test_a_doubtful_table_makes_a_profile_that_is_edited(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "pointage.csv"
    path.write_text("Nom;Prénom;Qté\nCANARI;Jeanne;12\n", encoding="cp1252")
    app = app_on(town.base, "entreprises")
    async with running(app) as pilot:
        await press(pilot, "i")
        # Nothing in its columns says what it is: no hours of ours, and yet it is a statement.
        await fill(pilot, path=str(path), kind="Heures")
        assert "Qui a envoyé ce fichier" in screen_text(app)
        await press(pilot, *"intérim", "enter")
        for _ in range(4):
            if isinstance(app.screen, MatchScreen):
                break
            await press(pilot, "enter")
        # The table does not say where the hours were worked.
        assert isinstance(app.screen, MatchScreen)
        await steps(pilot, "enter", "enter", "v")
        assert isinstance(app.screen, StatementImport)
        assert not app.screen.session.layout_questions
        # Hours already decided are replaced only when the person says so.
        await steps(pilot, "space", "v", "escape")
        assert town.one("SELECT count(*) FROM import_profile WHERE removed = 0") == 1
        app.push_screen(ImportProfiles())
        await steps(pilot, "down", "enter", "end", "enter", "jours", "enter")
        assert '"jours"' in town.one("SELECT layout FROM import_profile WHERE removed = 0")


async def test_our_own_form_comes_back_without_a_question(town: Town, tmp_path: Path) -> None:
    from suivi_tui.actions.statement_forms import write_form

    path = write_form(town.base, town.agency, Month(202606), tmp_path / "formulaire.xlsx")
    app = app_on(town.base, "entreprises")
    async with running(app) as pilot:
        await press(pilot, "i")
        await fill(pilot, path=str(path))
        assert isinstance(app.screen, StatementImport)
        assert "expéditeur reconnu\u00a0: Intérim du Val" in screen_text(app)


def test_a_reading_that_is_stopped_gives_no_plan(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("Nom;Prénom;Mois;Heures\n" + "CANARI;Jeanne;2026-06;1\n" * 600, "utf-8")
    session, progress = Session(path), Progress("Lecture")
    session.workbook = engine.open_file(path)
    ask = engine.question_of(session, TODAY, progress)
    plan = ask(town.base)
    assert plan is not None
    assert (progress.done, len(plan.lines)) == (progress.total, 600)
    progress.stopped = True
    assert ask(town.base) is None
