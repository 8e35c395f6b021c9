from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import add, new_base, new_buyer, new_company, new_operation, new_person
from builders_screens import filled_base, new_site
from reading_costs import plan_of, scans
from suivi_tui.readings.go_to import go_to
from suivi_tui.store.base import Base
from suivi_tui.store.journal import removed, write


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def titles(base: Base, typed: str) -> list[tuple[str, str, str]]:
    return [(found.kind, found.title, found.subtitle) for found in go_to(base.connection, typed)]


@pytest.mark.parametrize("typed", ["cœur", "coeur", "COEUR DE", "Cœ"])
def test_accents_and_ligatures_are_folded(base: Base, typed: str) -> None:
    new_operation(base, new_buyer(base), "Cœur de ville")
    assert titles(base, typed) == [("Opération", "Cœur de ville", "Ville de Valmont")]


def test_every_kind_of_record_is_found_with_what_tells_it_apart(base: Base) -> None:
    buyer = new_buyer(base, "Test acheteur", territory="Valmont")
    new_operation(base, buyer, "Test opération")
    company = new_company(base, "Test entreprise", commune="Valmont")
    new_person(base, last="Test", first="Ana")
    new_person(base, last="Test", first="Ana", birth="2001-02-03")
    add(base, "contact", company=company, name="Test contact")
    add(base, "contract", buyer=buyer, number="Test-1", object="École")
    assert titles(base, "test") == [
        ("Participant", "Test Ana", "né(e) le 17/05/1990"),
        ("Participant", "Test Ana", "né(e) le 03/02/2001"),
        ("Marché", "Test-1 École", "Test acheteur"),
        ("Entreprise", "Test entreprise", "Valmont"),
        ("Opération", "Test opération", "Test acheteur"),
        ("Acheteur", "Test acheteur", "Valmont"),
        ("Contact", "Test contact", "Test entreprise"),
    ]


def test_names_that_begin_so_come_first(base: Base) -> None:
    new_person(base, last="Autre", first="Durand")
    new_company(base, "Durand et fils")
    assert [title for _, title, _ in titles(base, "durand")] == ["Durand et fils", "Autre Durand"]


def test_nothing_typed_or_removed_is_found(base: Base) -> None:
    person = new_person(base, last="Parti")
    assert titles(base, "  ") == titles(base, '"*') == []
    write(base, [removed("participant", person)], label="Essai")
    assert titles(base, "parti") == []


def test_a_contact_leads_to_its_contract(base: Base) -> None:
    site = new_site(base)
    add(base, "contact", contract=site.contract, name="Zoé Chantier")
    (found,) = go_to(base.connection, "zoe")
    assert (found.entity, found.contract) == ("contact", site.contract)


def test_at_most_fifty_records_are_read(tmp_path: Path) -> None:
    with filled_base(tmp_path, 500) as base:
        assert len(go_to(base.connection, "nom")) == 50
        assert scans(plan_of(base.connection, lambda: go_to(base.connection, "nom"))) == []
