"""A contract sized lot by lot: each lot has its own figures, the contract sums its lots.

Figures of the whole contract (rate, cost, duration, limits) serve every lot that does not say
its own; an amount or hours of labour of the contract are never those of a lot.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.rules.calibration import USUAL, Calibration, Options, calibrate, labour_hours
from suivi_tui.rules.calibration_inputs import (
    AMOUNT,
    LABOUR_HOURS,
    LABOUR_SHARE,
    NOTHING,
    PEOPLE,
    TRANSFERRED,
    Given,
    Inputs,
)
from suivi_tui.vocabulary.choices import CalibrationMethod
from suivi_tui.vocabulary.hours import Hours

OF_A_LOT: Final = frozenset(kind.code for kind in (AMOUNT, LABOUR_HOURS, TRANSFERRED, PEOPLE))
"""Quantities of one lot: those of the contract say nothing of it."""


OF_LOTS: Final = "somme des lots"


class LotCase(NamedTuple):
    """One lot to size: its row (None: not in the base), its name, its own figures."""

    lot: int | None
    name: str
    own: Inputs = NOTHING
    trade: str = ""


class Case(NamedTuple):
    """What is to be sized: the figures of the whole contract, and its lots if it has several."""

    common: Inputs
    lots: tuple[LotCase, ...] = ()
    options: Options = USUAL

    def inputs_of(self, place: int | None) -> dict[str, Given]:
        """The figures of a lot, by its place, or of the whole contract (None)."""
        if place is None:
            return dict(self.common)
        shared = {code: given for code, given in self.common.items() if code not in OF_A_LOT}
        return {**shared, **self.lots[place].own}

    def with_given(self, place: int | None, code: str, given: Given | None) -> "Case":
        """The same case with one figure changed, or taken away (None)."""
        if place is None:
            return self._replace(common=_changed(self.common, code, given))
        lot = self.lots[place]
        changed = lot._replace(own=_changed(lot.own, code, given))
        return self._replace(lots=(*self.lots[:place], changed, *self.lots[place + 1 :]))


class LotsTotal(NamedTuple):
    """A contract by one method: its lots, and their sums. Each lot is rounded alone, since each
    has its own obligation; ``exact`` and ``hours`` are None when no lot could be computed."""

    method: CalibrationMethod
    lots: tuple[Calibration, ...]

    @property
    def done(self) -> tuple[Calibration, ...]:
        """The lots that could be computed."""
        return tuple(lot for lot in self.lots if lot.exact is not None)

    @property
    def exact(self) -> Fraction | None:
        """The exact sum."""
        return sum((lot.exact or Fraction(0) for lot in self.done), Fraction(0)) if self.done \
            else None  # fmt: skip

    @property
    def hours(self) -> Hours | None:
        """The sum of the rounded hours."""
        return Hours(sum(lot.hours or 0 for lot in self.done)) if self.done else None


def of_lots(method: CalibrationMethod, case: Case) -> LotsTotal:
    """Every lot of a case by one method."""
    return LotsTotal(
        method,
        tuple(
            calibrate(method, case.inputs_of(place), case.options)
            for place in range(len(case.lots))
        ),
    )


def _changed(inputs: Inputs, code: str, given: Given | None) -> Mapping[str, Given]:
    changed = {known: value for known, value in inputs.items() if known != code}
    if given is not None:
        changed[code] = given
    return changed


def whole_inputs(case: Case) -> dict[str, Given]:
    """The figures of a contract made of lots: amounts and hours of labour are those of its lots
    together, left out unless every lot says its own."""
    inputs = {code: given for code, given in case.common.items() if code != LABOUR_SHARE.code}
    every = [case.inputs_of(place) for place in range(len(case.lots))]
    amounts = [lot[AMOUNT.code].value for lot in every if AMOUNT.code in lot]
    hours = [found.value for lot in every if (found := labour_hours(lot)[1]) is not None]
    for kind, values in ((AMOUNT, amounts), (LABOUR_HOURS, hours)):
        if every and len(values) == len(every):
            inputs[kind.code] = Given(sum(values, Fraction(0)), OF_LOTS)
        elif every:
            inputs.pop(kind.code, None)
    return inputs
