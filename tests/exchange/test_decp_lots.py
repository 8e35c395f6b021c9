"""The contracts of a file and their lots."""

import json
from pathlib import Path

import pytest

from suivi_tui.exchange.decp import ContractKey, PublishedContract, grouped, read_decp
from suivi_tui.exchange.decp.lots import lot_number_told

BUYER = "21590163800019"
ONE, TWO = "81809944200019", "33970714300022"
KEY = ContractKey(BUYER, "M1")


def records(tmp_path: Path, *changes: dict[str, object]) -> list[PublishedContract]:
    base: dict[str, object] = {
        "id": "M1",
        "acheteur": {"id": BUYER},
        "objet": "Réhabilitation de l'école",
        "montant": 1000,
        "dateNotification": "2026-01-15",
        "datePublicationDonnees": "2026-01-20",
        "titulaires": [{"typeIdentifiant": "SIRET", "id": ONE}],
    }
    path = tmp_path / "decp.json"
    path.write_text(json.dumps([base | change for change in changes]))
    return read_decp(path).records


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Fournitures - Lot n°2 Papier", "2"),
        ("Lot n° 03 : menuiseries", "3"),
        ("Électricité courant faible lot no4", "4"),
        ("LOT No1 PAPIER", "1"),
        ("École (17 lots): Lot 16 : ascenseur", "16"),
        ("Travaux. Lot\u00a01\u00a0: voirie", "1"),
        ("Assistance. Lot 3Problématiques", "3"),
        ("Lot 2 du lot 2", "2"),
        ("6 LOTS", None),
        ("Reprise des lots 3 et 8", None),
        ("Lot 1 et lot 2", None),
        ("Lot unique", None),
        ("Pilotage", None),
        ("", None),
    ],
)
def test_the_number_of_a_lot_is_read_in_its_object(text: str, number: str | None) -> None:
    assert lot_number_told(text) == number


def test_a_contract_alone_has_no_lot_number(tmp_path: Path) -> None:
    (group,) = grouped(records(tmp_path, {}))
    assert group.key == KEY and group.size == 1
    assert group.lots[0].number == "0" and group.amount_cents == 100_000
    assert group.object == "Réhabilitation de l'école"


def test_another_object_or_holder_is_another_lot(tmp_path: Path) -> None:
    (group,) = grouped(
        records(
            tmp_path,
            {"objet": "Réhabilitation de l'école : Lot 2 : peinture"},
            {"titulaires": [{"typeIdentifiant": "SIRET", "id": TWO}]},
            {"objet": "Réhabilitation de l'école : façades"},
        )
    )
    assert [(lot.number, lot.record.position) for lot in group.lots] == [
        ("1", 2),
        ("2", 1),
        ("3", 3),
    ]
    assert group.amount_cents is None
    assert group.object == "Réhabilitation de l'école"


def test_a_lot_number_told_twice_is_not_trusted(tmp_path: Path) -> None:
    (group,) = grouped(records(tmp_path, {"objet": "Lot 7 : a"}, {"objet": "Lot 7 : b"}))
    assert [(lot.number, lot.record.object) for lot in group.lots] == [
        ("1", "Lot 7 : a"),
        ("2", "Lot 7 : b"),
    ]


def test_identical_records_are_one_and_later_publications_replace(tmp_path: Path) -> None:
    (group,) = grouped(
        records(
            tmp_path,
            {"montant": 2000, "datePublicationDonnees": "2026-03-01"},
            {},
            {},
        )
    )
    (lot,) = group.lots
    assert lot.record.amount_cents == 200_000 and lot.repeated == 1
    assert [record.amount_cents for record in lot.earlier] == [100_000]
    assert group.size == 3


def test_different_records_of_the_same_day_are_two_lots(tmp_path: Path) -> None:
    (group,) = grouped(records(tmp_path, {"montant": 2000}, {}))
    assert [(lot.number, lot.record.amount_cents) for lot in group.lots] == [
        ("1", 100_000),
        ("2", 200_000),
    ]
    assert len({lot.identity for lot in group.lots}) == 2


def test_numbers_given_by_earlier_files_are_kept(tmp_path: Path) -> None:
    first = records(tmp_path, {"objet": "Peinture"}, {"objet": "Voirie"})
    (before,) = grouped(first)
    known = {(KEY, lot.identity): lot.number for lot in before.lots}
    (after,) = grouped([*records(tmp_path, {"objet": "Carrelage"}), *first], known)
    assert [(lot.number, lot.record.object) for lot in after.lots] == [
        ("1", "Peinture"),
        ("2", "Voirie"),
        ("3", "Carrelage"),
    ]


def test_contracts_of_two_buyers_are_never_mixed(tmp_path: Path) -> None:
    found = grouped(records(tmp_path, {}, {"acheteur": {"id": TWO}}, {"id": "M2"}))
    assert [group.key for group in found] == [KEY, (BUYER, "M2"), (TWO, "M1")]
