from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import (
    add,
    new_base,
    new_company,
    new_contract,
    new_hours,
    new_person,
    new_placement,
    new_statement,
)
from builders_screens import filled_base, new_follow_up, new_site
from reading_costs import plan_of, scans
from suivi_tui.rules.indicators import Totals
from suivi_tui.store.base import Base
from suivi_tui.store.queries.companies import companies_page, company_sheet, count_companies


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def names(base: Base, **asked: object) -> list[str]:
    return [row.name for row in companies_page(base.connection, **asked)]


def test_a_row_counts_what_is_under_way(base: Base) -> None:
    site = new_site(base, 202603)
    closed = new_contract(base, number="clos", company=site.company, stage="clos", owed=700_00)
    new_hours(base, new_placement(base, closed, new_person(base)), 202603, 50_00)
    new_contract(base, number="ouvert", company=site.company, taken_up=0, owed=900_00)
    new_statement(base, site.obligation, site.company, 202601)
    new_statement(base, site.obligation, site.company, 202602)
    add(base, "contact", company=site.company, name="Sans numéro")
    add(base, "contact", company=site.company, lot=site.lot, name="Chantier", phone="07")
    add(base, "contact", company=site.company, name="Siège", phone="04")
    (row,) = companies_page(base.connection)
    assert (row.obligations, row.owed, row.totals) == (1, 1_000_00, Totals(100_00, 0, 0, 100_00))
    assert (row.last_statement, row.phone) == (202603, "04")


def test_hours_as_an_employer_are_counted_since_a_month(base: Base) -> None:
    agency = new_company(base, "Intérim du Val", kind="ETTI")
    for number, month in (("A", 202512), ("B", 202601)):
        placement = new_placement(
            base, new_contract(base, number=number), new_person(base), employer=agency
        )
        new_hours(base, placement, month, 60_00, 60_00)
    (row,) = companies_page(base.connection, selection="structures")
    assert (row.obligations, row.owed, row.totals) == (0, None, Totals())
    assert row.employed == Totals(120_00, 120_00, 0, 0)
    (row,) = companies_page(base.connection, selection="structures", since=202601)
    assert row.employed == Totals(60_00, 60_00, 0, 0)


def test_companies_and_structures_are_told_apart(base: Base) -> None:
    new_company(base, "béton")
    new_company(base, "Argile", kind="")
    new_company(base, "Zinc Insertion", kind="EI", commune="Valmont")
    assert names(base) == ["Argile", "béton", "Zinc Insertion"]
    assert names(base, selection="companies") == ["Argile", "béton"]
    assert names(base, selection="structures") == ["Zinc Insertion"]
    assert names(base, order="kind", descending=True)[-1] in ("Argile", "Zinc Insertion")
    assert names(base, filter="BETON") == ["béton"]
    assert names(base, filter="valm zinc") == ["Zinc Insertion"]
    assert (count_companies(base.connection), count_companies(base.connection, "structures")) == (
        3,
        1,
    )


def test_a_sheet_holds_everything_around_a_company(base: Base) -> None:
    site = new_site(base, 202603)
    closed = new_contract(base, number="clos", company=site.company, stage="clos")
    new_statement(base, site.obligation, site.company, 202602)
    add(base, "contact", company=site.company, contract=site.contract, name="Chantier", phone="1")
    add(base, "contact", company=site.company, name="Siège", phone="2")
    new_follow_up(base, "company", site.company)
    sheet = company_sheet(base.connection, site.company)
    assert sheet is not None
    assert sheet.fields.name == "Bâtisseurs du Val"
    assert {item.row.obligation for item in sheet.obligations} == {
        site.obligation,
        closed.obligation,
    }
    assert {row.number for row in sheet.roles} == {"2026-01", "clos"}
    assert [(row.last, row.declared) for row in sheet.employees] == [("Exemple", 100_00)]
    assert sheet.employed.declared == 100_00
    assert [row.name for row in sheet.contacts] == ["Siège", "Chantier"]
    assert [row.month for row in sheet.statements] == [202602]
    assert [row.kind for row in sheet.follow_ups] == ["appel"]
    assert company_sheet(base.connection, 1) is None


def test_no_question_reads_the_hours_of_others(tmp_path: Path) -> None:
    with filled_base(tmp_path, 2_000) as base:
        connection = base.connection
        for question in (
            lambda: companies_page(connection),
            lambda: companies_page(connection, filter="bat"),
            lambda: company_sheet(connection, 2000001),
        ):
            assert scans(plan_of(connection, question)) == []
        assert (
            "USING INDEX company_sorted"
            in plan_of(connection, lambda: companies_page(connection))[0]
        )
