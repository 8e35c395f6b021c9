"""What is masked in the breakdowns of an evaluation before they are published."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from suivi_tui.readings.breakdowns import BreakdownRow, labels_of
from suivi_tui.readings.evaluation import Evaluation
from suivi_tui.readings.evaluation_fold import fold_of, ground_of
from suivi_tui.readings.synthesis_lines import WITHHELD, Line
from suivi_tui.rules.masking import Cell, Hidden, Nest, hide
from suivi_tui.store.queries.connection import Connection

# What a reader knows without us: whose contract it is, in which sector, which structure may sign
# which work contract. The rows of the first lie within those of the second.
_NESTED: Final = (
    ("acheteur", "type_acheteur"),
    ("acheteur", "territoire"),
    ("operation", "acheteur"),
    ("operation", "programme"),
    ("marche", "acheteur"),
    ("marche", "operation"),
    ("marche", "programme"),
    ("marche", "secteur"),
    ("marche", "type_clause"),
    ("marche", "montant"),
    ("marche", "facilitateur"),
    ("marche", "entreprise"),
    ("lot", "marche"),
    ("lot", "entreprise"),
    ("employeur", "structure"),
    ("contrat", "structure"),
    ("structure", "modalite"),
)


class Masks(NamedTuple):
    """What of an evaluation is hidden: the number of people itself, and rows by breakdown."""

    few: bool
    hidden: Mapping[str, Hidden]

    def rows(self, key: str) -> Hidden:
        """The rows hidden in a breakdown; None: all of it."""
        return self.hidden.get(key, frozenset())


NOTHING_MASKED = Masks(False, {})


def cell_of(row: BreakdownRow) -> Cell:
    """A row as the rules of masking see it."""
    hours = row.hours
    figures_told = (row.work_contracts, hours.declared, hours.validated)
    return Cell(row.participants, figures_told)


def masks_of(connection: Connection, evaluation: Evaluation, threshold: int | None) -> Masks:
    """What to hide of an evaluation under ``threshold`` people; None: nothing."""
    if threshold is None:
        return NOTHING_MASKED
    parts = {key: [cell_of(row) for row in rows] for key, rows in evaluation.breakdowns.items()}
    few = 0 < evaluation.participants < threshold
    nests = list(_nests(connection, evaluation))
    return Masks(few, hide(evaluation.participants, parts, nests, threshold))


def _nests(connection: Connection, evaluation: Evaluation) -> Iterable[Nest]:
    """Which rows of a breakdown lie within which rows of another one, in these hours."""
    shown = evaluation.breakdowns
    pairs = [(inner, outer) for inner, outer in _NESTED if inner in shown and outer in shown]
    ground = ground_of(connection, evaluation.filters)
    fold = fold_of(ground)
    labels = {
        key: labels_of(ground, fold, key, evaluation.bands)
        for key in dict.fromkeys(key for pair in pairs for key in pair)
    }
    for inner, outer in pairs:
        owners: dict[str, set[str]] = {}
        for one, other in set(zip(labels[inner], labels[outer], strict=True)):
            owners.setdefault(one, set()).add(other)
        places = {row.value: place for place, row in enumerate(shown[outer])}
        within = [
            places.get(next(iter(found))) if len(found) == 1 else None
            for found in (owners.get(row.value, set()) for row in shown[inner])
        ]
        yield Nest(inner, outer, within)


def breakdown_lines(
    part: str, heading: str, rows: Sequence[BreakdownRow], hidden: Hidden
) -> list[Line]:
    """The lines of one breakdown: hidden rows keep their name and lose their figures."""
    if hidden is None:
        return [Line(part, heading, WITHHELD, masked=True)]
    return [
        Line(part, heading, row.value, masked=True)
        if place in hidden
        else Line(
            part,
            heading,
            row.value,
            row.participants,
            row.work_contracts,
            row.hours.declared,
            row.hours.validated,
        )
        for place, row in enumerate(rows)
    ]
