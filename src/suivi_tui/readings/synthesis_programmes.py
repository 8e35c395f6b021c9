"""Urban renewal programmes: hours and people by operation and buyer (domain.md 7.5).

What is told of an operation is kept from giving back a group of a few people, neither of the
operation, nor of the programme less its other operations.
"""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Final, NamedTuple

from suivi_tui.readings.breakdowns import TITLES, BreakdownRow
from suivi_tui.readings.evaluation import Evaluation, evaluate
from suivi_tui.readings.evaluation_outcomes import outcome_figures
from suivi_tui.readings.filters import Filters
from suivi_tui.readings.synthesis_lines import WITHHELD, Asked, Line
from suivi_tui.readings.synthesis_masks import breakdown_lines, cell_of
from suivi_tui.readings.synthesis_outcomes import classes_of, point_lines
from suivi_tui.reference.privacy import programme_floors
from suivi_tui.rules.indicators import Bands, age_bands
from suivi_tui.rules.masking import Cell, Hidden, Nest, hidden_rows, hide, withheld_groups
from suivi_tui.rules.outcome_rates import OutcomeRates
from suivi_tui.store.queries import figures
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import OutcomePoint, Programme

PROGRAMMES: Final = (Programme.NPNRU, Programme.GUP)
KEYS: Final = ("qpv", "sexe", "age", "contrat", "modalite")
YOUNG: Final = 26
BANDS: Final = Bands(age_bands((YOUNG,)))
POINT: Final = OutcomePoint.MONTHS_6
_BUYER, _OPERATION, _OUTCOME = "acheteur", "operation", "situation"


class ProgrammeLine(NamedTuple):
    """A line of a programme, of one of its operations when that is given."""

    programme: str
    operation: str
    buyer: str
    line: Line


class _Operation(NamedTuple):
    id: int
    name: str
    buyer: str
    evaluation: Evaluation
    rates: OutcomeRates


class _Shown(NamedTuple):
    """What may be told: rows hidden by breakdown of the whole, operations whose people or whose
    breakdown are withheld."""

    few: bool
    hidden: Mapping[str, Hidden]
    outcome: Hidden
    people: frozenset[int]
    details: Mapping[str, frozenset[int]]


def programme_lines(
    connection: Connection, asked: Asked, reference: Path | None = None
) -> list[ProgrammeLine]:
    """The lines of the programmes of urban renewal that have something in the scope."""
    lines: list[ProgrammeLine] = []
    for programme in PROGRAMMES:
        filters = asked.filters._replace(programme=str(programme.value))
        if asked.filters.programme not in ("", programme.value):
            continue
        whole = evaluate(
            connection,
            filters,
            today=asked.today,
            fte_base=asked.fte_base,
            bands=BANDS,
            keys=(*KEYS, _BUYER),
        )
        if whole.obligations or whole.hours.declared:
            lines += _programme(connection, asked, programme, whole, reference)
    return lines


def _programme(
    connection: Connection,
    asked: Asked,
    programme: Programme,
    whole: Evaluation,
    reference: Path | None,
) -> list[ProgrammeLine]:
    operations = _operations(connection, asked, whole.filters)
    rates = outcome_figures(connection, whole.filters, today=asked.today).at(POINT)
    shown = _shown(whole, rates, operations, asked.threshold)
    label = programme.label
    floor = programme_floors(reference)[str(programme.value)]
    lines = [
        Line("Repère", floor.label, floor.source, number=floor.share * 100, unit="%"),
        *_hours(whole, shown.few),
        *_people(whole, shown.few),
    ]
    for key in (_BUYER, *KEYS):
        rows = whole.breakdowns[key]
        lines += breakdown_lines("Répartition", TITLES[key], rows, shown.hidden[key])
    lines += point_lines(rates, shown.outcome)
    found = [ProgrammeLine(label, "", "", line) for line in lines]
    for operation in operations:
        found += [
            ProgrammeLine(label, operation.name, operation.buyer, line)
            for line in _operation_lines(operation, shown)
        ]
    return found


def _operations(connection: Connection, asked: Asked, filters: Filters) -> list[_Operation]:
    named = {
        row.operation: row
        for row in figures.scope(connection)
        if row.operation is not None and row.programme == filters.programme
    }
    found = []
    for operation, row in sorted(named.items(), key=lambda each: each[1].operation_name):
        if filters.operation not in (None, operation):
            continue
        own = filters._replace(operation=operation)
        evaluation = evaluate(
            connection, own, today=asked.today, fte_base=asked.fte_base, bands=BANDS, keys=KEYS
        )
        if evaluation.obligations or evaluation.hours.declared:
            rates = outcome_figures(connection, own, today=asked.today).at(POINT)
            found.append(
                _Operation(operation, row.operation_name, row.buyer_name, evaluation, rates)
            )
    return found


def _shown(
    whole: Evaluation, rates: OutcomeRates, operations: list[_Operation], threshold: int | None
) -> _Shown:
    nothing: frozenset[int] = frozenset()
    if threshold is None:
        hidden: dict[str, Hidden] = dict.fromkeys((*KEYS, _BUYER, _OPERATION), nothing)
        return _Shown(False, hidden, nothing, nothing, dict.fromkeys((*KEYS, _OUTCOME), nothing))
    parts = {key: [cell_of(row) for row in whole.breakdowns[key]] for key in (*KEYS, _BUYER)}
    parts[_OPERATION] = [_whole_cell(one.evaluation) for one in operations]
    buyers = {row.value: place for place, row in enumerate(whole.breakdowns[_BUYER])}
    nest = Nest(_OPERATION, _BUYER, [buyers.get(one.buyer) for one in operations])
    hidden = hide(whole.participants, parts, [nest], threshold)
    rows = hidden[_OPERATION]
    everybody = frozenset(one.id for one in operations)
    people = everybody if rows is None else frozenset(operations[place].id for place in rows)
    details = {}
    for key in KEYS:
        counts = {one.id: _counts(one.evaluation.breakdowns[key]) for one in operations}
        details[key] = _withheld(
            counts, hidden[key], [row.value for row in whole.breakdowns[key]], people, threshold
        )
    classes = classes_of(rates)
    outcome: Hidden = (
        None if 0 < rates.due < threshold else hidden_rows(list(classes.values()), threshold)
    )
    details[_OUTCOME] = _withheld(
        {one.id: classes_of(one.rates) for one in operations},
        outcome,
        list(classes),
        frozenset(one.id for one in operations if 0 < one.rates.due < threshold),
        threshold,
    )
    few = 0 < whole.participants < threshold
    return _Shown(few, hidden, outcome, people, details)


def _withheld(
    counts: Mapping[int, Mapping[str, int]],
    hidden: Hidden,
    values: list[str],
    forced: frozenset[int],
    threshold: int,
) -> frozenset[int]:
    """The operations whose breakdown is not told at all."""
    if hidden is None:
        return frozenset(counts)
    return withheld_groups(counts, threshold, forced, {values[place] for place in hidden})


def _counts(rows: tuple[BreakdownRow, ...]) -> dict[str, int]:
    return {row.value: row.participants for row in rows}


def _whole_cell(evaluation: Evaluation) -> Cell:
    hours = evaluation.hours
    return Cell(
        evaluation.participants, (evaluation.work_contracts, hours.declared, hours.validated)
    )


def _hours(evaluation: Evaluation, masked: bool = False) -> list[Line]:
    """What is owed and done."""
    part, rate = "Heures", evaluation.rate
    owed = Line(part, "Heures prévues", declared=evaluation.due)
    if masked:
        return [owed, Line(part, "Heures réalisées", masked=True)]
    lines = [
        owed,
        Line(
            part,
            "Heures réalisées",
            declared=evaluation.hours.declared,
            validated=evaluation.hours.validated,
        ),
    ]
    if rate is not None:
        lines.append(Line(part, "Part réalisée", number=Fraction(rate) * 100, unit="%"))
    return lines


def _people(evaluation: Evaluation, masked: bool) -> list[Line]:
    if masked:
        return [Line("Personnes", "Bénéficiaires", masked=True)]
    return [
        Line(
            "Personnes",
            "Bénéficiaires",
            participants=evaluation.participants,
            work_contracts=evaluation.work_contracts,
        )
    ]


def _operation_lines(operation: _Operation, shown: _Shown) -> list[Line]:
    hidden = operation.id in shown.people
    lines = [*_hours(operation.evaluation, hidden), *_people(operation.evaluation, hidden)]
    for key in KEYS:
        rows = operation.evaluation.breakdowns[key]
        if operation.id in shown.details[key]:
            if rows:
                lines.append(Line("Répartition", TITLES[key], WITHHELD, masked=True))
        else:
            lines += breakdown_lines("Répartition", TITLES[key], rows, frozenset())
    if operation.rates.due:
        told = operation.id not in shown.details[_OUTCOME]
        lines += point_lines(operation.rates, frozenset() if told else None)
    return lines
