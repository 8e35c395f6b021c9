"""Who covers this commune: by the commune, its département, its region; and filtered lists."""

from pathlib import Path

import pytest

from builders import add, new_base, new_buyer, new_company
from suivi_tui.readings.directory import narrowed_to, who_covers
from suivi_tui.reference.territories import Commune, commune, territories_called
from suivi_tui.store.base import Base
from suivi_tui.store.queries.directory import (
    Narrowing,
    count_directory,
    directory_page,
)
from suivi_tui.store.queries.paging import Page

LILLE, ROUBAIX, ARRAS = "59350", "59512", "62041"


@pytest.fixture
def base(tmp_path: Path) -> Base:
    made = new_base(tmp_path)
    for name, territory, trade in (
        ("Commune", LILLE, ""),
        ("Département", "59", "nettoyage"),
        ("Région", "R32", ""),
        ("Aude", "11", ""),
        ("Île-de-France", "R11", ""),
        ("Ailleurs", ROUBAIX, ""),
    ):
        row = add(made, "directory_entry", name=name, kind="facilitateur")
        add(made, "coverage", entry=row, territory=territory, trade=trade)
    for name, territory, trade in (
        ("Atelier lillois", LILLE, "espaces_verts"),
        ("Atelier roubaisien", ROUBAIX, "nettoyage"),
        ("Atelier arrageois", ARRAS, ""),
    ):
        row = new_company(made, name=name, kind="ACI", commune=name)
        add(made, "coverage", company=row, territory=territory, trade=trade)
    new_company(made, name="Sans territoire", kind="EI", commune="lille")
    new_company(made, name="Entreprise", commune="Lille")
    return made


def test_a_commune_is_covered_by_itself_its_departement_and_its_region(base: Base) -> None:
    found = who_covers(base.connection, known(LILLE))
    assert [cover.row.name for cover in found.people] == ["Commune", "Département", "Région"]
    assert [[area.label for area in cover.by] for cover in found.people] == [
        ["Lille (59)"], ["Nord (département)"], ["Hauts-de-France (région)"],
    ]  # fmt: skip
    assert {cover.row.name for cover in found.structures} == {"Atelier lillois", "Sans territoire"}
    assert [cover.row.name for cover in found.nearby] == ["Atelier roubaisien"]


def test_the_same_number_is_a_departement_or_a_region_never_both(base: Base) -> None:
    carcassonne, paris = known("11069"), known("75056")
    assert [one.row.name for one in who_covers(base.connection, carcassonne).people] == ["Aude"]
    assert [one.row.name for one in who_covers(base.connection, paris).people] == ["Île-de-France"]


def test_a_trade_leaves_out_those_who_say_another(base: Base) -> None:
    found = who_covers(base.connection, known(LILLE), "nettoyage")
    assert [cover.row.name for cover in found.people] == ["Commune", "Département", "Région"]
    assert [cover.row.name for cover in found.structures] == ["Sans territoire"]
    green = who_covers(base.connection, known(LILLE), "espaces_verts")
    assert [cover.row.name for cover in green.people] == ["Commune", "Région"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Lille", ["Atelier lillois", "Commune", "Département", "Région"]),
        ("Nord", ["Ailleurs", "Atelier lillois", "Atelier roubaisien", "Commune", "Département",
                  "Région"]),
        ("Hauts-de-France", ["Ailleurs", "Atelier arrageois", "Atelier lillois",
                             "Atelier roubaisien", "Commune", "Département", "Région"]),
        ("Aude", ["Aude"]),
    ],
)  # fmt: skip
def test_a_list_is_kept_to_a_territory(base: Base, typed: str, names: list[str]) -> None:
    (territory, *_) = territories_called(typed)
    kept = narrowed_to(Narrowing(), territory)
    assert sorted(row.name for row in directory_page(base.connection, narrowing=kept)) == names
    assert count_directory(base.connection, kept) == len(names)


@pytest.mark.parametrize(
    ("narrowing", "names"),
    [
        (Narrowing(filter="regi"), ["Région"]),
        (Narrowing(filter="ateli lill"), ["Atelier lillois"]),
        (Narrowing(filter="  "), None),
        (Narrowing(selection="structures", kind="EI"), ["Sans territoire"]),
        (Narrowing(trade="nettoyage"), ["Atelier roubaisien", "Département"]),
        (Narrowing(selection="people", trade="nettoyage", territories=("59",)), ["Département"]),
    ],
)
def test_a_list_is_filtered(base: Base, narrowing: Narrowing, names: list[str] | None) -> None:
    rows = [row.name for row in directory_page(base.connection, narrowing=narrowing)]
    assert rows == names or (names is None and len(rows) == 10)


@pytest.mark.parametrize("order", ["name", "kind", "structure", "commune"])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_follow_each_other_without_a_gap(base: Base, order: str, descending: bool) -> None:
    whole = directory_page(base.connection, order=order, descending=descending)
    paged, after = [], None
    while True:
        page = directory_page(base.connection, Page(3, after), None, order, descending)
        paged += page
        if len(page) < 3:
            break
        after = page[-1].key
    assert [row.id for row in paged] == [row.id for row in whole]
    assert len(whole) == 10


def known(code: str) -> Commune:
    """A commune."""
    found = commune(code)
    assert found is not None
    return found


def test_a_referent_is_found_by_the_name_of_the_buyer(base: Base) -> None:
    buyer = new_buyer(base, name="Métropole de l'Orme")
    for name, service in (("Zoé", "Achats"), ("Alix", "Voirie")):
        add(base, "directory_entry", name=name, kind="referent", buyer=buyer, service=service)
    rows = directory_page(base.connection, narrowing=Narrowing(filter="metro orme"),
                          order="structure")  # fmt: skip
    assert [(row.structure, row.service, row.name) for row in rows] == [
        ("Métropole de l'Orme", "Achats", "Zoé"),
        ("Métropole de l'Orme", "Voirie", "Alix"),
    ]
