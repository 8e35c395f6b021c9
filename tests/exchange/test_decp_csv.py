"""Flattened CSV files: recognised by their headers, rows of one contract put together."""

from datetime import date
from pathlib import Path

import pytest

from suivi_tui.exchange.decp import DecpFile, clause_form, grouped, read_decp
from suivi_tui.vocabulary.choices import Category, ClauseForm

BUYER = "21590163800019"
ONE, TWO = "81809944200019", "33970714300022"
INFO = "uid,id,type,codeCPV,acheteur_id,acheteur_nom,titulaire_id,titulaire_nom,montant,"
INFO += "dateNotification,procedure,dureeMois,acheteur_departement_code"


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> DecpFile:
    path = tmp_path / "decp.csv"
    path.write_bytes(text.encode(encoding))
    return read_decp(path, date(2026, 3, 31))


def info(*rows: tuple[str, str, str, str, str]) -> str:
    """A table of decp.info: number, holder, amount, date, months of each row."""
    lines = [
        f"{BUYER}{number},{number},Travaux,45214200,{BUYER},VILLE,{holder},SOCIETE {holder[:2]},"
        f"{amount},{day},Procédure adaptée,{months},59"
        for number, holder, amount, day, months in rows
    ]
    return "\n".join([INFO, *lines, ""])


def test_rows_of_a_contract_are_one_record_and_amounts_are_never_added(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        info(
            ("M1", ONE, "100000", "2025-01-10", "12"),
            ("M2", ONE, "5000.5", "2025-02-10", "3"),
            ("M1", TWO, "100000", "2025-01-10", "12"),
        ),
    )
    assert file.warnings == [] and file.left_out == 0 and not file.has_social_field
    first, second = file.records
    assert first.amount_cents == 10_000_000 and second.amount_cents == 500_050
    assert [holder.id for holder in first.holders] == [TWO, ONE]
    assert first.category is Category.WORKS and first.department == "59"
    assert first.events == () and first.position == 2
    assert first.label == "ligne 2, marché M1"


def test_later_states_of_a_contract_are_its_events(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        info(
            ("M1", TWO, "120000", "2025-09-01", "12"),
            ("M1", ONE, "120000", "2025-06-01", "14"),
            ("M1", ONE, "100000", "2025-01-10", "12"),
        ),
    )
    (record,) = file.records
    assert file.warnings == []
    assert (record.amount_cents, record.duration_months) == (10_000_000, 12)
    assert record.notified_on == date(2025, 1, 10)
    first, second = record.events
    assert (first.notified_on, first.amount_cents, first.months) == (
        date(2025, 6, 1),
        12_000_000,
        14,
    )
    assert first.holders == ()
    assert second.amount_cents is None and second.months == 12
    assert [holder.id for holder in second.holders] == [TWO]


@pytest.mark.parametrize("day", ["2025-01-10", "2025-03-10"])
def test_lots_under_one_number_are_one_record_without_an_amount(tmp_path: Path, day: str) -> None:
    file = read(
        tmp_path,
        info(("M1", ONE, "100000", "2025-01-10", "12"), ("M1", TWO, "30000", day, "9")),
    )
    (record,) = file.records
    assert record.amount_cents is None and record.duration_months is None
    assert len(record.holders) == 2 and record.events == ()
    assert {warning.field for warning in file.warnings} == {"montant", "dureeMois"}
    assert "pas additionnés" in file.warnings[0].message


SCHEMA = (
    "id;acheteur.id;acheteur.nom;objet;codeCPV;montant;dateNotification;datePublicationDonnees;"
    "considerationsSociales;lieuExecution_code;lieuExecution_typeCode;titulaire_id_1;"
    "titulaire_typeIdentifiant_1;titulaire_id_2;titulaire_typeIdentifiant_2;nature;procedure;"
    "dureeMois;couleur"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_tables_of_the_ministry_are_read(tmp_path: Path, encoding: str) -> None:
    row = (
        f"M1;{BUYER};Ville;Été à l'école;45214200;1000;2025-01-10;2025-01-12;"
        f'"Critère social, Clause sociale";59170;CODE POSTAL;{ONE};SIRET;CDL;CDL;Marché;MQ;NC;bleu'
    )
    file = read(tmp_path, f"{SCHEMA}\r\n{row}\r\n", encoding)
    (record,) = file.records
    assert file.has_social_field and record.object == "Été à l'école"
    assert clause_form(record) is ClauseForm.CONDITION_CRITERION
    assert [holder.id for holder in record.holders] == [ONE]
    assert record.department == "59" and record.procedure == ""
    assert [(warning.record, warning.field) for warning in file.warnings] == [
        ("fichier", "couleur"),
        ("ligne 2, marché M1", "dureeMois"),
    ]


def test_a_list_printed_by_python_is_read_and_told(tmp_path: Path) -> None:
    header = "id\tacheteur_id\tmontant\tconsiderationsSociales\n"
    file = read(tmp_path, f"{header}M1\t{BUYER}\t10\t['Clause sociale', 'Critère social']\n")
    assert clause_form(file.records[0]) is ClauseForm.CONDITION_CRITERION
    assert [warning.field for warning in file.warnings] == ["considerationsSociales"]


def test_another_object_under_the_same_number_is_another_lot(tmp_path: Path) -> None:
    rows = f"M1,{BUYER},Lot 2 : peinture,10,{ONE}\nM1,{BUYER},Lot 1 : façades,20,{ONE}\n"
    file = read(tmp_path, f"id,acheteur_id,objet,montant,titulaire_id\n{rows}")
    (group,) = grouped(file.records)
    assert [(lot.number, lot.record.amount_cents) for lot in group.lots] == [
        ("1", 2000),
        ("2", 1000),
    ]


def test_a_row_with_too_many_cells_is_left_out(tmp_path: Path) -> None:
    text = f"id,acheteur_id,montant\nM1,{BUYER},10,5\nM2,{BUYER},10\n,{BUYER},7\n"
    file = read(tmp_path, text)
    assert [record.number for record in file.records] == ["M2"] and file.left_out == 2
    assert [warning.record.split(",")[0] for warning in file.warnings] == ["ligne 2", "ligne 4"]


def test_a_modification_whose_first_version_is_elsewhere_is_told(tmp_path: Path) -> None:
    text = f"id,acheteur_id,montant,objetModification\nM1,{BUYER},10,Six mois de plus\n"
    (warning,) = read(tmp_path, text).warnings
    assert warning.field == "objetModification" and "Six mois de plus" in warning.message


def test_the_same_contract_in_json_and_csv_has_the_same_fingerprint(tmp_path: Path) -> None:
    csv = read(
        tmp_path,
        "id,acheteur_id,acheteur_nom,objet,montant,titulaire_id,titulaire_typeIdentifiant\n"
        f"M1,{BUYER},Ville,Peinture,10.50,{ONE},SIRET\nM1,{BUYER},Ville,Peinture,10.50,{TWO},SIRET\n",
    )
    path = tmp_path / "decp.json"
    path.write_text(
        f'[{{"id":"M1","acheteur":{{"id":"{BUYER}","nom":"Ville"}},"objet":"Peinture","montant":10.5,'
        f'"titulaires":[{{"id":"{TWO}","typeIdentifiant":"SIRET"}},'
        f'{{"id":"{ONE}","typeIdentifiant":"SIRET"}}]}}]'
    )
    assert read_decp(path).records[0].fingerprint == csv.records[0].fingerprint
