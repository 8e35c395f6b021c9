"""The figures of a whole scope, as the first lines of its syntheses."""

from collections import defaultdict
from fractions import Fraction
from itertools import compress

from suivi_tui.readings.breakdowns import MISSING, TITLES, labels_of
from suivi_tui.readings.evaluation import Evaluation, full_bands
from suivi_tui.readings.evaluation_fold import fold_of, ground_of
from suivi_tui.readings.filters import Filters
from suivi_tui.readings.synthesis_lines import Line, counted
from suivi_tui.readings.synthesis_masks import Masks
from suivi_tui.rules.indicators import USUAL_BANDS
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.figures import ScopeRow
from suivi_tui.vocabulary.numbers import NBSP, format_number

WHOLE = "Ensemble"
_CONTRACTS = "marchés"


def hour_lines(evaluation: Evaluation, part: str = WHOLE) -> list[Line]:
    """Hours owed, expected, declared, validated, refused, pending, and full-time posts."""
    hours = evaluation.hours
    posts = f"ETP (base {format_number(evaluation.fte_base)}{NBSP}h)"
    return [
        Line(part, "Heures à réaliser", declared=evaluation.due),
        Line(part, "Heures attendues à ce jour", declared=evaluation.expected),
        Line(part, "Heures déclarées", declared=hours.declared),
        Line(part, "Heures validées", validated=hours.validated),
        Line(part, "Heures refusées", declared=hours.refused),
        Line(part, "Heures à valider", declared=hours.pending),
        Line(part, "Heures de formation", declared=evaluation.training),
        Line(part, posts, number=Fraction(str(evaluation.fte)), unit="ETP"),
    ]


def people_lines(evaluation: Evaluation, masks: Masks, part: str = WHOLE) -> list[Line]:
    """Distinct people, their work contracts, hours by person; nothing of a handful of people."""
    if masks.few:
        headings = ("Participants", "Contrats de travail", "Heures par participant")
        return [Line(part, heading, masked=True) for heading in headings]
    lines = [
        Line(part, "Participants", participants=evaluation.participants),
        Line(part, "Contrats de travail", work_contracts=evaluation.work_contracts),
    ]
    if evaluation.hours_per_person is not None:
        each = Fraction(evaluation.hours_per_person, 100)
        lines.append(Line(part, "Heures par participant", number=each, unit="h"))
    return lines


def contract_lines(connection: Connection, evaluation: Evaluation, part: str = WHOLE) -> list[Line]:
    """Contracts followed, buyers, companies, obligations: nothing about people."""
    rows = worked_rows(connection, evaluation.filters)
    return [
        counted(part, "Marchés", evaluation.contracts, _CONTRACTS),
        counted(
            part,
            "Marchés ayant produit des heures",
            len({row.contract for row in rows}),
            _CONTRACTS,
        ),
        counted(part, "Acheteurs", len({row.buyer for row in rows}), "acheteurs"),
        counted(part, "Entreprises et structures", evaluation.companies, "entreprises"),
        counted(part, "Structures d'insertion", evaluation.structures, "structures"),
        counted(part, "Obligations", evaluation.obligations, "obligations"),
        counted(part, "Obligations tenues", evaluation.kept, "obligations"),
        counted(part, "Obligations tenues en partie", evaluation.partly, "obligations"),
        counted(part, "Obligations non tenues", evaluation.not_kept, "obligations"),
    ]


def worked_rows(connection: Connection, filters: Filters) -> list[ScopeRow]:
    """The obligations of a scope that have declared hours in its period."""
    ground = ground_of(connection, filters)
    fold = fold_of(ground)
    return [ground.all_rows[key] for key in set(compress(fold.obligations, fold.worked))]


def contracts_by(connection: Connection, filters: Filters, *keys: str) -> list[Line]:
    """How many contracts produced hours, by value of some breakdowns of contracts."""
    ground = ground_of(connection, filters)
    fold = fold_of(ground)
    lines = []
    for key in keys:
        found: dict[str, set[int]] = defaultdict(set)
        labels = labels_of(ground, fold, key, full_bands(USUAL_BANDS))
        for label, obligation in compress(zip(labels, fold.obligations, strict=True), fold.worked):
            found[label].add(ground.all_rows[obligation].contract)
        lines += [
            Line("Marchés", TITLES[key], value, number=Fraction(len(contracts)), unit=_CONTRACTS)
            for value, contracts in sorted(
                found.items(), key=lambda each: (each[0] == MISSING, -len(each[1]), each[0])
            )
        ]
    return lines
