"""Lists of structures and of people to call: read, recognised, never written over."""

from datetime import date
from pathlib import Path

import pytest

from builders import add, new_base, new_buyer, new_company
from suivi_tui.actions.directory import cover, save_coverage
from suivi_tui.actions.export import export_table
from suivi_tui.actions.guess_kind import guess_kind
from suivi_tui.actions.import_directory import import_entries, import_structures
from suivi_tui.actions.import_report import ImportReport
from suivi_tui.actions.records import FieldErrors, remove_record, save_record
from suivi_tui.store.base import Base
from suivi_tui.store.queries.companies import companies_page
from suivi_tui.store.queries.directory import coverages, entries, structure_rows

TODAY = date(2026, 11, 22)
REAL = Path(__file__).resolve().parents[3] / "shared/data/siae/siae_2020_extrait.csv"
SIRET, OTHER = "73282932000074", "44306184100047"
HEADER = "siret;nom;enseigne;type;naf;code_postal;ville;departement"


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return new_base(tmp_path)


def structures(base: Base, *lines: str, header: str = HEADER) -> ImportReport:
    """Import a list of structures."""
    return _import(base, "structures", header, lines)


def people(base: Base, *lines: str) -> ImportReport:
    """Import a list of people."""
    header = "nom;fonction;structure;acheteur;service;territoire;metier;telephone"
    return _import(base, "annuaire", header, lines)


def _import(base: Base, kind: str, header: str, lines: tuple[str, ...]) -> ImportReport:
    path = base.path.parent / f"{kind}.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    run = import_structures if kind == "structures" else import_entries
    return run(base, path, today=TODAY)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Created, changed, unchanged, left out."""
    assert report.error is None
    return report.created, report.changed, report.unchanged, report.left_out


def listed(base: Base) -> list[tuple[object, ...]]:
    """Every structure: SIRET, name, kind, commune, territory, trade."""
    return [(row[1], row[2], row[3], row[5], row[9], row[10])
            for row in structure_rows(base.connection)]  # fmt: skip


def test_a_structure_comes_in_under_its_usual_name_where_its_seat_is(base: Base) -> None:
    report = structures(
        base,
        f"{SIRET};ASSOC RIVAGES;Rivages propres;ACI;8130Z;62200;Boulogne-sur-Mer;62",
        ";SANS NUMERO;;EI;;;Ville inconnue;59",
    )
    assert counts(report) == (2, 0, 0, 0)
    assert listed(base) == [
        (SIRET, "Rivages propres", "ACI", "Boulogne-sur-Mer", "62160", ""),
        (None, "SANS NUMERO", "EI", "Ville inconnue", "59", ""),
    ]
    assert [warning.field for warning in report.warnings] == ["commune"]


def test_read_twice_a_list_changes_nothing(base: Base) -> None:
    lines = (f"{SIRET};A;;ACI;;59000;Lille;59", ";B;;EI;;;Lille;59", "12345678901234;C;;AI;;;;62")
    assert counts(structures(base, *lines)) == (3, 0, 0, 0)
    assert counts(structures(base, *lines)) == (0, 0, 3, 0)


def test_a_company_already_known_is_completed_never_written_over(base: Base) -> None:
    known = new_company(base, name="Rivages", siret=SIRET, kind="", commune="Calais")
    report = structures(base, f"{SIRET};ASSOC RIVAGES;;ACI;8130Z;62200;Boulogne-sur-Mer;62")
    assert counts(report) == (0, 1, 0, 0)
    assert listed(base) == [(SIRET, "Rivages", "ACI", "Calais", "62160", "")]
    assert [warning.field for warning in report.warnings] == ["commune"]
    save_record(base, "company", known, {"kind": "EI"})
    report = structures(base, f"{SIRET};ASSOC RIVAGES;;;;;;")
    assert counts(report) == (0, 0, 1, 0)
    assert listed(base)[0][2] == "EI"


def test_one_siret_may_be_that_of_two_kinds_of_structure(base: Base) -> None:
    report = structures(base, f"{SIRET};Tremplins;;ACI;;;;67", f"{SIRET};Tremplins;;AI;;;;67")
    assert counts(report) == (2, 0, 0, 0)
    assert "aussi celui d'une structure de type ACI" in report.warnings[0].message


def test_a_wrong_siret_is_told_and_kept(base: Base) -> None:
    report = structures(base, "73282932000075;Rivages;;ACI;;;;62")
    assert counts(report) == (1, 0, 0, 0)
    assert "clé de contrôle" in report.warnings[0].message
    assert listed(base)[0][0] == "73282932000075"


def test_what_cannot_be_told_apart_is_left_out(base: Base) -> None:
    new_company(base, name="Rivages", kind="ACI")
    new_company(base, name="RIVAGES", kind="ACI")
    report = structures(base, ";Rivages;;ACI;;;;62", ";Peinture;;entreprise;;;;62")
    assert counts(report) == (0, 0, 0, 2)


def test_several_territories_and_trades_come_in_and_a_removed_one_stays_away(base: Base) -> None:
    header = "siret;nom;type;territoire;metier"
    lines = (f"{SIRET};A;ACI;Nord | 62;Espaces verts", f"{SIRET};A;ACI;Sainte-Colombe;Nettoyage")
    report = structures(base, *lines, header=header)
    assert "plusieurs territoires" in report.warnings[0].message
    assert [row[4:] for row in listed(base)] == [
        ("", "nettoyage"), ("59", "espaces_verts"), ("62", "espaces_verts"),
    ]  # fmt: skip
    company = structure_company(base)
    gone = coverages(base.connection, "company", company)[1]
    remove_record(base, "coverage", gone.coverage)
    assert counts(structures(base, *lines, header=header)) == (0, 0, 2, 0)
    assert len(listed(base)) == 2


def structure_company(base: Base) -> int:
    """The id of the first structure."""
    return next(iter(structure_rows(base.connection)))[0]


def test_people_come_in_by_buyer_and_territory_once(base: Base) -> None:
    buyer = new_buyer(base, name="Ville de Valmont")
    lines = (
        "Lou Essai;facilitatrice;PLIE;;;Hauts-de-France;;03 00 00 00 01",
        "Lou Essai;facilitatrice;PLIE;;;02;;03 00 00 00 01",
        "Noé Modèle;référent;;ville de valmont;Achats;;;",
        "Lou Essai;facilitatrice;Autre maison;;;;;",
    )
    assert counts(people(base, *lines)) == (3, 1, 0, 0)
    assert counts(people(base, *lines)) == (0, 0, 4, 0)
    found = {(one.name, one.structure): one for one in entries(base.connection)}
    assert found["Noé Modèle", ""].buyer == buyer
    lou = found["Lou Essai", "PLIE"]
    assert [one.territory for one in coverages(base.connection, "directory_entry",
                                               lou.directory_entry)] == ["02", "R32"]  # fmt: skip


def test_what_a_person_typed_of_someone_is_kept(base: Base) -> None:
    add(base, "directory_entry", name="Lou Essai", kind="facilitateur", structure="PLIE",
        phone="typed")  # fmt: skip
    report = people(base, "Lou Essai;;PLIE;;;;;03 00 00 00 01")
    assert counts(report) == (0, 0, 1, 0)
    assert report.warnings[0].field == "telephone"
    assert entries(base.connection)[0].phone == "typed"


@pytest.mark.parametrize("kind", ["annuaire", "structures"])
def test_an_export_with_names_comes_back_the_same(base: Base, tmp_path: Path, kind: str) -> None:
    people(
        base,
        "Lou Essai;facilitateur;PLIE;;;59;Nettoyage;1",
        "Noé Modèle;;;Ville;=Achats;;;2",
    )
    structures(base, f"{SIRET};A;;ACI;8130Z;59000;Lille;59", f"{OTHER};'B;;EI;;;Roubaix;")
    first, again = tmp_path / "1.csv", tmp_path / "2.csv"
    export_table(base, kind, first, nominative=True)
    (tmp_path / "autre").mkdir()
    with new_base(tmp_path / "autre") as other:
        run = import_structures if kind == "structures" else import_entries
        report = run(other, first, today=TODAY)
        assert report.warnings == ()
        export_table(other, kind, again, nominative=True)
    assert again.read_bytes() == first.read_bytes()
    assert first.read_bytes().count(b"\r\n") == 3


def test_without_names_nobody_is_told(base: Base, tmp_path: Path) -> None:
    people(base, "Lou Essai;facilitateur;PLIE;;;59;;03 00 00 00 01")
    target = tmp_path / "annuaire.csv"
    export_table(base, "annuaire", target)
    text = target.read_text(encoding="utf-8-sig")
    assert "Lou Essai" not in text and "03 00" not in text
    assert "PLIE" in text


def test_the_lists_are_guessed_by_their_columns(tmp_path: Path) -> None:
    for header, kind in (
        (HEADER, "structures"),
        ("nom;fonction;acheteur;service", "annuaire"),
        ("Nom;Prénom;Juillet;Août", None),
        ("siret;nom;juillet;août", None),
    ):
        path = tmp_path / "liste.csv"
        path.write_text(f"{header}\na;b;c;d\n", encoding="utf-8")
        assert guess_kind(path) == kind, header


def test_a_territory_typed_is_one_or_is_refused(base: Base) -> None:
    entry = add(base, "directory_entry", name="Lou Essai")
    save_coverage(base, None, "directory_entry", entry, "Drôme", "")
    for typed, words in (("Paris", "Paris \\(75\\)"), ("Atlantide", "inconnu"), ("", "métier")):
        with pytest.raises(FieldErrors, match=words):
            save_coverage(base, None, "directory_entry", entry, typed, "")
    assert cover(base, "directory_entry", entry, ["26", "07"], ["batiment"]).lines > 0
    assert cover(base, "directory_entry", entry, ["26", "07"], ["batiment"]).lines == 0
    found = coverages(base.connection, "directory_entry", entry)
    assert [(one.territory, one.trade) for one in found] == [
        ("07", "batiment"), ("26", ""), ("26", "batiment"),
    ]  # fmt: skip


@pytest.mark.skipif(not REAL.exists(), reason="../shared/data is not beside the project")
def test_the_real_list_comes_in_whole_with_its_warnings_and_only_once(base: Base) -> None:
    report = import_structures(base, REAL, today=TODAY)
    assert counts(report) == (3_853, 0, 0, 0)
    keys = [one for one in report.warnings if "clé de contrôle" in one.message]
    assert len(keys) == 13
    placed = base.connection.execute("SELECT count(DISTINCT company) FROM coverage").fetchone()[0]
    assert placed == 3_853
    assert counts(import_structures(base, REAL, today=TODAY)) == (0, 0, 3_853, 0)


def test_a_list_does_not_crowd_the_companies_one_works_with(base: Base) -> None:
    typed = new_company(base, name="Tapée à la main", kind="EI")
    save_coverage(base, None, "company", typed, "59", "")
    structures(base, f"{SIRET};Venue d'une liste;;ACI;;59000;Lille;59")
    shown = companies_page(base.connection, open_data=False)
    assert [row.name for row in shown] == ["Tapée à la main"]
    assert len(companies_page(base.connection)) == 2
