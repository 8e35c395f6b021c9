"""What is left, what the people present can do, and the last day to catch up."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.catch_up import (
    FullTime,
    Outlook,
    PersonPresent,
    Situation,
    capacity,
    catch_up,
    months_open,
    people_needed,
    what_if,
)
from suivi_tui.rules.eligibility import EligibilityWindow
from suivi_tui.rules.movements import Stop
from suivi_tui.rules.site_calendar import OPEN_ALL_YEAR, WORKS_IDLE_SPANS, SiteCalendar
from suivi_tui.vocabulary.hours import Hours

FULL_TIME = FullTime(Hours(15_167), Hours(3_500))
WORKS = SiteCalendar(WORKS_IDLE_SPANS)
TODAY, END = date(2026, 3, 1), date(2026, 6, 30)


def situation(
    to_do: int, today: date = TODAY, end: date = END, since: date | None = None
) -> Situation:
    return Situation(Hours(to_do), end, today, FULL_TIME, since=since)


@pytest.mark.parametrize(
    ("calendar", "first", "last", "months"),
    [
        (OPEN_ALL_YEAR, date(2026, 3, 1), date(2026, 6, 30), Fraction(4)),
        (OPEN_ALL_YEAR, date(2026, 3, 31), date(2026, 6, 1), 2 + Fraction(1, 31) + Fraction(1, 30)),
        (OPEN_ALL_YEAR, date(2028, 2, 29), date(2028, 2, 29), Fraction(1, 29)),
        (OPEN_ALL_YEAR, date(2026, 12, 31), date(2027, 1, 1), Fraction(2, 31)),
        (OPEN_ALL_YEAR, date(2026, 6, 30), date(2026, 6, 29), Fraction(0)),
        (WORKS, date(2026, 7, 1), date(2026, 9, 30), Fraction(2)),
        (WORKS, date(2026, 12, 1), date(2027, 1, 31), Fraction(23, 31) + Fraction(30, 31)),
        (
            SiteCalendar((), (Stop(date(2026, 3, 10), date(2026, 3, 19)),)),
            date(2026, 3, 1),
            date(2026, 3, 31),
            Fraction(21, 31),
        ),
    ],
)
def test_months_open(calendar: SiteCalendar, first: date, last: date, months: Fraction) -> None:
    assert months_open(calendar, first, last) == months


@pytest.mark.parametrize(
    ("to_do", "last_day"),
    [
        (0, END),
        (1, END),
        (505, END),  # one day of June is 5,055 h
        (506, END - timedelta(days=1)),
        (15_167, date(2026, 6, 1)),
        (15_168, date(2026, 5, 31)),
        (15_167 - 506, date(2026, 6, 2)),
        (2 * 15_167, date(2026, 5, 1)),
        (4 * 15_167, TODAY),
        (4 * 15_167 + 1, None),
    ],
)
def test_the_very_day_of_the_limit(to_do: int, last_day: date | None) -> None:
    found = catch_up(situation(to_do))
    assert found.last_day == found.last_day_alone == last_day


@pytest.mark.parametrize(
    ("today", "outlook"),
    [
        (date(2026, 4, 30), Outlook.HELP_NEEDED),
        (date(2026, 5, 1), Outlook.HELP_NEEDED),
        (date(2026, 5, 2), Outlook.TOO_LATE),
        (END + timedelta(days=1), Outlook.TOO_LATE),
    ],
)
def test_the_day_after_the_limit_is_too_late(today: date, outlook: Outlook) -> None:
    found = catch_up(situation(2 * 15_167, today, since=date(2026, 1, 1)))
    assert (found.last_day, found.outlook) == (date(2026, 5, 1), outlook)


def test_the_date_passed_is_looked_for_since_the_start_only() -> None:
    late = situation(5 * 15_167, since=date(2026, 2, 1))
    assert catch_up(late).last_day == date(2026, 2, 1)
    assert catch_up(late._replace(to_do=Hours(5 * 15_167 + 1))).last_day is None


@pytest.mark.parametrize(
    ("full_timers", "last_day"),
    [(0, None), (1, date(2026, 5, 1)), (2, date(2026, 6, 1)), (4, date(2026, 6, 16))],
)
def test_more_full_timers_more_time(full_timers: int, last_day: date | None) -> None:
    found = catch_up(situation(2 * 15_167)._replace(full_timers=full_timers))
    assert found.last_day == last_day


def test_idle_days_bring_the_limit_forward() -> None:
    works = Situation(Hours(15_167), date(2026, 8, 31), TODAY, FULL_TIME, WORKS)
    assert catch_up(works).last_day == date(2026, 7, 1)
    assert catch_up(works._replace(end=date(2026, 9, 30))).last_day == date(2026, 9, 1)
    # Over Christmas: January holds 30 days of 31, the 31st part is in December, on the 23rd.
    newyear = works._replace(end=date(2027, 1, 31))
    assert catch_up(newyear).last_day == date(2026, 12, 23)
    assert catch_up(works._replace(calendar=SiteCalendar((), (Stop(TODAY, END),)))).last_day == (
        date(2026, 8, 1)
    )


def test_29_february_is_a_29th_of_its_month() -> None:
    leap = situation(15_167, date(2028, 1, 1), date(2028, 2, 29))
    assert catch_up(leap).last_day == date(2028, 2, 1)
    assert catch_up(leap._replace(to_do=Hours(523))).last_day == date(2028, 2, 29)
    assert catch_up(leap._replace(to_do=Hours(524))).last_day == date(2028, 2, 28)


@pytest.mark.parametrize(
    ("person", "hours"),
    [
        (PersonPresent(Hours(3_500)), 4 * 15_167),
        (PersonPresent(), 4 * 15_167),
        (PersonPresent(Hours(2_800)), Fraction(4 * 15_167 * 4, 5)),
        (PersonPresent(Hours(0)), 0),
        (PersonPresent(Hours(3_500), first=date(2026, 4, 1)), 3 * 15_167),
        (PersonPresent(Hours(3_500), first=date(2025, 1, 1)), 4 * 15_167),
        (PersonPresent(Hours(3_500), last=date(2026, 3, 31)), 15_167),
        (PersonPresent(Hours(3_500), last=date(2026, 2, 28)), 0),
        (PersonPresent(Hours(3_500), last=date(2027, 1, 1)), 4 * 15_167),
        (PersonPresent(Hours(3_500), windows=()), 0),
        (
            PersonPresent(
                Hours(3_500), windows=(EligibilityWindow(date(2024, 5, 1), date(2026, 4, 30)),)
            ),
            2 * 15_167,
        ),
        # Validated again after a month out of the scheme.
        (
            PersonPresent(
                Hours(3_500),
                windows=(
                    EligibilityWindow(date(2024, 5, 1), date(2026, 4, 30)),
                    EligibilityWindow(date(2026, 6, 1), date(2028, 5, 31)),
                ),
            ),
            3 * 15_167,
        ),
    ],
)
def test_what_a_person_can_still_do(person: PersonPresent, hours: Fraction) -> None:
    assert capacity(person, situation(0)) == hours


def test_people_present_leave_less_to_make_up() -> None:
    here = situation(3 * 15_167)._replace(people=(PersonPresent(last=date(2026, 3, 31)),))
    found = catch_up(here)
    assert (found.present, found.shortfall) == (15_167, 2 * 15_167)
    assert (found.last_day, found.last_day_alone) == (date(2026, 5, 1), date(2026, 4, 1))
    assert (found.months_left, found.monthly_needed) == (4, 11_376)  # 113,7525 h, rounded up
    assert people_needed(here) == 1
    assert people_needed(here._replace(to_do=Hours(6 * 15_167))) == 2


@pytest.mark.parametrize(
    ("to_do", "outlook"),
    [
        (0, Outlook.DONE),
        (-100, Outlook.DONE),
        (4 * 15_167, Outlook.ON_COURSE),
        (4 * 15_167 + 1, Outlook.HELP_NEEDED),
    ],
)
def test_outlook_with_one_person_present(to_do: int, outlook: Outlook) -> None:
    assert catch_up(situation(to_do)._replace(people=(PersonPresent(),))).outlook is outlook


def test_nothing_is_possible_after_the_end_or_on_a_closed_site() -> None:
    after = catch_up(situation(100, END + timedelta(days=1)))
    assert (after.months_left, after.monthly_needed, after.last_day) == (0, None, None)
    assert people_needed(situation(100, END + timedelta(days=1))) is None
    closed = situation(100)._replace(calendar=SiteCalendar((), (Stop(TODAY, END),)))
    assert catch_up(closed).last_day is None


def test_what_if_writes_nothing_and_moves_the_date() -> None:
    start = situation(3 * 15_167)
    assert catch_up(start).last_day == date(2026, 4, 1)
    assert what_if(start, hours=Hours(15_167)).last_day == date(2026, 5, 1)
    assert what_if(start, people=[PersonPresent(Hours(1_750))]).last_day == date(2026, 6, 1)
    assert what_if(start, full_timers=1).last_day == date(2026, 5, 16)
    assert what_if(start) == catch_up(start)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (situation(0), "Toutes les heures sont acquises."),
        (
            situation(100)._replace(people=(PersonPresent(),)),
            "Il reste 1,00 h à faire : les personnes présentes peuvent y suffire.",
        ),
        (
            situation(15_167),
            "Il reste 151,67 h à faire : 1 temps plein à trouver au plus tard pour le 01/06/2026.",
        ),
        (
            situation(2 * 15_167)._replace(people=(PersonPresent(last=date(2026, 3, 31)),)),
            "Il reste 303,34 h à faire, dont 151,67 h possibles avec les personnes présentes : "
            "1 temps plein à trouver au plus tard pour le 01/06/2026.",
        ),
        (
            situation(2 * 15_167, date(2026, 6, 15), since=TODAY)._replace(full_timers=2),
            "Il reste 303,34 h à faire : avec 2 temps pleins, la date limite était le 01/06/2026.",
        ),
        (
            situation(100 * 15_167),
            "Il reste 15 167,00 h à faire : même avec 1 temps plein, il est trop tard.",
        ),
    ],
)
def test_sentences(at: Situation, said: str) -> None:
    assert catch_up(at).sentence.replace("\u00a0", " ") == said


PEOPLE = st.builds(
    PersonPresent,
    weekly=st.one_of(st.none(), st.integers(0, 4_800).map(Hours)),
    first=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 6, 1))),
    last=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 6, 1))),
)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 500_000).map(Hours),
    st.dates(TODAY, date(2027, 12, 31)),
    st.lists(PEOPLE, max_size=3),
    st.integers(0, 3),
    st.integers(0, 100_000).map(Hours),
    st.lists(PEOPLE, max_size=2),
)
def test_adding_hours_or_people_never_worsens_the_date(
    to_do: Hours,
    end: date,
    people: list[PersonPresent],
    full_timers: int,
    hours: Hours,
    more: list[PersonPresent],
) -> None:
    start = Situation(to_do, end, TODAY, FULL_TIME, WORKS, tuple(people), full_timers)
    before = catch_up(start)
    ranks = list(Outlook)
    for after in (
        what_if(start, hours=hours),
        what_if(start, people=more),
        what_if(start, full_timers=1),
        what_if(start, hours, more, 1),
    ):
        assert (after.last_day or date.min) >= (before.last_day or date.min)
        assert (after.last_day_alone or date.min) >= (before.last_day_alone or date.min)
        assert ranks.index(after.outlook) <= ranks.index(before.outlook)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 200_000).map(Hours), st.integers(1, 3))
def test_the_last_day_is_enough_and_the_next_one_is_not(to_do: Hours, full_timers: int) -> None:
    start = Situation(to_do, END, TODAY, FULL_TIME, WORKS, (), full_timers, date(2025, 1, 1))
    limit = catch_up(start).last_day
    assert limit is not None
    per_month = full_timers * FULL_TIME.month
    assert months_open(WORKS, limit, END) * per_month >= to_do
    assert months_open(WORKS, limit + timedelta(days=1), END) * per_month < to_do
