"""What the workbench says: the lines of its lists and of its panes."""

from collections.abc import Iterator, Sequence
from typing import Final

from suivi_tui.reference.calibration_reference import CalibrationReference
from suivi_tui.rules.calibration import Calibration
from suivi_tui.rules.calibration_inputs import (
    AMOUNT,
    DURATION,
    HOURLY_COST,
    KINDS,
    LABOUR_SHARE,
    RATE,
    InputKind,
    Inputs,
    cost_sentences,
    usual_ranges,
)
from suivi_tui.rules.calibration_lots import OF_A_LOT, Case, LotsTotal
from suivi_tui.rules.calibration_steps import Unit, written
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.tui.widgets.sources import Row
from suivi_tui.vocabulary.choices import (
    CalibrationMethod,
    Choice,
    HoursRounding,
    StepReading,
    ThresholdReading,
)
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import format_hours
from suivi_tui.vocabulary.numbers import plural
from suivi_tui.vocabulary.typography import french

FIRST: Final = (AMOUNT, LABOUR_SHARE, RATE, HOURLY_COST, DURATION)
ROUNDING: Final = "arrondi"
READING: Final = "lecture"
STEPS: Final = "pas_entiers"
READINGS: Final[dict[str, tuple[str, type[Choice]]]] = {
    ROUNDING: ("Arrondi", HoursRounding),
    READING: ("Lecture du seuil", ThresholdReading),
    STEPS: ("Pas incomplet", StepReading),
}
"""What is chosen rather than typed: label and list, by the key of its row."""
SHORT: Final = {
    CalibrationMethod.AMOUNT: "Au montant",
    CalibrationMethod.LABOUR_HOURS: "Aux heures de travail",
    CalibrationMethod.PER_AMOUNT: "Par tranche de montant",
    CalibrationMethod.AFTER_TRANSFER: "Hors personnel repris",
    CalibrationMethod.MINIMUM: "Volume par personne",
    CalibrationMethod.ANRU_WORKS: "ANRU, travaux",
    CalibrationMethod.ANRU_NEIGHBOURHOOD: "ANRU, GUP",
    CalibrationMethod.TRAINING: "Clause de formation",
}
"""The methods where there is little room."""
WHOLE: Final = "Marché entier"
BY_LOT: Final = "par lot"
TO_ENTER: Final = "à saisir"
NO_CONTRACT: Final = "Aucun marché (touche g pour en choisir un)"
Lines = list[Piece]


def figure_rows(case: Case, place: int | None, chosen: Calibration) -> list[Row]:
    """The figures, the usual ones first; those that the chosen method waits for stand out."""
    inputs = case.inputs_of(place)
    kinds = [*FIRST, *(kind for kind in KINDS.values() if kind not in FIRST)]
    several = place is None and bool(case.lots)
    rows = [
        (kind.code, kind.label, BY_LOT, "muted")
        if several and kind.code in OF_A_LOT
        else _figure(kind, inputs, chosen)
        for kind in kinds
    ]
    options = {
        ROUNDING: case.options.rounding,
        READING: case.options.reading,
        STEPS: case.options.steps,
    }
    told: list[tuple[str, str, str, str]] = [
        (key, READINGS[key][0], option.label, "") for key, option in options.items()
    ]
    rows[len(FIRST) : len(FIRST)] = told[:1]
    rows += told[1:]
    return [
        Row((rank,), key, (label, value), tone)
        for rank, (key, label, value, tone) in enumerate(rows)
    ]


def _figure(kind: InputKind, inputs: Inputs, chosen: Calibration) -> tuple[str, str, str, str]:
    given = inputs.get(kind.code)
    if given is None:
        awaited = kind in chosen.missing
        return kind.code, kind.label, TO_ENTER if awaited else "", "alerte" if awaited else "muted"
    tone = "" if kind.code in chosen.inputs else "muted"
    return kind.code, kind.label, written(given.value, kind.unit), tone


def method_rows(results: Sequence[Calibration | LotsTotal]) -> list[Row]:
    """Every method and what it gives; those that wait for a figure are muted."""
    return [
        Row(
            (rank,),
            result.method.value,
            (SHORT[result.method], "" if result.hours is None else format_hours(result.hours)),
            "muted" if result.hours is None else "",
        )
        for rank, result in enumerate(results)
    ]


def origin_line(kind: InputKind | None, inputs: Inputs, reference: CalibrationReference) -> str:
    """Where the figure under the cursor comes from, or what is usual when it is not known."""
    if kind is None:
        return ""
    given = inputs.get(kind.code)
    if given is not None:
        return french(f"{kind.label} : {given.origin}")
    usual = usual_text(kind, reference)
    return french(f"{kind.label} : {usual}") if usual else french(f"{kind.label} : non renseigné")


def usual_text(kind: InputKind, reference: CalibrationReference) -> str:
    """What is usual for a figure that is never supposed, with how old that is."""
    bounds = usual_ranges(reference).get(kind.code)
    if kind is HOURLY_COST:
        guide = reference.costs.get("guide")
        if guide is not None and guide.low is not None and guide.high is not None:
            since = format_date(guide.valid_from)
            return f"jamais supposé ; guides {guide.low} à {guide.high} €/h, avant {since[-4:]}"
    if bounds is None:
        return ""
    return f"usuel {written(bounds[0], kind.unit)} à {written(bounds[1], kind.unit)}"


def formula_lines(result: Calibration | LotsTotal, case: Case,
                  reference: CalibrationReference) -> Lines:  # fmt: skip
    """The computation with its numbers; of several lots, what each gives, then the sum."""
    if isinstance(result, LotsTotal):
        lines = [_lot_line(name.name, lot) for name, lot in zip(case.lots, result.lots,
                                                                strict=True)]  # fmt: skip
        told = plural(len(result.done), "lot calibré", "lots calibrés")
        total = "" if result.hours is None else f" = {format_hours(result.hours)}"
        return [*lines, (f"Somme : {told} sur {len(result.lots)}{total}", "total")]
    tone = "" if result.exact is not None else "alerte"
    lines = [(line, tone) for line in result.formula]
    if lines and result.exact is not None:
        lines[-1] = (lines[-1][0], "total")
    waits = HOURLY_COST in result.missing
    if HOURLY_COST.code in result.inputs or waits:
        lines += [(line, "alerte" if waits else "muted") for line in cost_sentences(reference)]
    return lines


def _lot_line(name: str, lot: Calibration) -> Piece:
    if lot.hours is None:
        return french(f"{name} : {lot.refusal[:1].lower()}{lot.refusal[1:]}"), "alerte"
    return french(f"{name} : {format_hours(lot.hours)}"), ""


def lot_figures(case: Case) -> Iterator[tuple[int, str, str]]:
    """The lots by place: name, amount."""
    for place, lot in enumerate(case.lots):
        given = lot.own.get(AMOUNT.code)
        yield place, lot.name, "" if given is None else written(given.value, Unit.MONEY)
