"""Days counted between two dates: calendar, working or business days (CCAG 2021, article 3.2).

The day that starts a delay is not counted: the next one is day 1. Public holidays are given, so
that the rule holds for Alsace-Moselle, overseas, or a year not yet known.
"""

from collections.abc import Collection
from datetime import date, timedelta

from suivi_tui.vocabulary.choices.penalties import DayCount

_ONE_DAY = timedelta(days=1)
_OPEN_WEEKDAYS = {DayCount.CALENDAR: 7, DayCount.WORKING: 5, DayCount.BUSINESS: 6}


def is_counted(day: date, counting: DayCount, holidays: Collection[date] = ()) -> bool:
    """Whether a day counts: a calendar day always does, holidays are given as dates."""
    if counting is DayCount.CALENDAR:
        return True
    return day.weekday() < _OPEN_WEEKDAYS[counting] and day not in holidays


def days_after(start: date, last: date, counting: DayCount, holidays: Collection[date] = ()) -> int:
    """Days counted after ``start``, up to and including ``last``; 0 when ``last`` is not later.

    Additive: days from A to B and from B to C add up to those from A to C.
    """
    if last <= start:
        return 0
    span = (last - start).days
    if counting is DayCount.CALENDAR:
        return span
    weeks, rest = divmod(span, 7)
    open_weekdays = _OPEN_WEEKDAYS[counting]
    days = weeks * open_weekdays
    days += sum((start.weekday() + step) % 7 < open_weekdays for step in range(1, rest + 1))
    closed = {day for day in holidays if start < day <= last and day.weekday() < open_weekdays}
    return days - len(closed)


def day_number(
    start: date, number: int, counting: DayCount, holidays: Collection[date] = ()
) -> date:
    """The day that is number ``number`` after ``start`` (day 1 is the first counted one).

    ``start`` itself when ``number`` is 0. Raises ValueError when it is negative.
    """
    if number < 0:
        raise ValueError("a delay is not negative")
    if counting is DayCount.CALENDAR:
        return start + timedelta(days=number)
    day = start
    while number:
        day += _ONE_DAY
        number -= is_counted(day, counting, holidays)
    return day


def last_day_of_delay(
    start: date, days: int, counting: DayCount, holidays: Collection[date] = ()
) -> date:
    """The last day of a delay of ``days``; one that falls on a closed day runs on.

    A delay that would end on a Saturday, a Sunday or a holiday ends with the first working day
    after it (CCAG 2021, article 3.2).
    """
    day = day_number(start, days, counting, holidays)
    while not is_counted(day, DayCount.WORKING, holidays):
        day += _ONE_DAY
    return day
