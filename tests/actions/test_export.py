import csv
import io
import json
from pathlib import Path

import pytest

from builders import (
    NewContract,
    add,
    new_contract,
    new_eligibility,
    new_event,
    new_hours,
    new_person,
    new_placement,
)
from suivi_tui.actions.export import EXPORTS, export_schema, export_table
from suivi_tui.exchange.csv_out import Dialect
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.errors import UserError


def written(
    base: Base, name: str, *, nominative: bool = True, dialect: Dialect = Dialect.EXCEL
) -> list[dict[str, str]]:
    file = io.BytesIO()
    count = export_table(base, name, file, dialect, nominative)
    text = file.getvalue().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=dialect.delimiter))
    assert len(lines) == count
    return lines


@pytest.fixture
def contract(base: Base) -> NewContract:
    made = new_contract(base, number="=M1", facilitator="Alix Essai")
    new_event(base, made.obligation, 200_00)
    new_event(base, made.obligation, 999_00, firm=0)
    add(base, "contact", company=made.company, name="Zoé Petit", phone="0320000000")
    person = new_person(base, reference="P1", last="=cmd", first="Camille")
    new_eligibility(base, person, "RQTH", proof="notification_rqth")
    new_eligibility(base, person, "RSA", rank=2)
    placement = new_placement(base, made, person)
    new_hours(base, placement, 202603, 15167, 15000, refusal_reason="doublon", comment="Camille")
    new_hours(base, placement, 202602, -500)
    return made


def test_contracts_say_what_is_owed_today(base: Base, contract: NewContract) -> None:
    (line,) = written(base, "marches")
    assert (line["marche"], line["lot"], line["role"]) == ("'=M1", "0", "Titulaire")
    assert (line["heures_dues"], line["obligation_debut"]) == ("1200,00", "2026-01-01")
    assert (line["type_clause"], line["contact"]) == ("Condition d'exécution", "Zoé Petit")


def test_hours_in_both_dialects(base: Base, contract: NewContract) -> None:
    pending, decided = written(base, "heures")
    assert (pending["mois"], pending["heures"], pending["validees"]) == ("2026-02", "-5,00", "")
    assert (decided["heures"], decided["validees"], decided["motif_refus"]) == (
        "151,67",
        "150,00",
        "Heures déjà comptées",
    )
    assert decided["participant"] == "P1"
    assert written(base, "heures", dialect=Dialect.RFC4180)[1]["heures"] == "151.67"


def test_people_one_line_a_criterion(base: Base, contract: NewContract) -> None:
    main, second = written(base, "participants")
    assert (main["nom"], main["naissance"], main["critere"]) == (
        "'=cmd",
        "1990-05-17",
        "Travailleur handicapé (RQTH)",
    )
    assert second["critere"] == "Bénéficiaire du RSA"


def test_without_names_nobody_is_named(base: Base, contract: NewContract) -> None:
    main, _ = written(base, "participants", nominative=False)
    assert (main["participant"], main["nom"], main["prenom"]) == ("P1", "", "")
    assert (main["naissance"], main["critere"]) == ("1990", "Autre public validé")
    assert main["justificatif"] == ""
    for name in EXPORTS:
        content = str(written(base, name, nominative=False))
        assert not any(word in content for word in ("cmd", "Camille", "Zoé", "Alix"))


def test_a_person_without_a_reference_of_their_own_goes_by_id(base: Base) -> None:
    made = new_contract(base)
    people = [new_person(base, reference=text) for text in ("", "A", "a", "B")]
    for person in people:
        new_hours(base, new_placement(base, made, person), 202603, 100)
    expected = sorted([*(str(person) for person in people[:3]), "B"])
    for name in ("participants", "heures"):
        assert sorted(line["participant"] for line in written(base, name)) == expected


def test_open_data_stay_out_until_taken_up(base: Base) -> None:
    new_contract(base, taken_up=0)
    assert written(base, "marches") == []


def test_a_contract_without_number_or_company(base: Base) -> None:
    made = new_contract(base, number="", obligation=False)
    (line,) = written(base, "marches")
    assert line["marche"] == f"sans-numero-{made.contract}"
    assert (line["lot"], line["entreprise"]) == ("0", "")


def test_the_synthesis_gives_the_figures_of_the_evaluation(
    base: Base, contract: NewContract
) -> None:
    lines = written(base, "synthese")
    declared = next(line for line in lines if line["rubrique"] == "Heures déclarées")
    assert (declared["heures"], declared["participants"]) == ("146,67", "1")
    months = [line for line in lines if line["rubrique"] == "Mois"]
    assert {line["valeur"]: line["heures"] for line in months} == {
        "2026-02": "-5,00",
        "2026-03": "151,67",
    }


@pytest.mark.parametrize("name", EXPORTS)
def test_each_export_is_described_by_its_schema(base: Base, name: str) -> None:
    schema = json.loads(export_schema(name))
    file = io.BytesIO()
    export_table(base, name, file)
    header = file.getvalue().decode("utf-8-sig").splitlines()[0]
    assert [field["name"] for field in schema["fields"]] == header.split(";")


def test_an_unknown_export_is_refused_with_the_list(base: Base, tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    with pytest.raises(UserError, match="marches, participants, heures, synthese"):
        export_table(base, "budget", target)
    assert not target.exists()


def test_the_same_base_is_written_the_same_way(base: Base, contract: NewContract) -> None:
    for name in EXPORTS:
        first, second = io.BytesIO(), io.BytesIO()
        export_table(base, name, first)
        export_table(base.connection, name, second)
        assert first.getvalue() == second.getvalue()
