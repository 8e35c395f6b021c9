from builders import add, new_buyer, new_company, new_contract
from import_samples import TODAY, bring, one, outcome, rows, told
from suivi_tui.actions.import_contracts import import_contracts
from suivi_tui.actions.import_report import report_json
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, write
from suivi_tui.store.undo import undo_last

HEADER = (
    "acheteur;acheteur_siret;type_acheteur;operation;programme;marche;objet;type_clause;categorie;"
    "montant_ht;notification_le;debut;fin;lot;intitule_lot;entreprise;entreprise_siret;role;"
    "contact;contact_telephone;heures_dues;obligation_debut;obligation_fin"
)
LINE = (
    "Ville de Valmont;35600000000048;Commune;Quartier Nord;NPNRU;2025-12;École;Condition "
    "d'exécution;Travaux;1 234 567,50;15/01/2025;01/02/2025;31/12/2026;1;Gros œuvre;Bâtisseurs "
    "du Val;;titulaire;Alix Martin;0320000000;1 200,5;2025-02-15;"
)
SHORT = "acheteur;marche;objet;lot;entreprise;role;heures_dues"


def test_a_whole_line_comes_in(base: Base) -> None:
    assert outcome(bring(base, "marches", HEADER, LINE)) == (1, 0, 0, 0)
    assert rows(
        base,
        "SELECT buyer.name, buyer.kind, operation.programme, contract.number, clause_form, "
        "amount_cents, notified_on, stage, taken_up FROM contract JOIN buyer ON buyer.id = "
        "contract.buyer JOIN operation ON operation.id = operation",
    ) == [
        ("Ville de Valmont", "commune", "npnru", "2025-12", "condition", 123456750, "2025-01-15",
         "en_cours", 1)
    ]  # fmt: skip
    assert rows(
        base,
        'SELECT company.name, role, obligation.start, obligation."end", hours, date FROM lot '
        "JOIN lot_company ON lot_company.lot = lot.id JOIN company ON company.id = "
        "lot_company.company JOIN obligation ON obligation.lot = lot.id "
        "JOIN obligation_event ON obligation_event.obligation = obligation.id",
    ) == [("Bâtisseurs du Val", "titulaire", "2025-02-15", None, 120050, "2025-01-15")]
    assert rows(base, "SELECT name, phone FROM contact") == [("Alix Martin", "0320000000")]


def test_twice_changes_nothing(base: Base) -> None:
    bring(base, "marches", HEADER, LINE)
    before = one(base, "SELECT count(*) FROM journal")
    assert outcome(bring(base, "marches", HEADER, LINE)) == (0, 0, 1, 0)
    assert one(base, "SELECT count(*) FROM journal") == before


def test_a_trial_says_the_same_and_writes_nothing(base: Base) -> None:
    before = one(base, "SELECT count(*) FROM journal")
    trial = bring(base, "marches", HEADER, LINE, dry_run=True)
    assert one(base, "SELECT count(*) FROM journal") == before
    assert trial == bring(base, "marches", HEADER, LINE)


def test_one_batch_names_the_file_and_is_taken_back_whole(base: Base) -> None:
    bring(base, "marches", HEADER, LINE)
    assert rows(
        base,
        "SELECT kind, label, source_file.name, length(sha256) FROM batch "
        "JOIN source_file ON source_file.id = source_file",
    ) == [("import", "Import des marchés\u00a0: marches.csv", "marches.csv", 64)]
    undo_last(base)
    for table in ("buyer", "operation", "contract", "lot", "company", "obligation", "contact"):
        assert one(base, f"SELECT count(*) FROM {table} WHERE removed = 0") == 0


def test_lots_and_co_contractors_of_one_contract(base: Base) -> None:
    report = bring(
        base,
        "marches",
        SHORT,
        "Ville;M1;École;1;Alpha;mandataire;100",
        "Ville;M1;École;1;Beta;cotraitant;50",
        "Ville;M1;École;1;Gamma;sous-traitant;30",
        "Ville;M1;École;2A;Alpha;;20",
        "ville;m1;École;2a;Alpha;titulaire;20",
    )
    assert outcome(report) == (4, 0, 1, 0)
    assert one(base, "SELECT count(*) FROM contract") == 1
    assert rows(base, "SELECT number FROM lot ORDER BY number") == [("1",), ("2A",)]
    assert one(base, "SELECT sum(hours) FROM obligation_event") == 170_00
    assert rows(base, "SELECT role, share_hours FROM lot_company WHERE share_hours > 0") == [
        ("sous_traitant", 30_00)
    ]
    assert one(base, "SELECT count(*) FROM obligation") == 3


def test_hours_owed_unknown_are_not_zero(base: Base) -> None:
    bring(base, "marches", SHORT, "Ville;M1;École;;Alpha;;")
    assert one(base, "SELECT count(*) FROM obligation") == 1
    assert one(base, "SELECT count(*) FROM obligation_event") == 0
    assert outcome(bring(base, "marches", SHORT, "Ville;M1;École;;Alpha;;700")) == (0, 1, 0, 0)
    assert one(base, "SELECT hours FROM obligation_event") == 700_00


def test_an_import_updates_what_an_import_wrote(base: Base) -> None:
    bring(base, "marches", SHORT, "Ville;M1;École;;Alpha;;700")
    report = bring(base, "marches", SHORT, "Ville;M1;Collège;;Alpha;;800")
    assert outcome(report) == (0, 1, 0, 0)
    assert report.warnings == ()
    assert one(base, "SELECT object FROM contract") == "Collège"
    assert one(base, "SELECT sum(hours) FROM obligation_event") == 800_00


def test_an_import_never_overwrites_what_a_person_typed(base: Base) -> None:
    made = new_contract(
        base, number="M1", buyer=new_buyer(base, "Ville"), company=new_company(base, "Alpha")
    )
    lines = (SHORT, "Ville;M1;Autre objet;;Alpha;titulaire;999")
    report = bring(base, "marches", *lines)
    assert outcome(report) == (0, 0, 1, 0)
    assert told(report) == [("ligne 2", "objet"), ("ligne 2", "heures_dues")]
    assert one(base, "SELECT object FROM contract") == "Réhabilitation d'une école"
    assert one(base, "SELECT sum(hours) FROM obligation_event") == 1_000_00
    write(base, [changed("contract", made.contract, "object", "")], label="Vidé")
    assert outcome(bring(base, "marches", *lines)) == (0, 1, 0, 0)


def test_typed_over_an_import_is_typed(base: Base) -> None:
    bring(base, "marches", SHORT, "Ville;M1;École;;Alpha;;700")
    row = one(base, "SELECT id FROM contract")
    write(base, [changed("contract", row, "object", "Saisi")], label="Saisie")
    report = bring(base, "marches", SHORT, "Ville;M1;École;;Alpha;;700")
    assert told(report) == [("ligne 2", "objet")]
    assert one(base, "SELECT object FROM contract") == "Saisi"


def test_an_objective_that_evolved_is_kept(base: Base) -> None:
    made = new_contract(
        base, number="M1", buyer=new_buyer(base, "Ville"), company=new_company(base, "Alpha")
    )
    event = {"obligation": made.obligation, "date": "2026-02-01", "kind": "avenant"}
    add(base, "obligation_event", **event, hours=200_00, firm=1)
    report = bring(base, "marches", SHORT, "Ville;M1;;;Alpha;titulaire;1000")
    assert outcome(report)[3] == 1  # no object: the line lacks a required value
    head = "acheteur;marche;objet;entreprise;heures_dues"
    same = bring(base, "marches", head, "Ville;M1;Réhabilitation d'une école;Alpha;1200")
    assert (outcome(same), same.warnings) == ((0, 0, 1, 0), ())
    other = bring(base, "marches", head, "Ville;M1;Réhabilitation d'une école;Alpha;1000")
    assert told(other) == [("ligne 2", "heures_dues")]


def test_two_lines_that_say_otherwise_are_told_the_same_way_twice(base: Base) -> None:
    lines = (SHORT, "Ville;M1;École;1;Alpha;;700", "Ville;M1;Collège;2;Alpha;;700")
    first = bring(base, "marches", *lines)
    assert told(first) == [("ligne 3", "objet")]
    again = bring(base, "marches", *lines)
    assert outcome(again) == (0, 0, 2, 0)
    assert again.warnings == first.warnings


def test_open_data_become_followed(base: Base) -> None:
    buyer = new_buyer(base, "Ville")
    new_contract(base, number="M1", buyer=buyer, taken_up=0, stage="a_qualifier", obligation=False)
    assert outcome(bring(base, "marches", SHORT, "Ville;M1;École;;Alpha;;700")) == (1, 0, 0, 0)
    assert rows(base, "SELECT stage, taken_up FROM contract") == [("en_cours", 1)]


def test_a_contract_that_ended_is_ended(base: Base) -> None:
    bring(base, "marches", "acheteur;marche;objet;fin", "Ville;M1;École;31/12/2025")
    assert one(base, "SELECT stage FROM contract") == "termine"
    assert one(base, "SELECT number FROM lot") == "0"


def test_two_buyers_that_it_could_be_leave_the_line_out(base: Base) -> None:
    new_buyer(base, "Ville")
    new_buyer(base, "VILLE")
    report = bring(base, "marches", SHORT, "Ville;M1;École;;Alpha;;700", "Agglo;M2;Gare;;Alpha;;")
    assert outcome(report) == (1, 0, 0, 1)
    assert told(report) == [("ligne 2", "acheteur")]
    assert "2 fiches" in report.warnings[0].message


def test_a_siret_recognises_before_a_name(base: Base) -> None:
    new_company(base, "Alpha BTP", siret="73282932000074")
    head = "acheteur;marche;objet;entreprise;entreprise_siret"
    bring(base, "marches", head, "Ville;M1;École;ALPHA;732 829 320 00074")
    bring(base, "marches", head, "Ville;M2;École;Alpha BTP;35600000000048")
    assert rows(base, "SELECT name, siret FROM company ORDER BY id") == [
        ("Alpha BTP", "73282932000074"),
        ("Alpha BTP", "35600000000048"),
    ]


def test_a_siret_of_zeros_is_nobody_s(base: Base) -> None:
    head = "acheteur;marche;objet;entreprise;entreprise_siret"
    lines = (
        "Ville;M1;École;Alpha;00000000000000",
        "Ville;M2;Gare;Beta;00000000000000",
        "Ville;M3;Pont;Alpha;73282932000074",
    )
    bring(base, "marches", head, *lines)
    assert rows(base, "SELECT name FROM company ORDER BY name") == [("Alpha",), ("Beta",)]


def test_a_contact_of_another_contract_is_its_own(base: Base) -> None:
    head = "acheteur;marche;objet;entreprise;contact;contact_courriel"
    lines = (
        head,
        "Ville;M1;École;Alpha;Alix Martin;",
        "Ville;M2;Gare;Alpha;Zoé Petit;",
        "Ville;M3;Pont;Alpha;alix martin;alix@exemple.fr",
    )
    bring(base, "marches", *lines)
    found = rows(base, "SELECT name, mail, contract IS NULL FROM contact ORDER BY id")
    assert found == [("Alix Martin", "alix@exemple.fr", 1), ("Zoé Petit", "", 0)]
    assert outcome(bring(base, "marches", *lines)) == (0, 0, 3, 0)


def test_an_unreadable_file_is_refused_whole(base: Base) -> None:
    path = base.path.parent / "marches.csv"
    path.write_bytes(b"PK\x03\x04\0\0")
    report = import_contracts(base, path, today=TODAY)
    shown = report_json(report)
    assert shown.pop("erreur").startswith("Le fichier «\u00a0marches.csv\u00a0» n'a pas été lu")
    assert shown == {
        "fichier": "marches.csv",
        "lus": 0,
        "crees": 0,
        "modifies": 0,
        "inchanges": 0,
        "ecartes": 0,
        "avertissements": [],
    }


def test_what_cannot_be_kept_is_told(base: Base) -> None:
    report = bring(
        base,
        "marches",
        "acheteur;marche;objet;programme;heures_dues;montant_ht;couleur",
        "Ville;M1;École;NPNRU;700;-5000;rouge",
    )
    assert outcome(report) == (1, 0, 0, 0)
    assert sorted(told(report)) == [
        ("ligne 1", "couleur"),
        ("ligne 2", "heures_dues"),
        ("ligne 2", "montant_ht"),
        ("ligne 2", "programme"),
    ]
    assert one(base, "SELECT amount_cents FROM contract") == -5000_00
