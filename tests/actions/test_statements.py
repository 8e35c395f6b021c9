"""Statements marked and taken back: those of an obligation, those of a sender."""

from datetime import date
from pathlib import Path

import pytest

from builders import (
    NewContract,
    NewPlacement,
    add,
    new_base,
    new_contract,
    new_hours,
    new_person,
    new_placement,
)
from suivi_tui.actions.statements import (
    Marked,
    StatementPlace,
    StatementRefused,
    mark_statements,
    toggle_statement,
)
from suivi_tui.store.base import Base
from suivi_tui.store.undo import undo_last
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.months import Month

TODAY = date(2026, 6, 20)
MAY = Month(202605)
RECEIVED, IDLE = StatementStatus.RECEIVED, StatementStatus.NO_ACTIVITY
CHECKED, PARTIAL = StatementStatus.CHECKED, StatementStatus.PARTIAL


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return new_base(tmp_path)


def statuses(base: Base) -> list[tuple[str, str | None]]:
    return base.connection.execute(
        "SELECT status, received_on FROM statement WHERE removed = 0 ORDER BY id"
    ).fetchall()


@pytest.mark.parametrize(
    ("pressed", "left"),
    [
        ([RECEIVED], ["recu"]),
        ([RECEIVED, RECEIVED], []),
        ([CHECKED], ["verifie"]),
        ([CHECKED, CHECKED], ["recu"]),
        ([IDLE, RECEIVED], ["recu"]),
        ([IDLE, IDLE], []),
        ([RECEIVED, IDLE, CHECKED], ["verifie"]),
    ],
)
def test_the_same_mark_twice_is_taken_back(
    base: Base, pressed: list[StatementStatus], left: list[str]
) -> None:
    made = new_contract(base)
    for status in pressed:
        toggle_statement(base, made.obligation, MAY, status, TODAY)
    assert [status for status, _ in statuses(base)] == left


def test_a_new_statement_is_of_the_holder_and_of_today(base: Base) -> None:
    made = new_contract(base)
    toggle_statement(base, made.obligation, MAY, RECEIVED, TODAY)
    assert statuses(base) == [("recu", "2026-06-20")]
    assert base.connection.execute("SELECT sender FROM statement").fetchone() == (made.company,)
    undo_last(base)
    assert statuses(base) == []


def test_every_sender_of_the_month_is_marked(base: Base) -> None:
    made = new_contract(base)
    for name in ("A", "B"):
        add(base, "statement", obligation=made.obligation, month=MAY, status="recu",
            sender=add(base, "company", name=name, kind="ETTI"))  # fmt: skip
    toggle_statement(base, made.obligation, MAY, CHECKED, TODAY)
    assert [status for status, _ in statuses(base)] == ["verifie", "verifie"]


def test_hours_refuse_a_month_without_activity(base: Base) -> None:
    made = new_contract(base)
    new_hours(base, new_placement(base, made, new_person(base)), MAY, 1000)
    with pytest.raises(StatementRefused, match="Videz d'abord ces heures"):
        toggle_statement(base, made.obligation, MAY, IDLE, TODAY)
    assert statuses(base) == []


def two_employers(base: Base) -> tuple[NewContract, int, NewPlacement]:
    """A contract on which the holder and an agency employ someone; the person of the agency."""
    made = new_contract(base)
    agency = add(base, "company", name="Agence du Val", kind="ETTI")
    new_placement(base, made, new_person(base))
    return made, agency, new_placement(base, made, new_person(base), employer=agency)


def test_the_month_of_an_obligation_is_marked_for_all_who_are_awaited(base: Base) -> None:
    made, agency, _ = two_employers(base)
    toggle_statement(base, made.obligation, MAY, IDLE, TODAY)
    assert by_sender(base) == {made.company: "sans_activite", agency: "sans_activite"}
    toggle_statement(base, made.obligation, MAY, IDLE, TODAY)
    assert by_sender(base) == {}


# marks of one sender


def by_sender(base: Base) -> dict[int, str]:
    return dict(
        base.connection.execute(
            "SELECT sender, status FROM statement WHERE removed = 0 ORDER BY id"
        ).fetchall()
    )


def by_obligation(base: Base) -> dict[int, str]:
    return dict(
        base.connection.execute("SELECT obligation, status FROM statement WHERE removed = 0")
    )


def test_a_mark_addresses_its_sender_alone(base: Base) -> None:
    made, agency, _ = two_employers(base)
    mine = StatementPlace(made.obligation, agency, MAY)
    holders = StatementPlace(made.obligation, made.company, MAY)
    assert mark_statements(base, [mine], RECEIVED, TODAY) == Marked(marked=1)
    mark_statements(base, [holders], IDLE, TODAY)
    mark_statements(base, [mine], CHECKED, TODAY)
    assert by_sender(base) == {agency: "verifie", made.company: "sans_activite"}
    mark_statements(base, [mine], CHECKED, TODAY)
    assert mark_statements(base, [mine], RECEIVED, TODAY) == Marked(taken_back=1)
    assert by_sender(base) == {made.company: "sans_activite"}


def test_hours_of_another_sender_do_not_belie_no_activity(base: Base) -> None:
    made, agency, hired = two_employers(base)
    new_hours(base, hired, MAY, 10_00)
    with pytest.raises(StatementRefused, match="Videz d'abord ces heures"):
        mark_statements(base, [StatementPlace(made.obligation, agency, MAY)], IDLE, TODAY)
    mark_statements(base, [StatementPlace(made.obligation, made.company, MAY)], IDLE, TODAY)
    assert by_sender(base) == {made.company: "sans_activite"}


def test_what_nobody_signed_is_of_the_holder(base: Base) -> None:
    made = new_contract(base)
    add(base, "statement", obligation=made.obligation, month=MAY, status="recu", sender=None)
    place = StatementPlace(made.obligation, made.company, MAY)
    mark_statements(base, [place], CHECKED, TODAY)
    assert statuses(base) == [("verifie", None)]


WORKED = "heures"


@pytest.mark.parametrize(
    ("before", "mark", "after", "done"),
    [
        # One file of the agency comes: what it had not sent is received, the rest is left alone.
        (["", "partiel", "verifie"], RECEIVED, ["recu", "recu", "verifie"], Marked(2, 0, 1)),
        (["recu", "recu", WORKED], RECEIVED, ["recu"] * 3, Marked(1, 0, 2)),
        (["recu", "recu", "verifie"], RECEIVED, ["", "", "verifie"], Marked(0, 2, 1)),
        (["sans_activite"] * 3, RECEIVED, ["recu"] * 3, Marked(3)),
        # « Vérifié » never speaks of what has not come, unless nothing has.
        (["", "recu", WORKED], CHECKED, ["", "verifie", "verifie"], Marked(2, 0, 1)),
        (["", "", ""], CHECKED, ["verifie"] * 3, Marked(3)),
        (["verifie", "verifie", ""], CHECKED, ["recu", "recu", ""], Marked(0, 2, 1)),
        # « Sans activité » is for what stays silent.
        (["", "recu", WORKED], IDLE, ["sans_activite", "recu", ""], Marked(1, 0, 2)),
        (["recu", "recu", WORKED], IDLE, ["sans_activite", "sans_activite", ""], Marked(2, 0, 1)),
        (["sans_activite", "", WORKED], IDLE, ["sans_activite"] * 2 + [""], Marked(1, 0, 2)),
        (
            ["", "recu", "verrouille"],
            PARTIAL,
            ["partiel", "partiel", "verrouille"],
            Marked(2, 0, 1),
        ),
    ],
)
def test_a_mark_on_all_the_obligations_of_a_sender(
    base: Base, before: list[str], mark: StatementStatus, after: list[str], done: Marked
) -> None:
    agency = add(base, "company", name="Agence du Val", kind="ETTI")
    made = [new_contract(base, number=f"2026-{rank}") for rank in range(3)]
    for contract, status in zip(made, before, strict=True):
        if status == WORKED:
            new_hours(
                base, new_placement(base, contract, new_person(base), employer=agency), MAY, 1
            )
        elif status:
            add(base, "statement", obligation=contract.obligation, month=MAY, status=status,
                sender=agency)  # fmt: skip
    places = [StatementPlace(contract.obligation, agency, MAY) for contract in made]
    before_mark = by_obligation(base)
    assert mark_statements(base, places, mark, TODAY) == done
    assert [by_obligation(base).get(place.obligation, "") for place in places] == after
    undo_last(base)
    assert by_obligation(base) == before_mark


def test_a_mark_that_fits_none_is_refused(base: Base) -> None:
    agency = add(base, "company", name="Agence du Val", kind="ETTI")
    places = []
    for number in ("a", "b"):
        made = new_contract(base, number=number)
        add(base, "statement", obligation=made.obligation, month=MAY, status="verifie",
            sender=agency)  # fmt: skip
        places.append(StatementPlace(made.obligation, agency, MAY))
    with pytest.raises(StatementRefused, match="un par un"):
        mark_statements(base, places, RECEIVED, TODAY)
    with pytest.raises(StatementRefused, match="n'existe plus"):
        mark_statements(base, [StatementPlace(12, agency, MAY)], RECEIVED, TODAY)
    assert set(by_obligation(base).values()) == {"verifie"}


def test_the_months_of_a_quarter_are_marked_as_one(base: Base) -> None:
    made, agency, hired = two_employers(base)
    new_hours(base, hired, 202604, 10_00)
    places = [StatementPlace(made.obligation, agency, Month(202604 + step)) for step in range(3)]
    assert mark_statements(base, places, IDLE, TODAY) == Marked(2, 0, 1)
    mark_statements(base, places, CHECKED, TODAY)
    mark_statements(base, places, RECEIVED, TODAY)
    assert [status for status, _ in statuses(base)] == ["recu"] * 3
    (label,) = base.connection.execute(
        "SELECT label FROM batch ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert label == "Relevé d'avril 2026 à juin 2026\u00a0: reçu"
