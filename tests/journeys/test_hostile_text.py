"""Hostile texts in every text column of every table: shown as ``clean`` leaves them, inert."""

import csv
import re
from pathlib import Path

import pytest

from driving import running, settle
from hostile import TEXTS, hostile_base
from journey import DIGITS, SIZES, TODAY, Look, Walk, press, wired
from suivi_tui.actions.export import EXPORTS, export_table
from suivi_tui.actions.importing import import_files
from suivi_tui.cli import main
from suivi_tui.exchange.columns import Column, ColumnType
from suivi_tui.exchange.columns_contracts import CONTRACT_COLUMNS
from suivi_tui.exchange.columns_hours import HOUR_COLUMNS
from suivi_tui.exchange.columns_participants import PARTICIPANT_COLUMNS
from suivi_tui.store.base import create_base, open_base
from suivi_tui.vocabulary.text import clean
from suivi_tui.vocabulary.typography import displayed

NARROW, WIDE = SIZES
# C0 but the end of a line, DEL, C1, marks of direction, zero-width, tags.
ACTING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
TABLES = {
    "marches": CONTRACT_COLUMNS.columns,
    "participants": PARTICIPANT_COLUMNS.columns,
    "heures": HOUR_COLUMNS.columns,
}
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
FREE = frozenset((ColumnType.TEXT,))


@pytest.fixture(scope="module", params=[False, True], ids=["texts", "codes-and-dates-too"])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("codes" if request.param else "texts")
    return hostile_base(folder / "essai.db", codes_too=request.param)


def inert(look: Look) -> None:
    """Nothing of what the terminal is given can act on it."""
    found = ACTING.search(look.text)
    assert found is None, f"{look.path} : {found.group()!r}"


@pytest.mark.parametrize("digit", DIGITS)
async def test_every_screen_shows_hostile_texts_as_they_are_cleaned(
    digit: str, base: Path, tmp_path: Path
) -> None:
    path = tmp_path / "essai.db"
    path.write_bytes(base.read_bytes())
    app = wired(path)
    async with running(app, WIDE) as pilot:
        walk = Walk(pilot, look_at=inert, choices=False, typing=False)
        await walk.go(digit, digit)
        await walk.crawl(digit, depth=2 if "texts" in base.parent.name else 1)
        for place in range(1, 8):
            await walk.go(f"{digit} ↓{place}", "down")
        await pilot.resize_terminal(*NARROW)
        await settle(pilot)
        walk.look(f"{digit} 80x24")
        assert app.is_running
        assert app.return_code is None


async def test_what_is_seen_is_what_clean_leaves(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "essai.db"
    path.write_bytes(base.read_bytes())
    app = wired(path)
    async with running(app, (160, 60)) as pilot:
        walk = Walk(pilot, look_at=inert)
        seen = ""
        for digit in ("4", "5"):
            seen += await walk.go(digit, digit)
            # A click on a text that says « @click » selects its line, and that is all.
            await pilot.click(offset=(4, 4))
            await settle(pilot)
            walk.look(f"{digit} > clic")
        for text in TEXTS:
            visible = displayed(text)[:12]
            assert visible in seen, text
        for text in TEXTS:
            app.toast(text, "warning")
            await settle(pilot)
            assert clean(text)[:10].strip() in walk.look(f"toast {text!r}").replace("\n", " ")
            app.clear_notifications()
        for letters in ("app.quit", "somme", "1"):
            await walk.go(f"aller à {letters}", "ctrl+o", *letters)
            await press(pilot, "enter")
            walk.look(f"aller à {letters} > Entrée")
            await press(pilot, "escape", "escape")
        await walk.go("palette", "ctrl+p")


def cells(file: Path, columns: tuple[Column, ...]) -> list[list[tuple[Column, str]]]:
    """The rows of an exported file, each cell with its column."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        lines = list(csv.reader(opened, delimiter=";"))
    assert lines[0] == [column.name for column in columns]
    return [list(zip(columns, line, strict=True)) for line in lines[1:]]


def test_exports_are_neutralised_and_come_back(base: Path, tmp_path: Path) -> None:
    copy = tmp_path / "essai.db"
    copy.write_bytes(base.read_bytes())
    files = {name: tmp_path / f"{name}.csv" for name in EXPORTS}
    with open_base(copy) as opened:
        for name, file in files.items():
            export_table(opened, name, file, nominative=True)
    for name, file in files.items():
        raw = file.read_text("utf-8-sig")
        assert ACTING.search(raw.replace("\r\n", "\n").replace("\t", " ")) is None, name
        if name not in TABLES:
            continue
        for row in cells(file, TABLES[name]):
            for column, cell in row:
                number = re.fullmatch(r"[-+]?[\d,.\u00a0 ]+", cell) is not None
                assert not cell.startswith(RUN_BY_SPREADSHEETS) or (
                    number and column.kind not in FREE
                ), (name, column.name, cell)
    with create_base(tmp_path / "retour.db") as again:
        for name in TABLES:
            report = import_files(again, name, [files[name]], today=TODAY)[0]
            assert report.error is None
        back = {name: tmp_path / f"{name}-retour.csv" for name in TABLES}
        for name, file in back.items():
            export_table(again, name, file, nominative=True)
    people = [dict_of(row)["nom"] for row in cells(back["participants"], TABLES["participants"])]
    # SQLite itself ends a text of the journal at a NUL.
    wanted = {clean(text) for text in TEXTS if "\x00" not in text}
    assert {name.removeprefix("'") for name in people} >= {
        text for text in wanted if not text.startswith("'")
    } - {""}


def dict_of(row: list[tuple[Column, str]]) -> dict[str, str]:
    """A row by column name."""
    return {column.name: cell for column, cell in row}


@pytest.mark.parametrize(
    "words",
    [["alertes"], ["alertes", "--nominatif"], ["evaluer"], ["verifier"]],
    ids=" ".join,
)
@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
def test_the_command_line_writes_nothing_that_acts(
    words: list[str], as_json: bool, base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "essai.db"
    copy.write_bytes(base.read_bytes())
    main([*words, "--base", str(copy), *(["--json"] if as_json else [])])
    said = capsys.readouterr()
    assert said.out
    assert ACTING.search(said.out + said.err) is None
    assert "Une erreur inattendue" not in said.err
