"""The lines of a table of figures, and what is asked of one."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from suivi_tui.readings.filters import Filters
from suivi_tui.vocabulary.hours import Hours

WITHHELD = "Répartition masquée"
"""What a breakdown says in one line when no row of it can be told."""


class Asked(NamedTuple):
    """What a synthesis is about: its filters, the day, the hours of a full-time post.

    ``threshold`` is the number of people under which a group is masked; None masks nothing.
    """

    filters: Filters
    today: date
    fte_base: int | None = None
    threshold: int | None = None


class Line(NamedTuple):
    """A line of figures; None where a figure is not of this line, or is ``masked``."""

    part: str
    heading: str
    value: str = ""
    participants: int | None = None
    work_contracts: int | None = None
    declared: Hours | None = None
    validated: Hours | None = None
    number: Fraction | None = None
    unit: str = ""
    masked: bool = False


def counted(part: str, heading: str, number: int, unit: str = "") -> Line:
    """A line that counts things that are not people."""
    return Line(part, heading, number=Fraction(number), unit=unit)
