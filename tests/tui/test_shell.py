"""The shell: screens by digit, palette, help, footer, toasts, window, texts in French."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from driving import running, screen_text, settle, toasts
from suivi_tui.tui import commands
from suivi_tui.tui.dialogs.choose import Choose
from suivi_tui.tui.dialogs.help import HelpDialog
from suivi_tui.tui.dialogs.palette import Palette
from suivi_tui.tui.dialogs.too_small import TooSmall
from suivi_tui.tui.plain import shown
from suivi_tui.tui.themes import theme_label
from suivi_tui.tui.widgets.bars import FooterBar
from suivi_tui.tui.widgets.paged_list import PagedList
from tui_samples import HOSTILE, Sites, sample_app, search

ENGLISH = re.compile(
    r"\b(search|commands?|quit|keys|help|theme|dark|light|screenshot|maximize|minimize|palette"
    r" commands|no matches|found|select|press|save|cancel|close|the|and|error|show|hide|copy"
    r"|focus|next|previous|loading|yes|no|ok|submit|must|invalid|value)\b",
    re.IGNORECASE,
)
PACKAGE = Path(commands.__file__).parent


async def test_digits_change_screen_and_only_those_that_exist() -> None:
    app = sample_app()
    async with running(app) as pilot:
        await pilot.press("2")
        await settle(pilot)
        assert app.current_mode == "saisie"
        await pilot.press("ctrl+p")
        await settle(pilot)
        labels = [choice.label for choice in app.screen.choices]
        assert "Marchés" in labels
        assert "Participants" not in labels


async def test_a_digit_of_a_screen_that_does_not_exist_does_nothing() -> None:
    app = sample_app()
    async with running(app) as pilot:
        await pilot.press("4")
        await settle(pilot)
        assert app.current_mode == "marches"


@pytest.mark.parametrize("typed", ["echeance", "ÉCHÉANCES", "eché"])
async def test_the_palette_folds_accents_both_ways(typed: str) -> None:
    app = sample_app()
    async with running(app) as pilot:
        await pilot.press("ctrl+p")
        await settle(pilot)
        app.screen.query_one(Input).value = typed
        await settle(pilot)
        assert [choice.label for choice in app.screen.found] == ["Échéances"]
        await pilot.press("enter")
        await settle(pilot)
        assert toasts(app) == ["échéances vues"]


async def test_the_palette_says_in_french_that_nothing_matches() -> None:
    app = sample_app()
    async with running(app) as pilot:
        await pilot.press("ctrl+p")
        await settle(pilot)
        assert isinstance(app.screen, Palette)
        assert "Chercher une commande…" in screen_text(app)
        app.screen.query_one(Input).value = "xyzxyz"
        await settle(pilot)
        assert "Aucun résultat" in screen_text(app)
        await pilot.press("enter")
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, Sites)


async def test_help_is_one_text_made_from_the_commands() -> None:
    app = sample_app()
    async with running(app) as pilot:
        await pilot.press("question_mark")
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, HelpDialog)
        for word in ("Les chantiers de l'essai.", "Provoquer une erreur.", "Ctrl+P", "Filtrer"):
            assert word in dialog.text
        assert "annuler" not in dialog.text.lower()  # no undo function was given
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, Sites)


@pytest.mark.parametrize("width", [80, 120])
async def test_the_footer_holds_six_labels_at_most_and_always_help(width: int) -> None:
    for first in ("marches", "saisie"):
        app = sample_app(first, undo_last=lambda base: "", search=search)
        async with running(app, size=(width, 24)):
            labels = [command.label for command, _ in app.screen.query_one(FooterBar)._labels()]
            assert 3 <= len(labels) <= 6
            assert "Aide" in labels
            line = screen_text(app).splitlines()[-1]
            assert all(label in line for label in labels)


async def test_undo_says_what_was_undone_and_reads_again() -> None:
    app = sample_app(undo_last=lambda base: "Annulé : 12,50 h.")
    async with running(app) as pilot:
        asked = app.screen.source.asked
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert toasts(app) == ["Annulé\u00a0: 12,50\u00a0h."]
        assert app.data_version == 1
        assert asked  # the list of the sample is read by its own reload


async def test_going_to_a_record_by_a_few_letters() -> None:
    app = sample_app("saisie", search=search)
    async with running(app) as pilot:
        await pilot.press("ctrl+o")
        await settle(pilot)
        app.screen.query_one(Input).value = "0042"
        await pilot.pause()
        app.screen.search_now()
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert app.current_mode == "marches"
        assert app.screen.opened == 43


async def test_letters_belong_to_text_fields() -> None:
    app = sample_app()
    async with running(app) as pilot:
        await pilot.press("ctrl+p", "q", "2", "e")
        await settle(pilot)
        assert app.is_running
        assert app.screen.query_one(Input).value == "q2e"


async def test_themes_are_chosen_in_french_and_remembered() -> None:
    chosen: list[str] = []
    app = sample_app(remember_theme=chosen.append)
    async with running(app) as pilot:
        app.action_choose_theme()
        await settle(pilot)
        assert isinstance(app.screen, Choose)
        assert not ENGLISH.search(" ".join(choice.label for choice in app.screen.choices))
        app.screen.query_one(Input).value = "suivi clair"
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert app.theme == "suivi-clair"
        assert chosen == ["suivi-clair"]


def test_an_unknown_theme_falls_back() -> None:
    assert sample_app(theme="nothing").theme == "suivi-sombre"
    assert theme_label("textual-dark") == "Textual sombre"


async def test_toasts_are_never_markup() -> None:
    app = sample_app()
    async with running(app, size=(120, 60)) as pilot:
        for text in HOSTILE[:4]:
            app.screen.notify_plain(text)
            app.notify(text, title=text, markup=True)
        await settle(pilot)
        shown_text = screen_text(app)
        for text in HOSTILE[:4]:
            assert shown(text) in shown_text


@pytest.mark.parametrize("size", [(39, 24), (80, 11), (4, 2), (1, 1)])
async def test_a_window_too_small_shows_one_plain_screen(size: tuple[int, int]) -> None:
    app = sample_app()
    async with running(app, size=size) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, TooSmall)
        await pilot.press("ctrl+p", "2", "question_mark")
        await settle(pilot)
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert isinstance(app.screen, Sites)
        await pilot.resize_terminal(*size)
        await settle(pilot)
        assert isinstance(app.screen, TooSmall)


async def test_the_smallest_window_holds_every_part_of_the_shell() -> None:
    app = sample_app(search=search)
    async with running(app, size=(40, 12)) as pilot:
        for keys in (["question_mark"], ["ctrl+p"], ["ctrl+o"]):
            await pilot.press(*keys)
            await settle(pilot)
            await pilot.press("escape")
            await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        assert "Personne 0" in screen_text(app)


async def test_no_english_word_anywhere_in_the_shell() -> None:
    app = sample_app(search=search, undo_last=lambda base: "Annulé.", read_only=False)
    async with running(app) as pilot:
        seen = [screen_text(app)]
        for key in ("question_mark", "ctrl+p", "ctrl+o"):
            await pilot.press(key)
            await settle(pilot)
            seen.append(screen_text(app))
            await pilot.press("escape")
            await settle(pilot)
        await pilot.press("slash")
        seen.append(screen_text(app))
        await pilot.press("escape", "ctrl+c")
        await settle(pilot)
        seen.append(screen_text(app))
        await pilot.press("2")
        await settle(pilot)
        seen.append(screen_text(app))
        for text in seen:
            assert not ENGLISH.search(text), ENGLISH.search(text)


def test_no_english_word_in_the_declarations() -> None:
    for scope in commands.SCOPES.values():
        for command in scope:
            text = f"{command.label} {command.help} {command.group} {command.all_keys}"
            assert not ENGLISH.search(text), text
            assert len(command.label) <= 26


async def test_read_only_is_written_in_the_title() -> None:
    app = sample_app(read_only=True, undo_last=lambda base: "")
    async with running(app):
        first = screen_text(app).splitlines()[0]
        assert "Lecture seule" in first
        assert "Marchés" in first
        assert "essai.sqlite" in first
        assert "Annuler" not in screen_text(app).splitlines()[-1]


async def test_a_terminal_without_utf8_gets_what_it_can_write() -> None:
    app = sample_app("saisie", encoding="ascii")
    async with running(app) as pilot:
        assert app.get_line_filters()[-1].text("Échéances ✓ 日 ›") == "Echeances v ?? >"
        await settle(pilot)


async def test_the_screen_works_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = sample_app()
    async with running(app):
        assert "›Chantier 0000" in screen_text(app)


async def test_a_screen_holds_few_widgets() -> None:
    app = sample_app()
    async with running(app):
        assert len(app.screen.query("*")) <= 100
        assert len(app.screen.query(PagedList)) == 1


def test_the_style_sheets_stay_small() -> None:
    texts = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.tcss")]
    texts += re.findall(
        r'DEFAULT_CSS = "(.*)"',
        "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")),
    )
    assert sum(text.count("{") for text in texts) < 300


FIRST_PAINT = """
import sys
sys.path.insert(0, sys.argv[1])
from tui_samples import sample_app
app = sample_app()
heavy = []
def painted():
    names = ("sqlmodel", "sqlalchemy", "pydantic", "markdown_it", "openpyxl", "rich.markdown",
             "rich.traceback", "rich.syntax", "pygments", "textual.widgets._markdown",
             "textual.widgets._data_table", "textual.widgets._text_area",
             "textual.widgets._footer", "textual.widgets._header")
    heavy.extend(name for name in names if name in sys.modules)
    app.exit()
app.call_after_refresh(painted)
app.run(headless=True)
print(heavy)
"""


def test_the_first_paint_imports_nothing_heavy() -> None:
    result = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(Path(__file__).parent)],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip().splitlines()[-1] == "[]"
