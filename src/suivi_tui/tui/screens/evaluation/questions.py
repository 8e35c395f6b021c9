"""What screen 7 asks of the base: the figures, and what each view shows. Runs on the desk."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from suivi_tui.readings.breakdowns import TITLES
from suivi_tui.tui.screens.evaluation import views
from suivi_tui.tui.screens.evaluation.filters_flow import Bases
from suivi_tui.tui.screens.evaluation.scope import Scope
from suivi_tui.tui.screens.evaluation.views import View

if TYPE_CHECKING:
    from suivi_tui.readings.evaluation import Evaluation


class Answer(NamedTuple):
    """The figures, those of what is compared, the bases of full-time posts with their names."""

    evaluation: "Evaluation"
    other: "Evaluation | None"
    bases: Bases
    usual_base: int


class Shown(NamedTuple):
    """What a view shows; ``draw`` makes it for a width with or without room.

    ``heat`` is in its place for hours by structure and month.
    """

    draw: Callable[[bool], View] | None
    heat: Any = None


def read_figures(base: Any, scope: Scope, other: Scope | None, today: date) -> Answer:
    """The figures of a scope, without breakdowns: each view reads its own."""
    from suivi_tui import paths
    from suivi_tui.readings.evaluation import evaluate
    from suivi_tui.reference.loader import fte_bases

    bases = fte_bases(paths.reference_file())

    def one(asked: Scope) -> "Evaluation":
        return evaluate(
            base.connection,
            asked.filters,
            today=today,
            fte_base=scope.fte_base or bases.default,
            bands=scope.bands,
            keys=(),
        )

    return Answer(
        one(scope),
        one(other) if other is not None else None,
        tuple((item.hours, item.label) for item in bases.bases),
        bases.default,
    )


def read_view(base: Any, key: str, scope: Scope, today: date) -> Shown:
    """What a view shows of a scope."""
    if key in TITLES:
        return _breakdown(base, key, scope, today)
    return _READ[key](base, scope, today)


def _breakdown(base: Any, key: str, scope: Scope, today: date) -> Shown:
    from suivi_tui.readings.evaluation import evaluate

    found = evaluate(base.connection, scope.filters, today=today, bands=scope.bands, keys=(key,))
    rows = found.breakdowns[key]
    return Shown(lambda roomy: views.breakdown_view(rows, key, roomy))


def _progress(base: Any, scope: Scope, today: date) -> Shown:
    from suivi_tui.readings.evaluation_months import months

    found = months(base.connection, scope.filters, today)
    return Shown(lambda roomy: views.progress_view(found, roomy))


def _heat(base: Any, scope: Scope, today: date) -> Shown:
    from suivi_tui.readings.evaluation_months import heat

    return Shown(None, heat(base.connection, scope.filters))


def _buyers(base: Any, scope: Scope, today: date) -> Shown:
    from suivi_tui.readings.buyer_comparison import compare_buyers

    found = compare_buyers(base.connection, scope.filters, today=today)
    return Shown(lambda roomy: views.buyers_view(found, roomy))


def _outcomes(base: Any, scope: Scope, today: date) -> Shown:
    from suivi_tui.readings.evaluation_outcomes import outcome_figures

    found = outcome_figures(base.connection, scope.filters, today=today, origin=scope.origin)
    return Shown(lambda roomy: views.outcomes_view(found, roomy))


def _verdicts(base: Any, scope: Scope, today: date) -> Shown:
    from suivi_tui.readings.evaluation_obligations import obligation_figures

    found = obligation_figures(base.connection, scope.filters, today=today)
    return Shown(lambda roomy: views.verdicts_view(found))


_READ: Final[dict[str, Callable[[Any, Scope, date], Shown]]] = {
    views.PROGRESS: _progress,
    views.HEAT: _heat,
    views.BUYERS: _buyers,
    views.OUTCOMES: _outcomes,
    views.VERDICTS: _verdicts,
}
