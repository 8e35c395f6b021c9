"""What stands under the figures: progress, breakdowns, hours by structure and month, buyers,
outcomes, verdicts. Each view is rows of a chart with their figures, readable without colour.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from suivi_tui.readings.breakdowns import BY_MONTH, TITLES, BreakdownRow
from suivi_tui.rules.version import RULES_VERSION
from suivi_tui.tui.screens.evaluation.behind import REASON, Asked
from suivi_tui.tui.screens.evaluation.charts import Chart, Measure, month_label
from suivi_tui.tui.screens.evaluation.scope import TYPED, Scope
from suivi_tui.vocabulary.choices import CompanyKind, find
from suivi_tui.vocabulary.choices.evaluation import ObligationVerdict, VerdictReason
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import short_month
from suivi_tui.vocabulary.numbers import NBSP, format_number, format_percent

if TYPE_CHECKING:
    from suivi_tui.readings.buyer_comparison import BuyerFigures
    from suivi_tui.readings.evaluation_months import MonthFigures
    from suivi_tui.readings.evaluation_obligations import ObligationFigures
    from suivi_tui.readings.evaluation_outcomes import OutcomeFigures

PROGRESS, HEAT, BUYERS, OUTCOMES, VERDICTS = (
    "progression", "chaleur", "acheteurs", "parcours", "obligations",
)  # fmt: skip
VIEWS: Final[dict[str, str]] = {
    PROGRESS: "Progression",
    **{key: title for key, title in TITLES.items() if key != BY_MONTH},
    BY_MONTH: "Mois par mois",
    HEAT: "Structures par mois",
    BUYERS: "Acheteurs comparés",
    OUTCOMES: "Parcours",
    VERDICTS: "Obligations tenues ou non",
}
"""Every view by its key, in the order of the arrows."""


class View(NamedTuple):
    """A view as it is drawn: its chart, what a row stands for, a sentence when it is empty.

    ``keys`` are what goes down from each row: the value of a breakdown, the id of a record.
    ``from_the_end`` puts the cursor on the last row first: of months, the latest matter.
    """

    chart: Chart
    keys: tuple[Any, ...] = ()
    empty: str = ""
    from_the_end: bool = False


def progress_view(months: "Sequence[MonthFigures]", roomy: bool) -> View:
    """Validated hours month after month, and where they were expected: the latest months last."""
    shown = [item for item in months if item.expected is not None or item.declared_in_month]
    measures = [
        Measure("déclarées", tuple(format_hours(item.declared) for item in shown)),
        Measure("validées", tuple(format_hours(item.validated) for item in shown)),
        Measure("attendues", tuple(_known(item.expected) for item in shown)),
        Measure("écart", tuple(_gap(item.validated, item.expected) for item in shown)),
    ]
    return View(
        Chart(
            tuple(short_month(item.month) for item in shown),
            tuple(item.validated / 100 for item in shown),
            tuple((item.expected or 0) / 100 for item in shown),
            tuple(measures if roomy else measures[1:3]),
        ),
        tuple(item.month for item in shown),
        "Rien n'est attendu ni déclaré sur ces mois.",
        from_the_end=True,
    )


def breakdown_view(rows: Sequence[BreakdownRow], key: str, roomy: bool) -> View:
    """The rows of a breakdown: the bars are hours declared, the mark hours validated."""
    measures = [
        Measure("déclarées", tuple(format_hours(row.hours.declared) for row in rows)),
        Measure("validées", tuple(format_hours(row.hours.validated) for row in rows)),
        Measure("pers.", tuple(format_number(row.participants) for row in rows)),
        Measure("contrats", tuple(format_number(row.work_contracts) for row in rows)),
    ]
    return View(
        Chart(
            tuple(_label(key, row.value, roomy) for row in rows),
            tuple(row.hours.declared / 100 for row in rows),
            tuple(row.hours.validated / 100 for row in rows),
            tuple(measures if roomy else (measures[0], measures[2])),
        ),
        tuple(row.value for row in rows),
        "Aucune heure déclarée sur ce périmètre.",
        from_the_end=key == BY_MONTH,
    )


def _label(key: str, value: str, roomy: bool) -> str:
    """A row of a breakdown in words; where room is short, what would be cut to the same text is
    abbreviated."""
    if key == BY_MONTH:
        return month_label(value)
    if roomy:
        return value
    if key == "structure":
        kind = find(CompanyKind, value)
        return kind.short if kind is not None else value
    if key == "montant":
        short = value.removeprefix("De ").replace("à moins de", "à")
        thousand = f"{NBSP}000"
        return short.replace(f"{thousand * 2}{NBSP}€", f"{NBSP}M€").replace(
            f"{thousand}{NBSP}€", f"{NBSP}k€"
        )
    return value


def buyers_view(evaluations: "Sequence[BuyerFigures]", roomy: bool) -> View:
    """Buyers side by side: the bars are hours validated, the mark is what is owed."""
    measures = [
        Measure("à réaliser", tuple(format_hours(item.due) for item in evaluations)),
        Measure("validées", tuple(format_hours(item.hours.validated) for item in evaluations)),
        Measure("taux", tuple(_rate(item.hours.validated, item.due) for item in evaluations)),
        Measure("pers.", tuple(format_number(item.participants) for item in evaluations)),
    ]
    return View(
        Chart(
            tuple(item.buyer for item in evaluations),
            tuple(item.hours.validated / 100 for item in evaluations),
            tuple(item.due / 100 for item in evaluations),
            tuple(measures if roomy else measures[1:3]),
        ),
        tuple(item.buyers for item in evaluations),
        "Aucun acheteur à comparer.",
    )


def outcomes_view(figures: "OutcomeFigures", roomy: bool) -> View:
    """The points of the paths: the bars are dynamic exits, out of the answers that count."""
    points = [point for point in figures.points if point.due or point.going_on]
    asked = tuple(f"{format_number(item.answered)}/{format_number(item.due)}" for item in points)
    measures = [
        Measure("réponses", asked),
        Measure("rép.", tuple(_share(item.response_rate) for item in points)),
        Measure("durables", tuple(format_number(item.durable) for item in points)),
        Measure("transit.", tuple(format_number(item.transition) for item in points)),
        Measure("posit.", tuple(format_number(item.positive) for item in points)),
        Measure("dynam.", tuple(format_number(item.dynamic) for item in points)),
        Measure("taux", tuple(_share(item.share(item.dynamic)) for item in points)),
    ]
    return View(
        Chart(
            tuple(item.point.label for item in points),
            tuple(float(item.dynamic) for item in points),
            tuple(float(item.counted) for item in points),
            tuple(measures if roomy else (measures[0], measures[1], measures[6])),
        ),
        tuple(item.point for item in points),
        "Aucun parcours n'est fini sur ce périmètre.",
    )


def verdicts_view(figures: "ObligationFigures") -> View:
    """The obligations by verdict, then by main reason."""
    rows: list[tuple[str, int, Any]] = []
    for verdict in ObligationVerdict:
        count = len(figures.of(verdict))
        if count:
            rows.append((verdict.label, count, verdict))
    rows += [(f"↳ {reason.label}", count, reason) for reason, count in figures.reasons.items()]
    return View(
        Chart(
            tuple(label for label, _, _ in rows),
            tuple(float(count) for _, count, _ in rows),
            (),
            (Measure("obligations", tuple(format_number(count) for _, count, _ in rows)),),
        ),
        tuple(key for _, _, key in rows),
        "Aucune obligation sur ce périmètre.",
    )


def _known(hours: Hours | None) -> str:
    return "–" if hours is None else format_hours(hours)


def _gap(validated: Hours, expected: Hours | None) -> str:
    if expected is None:
        return "–"
    gap = validated - expected
    return f"{'+' if gap > 0 else ''}{format_hours(Hours(gap))}"


def _rate(validated: Hours, due: Hours) -> str:
    return format_percent(validated / due) if due > 0 else f"–{NBSP}%"


def _share(share: Any) -> str:
    return f"–{NBSP}%" if share is None else format_percent(share)


LEGENDS: Final = {
    PROGRESS: "█ validées ┃ attendues",
    BUYERS: "█ validées ┃ à réaliser",
    OUTCOMES: "█ dynam. ┃ réponses",
}
NOT_LISTED: Final = "Ces heures n'ont pas de liste à elles : ouvrez le chiffre au-dessus."


def legend(key: str) -> str:
    """What the signs of a view are."""
    return LEGENDS.get(key, "█ déclarées ┃ validées" if key in TITLES else "")


def narrowed(key: str, scope: Scope, row: Any, label: str) -> Scope | None:
    """The scope that a row of a view narrows to; None when it goes down to people instead."""
    if key == PROGRESS and row is not None:
        return scope.over(TYPED, row, row)
    if key == BUYERS and row:
        return scope.narrowed("buyers", row, label)
    if key == HEAT and row is not None:
        return scope.narrowed("company", row, label)
    return None


def asked(key: str, row: Any, label: str) -> Asked | None:
    """Those who stand behind a row of a view; None when nobody is listed."""
    if key in TITLES:
        return Asked("declarees", VIEWS[key], key, str(row))
    if key == VERDICTS and isinstance(row, ObligationVerdict) and row in _STANDINGS:
        return Asked(_STANDINGS[row], label)
    if key == VERDICTS and isinstance(row, VerdictReason):
        return Asked(REASON, label.removeprefix("↳ "), row.value)
    return None


_STANDINGS: Final = {
    ObligationVerdict.KEPT: "tenues",
    ObligationVerdict.PARTLY: "en_partie",
    ObligationVerdict.NOT_KEPT: "non_tenues",
    ObligationVerdict.EXCUSED: "neutralisees",
    ObligationVerdict.GOING_ON: "en_cours",
    ObligationVerdict.UNKNOWN: "objectif_inconnu",
}


def explained(key: str, scope: Scope) -> str:
    """How a view is counted, with the version of the rules."""
    text = _EXPLAINED.get(key) or (
        "Les heures de toutes les lignes font le total déclaré ; « Non renseigné » rassemble ce "
        "qui manque. Une personne qui a plusieurs critères compte pour le principal. L'âge, le "
        "quartier (QPV) et le niveau sont ceux de l'embauche. Une personne présente dans deux "
        "groupes compte dans chacun : les personnes ne s'additionnent pas."
    )
    return f"{VIEWS[key]}\n\n{text}\n\nCompté sur : {scope.text()}. Règles {RULES_VERSION}."


_EXPLAINED: Final = {
    PROGRESS: "Heures validées et déclarées, additionnées depuis le premier mois de la période, "
    "devant celles que l'échéancier de chaque obligation attend. Entrée restreint au mois.",
    HEAT: "Heures déclarées par employeur et par mois. Plus le signe est plein, plus il y a "
    "d'heures ; un point, aucune. Entrée restreint à la structure.",
    BUYERS: "Chaque acheteur avec les chiffres qu'il aurait seul. Entrée restreint à l'acheteur.",
    OUTCOMES: "Les parcours finis, et non les contrats : à la sortie, à 3, 6 et 12 mois. Les "
    "taux de sorties dynamiques portent sur les réponses, sorties neutralisées exclues ; "
    "« réponses » dit combien de parcours ont répondu sur ceux à interroger, « rép. » leur part. "
    "Le filtre « Parcours » compte les mois depuis la sortie ou depuis l'entrée. Entrée montre les "
    "parcours. Durable : CDI, CDD de plus de 6 mois, création, fonction "
    "publique ; dynamique : durable, de transition ou positive.",
    VERDICTS: "Les obligations finies se jugent à la fin de la période ; sous les verdicts, le "
    "motif principal de chacune, tel que la base le dit.",
}
