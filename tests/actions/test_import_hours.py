import pytest

from builders import (
    NewContract,
    add,
    new_buyer,
    new_company,
    new_contract,
    new_lot,
    new_statement,
)
from import_samples import bring, one, outcome, rows, told
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, hour_row, write
from suivi_tui.store.queries import proofs
from suivi_tui.store.undo import undo_last

HEADER = (
    "marche;lot;entreprise;mois;participant;employeur;type_structure;type_contrat;contrat_debut;"
    "contrat_fin;temps_hebdo;poste;qpv;nature_heures;heures;validees;motif_refus;piece;commentaire"
)
LINE = (
    "M1;;;2026-02;P1;Intérim Plus;ETTI;CDD d'insertion;05/01/2026;30/06/2026;35;Maçon;oui;travail;"
    "151:40;;;R7;bon début"
)
BRIEF = "marche;mois;participant;heures;validees"


@pytest.fixture
def contract(base: Base) -> NewContract:
    add(base, "participant", reference="P1", last="Exemple", first="Camille", education="bac")
    company = new_company(base, "Alpha", kind="entreprise")
    return new_contract(base, number="M1", buyer=new_buyer(base, "Ville"), company=company)


def hours(base: Base) -> list[tuple[int, int, int | None]]:
    return [
        (month, declared, validated)
        for month, declared, validated in rows(
            base,
            "SELECT month, declared, validated FROM hour_entry WHERE removed = 0 ORDER BY month",
        )
    ]


def test_a_whole_line_comes_in(base: Base, contract: NewContract) -> None:
    assert outcome(bring(base, "heures", HEADER, LINE)) == (1, 0, 0, 0)
    assert rows(
        base,
        "SELECT company.name, company.kind, structure_kind, type, work_contract.start, "
        "work_contract.\"end\", "
        "weekly_hours, post, qpv, education, obligation FROM placement JOIN work_contract "
        "ON work_contract.id = work_contract JOIN company ON company.id = employer",
    ) == [
        ("Intérim Plus", "ETTI", "ETTI", "cddi", "2026-01-05", "2026-06-30", 3500, "Maçon", "oui",
         "bac", contract.obligation)
    ]  # fmt: skip
    assert rows(
        base,
        "SELECT hour_entry.month, kind, declared, validated, hour_entry.reference, comment, status "
        "FROM hour_entry JOIN statement ON statement.id = statement",
    ) == [(202602, 1, 15167, None, "R7", "bon début", "recu")]


def test_twice_changes_nothing(base: Base, contract: NewContract) -> None:
    bring(base, "heures", HEADER, LINE)
    before = one(base, "SELECT count(*) FROM journal")
    report = bring(base, "heures", HEADER, LINE)
    assert (outcome(report), report.warnings) == ((0, 0, 1, 0), ())
    assert one(base, "SELECT count(*) FROM journal") == before


def test_a_trial_says_the_same_and_writes_nothing(base: Base, contract: NewContract) -> None:
    before = one(base, "SELECT count(*) FROM journal")
    trial = bring(base, "heures", HEADER, LINE, "M9;;;2026-02;P1;;;;;;;;;;7;;;;", dry_run=True)
    assert one(base, "SELECT count(*) FROM journal") == before
    assert trial == bring(base, "heures", HEADER, LINE, "M9;;;2026-02;P1;;;;;;;;;;7;;;;")


def test_the_whole_file_is_taken_back(base: Base, contract: NewContract) -> None:
    bring(base, "heures", HEADER, LINE)
    undo_last(base)
    assert hours(base) == []
    assert one(base, "SELECT count(*) FROM work_contract WHERE removed = 0") == 0
    assert outcome(bring(base, "heures", HEADER, LINE)) == (1, 0, 0, 0)
    assert hours(base) == [(202602, 15167, None)]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("M9;2026-02;P1;7;", "marche"),
        ("M1;2026-02;Personne;7;", "participant"),
        ("M1;2026-02;P1;beaucoup;", "heures"),
        ("M1;2026-02;P1;;", "heures"),
        ("M1;1999-12;P1;7;", "mois"),
        ("M1;2027-04;P1;7;", "mois"),
        ("M1;hier;P1;7;", "mois"),
        ("M1;2026-02;P1;672,01;", "heures"),
        ("M1;2026-02;;7;", "participant"),
    ],
)
def test_what_cannot_be_placed_is_left_out_alone(
    base: Base, contract: NewContract, line: str, column: str
) -> None:
    report = bring(base, "heures", BRIEF, "M1;2026-01;P1;10;", line, "M1;2026-03;P1;20;")
    assert outcome(report) == (2, 0, 0, 1)
    assert told(report) == [("ligne 3", column)]
    assert hours(base) == [(202601, 1000, None), (202603, 2000, None)]


def test_hours_outside_the_contract_come_in(base: Base, contract: NewContract) -> None:
    report = bring(base, "heures", BRIEF, "M1;2027-02;P1;10;", "M1;2025-02;P1;10;4")
    assert (outcome(report), report.warnings) == ((2, 0, 0, 0), ())


def test_the_same_line_twice_in_a_file(base: Base, contract: NewContract) -> None:
    lines = (BRIEF, "M1;2026-01;P1;10;", "M1;2026-01;p1;10;", "M1;2026-01;P1;12;")
    report = bring(base, "heures", *lines)
    assert outcome(report) == (1, 0, 1, 1)
    assert told(report) == [("ligne 4", "heures")]
    assert "les lignes 2 et 4" in report.warnings[0].message
    assert hours(base) == [(202601, 1000, None)]


def test_a_line_left_out_is_counted_once(base: Base, contract: NewContract) -> None:
    bring(base, "heures", HEADER, LINE)
    other = LINE.replace("151:40", "12").replace("30/06/2026", "")
    longer = LINE.replace("151:40", "7").replace("35;", "28;")
    assert outcome(bring(base, "heures", HEADER, LINE, other, longer)) == (0, 0, 1, 2)


def test_a_person_is_recognised_by_name_when_only_one_has_it(
    base: Base, contract: NewContract
) -> None:
    report = bring(base, "heures", BRIEF, "M1;2026-01;camille EXEMPLE;10;")
    assert outcome(report) == (1, 0, 0, 0)
    add(base, "participant", last="Exemple", first="Camille", birth="1999-01-01")
    report = bring(base, "heures", BRIEF, "M1;2026-02;Exemple Camille;10;")
    assert (outcome(report), told(report)) == ((0, 0, 0, 1), [("ligne 2", "participant")])


def test_the_buyer_settles_an_ambiguous_number(base: Base, contract: NewContract) -> None:
    other = new_contract(base, number="m1", buyer=new_buyer(base, "Agglo"))
    head = "acheteur;marche;mois;participant;heures"
    report = bring(base, "heures", head, ";M1;2026-01;P1;10", "agglo;M1;2026-01;P1;10")
    assert (outcome(report), told(report)) == ((1, 0, 0, 1), [("ligne 2", "marche")])
    assert one(base, "SELECT obligation FROM hour_entry") == other.obligation


def test_the_company_settles_a_lot_of_two_holders(base: Base, contract: NewContract) -> None:
    beta = new_company(base, "Beta", siret="35600000000048")
    values = {"lot": contract.lot, "company": beta}
    obligation = add(base, "obligation", **values)
    add(base, "lot_company", **values, role="cotraitant")
    head = "marche;entreprise;entreprise_siret;mois;participant;heures"
    report = bring(
        base,
        "heures",
        head,
        "M1;;;2026-01;P1;10",
        "M1;;35600000000048;2026-01;P1;10",
        "M1;alpha;;2026-01;P1;11",
        "M1;Inconnue;;2026-01;P1;10",
    )
    assert outcome(report) == (2, 0, 0, 2)
    assert told(report) == [("ligne 2", "entreprise"), ("ligne 5", "entreprise")]
    assert rows(base, "SELECT declared FROM hour_entry WHERE obligation = ?", obligation) == [
        (1000,)
    ]


def test_a_subcontractor_works_for_the_only_holder(base: Base, contract: NewContract) -> None:
    gamma = new_company(base, "Gamma")
    add(base, "lot_company", lot=contract.lot, company=gamma, role="sous_traitant")
    head = "marche;entreprise;mois;participant;heures"
    assert outcome(bring(base, "heures", head, "M1;Gamma;2026-01;P1;10")) == (1, 0, 0, 0)
    assert one(base, "SELECT obligation FROM hour_entry") == contract.obligation
    assert one(base, "SELECT employer FROM work_contract") == gamma


def test_a_lot_is_found_by_number_or_by_company(base: Base, contract: NewContract) -> None:
    delta = new_company(base, "Delta")
    made = new_lot(base, contract.contract, delta, number="2")
    head = "marche;lot;entreprise;mois;participant;heures"
    report = bring(
        base,
        "heures",
        head,
        "M1;02;;2026-01;P1;10",
        "M1;7;;2026-01;P1;10",
        "M1;2;Delta;2026-02;P1;10",
    )
    assert (outcome(report), told(report)) == ((2, 0, 0, 1), [("ligne 3", "lot")])
    assert {row[0] for row in rows(base, "SELECT obligation FROM hour_entry")} == {made.obligation}


def test_open_data_must_be_taken_up_first(base: Base) -> None:
    new_contract(base, number="M1", taken_up=0, stage="a_qualifier")
    add(base, "participant", reference="P1")
    report = bring(base, "heures", BRIEF, "M1;2026-01;P1;10;")
    assert (outcome(report), told(report)) == ((0, 0, 0, 1), [("ligne 2", "marche")])
    assert "données ouvertes" in report.warnings[0].message


def test_two_work_contracts_of_one_person(base: Base, contract: NewContract) -> None:
    second = LINE.replace("05/01/2026", "01/02/2026")
    assert outcome(bring(base, "heures", HEADER, LINE, second)) == (2, 0, 0, 0)
    assert one(base, "SELECT count(*) FROM work_contract") == 2


def test_a_work_contract_completed_by_hand_is_still_recognised(
    base: Base, contract: NewContract
) -> None:
    bring(base, "heures", BRIEF, "M1;2026-01;P1;10;")
    row = one(base, "SELECT id FROM work_contract")
    completed = {"type": "cddi", "post": "Maçon", "start": "2026-01-05"}
    write(
        base, [changed("work_contract", row, *item) for item in completed.items()], label="Complété"
    )
    assert outcome(bring(base, "heures", BRIEF, "M1;2026-01;P1;10;")) == (0, 0, 1, 0)
    assert outcome(bring(base, "heures", BRIEF, "M1;2026-02;P1;10;")) == (1, 0, 0, 0)
    assert one(base, "SELECT count(*) FROM work_contract") == 1


def test_a_new_end_of_contract_is_followed(base: Base, contract: NewContract) -> None:
    bring(base, "heures", HEADER, LINE)
    report = bring(base, "heures", HEADER, LINE.replace("30/06/2026", "31/12/2026"))
    assert outcome(report) == (0, 1, 0, 0)
    assert one(base, 'SELECT "end" FROM work_contract') == "2026-12-31"


def test_hours_that_an_import_wrote_follow_the_file(base: Base, contract: NewContract) -> None:
    bring(base, "heures", BRIEF, "M1;2026-01;P1;10;10")
    assert outcome(bring(base, "heures", BRIEF, "M1;2026-01;P1;12;")) == (0, 1, 0, 0)
    assert hours(base) == [(202601, 1200, None)]
    assert outcome(bring(base, "heures", BRIEF, "M1;2026-01;P1;12;11")) == (0, 1, 0, 0)
    assert hours(base) == [(202601, 1200, 1100)]


def test_hours_that_a_person_decided_are_kept(base: Base, contract: NewContract) -> None:
    bring(base, "heures", BRIEF, "M1;2026-01;P1;10;")
    key = one(
        base, "SELECT obligation || '/' || month || '/' || placement || '/' || kind FROM hour_entry"
    )
    write(base, [changed("hour_entry", key, "validated", 900)], label="Décidé")
    for line in ("M1;2026-01;P1;12;", "M1;2026-01;P1;10;10"):
        report = bring(base, "heures", BRIEF, line)
        assert outcome(report) == (0, 0, 1, 0)
        assert len(report.warnings) == 1
    assert hours(base) == [(202601, 1000, 900)]
    assert outcome(bring(base, "heures", BRIEF, "M1;2026-01;P1;10;")) == (0, 0, 1, 0)


def test_hours_received_contradict_no_activity(base: Base, contract: NewContract) -> None:
    values = {"obligation": contract.obligation, "sender": contract.company, "month": 202601}
    add(base, "statement", **values, status="sans_activite")
    report = bring(base, "heures", BRIEF, "M1;2026-01;P1;10;")
    assert outcome(report) == (1, 0, 0, 0)
    assert told(report) == [("ligne 2", "mois")]
    assert one(base, "SELECT count(*) FROM statement") == 1


def test_kinds_and_negative_lines(base: Base, contract: NewContract) -> None:
    head = "marche;mois;participant;nature_heures;heures;validees"
    report = bring(
        base,
        "heures",
        head,
        "M1;2026-01;P1;formation;7;7",
        "M1;2026-01;P1;;-3,5;-3,5",
        "M1;2026-01;P1;sieste;1;",
    )
    assert outcome(report) == (2, 0, 0, 1)
    assert rows(base, "SELECT kind, declared, validated FROM hour_entry ORDER BY kind") == [
        (1, -350, -350),
        (2, 700, 700),
    ]


def test_an_export_of_the_key_is_what_the_journal_names(base: Base, contract: NewContract) -> None:
    bring(base, "heures", BRIEF, "M1;2026-01;P1;10;")
    ((obligation, placement),) = rows(base, "SELECT obligation, placement FROM hour_entry")
    assert rows(base, "SELECT row FROM journal WHERE entity = 'hour_entry'") == [
        (hour_row(obligation, 202601, placement, 1),)
    ]


def test_each_hour_line_names_its_place_in_the_file(base: Base, contract: NewContract) -> None:
    bring(base, "heures", BRIEF, "M1;2026-01;P1;10;", "M1;2026-02;P1;20;")
    ((placement,),) = set(rows(base, "SELECT placement FROM hour_entry"))
    place = (contract.obligation, 202602, placement, 1)
    (proof,) = proofs.of_hours(base.connection, *place)
    assert (proof.file, proof.line, proof.hours) == ("heures.csv", 3, 2000)
    bring(base, "heures", BRIEF, "M1;2026-01;P1;10;", "M1;2026-02;P1;25;")
    assert [found.hours for found in proofs.of_hours(base.connection, *place)] == [2500]
    undo_last(base)
    assert [found.hours for found in proofs.of_hours(base.connection, *place)] == [2000]


def test_a_locked_month_is_left_out_with_what_it_would_make(
    base: Base, contract: NewContract
) -> None:
    new_statement(base, contract.obligation, contract.company, 202601, "verrouille")
    report = bring(base, "heures", HEADER, LINE.replace("2026-02", "2026-01"))
    assert (outcome(report), told(report)) == ((0, 0, 0, 1), [("ligne 2", "mois")])
    assert "verrouillé" in report.warnings[0].message
    assert one(base, "SELECT count(*) FROM work_contract") == 0
    assert one(base, "SELECT count(*) FROM company WHERE name = 'Intérim Plus'") == 0
    assert outcome(bring(base, "heures", HEADER, LINE)) == (1, 0, 0, 0)


def test_homonyms_are_told_apart_by_their_birth(base: Base, contract: NewContract) -> None:
    for birth in ("1990-01-01", "1991-01-01"):
        add(base, "participant", last="Gabarit", first="Sacha", birth=birth)
    report = bring(
        base,
        "heures",
        "marche;mois;nom;prenom;naissance;heures",
        "M1;2026-01;Gabarit;Sacha;01/01/1991;10",
        "M1;2026-01;Gabarit;Sacha;;11",
        "M1;2026-01;Gabarit;Sacha;01/01/1992;12",
        "M1;2026-01;Exemple;;;13",
        "M1;2026-02;EXEMPLE;camille;02/02/2000;14",
    )
    assert outcome(report) == (2, 0, 0, 3)
    assert "ou nom, prénom et naissance" in report.warnings[0].message
    assert rows(
        base,
        "SELECT birth, declared FROM hour_entry JOIN placement ON placement.id = placement "
        "JOIN work_contract AS work ON work.id = work_contract "
        "JOIN participant ON participant.id = participant ORDER BY declared",
    ) == [("1991-01-01", 1000), (None, 1400)]
