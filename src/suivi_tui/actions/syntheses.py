"""The syntheses as tables: their lines computed, masked when public, with where they come from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from suivi_tui import paths
from suivi_tui.actions.sensitive import grouped_criterion
from suivi_tui.exchange.syntheses.catalogue import CATALOGUE
from suivi_tui.readings.evaluation import evaluate
from suivi_tui.readings.scope_words import scope_words
from suivi_tui.readings.synthesis_buyer import buyer_report
from suivi_tui.readings.synthesis_lines import Asked, Line
from suivi_tui.readings.synthesis_masks import masks_of
from suivi_tui.readings.synthesis_network import consolidation, observatory
from suivi_tui.readings.synthesis_people import FundedPerson, funded_people, path_points
from suivi_tui.readings.synthesis_policy import policy_lines
from suivi_tui.readings.synthesis_programmes import programme_lines
from suivi_tui.readings.synthesis_whole import masked_rows
from suivi_tui.reference.privacy import publication_threshold
from suivi_tui.rules.version import RULES_VERSION
from suivi_tui.store.queries import export as export_queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.whole_tables import base_name
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.text import fold

Values = tuple[Any, ...]


class Provenance(NamedTuple):
    """Where figures come from: the last columns of every line (``figure_columns.PROVENANCE``)."""

    first: Month | None
    last: Month | None
    scope: str
    made_on: str
    base: str
    rules: str


def threshold_of(name: str, masked: bool) -> int | None:
    """People under which the groups of a table are masked; None when it masks nothing."""
    if not masked or not CATALOGUE[name].public:
        return None
    return publication_threshold(paths.reference_file())


def provenance_of(connection: Connection, asked: Asked) -> Provenance:
    """Period, scope in words, day, base and version of the rules."""
    filters = asked.filters
    return Provenance(
        filters.first,
        filters.last,
        scope_words(connection, filters),
        asked.today.isoformat(),
        base_name(connection),
        RULES_VERSION,
    )


def synthesis_rows(
    connection: Connection,
    name: str,
    asked: Asked,
    *,
    nominative: bool = False,
    decimal: str = ",",
) -> Iterator[Values]:
    """The rows of a synthesis in the order of its columns, ready to be written.

    ``decimal`` is that of the figures written within texts. Raises KeyError for a name that is
    none, and EvaluationRefused.
    """
    if name == "parcours":
        yield from _points(connection, asked)
        return
    tail = tuple(provenance_of(connection, asked))
    for row in _BUILDERS[name](connection, asked, nominative, decimal):
        yield (*row, *tail)


def references(connection: Connection) -> dict[int, str]:
    """How files name each person: by reference, by id when it would not tell people apart."""
    rows = export_queries.references(connection)
    known: dict[str, int] = {}
    for _, reference in rows:
        known[fold(reference)] = known.get(fold(reference), 0) + 1
    return {
        row: reference if reference and known[fold(reference)] == 1 else str(row)
        for row, reference in rows
    }


def _points(connection: Connection, asked: Asked) -> Iterator[Values]:
    named = references(connection)
    for row in path_points(connection, asked):
        yield named[row.participant], row.date, row.point, row.situation or None


def _figures(lines: Iterable[Line]) -> Iterator[Values]:
    """Part, heading, value; people, work contracts, hours; a number, its unit, the mask."""
    for line in lines:
        yield (*line[:-1], int(line.masked))


_Builder = Callable[[Connection, Asked, bool, str], Iterable[Sequence[Any]]]


def _of_lines(build: Callable[[Connection, Asked], Iterable[Line]]) -> _Builder:
    return lambda connection, asked, nominative, decimal: _figures(build(connection, asked))


def _whole(
    connection: Connection, asked: Asked, nominative: bool, decimal: str
) -> Iterator[Values]:
    found = evaluate(connection, asked.filters, today=asked.today, fte_base=asked.fte_base)
    masks = masks_of(connection, found, asked.threshold)
    for row, masked in masked_rows(found, masks, asked.threshold, decimal):
        yield (*row, int(masked))


def _programmes(
    connection: Connection, asked: Asked, nominative: bool, decimal: str
) -> Iterator[Values]:
    for row in programme_lines(connection, asked, paths.reference_file()):
        yield (row.programme, row.operation, row.buyer, *row.line[:-1], int(row.line.masked))


def _policy(
    connection: Connection, asked: Asked, nominative: bool, decimal: str
) -> Iterator[Values]:
    for line in policy_lines(connection, asked):
        yield (*line[:-1], int(line.masked))


def _funded(
    connection: Connection, asked: Asked, nominative: bool, decimal: str
) -> Iterator[Values]:
    named = references(connection)
    for one in funded_people(connection, asked):
        yield _funded_row(one, named[one.person.participant], nominative)


def _funded_row(one: FundedPerson, reference: str, nominative: bool) -> Values:
    person = one.person
    return (
        one.operation,
        one.buyer,
        reference,
        person.last if nominative else None,
        person.first if nominative else None,
        person.birth if nominative else person.birth and person.birth[:4],
        person.sex,
        person.postcode,
        one.qpv,
        one.education,
        one.situation,
        grouped_criterion(person.criterion),
        one.entered_on,
        one.left_on,
        one.at_exit,
        one.after_six_months,
        one.validated,
        ", ".join(one.missing),
    )


_BUILDERS: dict[str, _Builder] = {
    "synthese": _whole,
    "consolidation": _of_lines(consolidation),
    "observatoire": _of_lines(observatory),
    "rapport_acheteur": _of_lines(buyer_report),
    "anru": _programmes,
    "spaser": _policy,
    "fse": _funded,
}
