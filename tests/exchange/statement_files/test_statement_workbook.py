"""Opening files: every kind is read, what is dangerous or damaged is refused in French."""

import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statement_samples import SAMPLES, TODAY
from statement_samples.writers import Page, write_ods, write_text, write_xls, write_xlsx
from suivi_tui.exchange.csv_file import UnreadableFile
from suivi_tui.exchange.statement_files import workbook as workbook_module
from suivi_tui.exchange.statement_files import zipped
from suivi_tui.exchange.statement_files.reading import read_statement
from suivi_tui.exchange.statement_files.workbook import open_statement_file

ROWS = [["Relevé"], [], ["Nom", "Heures"], ["DUPONT Jean", 151.67], ["KONÉ", date(2026, 3, 1)]]
SHEET = (
    ("Relevé", ""),
    ("", ""),
    ("Nom", "Heures"),
    ("DUPONT Jean", 151.67),
    ("KONÉ", date(2026, 3, 1)),
)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_places_are_those_that_a_spreadsheet_shows(kind: str, tmp_path: Path) -> None:
    write = {"xlsx": write_xlsx, "xls": write_xls, "ods": write_ods}[kind]
    # What a file is called says nothing: the sender's mail client may rename it.
    book = open_statement_file(write(tmp_path / "releve.dat", Page("Été", ROWS)))
    assert (book.kind, book.name, book.hidden) == (kind, "releve.dat", ())
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [("Été", SHEET)]
    assert len(book.sha256) == 64


@pytest.mark.parametrize("separator", [";", "\t", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_text_tables_under_a_title(separator: str, encoding: str, tmp_path: Path) -> None:
    rows = [["Relevé d'été"], [], ["Nom", "Heures"], ["DUPONT, Jean", "12,5"]]
    path = write_text(tmp_path / "r.csv", rows, separator=separator, encoding=encoding)
    book = open_statement_file(path)
    assert [list(row) for row in book.sheets[0].rows] == rows


def test_durations_and_hidden_sheets(tmp_path: Path) -> None:
    pages = [Page("A", [[timedelta(hours=30)]]), Page("B", [["x"]])]
    assert open_statement_file(write_ods(tmp_path / "a.ods", *pages)).sheets[0].rows == (
        (timedelta(hours=30),),
    )
    shown = [Page("A", [["x"]]), Page("B", [["x"]], hidden=True)]
    book = open_statement_file(write_xlsx(tmp_path / "a.xlsx", *shown))
    assert ([sheet.name for sheet in book.sheets], book.hidden) == (["A"], ("B",))


def test_cells_in_error_and_negative_durations_are_not_lost(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        clock = book.add_format({"num_format": "hh:mm"})
        sheet.write_formula(0, 0, "=1/0", None, "#DIV/0!")
        sheet.write_formula(0, 1, "=A1+1", None, "")
        sheet.write_number(0, 2, -0.5, clock)
        sheet.write_formula(0, 3, "=-3", None, -3)
    (row,) = open_statement_file(path).sheets[0].rows
    assert row[0] == "#DIV/0!"
    assert row[1] in ("", zipped.NOT_CALCULATED)
    assert row[2:] == (timedelta(hours=-12), -3.0)


def refused(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        open_statement_file(path)
    return str(caught.value)


def test_a_bomb_is_refused_before_it_is_unzipped(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", Page("A", ROWS))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image.bin", b"\0" * (zipped.RATIO_FROM + 1))
    assert "démesuré" in refused(path)


@pytest.mark.parametrize("place", ["ZZ5", "B900000", "XFD1048576"])
def test_a_cell_far_away_is_refused(place: str, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", Page("A", ROWS))
    altered = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(altered, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if "worksheets" in entry.filename:
                data = data.replace(b'r="B4"', f'r="{place}"'.encode())
            new.writestr(entry.filename, data)
    assert "dépasse" in refused(altered)


@pytest.mark.parametrize(("repeated", "cell"), [("rows", "table-row"), ("columns", "table-cell")])
def test_repeated_cells_of_an_ods_are_counted(repeated: str, cell: str, tmp_path: Path) -> None:
    path = write_ods(tmp_path / "a.ods", Page("A", [["x"]]))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    mark = f'<table:{cell} table:number-{repeated}-repeated="900000"'.encode()
    content = parts["content.xml"].replace(f"<table:{cell}".encode(), mark, 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, content if name == "content.xml" else data)
    assert "dépasse" in refused(path)


def test_caps_on_sheets_and_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", *(Page(f"F{n}", ROWS) for n in range(3)))
    monkeypatch.setattr(workbook_module, "MAX_SHEETS", 2)
    assert "plus de 2 feuilles" in refused(path)
    monkeypatch.setattr(workbook_module, "MAX_SHEETS", 3)
    monkeypatch.setattr(workbook_module, "MAX_CELLS", 15)
    assert "dépasse 15 cellules" in refused(path)


def test_files_that_are_no_tables(tmp_path: Path) -> None:
    def file(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    secret = ole + "EncryptedPackage".encode("utf-16-le") + bytes(200)
    assert "mot de passe" in refused(file("secret.xlsx", secret))
    assert "abîmé" in refused(file("old.xls", ole))
    assert "abîmé" in refused(file("cut.xlsx", b"PK\x03\x04" + bytes(50)))
    page = file("export.xls", b" \n<table><tr><td>1</td></tr></table>")
    assert "page web" in refused(page)
    assert "vide" in refused(file("empty.csv", b""))
    assert "existe pas" in refused(tmp_path / "absent.csv")
    assert "pas un fichier" in refused(tmp_path)
    with zipfile.ZipFile(tmp_path / "texts.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    assert "classeur" in refused(tmp_path / "texts.zip")


SEEDS = ("old xls", "open document", "title block", "old csv")


@given(st.sampled_from(SEEDS), st.integers(0, 10_000), st.binary(min_size=1, max_size=12))
@settings(max_examples=40)
def test_altered_files_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, seed: str, place: int, noise: bytes
) -> None:
    folder = tmp_path_factory.mktemp("altered")
    path = next(sample for sample in SAMPLES if sample.name == seed).write(folder)
    data = bytearray(path.read_bytes())
    place %= len(data)
    data[place : place + len(noise)] = noise
    path.write_bytes(data)
    read_or_refuse(path)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")))
@settings(max_examples=40)
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "releve.csv"
    path.write_bytes(data)
    read_or_refuse(path)


def read_or_refuse(path: Path) -> None:
    try:
        book = open_statement_file(path)
    except UnreadableFile:
        return
    read_statement(book, {}, TODAY)


REAL = Path(__file__).resolve().parents[4] / "shared/data/participants"


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data is not beside the project")
def test_real_lists_of_people_are_no_statements() -> None:
    paths = sorted(REAL.glob("*.xlsx")) + sorted(REAL.glob("*.csv"))
    assert paths
    for path in paths:
        reading = read_statement(open_statement_file(path), {}, TODAY)
        assert reading.lines == ()
        assert len(reading.warnings) == 1
        assert "pas un relevé" in reading.warnings[0].message
