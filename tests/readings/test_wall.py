from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from builders import (
    NewContract,
    add,
    new_base,
    new_company,
    new_contract,
    new_hours,
    new_person,
    new_placement,
    new_statement,
)
from builders_screens import filled_base, new_site
from reading_costs import plan_of, scans, steps_of
from suivi_tui.readings.alerts import read_alerts
from suivi_tui.readings.dashboard import dashboard
from suivi_tui.readings.wall import MonthState, Wall, wall, wall_lines
from suivi_tui.reference.loader import thresholds
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, write

TODAY = date(2026, 5, 10)
LIMITS = thresholds().alerts


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def read(base: Base, months: int = 6, today: date = TODAY) -> Wall:
    return wall(base.connection, today, LIMITS, months)


def states(base: Base, months: int = 6) -> list[str]:
    (row,) = read(base, months).rows
    return [month.state.value for month in row.months]


def test_a_month_is_expected_then_late_after_the_limit_day(base: Base) -> None:
    new_contract(base, start="2026-03-20")
    found = read(base)
    assert found.months == (202512, 202601, 202602, 202603, 202604, 202605)
    assert states(base) == ["hors_periode"] * 3 + ["en_retard", "attendu", "attendu"]
    late = found.rows[0].months[3]
    assert (late.late_since, late.days_late) == (date(2026, 4, 16), 25)
    assert found.rows[0].late == 1


def test_the_first_late_day_is_the_one_after_the_limit(base: Base) -> None:
    new_contract(base, start="2026-04-01")
    (on_limit,) = read(base, 2, date(2026, 5, 15)).rows
    (after,) = read(base, 2, date(2026, 5, 16)).rows
    assert on_limit.months[0].state is MonthState.EXPECTED
    assert (after.months[0].state, after.months[0].days_late) == (MonthState.LATE, 1)


@pytest.mark.parametrize(
    ("statuses", "worked", "state"),
    [
        ([], False, "en_retard"),
        ([], True, "recu"),
        (["recu"], False, "recu"),
        (["partiel"], True, "partiel"),
        (["sans_activite"], False, "sans_activite"),
        (["sans_activite"], True, "recu"),
        (["verifie"], True, "verifie"),
        (["verrouille"], False, "verrouille"),
        (["verifie", "recu"], True, "recu"),
        (["verrouille", "partiel"], True, "verrouille"),
        (["verifie", "sans_activite"], True, "verifie"),
        (["état futur"], False, "recu"),
    ],
)
def test_the_state_of_a_month(base: Base, statuses: list[str], worked: bool, state: str) -> None:
    market = new_contract(base)
    for status in statuses:
        new_statement(base, market.obligation, market.company, 202603, status)
    if worked:
        new_hours(base, new_placement(base, market, new_person(base)), 202603, 35_00)
    (row,) = read(base, 3).rows
    assert row.months[0].state.value == state
    assert row.months[0].declared == (35_00 if worked else 0)


def test_pending_lines_are_counted(base: Base) -> None:
    market = new_contract(base)
    for validated in (None, None, 10_00):
        new_hours(base, new_placement(base, market, new_person(base)), 202604, 10_00, validated)
    (row,) = read(base, 2).rows
    month = row.months[0]
    assert (month.declared, month.lines, month.pending_lines) == (30_00, 3, 2)


def test_nothing_is_awaited_before_the_start_nor_after_the_end(base: Base) -> None:
    new_contract(base, start="2026-02-27", end="2026-03-02")
    assert states(base) == [
        "hors_periode",
        "hors_periode",
        "en_retard",
        "en_retard",
        "hors_periode",
        "hors_periode",
    ]


def test_nothing_is_awaited_while_the_start_is_unknown_but_what_came_is_shown(base: Base) -> None:
    market = new_contract(base, site_start=None)
    assert read(base).rows == ()
    new_statement(base, market.obligation, market.company, 202604)
    assert states(base, 2) == ["recu", "hors_periode"]


@pytest.mark.parametrize(
    "values",
    [
        {"taken_up": 0},
        {"stage": "clos"},
        {"stage": "refuse"},
        {"stage": "projet"},
        {"stage": "consultation"},
        {"closed_on": "2026-04-01"},
    ],
)
def test_only_obligations_under_way_have_a_row(base: Base, values: dict[str, int | str]) -> None:
    new_contract(base, **values)
    assert read(base).rows == ()


def test_a_closed_obligation_leaves_the_wall(base: Base) -> None:
    market = new_contract(base)
    line = changed("obligation", market.obligation, "closed_on", "2026-04-01")
    write(base, [line], label="Essai")
    assert read(base).rows == ()


def test_a_row_says_whom_to_call(base: Base) -> None:
    site = new_site(base)
    assert read(base).rows[0].call is None
    add(base, "contact", contract=site.contract, name="Marché", phone="05")
    add(base, "contact", company=site.company, name="Sans numéro", lot=site.lot)
    add(base, "contact", company=site.company, name="Siège", phone="02")
    assert read(base).rows[0].call.name == "Siège"
    add(base, "contact", company=site.company, lot=site.lot, name="Chantier", phone="03")
    other = new_contract(base, number="autre", company=site.company, start=None)
    add(base, "contact", company=site.company, contract=other.contract, name="Autre", phone="04")
    call = read(base).rows[0].call
    assert (call.name, call.phone) == ("Chantier", "03")


def test_the_phone_is_that_of_who_declares(base: Base) -> None:
    site = new_contract(base)
    agency = new_company(base, "Agence du Val", kind="ETTI")
    new_placement(base, site, new_person(base), employer=agency)
    add(base, "contact", company=site.company, name="Titulaire", phone="01", lot=site.lot)
    add(base, "contact", lot=site.lot, name="Chantier", phone="05")
    (row,) = read(base).rows
    assert (row.sender_name, row.call.name) == ("Agence du Val", "Chantier")
    add(base, "contact", company=agency, name="Agence", mail="agence@exemple.fr")
    assert read(base).rows[0].call.name == "Agence"
    add(base, "contact", company=agency, contract=site.contract, name="Suivi", phone="03")
    assert read(base).rows[0].call.phone == "03"


def site_of_two(base: Base) -> tuple[NewContract, int]:
    """A contract on which the holder and an agency employ someone since January."""
    market = new_contract(base)
    agency = new_company(base, "Agence du Val", kind="ETTI")
    new_placement(base, market, new_person(base))
    new_placement(base, market, new_person(base), employer=agency)
    return market, agency


def test_each_sender_has_its_row_and_its_months(base: Base) -> None:
    market, agency = site_of_two(base)
    new_statement(base, market.obligation, agency, 202603, "verifie", received_on="2026-04-02")
    first, second = read(base, 3).rows
    assert (first.sender, second.sender) == (agency, market.company)
    assert [month.state.value for month in first.months] == ["verifie", "attendu", "attendu"]
    assert [month.state.value for month in second.months] == ["en_retard", "attendu", "attendu"]
    assert first.months[0].received_on == date(2026, 4, 2)
    assert (first.late, second.late) == (0, 1)


def test_a_lock_of_the_holder_shows_on_every_row(base: Base) -> None:
    market, _ = site_of_two(base)
    new_statement(base, market.obligation, market.company, 202603, "verrouille")
    assert [row.months[0].state.value for row in read(base, 3).rows] == ["verrouille"] * 2


def test_why_a_month_was_reopened(base: Base) -> None:
    market = new_contract(base)
    new_statement(base, market.obligation, market.company, 202604, reopened_reason="Oubli")
    assert read(base, 2).rows[0].months[0].reopened == "Oubli"


def test_a_quarter_shows_as_one_and_is_late_once(base: Base) -> None:
    market = new_contract(base)
    add(base, "term", contract=market.contract, code="cadence", value="trimestrielle")
    add(base, "term", contract=market.contract, code="jour_releve", value="9")
    (row,) = read(base, 5, date(2026, 4, 9)).rows
    assert [month.state.value for month in row.months] == ["hors_periode"] + ["attendu"] * 4
    (row,) = read(base, 5, date(2026, 4, 10)).rows
    assert [month.state.value for month in row.months[1:4]] == ["en_retard"] * 3
    assert row.late == 1
    assert {month.late_since for month in row.months[1:4]} == {date(2026, 4, 10)}


def test_the_rows_of_a_sender_make_one_line(base: Base) -> None:
    market, agency = site_of_two(base)
    other = new_contract(base, number="2026-02", company=market.company)
    hired = new_placement(base, other, new_person(base), employer=agency)
    new_hours(base, hired, 202603, 20_00, 20_00)
    new_hours(base, hired, 202604, 30_00)
    add(base, "contact", company=agency, name="Agence", phone="03")
    found = read(base, 3)
    assert len(wall_lines(found.rows, by_sender=False)) == 3
    first, second = wall_lines(found.rows, by_sender=True)
    assert (first.sender_name, len(first.rows), first.call.phone) == ("Agence du Val", 2, "03")
    assert [month.state.value for month in first.months] == ["en_retard", "attendu", "attendu"]
    assert [month.declared for month in first.months] == [20_00, 30_00, 0]
    assert first.months[1].pending_lines == 1
    assert (first.late, second.sender, len(second.rows)) == (1, market.company, 1)


def test_the_wall_the_dashboard_and_the_alerts_tell_the_same_number(base: Base) -> None:
    today = date(2026, 7, 20)
    market, agency = site_of_two(base)
    new_statement(base, market.obligation, agency, 202602)
    quarterly = new_contract(base, number="2026-02", company=agency)
    add(base, "term", contract=quarterly.contract, code="cadence", value="trimestrielle")
    upstream = new_contract(base, number="2026-03", stage="consultation")
    assert upstream.obligation
    found = wall(base.connection, today, LIMITS)
    alerts = [
        alert
        for alert in read_alerts(base.connection, today, thresholds())
        if alert.code == "releve_manquant"
    ]
    board = dashboard(base.connection, today, thresholds())
    # Six months of the holder, five of the agency, two quarters.
    assert found.late == len(alerts) == board.missing_count == 13
    assert {alert.sender_name for alert in alerts} == {"Agence du Val", "Bâtisseurs du Val"}
    assert {alert.company_name for alert in alerts} == {"Agence du Val", "Bâtisseurs du Val"}
    assert [(item.sender_name, item.statements) for item in board.missing] == [
        ("Bâtisseurs du Val", 6),
        ("Agence du Val", 5),
        ("Agence du Val", 2),
    ]
    assert board.missing[2].months == tuple(range(202601, 202607))


def test_the_wall_reads_the_obligations_under_way_alone(tmp_path: Path) -> None:
    with filled_base(tmp_path, 1_000) as base:
        connection = base.connection
        assert len(read(base).rows) == 20
        assert scans(plan_of(connection, lambda: read(base))) == []
        whole = steps_of(connection, lambda: read(base))
        with base.door.transaction():
            connection.execute("UPDATE contract SET stage = 'clos' WHERE id > 3000001")
        assert len(read(base).rows) == 1
        assert steps_of(connection, lambda: read(base)) * 10 < whole
