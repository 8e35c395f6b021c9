"""Hours: integers in hundredths of an hour (151,67 h is 15167), never floats.

Companies write them in decimals, in hours and minutes, or in minutes; all are read here.
"""

import re
from typing import NewType

from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP, csv_hundredths, format_hundredths, scaled
from suivi_tui.vocabulary.text import clean

Hours = NewType("Hours", int)

# What nearly every cell of a file looks like; anything else takes the long way.
_PLAIN = re.compile(r"(-?)([0-9]{1,8})(?:[,.]([0-9]{1,2}))?")

_SPACE = r"[\s\u00a0\u202f]*"
_SIGN = r"([-+\u2212]?)"
_CLOCK = re.compile(
    rf"{_SIGN}{_SPACE}([0-9]{{1,8}})"
    rf"(?:{_SPACE}(?:heures?|h){_SPACE}([0-9]{{1,2}}){_SPACE}(?:minutes?|min|mn|m)?"
    rf"|:([0-9]{{2}})(?::([0-9]{{2}}))?)",
    re.IGNORECASE,
)
_MINUTES = re.compile(rf"{_SIGN}{_SPACE}([0-9]{{1,8}}){_SPACE}(?:minutes?|min|mn|m)", re.IGNORECASE)
_UNIT = re.compile(rf"{_SPACE}(?:heures?|hrs?|h)\.?\Z", re.IGNORECASE)


class NotHours(UserError):
    """The text is no number of hours; nothing was changed."""

    def __init__(self, text: str) -> None:
        shown = clean(text, 40)
        what = (
            f"«{NBSP}{shown}{NBSP}» n'est pas un nombre d'heures" if shown else "Heures manquantes"
        )
        super().__init__(f"{what}{NBSP}: écrivez par exemple 12,5, 7h30 ou 151:40.")


def parse_hours(text: str) -> Hours:
    """The hours written in ``text``, in hundredths.

    Reads ``12,5``, ``12.5``, ``1 234,5``, ``1.234,5``, ``12,5 h``, ``151:40``, ``151h40``,
    ``1 h 30 min``, ``90m``; a leading minus is a correction. More than two decimals are rounded
    half away from zero, so are minutes (151:40 is 151,67 h). Raises :class:`NotHours`.
    """
    if plain := _PLAIN.fullmatch(text):
        sign, units, decimals = plain.groups("")
        value = int(units + (decimals + "00")[:2])
        return Hours(-value if sign else value)
    stripped = text.strip()
    if len(stripped) > 60:
        raise NotHours(text)
    found = _seconds(stripped)
    if found is not None:
        return Hours(found)
    number = scaled(_UNIT.sub("", stripped), 2)
    if number is None:
        raise NotHours(text)
    return Hours(number)


def _seconds(text: str) -> int | None:
    """Hundredths of a text in hours and minutes, or None when it is not written so."""
    if clock := _CLOCK.fullmatch(text):
        minutes, seconds = int(clock[3] or clock[4] or 0), int(clock[5] or 0)
        if minutes > 59 or seconds > 59:
            return None
        total = int(clock[2]) * 3600 + minutes * 60 + seconds
        sign = clock[1]
    elif alone := _MINUTES.fullmatch(text):
        total, sign = int(alone[2]) * 60, alone[1]
    else:
        return None
    # One hundredth of an hour is 36 seconds; half a hundredth is rounded up.
    value = (total + 18) // 36
    return -value if sign in ("-", "\u2212") else value


def format_hours(hours: Hours, unit: bool = True) -> str:
    """Hours as shown: ``12 345,50 h``, no-break spaces; without ``unit``, the number alone."""
    number = format_hundredths(hours)
    return f"{number}{NBSP}h" if unit else number


def hours_number(hours: Hours) -> float:
    """Hours as a number of two decimals, for JSON only: never compute with it."""
    return hours / 100


def hours_csv(hours: Hours, decimal: str = ",") -> str:
    """Hours for a file: two decimals, no unit, no thousands separator."""
    return csv_hundredths(hours, decimal)
