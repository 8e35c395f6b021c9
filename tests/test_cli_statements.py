"""``importer heures`` with what senders send, as a script or a person at a prompt meets it."""

import json
from pathlib import Path
from typing import Any

import pytest

from builders import new_statement
from import_samples import rows
from statement_samples.writers import Page, write_xlsx
from statement_world import OCTOBER, Small, filled
from suivi_tui.cli import DONE, REFUSED, main
from suivi_tui.store.base import open_base

HEAD = ["Nom", "Prénom", "N° marché", "Lot", "Heures"]
LINES = [
    ["EXEMPLE", "Camille", "VX-44", 1, 151.67],
    ["MODELE", "Alix", "VX-44", 2, "35h30"],
    ["Patrons", "Noa", "VX-44", 2, 12],
]


@pytest.fixture
def small(tmp_path: Path) -> tuple[str, Small]:
    base, small = filled(tmp_path)
    new_statement(base, small.plumbing, small.etti, OCTOBER, "verrouille")
    base.close()
    return str(base.path), small


def statement(folder: Path, *title: str) -> str:
    sheet = Page("Relevé", [*([text] for text in title), [], HEAD, *LINES])
    return str(write_xlsx(folder / "relevé.xlsx", sheet))


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["importer", "heures", *words, "--json"]) == DONE
    ((report,),) = (json.loads(capsys.readouterr().out),)
    return report


def test_what_is_sure_comes_in_and_the_rest_is_told(
    small: tuple[str, Small], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base, world = small
    file = statement(tmp_path, "Intérim Plus", "Heures d'octobre 2026")
    trial = asked(capsys, file, "--base", base, "--essai")
    report = asked(capsys, file, "--base", base)
    assert report == trial
    counts = {name: report[name] for name in ("lus", "crees", "modifies", "inchanges", "ecartes")}
    assert counts == {"lus": 3, "crees": 1, "modifies": 0, "inchanges": 0, "ecartes": 2}
    assert (report["expediteur"], report["douteux"]) == ("Intérim Plus", 1)
    (question,) = report["questions"]
    assert "Patrons Noa" in question
    told = [remark["message"] for remark in report["avertissements"]]
    assert "verrouillé" in told[0]
    assert told[1].endswith("ouvrez l'application pour répondre")
    with open_base(Path(base)) as opened:
        assert rows(opened, "SELECT declared, sender FROM hour_entry, source_file") == [
            (151_67, world.etti)
        ]
    assert asked(capsys, file, "--base", base)["inchanges"] == 1
    assert main(["importer", "heures", file, "--base", base]) == DONE
    shown = capsys.readouterr().out.replace("\u00a0", " ")
    assert "1 ligne douteuse : ouvrez l'application pour répondre" in shown
    assert "Expéditeur : Intérim Plus" in shown


def test_the_sender_and_the_month_may_be_said(
    small: tuple[str, Small], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base, _ = small
    file = statement(tmp_path, "Heures d'insertion")
    assert asked(capsys, file, "--base", base)["crees"] == 0
    words = (file, "--base", base, "--mois", "2026-09", "--expediteur")
    assert main(["importer", "heures", *words, "Intérim"]) == REFUSED
    assert "Serait-ce « Intérim Plus »" in capsys.readouterr().err.replace("\u00a0", " ")
    report = asked(capsys, *words, "732 829 320 00074")
    assert (report["expediteur"], report["crees"]) == ("Intérim Plus", 2)
    with open_base(Path(base)) as opened:
        assert rows(opened, "SELECT DISTINCT month FROM hour_entry") == [(202609,)]


def test_an_unreadable_workbook_is_refused_alone(
    small: tuple[str, Small], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base, _ = small
    bad = tmp_path / "faux.xlsx"
    bad.write_bytes(b"PK\x03\x04 rien")
    good = statement(tmp_path, "Intérim Plus", "octobre 2026")
    words = ["importer", "heures", str(bad), good, "--base", base, "--json"]
    assert main(words) == REFUSED
    refused, report = json.loads(capsys.readouterr().out)
    assert refused["erreur"]
    assert report["crees"] == 1


def test_an_altered_proof_is_flagged_by_the_verification(
    small: tuple[str, Small], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base, _ = small
    file = statement(tmp_path, "Intérim Plus", "octobre 2026")
    asked(capsys, file, "--base", base)
    Path(file).write_bytes(b"autre chose")
    assert main(["verifier", "--base", base, "--json"]) == DONE
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["ok"]
    (found,) = [remark for remark in verdict["constats"] if remark["controle"] == "pieces"]
    assert (found["gravite"], found["nombre"]) == ("alerte", 1)
