"""``exporter donnees``: a folder with one CSV by table, its relations and its Data Package."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from suivi_tui.actions.export_log import ExportDone, log_export
from suivi_tui.actions.sensitive import grouped_criterion, grouped_prescriber, grouped_proof
from suivi_tui.exchange.columns import Column, ColumnType
from suivi_tui.exchange.csv_out import Dialect, write_table
from suivi_tui.exchange.data_package import PackageTable, file_name, package_text, relations_text
from suivi_tui.exchange.syntheses.catalogue import FOLDER, NO_CLAIM
from suivi_tui.exchange.whole_file import NotWritten
from suivi_tui.readings.field_kinds import Field
from suivi_tui.readings.field_labels import field_of
from suivi_tui.readings.record_names import ENTITY_LABELS
from suivi_tui.rules.version import RULES_VERSION
from suivi_tui.store.base import Base
from suivi_tui.store.queries import whole_tables as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import HourKind

RELATIONS: Final = "relations.md"
PACKAGE: Final = "datapackage.json"

# Texts that name nobody and that nobody types freely: all that goes out without the names. A
# column that is not here, one of a newer release for example, stays empty then.
_PLAIN_TEXTS: Final = {
    "buyer": {"name", "siret", "territory"},
    "operation": {"name", "place"},
    "company": {"name", "siret", "commune", "naf"},
    "contact": {"service", "role"},
    "follow_up": {"entity"},
    "contract": {"number", "object", "nature", "procedure", "cpv", "place"},
    "lot": {"number", "title", "cpv", "trade"},
    "record_seen": {"source_key", "fingerprint", "row"},
    "term": {"code", "value"},
    "participant": {"reference", "postcode", "commune"},
    "eligibility": {"rule_set"},
    "work_contract": {"post", "rome", "qpv_code"},
    "statement": {"reference"},
    "hour_entry": {"reference"},
    "source_file": {"sha256"},
    "document": {"entity", "template", "version", "sha256"},
    "need": {"post"},
    "alert_mark": {"code"},
    "penalty_case": {"kind"},
    "policy": {"name"},
    "policy_target": {"commitment", "unit"},
    "directory_entry": {"structure", "service", "commune"},
    "coverage": {"territory"},
    "snapshot": {"preset", "rules_version", "fingerprint"},
    "export_log": {"what", "filters"},
    "obligation": {"formula", "schedule"},
}
_MOMENTS: Final = frozenset({("snapshot", "made_on"), ("export_log", "made_on")})
_HOUR_KINDS: Final = frozenset({("hour_entry", "kind"), ("source_line", "kind")})
_KINDS: Final = {
    "date": ColumnType.DATE,
    "month": ColumnType.MONTH,
    "hours": ColumnType.HOURS,
    "money": ColumnType.MONEY,
    "number": ColumnType.INTEGER,
    "flag": ColumnType.FLAG,
    # A share or another figure kept in hundredths is written with its two decimals too.
    "share": ColumnType.HOURS,
    "hundredths": ColumnType.HOURS,
}


def export_everything(
    base: Base, folder: Path, dialect: Dialect = Dialect.EXCEL, nominative: bool = False
) -> int:
    """Write the whole base as a folder, in place only when all of it is there; how many lines.

    Without ``nominative``, names, contacts and free texts are empty and births are years; health
    and justice are grouped in both. Raises NotWritten when something stands there already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotWritten(
            folder.name, "quelque chose s'y trouve déjà", "choisissez un nouveau dossier"
        )
    try:
        made = Path(tempfile.mkdtemp(prefix=".suivi-", suffix=".partiel", dir=folder.parent))
    except OSError as error:
        raise _refused(folder) from error
    try:
        lines = _fill(base, made, dialect, nominative)
        if folder.exists():
            folder.rmdir()
        made.replace(folder)
    except OSError as error:
        raise _refused(folder) from error
    finally:
        with suppress(OSError):
            shutil.rmtree(made, ignore_errors=True)
    log_export(base, ExportDone(FOLDER, lines, nominative, "toute la base"))
    return lines


def _refused(folder: Path) -> NotWritten:
    return NotWritten(
        folder.name,
        "le dossier qui doit le contenir manque, est protégé ou plein",
        "choisissez un autre endroit",
    )


class Description(NamedTuple):
    """What goes with the files of the folder: its relations (Markdown), its Data Package (JSON)."""

    relations: str
    package: str


def describe_everything(base: Base, dialect: Dialect, nominative: bool) -> Description:
    """The description of the folder that ``export_everything`` writes."""
    tables = _tables(base.connection)
    provenance = {
        "etabli_le": base.now().date().isoformat(),
        "base": queries.base_name(base.connection),
        "regles": RULES_VERSION,
        "noms": "oui" if nominative else "non",
        "description": NO_CLAIM,
    }
    return Description(
        relations_text(tables, provenance, dialect),
        package_text(tables, provenance, dialect, nominative),
    )


def _fill(base: Base, folder: Path, dialect: Dialect, nominative: bool) -> int:
    lines = 0
    for table in _tables(base.connection):
        rows = _rows(base.connection, table, nominative)
        lines += write_table(table.columns, rows, folder / file_name(table), dialect)
    described = describe_everything(base, dialect, nominative)
    for name, text in ((RELATIONS, described.relations), (PACKAGE, described.package)):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return lines


def _tables(connection: Connection) -> list[PackageTable]:
    return [package_table(connection, name) for name in queries.DATA_TABLES]


def package_table(connection: Connection, table: str) -> PackageTable:
    """A table of the base as it is written: its columns named, typed and related."""
    known = queries.table_columns(connection, table)
    return PackageTable(
        table,
        ENTITY_LABELS.get(table, table),
        tuple(_column(table, column) for column in known),
        queries.primary_key(table),
        {column.name: column.refers for column in known if column.refers in queries.DATA_TABLES},
    )


def _column(table: str, column: queries.TableColumn) -> Column:
    field = field_of(table, column.name)
    description = "Identifiant" if column.name == "id" else field.label
    named = _is_named(table, column, field)
    if (table, column.name) in _HOUR_KINDS:
        return Column(column.name, column.name, description, ColumnType.CHOICE, HourKind)
    if table == "participant" and column.name == "birth":
        return Column(column.name, column.name, description, ColumnType.BIRTH, nominative=True)
    kind = _KINDS.get(field.kind, ColumnType.TEXT)
    if (
        column.name == "id"
        or column.refers
        or field.refers
        or field.refers_by
        or (table, column.name) in _MOMENTS
    ):
        kind = ColumnType.TEXT
    elif column.integer and kind is ColumnType.TEXT:
        kind = ColumnType.INTEGER
    return Column(column.name, column.name, description, kind, field.choice, nominative=named)


def _is_named(table: str, column: queries.TableColumn, field: Field) -> bool:
    """Whether a column may name somebody or hold what somebody typed freely."""
    if column.integer or field.choice is not None or field.kind in ("date", "moment"):
        return False
    return column.name not in _PLAIN_TEXTS.get(table, ())


def _rows(
    connection: Connection, table: PackageTable, nominative: bool
) -> Iterator[tuple[Any, ...]]:
    names = [column.name for column in table.columns]
    rows = queries.rows_of(connection, table.name)
    if not nominative:
        emptied = [place for place, column in enumerate(table.columns) if column.nominative]
        birth = names.index("birth") if table.name == "participant" else None
        rows = (_hidden(row, emptied, birth) for row in rows)
    if table.name == "eligibility":
        return _grouped_criteria(rows, names.index("criterion"), names.index("proof"))
    if "prescriber" in names:
        return _grouped_prescribers(rows, names.index("prescriber"))
    return rows


def _hidden(row: tuple[Any, ...], emptied: list[int], birth: int | None) -> tuple[Any, ...]:
    values = list(row)
    year = values[birth] and values[birth][:4] if birth is not None else None
    for place in emptied:
        values[place] = None
    if birth is not None:
        values[birth] = year
    return tuple(values)


def _grouped_criteria(
    rows: Iterator[tuple[Any, ...]], criterion: int, proof: int
) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        values = list(row)
        values[proof] = grouped_proof(values[proof], values[criterion])
        values[criterion] = grouped_criterion(values[criterion])
        yield tuple(values)


def _grouped_prescribers(
    rows: Iterator[tuple[Any, ...]], prescriber: int
) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        values = list(row)
        values[prescriber] = grouped_prescriber(values[prescriber])
        yield tuple(values)
