from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import (
    add,
    new_base,
    new_buyer,
    new_company,
    new_contract,
    new_event,
    new_lot,
    new_operation,
    new_statement,
)
from builders_screens import filled_base, new_follow_up, new_site
from reading_costs import plan_of, scans, steps_of
from suivi_tui.rules.indicators import Totals
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, removed, write
from suivi_tui.store.queries.contracts import contract_sheet, contracts_page, count_contracts
from suivi_tui.store.queries.paging import Page


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def numbers(base: Base, **asked: object) -> list[str]:
    return [row.number for row in contracts_page(base.connection, **asked)]


def test_a_row_adds_up_the_obligations_of_its_contract_alone(base: Base) -> None:
    site = new_site(base, 202602, 202603, number="A")
    second = new_lot(base, site.contract, new_company(base, "Peinture du Val"), owed=250_00)
    new_event(base, second.obligation, 50_00)
    new_event(base, second.obligation, 900_00, firm=0)
    new_site(base, 202603, number="B")
    row = contracts_page(base.connection, order="number")[0]
    assert (row.number, row.obligations, row.owed) == ("A", 2, 1_300_00)
    assert row.totals == Totals(200_00, 0, 0, 200_00)
    assert row.companies == ("Bâtisseurs du Val", "Peinture du Val")
    assert (row.buyer_name, row.operation, row.operation_name) == ("Ville de Valmont", None, "")


def test_hours_owed_stay_unknown_while_no_objective_is_known(base: Base) -> None:
    new_contract(base, owed=None)
    new_contract(base, obligation=False)
    assert [row.owed for row in contracts_page(base.connection)] == [None, None]


def test_selections_keep_open_data_and_closed_contracts_apart(base: Base) -> None:
    new_contract(base, number="suivi")
    new_contract(base, number="clos", stage="clos")
    new_contract(base, number="refusé", stage="refuse")
    new_contract(base, number="ouvert", stage="a_qualifier", taken_up=0, obligation=False)
    gone = new_contract(base, number="supprimé")
    write(base, [removed("contract", gone.contract)], label="Essai")
    assert numbers(base) == ["suivi"]
    assert numbers(base, selection="to_qualify") == ["ouvert"]
    assert numbers(base, selection="closed", order="number") == ["clos", "refusé"]
    assert len(numbers(base, selection="all")) == 4
    assert count_contracts(base.connection) == 1
    assert count_contracts(base.connection, "all") == 4
    assert count_contracts(base.connection, "all", limit=2) == 2


def test_contracts_are_sorted_by_operation_unless_told_otherwise(base: Base) -> None:
    buyer = new_buyer(base)
    late, early = new_operation(base, buyer, "Zone Sud"), new_operation(base, buyer, "école Jaurès")
    new_contract(base, number="1", buyer=buyer, operation=late, end="2026-02-01")
    new_contract(base, number="2", buyer=buyer, operation=early, end=None)
    new_contract(base, number="3", buyer=buyer, operation=late, end="2026-01-01")
    assert numbers(base)[:2] == ["1", "3"] or numbers(base)[0] == "2"
    assert numbers(base, order="end") == ["3", "1", "2"]
    assert numbers(base, order="number", descending=True) == ["3", "2", "1"]
    assert numbers(base, order="recent") == ["1", "2", "3"]


@pytest.mark.parametrize(
    "order",
    [
        "operation",
        "buyer",
        "number",
        "object",
        "stage",
        "notified",
        "start",
        "end",
        "amount",
        "recent",
    ],
)
def test_every_order_pages_over_missing_values(base: Base, order: str) -> None:
    buyer = new_buyer(base)
    for rank in range(5):
        values = {"amount_cents": 100, "notified_on": "2026-01-02"} if rank % 2 else {}
        new_contract(base, buyer=buyer, number=str(rank // 2), start=None, end=None, **values)
    seen, after = [], None
    while rows := contracts_page(base.connection, Page(2, after=after), order=order):
        seen += [row.contract for row in rows]
        after = rows[-1].key
    assert seen == [row.contract for row in contracts_page(base.connection, order=order)]
    assert len(set(seen)) == 5


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("reha", ["A", "B"]),
        ("RÉHAB ecol", ["A", "B"]),
        ("chateau", ["B"]),
        ("peintres", ["B"]),
        ("coeur", ["A"]),
        ("coeur peintres", []),
        ("cœur réhabilitation", ["A"]),
        ("habilitation", []),
        ("' OR 1=1 --", []),
        ('"*', ["A", "B"]),
    ],
)
def test_a_filter_finds_words_by_their_beginning(base: Base, typed: str, found: list[str]) -> None:
    buyer = new_buyer(base, "Agglomération de Château-Vert")
    operation = new_operation(base, new_buyer(base), "Cœur de ville")
    new_contract(base, number="A", operation=operation)
    new_contract(base, number="B", buyer=buyer, company=new_company(base, "Les Peintres réunis"))
    assert numbers(base, filter=typed, order="number") == found
    assert count_contracts(base.connection, filter=typed) == len(found)


def test_a_sheet_holds_everything_around_a_contract(base: Base) -> None:
    site = new_site(base, 202603)
    sub = new_company(base, "Sous-traitance du Val")
    (holder,) = contract_sheet(base.connection, site.contract).companies
    add(
        base,
        "lot_company",
        lot=site.lot,
        company=sub,
        role="sous_traitant",
        parent=holder.lot_company,
        share_hours=100_00,
    )
    new_statement(base, site.obligation, site.company, 202602)
    add(
        base,
        "contract_event",
        contract=site.contract,
        date="2026-02-01",
        kind="prolongation",
        months=2,
    )
    for entity, subject in (("contract", site.contract), ("obligation", site.obligation)):
        new_follow_up(base, entity, subject)
    new_site(base, 202603, number="autre")
    sheet = contract_sheet(base.connection, site.contract)
    assert sheet is not None
    assert (sheet.fields.number, sheet.fields.buyer_name) == ("2026-01", "Ville de Valmont")
    assert [lot.number for lot in sheet.lots] == ["0"]
    assert [(row.name, row.role, row.parent_name, row.share_hours) for row in sheet.companies] == [
        ("Bâtisseurs du Val", "titulaire", "", None),
        ("Sous-traitance du Val", "sous_traitant", "Bâtisseurs du Val", 100_00),
    ]
    (standing,) = sheet.obligations
    assert (standing.owed, standing.totals.pending) == (1_000_00, 100_00)
    assert [event.hours for event in standing.history] == [1_000_00]
    assert [row.kind for row in sheet.events] == ["prolongation"]
    assert sorted(row.entity for row in sheet.follow_ups) == ["contract", "obligation"]
    assert [row.month for row in sheet.statements] == [202602]
    assert sheet.people == 1


def test_lots_are_in_the_order_of_their_numbers(base: Base) -> None:
    made = new_contract(base, lot="10")
    for number in ("2", "1"):
        new_lot(base, made.contract, made.company, number=number)
    sheet = contract_sheet(base.connection, made.contract)
    assert [lot.number for lot in sheet.lots] == ["1", "2", "10"]


def test_whom_to_call_about_a_contract(base: Base) -> None:
    site = new_site(base)
    add(base, "contact", buyer=site.buyer, name="Acheteur", phone="01")
    add(base, "contact", company=site.company, name="Siège", phone="02")
    add(base, "contact", company=site.company, name="Sans numéro", mail="a@exemple.fr")
    add(base, "contact", company=site.company, lot=site.lot, name="Chantier", phone="03")
    add(base, "contact", contract=site.contract, buyer=site.buyer, name="Opération", phone="04")
    other = new_contract(base, number="autre", company=site.company)
    add(base, "contact", company=site.company, contract=other.contract, name="Ailleurs")
    contacts = contract_sheet(base.connection, site.contract).contacts
    assert [(row.rank, row.name) for row in contacts] == [
        (1, "Chantier"),
        (1, "Opération"),
        (2, "Siège"),
        (2, "Sans numéro"),
        (3, "Acheteur"),
    ]


def test_a_removed_or_unknown_contract_has_no_sheet(base: Base) -> None:
    made = new_contract(base)
    write(base, [removed("contract", made.contract)], label="Essai")
    assert contract_sheet(base.connection, made.contract) is None
    assert contract_sheet(base.connection, 1) is None


def test_open_data_taken_up_changes_list(base: Base) -> None:
    made = new_contract(base, taken_up=0, stage="a_qualifier")
    write(base, [changed("contract", made.contract, "taken_up", 1)], label="Essai")
    assert numbers(base, selection="to_qualify") == []
    assert len(numbers(base)) == 1


QUESTIONS = {
    "sheet": lambda c: contract_sheet(c, 3000051),
    "page": lambda c: contracts_page(c, Page(20), order="recent"),
    "open data": lambda c: contracts_page(
        c, Page(20), selection="to_qualify", order="recent", descending=True
    ),
    "filter": lambda c: contracts_page(c, Page(20), filter="m000051"),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_hours_of_other_contracts_are_never_read(tmp_path: Path, name: str) -> None:
    with filled_base(tmp_path, 2_000) as base:
        plan = plan_of(base.connection, lambda: QUESTIONS[name](base.connection))
        assert scans(plan) == []


def test_a_sheet_costs_the_same_in_a_large_base(tmp_path: Path) -> None:
    costs = []
    for size in (500, 5_000):
        with filled_base(tmp_path, size) as base:
            costs.append(
                steps_of(base.connection, lambda: contract_sheet(base.connection, 3000051))
            )
    assert costs[1] <= 1.2 * costs[0]


def test_open_data_is_paged_without_sorting_it_all(tmp_path: Path) -> None:
    with filled_base(tmp_path, 1_000) as base:
        page = plan_of(base.connection, lambda: QUESTIONS["open data"](base.connection))[:4]
        assert "USING INDEX contract_taken_up (taken_up=?)" in page[0]
        assert not [line for line in page if "TEMP B-TREE" in line]
