from collections.abc import Callable

import pytest

from builders import NewContract, add, new_company, new_contract, new_person, new_placement
from import_samples import one, rows
from suivi_tui.actions.entry import (
    HourCell,
    ImpossibleHours,
    attach_correction,
    enter_hours,
    mark_statement,
    paste_hours,
    refuse_hours,
    repeat_previous_month,
    repeat_sender_month,
    validate_month,
    validate_sender_month,
)
from suivi_tui.actions.locks import MonthLocked
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, created, hour_row, write
from suivi_tui.store.queries.entry import HourKey
from suivi_tui.store.undo import undo_last
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

FEBRUARY, MARCH = Month(202602), Month(202603)


@pytest.fixture
def contract(base: Base) -> NewContract:
    return new_contract(base)


@pytest.fixture
def placement(base: Base, contract: NewContract) -> int:
    return new_placement(base, contract, new_person(base)).placement


def cell(
    contract: NewContract, placement: int, declared: int | None, month: Month = MARCH
) -> HourCell:
    return HourCell(
        contract.obligation, placement, month, 1, None if declared is None else Hours(declared)
    )


def hours(base: Base) -> list[tuple[int, int, int | None, str]]:
    return rows(
        base,
        "SELECT month, declared, validated, refusal_reason FROM hour_entry WHERE removed = 0 "
        "ORDER BY month",
    )


def test_a_cell_is_entered_changed_and_cleared(
    base: Base, contract: NewContract, placement: int
) -> None:
    receipt = enter_hours(base, [cell(contract, placement, 15167)])
    assert receipt.lines == 1
    assert one(base, "SELECT label FROM batch WHERE id = ?", receipt.batch) == (
        "Saisie d'heures\u00a0: mars 2026"
    )
    enter_hours(base, [cell(contract, placement, 7000)])
    assert hours(base) == [(MARCH, 7000, None, "")]
    enter_hours(base, [cell(contract, placement, None)])
    assert hours(base) == []
    enter_hours(base, [cell(contract, placement, 100)])
    assert hours(base) == [(MARCH, 100, None, "")]
    undo_last(base)
    undo_last(base)
    assert hours(base) == [(MARCH, 7000, None, "")]


def test_the_same_figure_writes_nothing(base: Base, contract: NewContract, placement: int) -> None:
    enter_hours(base, [cell(contract, placement, 100)])
    assert enter_hours(base, [cell(contract, placement, 100)]) == (0, 0)
    assert enter_hours(base, [cell(contract, placement, None, FEBRUARY)]) == (0, 0)


def test_a_new_figure_on_a_decided_line_is_pending_again(
    base: Base, contract: NewContract, placement: int
) -> None:
    enter_hours(base, [cell(contract, placement, 10000)])
    key = HourKey(contract.obligation, MARCH, placement, 1)
    refuse_hours(base, key, Hours(9000), "doublon", "vu avec l'entreprise")
    assert hours(base) == [(MARCH, 10000, 9000, "doublon")]
    enter_hours(base, [cell(contract, placement, 9500)])
    assert hours(base) == [(MARCH, 9500, None, "")]


@pytest.mark.parametrize(
    ("month", "declared", "possible"),
    [
        (202603, 744_00, True),
        (202603, 744_01, False),
        (202602, 672_01, False),
        (202603, -744_00, True),
        (202603, -744_01, False),
        (202603, 0, True),
    ],
)
def test_only_more_than_24_hours_a_day_are_refused(
    base: Base, contract: NewContract, placement: int, month: int, declared: int, possible: bool
) -> None:
    typed = [cell(contract, placement, 100), cell(contract, placement, declared, Month(month))]
    if possible:
        enter_hours(base, typed)
        assert hours(base)[-1][1] == declared
    else:
        with pytest.raises(ImpossibleHours, match="24\u00a0h par jour"):
            enter_hours(base, typed)
        assert hours(base) == []


def test_a_pasted_column_is_one_batch(base: Base, contract: NewContract, placement: int) -> None:
    paste_hours(base, [cell(contract, placement, 100 + m, Month(202600 + m)) for m in (1, 2, 3)])
    assert len(hours(base)) == 3
    assert undo_last(base)[0] == "Heures collées\u00a0: janvier 2026 à mars 2026"
    assert hours(base) == []


def test_a_month_repeats_the_one_before_in_empty_cells_only(
    base: Base, contract: NewContract, placement: int
) -> None:
    second = new_placement(base, contract, new_person(base, last="Autre")).placement
    gone = new_placement(base, contract, new_person(base, last="Partie")).placement
    for row, declared in ((placement, 1000), (second, 2000), (gone, 3000)):
        enter_hours(base, [cell(contract, row, declared, FEBRUARY)])
    enter_hours(base, [cell(contract, second, 5, MARCH)])

    write(base, [changed("placement", gone, "end", "2026-02-28")], label="Fin")
    assert repeat_previous_month(base, contract.obligation, MARCH).lines == 1
    assert rows(
        base, "SELECT placement, declared FROM hour_entry WHERE month = 202603 ORDER BY declared"
    ) == [(second, 5), (placement, 1000)]
    assert repeat_previous_month(base, contract.obligation, MARCH).lines == 0


def test_validating_a_month_keeps_what_was_decided(
    base: Base, contract: NewContract, placement: int
) -> None:
    sender = one(base, "SELECT employer FROM work_contract")
    mark_statement(base, contract.obligation, sender, MARCH, "recu")
    enter_hours(base, [cell(contract, placement, 1000), cell(contract, placement, 900, FEBRUARY)])
    enter_hours(base, [cell(contract, placement, 300)._replace(kind=2)])
    key = HourKey(contract.obligation, MARCH, placement, 2)
    refuse_hours(base, key, Hours(100), "sans_justificatif")
    validate_month(base, contract.obligation, MARCH)
    assert rows(
        base, "SELECT month, kind, declared, validated FROM hour_entry ORDER BY month, kind"
    ) == [(FEBRUARY, 1, 900, None), (MARCH, 1, 1000, 1000), (MARCH, 2, 300, 100)]
    assert one(base, "SELECT status FROM statement") == "verifie"
    assert validate_month(base, contract.obligation, MARCH).lines == 0
    enter_hours(base, [cell(contract, placement, 1100)])
    assert one(base, "SELECT status FROM statement") == "recu"


@pytest.mark.parametrize(
    ("validated", "reason"), [(-1, "doublon"), (1001, "doublon"), (500, ""), (500, "parce que")]
)
def test_an_impossible_decision_is_refused(
    base: Base, contract: NewContract, placement: int, validated: int, reason: str
) -> None:
    enter_hours(base, [cell(contract, placement, 1000)])
    key = HourKey(contract.obligation, MARCH, placement, 1)
    with pytest.raises(UserError):
        refuse_hours(base, key, Hours(validated), reason)
    assert hours(base) == [(MARCH, 1000, None, "")]


def test_a_correction_is_decided_between_its_value_and_zero(
    base: Base, contract: NewContract, placement: int
) -> None:
    enter_hours(base, [cell(contract, placement, -1000)])
    key = HourKey(contract.obligation, MARCH, placement, 1)
    refuse_hours(base, key, Hours(-400), "doublon")
    assert hours(base) == [(MARCH, -1000, -400, "doublon")]
    refuse_hours(base, key, Hours(-1000), "")
    assert hours(base) == [(MARCH, -1000, -1000, "")]
    with pytest.raises(ImpossibleHours):
        refuse_hours(base, key, Hours(1), "doublon")


def test_a_comment_never_keeps_a_social_security_number(
    base: Base, contract: NewContract, placement: int
) -> None:
    enter_hours(base, [cell(contract, placement, 1000)])
    key = HourKey(contract.obligation, MARCH, placement, 1)
    with pytest.raises(UserError, match="sécurité sociale"):
        refuse_hours(base, key, Hours(0), "doublon", "1 85 05 78 006 084 36")


def test_hours_typed_contradict_no_activity(
    base: Base, contract: NewContract, placement: int
) -> None:
    sender = one(base, "SELECT employer FROM work_contract")
    mark_statement(base, contract.obligation, sender, MARCH, "sans_activite")
    assert one(base, "SELECT status FROM statement") == "sans_activite"
    enter_hours(base, [cell(contract, placement, 1000)])
    assert one(base, "SELECT status FROM statement") == "recu"
    undo_last(base)
    assert one(base, "SELECT status FROM statement") == "sans_activite"


def statement(base: Base, obligation: int, sender: int, month: Month, status: str) -> None:
    mark_statement(base, obligation, sender, month, status)


def test_a_locked_month_refuses_every_change(
    base: Base, contract: NewContract, placement: int
) -> None:
    enter_hours(base, [cell(contract, placement, 1000, FEBRUARY), cell(contract, placement, 100)])
    statement(base, contract.obligation, contract.company, MARCH, "verrouille")
    before = rows(base, "SELECT * FROM hour_entry")
    key = HourKey(contract.obligation, MARCH, placement, 1)
    acts: list[Callable[[], object]] = [
        lambda: enter_hours(base, [cell(contract, placement, 200)]),
        lambda: enter_hours(base, [cell(contract, placement, None)]),
        lambda: paste_hours(
            base, [cell(contract, placement, 5, FEBRUARY), cell(contract, placement, 6)]
        ),
        lambda: validate_month(base, contract.obligation, MARCH),
        lambda: validate_sender_month(base, contract.company, MARCH),
        lambda: refuse_hours(base, key, Hours(0), "doublon"),
    ]
    for act in acts:
        with pytest.raises(MonthLocked, match="mars 2026 est verrouillé"):
            act()
    assert rows(base, "SELECT * FROM hour_entry") == before
    assert enter_hours(base, [cell(contract, placement, 100)]) == (0, 0)
    other = new_placement(base, contract, new_person(base, last="Autre")).placement
    write(base, [created("hour_entry", hour_row(contract.obligation, FEBRUARY, other, 1),
                         {"declared": 700})], label="Essai")  # fmt: skip
    with pytest.raises(MonthLocked):
        repeat_previous_month(base, contract.obligation, MARCH)


def test_an_act_on_a_month_passes_over_what_one_sender_has_locked(
    base: Base, contract: NewContract, placement: int
) -> None:
    agency = new_company(base, name="Intérim du Val", kind="ETTI")
    sent = new_placement(base, contract, new_person(base, last="Autre"), employer=agency).placement
    for row in (placement, sent):
        enter_hours(base, [cell(contract, row, 1000, FEBRUARY)])
    statement(base, contract.obligation, agency, MARCH, "verrouille")
    assert repeat_previous_month(base, contract.obligation, MARCH).lines == 1
    statement(base, contract.obligation, agency, FEBRUARY, "verrouille")
    assert validate_month(base, contract.obligation, FEBRUARY).lines == 1
    assert rows(
        base, "SELECT placement, month, validated FROM hour_entry ORDER BY month, validated"
    ) == [(sent, FEBRUARY, None), (placement, FEBRUARY, 1000), (placement, MARCH, None)]


def test_a_sender_repeats_and_validates_its_month_everywhere_in_one_batch(
    base: Base, contract: NewContract, placement: int
) -> None:
    agency = new_company(base, name="Intérim du Val", kind="ETTI")
    second = new_contract(base, number="2026-02", buyer=contract.buyer, company=contract.company)
    places = [
        new_placement(base, market, new_person(base, last=name), employer=agency)
        for market, name in ((contract, "Merle"), (second, "Pic"))
    ]
    gone = new_placement(
        base, second, new_person(base, last="Partie"), employer=agency, contract_end="2026-02-28"
    )
    for place in (*places, gone):
        enter_hours(base, [HourCell(place.obligation, place.placement, FEBRUARY, 1, Hours(900))])
    enter_hours(base, [cell(contract, placement, 100), cell(contract, placement, 100, FEBRUARY)])
    for market in (contract, second):
        statement(base, market.obligation, agency, MARCH, "recu")
    assert repeat_sender_month(base, agency, MARCH).lines == 2
    assert repeat_sender_month(base, agency, MARCH) == (0, 0)
    receipt = validate_sender_month(base, agency, MARCH)
    assert receipt.lines == 4  # two lines, two statements
    assert rows(
        base, "SELECT placement, validated FROM hour_entry WHERE month = 202603 ORDER BY 2, 1"
    ) == [(placement, None), *((place.placement, 900) for place in places)]
    assert rows(base, "SELECT DISTINCT status FROM statement") == [("verifie",)]
    assert validate_sender_month(base, agency, MARCH) == (0, 0)
    assert undo_last(base)[0] == "Validation des heures de mars 2026"
    assert rows(base, "SELECT DISTINCT status FROM statement") == [("recu",)]


def test_a_holder_declares_those_whose_employer_is_unknown(
    base: Base, contract: NewContract
) -> None:
    work = add(base, "work_contract", participant=new_person(base), start="2026-01-01")
    place = new_placement(base, contract, 0, work_contract=work).placement
    enter_hours(base, [cell(contract, place, 100)])
    assert validate_sender_month(base, contract.company, MARCH).lines == 1


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("status", ["verifie", "sans_activite"])
def test_hours_of_an_unknown_employer_reopen_the_statement_of_the_holder(
    base: Base, contract: NewContract, status: str, named: bool
) -> None:
    work = add(base, "work_contract", participant=new_person(base), start="2026-01-01")
    place = new_placement(base, contract, 0, work_contract=work).placement
    sender = contract.company if named else None
    mark_statement(base, contract.obligation, sender, MARCH, status)
    enter_hours(base, [cell(contract, place, 100)])
    assert one(base, "SELECT status FROM statement") == "recu"


def test_hours_confirmed_by_hand_are_no_estimate(
    base: Base, contract: NewContract, placement: int
) -> None:
    enter_hours(base, [cell(contract, placement, 1000)])
    row = hour_row(contract.obligation, MARCH, placement, 1)
    write(base, [changed("hour_entry", row, "spread", 1)], label="Essai")
    assert enter_hours(base, [cell(contract, placement, 1000)]).lines == 1
    assert rows(base, "SELECT declared, spread FROM hour_entry") == [(1000, 0)]
    assert enter_hours(base, [cell(contract, placement, 1000)]) == (0, 0)


def test_a_negative_line_is_attached_to_the_month_it_corrects(
    base: Base, contract: NewContract, placement: int
) -> None:
    enter_hours(base, [cell(contract, placement, -500), cell(contract, placement, 900, FEBRUARY)])
    key = HourKey(contract.obligation, MARCH, placement, 1)
    assert attach_correction(base, key, FEBRUARY).lines == 1
    assert attach_correction(base, key, FEBRUARY) == (0, 0)
    assert one(base, "SELECT corrects FROM hour_entry WHERE month = 202603") == FEBRUARY
    with pytest.raises(UserError, match="mois déjà passé"):
        attach_correction(base, key, Month(202604))
    with pytest.raises(UserError, match="négative"):
        attach_correction(base, key._replace(month=FEBRUARY), FEBRUARY)
    # Nothing that was taken back is declared again by a repetition.
    assert repeat_previous_month(base, contract.obligation, Month(202604)) == (0, 0)
    enter_hours(base, [cell(contract, placement, 300)])
    assert one(base, "SELECT corrects FROM hour_entry WHERE month = 202603") is None
