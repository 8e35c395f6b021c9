"""Months, weeks, quarters and dates as people write them in headings and titles.

``find_when`` looks for one in a text that may hold other words; a year that is not written is
left open, to be found elsewhere in the file.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from suivi_tui.exchange.columns import normal_header
from suivi_tui.exchange.statement_files.periods import (
    Period,
    month_period,
    quarter_period,
    week_period,
)
from suivi_tui.vocabulary.dates import full_year, month_number
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.text import fold

_NAMES = (
    "janvier|janv|jan|fevrier|fevr|fev|mars|avril|avr|mai|juin|juillet|juill|juil|aout"
    "|septembre|sept|sep|octobre|oct|novembre|nov|decembre|dec"
)
_YEAR = r"(20[0-9]{2}|(?<=[-/' ])[1-4][0-9](?![0-9]))"
_YEAR_OR_NOT = rf"(?:\s*[-/' .]?\s*{_YEAR})?"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_PIECE = (
    rf"{_DAY}(?:[/.][01]?[0-9](?:[/.](?:20)?[0-9]{{2}})?|(?:er)? (?:{_NAMES})\.?(?: 20[0-9]{{2}})?)"
)
_ORDINALS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4}

_RANGE = re.compile(
    rf"(?<![0-9])(?:du )?({_PIECE}|{_DAY}(?:er)?(?= (?:au|a) ))"
    rf"\s*(?:au| a |-|–|→|>)\s*({_PIECE})(?![0-9])"
)
_WEEK_OF = re.compile(
    rf"\b(?:semaine|sem)\.? (?:du |commencant le |debutant le )({_PIECE})(?![0-9])"
)
_YEAR_WEEK = re.compile(r"\b(20[0-9]{2})[-/ ]?[sw]([0-5]?[0-9])\b")
_WEEK = re.compile(
    rf"\b(?:semaine|sem|s|w)\.?\s?(?:n°|n|no)?\s?([0-5]?[0-9])(?![0-9/.,:]){_YEAR_OR_NOT}"
)
_YEAR_QUARTER = re.compile(r"\b(20[0-9]{2})[-/ ]?[tq]([1-4])\b")
_QUARTER = re.compile(
    r"\b(?:([1-4]|premier|deuxieme|second|troisieme|quatrieme) ?(?:er|e|eme|nd)? ?"
    r"(?:trimestre|trim)\b\.?|(?:trimestre|trim)\.? ?(?:n°)? ?([1-4])\b"
    r"|[tq]([1-4])\b|([1-4])t(?![a-z]))"
    rf"{_YEAR_OR_NOT}"
)
_DATE = re.compile(
    rf"(?<![0-9])(?:({_DAY})[/.-]([01]?[0-9])[/.-]((?:20)?[0-9]{{2}})"
    r"|(20[0-9]{2})-([01][0-9])-([0-3][0-9])(?:[t ][0-9:.]+)?"
    rf"|({_DAY})(?:er)? ({_NAMES})\.? (20[0-9]{{2}}))(?![0-9])"
)
_NUMERIC_MONTH = re.compile(
    r"(?<![0-9/.-])(?:(0?[1-9]|1[0-2])[/.-](20[0-9]{2})|(20[0-9]{2})[/.-](0?[1-9]|1[0-2])"
    r"|(20[0-4][0-9])(0[1-9]|1[0-2]))(?![0-9/.-])"
)
_SHORT_MONTH = re.compile(r"(0?[1-9]|1[0-2])[/-]([1-4][0-9])")
_MONTH = re.compile(rf"(?<![a-z])({_NAMES})(?![a-z])\.?{_YEAR_OR_NOT}")
_MOST_PERIODS = 3
_LONE_YEAR = re.compile(r"(?<![0-9/.-])(20[0-4][0-9])(?![0-9/.-])")


class When(NamedTuple):
    """A period found in a text: ``year`` is None when the text does not say it.

    ``kind`` is ``month`` or ``quarter`` or ``week`` (``number`` is its number), ``day`` or
    ``range`` (``first`` and ``last`` are (day, month) pairs, each with its year or the common one).
    ``rest`` is the text without it, folded.
    """

    kind: str
    number: int = 0
    year: int | None = None
    first: tuple[int, int] = (0, 0)
    last: tuple[int, int] = (0, 0)
    first_year: int | None = None
    rest: str = ""

    def period(self, year: int | None = None, near: Month | None = None) -> Period | None:
        """The days meant, with ``year`` for what the text leaves open; None when there are none.

        A week without a year is the one nearest to the month ``near``.
        """
        known = self.year or year
        if known is None:
            return None
        if self.kind == "month":
            return month_period(Month(known * 100 + self.number))
        if self.kind == "quarter":
            return quarter_period(known, self.number)
        if self.kind == "week":
            return self._week(known, near)
        return self._range(known)

    def _week(self, year: int, near: Month | None) -> Period | None:
        if self.year is None and near is not None:
            for candidate in (year, year - 1, year + 1):
                week = week_period(candidate, self.number)
                if week is not None and near in week.months:
                    return week
        return week_period(year, self.number)

    def _range(self, year: int) -> Period | None:
        # « du 28/12 au 03/01/2027 » starts the year before.
        start = self.first_year or (year - 1 if self.first[1] > self.last[1] else year)
        first = _calendar(start, self.first[1], self.first[0])
        last = _calendar(year, self.last[1], self.last[0])
        if first is None or last is None or last < first:
            return None
        if self.kind == "week_of":
            last = first + timedelta(days=6)
        return Period(first, last)


def find_when(text: str) -> When | None:
    """The period written in ``text``, or None; ``When.rest`` is what else the text says."""
    folded = fold(text)[:500]
    if not folded or not any(char.isdigit() or char.isalpha() for char in folded):
        return None
    for find in _FINDERS:
        if (found := find(folded)) is not None:
            return found
    return None


def lone_year(text: str) -> int | None:
    """A year written in ``text`` outside any date."""
    found = _LONE_YEAR.search(fold(text))
    return int(found[1]) if found else None


def without_periods(heading: str) -> str:
    """A heading as it is compared between files: normal, its periods named but not told."""
    kinds: list[str] = []
    text = fold(heading)
    # « Semaine 40 du 28/09 au 04/10 » tells its period twice.
    while len(kinds) < _MOST_PERIODS and (found := find_when(text)) is not None:
        text = found.rest
        kinds.append(f"<{found.kind}>")
    return " ".join(filter(None, [without_years(text), *kinds[:1]]))


def without_years(text: str) -> str:
    """The words of a heading without the years that stand alone in it."""
    return normal_header(_LONE_YEAR.sub(" ", fold(text)))


def _rest(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _range(text: str) -> When | None:
    found = _RANGE.search(text)
    if found is None:
        return None
    last = _piece(found[2])
    first = _piece(found[1]) if last else None
    if last is not None and found[1].removesuffix("er").isdigit():
        first = (int(found[1].removesuffix("er")), last[1], last[2])
    if first is None or last is None:
        return None
    return When(
        "range", 0, last[2], first[:2], last[:2], first[2], _rest(text, found)
    )  # fmt: skip


def _week_of(text: str) -> When | None:
    found = _WEEK_OF.search(text)
    piece = _piece(found[1]) if found else None
    if found is None or piece is None:
        return None
    return When("week_of", 0, piece[2], piece[:2], piece[:2], piece[2], _rest(text, found))


def _piece(text: str) -> tuple[int, int, int | None] | None:
    """Day, month and year (or None) of ``28/09``, ``28/09/26`` or ``28 septembre 2026``."""
    numbers = re.findall(r"[0-9]+", text)
    word = re.search(rf"{_NAMES}", text)
    month = month_number(word[0]) if word else int(numbers[1]) if len(numbers) > 1 else None
    if month is None or not 1 <= month <= 12:
        return None
    written = numbers[1] if word and len(numbers) > 1 else numbers[2] if len(numbers) > 2 else None
    return int(numbers[0]), month, full_year(written) if written else None


def _week(text: str) -> When | None:
    if found := _YEAR_WEEK.search(text):
        year, number = int(found[1]), int(found[2])
    elif found := _WEEK.search(text):
        year, number = full_year(found[2]) if found[2] else 0, int(found[1])
    else:
        return None
    if not 1 <= number <= 53:
        return None
    return When("week", number, year or None, rest=_rest(text, found))


def _quarter(text: str) -> When | None:
    if found := _YEAR_QUARTER.search(text):
        return When("quarter", int(found[2]), int(found[1]), rest=_rest(text, found))
    if found := _QUARTER.search(text):
        written = found[1] or found[2] or found[3] or found[4]
        number = _ORDINALS.get(written) or int(written)
        year = full_year(found[5]) if found[5] else None
        return When("quarter", number, year, rest=_rest(text, found))
    return None


def _date(text: str) -> When | None:
    found = _DATE.search(text)
    if found is None:
        return None
    if found[1]:
        day, month, year = int(found[1]), int(found[2]), full_year(found[3])
    elif found[4]:
        day, month, year = int(found[6]), int(found[5]), int(found[4])
    else:
        day, month, year = int(found[7]), month_number(found[8]) or 0, int(found[9])
    if _calendar(year, month, day) is None:
        return None
    return When("day", 0, year, (day, month), (day, month), year, _rest(text, found))


def _month(text: str) -> When | None:
    if found := _NUMERIC_MONTH.search(text):
        year = int(found[2] or found[3] or found[5])
        number = int(found[1] or found[4] or found[6])
    elif found := _SHORT_MONTH.fullmatch(text):
        year, number = full_year(found[2]), int(found[1])
    elif found := _MONTH.search(text):
        year, number = full_year(found[2]) if found[2] else 0, month_number(found[1]) or 0
    else:
        return None
    rest = _rest(text, found)
    if not year and (alone := _LONE_YEAR.search(rest)):
        # « Année 2026 Mars »: the year stands a little further.
        year, rest = int(alone[1]), _rest(rest, alone)
    return When("month", number, year or None, rest=rest)


_FINDERS: tuple[Callable[[str], When | None], ...] = (
    _range,
    _week_of,
    _week,
    _quarter,
    _date,
    _month,
)


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
