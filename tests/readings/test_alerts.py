"""The alerts of a day, read from bases built as a facilitator would build them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import (
    NewContract,
    add,
    new_base,
    new_buyer,
    new_company,
    new_eligibility,
    new_hours,
    new_lot,
    new_operation,
    new_person,
    new_placement,
    new_statement,
)
from builders import new_contract as contract_of_builders
from suivi_tui.readings.alerts import alerts_json, read_alerts
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, removed, write

TODAY = date(2026, 6, 20)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


def codes(base: Base, contract: int | None = None) -> list[str]:
    return [alert.code for alert in read_alerts(base.connection, TODAY, contract=contract)]


def new_contract(base: Base, **values: Any) -> NewContract:
    """A contract whose holder can be called: nobody to call is another alert."""
    made = contract_of_builders(base, **values)
    if made.company:
        add(base, "contact", company=made.company, name="Conducteur", phone="01 02 03 04 05")
    return made


def quiet_contract(base: Base, **values: str | int | None) -> NewContract:
    """A contract that raises nothing by itself: started this month, nobody awaited yet."""
    return new_contract(base, start="2026-06-01", end="2027-06-30", **values)


def declare(base: Base, contract: NewContract, months: list[int]) -> None:
    for month in months:
        new_statement(base, contract.obligation, contract.company, month, "sans_activite")


def test_an_empty_base_has_no_alert(base: Base) -> None:
    assert read_alerts(base.connection, TODAY) == []


def test_a_late_obligation_without_statements_or_people(base: Base) -> None:
    contract = new_contract(base)
    new_statement(base, contract.obligation, contract.company, 202602, "sans_activite")
    found = read_alerts(base.connection, TODAY)
    missing = [alert.month for alert in found if alert.code == "releve_manquant"]
    assert missing == [202601, 202603, 202604, 202605]
    assert {alert.code for alert in found} == {"releve_manquant", "retard", "sans_participant"}


def test_hours_acquired_well_below_those_expected_are_late(base: Base) -> None:
    contract = new_contract(base)
    person = new_person(base)
    new_eligibility(base, person)
    new_hours(base, new_placement(base, contract, person), 202605, 100_00, 50_00)
    late = [alert for alert in read_alerts(base.connection, TODAY) if alert.code == "retard"]
    assert [alert.obligation for alert in late] == [contract.obligation]
    # 1 000 h over 365 days, 171 of them gone: 468,49 h expected; refused hours are not acquired.
    assert "468,49\u00a0h" in late[0].message
    assert late[0].message.startswith("50,00\u00a0h")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("taken_up", 0),
        ("stage", "clos"),
        ("stage", "refuse"),
        ("closed_on", "2026-06-01"),
    ],
)
def test_what_is_not_followed_raises_nothing(base: Base, field: str, value: str | int) -> None:
    contract = new_contract(base)
    assert codes(base)
    write(base, [changed("contract", contract.contract, field, value)], label="Essai")
    assert codes(base) == []
    assert codes(base, contract.contract) == []


def test_removed_and_closed_obligations_raise_nothing(base: Base) -> None:
    contract = new_contract(base)
    write(
        base, [changed("obligation", contract.obligation, "closed_on", "2026-06-01")], label="Essai"
    )
    assert codes(base) == []
    other = new_contract(base, number="2026-02")
    write(base, [removed("obligation", other.obligation)], label="Essai")
    assert codes(base) == ["objectif_a_saisir"]
    write(base, [removed("contract", other.contract)], label="Essai")
    assert codes(base) == []


def test_an_unknown_stage_is_followed(base: Base) -> None:
    new_contract(base, stage="etape_d_une_version_future")
    assert "releve_manquant" in codes(base)


def test_a_contract_without_obligation_and_one_without_objective(base: Base) -> None:
    bare = new_contract(base, obligation=False)
    unknown = quiet_contract(base, owed=None, number="2026-02")
    found = read_alerts(base.connection, TODAY)
    assert [alert.code for alert in found] == ["objectif_a_saisir"] * 2
    assert [alert.contract for alert in found] == [bare.contract, unknown.contract]
    assert [alert.lot_number for alert in found] == [None, "0"]


def test_an_unknown_start_on_site_is_asked_for(base: Base) -> None:
    new_contract(base, site_start=None)
    assert codes(base) == ["demarrage_a_saisir"]


def test_the_months_of_a_person_add_up_over_closed_contracts_too(base: Base) -> None:
    here, closed = quiet_contract(base), new_contract(base, number="2025-09")
    person = new_person(base)
    new_eligibility(base, person)
    new_hours(base, new_placement(base, here, person), 202606, 110_00)
    new_hours(base, new_placement(base, closed, person), 202606, 110_00)
    write(base, [changed("contract", closed.contract, "stage", "clos")], label="Essai")
    found = [
        alert
        for alert in read_alerts(base.connection, TODAY)
        if alert.code == "heures_invraisemblables"
    ]
    assert [(alert.gravity.value, alert.contract, alert.month) for alert in found] == [
        ("critique", None, 202606)
    ]
    assert [alert.participant for alert in found] == [person]


def test_hours_of_a_removed_placement_still_count_and_the_placement_does_not(base: Base) -> None:
    contract = quiet_contract(base)
    person = new_person(base)
    placement = new_placement(base, contract, person)
    new_hours(base, placement, 202606, 250_00)
    write(base, [removed("placement", placement.placement)], label="Essai")
    assert "heures_invraisemblables" in codes(base)
    assert "justificatif_manquant" not in codes(base)


def test_hours_without_eligibility_and_outside_the_contract(base: Base) -> None:
    contract = quiet_contract(base)
    placement = new_placement(base, contract, new_person(base))
    new_hours(base, placement, 202604, 10_00)
    found = {alert.code: alert for alert in read_alerts(base.connection, TODAY)}
    assert set(found) == {"heures_hors_eligibilite", "heures_hors_marche"}
    assert {alert.lot for alert in found.values()} == {contract.lot}
    assert {alert.company for alert in found.values()} == {contract.company}


def test_an_accepted_criterion_without_proof(base: Base) -> None:
    person = new_person(base)
    new_eligibility(base, person, proof="", proof_on=None)
    new_placement(base, quiet_contract(base), person)
    assert codes(base) == ["justificatif_manquant"]


def test_the_gravest_come_first(base: Base) -> None:
    person = new_person(base)
    new_eligibility(base, person)
    contract = new_contract(base)
    new_hours(base, new_placement(base, contract, person), 202605, 250_00)
    new_contract(base, obligation=False, number="2026-02")
    ranks = [alert.gravity.rank for alert in read_alerts(base.connection, TODAY)]
    assert ranks == sorted(ranks)
    assert {0, 2} <= set(ranks)


def test_the_alerts_of_one_contract_leave_out_the_others(base: Base) -> None:
    one, other = quiet_contract(base), quiet_contract(base, number="2026-02")
    person = new_person(base)
    new_hours(base, new_placement(base, one, person), 202604, 150_00)
    new_hours(base, new_placement(base, other, person), 202604, 100_00)
    found = read_alerts(base.connection, TODAY, contract=one.contract)
    assert {alert.contract for alert in found} == {one.contract, None}
    every = read_alerts(base.connection, TODAY)
    assert [alert for alert in every if alert.contract in (one.contract, None)] == found


def test_the_json_names_nobody_unless_asked(base: Base) -> None:
    buyer = new_buyer(base)
    operation = new_operation(base, buyer, name="Quartier Nord")
    company = new_company(base, name="Bâtisseurs du Val")
    contract = quiet_contract(
        base, buyer=buyer, company=company, operation=operation, number="2026-07", lot="03 bis"
    )
    person = new_person(base, last="Exemple", first="Camille")
    new_hours(base, new_placement(base, contract, person), 202606, 10_00)
    found = alerts_json(read_alerts(base.connection, TODAY))
    assert found == [
        {
            "code": "heures_hors_eligibilite",
            "gravite": "alerte",
            "operation": "Quartier Nord",
            "marche": "2026-07",
            "lot": "03 bis",
            "entreprise": "Bâtisseurs du Val",
            "participant": None,
            "mois": "2026-06",
            "message": "10,00\u00a0h en juin 2026 pour une personne sans éligibilité validée.",
            "action": "Vérifier la décision et les dates, puis valider ou refuser ces heures",
            "niveau": None,
        }
    ]
    named = alerts_json(read_alerts(base.connection, TODAY, names=True))
    assert named[0]["participant"] == "EXEMPLE Camille"
    assert named[0] | {"participant": None} == found[0]


def test_a_month_on_two_lots_names_no_lot(base: Base) -> None:
    contract = quiet_contract(base)
    second = new_lot(base, contract.contract, contract.company, number="2", start="2026-06-01")
    person = new_person(base)
    new_eligibility(base, person)
    for market in (contract, second):
        new_hours(base, new_placement(base, market, person), 202606, 120_00)
    (alert,) = read_alerts(base.connection, TODAY)
    assert (alert.code, alert.contract, alert.lot_number) == ("heures_invraisemblables", None, None)


def test_a_date_that_cannot_be_read_stops_nothing(base: Base) -> None:
    new_contract(base, end="31/12/2026")
    add(base, "obligation_event", obligation=new_contract(base).obligation, hours=100, firm=1)
    assert "releve_manquant" in codes(base)
