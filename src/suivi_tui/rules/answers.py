"""When a buyer waits for the facilitator's answer: what the screens and the alerts both say."""

from datetime import date
from typing import Final

_WEEK: Final = 7
_LONGEST: Final = 520
"""Weeks: a longer delay is a typing error, and the calendar has an end."""


def answer_day(
    agreed: date | None, asked: date | None, launched: date | None, weeks: int | None
) -> date | None:
    """The day agreed; else so many ``weeks`` (as this buyer does) after it asked, or after the
    launch of its consultation when nobody wrote when it asked. None when nothing says it."""
    begun = asked or launched
    if agreed is not None or begun is None or weeks is None:
        return agreed
    days = _WEEK * min(weeks, _LONGEST)
    return date.fromordinal(min(begun.toordinal() + days, date.max.toordinal()))
