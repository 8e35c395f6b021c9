"""A calibration in French lines, the same on a screen and on the command line."""

from suivi_tui.rules.calibration_inputs import KINDS, Given
from suivi_tui.rules.calibration_sensitivity import Variation
from suivi_tui.rules.calibration_steps import Unit, written
from suivi_tui.rules.feasibility import Feasibility
from suivi_tui.vocabulary.typography import french


def given_line(code: str, given: Given) -> str:
    """A figure, its value and where it comes from."""
    kind = KINDS[code]
    return french(f"{kind.label} : {written(given.value, kind.unit)} ({given.origin})")


def variation_line(variation: Variation) -> str:
    """What one figure alone changes: the hours at its lower and higher bound."""
    kind = variation.kind
    ends = []
    for value, hours in (
        (variation.low, variation.at_low),
        (variation.high, variation.at_high),
    ):
        result = "impossible" if hours is None else written(hours, Unit.HOURS)
        ends.append(f"{written(value, kind.unit)} → {result}")
    return french(f"{kind.label} : {' ; '.join(ends)}")


def feasibility_lines(feasible: Feasibility) -> list[str]:
    """The verdict, then each question with its own answer."""
    return [
        french(f"Faisabilité : {feasible.verdict.label.lower()}"),
        *(french(f"[{each.verdict.label}] {each.sentence}") for each in feasible.criteria),
    ]
