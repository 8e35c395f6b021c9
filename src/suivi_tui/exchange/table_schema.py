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
    columns: Sequence[Column],
    name: str,
    title: str,
    dialect: Dialect = Dialect.EXCEL,
    nominative: bool = True,
) -> dict[str, Any]:
    """The schema of a table that ``csv_out.write_table`` writes with these columns.

    Without ``nominative`` a birth is its year.
    """
    return {
        "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
        "name": name,
        "title": title,
        "fields": [field_schema(column, dialect, nominative) for column in columns],
        "missingValues": [""],
    }


def schema_text(
    columns: Sequence[Column],
    name: str,
    title: str,
    dialect: Dialect = Dialect.EXCEL,
    nominative: bool = True,
) -> str:
    """The same schema as a JSON text."""
    schema = table_schema(columns, name, title, dialect, nominative)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def field_type(column: Column, nominative: bool = True) -> str:
    """The type of a column, by the words of the Table Schema standard."""
    if column.choice is not None:
        return "string"
    if column.kind is ColumnType.BIRTH and not nominative:
        return "year"
    return _TYPES.get(column.kind, "string")


def field_schema(
    column: Column, dialect: Dialect = Dialect.EXCEL, nominative: bool = True
) -> dict[str, Any]:
    """A field of a schema."""
    kind = field_type(column, nominative)
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
    if column.required and not column.may_be_empty:
        constraints["required"] = True
    if column.choice is not None:
        constraints["enum"] = [member.label for member in column.choice]
    if constraints:
        described["constraints"] = constraints
    return described
