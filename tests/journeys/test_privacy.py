"""Names stay in the base: whatever fails, none reaches a log, a crash, a file name, stderr."""

import asyncio
import logging
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

import suivi_tui
from builders import (
    new_base,
    new_buyer,
    new_company,
    new_contract,
    new_hours,
    new_operation,
    new_person,
    new_placement,
)
from driving import running, screen_text, settle, toasts
from journey import DIGITS, TODAY, heading, press, rendered, type_text, wired
from suivi_tui import paths
from suivi_tui.cli import REFUSED, main
from suivi_tui.store.base import Base
from suivi_tui.store.journal import created, write

CANARY = "ZZCANARI"
UNEXPECTED = "Une erreur"


@pytest.fixture(autouse=True, scope="module")
def everything_imported() -> None:
    """A room first imported while another is broken would keep the broken function for good."""
    for module in pkgutil.walk_packages(suivi_tui.__path__, "suivi_tui."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


@pytest.fixture
def nest(tmp_path: Path) -> Path:
    """A small base where every name is a canary."""
    folder = tmp_path / "base"
    folder.mkdir()
    with new_base(folder) as base:
        buyer = new_buyer(base, name=f"{CANARY} Ville")
        company = new_company(base, name=f"{CANARY} BTP")
        contract = new_contract(
            base,
            buyer=buyer,
            company=company,
            operation=new_operation(base, buyer, name=f"{CANARY} Nord"),
            number=f"{CANARY}-1",
            facilitator=f"{CANARY} Alix",
        )
        for first in ("Alix", "Sacha"):
            person = new_person(base, last=CANARY, first=f"{CANARY}{first}", mail=f"{CANARY}@x.fr")
            placement = new_placement(base, contract, person)
            new_hours(base, placement, 202609, 100_00, comment=f"{CANARY} absent")
        contact = {"company": company, "name": f"{CANARY} Chef", "phone": CANARY}
        write(base, [created("contact", base.new_id(), contact)], label=f"Contact {CANARY}")
        return base.path


def files_of(*folders: Path) -> Iterable[Path]:
    """Every file under some folders."""
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file())


def assert_no_canary(*texts: str, folders: Iterable[Path], base: Path) -> None:
    """Neither in these texts, nor in a file beside the base, nor in the name of any file."""
    for text in texts:
        assert CANARY.lower() not in text.lower()
    kept = {base, *base.parent.glob(f"{base.name}-*"), *paths.backup_directory(base).glob("*")}
    for path in files_of(*folders):
        assert CANARY.lower() not in str(path).lower()
        if path not in kept:
            assert CANARY.encode() not in path.read_bytes(), path


def broken(*arguments: Any, **_: Any) -> Any:
    """Fails with a name in its message, in a local variable and in its cause."""
    person = f"{CANARY} Alix"
    try:
        raise KeyError(person)
    except KeyError as error:
        raise ValueError(f"{person} cannot be read: {arguments!r}") from error


READINGS = {
    "1": "suivi_tui.readings.today.read_today",
    "2": "suivi_tui.readings.wall.wall",
    "3": "suivi_tui.store.queries.contracts.contracts_page",
    "4": "suivi_tui.store.queries.people.participants_page",
    "5": "suivi_tui.store.queries.companies.companies_page",
    "6": "suivi_tui.readings.alerts.read_alerts",
    "7": "suivi_tui.readings.evaluation.evaluate",
    "0": "suivi_tui.store.queries.history.batches_page",
}


async def test_broken_readings_tell_a_code_and_nothing_else(
    nest: Path,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for place in READINGS.values():
        monkeypatch.setattr(place, broken, raising=False)
    app = wired(nest)
    async with running(app, faults=True) as pilot:
        for digit in DIGITS:
            await press(pilot, digit)
            assert app.is_running
        assert app.faults
        assert any(UNEXPECTED in toast for toast in toasts(app))
        assert CANARY not in "".join(toasts(app))
    said = capfd.readouterr()
    assert paths.log_file().exists()
    assert "ValueError" in paths.log_file().read_text("utf-8")
    assert_no_canary(said.out, said.err, caplog.text, folders=[own_home, nest.parent], base=nest)


async def test_a_widget_that_cannot_draw_tells_no_name(
    nest: Path,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("suivi_tui.tui.widgets.paged_list.PagedList.draw_row", broken)
    app = wired(nest)
    async with running(app, faults=True) as pilot:
        await press(pilot, "4")
        assert CANARY not in rendered(app)
    said = capfd.readouterr()
    assert app.faults
    assert_no_canary(said.out, said.err, folders=[own_home, nest.parent], base=nest)


def test_a_crash_of_the_application_tells_no_name(
    nest: Path,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("suivi_tui.tui.app.SuiviApp.CSS", f"{CANARY} {{")
    app = wired(nest)
    app.run(headless=True)
    said = capfd.readouterr()
    assert app.return_code == 1
    assert UNEXPECTED in said.out + said.err
    assert "Traceback" not in said.out + said.err
    assert_no_canary(said.out, said.err, folders=[own_home, nest.parent], base=nest)


async def test_an_error_outside_any_handler_tells_no_name(
    nest: Path, own_home: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    app = wired(nest)
    async with running(app, faults=True) as pilot:
        asyncio.get_running_loop().call_soon(broken)
        await settle(pilot)
        assert any(UNEXPECTED in toast for toast in toasts(app))
    said = capfd.readouterr()
    assert_no_canary(said.out, said.err, caplog.text, folders=[own_home, nest.parent], base=nest)


async def test_a_full_disk_while_hours_are_typed_tells_no_name(
    nest: Path, own_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def fill_disk(base: Base) -> None:
        pages = base.connection.execute("PRAGMA page_count").fetchone()[0]
        base.connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()

    app = wired(nest)
    async with running(app) as pilot:
        app.desk.write(fill_disk)
        await press(pilot, "2", "enter")
        assert heading(app.screen) == "Grille d'un déclarant"
        for turn in range(200):
            await type_text(pilot, f"{turn % 9 + 1}")
            await press(pilot, "up" if turn % 2 else "enter")
            if toasts(app):
                break
        assert "Le disque est plein" in toasts(app)[0]
        assert CANARY not in "".join(toasts(app))
        assert CANARY in screen_text(app)
    said = capfd.readouterr()
    assert_no_canary(said.out, said.err, folders=[own_home, nest.parent], base=nest)


def corrupted(base: Path, first: int) -> None:
    """Half of the pages from ``first`` on are destroyed; the header stays."""
    content = bytearray(base.read_bytes())
    for page in range(first, len(content) // 4096, 2):
        content[page * 4096 : page * 4096 + 2048] = b"\xa5" * 2048
    base.write_bytes(content)


COMMANDS = (
    ["alertes", "--json"],
    ["evaluer", "--json"],
    ["verifier"],
    ["exporter", "marches"],
    ["exporter", "heures"],
    ["exporter", "synthese"],
    ["sauvegarder"],
)


@pytest.mark.parametrize("first", [1, 4, 12, 30])
def test_a_corrupted_base_tells_no_name_in_messages(
    first: int, nest: Path, own_home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    corrupted(nest, first)
    people = tmp_path / "personnes.csv"
    people.write_text("participant;nom\nP9;Autre\n", "utf-8")
    for words in (*COMMANDS, ["importer", "participants", str(people)]):
        main([*words, "--base", str(nest)])
        said = capfd.readouterr()
        assert "Traceback" not in said.err
        assert_no_canary(said.err, folders=[own_home], base=nest)


async def test_a_base_corrupted_while_it_is_open_tells_no_name(
    nest: Path, own_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    app = wired(nest)
    async with running(app, faults=True) as pilot:
        app.desk.write(lambda base: base.checkpoint())
        await settle(pilot)
        corrupted(nest, 2)
        app.desk.write(lambda base: base.connection.execute("PRAGMA cache_size = 1").fetchall())
        for digit in DIGITS:
            await press(pilot, digit)
            assert app.is_running
        assert CANARY not in "".join(toasts(app))
    said = capfd.readouterr()
    assert_no_canary(said.out, said.err, folders=[own_home], base=nest)


def test_broken_commands_tell_a_code_and_no_name(
    nest: Path,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for place in (
        "suivi_tui.readings.alerts.read_alerts",
        "suivi_tui.readings.evaluation.evaluate",
        "suivi_tui.actions.export.export_table",
        "suivi_tui.actions.keeping.verify",
        "suivi_tui.actions.keeping.save_copy",
    ):
        monkeypatch.setattr(place, broken)
    for words in (["alertes"], ["evaluer"], ["exporter", "marches"], ["verifier"], ["sauvegarder"]):
        assert main([*words, "--base", str(nest)]) == REFUSED
        said = capfd.readouterr()
        assert UNEXPECTED in said.err
        assert_no_canary(said.out, said.err, folders=[own_home, nest.parent], base=nest)
    assert paths.log_file().exists()


async def test_files_that_are_proposed_are_named_after_no_one(nest: Path) -> None:
    app = wired(nest)
    async with running(app) as pilot:
        for digit in DIGITS:
            for keys in ((), ("enter",)):
                await press(pilot, digit, *keys, "e")
                names = [item.value for item in app.screen.query(Input)]
                assert CANARY not in "".join(names), (digit, keys)
                if app.faults:
                    raise AssertionError((digit, keys)) from app.faults[0]
                await press(pilot, "escape", "escape")


HEADLESS = """
import sys
from datetime import date
from pathlib import Path
from suivi_tui.tui.start import application
app = application(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
app.call_later(app.call_after_refresh, app.exit)
app.run(headless=True)
"""


def test_the_debugging_of_textual_is_never_on(nest: Path, own_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "travail"
    folder.mkdir()
    asked = {
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_LOG": str(folder / "textual.log"),
        "TEXTUAL_SCREENSHOT": "0.1",
        "TEXTUAL_SCREENSHOT_LOCATION": str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-c", HEADLESS, str(nest), TODAY.isoformat()],
        cwd=folder,
        env={**os.environ, **asked},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert list(files_of(folder)) == []
    assert CANARY.encode() not in done.stdout + done.stderr
