"""One line of text about someone's hours: ``dupont 2026-10 151,67``, words in any order.

Pure: what a line says by itself. What its words name in the base is in ``quick_entry``.
"""

import re
from typing import Final, NamedTuple

from suivi_tui.vocabulary.choices import HourKind
from suivi_tui.vocabulary.dates import month_number
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, parse_hours
from suivi_tui.vocabulary.months import Month, first_day, next_month, parse_month
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

LONGEST: Final = 300
_MOST_TOKENS: Final = 40

_MONTH = re.compile(
    r"(?:19|20|21)\d\d[-/]\d{1,2}|\d{1,2}[-/](?:\d\d|(?:19|20|21)\d\d)|(?:19|20|21)\d\d(?:0[1-9]|1[0-2])"
    r"|\d{1,2}/\d{1,2}/\d{2,4}"
)
# Hours beyond doubt: a unit, decimals, minutes or a sign.
_SURE = re.compile(
    r"[-+\u2212]?(?:\d{1,5}(?:[.,]\d{1,4})?h(?:\d{1,2}(?:m|min|mn)?)?|\d{1,5}:\d\d|\d{1,5}[.,]\d{1,4}"
    r"|\d{1,5}(?:min|mn))|[-\u2212]\d{1,5}"
)
_WHOLE = re.compile(r"\d{1,4}")
_UNIT = ("h", "heure", "heures")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_SHORT_YEAR = re.compile(r"\d\d")
_LOT = re.compile(r"lot(\d[\w-]*)")
_KINDS: Final = {
    "formation": HourKind.TRAINING.number,
    "travail": HourKind.WORK.number,
    "autre": HourKind.OTHER.number,
}


class MonthWord(NamedTuple):
    """A month, and the words that say it."""

    text: str
    month: Month


class QuickLine(NamedTuple):
    """What a line says. ``words`` (folded) name a person, and perhaps a lot, a contract, an
    employer. Several ``months``: one of them may be the number of a contract. ``fault`` is what
    cannot be understood, one French sentence; ``usual`` is the month when none is said.
    """

    words: tuple[str, ...] = ()
    lot: str = ""
    months: tuple[MonthWord, ...] = ()
    hours: Hours | None = None
    kind: int = HourKind.WORK.number
    fault: str = ""
    usual: Month = Month(0)

    @property
    def who(self) -> tuple[tuple[str, ...], str]:
        """What names people and places: a choice made in a list holds while it stays."""
        return self.words, self.lot


class _Scan:
    """Walks through the words of a line."""

    def __init__(self, tokens: list[str]) -> None:
        self._left = tokens
        self.words: list[str] = []
        self.lot = ""
        self.months: list[MonthWord] = []
        self.sure: list[str] = []
        # Numbers without a unit, with the place that they would have among the words.
        self.whole: list[tuple[int, str]] = []
        # (place in months, two figures that may be its year)
        self.years: list[tuple[int, str]] = []
        self.kind = HourKind.WORK.number

    def run(self) -> None:
        """Sort every word."""
        while self._left:
            token = self._left.pop(0)
            if not (self._kind(token) or self._lot(token) or self._month(token)
                    or self._hours(token)):  # fmt: skip
                self.words.append(token)

    def _next(self) -> str:
        return self._left[0] if self._left else ""

    def _kind(self, token: str) -> bool:
        if token in _KINDS:
            self.kind = _KINDS[token]
        return token in _KINDS

    def _lot(self, token: str) -> bool:
        joined = _LOT.fullmatch(token)
        if joined and not self.lot:
            self.lot = joined[1]
        elif token == "lot" and self._left and not self.lot:
            self.lot = self._left.pop(0)
        else:
            return False
        return True

    def _month(self, token: str) -> bool:
        if _MONTH.fullmatch(token):
            return self._add_month(token, token)
        if month_number(token) is None or not token.rstrip(".").isalpha():
            return False
        following = self._next()
        if _YEAR.fullmatch(following):
            self._left.pop(0)
            return self._add_month(f"{token} {following}", f"{token} {following}")
        self.words.append(token)
        if _SHORT_YEAR.fullmatch(following):
            self._left.pop(0)
            self.years.append((len(self.words) - 1, following))
        else:
            self.years.append((len(self.words) - 1, ""))
        return True

    def _add_month(self, text: str, written: str) -> bool:
        try:
            self.months.append(MonthWord(text, parse_month(written)))
        except UserError:
            return False
        return True

    def _hours(self, token: str) -> bool:
        unit = self._next() in _UNIT
        if unit and re.fullmatch(r"[-\u2212]?\d{1,5}(?:[.,]\d{1,4})?", token):
            self._left.pop(0)
            minutes = self._next()
            whole = token.lstrip("-\u2212").isdecimal()
            if whole and re.fullmatch(r"[0-5]\d", minutes):
                self._left.pop(0)
                token = f"{token}h{minutes}"
            self.sure.append(token)
        elif _SURE.fullmatch(token):
            self.sure.append(token)
        elif _WHOLE.fullmatch(token):
            self.whole.append((len(self.words), token))
        else:
            return False
        return True


def read_line(text: str, default_month: Month) -> QuickLine:
    """What ``text`` says; a month named without its year is the last one begun by the month
    after ``default_month``, and no month at all is ``default_month``."""
    tokens = [token.strip(",;") for token in fold(clean(text, LONGEST)).split()]
    scan = _Scan([token for token in tokens if token][:_MOST_TOKENS])
    scan.run()
    number, spare = _figure(scan)
    words = _without_months(scan, default_month, number)
    words += spare
    fault = ""
    hours: Hours | None = None
    if number is None and len(scan.sure) + len(scan.whole) > 1:
        fault = (
            f"Plusieurs nombres{NBSP}: écrivez les heures avec une virgule ou «{NBSP}h{NBSP}», "
            "par exemple 35h."
        )
    elif number is not None:
        try:
            hours = parse_hours(number)
        except UserError as error:
            fault = str(error)
    months = tuple(scan.months) or (MonthWord("", default_month),)
    return QuickLine(tuple(words), scan.lot, months, hours, scan.kind, fault, default_month)


def _figure(scan: _Scan) -> tuple[str | None, list[str]]:
    """The text of the hours, None when it is not sure; and the numbers that name something."""
    shorts = [year for _, year in scan.years if year]
    if len(scan.sure) == 1:
        return scan.sure[0], [number for _, number in scan.whole]
    if scan.sure:
        return None, []
    if len(scan.whole) == 1:
        return scan.whole[0][1], []
    if not scan.whole and len(shorts) == 1:
        # « dupont oct 26 »: no other figure, so that one is not a year.
        return shorts[0], []
    return None, []


def _without_months(scan: _Scan, default_month: Month, number: str | None) -> list[str]:
    """The words, without the months in letters, which join the months."""
    words: list[str | None] = list(scan.words)
    year_is_hours = number is not None and not scan.sure and not scan.whole
    for place, short in scan.years:
        name = scan.words[place]
        year = "" if year_is_hours else short
        month = _named_month(name, year, default_month)
        if month is not None:
            scan.months.append(MonthWord(f"{name} {year}".strip(), month))
            words[place] = None
    return [word for word in words if word is not None]


def _named_month(name: str, year: str, default_month: Month) -> Month | None:
    try:
        if year:
            return parse_month(f"{name} {year}")
        return parse_month(name, first_day(next_month(default_month)))
    except UserError:
        return None
