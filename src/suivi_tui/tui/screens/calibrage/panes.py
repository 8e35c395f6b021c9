"""The panes under the lists: formula, sensitivity, feasibility, comparison."""

from enum import Enum
from typing import Final

from suivi_tui.reference.calibration_reference import CalibrationReference
from suivi_tui.rules.calibration import Calibration
from suivi_tui.rules.calibration_inputs import usual_ranges
from suivi_tui.rules.calibration_lots import Case, LotsTotal, whole_inputs
from suivi_tui.rules.calibration_sensitivity import sensitivity
from suivi_tui.rules.calibration_words import variation_line
from suivi_tui.rules.feasibility import Feasibility, feasibility
from suivi_tui.tui.screens.calibrage.words import Lines, formula_lines
from suivi_tui.vocabulary.choices import FeasibilityVerdict
from suivi_tui.vocabulary.typography import french

TONES: Final = {
    FeasibilityVerdict.FEASIBLE: "ok",
    FeasibilityVerdict.TIGHT: "alerte",
    FeasibilityVerdict.NOT_FEASIBLE: "critique",
    FeasibilityVerdict.UNKNOWN: "muted",
}
_BY_LOT: Final = "Chaque lot a ses propres chiffres : choisissez-en un (touche l)."
_NO_RESULT: Final = "Pas encore de résultat : "


class Pane(Enum):
    """What the pane shows; the value is its title."""

    FORMULA = "Calcul"
    SENSITIVITY = "Sensibilité"
    FEASIBILITY = "Faisabilité"
    COMPARISON = "Marchés clos"


Result = Calibration | LotsTotal


def judged(result: Result, case: Case, place: int | None) -> Feasibility | None:
    """Whether the hours of a result can be worked; None without hours."""
    if result.hours is None:
        return None
    inputs = whole_inputs(case) if isinstance(result, LotsTotal) else case.inputs_of(place)
    return feasibility(result.hours, inputs)


def pane_lines(
    pane: Pane,
    result: Result,
    case: Case,
    place: int | None,
    reference: CalibrationReference,
    compared: tuple[str, ...] | None,
    *,
    whole: bool = False,
) -> Lines:
    """The lines of a pane; ``whole`` with every computation. ``compared`` is None while the
    closed contracts are read."""
    if pane is Pane.FORMULA:
        return formula_lines(result, case, reference)
    if pane is Pane.COMPARISON:
        return [(line, "") for line in compared] if compared is not None else [("Lecture…", "")]
    if result.hours is None:
        refusal = result.refusal if isinstance(result, Calibration) else "aucun lot n'est calibré."
        return [(french(f"{_NO_RESULT}{refusal[:1].lower()}{refusal[1:]}"), "alerte")]
    if pane is Pane.SENSITIVITY:
        if isinstance(result, LotsTotal):
            return [(_BY_LOT, "muted")]
        found = sensitivity(result, usual_ranges(reference))
        return [
            (variation_line(each), "total" if rank == 0 else "") for rank, each in enumerate(found)
        ]
    return _feasibility_lines(judged(result, case, place), whole)


def _feasibility_lines(found: Feasibility | None, whole: bool) -> Lines:
    if found is None:
        return []
    lines: Lines = [(french(f"Verdict : {found.verdict.label}"), TONES[found.verdict])]
    for each in found.criteria:
        lines.append((french(f"[{each.verdict.label}] {each.sentence}"), TONES[each.verdict]))
        if whole:
            lines += [(f"    {line}", "") for line in each.lines[:-1]]
    return lines
