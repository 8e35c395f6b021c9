"""Writing tables: the bytes of both dialects, and files that are whole or not there."""

import errno
import io
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from suivi_tui.exchange.columns import Column, ColumnType
from suivi_tui.exchange.csv_out import Dialect, write_table
from suivi_tui.exchange.whole_file import NotWritten
from suivi_tui.vocabulary.choices import HourKind, Sex

COLUMNS = (
    Column("texte", "text", "Texte"),
    Column("heures", "hours", "Heures", ColumnType.HOURS),
    Column("montant", "money", "Montant", ColumnType.MONEY),
    Column("mois", "month", "Mois", ColumnType.MONTH),
    Column("jour", "day", "Jour", ColumnType.DATE),
    Column("sexe", "sex", "Sexe", ColumnType.CHOICE, Sex),
    Column("nature", "kind", "Nature", ColumnType.CHOICE, HourKind),
    Column("suivi", "flag", "Suivi", ColumnType.FLAG),
    Column("nombre", "count", "Nombre", ColumnType.INTEGER),
    Column("etp", "fte", "ETP", ColumnType.DECIMAL),
)
ROWS: list[tuple[Any, ...]] = [
    ("École; « A »", 15167, -150050, 202603, "2026-03-31", "F", 2, 1, -3, Fraction(-1, 3)),
    ("=1+1", -500, None, None, None, "", None, 0, None, 2.5),
]


def test_the_dialect_of_french_spreadsheets() -> None:
    file = io.BytesIO()
    assert write_table(COLUMNS, ROWS, file) == 2
    assert not file.closed
    assert file.getvalue().startswith(b"\xef\xbb\xbf")
    assert file.getvalue().decode("utf-8-sig").split("\r\n") == [
        "texte;heures;montant;mois;jour;sexe;nature;suivi;nombre;etp",
        '"École; « A »";151,67;-1500,50;2026-03;2026-03-31;Femme;Formation;oui;-3;-0,33',
        "'=1+1;-5,00;;;;;;non;;2,50",
        "",
    ]


def test_the_dialect_of_other_programs() -> None:
    file = io.BytesIO()
    write_table(COLUMNS, ROWS, file, Dialect.RFC4180)
    assert file.getvalue().decode().split("\r\n")[1:] == [
        "École; « A »,151.67,-1500.50,2026-03,2026-03-31,Femme,Formation,oui,-3,-0.33",
        "'=1+1,-5.00,,,,,,non,,2.50",
        "",
    ]


@pytest.mark.parametrize("first", list("=+-@\t\r'\uff1d\uff0b\uff0d\uff20"))
def test_no_text_cell_starts_with_what_a_spreadsheet_runs(first: str) -> None:
    file = io.BytesIO()
    write_table([Column("x", "x", "x")], [(f"{first}1",)], file, Dialect.RFC4180)
    assert file.getvalue().decode().split("\r\n", 1)[1].strip('"').startswith("'" + first)


def test_what_cannot_stand_in_a_text_file_is_dropped_before_defusing() -> None:
    file = io.BytesIO()
    write_table([Column("x", "x", "x")], [("\ud800=1",), ("a\0b",)], file, Dialect.RFC4180)
    assert file.getvalue() == b"x\r\n'=1\r\nab\r\n"


def test_the_standard_output_is_the_default(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_table([Column("x", "x", "x")], [("é",)])
    assert capfdbinary.readouterr().out == b"\xef\xbb\xbfx\r\n\xc3\xa9\r\n"


def test_rows_are_taken_as_they_come(tmp_path: Path) -> None:
    taken = 0

    def rows() -> Iterator[tuple[int]]:
        nonlocal taken
        for taken in range(1, 5001):
            yield (taken,)

    path = tmp_path / "sortie.csv"
    assert write_table([Column("n", "n", "n", ColumnType.INTEGER)], rows(), path) == 5000
    assert taken == 5000
    assert path.read_bytes().count(b"\r\n") == 5001
    assert [path.name for path in tmp_path.iterdir()] == ["sortie.csv"]


def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "sortie.csv"
    path.write_text("avant")

    def rows() -> Iterator[tuple[str]]:
        yield ("a",)
        raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError):
        write_table([Column("x", "x", "x")], rows(), path)
    assert path.read_text() == "avant"
    assert [path.name for path in tmp_path.iterdir()] == ["sortie.csv"]


def test_a_full_disk_is_one_sentence_and_no_leftover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritten) as refused:
        write_table([Column("x", "x", "x")], [("a",)], tmp_path / "sortie.csv")
    assert "le disque est plein" in str(refused.value)
    assert "rien n'a changé" in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == []


def test_a_link_is_never_written_through(tmp_path: Path) -> None:
    target = tmp_path / "cible.txt"
    target.write_text("avant")
    link = tmp_path / "sortie.csv"
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("this system does not let the tests make a symbolic link")
    with pytest.raises(NotWritten, match="un lien"):
        write_table([Column("x", "x", "x")], [("a",)], link)
    assert target.read_text() == "avant"
    assert link.is_symlink()


def test_a_folder_or_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="c'est un dossier"):
        write_table([Column("x", "x", "x")], [], tmp_path)
    with pytest.raises(NotWritten, match="le dossier n'existe pas"):
        write_table([Column("x", "x", "x")], [], tmp_path / "absent" / "sortie.csv")
