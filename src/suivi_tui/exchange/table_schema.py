"""The description of a CSV export as a Table Schema (https://specs.frictionlessdata.io)."""

import json
from collections.abc import Sequence
from typing import Any

from suivi_tui.exchange.columns import Column, ColumnType
from suivi_tui.exchange.csv_out import Dialect

_TYPES = {
    ColumnType.HOURS: "number",
    ColumnType.MONEY: "number",
    ColumnType.DECIMAL: "number",
    ColumnType.INTEGER: "integer",
    ColumnType.MONTH: "yearmonth",
    ColumnType.DATE: "date",
    ColumnType.BIRTH: "date",
    ColumnType.FLAG: "boolean",
}


def table_schema(
    columns: Sequence[Column], name: str, title: str, dialect: Dialect = Dialect.EXCEL
) -> dict[str, Any]:
    """The schema of a table that ``csv_out.write_table`` writes with these columns."""
    return {
        "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
        "name": name,
        "title": title,
        "fields": [_field(column, dialect) for column in columns],
        "missingValues": [""],
    }


def schema_text(
    columns: Sequence[Column], name: str, title: str, dialect: Dialect = Dialect.EXCEL
) -> str:
    """The same schema as a JSON text."""
    return (
        json.dumps(table_schema(columns, name, title, dialect), ensure_ascii=False, indent=2) + "\n"
    )


def _field(column: Column, dialect: Dialect) -> dict[str, Any]:
    kind = "string" if column.choice is not None else _TYPES.get(column.kind, "string")
    described: dict[str, Any] = {
        "name": column.name,
        "type": kind,
        "description": column.description,
    }
    if kind == "number":
        described["decimalChar"] = dialect.decimal
    if kind == "boolean":
        described |= {"trueValues": ["oui"], "falseValues": ["non"]}
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.choice is not None:
        constraints["enum"] = [member.label for member in column.choice]
    if constraints:
        described["constraints"] = constraints
    return described
