from datetime import date

import pytest

from builders import add, new_buyer, new_company, new_contract, new_hours, new_person, new_placement
from import_samples import one, rows
from suivi_tui.actions.records import (
    FieldErrors,
    RecordGone,
    StillUsed,
    add_holder,
    new_contract_with_lot_and_obligation,
    remove_record,
    save_record,
    take_up_contract,
)
from suivi_tui.model.catalogue import JOURNALLED, table_name
from suivi_tui.model.inputs import INPUTS
from suivi_tui.store.base import Base
from suivi_tui.store.undo import undo_last
from suivi_tui.vocabulary.hours import Hours

TODAY = date(2026, 3, 31)
HOSTILE = "[/b] \x1b[31m[@click=app.quit]\u202e =1+1\x00"


def test_a_record_is_created_cleaned_then_edited(base: Base) -> None:
    values = {"name": f"  Ville {HOSTILE}", "kind": "mairie", "siret": "732 829 320 00074"}
    saved = save_record(base, "buyer", None, values)
    assert rows(base, "SELECT id, name, kind, siret FROM buyer") == [
        (saved.row, "Ville [/b] [31m[@click=app.quit] =1+1", "commune", "73282932000074")
    ]
    edited = save_record(base, "buyer", saved.row, {"kind": None, "territory": "Nord"})
    assert (edited.row, edited.lines) == (saved.row, 2)
    assert rows(base, "SELECT name, kind, territory FROM buyer")[0][1:] == ("", "Nord")
    assert save_record(base, "buyer", saved.row, {"territory": "Nord"}).lines == 0
    undo_last(base)
    assert one(base, "SELECT kind FROM buyer") == "commune"


def test_a_form_gives_dates_hours_and_amounts(base: Base) -> None:
    contract = save_record(
        base,
        "contract",
        None,
        {
            "buyer": new_buyer(base),
            "object": "École",
            "start": date(2026, 1, 31),
            "end": "31/12/2026",
            "amount_cents": -5000,
            "cpv": "3316110-9",
            "closed_on": None,
        },
    ).row
    assert rows(
        base, 'SELECT start, "end", amount_cents, cpv, closed_on, stage, taken_up FROM contract'
    ) == [("2026-01-31", "2026-12-31", -5000, "03316110", None, "en_cours", 1)]
    save_record(base, "contract", contract, {"stage": "Terminé", "start": None})
    assert rows(base, "SELECT stage, start FROM contract") == [("termine", None)]


@pytest.mark.parametrize(
    ("entity", "values", "fields"),
    [
        ("buyer", {"name": " \u200b "}, {"name"}),
        ("buyer", {"name": "Ville", "kind": "licorne", "couleur": "rouge"}, {"kind", "couleur"}),
        ("contract", {"object": "École"}, {"buyer"}),
        ("contract", {"buyer": 1, "object": "École", "start": "31/02/2026"}, {"start"}),
        ("participant", {"last": "1 85 05 78 006 084 36"}, {"last"}),
        ("work_contract", {"participant": 1, "weekly_hours": 168_01}, {"weekly_hours"}),
        ("obligation_event", {"obligation": 1, "hours": 100}, {"date"}),
        ("follow_up", {"entity": "lot", "subject": 1, "date": "2026-01-01"}, {"entity"}),
    ],
)
def test_what_a_field_cannot_mean_is_refused_by_name(
    base: Base, entity: str, values: dict[str, object], fields: set[str]
) -> None:
    before = one(base, "SELECT count(*) FROM journal")
    with pytest.raises(FieldErrors) as refusal:
        save_record(base, entity, None, values)
    assert set(refusal.value.fields) == fields
    assert one(base, "SELECT count(*) FROM journal") == before


def test_an_edit_judges_only_what_it_changes(base: Base) -> None:
    row = add(base, "company", name="", siret="12", kind="inconnue d'une autre version")
    save_record(base, "company", row, {"commune": "Lille"})
    assert one(base, "SELECT commune FROM company") == "Lille"
    with pytest.raises(FieldErrors) as refusal:
        save_record(base, "company", row, {"name": "", "couleur": "rouge"})
    assert set(refusal.value.fields) == {"name", "couleur"}


def test_every_form_writes_fields_that_its_table_has() -> None:
    tables = {table_name(model): set(model.model_fields) for model in JOURNALLED}
    for entity, model in INPUTS.items():
        assert set(model.model_fields) <= tables[entity], entity


def test_a_record_removed_meanwhile_is_told(base: Base) -> None:
    row = new_buyer(base)
    remove_record(base, "buyer", row)
    with pytest.raises(RecordGone):
        save_record(base, "buyer", row, {"name": "Ville"})


def test_a_contract_goes_away_with_its_parts(base: Base) -> None:
    made = new_contract(base)
    remove_record(base, "contract", made.contract)
    for table in ("contract", "lot", "lot_company", "obligation", "obligation_event"):
        assert one(base, f"SELECT count(*) FROM {table} WHERE removed = 0") == 0
    assert one(base, "SELECT count(*) FROM company WHERE removed = 0") == 1
    undo_last(base)
    assert one(base, "SELECT count(*) FROM obligation_event WHERE removed = 0") == 1


def test_what_hours_stand_on_is_kept(base: Base) -> None:
    made = new_contract(base)
    person = new_person(base)
    placement = new_placement(base, made, person)
    new_hours(base, placement, 202603, 1000)
    for entity, row in (
        ("participant", person),
        ("contract", made.contract),
        ("company", made.company),
        ("buyer", made.buyer),
    ):
        with pytest.raises(StillUsed, match="Cette fiche sert encore"):
            remove_record(base, entity, row)
    assert one(base, "SELECT count(*) FROM participant WHERE removed = 0") == 1


def test_a_contract_its_lot_and_its_holder_in_one_batch(base: Base) -> None:
    buyer = new_buyer(base, "Ville de Valmont")
    made = new_contract_with_lot_and_obligation(
        base,
        {"buyer": "ville de valmont", "number": "M1", "object": "École", "start": "2026-02-01"},
        today=TODAY,
        company="Bâtisseurs",
        hours_owed=Hours(1000_00),
        obligation={"start": date(2026, 2, 15)},
    )
    assert rows(base, "SELECT buyer, number FROM contract") == [(buyer, "M1")]
    assert rows(base, "SELECT number FROM lot") == [("0",)]
    assert rows(base, "SELECT start, formula FROM obligation") == [("2026-02-15", "fixe")]
    assert rows(base, "SELECT date, hours, kind FROM obligation_event") == [
        ("2026-02-01", 1000_00, "initial")
    ]
    add_holder(
        base, made.lot, "Sous-traitance Nord", today=TODAY, role="sous_traitant",
        hours_owed=Hours(300_00),
    )  # fmt: skip
    assert rows(base, "SELECT role, share_hours FROM lot_company ORDER BY id") == [
        ("titulaire", None),
        ("sous_traitant", 300_00),
    ]
    undo_last(base)
    undo_last(base)
    assert one(base, "SELECT count(*) FROM company WHERE removed = 0") == 0
    assert one(base, "SELECT count(*) FROM contract WHERE removed = 0") == 0


def test_a_name_that_two_records_have_is_never_guessed(base: Base) -> None:
    new_buyer(base, "Ville")
    new_buyer(base, "VILLE")
    with pytest.raises(FieldErrors) as refusal:
        new_contract_with_lot_and_obligation(
            base, {"buyer": "ville", "object": "École"}, today=TODAY
        )
    assert set(refusal.value.fields) == {"buyer"}


def test_a_buyer_and_an_operation_that_a_contract_names_come_in_its_batch(base: Base) -> None:
    batches = one(base, "SELECT count(*) FROM batch")
    named = {"buyer": "Ville", "operation": "Quartier Nord", "number": "M1", "object": "École"}
    made = new_contract_with_lot_and_obligation(base, named, today=TODAY)
    assert rows(base, "SELECT contract.operation = operation.id, operation.buyer = buyer.id "
                "FROM contract, operation, buyer") == [(1, 1)]  # fmt: skip
    assert one(base, "SELECT count(*) FROM batch") == batches + 1
    # The same name at the same buyer is the same operation; at another one it is not.
    save_record(base, "contract", made.contract, {"operation": "quartier nord"})
    assert one(base, "SELECT count(*) FROM operation") == 1
    save_record(
        base, "contract", made.contract, {"buyer": "Métropole", "operation": "Quartier Nord"}
    )
    assert rows(base, "SELECT operation.name, buyer.name FROM contract JOIN operation "
                "ON operation.id = contract.operation JOIN buyer ON buyer.id = operation.buyer "
                "AND buyer.id = contract.buyer") == [("Quartier Nord", "Métropole")]  # fmt: skip
    assert one(base, "SELECT count(*) FROM batch") == batches + 2
    undo_last(base)
    assert rows(base, "SELECT name FROM operation WHERE removed = 0") == [("Quartier Nord",)]
    undo_last(base)
    for table in ("contract", "operation", "buyer"):
        assert one(base, f"SELECT count(*) FROM {table} WHERE removed = 0") == 0, table


def test_a_new_employer_comes_in_the_batch_of_the_work_contract(base: Base) -> None:
    person = new_person(base)
    batches = one(base, "SELECT count(*) FROM batch")
    values = {"participant": person, "employer": "Intérim du Val", "start": "2026-03-01"}
    saved = save_record(base, "work_contract", None, values)
    assert one(base, "SELECT count(*) FROM batch") == batches + 1
    undo_last(base)
    assert one(base, "SELECT count(*) FROM company WHERE removed = 0") == 0
    with pytest.raises(RecordGone):
        save_record(base, "work_contract", saved.row, {"employer": "Autre"})
    assert one(base, "SELECT count(*) FROM company") == 1


def test_a_name_that_cannot_be_one_is_refused_where_it_was_typed(base: Base) -> None:
    values = {"participant": new_person(base), "employer": "1 85 05 78 006 084 36"}
    with pytest.raises(FieldErrors) as refusal:
        save_record(base, "work_contract", None, values)
    assert set(refusal.value.fields) == {"employer"}


def test_open_data_taken_up_owe_something_unknown(base: Base) -> None:
    made = new_contract(base, taken_up=0, stage="a_qualifier", obligation=False)
    values = {"lot": made.lot, "company": new_company(base)}
    add(base, "lot_company", **values, role="titulaire")
    add(base, "lot_company", lot=made.lot, company=new_company(base, "B"), role="sous_traitant")
    take_up_contract(base, made.contract)
    assert rows(base, "SELECT taken_up, stage FROM contract") == [(1, "en_cours")]
    assert rows(base, "SELECT lot, company FROM obligation") == [tuple(values.values())]
    assert one(base, "SELECT count(*) FROM obligation_event") == 0
    assert take_up_contract(base, made.contract).lines == 0
