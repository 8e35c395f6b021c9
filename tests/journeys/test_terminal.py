"""A real terminal: closed, killed, resized, without colours, without accents."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals exist on POSIX systems only", allow_module_level=True)

from builders import new_base, new_company, new_contract, new_person, new_placement
from suivi_tui.store import integrity
from suivi_tui.store.base import open_base
from terminal import LEFT, Terminal

PEOPLE = 6
# The promise is 250 ms; the rest is what a loaded machine may take to write to its disk.
DRAFT_SECONDS = 0.25 + 0.75
KILLS = 4
DOWN = "\x1b[B"
EMPTY_CELL = re.compile(rb"\[ +\]")
SIZES = ((1, 1), (4, 2), (39, 11), (40, 12), (200, 1), (1, 60), (200, 60), (80, 24))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A contract of this year and the next one, six people; closed."""
    year = date.today().year
    with new_base(tmp_path) as base:
        dates = {"start": f"{year - 1}-01-01", "end": f"{year + 1}-12-31"}
        contract = new_contract(base, company=new_company(base), **dates)
        for number in range(PEOPLE):
            person = new_person(base, last=f"EXEMPLE{number}", first="Alix")
            new_placement(
                base,
                contract,
                person,
                contract_start=dates["start"],
                contract_end=dates["end"],
            )
        return base.path


def saved_and_draft(path: Path) -> tuple[set[int], str]:
    """The hours saved and the half-typed text; the base is sound."""
    with open_base(path) as base:
        assert not [
            item
            for item in integrity.findings(base.connection)
            if item.gravity == integrity.UNSOUND
        ]
        hours = base.connection.execute("SELECT declared FROM hour_entry WHERE removed = 0")
        draft = base.connection.execute("SELECT content FROM draft").fetchall()
        return {row[0] for row in hours}, draft[0][0] if draft else ""


def open_grid(terminal: Terminal) -> None:
    """From the start to the first cell of the grid."""
    terminal.wait_for("Tableau de bord")
    terminal.press("2", "tisseurs")
    terminal.press("\r", "EXEMPLE0")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_closed_terminal_is_given_back_and_loses_nothing(name: str, site: Path) -> None:
    with Terminal(site) as terminal:
        open_grid(terminal)
        terminal.press("12,34\r", "12,34?")
        terminal.press("77", "77_")
        terminal.process.send_signal(getattr(signal, name))
        terminal.end()
        for restored in (LEFT, b"\x1b[?1000l", b"\x1b[?25h"):
            assert restored in terminal.output
        assert b"Traceback" not in terminal.output
    assert saved_and_draft(site) == ({1234}, "77")


def test_a_killed_process_keeps_what_was_saved_and_proposes_the_rest(site: Path) -> None:
    chance, acknowledged, draft = random.Random(7), set(), ""
    for turn in range(KILLS):
        with Terminal(site) as terminal:
            open_grid(terminal)
            if draft:
                terminal.wait_for("interrompue")
                terminal.press("\r", f"{draft}_")
                terminal.press("\x1b", EMPTY_CELL)
            else:
                # Below the cells saved by the turns before.
                for row in range(1, turn + 1):
                    terminal.press(DOWN, f"›EXEMPLE{row}")
            hours = 1000 + turn * 111
            text = f"{hours // 100},{hours % 100:02}"
            terminal.press(f"{text}\r", f"{text}?")
            acknowledged.add(hours)
            typed, shown_at = "", []
            for digit in "1234567890"[: chance.randint(2, 10)]:
                typed += digit
                terminal.press(digit, f"{typed}_")
                shown_at.append(time.monotonic())
                terminal.drain(chance.uniform(0.05, 0.25))
            terminal.process.kill()
            killed_at = time.monotonic()
            terminal.end()
        due = sum(moment < killed_at - DRAFT_SECONDS for moment in shown_at)
        saved, draft = saved_and_draft(site)
        assert saved >= acknowledged
        assert typed.startswith(draft)
        assert len(draft) >= due


def test_any_size_of_window_is_survived(site: Path) -> None:
    with Terminal(site) as terminal:
        terminal.wait_for("Tableau de bord")
        for keys, shown in (("", "suivi.db"), ("\x10", "hercher une commande")):
            if keys:
                terminal.press(keys, shown)
            for size in SIZES:
                since = len(terminal.output)
                terminal.resize(*size)
                if size in ((40, 12), (200, 60)):
                    terminal.wait_for(shown, since)
                elif size == (39, 11):
                    terminal.wait_for("trop petite", since)
                else:
                    terminal.drain(0.1)
                assert terminal.process.poll() is None, size
        terminal.send("\x1b")
        terminal.drain(0.5)
        terminal.press("3", "arch")
        terminal.send("\x11")
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.output
        assert b"Une erreur" not in terminal.output


def test_no_color_is_honoured(site: Path) -> None:
    with Terminal(site, env={"NO_COLOR": "1", "COLORTERM": "truecolor"}) as terminal:
        open_grid(terminal)
        terminal.send("\x11")
        assert terminal.end() == 0
        colours = re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", terminal.output)
        assert colours
        assert all(red == green == blue for red, green, blue in colours)
        assert not re.search(rb"\x1b\[(?:[0-9;]*;)?[34]8;5;", terminal.output)


ASCII_ONLY = {
    "LANG": "C",
    "LC_ALL": "C",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "PYTHONIOENCODING": "ascii",
}


def test_a_terminal_without_accents_is_written_in_ascii(site: Path) -> None:
    with Terminal(site, env=ASCII_ONLY) as terminal:
        terminal.wait_for("Tableau de bord")
        terminal.press("2", "Batisseurs")
        terminal.press("3", "Marches")
        terminal.press("7", "Evaluation")
        terminal.press("?", "Aide")
        terminal.send("\x11")
        assert terminal.end() == 0
        assert bytes(terminal.output).isascii()


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["evaluer"],
        ["alertes"],
        ["verifier"],
        ["exporter", "inconnu"],
        ["restaurer", "x"],
    ],
    ids=" ".join,
)
def test_commands_are_written_in_ascii_where_nothing_else_is_known(
    words: list[str], site: Path
) -> None:
    on_base = [] if words == ["--help"] else ["--base", str(site)]
    done = subprocess.run(
        [sys.executable, "-m", "suivi_tui", *words, *on_base],
        env={**os.environ, **ASCII_ONLY},
        capture_output=True,
        check=False,
        timeout=60,
    )
    said = done.stdout + done.stderr
    assert said
    assert said.isascii()
    assert b"Traceback" not in said
    assert b"??" not in said
