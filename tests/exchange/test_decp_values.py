"""What a record says: considerations, modifications, holders, place, category, fingerprint."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from decp_samples import BUYER, HOLDER, contract, one, read
from suivi_tui.exchange.decp import clause_form, is_social


@pytest.mark.parametrize(
    ("value", "form", "warned"),
    [
        (
            {"considerationSociale": ["Critère social", "Clause sociale"]},
            "condition_critere",
            False,
        ),
        ({"considerationSociale": ["Critère social"]}, "critere", False),
        ({"considerationSociale": ["Marché réservé", "Clause sociale"]}, "reserve", False),
        ({"considerationSociale": ["Pas de considération sociale"]}, "aucune", False),
        (["Sans objet"], "aucune", False),
        ([{"considerationSociale": "Clause sociale"}], "condition", False),
        ({"considerationSociale": "Clause sociale, Critère social"}, "condition_critere", True),
        ("['Clause sociale', 'Critère social']", "condition_critere", True),
        ("Critère social, Clause sociale", "condition_critere", True),
        (
            {"considerationSociale": ["Clause sociale", "Pas de considération sociale"]},
            "condition",
            True,
        ),
        ({"considerationSociale": ["Clause verte"]}, None, True),
        ({"considerationSociale": []}, None, True),
        ("MQ NC", None, True),
        ("INX clause", None, True),
    ],
)
def test_social_considerations_are_a_set(
    tmp_path: Path, value: object, form: str | None, warned: bool
) -> None:
    record, told = one(tmp_path, considerationsSociales=value)
    assert clause_form(record) == form
    assert is_social(record) == (None if form is None else form != "aucune")
    assert bool(told) == warned


def test_a_file_of_2019_has_no_social_field(tmp_path: Path) -> None:
    file = read(tmp_path, [contract(considerationsSociales=...)])
    assert not file.has_social_field and file.warnings == []
    assert is_social(file.records[0]) is None
    assert read(tmp_path, [contract()]).has_social_field


MODIFICATION = {
    "id": 1,
    "dateNotificationModification": "2026-02-01",
    "datePublicationDonneesModification": "2026-02-03",
    "montant": 120000,
    "dureeMois": 14,
    "titulaires": [{"typeIdentifiant": "SIRET", "id": HOLDER, "denominationSociale": "Façadiers"}],
    "objetModification": "Avenant 1",
}


@pytest.mark.parametrize(
    "value",
    [
        [{"modification": MODIFICATION}],
        [MODIFICATION],
        MODIFICATION,
        {"modification": MODIFICATION},
        {"modification": [MODIFICATION]},
        [MODIFICATION, None, {}, MODIFICATION],
    ],
)
def test_modifications_of_every_shape_become_events(tmp_path: Path, value: object) -> None:
    record, told = one(tmp_path, modifications=value)
    (event,) = record.events
    assert told == []
    assert (event.notified_on, event.published_on) == (date(2026, 2, 1), date(2026, 2, 3))
    assert (event.amount_cents, event.months, event.object) == (12_000_000, 14, "Avenant 1")
    assert event.holders == ((HOLDER, "SIRET", "Façadiers"),)
    assert record.last_published_on == date(2026, 2, 3)
    assert record.amount_cents == 10_000_050


@pytest.mark.parametrize("value", [None, "", [], {}, ..., [None]])
def test_no_modification_is_no_event(tmp_path: Path, value: object) -> None:
    record, told = one(tmp_path, modifications=value)
    assert record.events == () and told == []


def test_modifications_that_are_hardly_readable_are_told(tmp_path: Path) -> None:
    record, told = one(
        tmp_path,
        modifications=[
            "Avenant 2",
            {"modification": {"datePublicationDonneesModification": "2026-03-01"}},
            {
                "modification": {
                    "dateNotificationModification": "2026-02-01",
                    "montant": "NC",
                    "titulaires": [{"titulaire": "id"}],
                }
            },
        ],
    )
    assert [event.on for event in record.events] == [date(2026, 2, 1), date(2026, 3, 1), None]
    assert record.events[-1].object == "Avenant 2"
    assert {field for field, _ in told} == {"modifications", "modifications.titulaires"}


@pytest.mark.parametrize(
    ("holder", "read_as", "field"),
    [
        (
            {"typeIdentifiant": "", "id": HOLDER},
            (HOLDER, "SIRET", ""),
            "titulaires.typeIdentifiant",
        ),
        ({"typeIdentifiant": "Siret", "id": "818 099 442 00019"}, (HOLDER, "SIRET", ""), None),
        (
            {"typeIdentifiant": "TVA_INTRACOMMUNAUTAIRE", "id": "ES B1"},
            ("ES B1", "TVA", ""),
            "titulaires.id",
        ),
        (
            {"typeIdentifiant": "TVA", "id": "FR44732829320"},
            ("FR44732829320", "TVA", ""),
            None,
        ),
        ({"typeIdentifiant": "HORS_UE", "id": "X1"}, ("X1", "HORS-UE", ""), None),
        ({"typeIdentifiant": "DUNS", "id": "7"}, ("7", "DUNS", ""), "titulaires.typeIdentifiant"),
        (
            {"typeIdentifiant": "SIRET", "id": "423355015"},
            ("423355015", "SIRET", ""),
            "titulaires.id",
        ),
        ({"typeIdentifiant": "SIRET", "id": "MQ", "nom": "Lys"}, ("", "", "Lys"), "titulaires.id"),
        (
            {
                "typeIdentifiant": "SIRET",
                "id": HOLDER,
                "denominationSociale": "A",
                "contact.nom": "B",
            },
            (HOLDER, "SIRET", "A"),
            "titulaires.contact.nom",
        ),
    ],
)
def test_holders_are_kept_as_published(
    tmp_path: Path, holder: dict[str, str], read_as: tuple[str, ...], field: str | None
) -> None:
    record, told = one(tmp_path, titulaires=[holder, {"titulaire": holder}])
    assert record.holders == (read_as,)
    assert {name for name, _ in told} == ({field} if field else set())


@pytest.mark.parametrize(
    ("place", "buyer", "department"),
    [
        ({"code": "20137", "typeCode": "Code postal"}, BUYER, "2A"),
        ({"code": "2B033", "typeCode": "Code commune"}, BUYER, "2B"),
        ({"code": "97430", "typeCode": "CODE POSTAL"}, BUYER, "974"),
        ({"code": "544", "typeCode": "Code arrondissement"}, BUYER, "54"),
        ({"code": "1", "typeCode": "Code département"}, BUYER, "01"),
        ({"code": "11", "typeCode": "Code région", "nom": "Île-de-France"}, BUYER, "59"),
        (None, "24450046800040", "45"),
        (None, "21974022200019", "974"),
        (None, "32791063400069", ""),
    ],
)
def test_the_department_comes_from_the_place_else_from_the_buyer(
    tmp_path: Path, place: object, buyer: str, department: str
) -> None:
    record, told = one(tmp_path, lieuExecution=place, acheteur={"id": buyer})
    assert record.department == department and told == []


@pytest.mark.parametrize(
    ("cpv", "category"),
    [
        ("45000000", "travaux"),
        ("34928400", "fournitures"),
        ("48000000", "fournitures"),
        ("50000000", "services"),
        ("90910000", "services"),
    ],
)
def test_the_category_is_told_by_the_cpv(tmp_path: Path, cpv: str, category: str) -> None:
    assert one(tmp_path, codeCPV=cpv)[0].category == category


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"id": "2026-01 "}, True),
        ({"nature": "marché"}, True),
        ({"source": "ailleurs"}, True),
        ({"montant": "100000.50"}, True),
        ({"codeCPV": "45214200"}, True),
        ({"dateNotification": "2026-01-15+01:00"}, True),
        ({"montant": 100001}, False),
        ({"datePublicationDonnees": "2026-02-20"}, False),
        ({"considerationsSociales": ...}, False),
        ({"modifications": [MODIFICATION]}, False),
    ],
)
def test_the_fingerprint_follows_the_content(
    tmp_path: Path, changes: dict[str, Any], same: bool
) -> None:
    assert (one(tmp_path)[0].fingerprint == one(tmp_path, **changes)[0].fingerprint) is same
