"""What a buyer's report tells of a scope: figures, obligations, outcomes, words, never a name.

Groups of a few people are masked as in any public table (``rules.masking``).
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from suivi_tui.readings.breakdowns import MISSING, TITLES, BreakdownRow
from suivi_tui.readings.evaluation import Evaluation, evaluate
from suivi_tui.readings.evaluation_months import MonthFigures, months
from suivi_tui.readings.evaluation_obligations import ObligationFigures, obligation_figures
from suivi_tui.readings.evaluation_outcomes import OutcomeFigures, outcome_figures
from suivi_tui.readings.evaluation_targets import TargetFigures, target_figures
from suivi_tui.readings.filters import Filters
from suivi_tui.readings.reviews import ReviewReading, reviews_of
from suivi_tui.readings.scope_words import scope_words
from suivi_tui.readings.synthesis_buyer import BUYER_KEYS
from suivi_tui.readings.synthesis_masks import masks_of
from suivi_tui.readings.synthesis_outcomes import classes_of
from suivi_tui.rules.indicators import USUAL_BANDS, Bands
from suivi_tui.rules.masking import Hidden, hidden_rows
from suivi_tui.rules.outcome_points import ExitClass
from suivi_tui.rules.outcome_rates import OutcomeRates
from suivi_tui.rules.privacy_scan import sensitive_matters
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.hours import Hours

SHOWN: Final = (
    "sexe", "age", "qpv", "niveau", "critere", "structure", "modalite", "contrat", "secteur",
)  # fmt: skip
"""The breakdowns of a report, in its order."""

PERSONAL: Final = ("sexe", "age", "qpv", "niveau", "critere")
"""Those that tell of people; what is not known in them is a gap to be said."""


class MaskedRow(NamedTuple):
    """A row of a breakdown; people and hours are None when the row is masked."""

    value: str
    people: int | None
    declared: Hours | None
    validated: Hours | None


class MaskedBreakdown(NamedTuple):
    """A breakdown as a report gives it; ``rows`` is None when it is withheld as a whole."""

    key: str
    title: str
    rows: tuple[MaskedRow, ...] | None


class MaskedOutcome(NamedTuple):
    """A point of the paths, and which of its classes (``synthesis_outcomes.classes_of``) are
    hidden; None: all of them. Rates are told only when every class is."""

    rates: OutcomeRates
    hidden: Hidden

    @property
    def due(self) -> int | None:
        """Paths to ask about; None when even their number is masked."""
        return None if self.hidden is None else self.rates.due

    @property
    def told(self) -> bool:
        """Whether nothing is hidden."""
        return self.hidden is not None and not self.hidden

    def paths(self, kind: ExitClass) -> int | None:
        """The paths of a class, those without an answer under ``ExitClass.UNKNOWN``; None when
        masked."""
        counts = classes_of(self.rates)
        place = list(counts).index(kind.value)
        return None if self.hidden is None or place in self.hidden else counts[kind.value]


class Gap(NamedTuple):
    """What is not known of some people: the breakdown, and on which part of the hours it stands.

    ``missing`` and ``hours`` are declared hours; ``missing`` is None when its row is masked.
    """

    title: str
    missing: Hours | None
    hours: Hours


class BuyerReport(NamedTuple):
    """Everything a report says, before any wording.

    ``scope`` is what narrows the report beside the buyer, in words; ``threshold`` is in people,
    ``few_people`` says that there are fewer in all. ``withheld_reviews`` counts the texts left out
    because they speak of what is sensitive.
    """

    filters: Filters
    scope: str
    today: date
    threshold: int
    evaluation: Evaluation
    months: tuple[MonthFigures, ...]
    obligations: ObligationFigures
    targets: tuple[TargetFigures, ...]
    few_people: bool
    breakdowns: tuple[MaskedBreakdown, ...]
    outcomes: OutcomeFigures
    points: tuple[MaskedOutcome, ...]
    reviews: tuple[ReviewReading, ...]
    withheld_reviews: int
    gaps: tuple[Gap, ...]


def buyer_report(
    connection: Connection,
    filters: Filters,
    *,
    today: date,
    threshold: int,
    fte_base: int | None = None,
    bands: Bands = USUAL_BANDS,
) -> BuyerReport:
    """The report of a scope as known ``today``; groups under ``threshold`` people are masked.

    Raises EvaluationRefused.
    """
    # The same breakdowns as those of the table: what one masks, the other does too.
    found = evaluate(
        connection, filters, today=today, fte_base=fte_base, bands=bands, keys=BUYER_KEYS
    )
    beside = filters._replace(buyers=())
    masks = masks_of(connection, found, threshold)
    shown = tuple(
        MaskedBreakdown(key, TITLES[key], _masked(found.breakdowns[key], masks.rows(key)))
        for key in SHOWN
    )
    outcomes = outcome_figures(connection, filters, today=today)
    readings, withheld = _harmless(reviews_of(connection, filters))
    return BuyerReport(
        filters=filters,
        scope=scope_words(connection, beside) if beside.narrowed else "",
        today=today,
        threshold=threshold,
        evaluation=found,
        months=months(connection, filters, today),
        obligations=obligation_figures(connection, filters, today=today),
        targets=target_figures(connection, filters, today=today),
        few_people=masks.few,
        breakdowns=shown,
        outcomes=outcomes,
        points=tuple(masked_outcome(rates, threshold) for rates in outcomes.points),
        reviews=readings,
        withheld_reviews=withheld,
        gaps=_gaps(shown, found.hours.declared),
    )


def _masked(rows: Sequence[BreakdownRow], hidden: Hidden) -> tuple[MaskedRow, ...] | None:
    if hidden is None:
        return None
    return tuple(
        MaskedRow(row.value, None, None, None)
        if place in hidden
        else MaskedRow(row.value, row.participants, row.hours.declared, row.hours.validated)
        for place, row in enumerate(rows)
    )


def masked_outcome(rates: OutcomeRates, threshold: int) -> MaskedOutcome:
    """A point without what would tell of fewer than ``threshold`` people."""
    counts = list(classes_of(rates).values())
    few = 0 < sum(counts) < threshold
    return MaskedOutcome(rates, None if few else hidden_rows(counts, threshold))


def _harmless(found: Sequence[ReviewReading]) -> tuple[tuple[ReviewReading, ...], int]:
    """Reviews without the texts that speak of health, of justice or hold a number of a person."""
    withheld = 0
    kept = []
    for reading in found:
        authors = []
        for author in reading.authors:
            own = []
            for row in author.reviews:
                if sensitive_matters(f"{row.text} {row.author}"):
                    withheld += 1
                    own.append(row._replace(text="", author=""))
                else:
                    own.append(row)
            authors.append(author._replace(reviews=tuple(own)))
        kept.append(reading._replace(authors=tuple(authors)))
    return tuple(kept), withheld


def _gaps(shown: Sequence[MaskedBreakdown], declared: Hours) -> tuple[Gap, ...]:
    """The breakdowns about people in which something is not known, the largest gap first."""
    gaps = [
        Gap(breakdown.title, row.declared, declared)
        for breakdown in shown
        for row in breakdown.rows or ()
        if breakdown.key in PERSONAL and row.value == MISSING and row.declared != 0
    ]
    return tuple(sorted(gaps, key=lambda gap: -(gap.missing or 0)))
