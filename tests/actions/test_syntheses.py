"""The tables that are sent: read by others as they say, masked, and agreeing with each other."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from frictionless import Dialect as TableDialect
from frictionless import Package, Schema, formats, system
from frictionless.resources import TableResource

from builders import (
    add,
    new_base,
    new_buyer,
    new_company,
    new_contract,
    new_eligibility,
    new_hours,
    new_operation,
    new_person,
    new_placement,
)
from suivi_tui.actions.export import (
    EXPORTS,
    SynthesisScope,
    asked_of,
    export_dictionary,
    export_schema,
    export_table,
)
from suivi_tui.actions.export_everything import export_everything
from suivi_tui.actions.importing import import_file
from suivi_tui.actions.syntheses import synthesis_rows
from suivi_tui.actions.undoing import NothingToUndo, undo_batch, undo_last
from suivi_tui.exchange.csv_out import CHUNK, Dialect, write_table
from suivi_tui.exchange.syntheses.catalogue import CATALOGUE
from suivi_tui.exchange.whole_file import NotWritten
from suivi_tui.readings.evaluation import evaluate
from suivi_tui.readings.filters import Filters
from suivi_tui.store.base import Base, open_base
from suivi_tui.vocabulary.typography import french

# The library raises the limit of the standard reader for the whole process.
csv.field_size_limit(131_072)

TODAY = date(2026, 6, 30)
SCOPE = SynthesisScope(today=TODAY)
FIGURES = ("synthese", "consolidation", "observatoire", "rapport_acheteur")
MONTHS = (202602, 202603, 202604)


def populate(base: Base) -> None:
    """Two programmes and two other operations, thirty people with all kinds of data missing."""
    town = new_buyer(base, name="Ville de Valmont", territory="Val d'Orme")
    landlord = new_buyer(base, name="Vère Habitat", kind="bailleur_social")
    operations = [
        new_operation(base, landlord, "Tilleuls", programme="npnru"),
        new_operation(base, landlord, "Acacias", programme="npnru"),
        new_operation(base, town, "Parc", programme="gup"),
        new_operation(base, town, "Accueil", programme="fse"),
    ]
    agency = new_company(base, name="Intérim du Val", kind="ETTI")
    markets = [
        new_contract(
            base,
            number=f"2026-{place}",
            buyer=landlord if place < 2 else town,
            operation=operation,
            notified_on="2026-01-10",
            amount_cents=(place + 1) * 200_000_00 if place < 3 else None,
        )
        for place, operation in enumerate(operations)
    ]
    for rank in range(30):
        person = new_person(
            base,
            reference=f"P{rank}",
            last=f"Nom{rank}",
            sex="F" if rank % 4 == 0 else "H",
            birth=f"{1965 + rank}-05-17" if rank % 9 else None,
            education=("", "bac", "cap_bep")[rank % 3],
            prescriber="spip" if rank == 7 else "france_travail",
            situation="deld",
            postcode="99100",
        )
        new_eligibility(base, person, "RQTH" if rank % 10 == 3 else "RSA")
        ends = "2026-05-31" if rank % 3 == 0 else "2026-12-31"
        place = new_placement(
            base,
            markets[rank % 7 % 4],
            person,
            employer=agency if rank % 5 == 0 else None,
            type="mission_insertion" if rank % 5 == 0 else "cdd",
            structure_kind="ETTI" if rank % 5 == 0 else "entreprise",
            mode="mise_a_disposition" if rank % 5 == 0 else "direct",
            qpv="oui" if rank % 2 else "non",
            education="",
            contract_end=ends,
        )
        for month in MONTHS:
            new_hours(base, place, month, 100_00 + rank, 90_00 if rank % 6 else None)
        if ends < "2026-06":
            situation = "cdi" if rank % 2 else ""
            add(base, "outcome", participant=person, path=place.work_contract, point="sortie",
                asked_on="2026-06-01", answered_on="2026-06-05" if situation else None,
                situation=situation)  # fmt: skip


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("syntheses")
    with new_base(folder) as base:
        populate(base)
        return base.path


@pytest.fixture
def base(master: Path, tmp_path: Path) -> Iterator[Base]:
    copy = tmp_path / "suivi.db"
    shutil.copyfile(master, copy)
    with open_base(copy) as opened:
        yield opened


def written(
    base: Base, name: str, *, nominative: bool = False, scope: SynthesisScope = SCOPE
) -> list[dict[str, str]]:
    file = io.BytesIO()
    export_table(base, name, file, nominative=nominative, scope=scope)
    text = file.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def faults(path: Path, schema: str, dialect: Dialect) -> list[Any]:
    """What frictionless finds wrong with a file held against a schema."""
    with system.use_context(trusted=True):
        resource = TableResource(
            path=str(path),
            encoding="utf-8-sig" if dialect.byte_order_mark else "utf-8",
            dialect=TableDialect(controls=[formats.CsvControl(delimiter=dialect.delimiter)]),
            schema=Schema.from_descriptor(json.loads(schema)),
        )
        return resource.validate().flatten(["rowNumber", "fieldName", "note"])


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize("nominative", [False, True], ids=["anonymous", "named"])
def test_each_table_is_what_its_schema_says(
    base: Base, tmp_path: Path, nominative: bool, dialect: Dialect
) -> None:
    for name in EXPORTS:
        path = tmp_path / f"{name}.csv"
        export_table(base, name, path, dialect, nominative, SCOPE)
        schema = export_schema(name, dialect, nominative)
        assert faults(path, schema, dialect) == [], name


def test_the_whole_base_is_a_data_package(base: Base, tmp_path: Path) -> None:
    for dialect in Dialect:
        folder = tmp_path / dialect.value
        export_everything(base, folder, dialect)
        with system.use_context(trusted=True):
            report = Package(str(folder / "datapackage.json")).validate()
        assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:5]
        people = (folder / "participant.csv").read_text("utf-8-sig")
        assert "Nom3" not in people and "1968-05-17" not in people and "1968" in people
        criteria = (folder / "eligibility.csv").read_text("utf-8-sig")
        assert "RQTH" not in criteria and "Autre public validé" in criteria
        assert "| `placement` | `obligation` | `obligation` |" in (
            folder / "relations.md"
        ).read_text("utf-8")
    named = tmp_path / "noms"
    export_everything(base, named, nominative=True)
    assert "Nom3" in (named / "participant.csv").read_text("utf-8-sig")
    assert "SPIP" not in (named / "participant.csv").read_text("utf-8-sig")
    assert "RQTH" not in (named / "eligibility.csv").read_text("utf-8-sig")
    with pytest.raises(NotWritten, match="s'y trouve déjà"):
        export_everything(base, named)


def test_sums_agree_whatever_the_synthesis(base: Base) -> None:
    found = evaluate(base.connection, today=TODAY)
    hours, people = set(), set()
    for name in FIGURES:
        lines = written(base, name)
        heading = {line["rubrique"]: line for line in lines if line["partie"] == "Ensemble"}
        people.add(heading["Participants"]["participants"])
        hours.add(heading["Heures validées"]["validees"] or heading["Heures validées"]["heures"])
    listed = written(base, "heures", nominative=True)
    assert len({line["participant"] for line in listed}) == found.participants
    cells = [line["validees"].replace(",", "") or "0" for line in listed]
    assert sum(map(int, cells)) == found.hours.validated
    assert people == {str(found.participants)}
    assert {int(text.replace(",", "")) for text in hours} == {found.hours.validated}
    full = written(base, "consolidation", scope=SCOPE._replace(masked=False))
    for title in ("Sexe", "Âge à l'embauche", "Type d'acheteur", "Résidence en QPV à l'embauche"):
        rows = [line for line in full if line["rubrique"] == title and line["validees"]]
        assert sum(int(line["validees"].replace(",", "")) for line in rows) == (
            found.hours.validated
        )


def test_urban_renewal_by_operation(base: Base) -> None:
    lines = written(base, "anru", scope=SCOPE._replace(masked=False))
    programmes = {line["programme"] for line in lines}
    assert programmes == {"NPNRU", "GUP"}
    done = {
        line["operation"]: int(line["validees"].replace(",", ""))
        for line in lines
        if line["rubrique"] == "Heures réalisées" and line["programme"] == "NPNRU"
    }
    assert done[""] == done["Tilleuls"] + done["Acacias"] > 0
    assert {line["nombre"] for line in lines if line["partie"] == "Repère"} == {"5,00", "10,00"}


@pytest.mark.parametrize("name", [name for name, export in CATALOGUE.items() if export.public])
def test_public_tables_never_show_a_handful_of_people(base: Base, name: str) -> None:
    lines = written(base, name)
    shown = [line["participants"] for line in lines if line.get("participants")]
    assert not [count for count in shown if 0 < int(count) < 5]
    for line in lines:
        if line.get("masque") == "oui":
            figures = ("participants", "contrats", "heures", "validees", "nombre")
            assert not any(line.get(figure) for figure in figures), line


def test_what_is_masked_is_never_a_row_alone(base: Base) -> None:
    """The attack of whoever takes the rows shown from the total: no count under 5 comes out."""
    for name in FIGURES:
        lines = written(base, name)
        whole = written(base, name, scope=SCOPE._replace(masked=False))
        true = {
            (line["rubrique"], line["valeur"]): int(line["participants"])
            for line in whole
            if line["partie"] == "Répartition"
        }
        rows: dict[str, list[dict[str, str]]] = {}
        for line in lines:
            if line["partie"] == "Répartition" and line["valeur"] != "Répartition masquée":
                rows.setdefault(line["rubrique"], []).append(line)
        for title, listed in rows.items():
            hidden = [line for line in listed if line["masque"] == "oui"]
            counts = [true[title, line["valeur"]] for line in hidden]
            if hidden:
                assert len(hidden) > 1, (name, title)
                assert sum(counts) - (len(counts) - 1) >= 5, (name, title)


def test_every_line_says_where_it_comes_from(base: Base) -> None:
    scope = SynthesisScope(
        today=TODAY, filters=Filters(first=202602, last=202603, programme="npnru")
    )
    for name in ("consolidation", "synthese", "anru", "fse"):
        for line in written(base, name, scope=scope):
            assert (line["du"], line["au"], line["etabli_le"]) == (
                "2026-02",
                "2026-03",
                "2026-06-30",
            )
            assert "NPNRU" in line["perimetre"] and "Maison de l'emploi" in line["base"]
            assert line["regles"]


def test_only_people_of_funded_operations_are_prepared_for_fse(base: Base) -> None:
    lines = written(base, "fse", nominative=True)
    assert lines and {line["operation"] for line in lines} == {"Accueil"}
    assert "Travailleur handicapé (RQTH)" not in {line["critere"] for line in lines}
    incomplete = next(line for line in lines if not line["niveau_formation"])
    assert "niveau de formation" in incomplete["a_completer"]


def test_outcomes_come_back(base: Base, tmp_path: Path) -> None:
    path = tmp_path / "parcours.csv"
    count = export_table(base, "parcours", path, scope=SCOPE)
    assert path.read_text("utf-8-sig").startswith("participant;date;point;situation\n")
    same = import_file(base, "parcours", path, TODAY, False, None)
    assert (same.read, same.unchanged) == (count, count)
    with new_base(tmp_path, "autre.db") as other:
        for name in ("marches", "participants", "heures"):
            file = tmp_path / f"{name}.csv"
            export_table(base, name, file, nominative=True, scope=SCOPE)
            assert import_file(other, name, file, TODAY, False, None).left_out == 0
        report = import_file(other, "parcours", path, TODAY, False, None)
        assert (report.created, report.left_out) == (count, 0)
        back = written(other, "parcours")
        assert sorted(map(tuple, map(dict.values, back))) == sorted(
            map(tuple, map(dict.values, written(base, "parcours")))
        )
        unknown = tmp_path / "inconnu.csv"
        unknown.write_text("participant;date;point;situation\nX9;;sortie;cdi\n", "utf-8")
        assert import_file(other, "parcours", unknown, TODAY, False, None).left_out == 1


def test_each_export_leaves_a_line_that_stays(base: Base) -> None:
    buyer = new_buyer(base, name="Syndicat du Val")
    written(base, "consolidation", scope=SCOPE._replace(masked=False))
    batch, kind, label = base.connection.execute(
        "SELECT id, kind, label FROM batch ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert kind == "export"
    assert "consolidation" in label and "sans les noms, sans masque" in label
    what, lines, names = base.connection.execute(
        "SELECT what, how_many, nominative FROM export_log ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert (what, names) == ("consolidation", 0) and lines > 50
    with pytest.raises(NothingToUndo, match="sorti de la base"):
        undo_batch(base, batch)
    assert "Essai : buyer" in undo_last(base)
    gone = base.connection.execute("SELECT removed FROM buyer WHERE id = ?", (buyer,)).fetchone()
    kept = base.connection.execute("SELECT count(*) FROM export_log WHERE removed = 0").fetchone()
    assert (gone[0], kept[0]) == (1, 1)


def test_a_base_that_cannot_be_written_exports_all_the_same(base: Base, tmp_path: Path) -> None:
    path = base.path
    base.close()
    with open_base(path, read_only=True) as closed:
        before = closed.connection.execute("SELECT count(*) FROM journal").fetchone()
        assert export_table(closed, "anru", tmp_path / "a.csv", scope=SCOPE) > 10
        assert closed.connection.execute("SELECT count(*) FROM journal").fetchone() == before


def test_rows_are_taken_as_they_are_written(base: Base) -> None:
    """Few rows wait between two writes: memory does not grow with the base."""
    taken, number = 0, CHUNK * 30
    seen: list[int] = []

    class Watching(io.BytesIO):
        def write(self, content: Any) -> int:
            seen.append(taken)
            return super().write(content)

    def rows() -> Iterator[tuple[str, str, str, str]]:
        nonlocal taken
        for _ in range(number):
            taken += 1
            yield "P1", "2026-06-05", "sortie", "cdi"

    assert write_table(CATALOGUE["parcours"].columns, rows(), Watching()) == number
    assert max(later - earlier for earlier, later in pairwise(seen)) <= 3 * CHUNK
    asked = asked_of(base.connection, "parcours", SCOPE)
    lazy = synthesis_rows(base.connection, "parcours", asked)
    assert iter(lazy) is lazy and len(next(lazy)) == 4


@pytest.mark.parametrize("name", EXPORTS)
def test_each_table_has_its_dictionary(name: str) -> None:
    page = export_dictionary(name)
    assert page.startswith(french(f"# {EXPORTS[name]}"))
    for column in CATALOGUE[name].columns:
        assert f"| `{column.name}` |" in page
    assert "format d'import d'un autre outil" in page


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_a_spreadsheet_reads_the_figures_as_numbers(base: Base, tmp_path: Path) -> None:
    path = tmp_path / "heures.csv"
    export_table(base, "heures", path, nominative=True, scope=SCOPE)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profil",
         "--infilter=CSV:59,34,76,1,,1036", "--convert-to", "fods", "--outdir", str(tmp_path),
         str(path)],
        check=True, capture_output=True, timeout=90,
    )  # fmt: skip
    sheet = path.with_suffix(".fods").read_text("utf-8")
    assert 'office:value-type="float"' in sheet and 'office:value="100.' in sheet
