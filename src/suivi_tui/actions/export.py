"""The tables that leave the base: ``marches``, ``participants``, ``heures``, ``synthese``.

The first three are written as ``importer`` reads them: a whole base exported with names and
imported into an empty one gives the same evaluation. That is why ``participants``, the transfer
file of the base, keeps each criterion as it was entered when names are asked for; without them,
health and justice are grouped as "Autre public validé" (``design.md`` 8). Contracts known from
open data only are no part of the evaluation: they stay out until taken up.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from suivi_tui.exchange.columns import Column, ColumnType
from suivi_tui.exchange.columns_contracts import CONTRACT_COLUMNS
from suivi_tui.exchange.columns_hours import HOUR_COLUMNS
from suivi_tui.exchange.columns_participants import PARTICIPANT_COLUMNS
from suivi_tui.exchange.csv_out import Dialect, write_table
from suivi_tui.exchange.table_schema import schema_text
from suivi_tui.store.base import Base
from suivi_tui.store.queries import export as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import Criterion
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.text import fold

SYNTHESIS_COLUMNS = (
    Column("partie", "part", "Partie de la synthèse"),
    Column("rubrique", "heading", "Ce qui est compté, ou la répartition"),
    Column("valeur", "value", "Valeur de la répartition, ou chiffre sans heures"),
    Column("participants", "participants", "Personnes distinctes", ColumnType.INTEGER),
    Column("contrats", "work_contracts", "Contrats de travail distincts", ColumnType.INTEGER),
    Column("heures", "declared", "Heures déclarées, ou de la rubrique", ColumnType.HOURS),
    Column("validees", "validated", "Heures validées", ColumnType.HOURS),
)


class _Export(NamedTuple):
    title: str
    columns: tuple[Column, ...]


_EXPORTS = {
    "marches": _Export(
        "Marchés suivis, lots, entreprises et heures dues", CONTRACT_COLUMNS.columns
    ),
    "participants": _Export("Participants et critères", PARTICIPANT_COLUMNS.columns),
    "heures": _Export("Heures déclarées et validées", HOUR_COLUMNS.columns),
    "synthese": _Export("Synthèse de l'évaluation", SYNTHESIS_COLUMNS),
}
EXPORTS: dict[str, str] = {name: export.title for name, export in _EXPORTS.items()}
"""What can be exported: the name for the command line, and what it holds."""

_SENSITIVE = frozenset(member.value for member in Criterion if member.sensitive)
_NAMES = frozenset(column.field for column in PARTICIPANT_COLUMNS.columns if column.nominative)
_PEOPLE_OF_CONTRACTS = frozenset({"facilitator", "contact", "contact_phone", "contact_mail"})


class SynthesisScope(NamedTuple):
    """What a synthesis is about; empty, the whole base (``readings.evaluation.evaluate``)."""

    first: Month | None = None
    last: Month | None = None
    buyer: str | None = None
    fte_base: int | None = None
    today: date | None = None


def export_table(
    base: Base | Connection,
    name: str,
    destination: Path | BinaryIO | None = None,
    dialect: Dialect = Dialect.EXCEL,
    nominative: bool = False,
    scope: SynthesisScope | None = None,
) -> int:
    """Write one of ``EXPORTS`` and return how many lines; None is the standard output.

    Without ``nominative`` nobody is named: names, contacts and comments are empty and a birth is
    its year; the reference of a person stays, so that lines can be put together. Raises
    UserError for an unknown name, and what ``write_table`` does.
    """
    connection = base.connection if isinstance(base, Base) else base
    columns = _known(name).columns
    rows = _rows(connection, name, dialect, nominative, scope or SynthesisScope())
    return write_table(columns, rows, destination, dialect)


def export_schema(name: str, dialect: Dialect = Dialect.EXCEL) -> str:
    """The Table Schema (JSON) that describes one of ``EXPORTS``."""
    export = _known(name)
    return schema_text(export.columns, name, export.title, dialect)


def _known(name: str) -> _Export:
    found = _EXPORTS.get(name)
    if found is None:
        raise UserError(
            f"L'export « {name} » n'existe pas : rien n'a été écrit. Les exports sont "
            f"{', '.join(_EXPORTS)}."
        )
    return found


def _rows(
    connection: Connection, name: str, dialect: Dialect, nominative: bool, scope: SynthesisScope
) -> Iterable[Sequence[Any]]:
    if name == "marches":
        rows: Iterator[queries.Row] = queries.contracts(connection)
        return (
            rows if nominative else _without(rows, CONTRACT_COLUMNS.columns, _PEOPLE_OF_CONTRACTS)
        )
    if name == "participants":
        people = _participants(connection)
        return people if nominative else _anonymous(people)
    if name == "heures":
        lines = _hours(connection)
        return lines if nominative else _without(lines, HOUR_COLUMNS.columns, {"comment"})
    from suivi_tui.readings.evaluation import evaluate, evaluation_rows

    return evaluation_rows(evaluate(connection, *scope), dialect.decimal)


def _participants(connection: Connection) -> Iterator[queries.Row]:
    references = _references(connection)
    for person, *values in queries.participants(connection):
        yield references[person], *values


def _hours(connection: Connection) -> Iterator[queries.Row]:
    references = _references(connection)
    for place, (month, person, *values) in queries.hours(connection):
        yield *place, month, references.get(person, str(person)), *values


def _references(connection: Connection) -> dict[int, str]:
    """How files name each person: by reference, by id when it would not tell people apart."""
    rows = queries.references(connection)
    shared = Counter(fold(reference) for _, reference in rows)
    return {
        row: reference if reference and shared[fold(reference)] == 1 else str(row)
        for row, reference in rows
    }


def _anonymous(rows: Iterable[queries.Row]) -> Iterator[queries.Row]:
    fields = [column.field for column in PARTICIPANT_COLUMNS.columns]
    birth, criterion = fields.index("birth"), fields.index("criterion")
    proof = fields.index("proof")
    for row in _without(rows, PARTICIPANT_COLUMNS.columns, _NAMES - {"birth"}):
        values = list(row)
        values[birth] = values[birth] and values[birth][:4]
        if values[criterion] in _SENSITIVE:
            values[criterion] = Criterion.OTHER.value
            # The proof would tell what the criterion no longer does.
            values[proof] = None
        yield tuple(values)


def _without(
    rows: Iterable[queries.Row], columns: Sequence[Column], emptied: Iterable[str]
) -> Iterator[queries.Row]:
    places = [place for place, column in enumerate(columns) if column.field in set(emptied)]
    for row in rows:
        values = list(row)
        for place in places:
            values[place] = None
        yield tuple(values)
