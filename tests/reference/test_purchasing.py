"""The reference of purchases: families found by CPV, articles and grounds that are all there."""

import csv
from pathlib import Path

import pytest

from suivi_tui.reference.purchasing import (
    Limit,
    articles,
    cpv_families,
    family_of,
    grounds,
    purchasing_reference,
)
from suivi_tui.rules.recommendation import ARTICLES
from suivi_tui.vocabulary.choices import Recommendation, RefusalGround, Sector

CPV = Path(__file__).parents[2].parent / "shared" / "data" / "ref" / "cpv_2008_fr.csv"


@pytest.mark.parametrize(
    ("cpv", "family"),
    [
        ("90911200", "nettoyage"),
        ("45452000", "nettoyage"),
        ("45442100", "peinture"),
        ("45261420", "etancheite"),
        ("45261100", "charpente"),
        ("45261000", "couverture"),
        ("45210000", "batiment"),
        ("45112700", "espaces_verts_creation"),
        ("45112500", "vrd"),
        ("77310000", "espaces_verts"),
        ("79710000", "gardiennage"),
        ("79800000", "impression"),
        ("79111000", "intellectuelles"),
        ("39130000", "mobilier"),
        ("39220000", "fournitures"),
        ("", None),
        ("99999999", None),
    ],
)
def test_the_family_of_a_code_is_that_of_its_longest_prefix(cpv: str, family: str | None) -> None:
    found = family_of(cpv)
    assert (found.key if found else None) == family


def test_families_name_known_shares_and_sectors() -> None:
    shares = purchasing_reference().shares
    for family in cpv_families():
        assert family.sector in {sector.value for sector in Sector}
        assert not family.share or family.share in shares
        assert family.prefixes


@pytest.mark.skipif(not CPV.exists(), reason="the official list is not beside the project")
def test_every_prefix_is_one_of_the_official_list() -> None:
    with CPV.open(encoding="utf-8-sig") as file:
        known = {row["code"] for row in csv.DictReader(file, delimiter=";")}
    for family in cpv_families():
        assert all(prefix.ljust(8, "0") in known for prefix in family.prefixes), family.key


def test_every_form_has_its_articles_and_every_ground_its_text() -> None:
    assert set(ARTICLES) == set(Recommendation)
    assert {number for cited in ARTICLES.values() for number in cited} <= set(articles())
    assert set(grounds()) == {ground.value for ground in RefusalGround}
    assert all(each.text for code, each in grounds().items() if code != "autre")


def test_a_local_file_changes_a_limit(tmp_path: Path) -> None:
    local = tmp_path / "reference.toml"
    local.write_text("[achats.interet]\nmontant = 40000\n", encoding="utf-8")
    assert purchasing_reference(local).money(Limit.AMOUNT) == 40_000_00
    assert purchasing_reference().money(Limit.AMOUNT) == 90_000_00
