"""The loose values of a buyer's yearly programme: amounts, periods and durations as people write
them. Each reader gives the value and the remark it deserves (empty when there is none)."""

import re
from datetime import date, datetime
from typing import Final

from suivi_tui.exchange.statement_files.cell_values import day_of, text_of
from suivi_tui.exchange.statement_files.workbook import CellValue
from suivi_tui.vocabulary.dates import FIRST_YEAR, LAST_YEAR, month_number
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.money import Money, parse_money
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

Read = tuple[int | None, str]
ReadDay = tuple[str | None, str]

_NOTHING: Final = frozenset(("", "-", "–", "nc", "nd", "n/a", "na", "?", "a definir", "neant"))
_MONTHS_A_YEAR: Final = 12
_LONGEST: Final = 600
_MOST_LOTS: Final = 50
_RANGE: Final = re.compile(r"(?:entre |de )?(.+?)\s*(?:-|–| a | et |/)\s*(.+)")
_BOUND: Final = re.compile(
    r"^(?:environ|env\.?|~|≈|<=?|>=?|max(?:imum)?|mini?(?:mum)?|moins de|plus de|jusqu'a"
    r"|estime a)\s*:?\s*"
)
_QUARTER: Final = re.compile(
    r"(?:t|q)\s?([1-4])|([1-4])\s?(?:er|e|eme|nd|t)?\s?(?:t\b|trim\w*)|trim\w*\s?([1-4])"
)
_HALF: Final = re.compile(
    r"s\s?([12])\b|([12])\s?(?:er|e|eme|nd)?\s?(?:s\b|sem\w*)|sem\w*\s?([12])"
)
_YEAR: Final = re.compile(r"\b(20[0-9]{2})\b")
_MONTH: Final = re.compile(
    r"\b(0?[1-9]|1[0-2])\s?[/.-]\s?(20[0-9]{2})\b"
    r"|\b(20[0-9]{2})\s?[/.-]\s?(0?[1-9]|1[0-2])\b"
)
_WORD: Final = re.compile(r"[a-z]+\.?")
_SPAN: Final = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(ans?|annees?|mois|semaines?|jours?)")
_AGAIN: Final = re.compile(r"(?:renouvelable|reconductible|reconduction)\D*([0-9]+)\s*(?:fois|x)")
_PLUS: Final = re.compile(r"\+\s*([0-9]+)\b")


def said_nothing(text: str) -> bool:
    """Whether a cell holds no value, as people write it."""
    return fold(text) in _NOTHING


def amount_of(value: CellValue, unit: str = "") -> Read:
    """An amount in cents; of a range the highest, which is what thresholds look at.

    ``unit`` is that of the heading (``k€``) where the cells hold bare numbers.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _one_amount(f"{text_of(value)} {unit}".strip())
    text = clean(text_of(value, 120))
    if said_nothing(text):
        return None, ""
    plain = _BOUND.sub("", fold(text))
    found, fault = _one_amount(_with_unit(plain, unit))
    if found is not None:
        return found, ""
    if bounds := _RANGE.fullmatch(plain):
        last = bounds[2]
        high, wrong = _one_amount(_with_unit(last, unit))
        if high is not None and not wrong:
            return (
                high,
                f"fourchette «{NBSP}{text[:40]}{NBSP}»{NBSP}: le plus haut montant est gardé",
            )
    return None, fault


def _with_unit(text: str, unit: str) -> str:
    return text if not unit or re.search(r"[a-z€]", text) else f"{text} {unit}"


def _one_amount(text: str) -> Read:
    try:
        found = parse_money(text)
    except UserError as error:
        return None, str(error)
    return (Money(found), "") if found >= 0 else (None, "montant négatif, il n'a pas été lu")


def planned_day(value: CellValue) -> ReadDay:
    """The day expected: a date, or the first day of a month, quarter, half-year or year."""
    if isinstance(value, datetime | date):
        found = day_of(value)
        return (found.isoformat(), "") if found is not None else (None, "date impossible")
    text = clean(text_of(value, 120))
    folded = fold(text)
    if said_nothing(text):
        return None, ""
    if isinstance(value, int | float) and FIRST_YEAR <= value <= LAST_YEAR:
        return f"{int(value)}-01-01", _told(text, "année")
    if (day := day_of(value)) is not None:
        return day.isoformat(), ""
    return _period(folded, text)


def _period(folded: str, text: str) -> ReadDay:
    if pair := _MONTH.search(folded):
        year, month = (pair[2], pair[1]) if pair[1] else (pair[3], pair[4])
        return f"{year}-{int(month):02d}-01", ""
    year_found = _YEAR.search(folded)
    if year_found is None:
        return None, f"«{NBSP}{text[:40]}{NBSP}» ne dit pas de date{NBSP}: à compléter"
    year = year_found[1]
    rest = folded.replace(year, " ").strip()
    month_said = next(
        (number for word in _WORD.findall(rest) if (number := month_number(word))), None
    )
    if month_said is not None:
        return f"{year}-{month_said:02d}-01", ""
    if quarter := _QUARTER.search(rest):
        number = int(next(group for group in quarter.groups() if group))
        return f"{year}-{3 * number - 2:02d}-01", _told(text, "trimestre")
    if half := _HALF.search(rest):
        number = int(next(group for group in half.groups() if group))
        return f"{year}-{6 * number - 5:02d}-01", _told(text, "semestre")
    return f"{year}-01-01", _told(text, "année")


def _told(text: str, what: str) -> str:
    return f"«{NBSP}{text[:40]}{NBSP}»{NBSP}: le premier jour de la période ({what}) est gardé"


def duration_of(value: CellValue) -> Read:
    """Months in all, extensions included: ``1 an renouvelable 3 fois`` is 48 months."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _months(round(value), "")
    text = clean(text_of(value, 120))
    folded = fold(text)
    if said_nothing(text):
        return None, ""
    if folded.isdigit():
        return _months(int(folded), "")
    span = _SPAN.search(folded)
    if span is None:
        return None, f"«{NBSP}{text[:40]}{NBSP}» n'est pas une durée{NBSP}: à compléter"
    first = _in_months(span[1], span[2])
    again = _AGAIN.search(folded)
    plus = _PLUS.search(folded)
    if again is not None:
        total = first * (1 + int(again[1]))
        return _months(total, _extended(text, total))
    if plus is not None:
        more = _SPAN.search(folded, plus.start())
        added = _in_months(more[1], more[2]) if more else _in_months(plus[1], span[2])
        return _months(first + added, _extended(text, first + added))
    return _months(first, "")


def _in_months(number: str, unit: str) -> int:
    count = float(number.replace(",", "."))
    if unit.startswith("an"):
        return round(count * _MONTHS_A_YEAR)
    if unit.startswith("mois"):
        return round(count)
    days = count * (7 if unit.startswith("sem") else 1)
    return max(1, round(days / 30))


def _extended(text: str, months: int) -> str:
    return f"«{NBSP}{text[:40]}{NBSP}»{NBSP}: {months}{NBSP}mois, reconductions comprises"


def _months(count: int, remark: str) -> Read:
    if not 0 < count <= _LONGEST:
        return None, f"durée de {count}{NBSP}mois impossible{NBSP}: à compléter"
    return count, remark


def lots_of(value: CellValue) -> Read:
    """How many lots are foreseen; None for a single one."""
    text = clean(text_of(value, 120))
    found = re.match(r"(?:oui\D*)?([0-9]{1,3})\b", fold(text))
    if found is None or not 1 < int(found[1]) <= _MOST_LOTS:
        return None, ""
    return int(found[1]), ""
