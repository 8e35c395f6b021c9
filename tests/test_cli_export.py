"""``exporter``: the list, what describes a table, the scope, what stops an export."""

import json
from pathlib import Path

import pytest

from builders import (
    new_base,
    new_buyer,
    new_contract,
    new_hours,
    new_operation,
    new_person,
    new_placement,
)
from suivi_tui.cli import main

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


@pytest.fixture
def base(tmp_path: Path) -> str:
    with new_base(tmp_path) as made:
        town = new_buyer(made)
        new_contract(made, number="2026-02", buyer=new_buyer(made, name="Vère Habitat"))
        operation = new_operation(made, town, "Tilleuls", programme="npnru")
        market = new_contract(made, buyer=town, operation=operation)
        place = new_placement(made, market, new_person(made, reference="P1"))
        new_hours(made, place, 202603, 100_00, comment="En arrêt maladie")
        return str(made.path)


def test_the_list_ends_with_what_is_only_prepared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exporter", "--liste", "--json"]) == DONE
    listed = json.loads(capsys.readouterr().out)
    names = [item["nom"] for item in listed]
    assert names[:4] == ["marches", "participants", "heures", "synthese"]
    assert {"consolidation", "anru", "observatoire", "spaser", "parcours", "donnees"} < set(names)
    assert names[-1] == "fse" and all(item["contenu"] for item in listed)
    assert main(["exporter", "--liste"]) == DONE
    assert "format d'import d'un autre outil" in capsys.readouterr().err


def test_what_describes_a_table(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exporter", "anru", "--dictionnaire"]) == DONE
    assert capsys.readouterr().out.startswith("# Renouvellement urbain")
    types = []
    for option in ([], ["--nominatif"]):
        assert main(["exporter", "participants", "--schema", *option]) == DONE
        fields = json.loads(capsys.readouterr().out)["fields"]
        types.append(next(field["type"] for field in fields if field["name"] == "naissance"))
    assert types == ["year", "date"]
    assert main(["exporter", "donnees", "--schema", "--base", base]) == DONE
    assert json.loads(capsys.readouterr().out)["resources"]
    assert main(["exporter", "donnees", "--dictionnaire", "--base", base]) == DONE
    assert "## Relations" in capsys.readouterr().out


def test_sensitive_texts_stop_an_export_with_names(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "heures.csv"
    words = ["exporter", "heures", "--base", base, "--vers", str(target), "--nominatif"]
    assert main(words) == REFUSED
    said = capsys.readouterr().err
    assert "santé\u00a0: 1\u00a0texte" in said and "--meme-si-sensible" in said
    assert "maladie" not in said and not target.exists()
    assert main([*words, "--meme-si-sensible"]) == DONE
    assert "maladie" in target.read_text("utf-8-sig")
    assert "maladie" not in capsys.readouterr().err
    without = tmp_path / "sans.csv"
    assert main(["exporter", "heures", "--base", base, "--vers", str(without)]) == DONE
    assert "maladie" not in without.read_text("utf-8-sig")


def test_the_scope_is_that_of_the_evaluation(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    scope = ["--programme", "NPNRU", "--acheteur", "ville de valmont", "--du", "2026-01"]
    assert main(["exporter", "consolidation", "--base", base, *scope, "--sans-masque"]) == DONE
    out = capsys.readouterr().out
    assert "Acheteur\u00a0: Ville de Valmont ; Programme\u00a0: NPNRU" in out
    assert "Ensemble;Participants;;1;" in out
    assert main(["exporter", "consolidation", "--base", base, *scope]) == DONE
    assert "Ensemble;Participants;;;" in capsys.readouterr().out
    assert main(["exporter", "anru", "--base", base, "--operation", "Inconnue"]) == REFUSED
    assert "Inconnue" in capsys.readouterr().err
    assert main(["exporter", "marches", "--base", base, "--du", "2026-01"]) == DONE
    assert "n'y changent rien" in capsys.readouterr().err


def test_everything_goes_into_a_new_folder(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["exporter", "donnees", "--base", base]) == WRONG_USAGE
    folder = tmp_path / "donnees"
    words = ["exporter", "donnees", "--base", base, "--vers", str(folder)]
    assert main(words) == DONE
    assert {"contract.csv", "relations.md", "datapackage.json"} < {
        file.name for file in folder.iterdir()
    }
    assert main(words) == REFUSED
    assert "s'y trouve déjà" in capsys.readouterr().err
    assert not list(tmp_path.glob(".suivi-*"))
