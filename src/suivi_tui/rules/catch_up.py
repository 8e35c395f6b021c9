"""Whether an obligation can still be met, and until when help can come.

A full-timer does 151,67 h a month (``vraisemblance.heures_mois_reference``), spread over the
calendar days of the month; someone at 28 h a week does 28/35 of it; idle days of the site give
nothing. The *date limite de rattrapage* is the last morning on which a number of full-timers can
start and, with the people present, still do what is left by the end. Exact fractions throughout:
a date never depends on a rounding.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from suivi_tui.rules.eligibility import EligibilityWindow
from suivi_tui.rules.site_calendar import OPEN_ALL_YEAR, SiteCalendar, open_days
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import days_in, first_day, last_day, month_of, months_between
from suivi_tui.vocabulary.numbers import plural
from suivi_tui.vocabulary.typography import french

_ONE_DAY = timedelta(days=1)
_NO_HOURS = Hours(0)


class FullTime(NamedTuple):
    """What one full-timer does a month and a week, in hundredths of an hour.

    ``vraisemblance.heures_mois_reference`` and ``heures_hebdo_reference`` of the reference values.
    """

    month: Hours
    week: Hours


class PersonPresent(NamedTuple):
    """Someone at work on the obligation, or added on paper.

    ``weekly`` is the weekly time (hundredths; None counts as a full-timer); ``first`` and
    ``last`` the days of the placement; ``windows`` the counting windows of ``rules.eligibility``,
    None when eligibility sets no limit, empty when nothing of theirs counts.
    """

    weekly: Hours | None = None
    first: date | None = None
    last: date | None = None
    windows: tuple[EligibilityWindow, ...] | None = None


class Situation(NamedTuple):
    """An obligation on a day.

    ``to_do`` is what is owed less what is acquired (``rate.remaining``); ``end`` the last day;
    ``since`` the start on site, before which no date is looked for; ``full_timers`` how many
    could be brought.
    """

    to_do: Hours
    end: date
    today: date
    full_time: FullTime
    calendar: SiteCalendar = OPEN_ALL_YEAR
    people: tuple[PersonPresent, ...] = ()
    full_timers: int = 1
    since: date | None = None


class Outlook(Enum):
    """How far an obligation can be saved."""

    DONE = "done"
    ON_COURSE = "on_course"
    HELP_NEEDED = "help_needed"
    TOO_LATE = "too_late"


class CatchUp(NamedTuple):
    """What it takes to meet an obligation.

    ``months_left`` counts from today to the end, both included, idle days left out;
    ``monthly_needed`` is rounded up to the hundredth, None when no open day is left;
    ``present`` is what the people present can do by the end, ``shortfall`` what they cannot.
    ``last_day`` is the *date limite de rattrapage*: the last day on which ``full_timers`` can
    start and make up the shortfall; None when no day since the start was early enough.
    ``last_day_alone`` is the same if nobody present did anything more.
    """

    outlook: Outlook
    to_do: Hours
    months_left: Fraction
    monthly_needed: Hours | None
    present: Hours
    shortfall: Hours
    full_timers: int
    last_day: date | None
    last_day_alone: date | None

    @property
    def sentence(self) -> str:
        """One French sentence for a screen or a letter."""
        if self.outlook is Outlook.DONE:
            return "Toutes les heures sont acquises."
        left = f"Il reste {format_hours(self.to_do)} à faire"
        if self.outlook is Outlook.ON_COURSE:
            return french(f"{left} : les personnes présentes peuvent y suffire.")
        if self.present:
            left += f", dont {format_hours(self.present)} possibles avec les personnes présentes"
        helpers = plural(self.full_timers, "temps plein", "temps pleins")
        if self.last_day is None:
            return french(f"{left} : même avec {helpers}, il est trop tard.")
        limit = format_date(self.last_day)
        if self.outlook is Outlook.TOO_LATE:
            return french(f"{left} : avec {helpers}, la date limite était le {limit}.")
        return french(f"{left} : {helpers} à trouver au plus tard pour le {limit}.")


def months_open(calendar: SiteCalendar, first: date, last: date) -> Fraction:
    """Months from ``first`` to ``last``, both included: open days over the days of each month."""
    if last < first:
        return Fraction(0)
    total = Fraction(0)
    for month in months_between(month_of(first), month_of(last)):
        begins, ends = max(first, first_day(month)), min(last, last_day(month))
        total += Fraction(open_days(calendar, begins, ends), days_in(month))
    return total


def capacity(person: PersonPresent, situation: Situation) -> Fraction:
    """Hours (exact, in hundredths) that someone can still do, from today to the end."""
    first = max(situation.today, person.first or situation.today)
    last = min(situation.end, person.last or situation.end)
    weekly = situation.full_time.week if person.weekly is None else person.weekly
    spans = [(first, last)]
    if person.windows is not None:
        spans = [(max(first, window.start), min(last, window.end)) for window in person.windows]
    months = sum((months_open(situation.calendar, *span) for span in spans), Fraction(0))
    return months * situation.full_time.month * max(weekly, 0) / situation.full_time.week


def catch_up(situation: Situation) -> CatchUp:
    """What is left, what the people present can do, and the last day on which help still helps.

    Today counts as a day of work; nothing is possible once the end has passed. Adding people,
    full-timers or hours done never brings ``last_day`` forward.
    """
    to_do = Fraction(max(situation.to_do, 0))
    months = months_open(situation.calendar, situation.today, situation.end)
    present = sum((capacity(person, situation) for person in situation.people), Fraction(0))
    shortfall = max(to_do - present, Fraction(0))
    limit = _last_day(shortfall, situation)
    if not to_do:
        outlook = Outlook.DONE
    elif not shortfall:
        outlook = Outlook.ON_COURSE
    elif limit is not None and limit >= situation.today:
        outlook = Outlook.HELP_NEEDED
    else:
        outlook = Outlook.TOO_LATE
    return CatchUp(
        outlook=outlook,
        to_do=Hours(int(to_do)),
        months_left=months,
        monthly_needed=Hours(_up(to_do / months)) if months else None,
        present=Hours(int(present)),
        shortfall=Hours(_up(shortfall)),
        full_timers=situation.full_timers,
        last_day=limit,
        last_day_alone=_last_day(to_do, situation),
    )


def what_if(
    situation: Situation,
    hours: Hours = _NO_HOURS,
    people: Iterable[PersonPresent] = (),
    full_timers: int = 0,
) -> CatchUp:
    """The same on paper with ``hours`` done, ``people`` and ``full_timers`` more: "Et si ?"."""
    return catch_up(
        situation._replace(
            to_do=Hours(situation.to_do - hours),
            people=(*situation.people, *people),
            full_timers=situation.full_timers + full_timers,
        )
    )


def _last_day(hours: Fraction, situation: Situation) -> date | None:
    """The last day from which the full-timers do some hours by the end; the end when none."""
    if hours <= 0:
        return situation.end
    per_month = situation.full_timers * situation.full_time.month
    if per_month <= 0:
        return None
    needed = hours / per_month
    floor = min(situation.since or situation.today, situation.today)
    months = months_between(month_of(floor), month_of(situation.end))
    for month in reversed(months):
        begins, ends = max(floor, first_day(month)), min(situation.end, last_day(month))
        here = months_open(situation.calendar, begins, ends)
        if here >= needed:
            return _last_day_of_month(needed, begins, ends, situation.calendar)
        needed -= here
    return None


def _last_day_of_month(needed: Fraction, begins: date, ends: date, calendar: SiteCalendar) -> date:
    """The last day of one month from which it still holds what is needed."""
    day = ends
    while day > begins and months_open(calendar, day, ends) < needed:
        day -= _ONE_DAY
    return day


def _up(exact: Fraction) -> int:
    """Rounded up: doing what is shown must be enough."""
    return -(-exact.numerator // exact.denominator)


def people_needed(situation: Situation) -> int | None:
    """The fewest full-timers who, starting today, make up what the people present cannot do.

    None when no open day is left.
    """
    months = months_open(situation.calendar, situation.today, situation.end)
    present = sum((capacity(person, situation) for person in situation.people), Fraction(0))
    shortfall = Fraction(max(situation.to_do, 0)) - present
    if shortfall <= 0:
        return 0
    return _up(shortfall / (months * situation.full_time.month)) if months else None
