"""What an evaluation is about on screen: its period, its filters by name, its classes."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, NamedTuple

from suivi_tui.readings.filters import Filters
from suivi_tui.rules.indicators import AGE_BANDS, OBSERVATORY_AGE_BANDS, AgeBand, Bands
from suivi_tui.vocabulary.choices.evaluation import OutcomeOrigin
from suivi_tui.vocabulary.months import Month, add_months, format_month, month_of, short_month
from suivi_tui.vocabulary.numbers import NBSP, format_number

EVERYTHING, THIS_YEAR, LAST_YEAR, ROLLING, TYPED = "tout", "annee", "precedente", "douze", "autre"
PERIODS: Final = (
    (EVERYTHING, "Toute la base"),
    (THIS_YEAR, "Année en cours"),
    (LAST_YEAR, "Année précédente"),
    (ROLLING, "12 derniers mois"),
    (TYPED, "Autres mois…"),
)
PERIOD, FTE, AGES, LEVELS, ORIGIN = "period", "fte", "ages", "levels", "origin"
NARROWING: Final = (
    ("buyers", "Acheteur", "tous"),
    ("territory", "Territoire", "tous"),
    ("programme", "Programme", "tous"),
    ("operation", "Opération", "toutes"),
    ("contract", "Marché", "tous"),
    ("lot", "Lot", "tous"),
    ("company", "Structure", "toutes"),
    ("facilitator", "Facilitateur", "tous"),
)
"""The filters beside the period: the field of ``Filters``, its title, what none is called."""


class FilterLine(NamedTuple):
    """A filter as a line: its key, its title, what it is set to; ``usual`` when nothing is set."""

    key: str
    label: str
    value: str
    usual: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """The filters of the screen; ``names`` says what the ids chosen are called.

    ``fte_base`` is the hours of a full-time post, None for the usual one; ``origin`` the day from
    which the points of the paths are counted.
    """

    period: str = EVERYTHING
    filters: Filters = field(default_factory=Filters)
    names: tuple[tuple[str, str], ...] = ()
    fte_base: int | None = None
    bands: Bands = field(default_factory=Bands)
    origin: OutcomeOrigin = OutcomeOrigin.EXIT

    def name_of(self, key: str) -> str:
        """What a filter is set to, '' for nothing."""
        return dict(self.names).get(key, "")

    def narrowed(self, key: str, value: Any, name: str) -> "Scope":
        """The same scope with a filter set, or left when ``name`` is ''."""
        names = tuple(pair for pair in self.names if pair[0] != key)
        if name:
            names = (*names, (key, name))
        return replace(self, filters=self.filters._replace(**{key: value}), names=names)

    def over(self, period: str, first: Month | None, last: Month | None) -> "Scope":
        """The same scope over other months."""
        return replace(self, period=period, filters=self.filters._replace(first=first, last=last))

    def lines(self, usual_base: int) -> list[FilterLine]:
        """Every filter, in the order in which the panel shows them."""
        found = [FilterLine(PERIOD, "Période", self.period_text(), self.period == EVERYTHING)]
        for key, label, none in NARROWING:
            name = self.name_of(key)
            found.append(FilterLine(key, label, name or none, not name))
        base = self.fte_base or usual_base
        found += [
            FilterLine(FTE, "Base ETP", f"{format_number(base)}{NBSP}h", self.fte_base is None),
            FilterLine(AGES, "Âges", ages_text(self.bands.ages), self.bands.ages == AGE_BANDS),
            FilterLine(
                LEVELS,
                "Niveaux",
                "groupés" if self.bands.grouped_levels else "détaillés",
                not self.bands.grouped_levels,
            ),
            FilterLine(
                ORIGIN,
                "Parcours",
                "dès la sortie" if self.origin is OutcomeOrigin.EXIT else "dès l'entrée",
                self.origin is OutcomeOrigin.EXIT,
            ),
        ]
        return found

    def period_text(self) -> str:
        """The period in a few words: its usual name, or its months."""
        if self.period == TYPED:
            return months_text(self.filters, short=True)
        return dict(PERIODS)[self.period]

    def text(self, short: bool = False) -> str:
        """``janvier 2026 à mars 2026, Ville de Valmont``; what is not set is not said."""
        said = [name for _, name in self.names] or ["tous les acheteurs"]
        return ", ".join([months_text(self.filters, short), *said])


def months_text(filters: Filters, short: bool = False) -> str:
    """The months of a period, both included."""
    written = short_month if short else format_month
    first, last = filters.first, filters.last
    if first is not None and last is not None:
        if first % 100 == 1 and last == first + 11:
            return str(first // 100) if short else f"année {first // 100}"
        return written(first) if first == last else f"{written(first)} à {written(last)}"
    if first is not None:
        return f"depuis {written(first)}"
    return f"jusqu'à {written(last)}" if last is not None else "toute la base"


def months_of(period: str, today: date) -> tuple[Month | None, Month | None]:
    """First and last month of a period that is not typed, both included."""
    year = today.year
    if period == THIS_YEAR:
        return Month(year * 100 + 1), Month(year * 100 + 12)
    if period == LAST_YEAR:
        return Month(year * 100 - 99), Month(year * 100 - 88)
    if period == ROLLING:
        return add_months(month_of(today), -11), month_of(today)
    return None, None


def year_before(scope: Scope) -> Scope | None:
    """The same scope a year before; None when the period has no beginning or no end."""
    first, last = scope.filters.first, scope.filters.last
    if first is None or last is None:
        return None
    return scope.over(TYPED, add_months(first, -12), add_months(last, -12))


def ages_text(ages: tuple[AgeBand, ...]) -> str:
    """The classes of age by their limits: ``26, 50``."""
    return ", ".join(str(band.first) for band in ages[1:])


AGE_CHOICES: Final = (AGE_BANDS, OBSERVATORY_AGE_BANDS)
"""The classes of age that syntheses ask for."""
