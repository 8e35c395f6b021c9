"""Errors: one French sentence, a line in the log, the application goes on; signals."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.widgets import Input, Static

from driving import running, screen_text, settle, toasts
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.vocabulary.errors import UserError
from tui_samples import SampleBase, Sites, sample_app

SENTENCE = "Une erreur est survenue. Votre saisie est gardée. Code"
CANARY = "CANARI"


async def test_an_error_in_an_action_is_one_sentence_and_the_screen_still_works(
    tmp_path: Path,
) -> None:
    log = tmp_path / "suivi.log"
    app = sample_app(log_path=log)
    async with running(app, faults=True) as pilot:
        await pilot.press("a")
        await settle(pilot)
        assert toasts(app)[0].startswith(SENTENCE)
        assert CANARY not in screen_text(app)
        await pilot.press("2")
        await settle(pilot)
        assert app.current_mode == "saisie"
        await pilot.press("ctrl+p", "escape")
        await settle(pilot)
        assert [type(fault) for fault in app.faults] == [ValueError]
    written = log.read_text(encoding="utf-8")
    assert CANARY not in written
    assert "action_fail" in written
    assert log.stat().st_mode & 0o077 == 0


async def test_an_error_in_the_thread_of_the_base_is_one_sentence() -> None:
    app = sample_app()

    def broken(base: Any) -> None:
        raise ValueError(CANARY)

    async with running(app, faults=True) as pilot:
        app.screen.write(broken)
        app.screen.read("x", broken, lambda _: None)
        await settle(pilot)
        assert len(toasts(app)) == 2
        assert all(text.startswith(SENTENCE) for text in toasts(app))
        assert isinstance(app.screen, Sites)


async def test_an_error_in_what_receives_the_answer_is_one_sentence() -> None:
    app = sample_app()

    def broken(answer: int) -> None:
        raise KeyError(CANARY)

    async with running(app, faults=True) as pilot:
        app.screen.read("x", lambda base: 1, broken)
        await settle(pilot)
        assert toasts(app)[0].startswith(SENTENCE)


async def test_a_refusal_is_its_own_sentence() -> None:
    app = sample_app()

    def refused(base: Any) -> None:
        raise UserError("Le disque est plein : 3 Mo manquent. [/b]")

    async with running(app) as pilot:
        app.screen.write(refused)
        await settle(pilot)
        assert toasts(app) == ["Le disque est plein\u00a0: 3 Mo manquent. [/b]"]


async def test_a_screen_that_cannot_be_built_leaves_the_others_usable() -> None:
    app = sample_app(screens={"alertes": "tui_samples:Nowhere", "marches": "tui_samples:Sites"})
    async with running(app, faults=True) as pilot:
        assert toasts(app)[0].startswith(SENTENCE)
        await pilot.press("3")
        await settle(pilot)
        assert isinstance(app.screen, Sites)


class Broken(SuiviScreen[None]):
    """Every way for a screen to fail."""

    heading = "Essai"

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def fail(self, where: str) -> None:
        if self.where == where:
            raise RuntimeError(CANARY)

    def compose_body(self) -> ComposeResult:
        self.fail("compose")
        yield Static("x", markup=False)
        yield Input()

    def load(self) -> None:
        self.fail("load")
        if self.where == "timer":
            self.set_timer(0.001, lambda: self.fail("timer"))
        if self.where == "refresh":
            self.call_after_refresh(self.fail, "refresh")
        if self.where == "next":
            self.call_next(self.fail, "next")
        if self.where == "later":
            self.call_later(self.fail, "later")

    def on_input_changed(self) -> None:
        self.fail("message")


@pytest.mark.parametrize(
    "where", ["compose", "load", "timer", "refresh", "next", "later", "message"]
)
async def test_a_screen_that_fails_anywhere_does_not_end_the_application(where: str) -> None:
    app = sample_app()
    async with running(app, faults=True) as pilot:
        app.push_screen(Broken(where))
        await settle(pilot)
        if where == "message":
            await pilot.press("x")
        for _ in range(50):
            if app.faults:
                break
            await pilot.pause(0.01)
        await settle(pilot)
        assert [type(fault) for fault in app.faults] == [RuntimeError]
        assert toasts(app)[0].startswith(SENTENCE)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, Sites)


async def test_a_widget_of_textual_that_fails_does_not_swallow_the_keys() -> None:
    class Faulty(Input):
        def on_key(self) -> None:
            raise RuntimeError(CANARY)

    class Screen(SuiviScreen[None]):
        def compose_body(self) -> ComposeResult:
            yield Faulty()

    app = sample_app()
    async with running(app, faults=True) as pilot:
        app.push_screen(Screen())
        await settle(pilot)
        await pilot.press("x")
        await settle(pilot)
        assert len(app.faults) == 1
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, Sites)


async def test_an_error_that_repeats_is_not_shown_for_ever() -> None:
    app = sample_app()
    async with running(app, faults=True) as pilot:
        for _ in range(10):
            await pilot.press("a")
        await settle(pilot)
        assert len(toasts(app)) <= 3


async def test_the_answer_to_a_screen_that_is_gone_is_dropped() -> None:
    app = sample_app()
    async with running(app) as pilot:
        other = Broken("nowhere")
        app.push_screen(other)
        await settle(pilot)
        seen: list[int] = []
        other.read("x", lambda base: 1, seen.append)
        app.pop_screen()
        await settle(pilot)
        assert seen in ([], [1])
        other.read("x", lambda base: 2, seen.append)
        await settle(pilot)
        assert 2 not in seen


async def test_the_base_is_closed_after_the_last_act() -> None:
    base, done = SampleBase(), []
    app = sample_app(base=base, final=lambda base: done.append(base.closed))
    async with running(app):
        pass
    assert done == [False]
    assert base.closed


FATAL = """
import sys
sys.path.insert(0, sys.argv[1])
from tui_samples import sample_app
app = sample_app(log_path=None)
how = sys.argv[2]
def fatal():
    name = "Jeanne CANARI"
    try:
        raise RuntimeError(name)
    except RuntimeError as error:
        app._handle_exception(error) if how == "handle" else app._fatal_error()
if how == "style":
    type(app).CSS = "CANARI {"
else:
    app.call_after_refresh(fatal)
app.run(headless=True)
sys.exit(app.return_code or 0)
"""


@pytest.mark.parametrize("how", ["handle", "fatal", "style"])
def test_the_end_by_an_error_prints_a_sentence_and_no_local(how: str) -> None:
    """Pins the private parts of Textual that the error boundary relies on."""
    result = subprocess.run(
        [sys.executable, "-c", FATAL, str(Path(__file__).parent), how],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    output = result.stdout + result.stderr
    assert CANARY not in output
    assert "Traceback" not in output
    assert SENTENCE in output


SIGNALLED = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from tui_samples import sample_app, SampleBase
base = SampleBase()
app = sample_app("saisie", base=base, final=lambda base: print("final"))
def kept():
    app.desk.write(lambda base: print("draft kept", flush=True))
def ready():
    app.screen.keep_draft = kept
    os.kill(os.getpid(), getattr(signal, sys.argv[2]))
app.call_after_refresh(ready)
app.run(headless=True)
print("closed", base.closed)
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows sends no such signal")
@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM"])
def test_a_closed_terminal_keeps_the_draft_and_closes_the_base(name: str) -> None:
    assert hasattr(signal, name)
    result = subprocess.run(
        [sys.executable, "-c", SIGNALLED, str(Path(__file__).parent), name],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert result.stdout.split("\n")[:2] == ["draft kept", "closed True"]


def test_the_debugging_aids_of_textual_are_off() -> None:
    code = (
        "import suivi_tui.tui, textual.constants as c;"
        "print(c.DEBUG, c.LOG_FILE, c.SCREENSHOT_DELAY)"
    )
    environment = {
        **os.environ,
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_LOG": "x",
        "TEXTUAL_SCREENSHOT": "1",
    }
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert result.stdout.strip() == "False None -1"
