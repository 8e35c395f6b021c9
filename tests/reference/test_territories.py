"""Communes, départements and regions: found by what people type, never mixed up."""

import pytest

from suivi_tui.reference import territories
from suivi_tui.reference.territories import (
    around,
    coded_territory,
    communes_beginning,
    communes_called,
    label_of_territory,
    locate,
    territories_called,
)


def test_every_commune_is_in_a_departement_and_a_region() -> None:
    known = {one.code: one for one in territories._communes().by_code.values()}
    assert len(known) == 34_969
    for code in known:
        parts = around(code)
        assert len(parts) == 3, code
        assert all(territories.territory(part) for part in parts)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Lille", {"59350"}),
        ("LILLE CEDEX 9", {"59350"}),
        ("59100 Roubaix", {"59512"}),
        ("59350 Lille", {"59350"}),
        ("59350 Saint-André-lez-Lille", {"59527"}),
        ("st etienne du gres", {"13094"}),
        ("Paris 18e arrondissement", {"75056"}),
        ("75118", {"75056"}),
        ("2A004", {"2A004"}),
        ("L'Abergement de Varey", {"01002"}),
        # Merged since: the commune of today.
        ("Arbignieu", {"01015"}),
        # The postcode of one, the INSEE code of another.
        ("59350", {"59350", "59527"}),
        ("97411", {"97411", "97415"}),
        ("Nulle-Part", set()),
        ("", set()),
    ],
)
def test_a_commune_is_found_by_name_postcode_or_code(typed: str, codes: set[str]) -> None:
    assert {one.code for one in communes_called(typed)} == codes


def test_homonyms_are_all_found_and_a_postcode_tells_them_apart() -> None:
    assert len(communes_called("Sainte-Colombe")) == 12
    assert [one.code for one in communes_called("05700 Sainte-Colombe")] == ["05135"]
    assert locate("Sainte-Colombe") is None
    found = locate("Sainte-Colombe", "05700")
    assert found is not None and found.code == "05135"


def test_a_place_that_contradicts_itself_is_not_guessed() -> None:
    assert locate("Mulhouse", "62223", "62") is None
    assert locate("Ajaccio", "20000") is not None


def test_letters_propose_the_shortest_names_first() -> None:
    assert communes_beginning("roub")[0].name == "Roubia"
    assert communes_beginning("   ") == ()


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("59", ("59",)),
        ("1", ("01",)),
        ("Nord", ("59",)),
        ("Île-de-France", ("R11",)),
        ("11", ("11",)),
        ("R11", ("R11",)),
        ("Paris", ("75", "75056")),
        ("Paris (75)", ("75056",)),
        ("Paris (département)", ("75",)),
        ("La Réunion (région)", ("R04",)),
        ("2a", ("2A",)),
        ("Atlantide", ()),
        ("0", ()),
        ("²", ()),
        ("59 Atlantide", ()),
    ],
)
def test_a_territory_is_found_by_name_or_code(typed: str, codes: tuple[str, ...]) -> None:
    assert tuple(one.code for one in territories_called(typed)) == codes


def test_a_territory_in_a_file_is_that_one_alone() -> None:
    for code in (
        "59350",
        "59527",
        "59",
        "R32",
        "974",
        "R04",
        "97411",
        "2A004",
        "2A",
        "75",
        "75056",
    ):
        assert [one.code for one in territories_called(coded_territory(code))] == [code]


def test_the_label_of_a_territory_names_it_alone() -> None:
    for code in ("59350", "59", "R32", "974", "R04", "97411", "2A004"):
        assert [one.code for one in territories_called(label_of_territory(code))] == [code]
    assert label_of_territory("999") == "999"
