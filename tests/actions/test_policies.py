"""Commitments kept through forms, taken again, exported; the yearly report that leaves the base."""

import csv
import zipfile
from datetime import date
from pathlib import Path

import pytest

from builders import (
    add,
    new_base,
    new_buyer,
    new_contract,
    new_hours,
    new_person,
    new_placement,
)
from suivi_tui.actions.export import export_schema, export_table
from suivi_tui.actions.export_view import AlreadyThere
from suivi_tui.actions.policies import renew_targets, save_target, write_report
from suivi_tui.actions.records import FieldErrors, remove_record
from suivi_tui.store.base import Base
from suivi_tui.store.queries.policies import targets_of

TODAY = date(2026, 11, 22)


class Engaged:
    """A buyer with a SPASER and three commitments for 2026, one person with hours."""

    def __init__(self, folder: Path) -> None:
        base: Base = new_base(folder)
        self.base = base
        self.buyer = new_buyer(base, name="Ville | *Valmont*")
        self.policy = add(base, "policy", buyer=self.buyer, kind="spaser", name="SPASER 2024-2026")
        market = new_contract(base, buyer=self.buyer, notified_on="2026-01-01")
        person = new_person(base, last="Canari", first="Jeanne")
        new_hours(base, new_placement(base, market, person), 202603, 100_00, validated=100_00)
        given = {"buyer": self.buyer, "year": 2026, "policy": self.policy}
        self.share = save_target(base, None, {**given, "indicator": "part_sociale",
                                              "target": 30_00}).row  # fmt: skip
        save_target(base, None, {**given, "indicator": "participants", "target": 4_00})
        save_target(base, None, {**given, "indicator": "autre", "commitment": "Agents formés",
                                 "unit": "agents", "target": 10_00, "typed": 7_50})  # fmt: skip
        add(base, "evidence", policy_target=self.share, label="Délibération", link="2026-12")


@pytest.fixture
def engaged(tmp_path: Path) -> Engaged:
    return Engaged(tmp_path)


def test_an_indicator_that_the_base_computes_has_its_own_unit(engaged: Engaged) -> None:
    rows = targets_of(engaged.base.connection, engaged.buyer, 2026)
    assert [row.unit for row in rows] == ["%", "personnes", "agents"]
    with pytest.raises(FieldErrors, match="engagement"):
        save_target(engaged.base, None, {"buyer": engaged.buyer, "year": 2026,
                                         "indicator": "autre"})  # fmt: skip


def test_commitments_are_taken_again_without_what_was_achieved(engaged: Engaged) -> None:
    assert renew_targets(engaged.base, engaged.buyer, 2027).lines > 0
    rows = targets_of(engaged.base.connection, engaged.buyer, 2027)
    assert [(row.indicator, row.target, row.typed) for row in rows] == [
        ("part_sociale", 30_00, None),
        ("participants", 4_00, None),
        ("autre", 10_00, None),
    ]
    assert renew_targets(engaged.base, engaged.buyer, 2027).lines == 0


def test_a_text_goes_away_with_its_commitments_and_their_evidence(engaged: Engaged) -> None:
    remove_record(engaged.base, "policy", engaged.policy)
    assert targets_of(engaged.base.connection, engaged.buyer, 2026) == []
    left = engaged.base.connection.execute("SELECT count(*) FROM evidence WHERE removed = 0")
    assert left.fetchone()[0] == 0


def test_the_report_names_nobody_and_masks_few_people(engaged: Engaged, tmp_path: Path) -> None:
    target = tmp_path / "bilan.md"
    write_report(engaged.base, engaged.buyer, 2026, target, TODAY)
    text = target.read_text(encoding="utf-8")
    assert "Canari" not in text
    # Texts of the base are text: no column, no emphasis comes from them.
    assert "Ville \\| \\*Valmont\\*" in text
    lines = {line.split(" | ")[1]: line for line in text.splitlines() if line.startswith("| ")}
    assert "masqué" in lines["Personnes en insertion"]
    assert "100\u00a0%" in lines["Part des marchés avec considération sociale"]
    assert "Délibération 2026-12" in lines["Part des marchés avec considération sociale"]
    assert "7,50\u00a0agents" in lines["Autre indicateur, saisi à la main"]
    with pytest.raises(AlreadyThere):
        write_report(engaged.base, engaged.buyer, 2026, target, TODAY)


def test_the_report_is_a_word_file_too(engaged: Engaged, tmp_path: Path) -> None:
    target = write_report(engaged.base, engaged.buyer, 2026, tmp_path / "bilan", TODAY)
    assert target.name == "bilan.docx"
    body = zipfile.ZipFile(target).read("word/document.xml").decode("utf-8")
    assert "Ville | *Valmont*" in body
    assert "SPASER 2024-2026" in body
    assert "Canari" not in body


def test_the_commitments_are_exported_with_what_is_computed_and_typed(
    engaged: Engaged, tmp_path: Path
) -> None:
    target = tmp_path / "politiques.csv"
    assert export_table(engaged.base, "politiques", target) == 3
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    share, people, other = rows
    assert (share["cible"], share["calcule"], share["ecart"], share["atteint"]) == (
        "30,00", "100,00", "70,00", "oui",
    )  # fmt: skip
    assert (people["calcule"], people["ecart"], people["masque"]) == ("", "", "oui")
    assert (other["calcule"], other["saisi"], other["atteint"]) == ("", "7,50", "non")
    assert '"calcule"' in export_schema("politiques")
