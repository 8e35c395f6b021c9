"""Cells of a form as any spreadsheet saves them: texts, numbers, dates, durations, identities."""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final

from suivi_tui.vocabulary.dates import parse_date
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, parse_hours
from suivi_tui.vocabulary.months import Month, days_in
from suivi_tui.vocabulary.text import clean, fold

_EPOCH: Final = datetime(1899, 12, 30)
_LAST_SERIAL: Final = 110_000
_ID_DIGITS: Final = 19
_YES: Final = ("oui", "o", "x", "vrai", "true", "1")


def is_filled(value: Any) -> bool:
    """Whether something stands in the cell."""
    return value is not None and (not isinstance(value, str) or bool(clean(value)))


def is_yes(value: Any) -> bool:
    """Whether the cell says yes."""
    return value is True or fold(text_of(value)) in _YES


def text_of(value: Any) -> str:
    """A cell as a clean text; empty when there is nothing."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))


def identity(text: str, letter: str) -> int:
    """The identity written after ``letter``; 0 for anything else."""
    digits = text.strip()[1:]
    if text[:1] != letter or not (digits.isascii() and digits.isdigit()):
        return 0
    return int(digits) if len(digits) <= _ID_DIGITS and int(digits) < 1 << 63 else 0


def hours_of(value: Any, month: Month) -> tuple[Hours, bool]:
    """The hours of a cell, in hundredths, and whether they may be a duration read as a number."""
    if isinstance(value, bool):
        return parse_hours(str(value)), False
    if isinstance(value, datetime):
        value = value - _EPOCH
    elif isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, timedelta):
        return Hours(_rounded(Decimal(round(value.total_seconds())) / 36)), False
    if isinstance(value, int | float):
        try:
            number = Decimal(repr(value)) * 100
        except InvalidOperation:
            return parse_hours(str(value)), False
        if not number.is_finite() or abs(number) > 10**9:
            return parse_hours(str(value)), False
        exact = abs(number - _rounded(number)) < Decimal("0.001")
        return Hours(_rounded(number)), not exact and abs(value) <= days_in(month)
    return parse_hours(text_of(value)), False


def _rounded(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_HALF_UP))


def day_of(value: Any) -> date | None:
    """The date of a cell; None when it holds none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not 1 <= value <= _LAST_SERIAL:
            return None
        return (_EPOCH + timedelta(days=int(value))).date()
    try:
        return parse_date(text_of(value), None)
    except UserError:
        return None
