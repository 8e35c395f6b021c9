"""A computation that shows itself: each step is computed from what its text says.

A step is a chain of figures and signs; its value and its French text are made from that one
chain, so that what is read is what was computed. ``=`` ends a text whose result is whole at the
precision shown, ``≈`` one that was rounded to be shown; the exact value goes on.
"""

from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.vocabulary.numbers import NBSP, format_number, format_percent
from suivi_tui.vocabulary.typography import french


class Unit(Enum):
    """What a figure of a calibration counts."""

    MONEY = "€"
    HOURLY = "€/h"
    SHARE = "%"
    HOURS = "h"
    PEOPLE = "personnes"
    WEEKS = "semaines"
    MONTHS = "mois"
    STEPS = "pas"
    POSTS = "postes"
    DAYS = "jours"
    TIMES = ""


class Term(NamedTuple):
    """A figure of a chain."""

    value: Fraction
    unit: Unit


class Step(NamedTuple):
    """One line of a computation: what it gives, its exact value, its text with the numbers."""

    label: str
    value: Fraction
    unit: Unit
    text: str

    @property
    def term(self) -> Term:
        """The result, as a figure of the next step."""
        return Term(self.value, self.unit)


_SIGNS: Final[dict[str, Callable[[Fraction, Fraction], Fraction]]] = {
    "×": lambda left, right: left * right,
    "/": lambda left, right: left / right,
    "-": lambda left, right: left - right,
    "+": lambda left, right: left + right,
}


def written(value: Fraction, unit: Unit) -> str:
    """A figure as shown: ``1 000 000 €``, ``50 %``, ``833,33 h``, ``2 personnes``."""
    if unit is Unit.SHARE:
        return format_percent(value, 2)
    if unit is Unit.HOURS:
        return f"{format_number(value, 2)}{NBSP}h"
    decimals = 0 if value.denominator == 1 else 2
    number = format_number(value, decimals)
    if unit is Unit.TIMES:
        return number
    name = unit.value
    if unit in (Unit.PEOPLE, Unit.WEEKS, Unit.POSTS, Unit.DAYS) and abs(value) < 2:
        name = name.removesuffix("s")
    return f"{number}{NBSP}{name}"


def shown_exactly(value: Fraction, unit: Unit) -> bool:
    """Whether what is shown of a figure is all of it."""
    scale = 10_000 if unit is Unit.SHARE else 100
    return (value * scale).denominator == 1


def computed(label: str, unit: Unit, first: Term, *rest: tuple[str, Term]) -> Step:
    """A step from left to right: ``computed("Effort", €, labour, ("×", rate))``.

    Sums and products are never mixed in one step: the text would be read otherwise.
    """
    value, parts = first.value, [written(*first)]
    for sign, term in rest:
        value = _SIGNS[sign](value, term.value)
        parts += [sign, written(*term)]
    return Step(label, value, unit, f"{' '.join(parts)} {_given(value, unit)}")


def whole_times(label: str, unit: Unit, total: Term, part: Term) -> Step:
    """How many whole times a part is in a total: the rest is left aside."""
    value = Fraction(total.value // part.value)
    text = f"{written(*total)} / {written(*part)}, sans le reste = {written(value, unit)}"
    return Step(label, value, unit, text)


def rounded_up(label: str, unit: Unit, first: Term, *rest: tuple[str, Term]) -> Step:
    """A chain whose result is brought up to the next whole number: nobody is hired by halves."""
    exact = computed(label, unit, first, *rest)
    value = Fraction(-(-exact.value // 1))
    if value == exact.value:
        return exact
    return Step(label, value, unit, f"{exact.text}, soit {written(value, unit)}")


def at_least(label: str, term: Term, minimum: Term) -> Step:
    """A figure, brought up to a minimum."""
    value = max(term.value, minimum.value)
    text = f"le plus grand de {written(*term)} et {written(*minimum)} = {written(value, term.unit)}"
    return Step(label, value, term.unit, text)


def beyond(label: str, total: Term, threshold: Term) -> Step:
    """What exceeds a threshold; nothing up to the threshold itself."""
    if total.value <= threshold.value:
        text = f"{written(*total)} ne dépassent pas {written(*threshold)} = "
        return Step(label, Fraction(0), total.unit, text + written(Fraction(0), total.unit))
    return computed(label, total.unit, total, ("-", threshold))


def in_full(steps: tuple[Step, ...]) -> list[str]:
    """The steps as sentences, for a screen, a script or a letter."""
    return [french(f"{step.label} : {step.text}") for step in steps]


def _given(value: Fraction, unit: Unit) -> str:
    sign = "=" if shown_exactly(value, unit) else "≈"
    return f"{sign} {written(value, unit)}"
