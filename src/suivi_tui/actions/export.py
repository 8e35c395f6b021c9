"""The tables that leave the base, by name: transfers, syntheses (see ``syntheses.catalogue``).

``marches``, ``participants``, ``heures`` and ``parcours`` are written as ``importer`` reads them:
a whole base exported with names and imported into an empty one gives the same evaluation. That is
why ``participants``, the transfer file of the base, keeps each criterion as it was entered when
names are asked for; without them, health and justice are grouped as "Autre public validé"
(``design.md`` 8). Contracts known from open data only are no part of the evaluation: they stay
out until taken up. Public syntheses mask the groups of a few people.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from suivi_tui.actions.export_log import ExportDone, log_export
from suivi_tui.actions.sensitive import grouped_criterion, grouped_prescriber, grouped_proof
from suivi_tui.actions.syntheses import references, synthesis_rows, threshold_of
from suivi_tui.exchange.columns import Column
from suivi_tui.exchange.columns_contracts import CONTRACT_COLUMNS
from suivi_tui.exchange.columns_hours import HOUR_COLUMNS
from suivi_tui.exchange.columns_participants import PARTICIPANT_COLUMNS
from suivi_tui.exchange.csv_out import Dialect, write_table
from suivi_tui.exchange.data_dictionary import dictionary
from suivi_tui.exchange.syntheses.catalogue import CATALOGUE, LISTED, NO_CLAIM, Export
from suivi_tui.exchange.table_schema import schema_text
from suivi_tui.readings.evaluation import filters_for
from suivi_tui.readings.filters import Filters
from suivi_tui.readings.scope_words import period_words, scope_words
from suivi_tui.readings.synthesis_lines import Asked
from suivi_tui.store.base import Base
from suivi_tui.store.queries import export as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import Month

EXPORTS: dict[str, str] = {name: export.title for name, export in CATALOGUE.items()}
"""The tables that are one file: the name for the command line, and what each one holds."""

_NAMES = frozenset(column.field for column in PARTICIPANT_COLUMNS.columns if column.nominative)
_PEOPLE_OF_CONTRACTS = frozenset({"facilitator", "contact", "contact_phone", "contact_mail"})


class SynthesisScope(NamedTuple):
    """What a synthesis is about; empty, the whole base (``readings.evaluation.evaluate``).

    ``filters``, when given, say the period and the scope instead of the first three. ``masked``
    False keeps the groups of a few people in a public table, for use within the structure.
    """

    first: Month | None = None
    last: Month | None = None
    buyer: str | None = None
    fte_base: int | None = None
    today: date | None = None
    filters: Filters | None = None
    masked: bool = True


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
    its year; the reference of a person stays, so that lines can be put together. Public tables
    are masked unless they are nominative or ``scope`` says otherwise. A base that can be written
    keeps a line of it in its history. Raises UserError for an unknown name, and what
    ``write_table`` does.
    """
    export = _known(name)
    connection = base.connection if isinstance(base, Base) else base
    wanted = scope or SynthesisScope()
    asked = asked_of(connection, name, wanted, nominative)
    rows = _rows(connection, name, asked, dialect, nominative)
    lines = write_table(export.columns, rows, destination, dialect)
    if isinstance(base, Base):
        log_export(base, _done(connection, export, name, asked, lines, nominative))
    return lines


def asked_of(
    connection: Connection, name: str, scope: SynthesisScope, nominative: bool = False
) -> Asked:
    """What an export is about, its names looked up. Raises EvaluationRefused."""
    filters = scope.filters
    if filters is None:
        filters = filters_for(connection, scope.first, scope.last, scope.buyer)
    threshold = threshold_of(name, scope.masked and not nominative)
    return Asked(filters, scope.today or date.today(), scope.fte_base, threshold)


def export_schema(name: str, dialect: Dialect = Dialect.EXCEL, nominative: bool = False) -> str:
    """The Table Schema (JSON) that describes one of ``EXPORTS``, with or without the names."""
    export = _known(name)
    return schema_text(export.columns, name, export.title, dialect, nominative)


def export_dictionary(name: str) -> str:
    """The data dictionary of one of ``EXPORTS``, in French Markdown."""
    export = _known(name)
    remarks = [export.about, NO_CLAIM]
    if export.public:
        remarks.append(
            "Tableau publiable : sans les noms, les groupes de moins de 5 personnes sont masqués, "
            "avec ceux qui permettraient de les retrouver par soustraction (`--sans-masque` les "
            "garde pour un usage interne)."
        )
    return dictionary(name, export.title, export.columns, remarks)


def _done(
    connection: Connection, export: Export, name: str, asked: Asked, lines: int, nominative: bool
) -> ExportDone:
    if not export.scoped:
        return ExportDone(name, lines, nominative)
    scope = f"{scope_words(connection, asked.filters)}, {period_words(asked.filters)}"
    masked = asked.threshold is not None if export.public else None
    return ExportDone(name, lines, nominative, scope, masked)


def _known(name: str) -> Export:
    found = CATALOGUE.get(name)
    if found is None:
        raise UserError(
            f"L'export « {name} » n'existe pas : rien n'a été écrit. Les exports sont "
            f"{', '.join(LISTED)}."
        )
    return found


def _rows(
    connection: Connection, name: str, asked: Asked, dialect: Dialect, nominative: bool
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
    if name in ("annuaire", "structures"):
        from suivi_tui.actions.directory import directory_rows, structure_rows

        listed = directory_rows if name == "annuaire" else structure_rows
        return listed(connection, nominative=nominative)
    if name == "politiques":
        from suivi_tui.actions.policies import commitment_rows

        return commitment_rows(connection, asked.today, asked.threshold)
    return synthesis_rows(connection, name, asked, nominative=nominative, decimal=dialect.decimal)


def _participants(connection: Connection) -> Iterator[queries.Row]:
    named = references(connection)
    for person, *values in queries.participants(connection):
        yield named[person], *values


def _hours(connection: Connection) -> Iterator[queries.Row]:
    named = references(connection)
    for place, (month, person, *values) in queries.hours(connection):
        yield *place, month, named.get(person, str(person)), *values


def _anonymous(rows: Iterable[queries.Row]) -> Iterator[queries.Row]:
    fields = [column.field for column in PARTICIPANT_COLUMNS.columns]
    birth, criterion = fields.index("birth"), fields.index("criterion")
    proof, prescriber = fields.index("proof"), fields.index("prescriber")
    for row in _without(rows, PARTICIPANT_COLUMNS.columns, _NAMES - {"birth"}):
        values = list(row)
        values[birth] = values[birth] and values[birth][:4]
        values[proof] = grouped_proof(values[proof], values[criterion])
        values[criterion] = grouped_criterion(values[criterion])
        values[prescriber] = grouped_prescriber(values[prescriber])
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
