"""The Table Schema of an export describes the export: the cells are held against it."""

import csv
import io
import json
import re
from typing import Any

import pytest

from suivi_tui.exchange.columns import TableColumns
from suivi_tui.exchange.columns_contracts import CONTRACT_COLUMNS
from suivi_tui.exchange.columns_hours import HOUR_COLUMNS
from suivi_tui.exchange.columns_participants import PARTICIPANT_COLUMNS
from suivi_tui.exchange.csv_out import Dialect, write_table
from suivi_tui.exchange.table_schema import schema_text, table_schema
from suivi_tui.vocabulary.choices import Choice, HourKind

TABLES = [CONTRACT_COLUMNS, PARTICIPANT_COLUMNS, HOUR_COLUMNS]

_SAMPLES: dict[str, Any] = {
    "hours": -1250,
    "money": 3500050,
    "month": 202603,
    "date": "2026-03-31",
    "birth": "1990-02-01",
}


def sample(choice: type[Choice] | None, kind: str) -> Any:
    if choice is HourKind:
        return 2
    return next(iter(choice)).value if choice else _SAMPLES.get(kind, "=texte")


def conforms(cell: str, field: dict[str, Any]) -> bool:
    """Whether a cell is what its field says, by the words of the Table Schema standard."""
    if not cell:
        return not field.get("constraints", {}).get("required", False)
    if "enum" in field.get("constraints", {}):
        return cell in field["constraints"]["enum"]
    patterns = {
        "number": rf"-?[0-9]+{re.escape(field.get('decimalChar', '.'))}[0-9]+",
        "integer": r"-?[0-9]+",
        "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
        "yearmonth": r"[0-9]{4}-[0-9]{2}",
        "string": r"(?s).*",
    }
    return re.fullmatch(patterns[field["type"]], cell) is not None


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_an_export_holds_against_its_schema(table: TableColumns, dialect: Dialect) -> None:
    schema = table_schema(table.columns, table.name, table.title, dialect)
    full = tuple(sample(column.choice, column.kind.value) for column in table.columns)
    sparse = tuple(
        value if column.required else None
        for value, column in zip(full, table.columns, strict=True)
    )
    file = io.BytesIO()
    write_table(table.columns, [full, sparse], file, dialect)
    text = file.getvalue().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter)
    assert header == [field["name"] for field in schema["fields"]]
    assert len(rows) == 2
    for row in rows:
        for cell, field in zip(row, schema["fields"], strict=True):
            assert conforms(cell, field), (cell, field)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_schema_is_plain_json_that_describes_every_column(table: TableColumns) -> None:
    schema = json.loads(schema_text(table.columns, table.name, table.title))
    assert schema["name"] == table.name
    assert all(field["description"] for field in schema["fields"])
    assert schema["missingValues"] == [""]
