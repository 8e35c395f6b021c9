"""The figures of an evaluation: totals of hours, age, age bands, full-time equivalents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from suivi_tui.vocabulary.hours import Hours

_NO_HOURS = Hours(0)

HourPair = tuple[int, int | None]
"""Declared and validated hours of one line; validated is None while nothing was decided."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Hours added up; declared = validated + refused + pending, exactly, at every level."""

    declared: Hours = _NO_HOURS
    validated: Hours = _NO_HOURS
    refused: Hours = _NO_HOURS
    pending: Hours = _NO_HOURS

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(
            Hours(self.declared + other.declared),
            Hours(self.validated + other.validated),
            Hours(self.refused + other.refused),
            Hours(self.pending + other.pending),
        )


def totals(lines: Iterable[HourPair]) -> Totals:
    """Totals of hour lines. A line is pending as a whole or decided: refused is what is left of
    declared once validated is taken away (negative on a regularisation taken back)."""
    declared = validated = refused = pending = 0
    for hours, accepted in lines:
        declared += hours
        if accepted is None:
            pending += hours
        else:
            validated += accepted
            refused += hours - accepted
    return Totals(Hours(declared), Hours(validated), Hours(refused), Hours(pending))


class AgeBand(NamedTuple):
    """A class of age: from ``first`` to ``last`` years, both included (None: no upper limit)."""

    label: str
    first: int
    last: int | None


AGE_BANDS: tuple[AgeBand, ...] = (
    AgeBand("Moins de 26 ans", 0, 25),
    AgeBand("26 à 49 ans", 26, 49),
    AgeBand("50 ans et plus", 50, None),
)
"""The three classes asked by most syntheses."""

OBSERVATORY_AGE_BANDS: tuple[AgeBand, ...] = (
    AgeBand("Moins de 26 ans", 0, 25),
    AgeBand("26 à 40 ans", 26, 40),
    AgeBand("41 à 50 ans", 41, 50),
    AgeBand("51 ans et plus", 51, None),
)
"""The four classes of the observatory of La Réunion (domain.md 7.1)."""


def age_at(birth: date | None, day: date | None) -> int | None:
    """Age in whole years on a day; None when a date is missing or the birth is later.

    Someone born on 29 February is a year older on 1 March of a common year.
    """
    if birth is None or day is None or day < birth:
        return None
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def age_band(age: int | None, bands: tuple[AgeBand, ...] = AGE_BANDS) -> str | None:
    """The label of the class an age falls in; None when the age is unknown."""
    if age is None:
        return None
    for band in bands:
        if band.first <= age and (band.last is None or age <= band.last):
            return band.label
    return None


def fte(validated: Hours, base: int) -> float:
    """Full-time equivalents: validated hours over the hours of one post, to two decimals.

    ``base`` is a whole number of hours: 1 600 for the national consolidation, 1 607 or 1 820
    otherwise (domain.md 7.3). Raises ValueError when it is not positive.
    """
    if base <= 0:
        raise ValueError("hours per full-time post must be positive")
    # A hundredth of an hour over whole hours is already a number of hundredths of a post.
    hundredths = Fraction(validated, base)
    return (2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator) / 100
