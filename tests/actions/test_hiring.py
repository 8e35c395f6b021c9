"""A person placed from the hour grid: one act, whoever is new."""

from pathlib import Path
from typing import Any

import pytest

from builders import add, new_base, new_company, new_contract, new_person
from suivi_tui.actions.hiring import place_person, place_work_contract
from suivi_tui.actions.records import FieldErrors, RecordGone
from suivi_tui.store.base import Base
from suivi_tui.store.undo import undo_last

TERMS = {"type": "cddi", "start": "2026-06-01", "weekly_hours": 35_00}


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return new_base(tmp_path)


def one(base: Base, sql: str) -> Any:
    return base.connection.execute(sql).fetchone()


def test_a_known_person_keeps_what_is_true_of_them_at_hiring(base: Base) -> None:
    made = new_contract(base)
    person = new_person(base, education="cap_bep")
    place_person(base, made.obligation, person, TERMS)
    found = one(base, "SELECT employer, structure_kind, education, type FROM work_contract")
    assert found == (made.company, "entreprise", "cap_bep", "cddi")
    assert one(base, "SELECT obligation FROM placement") == (made.obligation,)


def test_a_work_contract_already_known_serves_one_more_obligation(base: Base) -> None:
    made = new_contract(base)
    person = new_person(base, last="MERLE", first="Zoé")
    hired = place_person(base, made.obligation, person, TERMS, {"start": "2026-06-15"})
    assert one(base, "SELECT start FROM placement") == ("2026-06-15",)
    again = place_work_contract(base, made.obligation, hired.work_contract)
    assert again == (hired.work_contract, hired.placement, 0)
    other = new_contract(base, number="M2", buyer=made.buyer, company=made.company)
    moved = place_work_contract(base, other.obligation, hired.work_contract)
    assert moved.placement != hired.placement
    assert one(base, "SELECT count(*) FROM work_contract") == (1,)
    labels = base.connection.execute("SELECT label FROM batch WHERE id IN (?, ?)",
                                     (hired.batch, moved.batch)).fetchall()  # fmt: skip
    assert labels == [("Embauche\u00a0: MERLE Zoé",)] * 2
    with pytest.raises(RecordGone):
        place_work_contract(base, 1, hired.work_contract)


def test_a_new_person_and_a_new_employer_come_in_one_batch(base: Base) -> None:
    made = new_contract(base)
    batches = one(base, "SELECT count(*) FROM batch")[0]
    place_person(
        base, made.obligation, {"last": "MERLE", "first": "Zoé"}, {**TERMS, "employer": "Agence"}
    )
    assert one(base, "SELECT count(*) FROM batch")[0] == batches + 1
    assert one(base, "SELECT label FROM batch ORDER BY id DESC") == ("Embauche\u00a0: MERLE Zoé",)
    undo_last(base)
    for table in ("participant", "work_contract", "placement"):
        assert one(base, f"SELECT count(*) FROM {table} WHERE removed = 0") == (0,), table
    assert one(base, "SELECT removed FROM company WHERE name = 'Agence'") == (1,)


def test_an_employer_is_found_by_its_name_accents_aside(base: Base) -> None:
    made = new_contract(base)
    agency = new_company(base, name="Intérim du Val", kind="ETTI")
    place_person(base, made.obligation, new_person(base), {**TERMS, "employer": "interim du val"})
    found = one(base, "SELECT employer, structure_kind FROM work_contract")
    assert found == (agency, "ETTI")


def test_what_is_refused_writes_nothing(base: Base) -> None:
    made = new_contract(base)
    for name in ("Double", "Double"):
        add(base, "company", name=name, kind="EI")
    batches = one(base, "SELECT count(*) FROM batch")
    new = {"last": "MERLE"}
    with pytest.raises(FieldErrors):
        place_person(base, made.obligation, new, {**TERMS, "weekly_hours": 500_00})
    with pytest.raises(FieldErrors):
        place_person(base, made.obligation, new, {**TERMS, "employer": "double"})
    with pytest.raises(RecordGone):
        place_person(base, 1, new, TERMS)
    with pytest.raises(RecordGone):
        place_person(base, made.obligation, 1, TERMS)
    assert one(base, "SELECT count(*) FROM batch") == batches
    assert one(base, "SELECT count(*) FROM participant") == (0,)
