"""What is missing before a synthesis is sent: how many, how far it is filled, which records."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from builders import (
    NewContract,
    add,
    new_base,
    new_contract,
    new_hours,
    new_operation,
    new_person,
    new_placement,
)
from suivi_tui.readings.evaluation_cases import EVERYTHING
from suivi_tui.readings.filters import Filters
from suivi_tui.readings.gaps import Gap, gap_report, records_of
from suivi_tui.readings.synthesis_lines import Asked
from suivi_tui.store.base import Base

TODAY = date(2026, 6, 30)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def work(base: Base, market: NewContract, person: int, month: int = 202603, **values: str) -> int:
    place = new_placement(base, market, person, education="", **values)
    new_hours(base, place, month, 100_00)
    return place.work_contract


def gaps(base: Base, name: str, filters: Filters = EVERYTHING) -> dict[str, Gap]:
    return {gap.key: gap for gap in gap_report(base.connection, name, Asked(filters, TODAY))}


def test_a_gap_counts_people_once_and_names_them(base: Base) -> None:
    market = new_contract(base)
    people = [
        new_person(base, last=f"Nom{rank}", reference=f"P{rank}",
                   education="" if rank in (1, 5) else "bac")
        for rank in range(7)
    ]  # fmt: skip
    for person in people:
        for month in (202603, 202604):
            work(base, market, person, month)
    found = gaps(base, "consolidation")["niveau"]
    assert (found.missing, found.total, found.rate_text) == (2, 7, "71\u00a0%")
    assert found.sentence == (
        "2\u00a0personnes sans niveau de diplôme\u00a0: cet indicateur est renseigné à 71\u00a0%."
    )
    assert [(one.entity, one.name, one.detail) for one in records_of(base.connection, found)] == [
        ("participant", "Nom1 Camille", "P1"),
        ("participant", "Nom5 Camille", "P5"),
    ]


def test_who_has_no_hours_in_the_scope_is_not_to_be_completed(base: Base) -> None:
    market = new_contract(base)
    lacking = new_person(base, last="Absent", sex="")
    work(base, market, lacking, 202601)
    work(base, market, new_person(base), 202603)
    assert "sexe" in gaps(base, "synthese")
    assert "sexe" not in gaps(base, "synthese", Filters(first=202603))


def test_contracts_are_completed_too_and_a_qpv_to_check_is_a_gap(base: Base) -> None:
    market = new_contract(base, number="M7", amount_cents=None)
    work(base, market, new_person(base), qpv="inconnu")
    found = gaps(base, "consolidation")
    assert found["montant"].sentence.startswith("1\u00a0marché sans montant")
    assert [(one.entity, one.name) for one in records_of(base.connection, found["montant"])] == [
        ("contract", "M7")
    ]
    assert found["qpv"].missing == 1


def test_a_path_without_an_answer_is_a_gap(base: Base) -> None:
    market = new_contract(base)
    silent, told = new_person(base, last="A"), new_person(base, last="B")
    for person in (silent, told):
        path = work(base, market, person, contract_end="2026-04-30")
        if person == told:
            add(base, "outcome", participant=person, path=path, point="sortie",
                answered_on="2026-05-02", situation="cdi")  # fmt: skip
    found = gaps(base, "parcours")["sortie"]
    assert (found.records, found.missing, found.total) == ((silent,), 1, 2)


def test_fse_lacks_what_the_funder_asks_of_its_own_people_only(base: Base) -> None:
    elsewhere = new_contract(base)
    work(base, elsewhere, new_person(base, last="Ailleurs", sex=""))
    operation = new_operation(base, elsewhere.buyer, programme="fse")
    funded = new_contract(base, number="F1", buyer=elsewhere.buyer, operation=operation)
    person = new_person(base, last="Ici", sex="", postcode="99100", situation="deld")
    work(base, funded, person)
    found = gaps(base, "fse")
    assert found["sexe"].records == (person,)
    assert "critère" in found and "code postal" not in found


def test_nothing_missing_is_no_gap(base: Base) -> None:
    assert gaps(base, "spaser") == {}
