"""Open data brought in: what comes in, what is counted, what is never overwritten."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from decp_bases import (
    bring,
    bring_file,
    content,
    contract_row,
    counts,
    journal_size,
    new_base,
    row,
    rows,
    told,
)
from decp_samples import BUYER, HOLDER, contract
from suivi_tui.actions.records import take_up_contract
from suivi_tui.store.base import Base
from suivi_tui.store.undo import undo_last

OTHER = "33970714300022"
THIRD = "35600000000048"


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


def held_by(*sirets: str) -> list[dict[str, Any]]:
    return [{"titulaire": {"typeIdentifiant": "SIRET", "id": siret}} for siret in sirets]


def modification(**changes: Any) -> dict[str, Any]:
    return {
        "modification": {
            "id": 1,
            "dateNotificationModification": "2026-02-10",
            "datePublicationDonneesModification": "2026-02-20",
            "objetModification": "Avenant 1",
        }
        | changes
    }


def test_a_contract_comes_in_to_qualify_and_owes_nothing_known(base: Base) -> None:
    assert counts(bring(base, contract())) == (1, 0, 0, 0)
    assert row(base, "contracts") == (
        BUYER,
        "2026-01",
        "Rénovation de l'école",
        "condition",
        "travaux",
        "Marché",
        "Procédure adaptée",
        "45214200",
        10_000_050,
        "59170",
        "2026-01-15",
        None,
        "2027-01-15",
        "a_qualifier",
        0,
    )
    assert row(base, "lots") == ("2026-01", "0", "", "45214200", 10_000_050)
    assert row(base, "holders") == ("2026-01", "0", HOLDER, "titulaire")
    assert row(base, "companies") == (f"SIRET\u00a0{HOLDER}", HOLDER)
    for table in ("obligation", "obligation_event"):
        assert base.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_once_taken_up_its_holders_owe(base: Base) -> None:
    bring(base, contract(titulaires=held_by(HOLDER, OTHER)))
    take_up_contract(base, contract_row(base)["id"])
    assert base.connection.execute("SELECT count(*) FROM obligation").fetchone() == (2,)
    later = contract(
        titulaires=held_by(HOLDER, OTHER), modifications=[modification(titulaires=held_by(THIRD))]
    )
    report = bring(base, later)
    assert [each[2] for each in rows(base, "holders")] == [OTHER, HOLDER]
    assert [field for field, _ in told(report)] == ["titulaires"]


def test_the_same_file_twice_writes_nothing(base: Base) -> None:
    records = [contract(), contract(id="2026-02"), contract()]
    assert counts(bring(base, *records)) == (2, 0, 1, 0)
    before, size = content(base), journal_size(base)
    assert counts(bring(base, *reversed(records))) == (0, 0, 3, 0)
    assert (content(base), journal_size(base)) == (before, size)


def test_a_preview_counts_and_writes_nothing(base: Base) -> None:
    size = journal_size(base)
    assert counts(bring(base, contract(), dry_run=True)) == (1, 0, 0, 0)
    assert journal_size(base) == size


def test_an_import_is_one_batch_that_can_be_taken_back_and_done_again(base: Base) -> None:
    bring(base, contract(), contract(id="2026-02", modifications=[modification(montant=1)]))
    before = content(base)
    batches = base.connection.execute("SELECT count(*) FROM batch WHERE kind = 'import'")
    assert batches.fetchone() == (1,)
    undo_last(base)
    assert not any(content(base).values())
    assert bring(base, contract(), contract(id="2026-02")).created == 2
    undo_last(base)
    bring(base, contract(), contract(id="2026-02", modifications=[modification(montant=1)]))
    assert content(base) == before


# Which records come in


def test_only_contracts_with_a_social_consideration(base: Base) -> None:
    none = contract(id="2", considerationsSociales=["Pas de considération sociale"], codeCPV="?")
    unsaid = contract(id="3", considerationsSociales=...)
    report = bring(base, contract(), none, unsaid)
    assert counts(report) == (1, 0, 0, 2)
    assert told(report) == [
        (
            "considerationsSociales",
            "Sans considération sociale : 2 enregistrements laissés de côté. Pour importer "
            "aussi ces marchés : --tous, ou le contenu « tous les marchés » à l'écran.",
        )
    ]
    assert counts(bring(base, contract(), none, unsaid, everything=True)) == (2, 0, 1, 0)
    assert {each[3] for each in rows(base, "contracts")} == {"condition", "aucune", ""}


def test_a_file_without_the_field_says_so_once(base: Base) -> None:
    old = [contract(id=str(number), considerationsSociales=..., codeCPV="?") for number in range(3)]
    report = bring(base, *old)
    assert counts(report) == (0, 0, 0, 3)
    ((_, message),) = told(report)
    assert "3 enregistrements" in message and "--tous" in message
    assert not rows(base, "buyers")


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"buyer": BUYER}, ["1", "2"]),
        ({"buyer": "215 901 638 00019"}, ["1", "2"]),
        ({"buyer": "ville  DE CROIX"}, ["1", "2"]),
        ({"buyer": "Métropole"}, ["3"]),
        ({"department": "59"}, ["1", "3"]),
        ({"department": "2a"}, ["2"]),
        ({"since": date(2026, 1, 15)}, ["1", "3"]),
        ({"buyer": BUYER, "since": date(2026, 1, 15)}, ["1"]),
        ({"buyer": "Nulle part"}, []),
    ],
)
def test_what_is_asked_narrows(base: Base, asked: dict[str, Any], numbers: list[str]) -> None:
    corsica = {"code": "20000", "typeCode": "Code postal"}
    report = bring(
        base,
        contract(id="1", acheteur={"id": BUYER, "nom": "Ville de Croix"}),
        contract(id="2", lieuExecution=corsica, dateNotification="2026-01-14"),
        contract(id="3", acheteur={"id": OTHER, "nom": "métropole"}),
        **asked,
    )
    assert [each[1] for each in sorted(rows(base, "contracts"), key=lambda one: one[1])] == numbers
    assert counts(report) == (len(numbers), 0, 0, 3 - len(numbers))
    ((_, message),) = told(report)
    assert message.startswith("Hors de ce qui est demandé (--") and "de côté" in message


def test_a_buyer_known_by_name_in_the_base_narrows_files_without_names(base: Base) -> None:
    bring(base, contract(acheteur={"id": BUYER, "nom": "Ville de Croix"}))
    report = bring(
        base, contract(id="2"), contract(id="3", acheteur={"id": OTHER}), buyer="ville de croix"
    )
    assert counts(report) == (1, 0, 0, 1)


# Lots


def test_lots_have_their_own_amounts_and_the_contract_their_sum(base: Base) -> None:
    one = contract(objet="Rénovation de l'école - Lot 1 : gros œuvre", montant=1000)
    two = contract(objet="Rénovation de l'école - Lot 2 : peinture", montant=500)
    assert counts(bring(base, one, two)) == (2, 0, 0, 0)
    assert row(base, "contracts")[2] == "Rénovation de l'école"
    assert contract_row(base)["amount_cents"] == 150_000
    assert [(each[1], each[4]) for each in rows(base, "lots")] == [("1", 100_000), ("2", 50_000)]


def test_a_lot_without_amount_leaves_that_of_the_contract_unknown(base: Base) -> None:
    bring(base, contract(objet="Lot 1 : gros œuvre"), contract(objet="Lot 2", montant=...))
    assert contract_row(base)["amount_cents"] is None


def test_forms_and_dates_of_lots_are_put_together(base: Base) -> None:
    criterion = {"considerationSociale": ["Critère social"]}
    bring(
        base,
        contract(objet="Lot 1", considerationsSociales=criterion, dureeMois=3),
        contract(objet="Lot 2", dateNotification="2026-01-10"),
    )
    found = contract_row(base)
    assert found["clause_form"] == "condition_critere"
    assert (found["notified_on"], found["end"]) == ("2026-01-10", "2027-01-10")


def test_several_holders_share_a_lot(base: Base) -> None:
    bring(base, contract(titulaires=held_by(HOLDER, OTHER)))
    assert {each[2:] for each in rows(base, "holders")} == {
        (HOLDER, "cotraitant"),
        (OTHER, "cotraitant"),
    }


@pytest.mark.parametrize("reverse", [False, True])
def test_a_lot_published_later_joins_the_first_and_both_get_numbers(
    base: Base, reverse: bool
) -> None:
    files = [contract(objet="Voirie", montant=10), contract(objet="Peinture", montant=5)]
    for record in files[::-1] if reverse else files:
        assert bring(base, record).created == 1
    assert [each[1:3] for each in rows(base, "lots")] == [("1", "Peinture"), ("2", "Voirie")]
    assert contract_row(base)["amount_cents"] == 1500


def test_lots_left_out_keep_their_numbers(base: Base) -> None:
    none = ["Pas de considération sociale"]
    files = [contract(objet="Peinture", considerationsSociales=none), contract(objet="Voirie")]
    assert counts(bring(base, *files)) == (1, 0, 0, 1)
    assert counts(bring(base, *files, everything=True)) == (1, 0, 1, 0)
    assert [each[1:3] for each in rows(base, "lots")] == [("1", "Peinture"), ("2", "Voirie")]


# Publications that follow each other


def test_only_a_later_publication_changes_what_was_imported(base: Base) -> None:
    bring(base, contract())
    later = contract(datePublicationDonnees="2026-02-01", montant=7, procedure="Autre")
    assert counts(bring(base, later)) == (0, 1, 0, 0)
    assert row(base, "contracts")[6:9] == ("Autre", "45214200", 700)
    earlier = contract(datePublicationDonnees="2026-01-01", montant=9, nature="Autre")
    assert counts(bring(base, earlier)) == (0, 0, 1, 0)
    assert row(base, "contracts")[5:9] == ("Marché", "Autre", "45214200", 700)
    assert counts(bring(base, earlier, later, contract())) == (0, 0, 3, 0)


def test_another_publication_of_the_same_day_fills_and_is_told(base: Base) -> None:
    bring(base, contract(codeCPV=...))
    report = bring(base, contract(montant=7))
    assert counts(report) == (0, 1, 0, 0)
    assert (contract_row(base)["cpv"], contract_row(base)["amount_cents"]) == (
        "45214200",
        10_000_050,
    )
    assert told(report) == [
        (
            "montant",
            "Valeur déjà importée gardée : 100 000,50 € ; valeur publiée : 7 € "
            "(publiée le même jour).",
        )
    ]


def test_what_a_publication_does_not_say_is_kept(base: Base) -> None:
    bring(base, contract())
    report = bring(
        base, contract(datePublicationDonnees="2026-02-01", montant="NC", dureeMois="NC")
    )
    assert counts(report) == (0, 0, 1, 0)
    assert (contract_row(base)["amount_cents"], contract_row(base)["end"]) == (
        10_000_050,
        "2027-01-15",
    )


def test_a_name_published_later_replaces_a_bare_siret(base: Base) -> None:
    bring(base, contract())
    named = contract(
        acheteur={"id": BUYER, "nom": "Ville de Croix"},
        titulaires=[{"typeIdentifiant": "SIRET", "id": HOLDER, "denominationSociale": "Lys"}],
    )
    assert counts(bring(base, named)) == (0, 1, 0, 0)
    assert (row(base, "buyers"), row(base, "companies")) == (
        ("Ville de Croix", BUYER),
        ("Lys", HOLDER),
    )


# Modifications


def test_modifications_are_events_once_and_move_amount_and_end(base: Base) -> None:
    first = modification(montant=200)
    bring(base, contract(modifications=[first]))
    second = modification(
        dateNotificationModification="2026-03-10",
        datePublicationDonneesModification="2026-03-12",
        dureeMois=18,
        objetModification="Avenant 2",
    )
    assert counts(bring(base, contract(modifications=[first, second]))) == (0, 1, 0, 0)
    # What the contract was at first is kept beside: its own fields hold the last change.
    assert rows(base, "events") == [
        ("2026-01", "0", "2026-01-15", "notification", 10_000_050, 12, ""),
        ("2026-01", "0", "2026-02-10", "montant", 20_000, None, "Avenant 1"),
        ("2026-01", "0", "2026-03-10", "duree", None, 18, "Avenant 2"),
    ]
    found = contract_row(base)
    assert (found["amount_cents"], found["end"]) == (20_000, "2027-07-15")
    assert rows(base, "lots")[0][4] == 20_000


def test_a_change_of_holder_replaces_the_imported_one(base: Base) -> None:
    bring(base, contract())
    change = modification(titulaires=held_by(OTHER), objetModification="Cession")
    bring(base, contract(modifications=[change]))
    assert [event[3] for event in rows(base, "events")] == ["notification", "titulaire"]
    assert row(base, "holders") == ("2026-01", "0", OTHER, "titulaire")


# Files


@pytest.mark.parametrize("bad", [b"", b"PK\x03\x04\x00", b'{"marches": [', b"\xff\xfe{", b"<a/>"])
def test_an_unreadable_file_changes_nothing(base: Base, tmp_path: Path, bad: bytes) -> None:
    path = tmp_path / "casse.json"
    path.write_bytes(bad)
    size = journal_size(base)
    report = bring_file(base, path)
    assert report.error is not None and "base est inchangée" in report.error
    assert counts(report) == (0, 0, 0, 0) and report.warnings == ()
    assert journal_size(base) == size


def test_what_is_wrong_in_a_record_is_told_and_the_rest_comes_in(base: Base) -> None:
    report = bring(
        base,
        contract(
            acheteur={"id": "21590163800018"},
            codeCPV="3000000",
            montant="NC",
            dateNotification="2018-12-31+01:00",
            inconnu=1,
        ),
    )
    assert counts(report) == (1, 0, 0, 0)
    assert {field for field, _ in told(report)} >= {
        "acheteur.id",
        "codeCPV",
        "montant",
        "dateNotification",
        "inconnu",
    }
    assert contract_row(base)["notified_on"] == "2018-12-31"
