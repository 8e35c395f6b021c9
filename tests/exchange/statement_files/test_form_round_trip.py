"""A form written, filled in a spreadsheet, and read: every line with its identities and hours."""

import re
import zipfile
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from form_filling import as_ods, fill
from suivi_tui.exchange.statement_files.declared import DeclaredLine
from suivi_tui.exchange.statement_files.form_layout import (
    BlankForm,
    FormLot,
    FormPerson,
    lot_labels,
)
from suivi_tui.exchange.statement_files.form_reading import FormReading, read_form
from suivi_tui.exchange.statement_files.form_writing import NEW_LINES, form_bytes
from suivi_tui.exchange.statement_files.workbook import Sheet, Workbook, open_statement_file
from suivi_tui.vocabulary.choices import HourKind
from suivi_tui.vocabulary.months import Month

MONTH = Month(202610)
# The largest identities: a spreadsheet would round them if they were numbers.
BIG = (1 << 63) - 1
LOTS = (
    FormLot(BIG, "2025-12", "2", "Quartier Nord", "Bâtisseurs du Val"),
    FormLot(BIG - 1, "2025-12", "2", "Quartier Nord", "Bâtisseurs du Val"),
    FormLot(BIG - 2, "", "0", "École", "Intérim du Val"),
)
PEOPLE = (
    FormPerson(BIG - 3, BIG, "CANARI", "Jeanne", None, "mission_insertion", "2026-01-05", None),
    FormPerson(BIG - 4, BIG - 1, "CANARI", "Jeanne", "1990-05-17", "cdd", None, "2026-12-31"),
    FormPerson(BIG - 5, BIG - 2, "MOINEAU", "Paul"),
)
FORM = BlankForm(BIG - 9, "Intérim du Val", "35600000000048", MONTH, LOTS, PEOPLE)
HOSTILE = ("=1+1", "+33", "-5", "@x", "'quote", "[/b] [@click=app.quit]", "\x1b[31mr\x07", "<&>",
           "_x0041_", "a\u202eb", "0042", "{=1}", "http://x.fr", "日本")  # fmt: skip


def written(tmp_path: Path, form: BlankForm = FORM) -> Path:
    path = tmp_path / "n'importe quoi.xlsx"
    path.write_bytes(form_bytes(form))
    return path


def reading(path: Path) -> FormReading:
    found = read_form(open_statement_file(path))
    assert found is not None
    return found


def figures(lines: tuple[DeclaredLine, ...]) -> list[tuple[Any, ...]]:
    return [(line.placement, line.obligation, line.kind, line.hours) for line in lines]


def test_a_filled_form_comes_back_with_its_identities_from_xlsx_and_ods(tmp_path: Path) -> None:
    new = 9 + len(PEOPLE)
    filled = fill(
        written(tmp_path),
        {
            "J9": 151.67, "K10": "7h30", "L10": "Arrêt =SUM(1)", "J11": 0,
            f"C{new}": "NOUVELLE", f"D{new}": "Zoé", f"E{new}": 32874,
            f"F{new}": lot_labels(LOTS, FORM.name)[1], f"G{new}": "CDD d'insertion",
            f"H{new}": "05/10/2026", f"J{new}": 12.5, f"K{new}": 3,
        },
    )  # fmt: skip
    found = reading(filled)
    work, training = HourKind.WORK.number, HourKind.TRAINING.number
    assert (found.sender, found.month) == (BIG - 9, MONTH)
    assert figures(found.lines) == [
        (BIG - 3, BIG, work, 15167),
        (BIG - 4, BIG - 1, training, 750),
        (BIG - 5, BIG - 2, work, 0),
        (None, BIG - 1, work, 1250),
        (None, BIG - 1, training, 300),
    ]
    assert (found.left_out, found.warnings, found.idle) == ((), (), ())
    second, added = found.lines[1], found.lines[3]
    assert (second.person, second.birth, second.comment) == (
        "CANARI Jeanne",
        "1990-05-17",
        "Arrêt =SUM(1)",
    )
    assert (added.person, added.birth, added.start, added.type, added.line) == (
        "NOUVELLE Zoé", "1990-01-01", "2026-10-05", "cddi", new,
    )  # fmt: skip
    assert (added.contract, added.lot, added.company) == ("2025-12", "2", "Bâtisseurs du Val")
    assert reading(as_ods(filled, tmp_path / "releve.ods")) == found


def test_what_protects_and_guides_is_in_the_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert all("<sheetProtection" in parts[f"xl/worksheets/sheet{n}.xml"] for n in (1, 2, 3))
    assert "password" not in sheet
    assert re.search('<col min="1" max="[12]" [^>]*hidden="1"', sheet)
    assert 'state="frozen"' in sheet and 'topLeftCell="E9"' in sheet
    assert 'orientation="landscape"' in sheet and 'paperSize="9"' in sheet
    assert "_xlnm.Print_Area" in parts["xl/workbook.xml"]
    assert "J9&gt;=0,J9&lt;=744" in sheet  # 31 days
    assert "Lots!$B$6:$B$8" in sheet and "Listes!$A$1:$A$" in sheet
    assert f'sqref="F{9 + len(PEOPLE)}:F{8 + len(PEOPLE) + NEW_LINES}"' in sheet
    formulas = re.findall(r"<f>(.*?)</f>", "".join(parts.values()))
    assert formulas == [f"SUM({c}9:{c}{8 + len(PEOPLE) + NEW_LINES})" for c in "JK"]
    assert "suivi-tui:releve:1" in parts["docProps/custom.xml"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_only_texts(text: str, tmp_path: Path) -> None:
    form = BlankForm(
        5, text, None, MONTH, (FormLot(7, text, text, text, text),),
        (FormPerson(8, 7, text, text),),
    )  # fmt: skip
    path = written(tmp_path, form)
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2)]
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert [len(re.findall("<f>", sheet)) for sheet in sheets] == [2, 0]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", strings)
    assert "<hyperlink" not in "".join(sheets)
    found = reading(fill(path, {"J9": 1}))
    assert figures(found.lines) == [(8, 7, 1, 100)]
    clean_text = text.translate({0x1B: None, 7: None, 0x202E: None})
    assert found.lines[0].person == f"{clean_text} {clean_text}"


def test_without_activity_everywhere_or_for_one_lot_and_hours_belie_it(tmp_path: Path) -> None:
    blank = written(tmp_path)
    all_idle = reading(fill(blank, {"I5": "oui"}))
    assert [item.obligation for item in all_idle.idle] == [BIG, BIG - 1, BIG - 2]
    assert {(item.sheet, item.line, item.month) for item in all_idle.idle} == {("Relevé", 5, MONTH)}
    path = fill(fill(blank, {"G7": "OUI"}, sheet=2), {"J9": 10})
    one_idle = reading(path)
    assert [(item.sheet, item.line, item.obligation) for item in one_idle.idle] == [
        ("Lots", 7, BIG - 1)
    ]
    belied = reading(fill(path, {"J10": 5, "I5": "oui"}))
    assert [item.obligation for item in belied.idle] == [BIG - 2]
    assert len(belied.warnings) == 2 and "heures sont gardées" in belied.warnings[0].message
    empty = reading(blank)
    assert empty.lines == empty.idle == () and "vide" in empty.warnings[0].message


@pytest.mark.parametrize(
    ("value", "hours", "said"),
    [
        (151.67, 15167, ""),
        (151.666666666, 15167, ""),
        (7.583333333, 758, "durée"),  # 7 h 35, or 182 hours as a part of a day
        ("151,67", 15167, ""),
        ("151 h 40", 15167, ""),
        (timedelta(hours=151, minutes=40), 15167, ""),
        (time(7, 30), 750, ""),
        (datetime(1900, 1, 5, 7, 40), 15167, ""),
        (-3.5, -350, ""),
        (744, 74400, ""),
        (745, None, "Plus de 24"),
        ("beaucoup", None, "n'est pas un nombre"),
        (True, None, "n'est pas un nombre"),
        (float("inf"), None, "n'est pas un nombre"),
        ("#REF!", None, "n'est pas un nombre"),
    ],
)
def test_hours_whatever_the_spreadsheet_made_of_them(
    value: Any, hours: int | None, said: str, tmp_path: Path
) -> None:
    found = changed(written(tmp_path), (8, 9, value))
    assert [line.hours for line in found.lines] == ([] if hours is None else [hours])
    remarks = [*found.left_out, *found.warnings]
    assert [said in remark.message for remark in remarks] == ([True] if said else [])
    assert all((remark.sheet, remark.line) == ("Relevé", 9) for remark in remarks)


def changed(path: Path, *cells: tuple[int, int, Any]) -> FormReading:
    """The form with cells (row, column, value) replaced, as the reader of workbooks gives them."""
    book = open_statement_file(path)
    rows = [list(row) for row in book.sheets[0].rows]
    for row, column, value in cells:
        rows += [[""] * 12 for _ in range(len(rows), row + 1)]
        rows[row][column] = value
    first = Sheet("Relevé", tuple(map(tuple, rows)))
    found = read_form(Workbook("x", "", "xlsx", (first, *book.sheets[1:])))
    assert found is not None
    return found


def test_what_cannot_be_taken_is_said_line_by_line(tmp_path: Path) -> None:
    new = 8 + len(PEOPLE)
    found = changed(
        written(tmp_path),
        (8, 0, "9.12e18"), (8, 9, 1),  # an identity that was damaged: by name, then
        (9, 11, "en arrêt"),  # a comment and no hours
        (new, 9, 12.5),  # hours of nobody
        (new + 1, 2, "SANS HEURES"),
        (new + 2, 2, "1 90 05 75 123 456 78"), (new + 2, 9, 3),  # a social security number
        (new + 3, 2, "LOINTAINE"), (new + 3, 5, "autre lot"), (new + 3, 7, "jadis"),
        (new + 3, 9, 4),
    )  # fmt: skip
    assert figures(found.lines) == [(None, BIG, 1, 100), (None, None, 1, 400)]
    assert found.lines[1].site == "autre lot"
    assert [(item.line, item.column) for item in found.left_out] == [
        (new + 1, "Nom"),
        (new + 2, "Heures"),
        (new + 3, "Nom"),
    ]
    assert [item.line for item in found.warnings] == [10, new + 3, new + 4]
    assert not any("1 90" in item.message for item in (*found.left_out, *found.warnings))


def test_the_only_lot_needs_no_choice_and_another_workbook_is_not_ours(tmp_path: Path) -> None:
    form = FORM._replace(lots=LOTS[:1], people=())
    found = reading(fill(written(tmp_path, form), {"C9": "SEULE", "J9": 8}))
    assert figures(found.lines) == [(None, BIG, 1, 800)]
    other = Workbook("a", "", "csv", (Sheet("a", (("suivi-tui", 3), ("releve",), ())),))
    assert read_form(other) is None
