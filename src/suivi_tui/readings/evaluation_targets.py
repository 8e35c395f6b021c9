"""The targets that obligations have beside hours: reached, missed, still in progress, by kind."""

from collections import defaultdict
from datetime import date
from typing import Final, NamedTuple

from suivi_tui.readings.evaluation_cases import EVERYTHING
from suivi_tui.readings.evaluation_obligations import JudgedObligation, obligation_figures
from suivi_tui.readings.filters import Filters
from suivi_tui.rules.targets import TargetReading, target_reading
from suivi_tui.store.queries import obligation_cases
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import TargetKind, label_of
from suivi_tui.vocabulary.choices.formulas import TargetState

EXPLANATION: Final = (
    "Chaque cible d'une obligation de la période compte une fois. Atteinte dès que ce qui est sûr "
    "suffit ; manquée quand l'obligation est finie sans l'atteindre ; en cours sinon. Une personne "
    "dont le sexe ou l'adresse manque ne compte ni pour ni contre : la cible peut alors être "
    "impossible à dire."
)


class TargetLine(NamedTuple):
    """One target of one obligation; ``over`` whether the obligation is over."""

    obligation: JudgedObligation
    target: int
    reading: TargetReading
    over: bool


class TargetFigures(NamedTuple):
    """The targets of one kind; the four numbers add up to ``total``.

    ``kind`` is a code of ``TargetKind``; ``unknown`` those of obligations that are over, whose
    missing data leave it impossible to tell.
    """

    kind: str
    label: str
    reached: int
    missed: int
    going_on: int
    unknown: int
    lines: tuple[TargetLine, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return len(self.lines)


def target_figures(
    connection: Connection, filters: Filters = EVERYTHING, *, today: date
) -> tuple[TargetFigures, ...]:
    """The targets of the obligations of a period, by kind, in the order of the list of kinds.

    Work counts up to the last month of the period: validated, or still to be validated.
    """
    judged = obligation_figures(connection, filters, today=today).obligations
    known = {one.row.obligation: one for one in judged}
    targets = obligation_cases.targets(connection, known)
    work = defaultdict(list)
    served = {target.obligation for target in targets}
    for line in obligation_cases.work_done(connection, served, filters.last):
        work[line.obligation].append(line.rule)
    by_kind: dict[str, list[TargetLine]] = defaultdict(list)
    for target in targets:
        one = known[target.obligation]
        over = one.judgement.over_on is not None
        reading = target_reading(target.rule, work[target.obligation])
        by_kind[target.kind].append(TargetLine(one, target.target, reading, over))
    order = [kind.value for kind in TargetKind]
    return tuple(_figures(kind, by_kind[kind]) for kind in order if kind in by_kind)


def _figures(kind: str, lines: list[TargetLine]) -> TargetFigures:
    reached = sum(line.reading.state is TargetState.REACHED for line in lines)
    missed = sum(line.over and line.reading.state is TargetState.MISSING for line in lines)
    unknown = sum(line.over and line.reading.state is TargetState.UNKNOWN for line in lines)
    going_on = len(lines) - reached - missed - unknown
    label = label_of(TargetKind, kind)
    return TargetFigures(kind, label, reached, missed, going_on, unknown, tuple(lines))
