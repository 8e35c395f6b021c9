"""The field of one figure: typed and read in its own unit."""

from fractions import Fraction
from typing import Any, Final

from suivi_tui.rules.calibration_inputs import InputKind
from suivi_tui.rules.calibration_steps import Unit, written
from suivi_tui.tui.widgets.fields import Field, Wrong
from suivi_tui.vocabulary.hours import parse_hours
from suivi_tui.vocabulary.money import parse_money
from suivi_tui.vocabulary.numbers import format_number, scaled

_MONEY: Final = (Unit.MONEY, Unit.HOURLY)
_HUNDREDTHS: Final = 100
_OF_A_PERCENT: Final = 10_000


class FigureField(Field[Fraction]):
    """A figure of a calibration: euros, hours, percent or a number, as its kind says."""

    def __init__(self, kind: InputKind, **options: Any) -> None:
        self.kind = kind
        super().__init__("value", kind.label, **options)

    def parse(self, text: str) -> Fraction:
        """The value, a percentage as a share of 1."""
        value = self._number(text)
        if fault := self.kind.fault(value):
            raise Wrong(fault)
        return value

    def _number(self, text: str) -> Fraction:
        unit = self.kind.unit
        if unit in _MONEY:
            return Fraction(parse_money(text.strip().removesuffix("/h")), _HUNDREDTHS)
        if unit is Unit.HOURS:
            return Fraction(parse_hours(text), _HUNDREDTHS)
        number = scaled(text.strip().removesuffix("%"))
        if number is None:
            raise Wrong("Un nombre est attendu, par exemple 12 ou 12,5.")
        return Fraction(number, _OF_A_PERCENT if unit is Unit.SHARE else _HUNDREDTHS)

    def reading(self, value: Fraction) -> str:
        """The value with its unit."""
        return written(value, self.kind.unit)

    def written(self, value: Fraction) -> str:
        """The number alone."""
        shown = value * 100 if self.kind.unit is Unit.SHARE else value
        return format_number(shown, 0 if shown.denominator == 1 else 2)
