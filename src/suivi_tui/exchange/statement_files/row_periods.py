"""When the hours of a row were worked, from its cells: a month, a week, a day, or from and to."""

from datetime import timedelta

from suivi_tui.exchange.statement_files.cell_values import Fault, day_of, shown, text_of
from suivi_tui.exchange.statement_files.periods import (
    LONGEST_MONTHS,
    WEEK,
    Period,
    month_period,
)
from suivi_tui.exchange.statement_files.surroundings import Surroundings
from suivi_tui.exchange.statement_files.when import When, find_when
from suivi_tui.exchange.statement_files.workbook import CellValue
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import Month, add_months, month_of, parse_month

FIRST_MONTH = Month(200001)
MONTHS_AHEAD = 12


def month_cell(value: CellValue, year: CellValue, around: Surroundings) -> Period | Fault:
    """The period of a cell of months: a date, ``mars 2026``, ``202603``, a quarter, or a rank
    of month beside a ``year``.
    """
    text = text_of(value)
    if not text:
        return Fault("mois manquant")
    known = _year_cell(year) or around.year
    if text.isdigit() and 1 <= int(text) <= 12:
        return _dated(When("month", int(text)), known, around) or Fault(_NO_YEAR)
    try:
        return month_period(parse_month(text))
    except UserError:
        pass
    when = find_when(text)
    if when is not None:
        period = _dated(when, known, around)
        if period is not None:
            return month_period(month_of(period.first)) if when.kind == "day" else period
    day = day_of(value)
    return (
        Fault(f"{shown(value)} n'est pas un mois") if day is None else month_period(month_of(day))
    )


_NO_YEAR = "cette période n'existe pas"


def _year_cell(value: CellValue) -> int | None:
    text = text_of(value)
    return int(text) if text.isdigit() and len(text) == 4 else None


def _dated(when: When, year: int | None, around: Surroundings) -> Period | None:
    """The period of a text, in the last year that has it begun when no year is known."""
    return when.period(year or around.likely_year(when), around.near)


def week_cell(value: CellValue, year: CellValue, around: Surroundings) -> Period | Fault:
    """The week of a cell: its number, its first day, or its first and last days."""
    text = text_of(value)
    if not text:
        return Fault("semaine manquante")
    day = None if text.isdigit() else day_of(value)
    if day is not None:
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=WEEK - 1))
    when = find_when(f"semaine {text}" if text.isdigit() and len(text) < 3 else text)
    if when is None:
        return Fault(f"{shown(value)} n'est pas une semaine")
    period = _dated(when, _year_cell(year) or around.year, around)
    return Fault(f"{shown(value)} n'est pas une semaine") if period is None else period


def days_cells(first: CellValue, last: CellValue, weekly: bool) -> Period | Fault:
    """The period from a first to a last day; without a last one, the week or the day itself."""
    start = day_of(first)
    if start is None:
        text = text_of(first)
        return Fault(f"{shown(first)} n'est pas une date" if text else "date manquante")
    end = day_of(last)
    if end is None:
        if text_of(last):
            return Fault(f"{shown(last)} n'est pas une date")
        end = start + timedelta(days=WEEK - 1) if weekly else start
    if end < start:
        return Fault("la période finit avant de commencer")
    return Period(start, end)


def out_of_bounds(period: Period, around: Surroundings) -> Fault | None:
    """Why a period cannot be one of a statement: too old, too far ahead, or too long."""
    months = period.months
    if months[0] < FIRST_MONTH:
        return Fault("cette période est avant l'an 2000")
    if months[-1] > add_months(month_of(around.today), MONTHS_AHEAD):
        return Fault(f"cette période est dans plus de {MONTHS_AHEAD} mois")
    if len(months) > LONGEST_MONTHS:
        return Fault(f"cette période dépasse {LONGEST_MONTHS} mois, elle ne dit rien de chacun")
    return None
