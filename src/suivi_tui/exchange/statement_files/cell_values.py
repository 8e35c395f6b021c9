"""What a cell says: a clean text, a day, a number of hours, or why it cannot be one.

Spreadsheets show 151:40 from a number of days: depending on the format of the cell, its reader
gives a duration, a time of day, or a day of January 1900.
"""

import math
import re
from datetime import date, datetime, time, timedelta
from enum import Enum
from fractions import Fraction

from suivi_tui.exchange.cells import restored
from suivi_tui.exchange.statement_files.layout import Unit
from suivi_tui.exchange.statement_files.workbook import CellValue
from suivi_tui.vocabulary.dates import FIRST_YEAR, LAST_YEAR, NotADate, format_date, parse_date
from suivi_tui.vocabulary.hours import Hours, NotHours, parse_hours
from suivi_tui.vocabulary.identifiers import looks_like_nir
from suivi_tui.vocabulary.numbers import NBSP, scaled
from suivi_tui.vocabulary.text import clean, fold

# Days of a spreadsheet are counted from here; 1900 is a leap year for it, so days before
# 1 March 1900 are counted from one day later.
_EPOCH = date(1899, 12, 30)
_FIRST_TRUE_DAY = date(1900, 3, 1)
_LAST_DURATION = date(1911, 1, 1)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000

# Above it, a figure is not even a total of years.
MOST_HOURS = Hours(9_999_999)

_NOTHING = frozenset(("", "-", "–", "—", "_", ".", "/", "x", "nc", "n/a", "na", "neant", "ras"))
_DAYS = re.compile(r"([-+]?[0-9][0-9 ,.]*) ?(?:jours?|jrs?|j)\.?", re.IGNORECASE)
_ERROR = re.compile(r"#[\w/]+[!?]?|Err:[0-9]{3}", re.IGNORECASE)
_SERIAL = re.compile(r"[2-7][0-9]{4}(?:[.,]0+)?")


class Blank(Enum):
    """A cell that says nothing, which is not zero."""

    BLANK = "blank"


class Fault(str):
    """Why a cell is not hours, in French."""


def text_of(value: CellValue, limit: int = 200) -> str:
    """The text of a cell, cleaned; a date is ``31/03/2026``, a whole number has no decimals."""
    if isinstance(value, str):
        return clean(restored(value.strip()), limit) if value else ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, datetime):
        return format_date(value.date())
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, time):
        return f"{value.hour:02d}:{value.minute:02d}"
    minutes = round(value.total_seconds() / 60)
    sign = "-" if minutes < 0 else ""
    return f"{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"


def shown(value: CellValue) -> str:
    """A cell quoted in a remark: short, and never a number that identifies a person."""
    text = text_of(value)
    if looks_like_nir(text):
        return "un numéro personnel"
    return f"«{NBSP}{text[:40]}{NBSP}»"


def _number_text(value: int | float) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return "nombre impossible"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return clean(repr(value) if abs(value) < 1e18 else "nombre trop grand", 40)


def is_number(value: CellValue) -> bool:
    """Whether a cell holds a figure: a number or a duration, not a true date nor a text."""
    if isinstance(value, bool | str):
        return False
    if isinstance(value, int | float | time | timedelta):
        return True
    return _is_duration(value)


def _is_duration(value: date) -> bool:
    day = value.date() if isinstance(value, datetime) else value
    return day < _LAST_DURATION


def day_of(value: CellValue) -> date | None:
    """The day that a cell holds, as a date, a serial number or a text; None when it holds none."""
    if isinstance(value, datetime | date):
        if _is_duration(value):
            return None
        day = value.date() if isinstance(value, datetime) else value
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
    if isinstance(value, bool | time | timedelta):
        return None
    if isinstance(value, int | float):
        whole = math.isfinite(value) and _FIRST_SERIAL <= value <= _LAST_SERIAL
        return _EPOCH + timedelta(days=int(value)) if whole else None
    text = clean(restored(value.strip()), 60)
    if _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(text[:5]))
    try:
        return parse_date(text) if text else None
    except NotADate:
        return None


def hours_of(value: CellValue, unit: Unit, day_hours: Hours) -> Hours | Blank | Fault:
    """The hours of a cell whose figures are in ``unit``; a day is worth ``day_hours``.

    A blank cell or a dash is BLANK. What cannot be a number of hours is a :class:`Fault`.
    """
    if isinstance(value, str):
        return _from_text(value, unit, day_hours)
    if isinstance(value, bool):
        return Fault("une case vrai ou faux n'est pas un nombre d'heures")
    if isinstance(value, int | float):
        return _from_number(repr(value), value, unit, day_hours)
    seconds = _seconds(value)
    if seconds is None:
        return Fault(f"{shown(value)} est une date, pas un nombre d'heures")
    if unit is Unit.DAYS:
        return Fault(f"{shown(value)} est une durée, pas un nombre de jours")
    return _bounded((2 * seconds + 36) // 72, value)


def _seconds(value: date | time | timedelta) -> int | None:
    if isinstance(value, timedelta):
        return round(value.total_seconds())
    if isinstance(value, time):
        return value.hour * 3600 + value.minute * 60 + round(value.second + value.microsecond / 1e6)
    if not _is_duration(value):
        return None
    day = value.date() if isinstance(value, datetime) else value
    days = (day - _EPOCH).days - (1 if day < _FIRST_TRUE_DAY else 0)
    clock = _seconds(value.time()) if isinstance(value, datetime) else 0
    return days * 86400 + (clock or 0)


def _from_number(
    text: str, value: int | float, unit: Unit, day_hours: Hours
) -> Hours | Blank | Fault:
    if unit is Unit.HOURS:
        hundredths = scaled(text, 2)
        if hundredths is None and isinstance(value, float) and abs(value) < 1e-4:
            hundredths = 0  # the dust of a formula that makes zero, written 1e-15
        if hundredths is None:
            return Fault("ce nombre n'est pas un nombre d'heures possible")
        return _bounded(hundredths, value)
    if isinstance(value, float) and not math.isfinite(value):
        return Fault("ce nombre n'est pas un nombre de jours possible")
    if abs(value) > 1e6:
        return Fault("ce nombre n'est pas un nombre de jours possible")
    worth = Fraction(day_hours) if unit is Unit.DAYS else Fraction(2400)
    exact = Fraction(text) * worth
    return _bounded((2 * exact.numerator + exact.denominator) // (2 * exact.denominator), value)


def _bounded(hundredths: int, value: CellValue) -> Hours | Fault:
    if abs(hundredths) > MOST_HOURS:
        return Fault(f"{shown(value)} est trop grand")
    return Hours(hundredths)


def _from_text(value: str, unit: Unit, day_hours: Hours) -> Hours | Blank | Fault:
    text = clean(restored(value.strip()), 100)
    if not text or fold(text) in _NOTHING:
        return Blank.BLANK
    if _ERROR.fullmatch(text):
        return Fault(f"la cellule est en erreur ({text[:20]})")
    in_days = _DAYS.fullmatch(text)
    if in_days or unit is not Unit.HOURS:
        number = scaled(in_days[1] if in_days else text, 6)
        if number is None or (in_days and unit is Unit.HOURS):
            what = "nombre de jours" if unit is not Unit.HOURS else "nombre d'heures"
            return Fault(f"{shown(text)} n'est pas un {what}")
        worth = day_hours if in_days or unit is Unit.DAYS else 2400
        return _bounded((2 * number * worth + 1_000_000) // 2_000_000, text)
    try:
        return _bounded(parse_hours(text), text)
    except NotHours:
        return Fault(f"{shown(text)} n'est pas un nombre d'heures")
