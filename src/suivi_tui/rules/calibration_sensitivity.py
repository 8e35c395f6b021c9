"""Which figure matters most: the hours when one of them alone is lower or higher."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.rules.calibration import Calibration, calibrate
from suivi_tui.rules.calibration_inputs import KINDS, InputKind

SPREAD: Final = Fraction(1, 10)
"""How much lower and higher a figure is tried when no range is known."""


class Variation(NamedTuple):
    """One figure made lower, then higher, all the others staying: the exact hours that come out
    (None when the method refuses). ``by_range``: the bounds are those of the reference."""

    kind: InputKind
    low: Fraction
    high: Fraction
    at_low: Fraction | None
    at_high: Fraction | None
    by_range: bool

    @property
    def spread(self) -> Fraction:
        """Hours between the two results; none when one is not known."""
        if self.at_low is None or self.at_high is None:
            return Fraction(0)
        return abs(self.at_high - self.at_low)


def sensitivity(
    calibration: Calibration, ranges: Mapping[str, tuple[Fraction, Fraction]] | None = None
) -> tuple[Variation, ...]:
    """Each figure of a calibration tried at its bounds, the one that matters most first.

    The bounds are the range of its source, else the usual one in ``ranges`` when the value is in
    it, else 10 % less and more. Empty when nothing was computed.
    """
    if calibration.exact is None:
        return ()
    found = []
    for code in calibration.inputs:
        low, high, by_range = _bounds(calibration, code, ranges or {})
        results = [_at(calibration, code, value) for value in (low, high)]
        found.append(Variation(KINDS[code], low, high, results[0], results[1], by_range))
    return tuple(sorted(found, key=lambda each: -each.spread))


def _bounds(
    calibration: Calibration, code: str, ranges: Mapping[str, tuple[Fraction, Fraction]]
) -> tuple[Fraction, Fraction, bool]:
    given = calibration.inputs[code]
    if given.low is not None and given.high is not None:
        return given.low, given.high, True
    usual = ranges.get(code)
    if usual is not None and usual[0] <= given.value <= usual[1]:
        return *usual, True
    most = KINDS[code].most
    return given.value * (1 - SPREAD), min(given.value * (1 + SPREAD), most), False


def _at(calibration: Calibration, code: str, value: Fraction) -> Fraction | None:
    inputs = {**calibration.inputs, code: calibration.inputs[code]._replace(value=value)}
    return calibrate(calibration.method, inputs, calibration.options).exact
