from builders import add
from import_samples import bring, one, outcome, rows, told
from suivi_tui.store.base import Base
from suivi_tui.store.undo import undo_last

HEADER = (
    "participant;nom;prenom;naissance;sexe;niveau_formation;critere;justificatif;"
    "justificatif_le;decision;valide_le"
)
LINE = (
    "P1;Exemple;Camille;12/05/1990;Femme;V;RSA;Attestation CAF ou MSA;2026-01-05;validée;06/01/2026"
)
NAMES = "nom;prenom;naissance;critere"


def criteria(base: Base) -> list[tuple[int, str]]:
    found = rows(
        base, "SELECT rank, criterion FROM eligibility WHERE removed = 0 ORDER BY participant, rank"
    )
    return [(rank, criterion) for rank, criterion in found]


def people(base: Base) -> int:
    return int(one(base, "SELECT count(*) FROM participant WHERE removed = 0"))


def test_a_person_and_a_criterion_come_in(base: Base) -> None:
    assert outcome(bring(base, "participants", HEADER, LINE)) == (1, 0, 0, 0)
    assert rows(base, "SELECT reference, last, first, birth, sex, education FROM participant") == [
        ("P1", "Exemple", "Camille", "1990-05-12", "F", "cap_bep")
    ]
    assert rows(
        base, "SELECT rank, criterion, proof, proof_on, decision, decided_on FROM eligibility"
    ) == [(1, "RSA", "attestation_caf", "2026-01-05", "validee", "2026-01-06")]


def test_one_line_a_criterion_the_main_one_first(base: Base) -> None:
    lines = (HEADER, LINE, "P1;;;;;;QPV;;;;", "P1;;;;;;Jeune de moins de 26 ans;;;;", LINE)
    assert outcome(bring(base, "participants", *lines)) == (3, 0, 1, 0)
    assert criteria(base) == [(1, "RSA"), (2, "QPV"), (3, "JEUNE")]
    assert outcome(bring(base, "participants", *lines)) == (0, 0, 4, 0)
    undo_last(base)
    assert people(base) == 0


def test_the_order_of_a_complete_file_is_followed(base: Base) -> None:
    bring(base, "participants", HEADER, LINE, "P1;;;;;;QPV;;;;")
    report = bring(base, "participants", HEADER, "P1;;;;;;QPV;;;;", LINE)
    assert outcome(report) == (0, 2, 0, 0)
    assert criteria(base) == [(1, "QPV"), (2, "RSA")]


def test_a_file_of_some_criteria_adds_the_others_after(base: Base) -> None:
    bring(base, "participants", HEADER, LINE)
    assert outcome(bring(base, "participants", HEADER, "P1;;;;;;QPV;;;;")) == (1, 0, 0, 0)
    assert criteria(base) == [(1, "RSA"), (2, "QPV")]


def test_homonyms_born_another_day_are_other_people(base: Base) -> None:
    lines = (NAMES, "Exemple;Camille;1990-05-12;RSA", "EXEMPLE;camille;1991-05-12;RSA")
    assert outcome(bring(base, "participants", *lines)) == (2, 0, 0, 0)
    assert people(base) == 2
    assert outcome(bring(base, "participants", *lines)) == (0, 0, 2, 0)


def test_two_homonyms_without_birth_leave_the_line_out(base: Base) -> None:
    for _ in range(2):
        add(base, "participant", last="Exemple", first="Camille")
    report = bring(base, "participants", NAMES, "Exemple;Camille;1990-05-12;RSA")
    assert outcome(report) == (0, 0, 0, 1)
    assert told(report) == [("ligne 2", "nom")]
    assert people(base) == 2


def test_a_day_of_decision_without_a_decision_is_told(base: Base) -> None:
    lines = ("participant;nom;prenom;critere;valide_le", "P1;Exemple;Camille;RSA;2026-03-01")
    assert told(bring(base, "participants", *lines)) == [("ligne 2", "decision")]


def test_a_birth_that_cannot_be_read_is_named_as_the_reason(base: Base) -> None:
    report = bring(base, "participants", NAMES, "Exemple;Camille;31/02/1990;RSA", "Seul;Lou;;RSA")
    assert outcome(report) == (0, 0, 0, 2)
    assert told(report) == [("ligne 2", "naissance"), ("ligne 3", "participant")]


def test_the_only_record_without_birth_is_completed_and_told(base: Base) -> None:
    add(base, "participant", last="Exemple", first="Camille")
    report = bring(base, "participants", NAMES, "Exemple;Camille;1990-05-12;RSA")
    assert outcome(report) == (1, 0, 0, 0)
    assert told(report) == [("ligne 2", "naissance")]
    assert rows(base, "SELECT birth FROM participant") == [("1990-05-12",)]


def test_another_reference_is_another_person(base: Base) -> None:
    add(base, "participant", reference="A", last="Exemple", first="Camille", birth="1990-05-12")
    bring(base, "participants", HEADER, LINE)
    assert people(base) == 2


def test_a_record_without_reference_receives_it(base: Base) -> None:
    add(base, "participant", last="Exemple", first="Camille", birth="1990-05-12")
    assert outcome(bring(base, "participants", HEADER, LINE)) == (1, 0, 0, 0)
    assert rows(base, "SELECT reference, sex FROM participant") == [("P1", "F")]


def test_what_a_person_typed_is_kept(base: Base) -> None:
    row = add(base, "participant", reference="P1", last="Exemple", education="bac")
    add(base, "eligibility", participant=row, criterion="RSA", decided_on="2026-02-01")
    report = bring(base, "participants", HEADER, LINE)
    assert outcome(report) == (0, 1, 0, 0)
    assert told(report) == [("ligne 2", "niveau_formation"), ("ligne 2", "valide_le")]
    assert rows(base, "SELECT education, birth FROM participant") == [("bac", "1990-05-12")]
    assert one(base, "SELECT proof FROM eligibility") == "attestation_caf"


def test_a_shared_reference_leaves_the_line_out(base: Base) -> None:
    for first in ("Camille", "Zoé"):
        add(base, "participant", reference="P1", first=first)
    report = bring(base, "participants", HEADER, LINE)
    assert (outcome(report), told(report)) == ((0, 0, 0, 1), [("ligne 2", "participant")])


def test_an_unknown_value_stays_to_be_completed(base: Base) -> None:
    report = bring(base, "participants", "participant;critere;decision", "P1;Martien;validée")
    assert told(report) == [("ligne 2", "critere")]
    assert rows(base, "SELECT criterion, decision FROM eligibility") == [("", "validee")]
    lines = ("participant;critere;decision", "P1;RSA;validée")
    assert outcome(bring(base, "participants", *lines)) == (0, 1, 0, 0)
    assert criteria(base) == [(1, "RSA")]
