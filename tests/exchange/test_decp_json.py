"""JSON files: every shape, and every fault of a record accepted with its warning."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from decp_samples import BUYER, HOLDER, contract, one, read
from suivi_tui.exchange.decp import clause_form, is_social
from suivi_tui.vocabulary.choices import Category, ClauseForm


def test_a_faultless_contract_is_read_without_a_warning(tmp_path: Path) -> None:
    record, told = one(tmp_path)
    assert told == []
    assert record.key == (BUYER, "2026-01")
    assert record.kind == "marché" and record.nature == "Marché"
    assert record.cpv == "45214200" and record.category is Category.WORKS
    assert record.amount_cents == 10_000_050 and record.duration_months == 12
    assert record.notified_on == date(2026, 1, 15) and record.published_on == date(2026, 1, 20)
    assert record.place == "59170" and record.department == "59"
    assert record.techniques == () and record.events == ()
    assert record.holders == ((HOLDER, "SIRET", ""),)
    assert record.label == "enregistrement 1, marché 2026-01"
    assert clause_form(record) is ClauseForm.CONDITION and is_social(record)


@pytest.mark.parametrize(
    "shape",
    [
        lambda one: {"marches": {"marche": [one], "contrat-concession": []}},
        lambda one: {"marches": {"marche": one}},
        lambda one: {"marches": [one]},
        lambda one: {"marche": [one]},
        lambda one: {"marches": {"marche": [{"marche": one}]}},
        lambda one: [one],
        lambda one: one,
    ],
)
def test_every_shape_gives_the_same_record(tmp_path: Path, shape: Any) -> None:
    (expected,) = read(tmp_path, {"marches": {"marche": [contract()]}}).records
    (record,) = read(tmp_path, shape(contract())).records
    assert record == expected


@pytest.mark.parametrize("empty", [{"marches": []}, {"marches": {}}, {"marches": {"marche": []}}])
def test_a_file_without_contracts_is_read(tmp_path: Path, empty: object) -> None:
    file = read(tmp_path, empty)
    assert (file.records, file.left_out, file.warnings) == ([], 0, [])


def test_concessions_have_their_own_fields(tmp_path: Path) -> None:
    concession = {
        "id": "C1",
        "autoriteConcedante": {"id": BUYER},
        "nature": "Concession de service",
        "objet": "Restauration",
        "procedure": "Procédure négociée ouverte",
        "dureeMois": 60,
        "dateSignature": "2025-05-02",
        "datePublicationDonnees": "2025-06-01",
        "valeurGlobale": 2.5e6,
        "concessionnaires": [{"concessionnaire": {"typeIdentifiant": "SIRET", "id": HOLDER}}],
        "considerationsSociales": {"considerationSociale": ["Concession réservée"]},
        "modifications": [
            {"modification": {"dateSignatureModification": "2026-01-05", "valeurGlobale": 3e6}}
        ],
    }
    file = read(tmp_path, {"marches": {"contrat-concession": [concession]}})
    (record,) = file.records
    assert file.warnings == []
    assert record.kind == "concession" and record.category is Category.SERVICES
    assert record.amount_cents == 250_000_000 and record.notified_on == date(2025, 5, 2)
    assert record.holders[0].id == HOLDER and clause_form(record) is ClauseForm.RESERVED
    assert record.events[0].amount_cents == 300_000_000
    (older,) = read(
        tmp_path, {"marches": [concession | {"_type": "Contrat de concession"}]}
    ).records
    assert older.fingerprint == record.fingerprint


@pytest.mark.parametrize(
    ("changes", "read_as", "field", "told"),
    [
        ({"montant": ...}, {"amount_cents": None}, "montant", "absent"),
        ({"montant": "NC"}, {"amount_cents": None}, "montant", "absent"),
        ({"montant": "beaucoup"}, {"amount_cents": None}, "montant", "illisible"),
        ({"montant": [1]}, {"amount_cents": None}, "montant", "illisible"),
        ({"montant": True}, {"amount_cents": None}, "montant", "illisible"),
        ({"montant": 1e17}, {"amount_cents": None}, "montant", "invraisemblable"),
        ({"montant": 10**400}, {"amount_cents": None}, "montant", "invraisemblable"),
        ({"montant": -1}, {"amount_cents": -100}, "montant", "négatif"),
        ({"montant": 0}, {"amount_cents": None}, "montant", "0 €"),
        ({"montant": 0.5}, {"amount_cents": 50}, "montant", "moins de 1 €"),
        ({"montant": "30000.00"}, {"amount_cents": 3_000_000}, "montant", "comme un texte"),
        ({"montant": "30 000,5 €"}, {"amount_cents": 3_000_050}, "montant", "comme un texte"),
        ({"montant": "INX 12"}, {"amount_cents": None}, "montant", "inexploitable"),
        ({"dureeMois": "NC"}, {"duration_months": None}, "dureeMois", "absente (« NC »)"),
        ({"dureeMois": 0}, {"duration_months": None}, "dureeMois", "0 mois"),
        ({"dureeMois": ""}, {"duration_months": None}, "dureeMois", "absente"),
        ({"dureeMois": "36"}, {"duration_months": 36}, "dureeMois", "comme un texte"),
        ({"dureeMois": 1.5}, {"duration_months": 2}, "dureeMois", "arrondie"),
        ({"dureeMois": 99999}, {"duration_months": None}, "dureeMois", "illisible"),
        ({"codeCPV": "3111000"}, {"cpv": "03111000"}, "codeCPV", "sans son zéro"),
        ({"codeCPV": "031210005"}, {"cpv": "03121000"}, "codeCPV", "lu comme 03121000"),
        ({"codeCPV": "4543100-7"}, {"cpv": ""}, "codeCPV", "laissé vide"),
        ({"codeCPV": "travaux"}, {"cpv": ""}, "codeCPV", "8 chiffres"),
        ({"codeCPV": ""}, {"cpv": ""}, "codeCPV", "absent"),
        (
            {"dateNotification": "2018-12-31+01:00"},
            {"notified_on": date(2018, 12, 31)},
            "dateNotification",
            "lue comme le 31/12/2018",
        ),
        (
            {"dateNotification": "2026-02-30"},
            {"notified_on": None},
            "dateNotification",
            "impossible",
        ),
        (
            {"dateNotification": "0218-10-29"},
            {"notified_on": None},
            "dateNotification",
            "laissée vide",
        ),
        (
            {"dateNotification": "2042-12-01"},
            {"notified_on": date(2042, 12, 1)},
            "dateNotification",
            "lointaine",
        ),
        ({"dateNotification": {"a": 1}}, {"notified_on": None}, "dateNotification", "illisible"),
        (
            {"datePublicationDonnees": "test"},
            {"published_on": None},
            "datePublicationDonnees",
            "test",
        ),
        ({"objet": None}, {"object": ""}, "objet", "absent"),
        ({"couleur": "bleu"}, {}, "couleur", "inconnu"),
        ({"titulaires": []}, {"holders": ()}, "titulaires", "Aucun titulaire"),
        (
            {"lieuExecution": {"code": "croix", "typeCode": "Code Postal", "nom ": "Croix"}},
            {"place": "Croix", "department": "59"},
            "lieuExecution.code",
            "département vide",
        ),
        (
            {"acheteur": {"id": "21590163800018"}},
            {"buyer_siret": "21590163800018"},
            "acheteur.id",
            "clé",
        ),
        ({"acheteur": {"id": "123456789"}}, {"buyer_siret": "123456789"}, "acheteur.id", "SIREN"),
        (
            {"acheteur": {"nom": "Ville de Lys"}},
            {"key": ("ville de lys", "2026-01")},
            "acheteur.id",
            "nom",
        ),
        ({"id": "0000"}, {"number": "0000"}, "id", "zéros"),
    ],
)
def test_a_fault_is_accepted_with_a_warning_that_names_it(
    tmp_path: Path, changes: dict[str, Any], read_as: dict[str, Any], field: str, told: str
) -> None:
    record, warnings = one(tmp_path, **changes)
    assert {name: getattr(record, name) for name in read_as} == read_as
    assert any(name == field and told in message for name, message in warnings), warnings
    assert record.holders or "titulaires" in changes  # the rest came in
    assert record.procedure == "Procédure adaptée"


def test_nan_is_read_as_missing_wherever_it_stands(tmp_path: Path) -> None:
    text = json.dumps(
        {"marches": {"marche": [contract(montant=float("nan"), source=[float("inf")])]}}
    )
    assert "NaN" in text
    file = read(tmp_path, text)
    assert file.records[0].amount_cents is None
    assert {warning.field for warning in file.warnings} == {"montant", "source"}


def test_a_name_written_twice_in_an_object_is_told(tmp_path: Path) -> None:
    text = json.dumps([contract()]).replace('"montant":', '"montant": 5, "montant":')
    file = read(tmp_path, text)
    assert file.records[0].amount_cents == 10_000_050
    assert [(each.field, "deux fois" in each.message) for each in file.warnings] == [
        ("montant", True)
    ]


def test_an_unknown_field_is_told_once_for_the_file(tmp_path: Path) -> None:
    file = read(tmp_path, [contract(id=f"M{rank}", couleur=rank) for rank in range(7)])
    (told,) = file.warnings
    assert told.field == "couleur" and "(7 enregistrements)" in told.message


def test_texts_lose_tags_and_what_could_harm_a_terminal(tmp_path: Path) -> None:
    record, _ = one(
        tmp_path, objet="Voirie<br />Lot\u00a02\x1b[31m &amp; r\u202eéseaux", id=" A\n1 "
    )
    assert record.object == "Voirie Lot 2[31m & réseaux"
    assert record.number == "A 1"


def test_a_record_that_nothing_names_is_left_out_and_told(tmp_path: Path) -> None:
    file = read(tmp_path, [contract(id=...), contract(acheteur=...), {}, "texte", contract()])
    assert len(file.records) == 1 and file.left_out == 4
    assert {warning.record.split(",")[0] for warning in file.warnings} == {
        f"enregistrement {rank}" for rank in (1, 2, 3, 4)
    }


def test_the_uid_tells_the_buyer_and_the_number_that_are_missing(tmp_path: Path) -> None:
    record, told = one(tmp_path, id=..., acheteur={"nom": "Ville"}, uid=f"{BUYER}2026-01")
    assert record.key == (BUYER, "2026-01") and told[0][0] == "uid"
