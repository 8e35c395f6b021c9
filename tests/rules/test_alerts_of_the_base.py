"""Alerts told once with their number: the base as a whole, and how its hours are shared."""

from datetime import date, timedelta

import pytest

from suivi_tui.reference.loader import thresholds
from suivi_tui.rules.alert_facts import (
    ContractFacts,
    MonthFacts,
    ObligationFacts,
    PersonFacts,
    PlacementFacts,
    WorkContractFacts,
)
from suivi_tui.rules.alerts_whole import (
    SameCompanies,
    SamePeople,
    ToAsk,
    WholeFacts,
    summary_incomplete,
    whole_alerts,
)
from suivi_tui.rules.portfolio import chained, concentration, portfolio_alerts, short_missions
from suivi_tui.vocabulary.choices import Gravity, OutcomePoint
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

LIMITS = thresholds().alerts
TODAY = date(2026, 11, 22)
ONE_DAY = timedelta(days=1)
HERE = ObligationFacts(ContractFacts(1), 2, 3, 4)


# sauvegarde_ancienne


@pytest.mark.parametrize(
    ("backup", "begun", "written", "today", "measures"),
    [
        (date(2028, 2, 15), None, True, date(2028, 2, 29), []),  # 14 days
        (date(2028, 2, 15), None, True, date(2028, 3, 1), [1]),
        (date(2026, 12, 20), None, True, date(2027, 1, 3), []),
        (date(2026, 12, 20), None, True, date(2027, 1, 4), [1]),
        (date(2026, 12, 20), None, True, date(2027, 1, 17), [2]),
        (date(2026, 1, 1), None, False, TODAY, []),  # nothing changed since
        (None, TODAY - timedelta(days=14), True, TODAY, []),
        (None, TODAY - timedelta(days=15), True, TODAY, [1]),
        (None, None, False, TODAY, []),
        (TODAY + ONE_DAY, None, True, TODAY, []),
    ],
)
def test_the_last_backup_is_old(
    backup: date | None, begun: date | None, written: bool, today: date, measures: list[int]
) -> None:
    facts = WholeFacts(backup, begun, written)
    assert [alert.measure for alert in whole_alerts(facts, LIMITS, today)] == measures


# suite_a_demander, conservation, doublons


def test_situations_to_ask_are_counted_by_point() -> None:
    points = (OutcomePoint.MONTHS_6, OutcomePoint.EXIT, OutcomePoint.EXIT)
    asked = tuple(ToAsk(row, point, TODAY) for row, point in enumerate(points, 1))
    (alert,) = whole_alerts(WholeFacts(to_ask=asked), LIMITS, TODAY)
    assert alert.message == "3\u00a0situations à demander\u00a0: 2 à la sortie, 1 à 6 mois."
    assert (alert.code, alert.participant, alert.measure) == ("suite_a_demander", None, 3)
    assert alert.concerns == (("participant", 1), ("participant", 2), ("participant", 3))


def test_people_kept_too_long_are_counted_and_not_named() -> None:
    (alert,) = whole_alerts(WholeFacts(kept_too_long=(5, 6)), LIMITS, TODAY)
    assert alert.gravity is Gravity.INFO
    assert alert.message == "2\u00a0personnes sans contact ni heures depuis 24\u00a0mois ou plus."
    (more,) = whole_alerts(WholeFacts(kept_too_long=(5, 6), kept_more=True), LIMITS, TODAY)
    assert more.message.startswith("Plus de 2")


def test_sheets_of_one_person_and_of_one_company() -> None:
    facts = WholeFacts(
        same_people=(SamePeople(1, 2, True), SamePeople(1, 3, False)),
        same_companies=(SameCompanies("Bâtisseurs du Val", (7, 8, 9)),),
    )
    sure, maybe, company = whole_alerts(facts, LIMITS, TODAY)
    assert (sure.gravity, maybe.gravity) == (Gravity.ALERT, Gravity.INFO)
    assert sure.about != maybe.about and sure.participant == 1
    assert (company.company, company.measure) == (7, 3)
    assert "Bâtisseurs du Val" in company.message


def test_nothing_is_said_of_nothing() -> None:
    assert whole_alerts(WholeFacts(), LIMITS, TODAY) == []


# synthese_incomplete


def person(
    row: int,
    *lines: tuple[int, int],
    sex: str = "F",
    employer: int = 4,
    prescriber: str = "plie",
    level: str = "cap_bep",
) -> PersonFacts:
    """A person with hours (month, hundredths) for an employer."""
    work = WorkContractFacts(row, date(2025, 1, 1), None, employer=employer)
    placed = PlacementFacts(row, HERE, work)
    months = tuple(MonthFacts(placed, Month(month), Hours(hours)) for month, hours in lines)
    return PersonFacts(
        row, placements=(placed,), months=months, sex=sex, prescriber=prescriber, level=level
    )


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 11, 30), 0),
        (date(2026, 12, 1), 2026),
        (date(2027, 1, 1), 2026),
        (date(2027, 2, 28), 2026),  # the 90th day
        (date(2027, 3, 1), 0),
        (date(2028, 2, 28), 2027),
        (date(2028, 2, 29), 0),
    ],
)
def test_the_yearly_summary_is_prepared_from_december(today: date, year: int) -> None:
    people = [
        person(1, (202605, 100), (202705, 100), prescriber=""),
        person(2, (202605, 100), (202705, 100), prescriber="", level=""),
        person(3, (202605, 100), (202705, 100)),
        person(4, (202405, 100), prescriber="", level=""),
    ]
    alerts = summary_incomplete(people, LIMITS, today)
    assert [alert.message for alert in alerts] == [
        f"Synthèse {year}\u00a0: 2\u00a0personnes sans prescripteur et 1\u00a0personne sans niveau "
        "de formation."
    ] * bool(year)
    assert all(alert.measure == 3 and alert.about.endswith(str(year)) for alert in alerts)


def test_a_complete_summary_raises_nothing() -> None:
    assert summary_incomplete([person(1, (202605, 100))], LIMITS, date(2026, 12, 1)) == []


# concentration


def codes(*people: PersonFacts, today: date = TODAY) -> list[str]:
    return [alert.code for alert in portfolio_alerts(people, {4: "Titulaire"}, LIMITS, today)]


def shared(total: int, parts: list[tuple[int, str, int]]) -> list[PersonFacts]:
    """People with parts (in per cent of total hours), sexes and employers."""
    return [
        person(row, (202610, total * part // 100), sex=sex, employer=employer)
        for row, (part, sex, employer) in enumerate(parts, 1)
    ]


EVEN = [(15, "FH"[row % 2], 4 + row % 3) for row in range(6)] + [(10, "F", 6)]


def test_shared_hours_raise_nothing_and_few_hours_neither() -> None:
    assert codes(*shared(200_000, EVEN)) == []  # 15 %, 40 % and 85 % are not passed
    assert codes(person(1, (202610, 199_999))) == []
    assert codes(person(1, (202610, 200_000))) == [
        "concentration_personne",
        "concentration_structure",
        "concentration_sexe",
    ]


def test_more_than_a_share() -> None:
    parts = [(16, "F", 4), (15, "H", 5), (15, "F", 6), (15, "H", 4), (15, "F", 5), (15, "H", 6)]
    people = shared(400_000, [*parts, (9, "H", 5)])
    (alert,) = concentration(people, {}, LIMITS, TODAY)
    assert (alert.code, alert.measure, alert.concerns) == (
        "concentration_personne", 16, (("participant", 1),),
    )  # fmt: skip
    assert alert.gravity is Gravity.INFO


def test_only_the_last_twelve_months_of_what_is_followed_count() -> None:
    old = person(1, (202511, 300_000))
    assert codes(old) == []
    assert codes(person(1, (202512, 300_000))) != []
    closed = HERE._replace(closed_on=date(2026, 1, 1))
    moved = old.months[0].placement._replace(obligation=closed)
    line = MonthFacts(moved, Month(202610), Hours(300_000))
    assert codes(old._replace(months=(line,))) == []


# missions_courtes


def mission(row: int, start: date, end: date | None, employer: int = 4) -> PlacementFacts:
    return PlacementFacts(row, HERE, WorkContractFacts(row, start, end, employer=employer))


def test_follow_on_missions_are_one() -> None:
    day = date(2026, 1, 31)
    missions = [(4, (day, day)), (4, (date(2026, 3, 4), date(2026, 3, 5))), (5, (day, day))]
    # 31 days between them; then one more.
    assert chained(missions, 31) == [(day, date(2026, 3, 5)), (day, day)]
    assert len(chained(missions, 30)) == 3


@pytest.mark.parametrize(("short", "long", "count"), [(3, 7, 1), (3, 6, 0), (2, 8, 0), (3, 9, 0)])
def test_very_short_missions(short: int, long: int, count: int) -> None:
    start = date(2026, 2, 1)
    people = [
        PersonFacts(row, placements=(mission(row, start, start + timedelta(days=days - 1)),))
        for row, days in enumerate([29] * short + [30] * long)
    ]
    alerts = short_missions(people, LIMITS, TODAY)
    assert [alert.code for alert in alerts] == ["missions_courtes"] * count


def test_missions_of_last_year_or_under_way_are_not_counted() -> None:
    placements = (
        mission(1, date(2025, 11, 1), date(2025, 11, 22)),  # a year ago to the day
        mission(2, date(2026, 11, 1), TODAY + ONE_DAY, employer=5),
        mission(3, date(2026, 11, 1), None, employer=6),
    )
    limits = LIMITS._replace(short_number=1)
    assert short_missions([PersonFacts(1, placements=placements)], limits, TODAY) == []
    ended = (mission(1, date(2025, 11, 2), date(2025, 11, 23)),)
    assert short_missions([PersonFacts(1, placements=ended)], limits, TODAY)
