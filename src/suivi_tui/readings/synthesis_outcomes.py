"""What became of people, as the lines of a synthesis: by point, with the rate of answers."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from suivi_tui.readings.evaluation_outcomes import outcome_figures
from suivi_tui.readings.synthesis_lines import WITHHELD, Asked, Line
from suivi_tui.rules.masking import Hidden, hidden_rows
from suivi_tui.rules.outcome_points import ExitClass
from suivi_tui.rules.outcome_rates import OutcomeRates
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import OutcomePoint

PART = "Parcours"
_PATHS = "parcours"


def classes_of(rates: OutcomeRates) -> dict[str, int]:
    """How many paths count as what at one point; those without an answer last."""
    return {
        ExitClass.DURABLE.value: rates.durable,
        ExitClass.TRANSITION.value: rates.transition,
        ExitClass.POSITIVE.value: rates.positive,
        ExitClass.OTHER.value: rates.other,
        ExitClass.NEUTRAL.value: rates.neutral,
        ExitClass.UNKNOWN.value: rates.due - rates.answered,
    }


def outcome_lines(
    connection: Connection, asked: Asked, points: Sequence[OutcomePoint] = tuple(OutcomePoint)
) -> list[Line]:
    """The lines of some points for the paths of a scope."""
    found = outcome_figures(connection, asked.filters, today=asked.today)
    lines = []
    for point in points:
        rates = found.at(point)
        lines += point_lines(rates, _hidden(classes_of(rates), asked.threshold))
    return lines


def _hidden(counts: Mapping[str, int], threshold: int | None) -> Hidden:
    if threshold is None:
        return frozenset()
    total = sum(counts.values())
    return None if 0 < total < threshold else hidden_rows(list(counts.values()), threshold)


def point_lines(rates: OutcomeRates, hidden: Hidden, part: str = PART) -> list[Line]:
    """The lines of one point; rates are told only when every class is."""
    heading = f"Situation {_at(rates.point)}"
    if hidden is None:
        return [Line(part, heading, WITHHELD, masked=True)]
    counts = classes_of(rates)
    lines = [Line(part, heading, "Parcours à interroger", number=Fraction(rates.due), unit=_PATHS)]
    for place, (label, count) in enumerate(counts.items()):
        if place in hidden:
            lines.append(Line(part, heading, label, masked=True))
        elif count:
            lines.append(Line(part, heading, label, number=Fraction(count), unit=_PATHS))
    if not rates.due:
        return lines
    for label, rate in (
        ("Taux de réponse", rates.response_rate),
        ("Sorties dynamiques, part des réponses", rates.share(rates.dynamic)),
    ):
        if hidden:
            lines.append(Line(part, heading, label, masked=True))
        elif rate is not None:
            lines.append(Line(part, heading, label, number=rate * 100, unit="%"))
    return lines


def _at(point: OutcomePoint) -> str:
    return point.label[:1].lower() + point.label[1:]
