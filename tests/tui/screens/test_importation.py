"""Importing a statement: what is asked, each line shown, nothing written before it is validated."""

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from builders import new_base
from driving import running, screen_text, toasts
from people_samples import app_on, fill, press
from preview_samples import (
    DUPONT,
    HEADER,
    LINES,
    SITE,
    UNIT,
    FakeEngine,
    line,
)
from suivi_tui.actions.statement_import.planned import Candidate, MatchQuestion, Outcome
from suivi_tui.exchange.statement_files.reading import LayoutQuestion
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.dialogs.choose import Choose
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.screens.importation import engine
from suivi_tui.tui.screens.importation.columns import ColumnsScreen
from suivi_tui.tui.screens.importation.lines import PlannedLines, hours_of
from suivi_tui.tui.screens.importation.matches import Given, MatchScreen
from suivi_tui.tui.screens.importation.progress import Progress
from suivi_tui.tui.screens.importation.screen import StatementImport
from suivi_tui.tui.screens.shared.asking import AskingForm
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.text import clean
from tui_samples import HOSTILE


def words(app: SuiviApp) -> str:
    """The screen on one line, single spaces."""
    return " ".join(screen_text(app).replace("\u00a0", " ").split())


def said(app: SuiviApp) -> str:
    """What the line under the list says, once the cursor rests."""
    bar = app.screen.query_one("#line", StatusLine)
    bar.say_now()
    return " ".join(text for text, _ in bar.texts).replace("\u00a0", " ")


def told(app: SuiviApp) -> list[str]:
    """The toasts, with ordinary spaces."""
    return [text.replace("\u00a0", " ") for text in toasts(app)]


async def open_import(pilot: Pilot[Any], path: Path) -> None:
    """From the screen on top, import the file ``path``."""
    path.touch()
    await press(pilot, "i")
    await fill(pilot, path=str(path))


async def test_a_clear_file_is_previewed_then_written_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeEngine().install(monkeypatch)
    app = app_on(new_base(tmp_path), "historique")
    (tmp_path / "autre.ods").touch()
    async with running(app) as pilot:
        await open_import(pilot, tmp_path / "releve.xlsx")
        text = words(app)
        assert "releve.xlsx · expéditeur reconnu : Intérim du Val" in text
        assert "À écrire (touche v) : + 2 nouvelles · ~ 1 modifiée" in text
        assert "Non écrites : = 1 identique · ? 2 douteuses · × 1 écartée" in text
        assert "Colonne jamais lue, par précaution : N° SS" in text
        assert "120,00 → 151,67" in text
        assert "≈ 50,56" in text
        assert "ligne 6 · MARTIN Ève" in said(app)
        assert "v Valider" in text
        await press(pilot, "m")
        assert "Lignes modifiées" in words(app)
        assert "PETIT Noé" in said(app)
        await pilot.pause()
        assert "MARTIN" not in screen_text(app)
        assert "120,00 h avant, 151,67 h après" in said(app)
        await press(pilot, "d", "down", "space")
        assert "· ✓ 1 retenue Non écrites : = 1 identique · ? 1 douteuse" in words(app)
        await press(pilot, "T")
        assert "? 2 douteuses" in words(app)
        await press(pilot, "T")
        assert "T Retenir tout" in words(app)
        assert "✓ 1 retenue" in words(app)
        await press(pilot, "t", "slash", *"faure", "enter")
        assert "n'est pas un nombre d'heures" in said(app)
        assert "MARTIN" not in screen_text(app)
        assert fake.written == []
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, Confirm)
        done = words(app)
        assert "2 lignes nouvelles et 1 ligne modifiée : enregistré." in done
        assert "1 ligne douteuse n'a pas été écrite." in done
        assert "Ctrl+Z, ou l'écran Historique" in done
        assert fake.written == [frozenset({("Octobre 2026", 11)})]
        # Another file of the same folder, the next one first.
        await press(pilot, "o")
        assert isinstance(app.screen, Choose)
        assert app.screen.choices[0].key == "autre.ods"
        await press(pilot, "enter")
        assert isinstance(app.screen, StatementImport)
        assert app.screen.session.path == tmp_path / "autre.ods"
        await press(pilot, "escape")
        assert told(app)[-1] == "Import abandonné : rien n'a été écrit."
        assert len(fake.written) == 1


async def test_what_is_doubtful_is_asked_once_and_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = line(Outcome.DOUBTFUL, 10, "DUPONT Jean", "Qui est-ce ?", question=DUPONT.key)
    fake = FakeEngine((*LINES[:4], asked), (DUPONT, SITE), (UNIT,), sender=None).install(
        monkeypatch
    )
    app = app_on(new_base(tmp_path), "entreprises")
    async with running(app, (120, 40)) as pilot:
        await open_import(pilot, tmp_path / "releve.xlsx")
        assert "Qui a envoyé ce fichier" in words(app)
        await press(pilot, *"val", "enter")
        assert "compte-t-elle des heures ou des jours" in words(app)
        assert "En-tête : N° SS · Nom et prénom" in words(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, MatchScreen)
        assert "? à choisir" in screen_text(app)
        assert "? proposé" in screen_text(app)
        await press(pilot, "enter")
        await press(pilot, *"2001", "enter")
        await press(pilot, "enter")
        await press(pilot, "down", "enter")
        assert app.screen.answers[DUPONT.key] == Given(12, label="DUPONT Jean")
        # The second one was to be left out.
        assert app.screen.answers[SITE.key] == Given(None)
        await press(pilot, "up", "down", "space", "v")
        assert isinstance(app.screen, StatementImport)
        assert fake.asked[-1]["sender"] == 1
        assert fake.asked[-1]["answers"][SITE.key].found == 21
        assert fake.asked[-1]["layouts"]["shape"].answers == {UNIT.key: "heures"}
        assert "à reconnaître" not in words(app)
        # Enter on a line that waits for a question opens that question.
        await press(pilot, "d", "enter")
        assert isinstance(app.screen, MatchScreen)
        assert app.screen.question == DUPONT
        await press(pilot, "escape")
        await press(pilot, "c")
        assert isinstance(app.screen, ColumnsScreen)
        assert "(non lues)" in screen_text(app)
        await press(pilot, "end", "enter")
        await press(pilot, *"commen", "enter")
        await press(pilot, "v")
        assert fake.asked[-1]["layouts"]["shape"].answers["role/divers"] == "commentaire"
        assert fake.written == []


async def test_a_sender_that_the_file_proposes_may_be_said_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FakeEngine().install(monkeypatch)
    app = app_on(new_base(tmp_path), "historique")
    async with running(app) as pilot:
        await open_import(pilot, tmp_path / "releve.xlsx")
        assert "expéditeur reconnu : Intérim du Val" in words(app)
        await press(pilot, "o", *"inconnu", "enter")
        assert "expéditeur : inconnu" in words(app)
        assert isinstance(app.screen, StatementImport)
        assert (app.screen.session.sender_said, app.screen.session.sender) == (True, None)


async def test_a_question_put_off_leaves_everything_unwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeEngine(questions=(DUPONT, SITE), layout_questions=(UNIT,)).install(monkeypatch)
    app = app_on(new_base(tmp_path), "historique")
    async with running(app) as pilot:
        await open_import(pilot, tmp_path / "releve.xlsx")
        await press(pilot, "escape")
        assert "1 question sur les colonnes : touche c · 2 noms à reconnaître" in words(app)
        # A doubtful column is settled before anything is written.
        await press(pilot, "v")
        assert "compte-t-elle" in words(app)
        assert fake.written == []
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, MatchScreen)
        await press(pilot, "a")
        assert "1 proposition confirmée · 1 réponse reste à choisir." in told(app)
        await press(pilot, "escape")
        await press(pilot, "i")
        await press(pilot, *"dossier", "enter")
        # Another file instead: this one is left, the form asks which.
        assert isinstance(app.screen, AskingForm)
        assert len(app.screen_stack) == 2
        assert fake.written == []


async def test_a_reading_is_given_up_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeEngine().install(monkeypatch)
    gate = threading.Event()

    def slow(path: Path) -> Any:
        gate.wait(20)
        return fake.open_file(path)

    monkeypatch.setattr(engine, "open_file", slow)
    app = app_on(new_base(tmp_path), "historique")
    async with running(app) as pilot:
        path = tmp_path / "releve.xlsx"
        path.touch()
        app.push_screen(StatementImport(path))
        await pilot.pause()
        await pilot.pause()
        assert "Échap abandonne : rien n'est écrit." in words(app)
        assert "Ouverture du fichier…" in words(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, StatementImport)
        assert told(app) == ["Rien n'a été écrit."]
        gate.set()
        await press(pilot, "down")
        assert fake.asked == []


async def test_a_refused_file_comes_back_in_the_form(tmp_path: Path) -> None:
    app = app_on(new_base(tmp_path), "historique")
    path = tmp_path / "releve.xlsx"
    async with running(app) as pilot:
        await open_import(pilot, path)
        assert "il est vide" in words(app)
        path.write_bytes(b"PK\x03\x04 rien de plus")
        await press(pilot, "ctrl+s")
        assert "n'a pas été lu" in words(app)
        assert not app.faults


async def test_hostile_texts_are_shown_and_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = tuple(
        line(Outcome.DOUBTFUL, 6 + place, text, text, where=text, acceptable=True)
        for place, text in enumerate(HOSTILE)
    )
    questions = tuple(
        MatchQuestion(("participant", text), text, (Candidate(place, text, text),), place,
                      False, 1)
        for place, text in enumerate(HOSTILE)
    )  # fmt: skip
    doubt = LayoutQuestion(HOSTILE[0], HOSTILE[1], ((HOSTILE[2], HOSTILE[3]),), HOSTILE[2])
    header = (*HOSTILE[:4], HEADER[4])
    FakeEngine(lines, questions, (doubt,), header=header, name=HOSTILE[2]).install(monkeypatch)
    app = app_on(new_base(tmp_path), "historique")
    async with running(app, (120, 40)) as pilot:
        await open_import(pilot, tmp_path / "[bold]é[.xlsx")
        assert "[bold red]x" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, MatchScreen)
        assert "[@click=app.quit]DUPONT[/]" in screen_text(app)
        await press(pilot, "enter", "enter", "escape")
        text = screen_text(app)
        for hostile in ("[/b]", "=1+1", "[x] fait [sic]", clean(HOSTILE[6])):
            assert hostile in text
        await press(
            pilot, "space", "c", "enter", "escape", "escape", "a", "escape", "question_mark"
        )
        assert "\x1b" not in screen_text(app)
        assert app.is_running


def test_a_long_file_is_paged_and_filtered() -> None:
    lines = [line(Outcome.NEW, number, f"PINSON {number:05}") for number in range(5_000)]
    source = PlannedLines(lines, set())
    first = source.fetch(None, None, None, 100, None, "")
    assert [row.id for row in first] == list(range(100))
    assert source.fetch(None, (99,), None, 2, None, "")[0].id == 100
    assert [row.id for row in source.fetch(None, None, (100,), 2, None, "")] == [98, 99]
    assert source.count(None, "pinson 0499") == 11
    assert source.fetch(None, None, None, 5, None, "04999")[0].id == 4_999


@pytest.mark.parametrize(
    ("before", "after", "outcome", "text"),
    [
        (None, 151_67, Outcome.NEW, "151,67"),
        (120_00, 151_67, Outcome.CHANGED, "120,00 → 151,67"),
        (35_00, 35_00, Outcome.IDENTICAL, "35,00"),
        (35_00, None, Outcome.CHANGED, "35,00 → rien"),
        (None, None, Outcome.LEFT_OUT, ""),
    ],
)
def test_hours_before_and_after(
    before: int | None, after: int | None, outcome: Outcome, text: str
) -> None:
    values = [None if value is None else Hours(value) for value in (before, after)]
    assert hours_of(line(outcome, 1, before=values[0], after=values[1])) == text


def test_progress_is_drawn_and_stops_the_work() -> None:
    from suivi_tui.exchange.statement_files.declared import Cancelled

    progress = Progress("Lecture")
    assert progress.text() == "Lecture…"
    progress(5_000, 20_000)
    assert progress.text().replace("\u00a0", " ") == (
        "Lecture : ██████░░░░░░░░░░░░░░░░░░ 25 % (5 000 sur 20 000)"
    )
    progress.stopped = True
    with pytest.raises(Cancelled):
        progress(6_000, 20_000)
