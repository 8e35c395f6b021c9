"""The figures of an evaluation, on small bases whose answers are known by heart."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builders import (
    NewContract,
    NewPlacement,
    new_base,
    new_buyer,
    new_company,
    new_contract,
    new_eligibility,
    new_event,
    new_hours,
    new_operation,
    new_person,
    new_placement,
)
from suivi_tui.readings.breakdowns import MISSING, TITLES
from suivi_tui.readings.evaluation import (
    EvaluationRefused,
    as_json,
    evaluate,
    evaluation_rows,
    filters_for,
)
from suivi_tui.readings.filters import Filters
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, removed, write
from suivi_tui.vocabulary.months import Month

R = [
    "sexe", "age", "critere", "qpv", "niveau", "prescripteur", "structure", "modalite", "contrat",
    "acheteur", "type_acheteur", "type_clause", "programme", "secteur", "mois", "longueur",
    "territoire", "facilitateur", "montant", "operation", "marche", "lot", "entreprise",
    "employeur",
]  # fmt: skip


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


def read(base: Base, first: int | None = None, last: int | None = None, **more: Any) -> Any:
    """The evaluation as JSON, through text, as a script reads it."""
    months = [None if month is None else Month(month) for month in (first, last)]
    filters = filters_for(base.connection, *months, more.pop("buyer", None))
    return json.loads(json.dumps(as_json(evaluate(base.connection, filters, **more))))


def values(found: Any, key: str) -> list[tuple[str, float]]:
    return [(row["valeur"], row["heures"]) for row in found["repartitions"][key]]


def two_people(base: Base) -> tuple[NewContract, NewPlacement, NewPlacement]:
    """One contract of 1 000 h over 2026; a woman of a company, a man of a structure."""
    buyer = new_buyer(base, name="Ville de Valmont")
    operation = new_operation(base, buyer, programme="npnru")
    contract = new_contract(base, buyer=buyer, operation=operation)
    camille = new_person(base, birth="1990-05-17", sex="F")
    new_eligibility(base, camille, "RSA", rank=2)
    new_eligibility(base, camille, "DELD", rank=1)
    sacha = new_person(base, last="Modèle", first="Sacha", birth="2000-01-02", sex="H")
    first = new_placement(base, contract, camille, qpv="oui", education="bac")
    second = new_placement(
        base,
        contract,
        sacha,
        employer=new_company(base, name="Passerelle", kind="ETTI"),
        structure_kind="",
        mode="mise_a_disposition",
        type="mission_insertion",
        contract_start="2025-12-31",
        education="",
        qpv="",
    )
    new_hours(base, first, 202601, 100_50, 90_25)
    new_hours(base, first, 202602, 50_00)
    new_hours(base, second, 202602, 30_00, 30_00)
    return contract, first, second


def test_an_empty_base(base: Base) -> None:
    assert read(base) == {
        "du": None,
        "au": None,
        "base_etp": 1600,
        "heures": {
            "dues": 0.0, "attendues": 0.0, "declarees": 0.0, "validees": 0.0, "refusees": 0.0,
            "a_valider": 0.0, "formation": 0.0, "validees_structures_insertion": 0.0,
            "par_participant": None,
        },
        "taux": None,
        "part_structures_insertion": None,
        "participants": 0,
        "contrats_travail": 0,
        "suites_de_contrats": 0,
        "premiers_emplois": 0,
        "marches": 0,
        "obligations": 0,
        "obligations_tenues": 0,
        "bilan_obligations": {
            "tenues": 0, "en_partie": 0, "non_tenues": 0, "neutralisees": 0, "en_cours": 0,
            "objectif_inconnu": 0,
        },
        "objectifs_particuliers": 0,
        "objectifs_particuliers_atteints": 0,
        "entreprises": 0,
        "structures_insertion": 0,
        "etp": 0.0,
        "etp_par_base": {"1600": 0.0, "1607": 0.0, "1820": 0.0},
        "repartitions": {key: [] for key in R},
    }  # fmt: skip


def test_the_whole_base(base: Base) -> None:
    two_people(base)
    found = read(base)
    assert list(found["repartitions"]) == R
    del found["repartitions"]
    assert found == {
        "du": None,
        "au": None,
        "base_etp": 1600,
        "heures": {
            "dues": 1000.0,
            "attendues": 1000.0,
            "declarees": 180.5,
            "validees": 120.25,
            "refusees": 10.25,
            "a_valider": 50.0,
            "formation": 0.0,
            "validees_structures_insertion": 30.0,
            "par_participant": 60.13,
        },
        "taux": 0.1203,
        "part_structures_insertion": 0.2495,
        "participants": 2,
        "contrats_travail": 2,
        "suites_de_contrats": 2,
        "premiers_emplois": 2,
        "marches": 1,
        "obligations": 1,
        "obligations_tenues": 0,
        "bilan_obligations": {
            "tenues": 0, "en_partie": 0, "non_tenues": 0, "neutralisees": 0, "en_cours": 1,
            "objectif_inconnu": 0,
        },
        "objectifs_particuliers": 0,
        "objectifs_particuliers_atteints": 0,
        "entreprises": 2,
        "structures_insertion": 1,
        "etp": 0.08,
        "etp_par_base": {"1600": 0.08, "1607": 0.07, "1820": 0.07},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("sexe", [("Femme", 150.5), ("Homme", 30.0)]),
        # Sacha turns 26 on 2 January 2026, after having been hired.
        ("age", [("Moins de 26 ans", 30.0), ("26 à 49 ans", 150.5)]),
        ("critere", [("Demandeur d'emploi de plus de 12 mois", 150.5), (MISSING, 30.0)]),
        ("qpv", [("QPV", 150.5), (MISSING, 30.0)]),
        # The level of the work contract, else that of the person.
        ("niveau", [("Bac (niveau 4)", 150.5), ("CAP, BEP (niveau 3)", 30.0)]),
        ("prescripteur", [("France Travail", 180.5)]),
        # The kind at hiring, else that of the employer.
        (
            "structure",
            [("Entreprise", 150.5), ("Entreprise de travail temporaire d'insertion", 30.0)],
        ),
        ("modalite", [("Embauche directe", 150.5), ("Mise à disposition", 30.0)]),
        ("contrat", [("CDD", 150.5), ("Mission d'intérim d'insertion", 30.0)]),
        ("acheteur", [("Ville de Valmont", 180.5)]),
        ("type_acheteur", [("Commune", 180.5)]),
        ("type_clause", [("Condition d'exécution", 180.5)]),
        ("programme", [("NPNRU", 180.5)]),
        ("secteur", [("Bâtiment", 180.5)]),
        ("mois", [("2026-01", 100.5), ("2026-02", 80.0)]),
        ("longueur", [("Plus de 6 mois", 180.5)]),
        ("facilitateur", [(MISSING, 180.5)]),
        ("operation", [("Quartier Nord", 180.5)]),
        ("marche", [("2026-01", 180.5)]),
        ("lot", [("2026-01", 180.5)]),
        ("entreprise", [("Bâtisseurs du Val", 180.5)]),
        ("employeur", [("Bâtisseurs du Val", 150.5), ("Passerelle", 30.0)]),
    ],
)
def test_each_breakdown(base: Base, key: str, expected: list[tuple[str, float]]) -> None:
    two_people(base)
    assert values(read(base), key) == expected


def test_people_are_counted_once_and_only_with_declared_hours(base: Base) -> None:
    contract, first, _ = two_people(base)
    other = new_contract(base, number="2026-02", buyer=contract.buyer)
    again = new_placement(base, other, new_person(base, last="Zéro", first="Éden"))
    new_hours(base, again, 202601, 0, 0)
    new_hours(base, first, 202601, 10_00, kind=2)
    found = read(base)
    assert (found["participants"], found["contrats_travail"]) == (2, 2)
    assert (found["marches"], found["obligations"]) == (2, 2)
    january, february = found["repartitions"]["mois"]
    assert (january["participants"], january["heures"], january["validees"]) == (1, 110.5, 90.25)
    assert (february["participants"], february["contrats"]) == (2, 2)


def test_a_period_takes_its_months_and_its_share_of_the_schedule(base: Base) -> None:
    two_people(base)
    january, february = read(base, 202601, 202601), read(base, 202602, 202602)
    both, after = read(base, 202601, 202602), read(base, 202603)
    assert (january["du"], january["au"]) == ("2026-01", "2026-01")
    assert january["heures"]["dues"] == 84.93  # 31 days of 365
    assert january["heures"]["declarees"] == 100.5
    assert (january["participants"], february["participants"]) == (1, 2)
    for figure in ("dues", "declarees", "validees", "refusees", "a_valider"):
        parts = january["heures"][figure] + february["heures"][figure]
        assert parts == pytest.approx(both["heures"][figure], abs=1e-9)
    assert both["heures"]["dues"] + after["heures"]["dues"] == pytest.approx(1000)
    assert read(base, None, 202602)["heures"] == both["heures"]
    assert after["heures"]["declarees"] == 0
    assert after["obligations"] == 1


def test_an_obligation_counts_in_the_periods_it_meets_or_has_hours_in(base: Base) -> None:
    contract, first, _ = two_people(base)
    assert read(base, 202512, 202512)["obligations"] == 0
    assert read(base, 202701)["obligations"] == 0
    new_hours(base, first, 202702, 5_00)
    later = read(base, 202701)
    assert (later["obligations"], later["marches"], later["heures"]["declarees"]) == (1, 1, 5.0)
    assert later["heures"]["dues"] == 0
    unknown = new_contract(base, number="2026-03", start=None, end=None, buyer=contract.buyer)
    assert read(base, 202601, 202601)["obligations"] == 1
    assert read(base)["obligations"] == 2
    assert read(base)["heures"]["dues"] == 2000
    assert unknown.obligation


def test_an_obligation_is_met_when_its_hours_are_validated_by_the_end(base: Base) -> None:
    contract, first, _ = two_people(base)
    new_hours(base, first, 202604, 900_00, 879_75)
    assert read(base, None, 202603)["obligations_tenues"] == 0
    assert read(base, 202604, 202604)["obligations_tenues"] == 1
    assert read(base, 202605, 202606)["obligations_tenues"] == 1
    assert read(base)["obligations_tenues"] == 1
    new_event(base, contract.obligation, 1)
    assert read(base)["obligations_tenues"] == 0
    new_contract(base, number="2026-02", owed=0)
    new_contract(base, number="2026-03", owed=None)
    assert read(base)["obligations_tenues"] == 0


def test_only_contracts_taken_up_and_not_removed_count(base: Base) -> None:
    contract, *_ = two_people(base)
    write(base, [changed("contract", contract.contract, "stage", "clos")], label="Essai")
    assert read(base)["heures"]["declarees"] == 180.5
    write(base, [changed("contract", contract.contract, "taken_up", 0)], label="Essai")
    assert read(base)["heures"]["declarees"] == 0
    write(base, [changed("contract", contract.contract, "taken_up", 1)], label="Essai")
    write(base, [removed("obligation", contract.obligation)], label="Essai")
    assert read(base)["obligations"] == 0


def test_age_counts_from_the_first_hours_when_the_contract_has_no_start(base: Base) -> None:
    contract = new_contract(base)
    person = new_person(base, birth="2000-02-01")
    placement = new_placement(base, contract, person, contract_start=None)
    new_hours(base, placement, 202601, 10_00)
    new_hours(base, placement, 202603, 10_00)
    # 25 in January 2026: the first hours are looked for outside the period too.
    assert values(read(base, 202603, 202603), "age") == [("Moins de 26 ans", 10.0)]


def test_what_is_missing_comes_last_and_no_programme_is_a_programme(base: Base) -> None:
    buyer = new_buyer(base, name="", kind="")
    contract = new_contract(base, buyer=buyer, sector="", clause_form="")
    person = new_person(base, sex="", birth=None, prescriber="", education="")
    placement = new_placement(
        base, contract, person, structure_kind="", employer=new_company(base, kind=""),
        mode="", type="", qpv="", education="",
    )  # fmt: skip
    new_hours(base, placement, 202601, 500_00)
    known = new_placement(base, contract, new_person(base, sex="H"))
    new_hours(base, known, 202601, 1_00)
    found = read(base)
    assert values(found, "sexe") == [("Homme", 1.0), (MISSING, 500.0)]
    assert values(found, "age") == [("26 à 49 ans", 1.0), (MISSING, 500.0)]
    assert values(found, "acheteur") == [(MISSING, 501.0)]
    assert values(found, "programme") == [("Aucun programme", 501.0)]
    for key in ("type_acheteur", "secteur", "type_clause", "critere"):
        assert values(found, key) == [(MISSING, 501.0)]


def test_hours_taken_back_keep_the_sums(base: Base) -> None:
    _, first, _ = two_people(base)
    new_hours(base, first, 202603, -20_00, 0)
    found = read(base)
    assert found["heures"]["refusees"] == -9.75
    assert sum(row["heures"] for row in found["repartitions"]["mois"]) == 160.5


@pytest.mark.parametrize(
    "asked", ["Ville de Valmont", "VILLE  de valmont", "21750001600019", "217 500 016 00019"]
)
def test_a_buyer_is_found_by_name_or_siret(base: Base, asked: str) -> None:
    contract, *_ = two_people(base)
    siret = changed("buyer", contract.buyer, "siret", "21750001600019")
    write(base, [siret], label="Essai")
    other = new_contract(base, number="2026-02", buyer=new_buyer(base, name="Région du Val"))
    new_hours(base, new_placement(base, other, new_person(base)), 202601, 7_00)
    found = read(base, buyer=asked)
    assert (found["heures"]["declarees"], found["participants"]) == (180.5, 2)
    assert read(base)["heures"]["declarees"] == 187.5


def test_a_buyer_entered_twice_is_one(base: Base) -> None:
    for number in ("2026-01", "2026-02"):
        contract = new_contract(base, number=number, buyer=new_buyer(base, name="Ville d'Ambre"))
        new_hours(base, new_placement(base, contract, new_person(base)), 202601, 7_00)
    assert read(base, buyer="ville d’ambre")["heures"]["declarees"] == 14.0


def test_what_makes_no_sense_is_refused_in_one_sentence(base: Base) -> None:
    with pytest.raises(EvaluationRefused, match="Aucun acheteur"):
        filters_for(base.connection, buyer="Ville inconnue")
    with pytest.raises(EvaluationRefused, match="avant de commencer"):
        evaluate(base.connection, Filters(Month(202602), Month(202601)))
    with pytest.raises(EvaluationRefused, match="équivalent temps plein"):
        evaluate(base.connection, fte_base=0)


@pytest.mark.parametrize(("fte_base", "expected"), [(1600, 27.3), (1607, 27.18), (1820, 24.0)])
def test_posts_are_validated_hours_over_the_base(
    base: Base, fte_base: int, expected: float
) -> None:
    contract = new_contract(base)
    placement = new_placement(base, contract, new_person(base))
    new_hours(base, placement, 202601, 50_000_00, 43_680_00)
    found = read(base, fte_base=fte_base)
    assert (found["etp"], found["base_etp"]) == (expected, fte_base)


def test_the_table_says_the_same(base: Base) -> None:
    two_people(base)
    evaluation = evaluate(base.connection, Filters(Month(202601), Month(202602)))
    rows = evaluation_rows(evaluation)
    heads = {row.indicateur: row for row in rows if row.bloc == "Ensemble"}
    assert heads["Heures déclarées"].heures == 180_50
    assert heads["Heures à valider"].heures == 50_00
    assert heads["Participants"].participants == 2
    assert heads["Marchés"].valeur == "1"
    assert heads["ETP (base 1600\u00a0h)"].valeur == "0,08"
    for key, title in TITLES.items():
        table = [
            (row.valeur, row.participants, row.contrats, row.heures, row.validees)
            for row in rows
            if row.bloc == "Répartition" and row.indicateur == title
        ]
        assert table == [
            (row.value, row.participants, row.work_contracts, row.hours.declared,
             row.hours.validated)
            for row in evaluation.breakdowns[key]
        ]  # fmt: skip
