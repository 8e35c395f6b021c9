"""Open data against what a person typed: never overwritten, completed, told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import new_company, new_contract, new_lot
from decp_bases import bring, contract_row, counts, new_base, row, rows, told
from decp_samples import BUYER, HOLDER, contract
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, removed, write
from suivi_tui.store.undo import undo_last

OTHER = "33970714300022"
THIRD = "35600000000048"


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


def held_by(siret: str) -> list[dict[str, str]]:
    return [{"typeIdentifiant": "SIRET", "id": siret}]


def test_a_typed_value_is_kept_and_told(base: Base) -> None:
    bring(base, contract())
    found = contract_row(base)["id"]
    write(base, [changed("contract", found, "amount_cents", 5_000_00)], label="Saisie")
    later = contract(datePublicationDonnees="2026-02-01", montant=7, procedure="Autre")
    report = bring(base, later)
    assert counts(report) == (0, 1, 0, 0)
    assert contract_row(base)["amount_cents"] == 5_000_00
    assert contract_row(base)["procedure"] == "Autre"
    assert told(report) == [
        ("montant", "Valeur saisie gardée : 5 000 € ; valeur publiée : 7 €."),
    ]
    assert told(bring(base, later)) == []


def test_a_value_typed_then_taken_back_is_again_that_of_open_data(base: Base) -> None:
    bring(base, contract())
    found = contract_row(base)["id"]
    write(base, [changed("contract", found, "procedure", "Saisie")], label="Saisie")
    undo_last(base)
    bring(base, contract(datePublicationDonnees="2026-02-01", procedure="Autre"))
    assert contract_row(base)["procedure"] == "Autre"


def test_a_contract_that_is_followed_is_only_completed(base: Base) -> None:
    company = new_company(base, siret=HOLDER)
    mine = new_contract(base, number="2026-01", company=company, notified_on="2026-01-20")
    write(base, [changed("buyer", mine.buyer, "siret", BUYER)], label="Saisie")
    report = bring(base, contract())
    assert counts(report) == (0, 1, 0, 0)
    found = contract_row(base)
    assert (found["taken_up"], found["stage"], found["cpv"]) == (1, "en_cours", "45214200")
    assert (found["object"], found["notified_on"]) == ("Réhabilitation d'une école", "2026-01-20")
    assert (found["amount_cents"], found["end"]) == (10_000_050, "2026-12-31")
    assert {field for field, _ in told(report)} == {"objet", "dateNotification", "dureeMois"}
    assert len(rows(base, "lots")) == len(rows(base, "holders")) == len(rows(base, "buyers")) == 1
    assert counts(bring(base, contract())) == (0, 0, 1, 0)


def test_lots_of_a_followed_contract_are_recognised_and_none_is_added(base: Base) -> None:
    mine = new_contract(base, number="2026-01", obligation=False, lot="1")
    new_lot(base, mine.contract, new_company(base, name="Lys", siret=OTHER), number="2")
    write(base, [changed("buyer", mine.buyer, "siret", BUYER)], label="Saisie")
    report = bring(
        base,
        contract(objet="Lot 1 : gros œuvre", montant=10),
        contract(objet="Peinture", titulaires=held_by(OTHER), montant=20),
        contract(objet="Ascenseur", titulaires=held_by(THIRD)),
    )
    assert counts(report) == (0, 2, 0, 1)
    assert [(each[1], each[4]) for each in rows(base, "lots")] == [("1", 1000), ("2", 2000)]
    assert (
        "",
        "Lot absent du marché saisi : laissé de côté, à ajouter au besoin.",
    ) in told(report)


def test_a_contract_removed_since_does_not_come_back(base: Base) -> None:
    bring(base, contract())
    write(base, [removed("contract", contract_row(base)["id"])], label="Suppression")
    assert counts(bring(base, contract())) == (0, 0, 1, 0)
    report = bring(base, contract(montant=9, datePublicationDonnees="2026-03-01"))
    assert counts(report) == (0, 0, 0, 1)
    assert not rows(base, "contracts")


def test_a_buyer_typed_without_siret_is_recognised_and_completed(base: Base) -> None:
    mine = new_contract(base, number="2026-01")
    bring(base, contract(acheteur={"id": BUYER, "nom": "VILLE DE VALMONT"}))
    assert row(base, "buyers") == ("Ville de Valmont", BUYER)
    assert contract_row(base)["id"] == mine.contract
