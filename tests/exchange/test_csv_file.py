"""Bytes in, rectangular rows out: what is recognised, what is refused, how rows are numbered."""

import hashlib
from pathlib import Path

import pytest

from suivi_tui.exchange import csv_file
from suivi_tui.exchange.csv_file import CsvFile, UnreadableFile, open_csv


def file_of(tmp_path: Path, content: bytes | str) -> Path:
    path = tmp_path / "essai.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows_of(file: CsvFile, size: int = 200) -> list[tuple[int, list[str]]]:
    return [
        pair for chunk in file.chunks(size) for pair in zip(chunk.numbers, chunk.rows, strict=True)
    ]


def left_out_of(file: CsvFile) -> list[int]:
    return [number for chunk in file.chunks() for number, _ in chunk.left_out]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_separator_and_line_ends_are_found(
    tmp_path: Path, separator: str, encoding: str, end: str
) -> None:
    lines = [["nom", "prénom"], ["Lœuf", "Zoé"], ["N'Guyen", "12,5 € ; \t x"]]
    text = end.join(
        separator.join(f'"{cell}"' if not cell.isalpha() else cell for cell in line)
        for line in lines
    )
    file = open_csv(file_of(tmp_path, (text + end).encode(encoding)))
    assert file.separator == separator
    assert file.encoding == encoding
    assert file.header == ("nom", "prénom")
    assert rows_of(file) == [(2, lines[1]), (3, lines[2])]


def test_the_fingerprint_is_that_of_the_bytes(tmp_path: Path) -> None:
    content = b"a;b\n1;2\n"
    file = open_csv(file_of(tmp_path, content))
    assert file.sha256 == hashlib.sha256(content).hexdigest()


def test_the_header_decides_of_the_separator_even_when_cells_hold_others(tmp_path: Path) -> None:
    file = open_csv(file_of(tmp_path, "a,b\n1;2;3;4,5\n"))
    assert rows_of(file) == [(2, ["1;2;3;4", "5"])]


def test_a_single_column_is_a_table(tmp_path: Path) -> None:
    assert rows_of(open_csv(file_of(tmp_path, "participant\nP1\n\nP2\n"))) == [
        (2, ["P1"]),
        (4, ["P2"]),
    ]


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
def test_the_sep_line_of_excel_is_not_counted(tmp_path: Path, line: str) -> None:
    file = open_csv(file_of(tmp_path, f"{line}\r\na,x;b\r\n1;2\r\n"))
    assert file.header == ("a,x", "b")
    assert rows_of(file) == [(2, ["1", "2"])]


@pytest.mark.parametrize("size", [1, 2, 3, 200])
def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path: Path, size: int) -> None:
    file = open_csv(file_of(tmp_path, '\n;\na;b\n1;"deux\nlignes"\n;\n\n3;4\n'))
    assert file.header_number == 3
    assert rows_of(file, size) == [(4, ["1", "deux\nlignes"]), (7, ["3", "4"])]


@pytest.mark.parametrize("size", [1, 2, 200])
def test_short_rows_are_filled_and_rows_too_long_left_out(tmp_path: Path, size: int) -> None:
    file = open_csv(file_of(tmp_path, "a;b;c\n1\n1;2;3;;\n1;2;3;4\n5;6;7\n"))
    assert rows_of(file, size) == [(2, ["1", "", ""]), (3, ["1", "2", "3"]), (5, ["5", "6", "7"])]
    assert left_out_of(file) == [4]


@pytest.mark.parametrize(
    ("content", "left_out"),
    [
        ("a;b\n1;2\n3", [3]),  # the only short row, and no line end: it was cut
        ("a;b\n1;2\n3\n", []),
        ("a;b\n1\n3", []),  # typed by hand, trailing cells left out everywhere
        ("a;b\n3", []),
        ("a;b\n1;2\n3;4", []),
    ],
)
@pytest.mark.parametrize("size", [1, 200])
def test_a_last_row_that_was_cut_is_left_out(
    tmp_path: Path, content: str, left_out: list[int], size: int
) -> None:
    file = open_csv(file_of(tmp_path, content))
    assert [n for chunk in file.chunks(size) for n, _ in chunk.left_out] == left_out


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf", "vide"),
        (b"\n\n \n;;\n", "vide"),
        (b"sep=;\n", "vide"),
        (b"a;b\n1;\0\n", "fichier de texte"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "fichier de texte"),
        (b"PK\x03\x04\x14\0\x06\0", "classeur"),
        ("nom;prénom\n".encode("utf-16"), "UTF-16"),
        (b"a;b\n1;\x81\x8d\n", "fichier de texte"),
        ("é;b\nzoé".encode()[:-1], "coupé"),
        (b"\xef\xbb\xbfa;b\n\xe9;1\n", "coupé"),
        ("é;b\n1;2\n".encode() + b"\xe9;3\n", "deux encodages"),
        (b'a;b\n1;2\n3;"4\n5;6\n', "à la ligne 3, un guillemet"),
        (b'a;b\n1;2\n3;"x" y\n5;6\n', "à la ligne 3, un guillemet"),
        (b'a;"b\n1;2\n', "à la ligne 1, un guillemet"),
        (b"a;b\n1;" + b"x" * 140_000 + b"\n", "à la ligne 2"),
        (b";".join([b"x"] * 201) + b"\n", "200 colonnes"),
        (b"a;b\n" + b";" * 300 + b"1\n", "200 colonnes"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, cause: str
) -> None:
    path = file_of(tmp_path, content)
    with pytest.raises(UnreadableFile) as refused:
        rows_of(open_csv(path))
    message = str(refused.value)
    assert cause in message
    assert "«\u00a0essai.csv\u00a0»" in message
    assert "la base est inchangée" in message
    assert message.count(". ") == 0


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="il n'existe pas"):
        open_csv(tmp_path / "absent.csv")
    with pytest.raises(UnreadableFile, match="ce n'est pas un fichier"):
        open_csv(tmp_path)


def test_a_disk_that_stops_answering_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file_of(tmp_path, "a;b\n1;2\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFile, match="pas le droit"):
        open_csv(path)


def test_too_many_lines_and_too_many_bytes_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_file, "MAX_LINES", 10)
    fits = file_of(tmp_path, "a;b\n" + "1;2\n" * 10)
    assert len(rows_of(open_csv(fits), size=3)) == 10
    with pytest.raises(UnreadableFile, match="10 lignes"):
        rows_of(open_csv(file_of(tmp_path, "a;b\n" + "1;2\n" * 11)), size=3)
    monkeypatch.setattr(csv_file, "MAX_BYTES", 20)
    with pytest.raises(UnreadableFile, match="50\u00a0Mo"):
        open_csv(file_of(tmp_path, "a;b\n" + "1;2\n" * 5))
