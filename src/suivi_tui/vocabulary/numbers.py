"""Numbers as French text: one reader of decimals for hours and money, one way to show figures.

Quantities are integers of a small unit (hundredths of an hour, cents); a float never takes
part in reading one.
"""

import math
import re
from fractions import Fraction

NBSP = "\u00a0"

MAX_INTEGER_DIGITS = 10
MAX_DECIMALS = 20

_SPACES = "\u0020\u00a0\u2007\u2009\u202f"
_SIGN_AND_BODY = re.compile(r"\s*([-+\u2212]?)\s*(\S.*?)\s*", re.DOTALL)
_DECIMAL = re.compile(r"([0-9]*)(?:[,.]([0-9]+))?")
_SPACED = re.compile(rf"([0-9]{{1,3}}(?:[{_SPACES}'\u2019][0-9]{{3}})+)(?:[,.]([0-9]+))?")
_POINTED = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]+)|([0-9]{1,3}(?:\.[0-9]{3}){2,})")
_COMMAED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]+)|([0-9]{1,3}(?:,[0-9]{3}){2,})")
_NOT_DIGIT = re.compile(r"[^0-9]")


def scaled(text: str, power: int = 2) -> int | None:
    """The decimal number written in ``text`` times ``10 ** power``, or None when it is not one.

    Comma or point; thousands grouped by three with a space of any kind, an apostrophe, or with
    the other of the two separators. What is beyond the precision is rounded half away from
    zero. Exponents, ``inf``, ``nan``, brackets, digits of other scripts and numbers of more
    than ten integer digits are not numbers here.
    """
    signed = _SIGN_AND_BODY.fullmatch(text)
    if signed is None:
        return None
    body = signed[2]
    parts = _split(body)
    if parts is None:
        return None
    integer, decimals = _NOT_DIGIT.sub("", parts[0]), parts[1]
    if len(integer) > MAX_INTEGER_DIGITS or len(decimals) > MAX_DECIMALS:
        return None
    kept = decimals[:power].ljust(power, "0")
    value = int(integer + kept) if integer or kept else 0
    if len(decimals) > power and decimals[power] >= "5":
        value += 1
    return -value if signed[1] in ("-", "\u2212") else value


def _split(body: str) -> tuple[str, str] | None:
    """Integer digits (still grouped) and decimals of an unsigned number."""
    if found := _DECIMAL.fullmatch(body):
        return (found[1], found[2] or "") if found[1] or found[2] else None
    if found := _SPACED.fullmatch(body):
        return found[1], found[2] or ""
    for pattern in (_POINTED, _COMMAED):
        if found := pattern.fullmatch(body):
            return found[1] or found[3], found[2] or ""
    return None


def format_hundredths(value: int, separator: str = NBSP) -> str:
    """An integer of hundredths with two decimals: ``-1250`` is ``-12,50``."""
    units, cents = divmod(abs(value), 100)
    sign = "-" if value < 0 else ""
    return f"{sign}{units:,}".replace(",", separator) + f",{cents:02d}"


def csv_hundredths(value: int, decimal: str = ",") -> str:
    """An integer of hundredths for a file: two decimals, no thousands separator."""
    units, cents = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{units}{decimal}{cents:02d}"


def format_number(value: int | float | Fraction, decimals: int = 0) -> str:
    """A figure as shown: ``1234`` is ``1 234``; rounded half away from zero to ``decimals``.

    A float that is no number (``inf``, ``nan``) is shown as ``–``.
    """
    if isinstance(value, float) and not math.isfinite(value):
        return "–"
    step = 10**decimals
    tens = _half_up(Fraction(value) * step)
    units, rest = divmod(abs(tens), step)
    text = ("-" if tens < 0 else "") + f"{units:,}".replace(",", NBSP)
    return f"{text},{rest:0{decimals}d}" if decimals else text


def format_percent(value: Fraction | float, decimals: int = 1) -> str:
    """A share as a percentage: ``Fraction(7, 8)`` is ``87,5 %``, ``1`` is ``100 %``.

    Decimals that are all zero are not written.
    """
    if isinstance(value, float) and not math.isfinite(value):
        return f"–{NBSP}%"
    text = format_number(Fraction(value) * 100, decimals)
    if decimals:
        units, _, rest = text.rpartition(",")
        text = units if not rest.strip("0") else text
    return f"{text}{NBSP}%"


def plural(count: int, singular: str, several: str) -> str:
    """The count and its noun: ``0 alerte``, ``1 alerte``, ``2 alertes`` (French: plural from 2)."""
    return f"{format_number(count)}{NBSP}{singular if abs(count) < 2 else several}"


def _half_up(value: Fraction) -> int:
    rounded = int(abs(value) + Fraction(1, 2))
    return -rounded if value < 0 else rounded
