from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import (
    new_base,
    new_contract,
    new_eligibility,
    new_hours,
    new_person,
    new_placement,
)
from builders_screens import filled_base, new_follow_up, new_site
from reading_costs import plan_of, scans, steps_of
from suivi_tui.readings.eligibility_clock import eligibility_clocks
from suivi_tui.rules.indicators import Totals
from suivi_tui.store.base import Base
from suivi_tui.store.journal import removed, write
from suivi_tui.store.queries.paging import Page
from suivi_tui.store.queries.people import (
    count_participants,
    list_criterion,
    participant_sheet,
    participants_page,
)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def small_and_large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Base, Base]]:
    folder = tmp_path_factory.mktemp("people")
    with filled_base(folder, 500) as small, filled_base(folder, 50_000) as large:
        yield small, large


def names(base: Base, **asked: object) -> list[str]:
    return [row.last for row in participants_page(base.connection, **asked)]


def test_people_are_sorted_by_name_whatever_the_case(base: Base) -> None:
    for last, reference in (("zola", "1"), ("ABEL", "3"), ("Bernard", "2")):
        new_person(base, last=last, reference=reference)
    assert names(base) == ["ABEL", "Bernard", "zola"]
    assert names(base, descending=True) == ["zola", "Bernard", "ABEL"]
    assert names(base, order="reference") == ["zola", "Bernard", "ABEL"]
    assert names(base, order="recent", descending=True) == ["Bernard", "ABEL", "zola"]
    first = participants_page(base.connection, Page(1))
    assert [row.last for row in participants_page(base.connection, Page(after=first[0].key))] == [
        "Bernard",
        "zola",
    ]


def test_a_row_holds_criteria_and_the_hours_of_every_contract(base: Base) -> None:
    person = new_person(base)
    new_eligibility(base, person, "QPV", rank=2)
    new_eligibility(base, person, "DELD", rank=1, ends_on="2027-05-01")
    for number in ("A", "B"):
        placement = new_placement(base, new_contract(base, number=number), person)
        new_hours(base, placement, 202603, 100_00, 80_00)
    (row,) = participants_page(base.connection)
    assert row.criterion == "Demandeur d'emploi de plus de 12 mois"
    assert row.criteria == ("Demandeur d'emploi de plus de 12 mois", "Habitant d'un QPV")
    assert (row.decision, row.ends_on) == ("validee", "2027-05-01")
    assert row.totals == Totals(200_00, 160_00, 40_00, 0)


@pytest.mark.parametrize("code", ["RQTH", "AAH", "INVALIDITE", "JUSTICE", "AUTRE", "code ancien"])
def test_health_and_justice_are_hidden_in_lists(base: Base, code: str) -> None:
    new_eligibility(base, new_person(base), code)
    (row,) = participants_page(base.connection)
    assert (row.criterion, row.criteria) == ("Autre public validé", ("Autre public validé",))


def test_no_criterion_is_shown_as_nothing(base: Base) -> None:
    new_person(base)
    (row,) = participants_page(base.connection)
    assert (row.criterion, row.criteria, row.decision, row.totals) == ("", (), "", Totals())
    assert list_criterion("") == ""


def test_a_filter_finds_words_by_their_beginning(base: Base) -> None:
    new_person(base, last="Lefèvre-Dupont", first="Zoé", commune="Valmont")
    new_person(base, last="Dupuis", first="Noé")
    assert names(base, filter="lefev") == ["Lefèvre-Dupont"]
    assert names(base, filter="dup") == ["Dupuis", "Lefèvre-Dupont"]
    assert names(base, filter="zoe DUP") == ["Lefèvre-Dupont"]
    assert names(base, filter="pont") == []
    assert count_participants(base.connection, "dup") == 2
    assert count_participants(base.connection) is None


def test_removed_people_and_eligibilities_are_not_shown(base: Base) -> None:
    kept, gone = new_person(base, last="Reste"), new_person(base, last="Part")
    claimed = new_eligibility(base, kept)
    write(base, [removed("participant", gone), removed("eligibility", claimed)], label="Essai")
    (row,) = participants_page(base.connection)
    assert (row.last, row.criterion) == ("Reste", "")
    assert participant_sheet(base.connection, gone) is None


def test_a_sheet_holds_the_whole_path_of_a_person(base: Base) -> None:
    site = new_site(base, 202602, 202603)
    new_hours(
        base,
        new_placement(base, new_contract(base, number="B"), site.person, type="cdi"),
        202603,
        20_00,
        20_00,
    )
    new_follow_up(base, "participant", site.person, text="À rappeler")
    new_site(base, 202603, number="autre", last="Autre")
    sheet = participant_sheet(base.connection, site.person)
    assert sheet is not None
    assert (sheet.fields.last, sheet.fields.birth) == ("Exemple", "1990-05-17")
    assert [row.criterion for row in sheet.eligibilities] == ["DELD"]
    assert [row.type for row in sheet.work_contracts] == ["cdi", "cdd"]
    assert [row.placements[0].number for row in sheet.work_contracts] == ["B", "2026-01"]
    assert sheet.months == (
        (202603, Totals(120_00, 20_00, 0, 100_00)),
        (202602, Totals(100_00, 0, 0, 100_00)),
    )
    assert sheet.totals == Totals(220_00, 20_00, 0, 200_00)
    assert [row.text for row in sheet.follow_ups] == ["À rappeler"]
    assert sheet.first_contract_start == "2026-01-01"


def test_the_clock_of_a_person_runs_from_the_first_contract(base: Base) -> None:
    from datetime import date

    site = new_site(base)
    unknown = new_person(base)
    clocks = eligibility_clocks(base.connection, [site.person, unknown], date(2026, 3, 1), 24)
    clock = clocks[site.person]
    assert clock.current is not None
    assert (clock.current.start, clock.current.end) == (date(2026, 1, 1), date(2027, 12, 31))
    assert clock.days_left == 670
    assert (clocks[unknown].current, clocks[unknown].days_left) == (None, None)


QUESTIONS = {
    "name": lambda c: participants_page(c),
    "name, descending": lambda c: participants_page(c, descending=True),
    "last page": lambda c: participants_page(c, Page(last=True)),
    "next page": lambda c: participants_page(c, Page(after=("Nom00100", "Camille", 0))),
    "page before": lambda c: participants_page(c, Page(before=("Nom00400", "Camille", 0))),
    "reference": lambda c: participants_page(c, order="reference"),
    "recent": lambda c: participants_page(c, order="recent", descending=True),
    "sheet": lambda c: participant_sheet(c, 7),
    "filter": lambda c: participants_page(c, filter="nom00007"),
}
SORTED = ("name", "name, descending", "last page", "next page", "page before", "reference")


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_everybody(small_and_large: tuple[Base, Base], name: str) -> None:
    connection = small_and_large[1].connection
    plan = plan_of(connection, lambda: QUESTIONS[name](connection))
    assert scans(plan) == []
    if name in SORTED:
        # The page itself comes first; the lines after it are about its hundred people.
        assert "USING INDEX participant_" in plan[0]
        assert "TEMP B-TREE" not in plan[1]


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_cost_does_not_grow_with_the_base(
    small_and_large: tuple[Base, Base], name: str
) -> None:
    few, many = (
        steps_of(base.connection, lambda base=base: QUESTIONS[name](base.connection))
        for base in small_and_large
    )
    assert many <= 1.5 * few
