"""A folder of CSV files described as a Data Package: its tables, their keys, who refers to whom.

https://specs.frictionlessdata.io/data-package/
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from suivi_tui.exchange.columns import Column
from suivi_tui.exchange.csv_out import Dialect
from suivi_tui.exchange.data_dictionary import columns_table, dialect_words
from suivi_tui.exchange.table_schema import field_schema
from suivi_tui.vocabulary.typography import french


class PackageTable(NamedTuple):
    """A table of the folder: its columns, its key, the table that a column refers to."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: Mapping[str, str]


def file_name(table: PackageTable) -> str:
    """The file of a table within the folder."""
    return f"{table.name}.csv"


def package_text(
    tables: Sequence[PackageTable],
    provenance: Mapping[str, str],
    dialect: Dialect,
    nominative: bool,
) -> str:
    """``datapackage.json``: every file with its schema and its foreign keys."""
    content = {
        "profile": "tabular-data-package",
        "name": "suivi-tui-donnees",
        "title": "Toutes les données du suivi des clauses sociales",
        **provenance,
        "resources": [_resource(table, dialect, nominative) for table in tables],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _resource(table: PackageTable, dialect: Dialect, nominative: bool) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": file_name(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig" if dialect.byte_order_mark else "utf-8",
        "dialect": {"delimiter": dialect.delimiter, "lineTerminator": "\r\n"},
        "schema": {
            "fields": [field_schema(column, dialect, nominative) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": parent, "fields": ["id"]}}
                for column, parent in table.refers.items()
            ],
        },
    }


def relations_text(
    tables: Sequence[PackageTable], provenance: Mapping[str, str], dialect: Dialect
) -> str:
    """The French page of the folder: each table, its columns, what it refers to."""
    lines = ["# Toutes les données", ""]
    lines += [f"* {name} : {text}" for name, text in provenance.items() if text]
    lines += ["", dialect_words(dialect), ""]
    lines.append(
        "Chaque fichier est une table. Une colonne qui porte le nom d'une autre table contient "
        "l'identifiant (`id`) d'une de ses lignes. Les identifiants sont des textes. Ce dossier se "
        "lit, il ne se réimporte pas : pour reprendre une base ailleurs, restaurez une sauvegarde."
    )
    lines += ["", "## Relations", "", "| Table | Colonne | Renvoie à |", "|---|---|---|"]
    for table in tables:
        lines += [
            f"| `{table.name}` | `{column}` | `{parent}` |"
            for column, parent in table.refers.items()
        ]
    for table in tables:
        lines += ["", f"## {table.name}", "", table.title, "", f"Clé : {', '.join(table.key)}.", ""]
        lines += columns_table(table.columns)
    return french("\n".join(lines)) + "\n"
