"""Lines of participants and of contracts, from small files and from a real shape of file."""

from datetime import date
from pathlib import Path

import pytest

from suivi_tui.exchange.lines import (
    ContractLine,
    ParticipantLine,
    read_contracts,
    read_participants,
)

SHARED = Path(__file__).resolve().parents[3] / "shared/data"
TODAY = date(2026, 3, 31)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "tableau.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_contract_line(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Donneur d'ordre;SIRET acheteur;Numéro de marché;Objet;Type de clause sociale;CPV;"
        "Montant HT;Lot;Attributaire;Rôle;Heures à réaliser;Début chantier\n"
        "Ville de Brumeval;35600000000048;2026-07;École;14+53;45210000-2;1 250 000,50;2A;"
        "Bâti Nord;Mandataire;1 234,5;02/03/2026\n",
    )
    file = read_contracts(path)
    assert (file.warnings, file.left_out) == ([], [])
    [line] = file.lines
    assert line == ContractLine(
        line=2,
        buyer="Ville de Brumeval",
        buyer_siret="35600000000048",
        buyer_kind="",
        operation="",
        programme="",
        number="2026-07",
        object="École",
        clause_form="condition_critere",
        category="",
        nature="",
        cpv="45210000",
        sector="",
        amount_cents=125000050,
        place="",
        notice_sent_on=None,
        notified_on=None,
        start=None,
        end=None,
        facilitator="",
        lot="2A",
        lot_title="",
        lot_amount_cents=None,
        company="Bâti Nord",
        company_siret=None,
        role="mandataire",
        contact="",
        contact_phone="",
        contact_mail="",
        hours_owed=123450,
        obligation_start="2026-03-02",
        obligation_end=None,
    )


def test_a_contract_comes_in_with_its_faults_told(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "acheteur,marche,objet,acheteur_siret,cpv,montant_ht,type_clause,debut,fin,heures_dues\n"
        "Ville,M1,Nettoyage,123,9091000,-500,surprise,2026-05-01,2026-04-01,beaucoup\n"
        ",M2,Voirie,,,,,,,\n",
    )
    file = read_contracts(path)
    assert sorted(w.field for w in file.warnings) == sorted(
        ["acheteur_siret", "cpv", "montant_ht", "type_clause", "fin", "heures_dues"]
    )
    assert {w.record for w in file.warnings} == {2}
    [line] = file.lines
    assert (line.amount_cents, line.hours_owed, line.cpv) == (-50000, None, "09091000")
    assert [(w.record, w.field) for w in file.left_out] == [(3, "acheteur")]


def test_a_person_with_several_criteria_keeps_the_order_of_lines(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "participant;nom;critere;justificatif;justificatif_le;decision;valide_le\n"
        "P-001;Brindille;RSA;Attestation CAF ou MSA;01/02/2026;Validée;2026-02-03\n"
        "P-001;Brindille;qpv;;;;\n",
    )
    lines = read_participants(path, TODAY).lines
    assert [(line.reference, line.criterion, line.decision) for line in lines] == [
        ("P-001", "RSA", "validee"),
        ("P-001", "QPV", ""),
    ]
    assert (lines[0].proof, lines[0].proof_on) == ("attestation_caf", "2026-02-01")


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        ("P1;;;", True),
        (";Brindille;Zoé;01/02/1990", True),
        (";Brindille;Zoé;", False),
        (";Brindille;;01/02/1990", False),
        (";Brindille;Zoé;31/02/1990", False),
    ],
)
def test_a_person_needs_a_reference_or_a_civil_status(
    tmp_path: Path, cells: str, kept: bool
) -> None:
    file = read_participants(written(tmp_path, f"participant;nom;prenom;naissance\n{cells}\n"))
    assert (len(file.lines), len(file.left_out)) == ((1, 0) if kept else (0, 1))
    assert [w.record for w in file.left_out] == ([] if kept else [2])


def test_the_commune_beside_the_postcode_is_read_when_it_has_no_column(tmp_path: Path) -> None:
    file = read_participants(
        written(tmp_path, "participant;CP Ville\nP1;59100 Roubaix\nP2;62000\n")
    )
    assert [line[6:8] for line in file.lines] == [("59100", "Roubaix"), ("62000", "")]
    file = read_participants(
        written(tmp_path, "participant;code_postal;commune\nP1;59100 Roubaix;Lens\n")
    )
    assert file.lines[0][6:8] == ("59100", "Lens")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data folder is not on this machine")
def test_a_real_shape_of_people_file_is_read_with_its_unknown_columns_reported() -> None:
    file = read_participants(SHARED / "participants/usagers_fictifs_600.csv", TODAY)
    assert (len(file.lines), file.left_out) == (600, [])
    assert file.lines[0] == ParticipantLine(
        line=2,
        reference="",
        last="Durand",
        first="Paul",
        birth="1952-02-16",
        sex="H",
        postcode="59402",
        commune="Nice",
        education="",
        situation="",
        prescriber="",
        entered_scheme_on=None,
        criterion="",
        proof="",
        proof_on=None,
        decision="",
        decided_on=None,
        ends_on=None,
    )
    told = {w.field: w.message for w in file.warnings}
    assert set(told) == {
        "Adresses Mails",
        "N° Téléphones",
        "N° CAF",
        "ID Iodas",
        "Référent",
        "Role",
    }
    assert "exprès" in told["N° CAF"]
    assert {w.record for w in file.warnings} == {1}
