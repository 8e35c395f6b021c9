from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from builders import (
    new_base,
    new_company,
    new_contract,
    new_hours,
    new_person,
    new_placement,
    new_statement,
    new_work_contract,
)
from builders_screens import filled_base, new_site
from reading_costs import plan_of, scans
from suivi_tui.store.base import Base
from suivi_tui.store.journal import removed, write
from suivi_tui.store.queries import batch_places, contacts, statements


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def test_statements_of_an_obligation_over_a_window(base: Base) -> None:
    market = new_contract(base)
    agency = new_company(base, "Intérim du Val", kind="ETTI")
    other = new_contract(base, number="autre")
    new_statement(base, other.obligation, other.company, 202602)
    for month in (202512, 202601, 202602):
        new_statement(base, market.obligation, market.company, month)
    new_statement(base, market.obligation, agency, 202602, "partiel", reference="R-12")
    gone = new_statement(base, market.obligation, agency, 202601)
    write(base, [removed("statement", gone)], label="Essai")
    rows = statements.of_obligation(base.connection, market.obligation, 202601, 202602)
    assert [(row.month, row.sender_name, row.status) for row in rows] == [
        (202601, "Bâtisseurs du Val", "recu"),
        (202602, "Bâtisseurs du Val", "recu"),
        (202602, "Intérim du Val", "partiel"),
    ]
    assert rows[-1].reference == "R-12"
    latest = statements.recent(base.connection, [market.obligation], 2)
    assert [row.sender_name for row in latest] == ["Intérim du Val", "Bâtisseurs du Val"]
    assert [row.month for row in statements.from_sender(base.connection, agency)] == [202602]


def test_a_statement_without_a_sender_is_shown(base: Base) -> None:
    market = new_contract(base)
    new_statement(base, market.obligation, None, 202601)
    (row,) = statements.of_obligation(base.connection, market.obligation, 202601, 202601)
    assert (row.sender, row.sender_name) == (None, "")


def test_activity_adds_up_the_lines_of_a_month(base: Base) -> None:
    site = new_site(base, 202601, 202603)
    assert statements.activity(base.connection, [site.obligation], 202602, 202603) == [
        statements.SenderActivity(site.obligation, 202603, site.company, 1, 100_00, 1)
    ]


def test_the_lines_of_a_sender_and_those_without_an_employer_are_the_holder(base: Base) -> None:
    market = new_contract(base)
    agency = new_company(base, "Intérim du Val", kind="ETTI")
    for employer in (market.company, agency, agency, None):
        work = new_work_contract(base, new_person(base), employer)
        placed = new_placement(base, market, 0, work_contract=work)
        new_hours(base, placed, 202603, 10_00)
    count = partial(statements.lines_of_sender, base.connection, market.obligation)
    assert (count(market.company, 202603), count(agency, 202603)) == (2, 2)
    assert count(agency, 202604) == 0
    assert statements.company_names(base.connection, [agency, 12]) == {agency: "Intérim du Val"}


def test_only_the_obligations_asked_are_read(tmp_path: Path) -> None:
    with filled_base(tmp_path, 1_000) as base:
        connection, asked = base.connection, [5000001, 5000051]
        for question in (
            lambda: statements.of_obligations(connection, asked, 202601, 202612),
            lambda: statements.recent(connection, asked),
            lambda: statements.from_sender(connection, 2000001),
            lambda: statements.activity(connection, asked, 202601, 202612),
            lambda: statements.lines_of_sender(connection, 5000001, 2000001, 202603),
            lambda: statements.company_names(connection, [2000001]),
            lambda: batch_places.places_of(connection, 8000001),
            lambda: batch_places.locks_of(connection, 8000001),
            lambda: contacts.senders_to_call(connection, [(5000001, 2000001)]),
        ):
            assert scans(plan_of(connection, question)) == []
