"""Months: integers YYYYMM (202603, written ``2026-03``), the step of every statement of hours."""

import re
from datetime import date
from typing import NewType

from suivi_tui.vocabulary.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH_NAMES,
    SHORT_MONTH_NAMES,
    NotADate,
    full_year,
    month_length,
    month_number,
    parse_date,
)
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

Month = NewType("Month", int)

_ISO = re.compile(r"([0-9]{4})[-/. ]?([0-9]{2})|([0-9]{4})[-/. ]([0-9])")
_NUMERIC = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
_WRITTEN = re.compile(r"([a-z]+)\.?(?:[ -/]([0-9]{4}|[0-9]{2}))?")
_MONTHS_AWAY = {"ce mois": 0, "ce mois-ci": 0, "mois dernier": -1, "le mois dernier": -1}


class NotAMonth(UserError):
    """The text is no month; nothing was changed."""

    def __init__(self, text: str) -> None:
        shown = clean(text, 40)
        what = f"«{NBSP}{shown}{NBSP}» n'est pas un mois" if shown else "Mois manquant"
        super().__init__(f"{what}{NBSP}: écrivez par exemple 03/2026 ou mars 2026.")


def month_of(day: date) -> Month:
    """The month in which a date lies."""
    return Month(day.year * 100 + day.month)


def parse_month(text: str, today: date | None = None) -> Month:
    """The month written in ``text``.

    Reads ``2026-03``, ``202603``, ``03/2026``, ``03/26``, ``mars 2026``, ``janv. 26`` and any full
    date (``31/03/2026``). With ``today`` also ``mars``, the last March begun, and ``mois
    dernier``. Raises :class:`NotAMonth`.
    """
    if len(text) > 100:
        raise NotAMonth(text)
    folded = fold(text)
    if iso := _ISO.fullmatch(folded):
        year, number = int(iso[1] or iso[3]), int(iso[2] or iso[4])
    elif numeric := _NUMERIC.fullmatch(folded):
        year, number = full_year(numeric[2]), int(numeric[1])
    elif today is not None and folded in _MONTHS_AWAY:
        return add_months(month_of(today), _MONTHS_AWAY[folded])
    elif (words := _WRITTEN.fullmatch(folded)) and (named := month_number(words[1])):
        if words[2]:
            year = full_year(words[2])
        elif today is not None:
            year = today.year if named <= today.month else today.year - 1
        else:
            raise NotAMonth(text)
        number = named
    else:
        return _month_of_date(text)
    if not (1 <= number <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
        raise NotAMonth(text)
    return Month(year * 100 + number)


def _month_of_date(text: str) -> Month:
    # A relative day (hier, -7) is never meant as a month: today is not passed on.
    try:
        return month_of(parse_date(text))
    except NotADate:
        raise NotAMonth(text) from None


def format_month(month: Month) -> str:
    """A month as shown: ``mars 2026``."""
    return f"{MONTH_NAMES[month % 100 - 1]} {month // 100}"


def of_month(month: Month) -> str:
    """``de mars 2026``, ``d'avril 2026``."""
    name = format_month(month)
    return f"d'{name}" if name[0] in "ao" else f"de {name}"


def short_month(month: Month) -> str:
    """A month as a column heading: ``mars 26``, ``janv. 26``."""
    return f"{SHORT_MONTH_NAMES[month % 100 - 1]} {month // 100 % 100:02d}"


def iso_month(month: Month) -> str:
    """A month in files and keys: ``2026-03``."""
    return f"{month // 100:04d}-{month % 100:02d}"


def add_months(month: Month, count: int) -> Month:
    """The month ``count`` months later, earlier when negative."""
    year, index = divmod(month // 100 * 12 + month % 100 - 1 + count, 12)
    return Month(year * 100 + index + 1)


def next_month(month: Month) -> Month:
    """The month after."""
    return add_months(month, 1)


def previous_month(month: Month) -> Month:
    """The month before."""
    return add_months(month, -1)


def months_between(first: Month, last: Month) -> list[Month]:
    """Every month from ``first`` to ``last``, both included; empty when ``last`` is before."""
    count = (last // 100 - first // 100) * 12 + last % 100 - first % 100 + 1
    return [add_months(first, step) for step in range(count)]


def first_day(month: Month) -> date:
    """The first day of a month."""
    return date(month // 100, month % 100, 1)


def last_day(month: Month) -> date:
    """The last day of a month."""
    return date(month // 100, month % 100, days_in(month))


def days_in(month: Month) -> int:
    """How many days a month has."""
    return month_length(month // 100, month % 100)
