"""Calendar dates as French people write them; ISO in the base, ``31/03/2026`` on screen.

No clock here: what is relative (``hier``, ``12/3``) is read only from a given ``today``.
"""

import re
from datetime import date, timedelta

from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

MONTH_NAMES = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
SHORT_MONTH_NAMES = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
WEEKDAY_NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

# A year out of these is a typing error (0202, 20226), not a date of the field.
FIRST_YEAR, LAST_YEAR = 1900, 2199

_MONTH_WORDS = {fold(name): number for number, name in enumerate(MONTH_NAMES, 1)}
_MONTH_WORDS |= {fold(name): number for number, name in enumerate(SHORT_MONTH_NAMES, 1)}
_MONTH_WORDS |= {word.rstrip("."): number for word, number in _MONTH_WORDS.items()}
_MONTH_WORDS |= {"jan": 1, "fev": 2, "fevr": 2, "avril": 4, "jui": 6, "juill": 7, "aou": 8}

_TIME = r"(?:[t ]\s*[0-9]{1,2}[:h][0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?"
_ZONE = r"\s*(?:z|[+-][0-9]{2}:?[0-9]{2})?"
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ISO = re.compile(rf"([0-9]{{4}})([-/.]?)([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}{_ZONE}")
_NUMERIC = re.compile(rf"([0-9]{{1,2}})([-/. ])([0-9]{{1,2}})(?:\2([0-9]{{2}}|[0-9]{{4}}))?{_TIME}")
_WRITTEN = re.compile(
    r"(?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
    r"([0-9]{1,2})(?:er)?[ -]?([a-z]+)\.?(?:[ -]([0-9]{2}|[0-9]{4}))?"
)
_SHIFT = re.compile(r"([-+])\s?([0-9]{1,4})\s?j?")
_WEEKDAY = re.compile(rf"({'|'.join(WEEKDAY_NAMES)})(?: (prochain|dernier))?")
_DAYS_AWAY = {
    "avant-hier": -2,
    "hier": -1,
    "aujourd'hui": 0,
    "aujourdhui": 0,
    "auj": 0,
    "demain": 1,
    "apres-demain": 2,
}


class NotADate(UserError):
    """The text is no date of the calendar; nothing was changed."""

    def __init__(self, text: str) -> None:
        shown = clean(text, 40)
        what = f"«{NBSP}{shown}{NBSP}» n'est pas une date" if shown else "Date manquante"
        super().__init__(f"{what}{NBSP}: écrivez par exemple 31/03/2026 ou 2026-03-31.")


def parse_date(text: str, today: date | None = None) -> date:
    """The date written in ``text``.

    Reads ``31/03/2026``, ``2026-03-31`` (also with a time and a zone, left aside),
    ``12/03/26``, ``12 mars 2026``. With ``today`` also what is relative to it: ``12/3`` and
    ``12 mars`` in its year, ``hier``, ``aujourd'hui``, ``demain``, ``-7`` and ``+7`` in days, and
    ``lundi``, the last Monday, today included (``lundi prochain`` is the next one).
    Raises :class:`NotADate`.
    """
    if len(text) > 100:
        raise NotADate(text)
    folded = fold(text).replace("\u2212", "-")
    found = _absolute(folded, today)
    if found is None and today is not None:
        found = _relative(folded, today)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NotADate(text)
    return found


def _absolute(folded: str, today: date | None) -> date | None:
    if iso := _ISO.fullmatch(folded):
        if not iso[2] and len(iso[3] + iso[4]) != 4:
            return None
        return _calendar_date(int(iso[1]), int(iso[3]), int(iso[4]))
    if numeric := _NUMERIC.fullmatch(folded):
        day, month, written = int(numeric[1]), int(numeric[3]), numeric[4]
    elif (words := _WRITTEN.fullmatch(folded)) and words[2] in _MONTH_WORDS:
        day, month, written = int(words[1]), _MONTH_WORDS[words[2]], words[3]
    else:
        return None
    if written:
        return _calendar_date(full_year(written), month, day)
    return None if today is None else _calendar_date(today.year, month, day)


def _relative(folded: str, today: date) -> date | None:
    if folded in _DAYS_AWAY:
        return _shifted(today, _DAYS_AWAY[folded])
    if shift := _SHIFT.fullmatch(folded):
        return _shifted(today, int(shift[1] + shift[2]))
    if weekday := _WEEKDAY.fullmatch(folded):
        back = (today.weekday() - WEEKDAY_NAMES.index(weekday[1])) % 7
        if weekday[2] == "prochain":
            return _shifted(today, 7 - back)
        return _shifted(today, -7 if weekday[2] and not back else -back)
    return None


def _calendar_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shifted(today: date, days: int) -> date | None:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def full_year(written: str) -> int:
    """A year of four digits, or of two: ``00`` to ``49`` are 20xx, ``50`` to ``99`` are 19xx."""
    year = int(written)
    if len(written) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def month_number(word: str) -> int | None:
    """The number of a month written in letters, in full or shortened, accents ignored."""
    return _MONTH_WORDS.get(fold(word).rstrip("."))


def format_date(day: date) -> str:
    """A date as shown in lists and files: ``31/03/2026``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def long_date(day: date) -> str:
    """A date as written in a sentence: ``31 mars 2026``, ``1er avril 2026``."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTH_NAMES[day.month - 1]} {day.year}"


def month_length(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _LENGTHS[month - 1]


def add_calendar_months(day: date, count: int) -> date:
    """The same day ``count`` months later (earlier when negative), or the last of that month.

    29 February plus 12 months is 28 February. Raises ValueError out of the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"year out of the calendar: {year}")
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))
