"""What is written is read again, whatever the texts; what is typed by hand reads the same."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suivi_tui.exchange.columns import Column, ColumnType, TableColumns
from suivi_tui.exchange.columns_contracts import CONTRACT_COLUMNS
from suivi_tui.exchange.columns_hours import HOUR_FILE_COLUMNS
from suivi_tui.exchange.columns_participants import PARTICIPANT_COLUMNS
from suivi_tui.exchange.csv_out import Dialect, write_table
from suivi_tui.exchange.lines import read_contracts, read_hours, read_participants
from suivi_tui.vocabulary.choices import HourKind
from suivi_tui.vocabulary.identifiers import looks_like_nir
from suivi_tui.vocabulary.text import clean

TODAY = date(2026, 3, 31)
FEW = settings(
    # Each example writes its own file in the folder of the test.
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

HOSTILE = [
    "=1+1",
    "+33 6 00 00 00 00",
    "-5",
    "@SUM(A1)",
    "'",
    "''=1",
    "'\uff1d1",
    "\tx",
    "a;b,c\td",
    'le "Clos"',
    '"',
    "deux\nlignes\r\net trois",
    "[/b][@click=app.quit]x",
    "\x1b[2J\x9b6n",
    "\u202egnp.exe",
    "\ufeff\u200bcaché",
    "\ud800seul",
    "a\0b",
    "e\u0301" * 3 + "\u0301" * 9,
    "sep=;",
    "NaN",
    "«\u00a0é\u00a0»",
]
texts = st.sampled_from(HOSTILE) | st.text(max_size=30)
dates = st.dates(date(1900, 1, 1), date(2026, 3, 31)).map(date.isoformat)


def values_of(column: Column) -> st.SearchStrategy[Any]:
    if column.name == "validees":
        return st.none()
    if column.choice is HourKind:
        return st.sampled_from([kind.number for kind in HourKind])
    if column.choice is not None:
        return st.sampled_from(["", *(member.value for member in column.choice)])
    lowest = -60_000 if column.minimum is None else column.minimum
    by_kind: dict[ColumnType, st.SearchStrategy[Any]] = {
        ColumnType.HOURS: st.integers(lowest, column.maximum or 60_000),
        ColumnType.MONEY: st.integers(0, 10**12 - 1),
        ColumnType.MONTH: st.sampled_from([200001, 202603, 202703]),
        ColumnType.DATE: dates,
        ColumnType.BIRTH: dates,
        ColumnType.SIRET: st.sampled_from(["35600000000048"]),
        ColumnType.CPV: st.sampled_from(["", "45316110"]),
        ColumnType.POSTCODE: st.sampled_from(["", "01000"]),
    }
    if column.kind in by_kind:
        values = by_kind[column.kind]
        nullable = column.kind not in (ColumnType.CPV, ColumnType.POSTCODE)
        return values if column.required or not nullable else values | st.none()
    return texts.filter(lambda text: bool(expected(column, text)) or not needed(column))


def needed(column: Column) -> bool:
    return column.required or column.name == "participant"


def expected(column: Column, value: Any) -> Any:
    if column.kind not in (ColumnType.TEXT, ColumnType.NOTES):
        return value
    cleaned = clean(value, column.limit, column.kind is ColumnType.NOTES)
    return "" if column.refuses_nir and looks_like_nir(cleaned) else cleaned


def rows_of(table: TableColumns) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    return st.lists(st.tuples(*(values_of(column) for column in table.columns)), max_size=6)


def check_round_trip(
    path: Path, table: TableColumns, rows: list[tuple[Any, ...]], dialect: Dialect, read: Any
) -> None:
    write_table(table.columns, rows, path, dialect)
    file = read(path, TODAY)
    assert file.left_out == []
    assert [tuple(line) for line in file.lines] == [
        (number, *map(expected, table.columns, row)) for number, row in enumerate(rows, 2)
    ]


@FEW
@given(rows_of(HOUR_FILE_COLUMNS), st.sampled_from(Dialect))
def test_hours_written_are_read_again(
    tmp_path: Path, rows: list[tuple[Any, ...]], dialect: Dialect
) -> None:
    check_round_trip(tmp_path / "heures.csv", HOUR_FILE_COLUMNS, rows, dialect, read_hours)


@FEW
@given(rows_of(CONTRACT_COLUMNS), st.sampled_from(Dialect))
def test_contracts_written_are_read_again(
    tmp_path: Path, rows: list[tuple[Any, ...]], dialect: Dialect
) -> None:
    check_round_trip(tmp_path / "marches.csv", CONTRACT_COLUMNS, rows, dialect, read_contracts)


@FEW
@given(rows_of(PARTICIPANT_COLUMNS), st.sampled_from(Dialect))
def test_participants_written_are_read_again(
    tmp_path: Path, rows: list[tuple[Any, ...]], dialect: Dialect
) -> None:
    path = tmp_path / "participants.csv"
    check_round_trip(path, PARTICIPANT_COLUMNS, rows, dialect, read_participants)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("hours", ["1234,5", "1234.5", "1 234,5", "1234:30", "1\u00a0234,50"])
@pytest.mark.parametrize("day", ["31/03/2026", "2026-03-31", "31-03-2026", "31 mars 2026"])
def test_every_usual_way_of_typing_gives_the_same_line(
    tmp_path: Path, separator: str, encoding: str, hours: str, day: str
) -> None:
    header = ["Heures à réaliser", "Objet", "Démarrage", "Maître d'ouvrage", "N° marché", "Rôle"]
    cells = [hours, "Rénovation du théâtre", day, "Ville d'Épinette", "2026-01", "SOUS TRAITANT"]
    text = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in (header, cells))
    path = tmp_path / "marches.csv"
    path.write_bytes(text.encode(encoding))
    file = read_contracts(path)
    assert (file.warnings, file.left_out) == ([], [])
    [line] = file.lines
    assert (line.hours_owed, line.obligation_start) == (123450, "2026-03-31")
    assert (line.buyer, line.number, line.object, line.role) == (
        "Ville d'Épinette",
        "2026-01",
        "Rénovation du théâtre",
        "sous_traitant",
    )


def test_an_export_written_twice_is_the_same_bytes() -> None:
    columns = HOUR_FILE_COLUMNS.columns

    def content() -> bytes:
        file = io.BytesIO()
        write_table(columns, [tuple(None for _ in columns)], file)
        return file.getvalue()

    assert content() == content()
