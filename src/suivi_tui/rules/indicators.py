"""The figures of an evaluation: totals of hours, classes, chains of missions, full-time posts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple

from suivi_tui.vocabulary.choices import CompanyKind, Education, EmploymentKind
from suivi_tui.vocabulary.dates import add_calendar_months
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money, format_money

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


def age_bands(limits: Sequence[int]) -> tuple[AgeBand, ...]:
    """The classes that begin at some ages: 26 and 50 make under 26, 26 to 49, 50 and over.

    Raises ValueError when the ages do not grow or one is not between 1 and 120.
    """
    ages = list(limits)
    if not ages or ages != sorted(set(ages)) or not (ages[0] >= 1 and ages[-1] <= _OLDEST):
        raise ValueError("ages must grow, from 1 to 120")
    bands = [AgeBand(f"Moins de {ages[0]} ans", 0, ages[0] - 1)]
    for first, following in pairwise(ages):
        last = following - 1
        label = f"{first} à {last} ans" if last > first else f"{first} ans"
        bands.append(AgeBand(label, first, last))
    return (*bands, AgeBand(f"{ages[-1]} ans et plus", ages[-1], None))


_OLDEST: Final = 120


class Bands(NamedTuple):
    """The classes that whoever asks for figures wants.

    ``ages`` at hiring; levels of education as coded or grouped (``LEVEL_GROUPS``); ``amounts`` are
    the limits of the classes of amount and ``chain_days`` the days within which missions follow
    one another: empty and None, those of the reference.
    """

    ages: tuple[AgeBand, ...] = AGE_BANDS
    grouped_levels: bool = False
    amounts: tuple[Money, ...] = ()
    chain_days: int | None = None


USUAL_BANDS: Final = Bands()

_AFTER_BAC: Final = "Au-delà du bac"
LEVEL_GROUPS: Final = {
    Education.NONE.value: "Sans diplôme",
    Education.VOCATIONAL.value: "CAP ou BEP",
    Education.SECONDARY.value: "Bac",
    Education.HIGHER_2.value: _AFTER_BAC,
    Education.HIGHER_3.value: _AFTER_BAC,
    Education.HIGHER_5.value: _AFTER_BAC,
    Education.HIGHER_8.value: _AFTER_BAC,
    Education.FOREIGN.value: Education.FOREIGN.label,
}
"""Codes of Education as the observatory of La Réunion groups them (domain.md 7.1); a foreign
diploma has no level of its own."""


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


def hours_per_person(hours: Hours, people: int) -> Hours | None:
    """Mean hours of a person, rounded half up; None without anybody."""
    return Hours((2 * hours + people) // (2 * people)) if people else None


INSERTION_STRUCTURES: Final = frozenset(
    kind.value
    for kind in CompanyKind
    if kind not in (CompanyKind.ORDINARY, CompanyKind.ETT, CompanyKind.OTHER)
)
"""Codes of the structures whose purpose is insertion: neither ordinary companies nor ordinary
temporary work agencies (domain.md 1.1)."""

LENGTHS: Final = ("Moins d'un mois", "1 à 3 mois", "Plus de 3 à 6 mois", "Plus de 6 mois")
"""Classes of length of a work contract (domain.md 7.1)."""
_LENGTH_MONTHS: Final = (3, 6)
_WITHOUT_END: Final = (EmploymentKind.PERMANENT.value, EmploymentKind.INSERTION_PERMANENT.value)


def length_class(start: date | None, end: date | None, kind: str = "") -> str | None:
    """The class of length of a work contract from its first to its last day, both included.

    A permanent contract (``kind``, a code of EmploymentKind) without an end is of more than six
    months; None when a day is unknown or the end comes first.
    """
    if start is None:
        return None
    if end is None:
        return LENGTHS[-1] if kind in _WITHOUT_END else None
    # A mistyped year at the very end of the calendar has no month after it.
    if end < start or start.year == date.max.year:
        return None
    day_after = end + timedelta(days=1) if end < date.max else end
    if day_after < add_calendar_months(start, 1):
        return LENGTHS[0]
    for label, months in zip(LENGTHS[1:], _LENGTH_MONTHS, strict=False):
        if day_after <= add_calendar_months(start, months):
            return label
    return LENGTHS[-1]


class Mission(NamedTuple):
    """A work contract of a person at an employer (None: unknown); a day may be unknown."""

    work_contract: int
    participant: int
    employer: int | None
    start: date | None
    end: date | None


def chains_of(missions: Iterable[Mission], gap_days: int) -> dict[int, int]:
    """For each work contract, the first one of its chain.

    Missions of one person at one employer follow one another when the next starts at most
    ``gap_days`` days after the last day of those before (they may overlap). A mission whose start
    or employer is unknown is a chain of its own; one whose end is unknown goes on.
    """
    groups: dict[tuple[int, int], list[Mission]] = defaultdict(list)
    found: dict[int, int] = {}
    for mission in missions:
        if mission.start is None or mission.employer is None:
            found[mission.work_contract] = mission.work_contract
        else:
            groups[mission.participant, mission.employer].append(mission)
    gap = timedelta(days=gap_days)
    for group in groups.values():
        group.sort(key=lambda mission: (mission.start or date.min, mission.work_contract))
        opened, over = group[0].work_contract, date.min
        for mission in group:
            start = mission.start or date.min
            if start - date.min > gap and start - gap > over:
                opened = mission.work_contract
            found[mission.work_contract] = opened
            over = max(over, mission.end or date.max)
    return found


def first_job(starts: Iterable[date | None], entered: date | None) -> date | None:
    """The day of a person's first job under a clause: the first of their work contracts.

    ``starts`` are the first days of those known here; ``entered`` is when the person entered the
    scheme, even elsewhere: earlier, their first job was not here. None then, and without a start.
    """
    day = min((start for start in starts if start is not None), default=None)
    return None if day is None or (entered is not None and entered < day) else day


def amount_class(amount: Money | None, limits: Sequence[Money]) -> str | None:
    """The class of amount of a contract; ``limits`` grow, each beginning a class. None: unknown."""
    if amount is None:
        return None
    return amount_classes(limits)[sum(amount >= limit for limit in limits)]


def amount_classes(limits: Sequence[Money]) -> tuple[str, ...]:
    """The labels of the classes of amount, the smallest first."""
    texts = [format_money(limit) for limit in limits]
    between = [f"De {first} à moins de {last}" for first, last in pairwise(texts)]
    return (f"Moins de {texts[0]}", *between, f"{texts[-1]} et plus")
