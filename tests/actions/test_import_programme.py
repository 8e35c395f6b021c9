"""A buyer's yearly programme: what comes in, what is asked, what is left as people typed it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import add, new_base, new_buyer
from decp_bases import bring
from decp_samples import BUYER
from decp_samples import contract as published
from statement_samples.writers import Page, write_xlsx
from suivi_tui.actions.import_programme import import_programme, prepare
from suivi_tui.actions.import_report import report_json
from suivi_tui.actions.records import remove_record, save_record
from suivi_tui.store.base import Base
from suivi_tui.store.queries import planned_purchases as queries
from suivi_tui.store.queries.entry import record
from suivi_tui.vocabulary.choices import Stage

TODAY = date(2026, 11, 22)
HEADINGS = [
    "Service", "Objet du marché", "Type", "Montant estimé HT", "Lancement prévu", "Durée", "CPV",
    "Nb lots", "Procédure",
]  # fmt: skip
ROWS: list[list[Any]] = [
    ["Programme prévisionnel des achats 2027"],
    [],
    HEADINGS,
    ["TRAVAUX"],
    ["Bâtiments", "Réfection de l'école Prévert", "", "450 k€", "T2 2027", "14 mois", "45210000",
     "6", "MAPA"],
    ["Fournitures et services"],
    ["Propreté", "Nettoyage des locaux", "Services", 400000, "mars 2027", "4 ans", "90911200", "",
     "AOO"],
    ["Achats", "Mobilier scolaire", "TF", "90 000 à 120 000", "2027", "1 an renouvelable 3 fois",
     "39160000", "", ""],
    ["", "TOTAL", "", 990000],
    ["Propreté", "", "Services", 1000],
]  # fmt: skip


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "programme_2027.xlsx", Page("2027", ROWS))


def write_text(path: Path, text: str) -> Path:
    """A text table as it is written."""
    path.write_text(text, encoding="utf-8")
    return path


def purchases(base: Base) -> dict[str, dict[str, Any]]:
    """The purchases of the pipeline by object, with every field."""
    return {
        row.object: record(base.connection, "contract", row.contract) or {}
        for row in queries.pipeline(base.connection)
    }


def test_a_programme_becomes_purchases_to_look_at(base: Base, programme: Path) -> None:
    buyer = new_buyer(base)
    report = import_programme(base, programme, today=TODAY, buyer="ville de valmont")
    assert (report.error, report.created, report.left_out) == (None, 3, 4)
    found = purchases(base)
    school = found["Réfection de l'école Prévert"]
    assert school["buyer"] == buyer and school["stage"] == Stage.TO_QUALIFY.value
    assert (school["category"], school["amount_cents"]) == ("travaux", 45_000_000)
    assert (school["planned_on"], school["duration_months"]) == ("2027-04-01", 14)
    assert school["procedure"] == "Procédure adaptée"
    assert len(queries.lots_of(base.connection, [int(school["id"])])[int(school["id"])]) == 6
    cleaning = found["Nettoyage des locaux"]
    assert (cleaning["category"], cleaning["duration_months"]) == ("services", 48)
    furniture = found["Mobilier scolaire"]
    assert (furniture["amount_cents"], furniture["duration_months"]) == (12_000_000, 48)


def test_every_line_left_out_has_its_reason(base: Base, programme: Path) -> None:
    new_buyer(base)
    report = import_programme(base, programme, today=TODAY, buyer="Ville de Valmont", dry_run=True)
    reasons = {warning.record: warning.message for warning in report.warnings}
    assert "titre d'une rubrique" in reasons["ligne 4"]
    assert "total" in reasons["ligne 9"] or "total" in " ".join(reasons.values())
    assert "aucun objet" in reasons["ligne 10"]
    assert report.read == report.created + report.changed + report.unchanged + report.left_out
    assert not queries.pipeline(base.connection)


def test_read_twice_it_changes_nothing(base: Base, programme: Path) -> None:
    new_buyer(base)
    import_programme(base, programme, today=TODAY, buyer="Ville de Valmont")
    lines = base.connection.execute("SELECT count(*) FROM journal").fetchone()
    again = import_programme(base, programme, today=TODAY, buyer="Ville de Valmont")
    assert (again.created, again.changed, again.unchanged) == (0, 0, 3)
    assert base.connection.execute("SELECT count(*) FROM journal").fetchone() == lines


def test_what_a_person_typed_is_kept(base: Base, programme: Path, tmp_path: Path) -> None:
    new_buyer(base)
    import_programme(base, programme, today=TODAY, buyer="Ville de Valmont")
    cleaning = int(purchases(base)["Nettoyage des locaux"]["id"])
    save_record(base, "contract", cleaning, {"amount_cents": 50_000_000})
    rows = [list(row) for row in ROWS]
    rows[6][3], rows[6][5] = 410_000, "3 ans"
    newer = write_xlsx(tmp_path / "programme_corrige.xlsx", Page("2027", rows))
    report = import_programme(base, newer, today=TODAY, buyer="Ville de Valmont")
    kept = record(base.connection, "contract", cleaning) or {}
    assert (kept["amount_cents"], kept["duration_months"]) == (50_000_000, 36)
    assert report.changed == 1
    assert any("gardée" in warning.message for warning in report.warnings)


def test_what_was_removed_or_passed_does_not_come_back(base: Base, programme: Path) -> None:
    new_buyer(base)
    import_programme(base, programme, today=TODAY, buyer="Ville de Valmont")
    found = purchases(base)
    remove_record(base, "contract", int(found["Mobilier scolaire"]["id"]))
    passed = int(found["Nettoyage des locaux"]["id"])
    save_record(base, "contract", passed, {"stage": "en_cours", "duration_months": 12})
    report = import_programme(base, programme, today=TODAY, buyer="Ville de Valmont")
    assert (report.created, report.changed) == (0, 0)
    assert any("supprimé" in warning.message for warning in report.warnings)
    assert (record(base.connection, "contract", passed) or {})["duration_months"] == 12


def test_an_unknown_value_is_asked_once_and_remembered(base: Base, programme: Path) -> None:
    buyer = new_buyer(base)
    first = prepare(base, programme, today=TODAY)
    assert first.report.created == 0
    (question,) = first.questions
    assert "De quel acheteur" in question.sentence
    assert (str(buyer), "Ville de Valmont") in question.options

    answers = {question.key: str(buyer)}
    second = prepare(base, programme, today=TODAY, answers=answers)
    (category,) = second.questions
    assert "TF" in category.sentence
    answers[category.key] = "fournitures"
    done = prepare(base, programme, today=TODAY, dry_run=False, answers=answers)
    assert not done.questions
    assert purchases(base)["Mobilier scolaire"]["category"] == "fournitures"

    again = prepare(base, programme, today=TODAY)
    assert not again.questions
    assert (again.report.created, again.report.changed) == (0, 0)


def test_a_purchase_typed_before_is_completed(base: Base, programme: Path) -> None:
    buyer = new_buyer(base)
    typed = add(
        base, "contract", buyer=buyer, object="nettoyage des locaux", stage="projet", taken_up=1
    )
    report = import_programme(base, programme, today=TODAY, buyer="Ville de Valmont")
    assert (report.created, report.changed) == (2, 1)
    known = record(base.connection, "contract", typed) or {}
    assert (known["amount_cents"], known["stage"]) == (40_000_000, "projet")


def test_a_line_by_lot_makes_one_purchase(base: Base, tmp_path: Path) -> None:
    path = write_text(
        tmp_path / "lots.csv",
        "Acheteur;Objet;N° de lot;Intitulé du lot;Montant HT\n"
        "Ville neuve;Construction d'une crèche;1;Gros œuvre;500000\n"
        "Ville neuve;Construction d'une crèche;2;Peinture;120000\n",
    )
    asked = prepare(base, path, today=TODAY)
    (question,) = asked.questions
    report = import_programme(base, path, today=TODAY, answers={question.key: "nouveau"})
    assert report.created == 2
    (row,) = queries.pipeline(base.connection)
    assert (row.buyer_name, row.amount_cents) == ("Ville neuve", None)
    lots = queries.lots_of(base.connection, [row.contract])[row.contract]
    assert [(lot.number, lot.title, lot.amount_cents) for lot in lots] == [
        ("1", "Gros œuvre", 50_000_000), ("2", "Peinture", 12_000_000),
    ]  # fmt: skip
    again = import_programme(base, path, today=TODAY)
    assert (again.created, again.changed) == (0, 0)


def test_the_same_line_twice_is_told(base: Base, tmp_path: Path) -> None:
    path = write_text(
        tmp_path / "doubles.csv",
        "Objet;Montant\nPapier;50000\nPapier;50000\n",
    )
    new_buyer(base)
    report = import_programme(base, path, today=TODAY, buyer="Ville de Valmont")
    assert (report.created, report.left_out) == (1, 1)
    assert any("même achat que la ligne 2" in warning.message for warning in report.warnings)


def test_a_file_whose_object_nobody_names_asks_for_it(base: Base, tmp_path: Path) -> None:
    path = write_text(
        tmp_path / "dossiers.csv", "Dossier;Montant;Service\nNettoyage;90000;Propreté\n"
    )
    new_buyer(base)
    asked = prepare(base, path, today=TODAY, buyer="Ville de Valmont")
    (question,) = asked.questions
    assert ("Dossier", "Dossier") in question.options
    answers = {question.key: "Dossier"}
    done = import_programme(base, path, today=TODAY, buyer="Ville de Valmont", answers=answers)
    assert done.created == 1
    assert "Nettoyage" in purchases(base)


def test_a_file_without_purchases_is_refused(base: Base, tmp_path: Path) -> None:
    path = write_text(tmp_path / "autre.csv", "a;b\n1;2\n")
    report = import_programme(base, path, today=TODAY)
    assert report.error is not None and "objet des achats" in report.error


def test_open_data_never_overwrites_what_a_programme_said(base: Base, tmp_path: Path) -> None:
    text = "Numéro de marché;Objet;Montant HT;Durée\n2026-01;École Prévert;450000;14 mois\n"
    path = write_text(tmp_path / "programme.csv", text)
    buyer = new_buyer(base)
    save_record(base, "buyer", buyer, {"siret": BUYER})
    import_programme(base, path, today=TODAY, buyer="Ville de Valmont")
    told = bring(base, published(montant=300000, dureeMois=24))
    ((number, kept),) = base.connection.execute("SELECT number, amount_cents FROM contract")
    assert (number, kept) == ("2026-01", 450_000_00)
    assert any(warning.field == "montant" for warning in told.warnings)


def test_a_script_reads_the_questions(base: Base, tmp_path: Path) -> None:
    path = write_text(tmp_path / "programme.csv", "Objet;Montant HT\nNettoyage;90000\n")
    new_buyer(base)
    told = report_json(import_programme(base, path, today=TODAY))
    assert told["questions"] == [
        "De quel acheteur est le programme «\u00a0programme.csv\u00a0»\u00a0?"
    ]
