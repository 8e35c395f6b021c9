"""The calendar of the demonstration: months counted from the one of ``today``, seasons, sites.

A month is an offset here: 0 is the month of ``today``, -23 the first month of the base.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import pi, sin

from suivi_tui.vocabulary.months import (
    Month,
    add_months,
    days_in,
    first_day,
    format_month,
    month_of,
)

FIRST_MONTH = -23
LAST_DECLARED = -1

_FRIDAY = 4
_AUGUST, _DECEMBER = 8, 12
_SEASONS = {_AUGUST: 0.45, _DECEMBER: 0.75}


@dataclass(frozen=True, slots=True)
class Timeline:
    """Days and months seen from ``today``."""

    today: date

    @property
    def yesterday(self) -> date:
        """The last day on which something was written: nothing of the base is in the future."""
        return self.today - timedelta(days=1)

    def month(self, offset: int) -> Month:
        """The month that lies ``offset`` months after the one of today."""
        return add_months(month_of(self.today), offset)

    def offset(self, day: date) -> int:
        """How many months after the one of today a date lies."""
        return (day.year - self.today.year) * 12 + day.month - self.today.month

    def day(self, offset: int, number: int) -> date:
        """A day of a month, the last one when the month is shorter."""
        month = self.month(offset)
        return first_day(month).replace(day=min(number, days_in(month)))

    def past(self, day: date) -> date:
        """``day`` or the working day before it, and at most yesterday."""
        done = min(day, self.yesterday)
        return done - timedelta(days=max(done.weekday() - _FRIDAY, 0))

    def of_month(self, offset: int) -> str:
        """A month as the complement of a noun: ``de mars 2026``, ``d'avril 2026``."""
        name = format_month(self.month(offset))
        return f"d'{name}" if name[0] in "ao" else f"de {name}"

    def season(self, offset: int) -> float:
        """What a month is worth beside an ordinary one: sites sleep in August."""
        return _SEASONS.get(self.month(offset) % 100, 1.0)


def working_day(day: date) -> date:
    """``day``, or the Monday after it at a week-end."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > _FRIDAY else day


def site_curve(position: float) -> float:
    """How busy a site is between its start (0) and its end (1): a flat start, a hump midway."""
    return 0.35 + sin(pi * min(max(position, 0.0), 1.0)) ** 2
