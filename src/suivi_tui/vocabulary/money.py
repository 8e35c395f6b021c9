"""Money: integers in cents of euro, before tax unless said otherwise, never floats."""

import re
from typing import NewType

from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import (
    NBSP,
    csv_hundredths,
    format_hundredths,
    format_number,
    scaled,
)
from suivi_tui.vocabulary.text import clean

Money = NewType("Money", int)

_UNIT = re.compile(
    r"[\s\u00a0\u202f]*(?:(k|m)?[\s\u00a0\u202f]*(?:€|eur|euros?))?"
    r"(?:[\s\u00a0\u202f]*(?:ht|ttc|h\.t\.?))?\Z",
    re.IGNORECASE,
)
_POWERS = {"": 2, "k": 5, "m": 8}

# Thousands or thousandths of a euro? Reading 35.000 as 35 € would divide a contract by 1000.
_AMBIGUOUS = re.compile(r"\s*[-+\u2212]?\s*[1-9][0-9]{0,2}[.,][0-9]{3}\s*")


class NotMoney(UserError):
    """The text is no amount; nothing was changed."""

    def __init__(self, text: str) -> None:
        shown = clean(text, 40)
        what = f"«{NBSP}{shown}{NBSP}» n'est pas un montant clair" if shown else "Montant manquant"
        super().__init__(f"{what}{NBSP}: écrivez par exemple 35000 ou 35{NBSP}000,50.")


def parse_money(text: str) -> Money:
    """The amount written in ``text``, in cents.

    Reads ``35 000 €``, ``35000,5``, ``1.234,50``, ``35 k€``, ``1,2 M€``, with or without ``HT``.
    More than two decimals are rounded half away from zero; ``35.000``, which may be thousands
    or thousandths, is refused. Raises :class:`NotMoney`.
    """
    stripped = text.strip()
    if len(stripped) > 60:
        raise NotMoney(text)
    unit = _UNIT.search(stripped)
    prefix = (unit[1] or "").lower() if unit else ""
    number = _UNIT.sub("", stripped, count=1)
    value = scaled(number, _POWERS[prefix])
    if value is None or (not prefix and _AMBIGUOUS.fullmatch(number)):
        raise NotMoney(text)
    return Money(value)


def format_money(money: Money) -> str:
    """An amount as shown: ``35 000 €``, or ``35 000,50 €`` when there are cents."""
    number = format_hundredths(money) if money % 100 else format_number(money // 100)
    return f"{number}{NBSP}€"


def money_csv(money: Money, decimal: str = ",") -> str:
    """An amount for a file: two decimals, no unit, no thousands separator."""
    return csv_hundredths(money, decimal)
