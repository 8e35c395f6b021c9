"""What the figures of a table count: hours or days, of the month or since the start."""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import NamedTuple

from suivi_tui.exchange.statement_files import questions
from suivi_tui.exchange.statement_files.cell_values import Blank, Fault, hours_of
from suivi_tui.exchange.statement_files.column_roles import FoundColumns
from suivi_tui.exchange.statement_files.declared import Basis
from suivi_tui.exchange.statement_files.layout import DAY_HOURS, Unit
from suivi_tui.exchange.statement_files.periods import Period
from suivi_tui.exchange.statement_files.roles import FIGURES, WHEN, Role
from suivi_tui.exchange.statement_files.surroundings import Surroundings
from suivi_tui.exchange.statement_files.workbook import CellValue
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.text import fold

_HOURS_NAMED = re.compile(r"\bheures?\b|\bhrs?\b|\bh\b|\bduree\b|\btemps\b|\bhoraire\b")
# Nobody works more days in a month; most people work more hours.
_MOST_DAYS = 3100
# Hundredths: more than a month of work, the law's limits added up.
_MORE_THAN_A_MONTH = 25_000
_HOURS_OF_A_MONTH = 744_00
_SHORTEST_DAY, _LONGEST_DAY = 100, 2400


class Measures(NamedTuple):
    """The unit of figures, what a day is worth, and what figures are a total of."""

    unit: Unit
    day_hours: Hours
    basis: Basis


def settle_measures(found: FoundColumns, around: Surroundings) -> Measures:
    """Judge the columns of figures; what is doubtful becomes a question."""
    unit = _unit(found, around)
    day_hours = DAY_HOURS
    if unit is Unit.DAYS:
        answer = around.answers.get("day_hours", "")
        if answer.isdigit() and _SHORTEST_DAY <= int(answer) <= _LONGEST_DAY:
            day_hours = Hours(int(answer))
        else:
            found.questions.append(questions.day_hours_question(day_hours))
    return Measures(unit, day_hours, _basis(found, around, unit, day_hours))


def _values(found: FoundColumns) -> list[CellValue]:
    places = found.places(*FIGURES)
    return [value for place in places for value in found.filled(place)]


def _unit(found: FoundColumns, around: Surroundings) -> Unit:
    columns = [found.columns[place] for place in found.places(*FIGURES)]
    if columns and all(column.days for column in columns):
        return Unit.DAYS
    answer = around.answers.get("unit", "")
    values = _values(found)
    if _are_fractions(values):
        proposed = Unit.DAY_FRACTIONS
    elif _may_be_days(values) and (
        around.context.days_named
        or (
            not around.context.hours_named
            and not any(_HOURS_NAMED.search(fold(column.heading)) for column in columns)
        )
    ):
        proposed = Unit.DAYS if around.context.days_named else Unit.HOURS
    else:
        return Unit.HOURS
    if answer in Unit._value2member_map_:
        return Unit(answer)
    found.questions.append(questions.unit_question(proposed))
    return proposed


def _may_be_days(values: Iterable[CellValue]) -> bool:
    seen = False
    for value in values:
        if isinstance(value, time | date | timedelta) or (isinstance(value, str) and ":" in value):
            return False
        hours = hours_of(value, Unit.HOURS, DAY_HOURS)
        if isinstance(hours, Blank | Fault) or not hours:
            continue
        # Days are counted by halves.
        if abs(hours) > _MOST_DAYS or hours % 50:
            return False
        seen = True
    return seen


def _are_fractions(values: Iterable[CellValue]) -> bool:
    """Whether numbers are minutes counted in days: 151h40 is 6.319444 without its format."""
    total = fractions = 0
    for value in values:
        if not isinstance(value, float) or isinstance(value, bool) or not 0 < abs(value) < 1000:
            continue
        total += 1
        decimal = abs(value * 100 - round(value * 100)) < 1e-6
        minutes = abs(value * 1440 - round(value * 1440)) < 1e-4
        fractions += minutes and not decimal
    return fractions > 0 and fractions * 2 > total


def _basis(found: FoundColumns, around: Surroundings, unit: Unit, day_hours: Hours) -> Basis:
    places = found.places(*FIGURES)
    running = [place for place in places if found.columns[place].cumulated]
    if running and len(running) == len(places) and all(found.sure[place] for place in running):
        return Basis.CUMULATED
    doubtful = (
        bool(running) or around.context.cumulated or _too_many(found, around, unit, day_hours)
    )
    if not places or not doubtful:
        return Basis.MONTH
    answer = around.answers.get("basis")
    if answer is None and around.context.cumulated and _cannot_be_a_month(found, unit, day_hours):
        return Basis.CUMULATED
    if answer not in (questions.MONTHLY, questions.CUMULATED):
        answer = questions.CUMULATED
        found.questions.append(questions.basis_question(answer))
    return Basis.CUMULATED if answer == questions.CUMULATED else Basis.MONTH


def _cannot_be_a_month(found: FoundColumns, unit: Unit, day_hours: Hours) -> bool:
    """Whether half of the figures are more hours than any month has, totals aside."""
    if found.places(*WHEN):
        return False
    figures = [
        hours
        for place in found.places(*FIGURES)
        for value in list(found.filled(place))[:-1]
        if not isinstance(hours := hours_of(value, unit, day_hours), Blank | Fault) and hours > 0
    ]
    return 2 * sum(hours > _HOURS_OF_A_MONTH for hours in figures) >= len(figures) > 0


def _too_many(found: FoundColumns, around: Surroundings, unit: Unit, day_hours: Hours) -> bool:
    """Whether half of the figures are more than a month holds."""
    if unit is not Unit.HOURS or (found.places(*WHEN) and not _monthly(found)):
        return False
    told = around.context.period(around.year)
    total = many = 0
    for place in found.places(*FIGURES):
        period: Period | None = found.columns[place].period or told
        if period is not None and len(period.months) > 1:
            continue
        for value in found.filled(place):
            hours = hours_of(value, unit, day_hours)
            if not isinstance(hours, Blank | Fault) and hours > 0:
                total += 1
                many += hours > _MORE_THAN_A_MONTH
    # The last figure of a column is often its total.
    return many >= 2 and many * 2 >= total


def _monthly(found: FoundColumns) -> bool:
    return bool(found.places(Role.MONTH)) and not found.places(Role.FROM, Role.WEEK, Role.DATE)
