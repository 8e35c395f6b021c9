"""People proposed for a need, answers, hirings; papers and points of a path."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import (
    add,
    new_base,
    new_company,
    new_contract,
    new_person,
    new_placement,
    new_work_contract,
)
from suivi_tui.actions.follow_ups import finish_follow_up
from suivi_tui.actions.hiring import place_person, place_work_contract
from suivi_tui.actions.needs import answer, close_need, hired_changes, propose
from suivi_tui.actions.outcomes import ask_point, save_outcome
from suivi_tui.actions.records import FieldErrors, RecordGone, remove_record, save_record
from suivi_tui.actions.undoing import undo_last
from suivi_tui.readings.needs import count_needs, proposed_for, read_need, read_needs
from suivi_tui.readings.outcomes import outcomes_due, read_outcomes
from suivi_tui.readings.person import read_person
from suivi_tui.store.base import Base
from suivi_tui.store.queries.papers import current_hires_missing
from suivi_tui.vocabulary.choices import OutcomePoint

TODAY = date(2026, 6, 20)


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return new_base(tmp_path)


def new_need(base: Base, **values: Any) -> int:
    company = values.pop("company", None) or new_company(base)
    return add(base, "need", company=company, post="Maçon", **{"number": 1, **values})


def fields(base: Base, proposal: int) -> tuple[Any, ...]:
    return tuple(
        base.connection.execute(
            "SELECT participant, initials, prescriber, proposed_on, answer, answered_on, reason "
            "FROM proposal WHERE id = ?",
            (proposal,),
        ).fetchone()
    )


def test_somebody_is_proposed_once_with_the_prescriber_of_their_sheet(base: Base) -> None:
    need, person = new_need(base), new_person(base, prescriber="plie")
    made = propose(base, need, {"participant": person, "initials": "XX"}, TODAY).row
    assert fields(base, made) == (person, "", "plie", "2026-06-20", "en_attente", None, "")
    with pytest.raises(FieldErrors, match="déjà proposée"):
        propose(base, need, {"participant": person}, TODAY)
    other = propose(base, need, {"initials": " JD ", "prescriber": "siae"}, TODAY).row
    assert fields(base, other)[:3] == (None, "JD", "siae")
    with pytest.raises(FieldErrors, match="initiales"):
        propose(base, need, {"initials": "\u200b"}, TODAY)
    remove_record(base, "need", need)
    with pytest.raises(RecordGone):
        propose(base, need, {"initials": "JD"}, TODAY)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"answer": "refuse", "reason": "competences"}, ("refuse", "2026-06-20", "competences")),
        ({"answer": "refuse", "reason": ""}, None),
        ({"answer": "decline", "reason": ""}, None),
        ({"answer": "injoignable", "reason": ""}, ("injoignable", "2026-06-20", "")),
        (
            {"answer": "decline", "reason": "mobilite", "answered_on": date(2026, 6, 1)},
            ("decline", "2026-06-01", "mobilite"),
        ),
        # Still open: no day, no reason, whatever was typed.
        (
            {"answer": "entretien", "reason": "autre", "answered_on": TODAY},
            ("entretien", None, ""),
        ),
        ({"answer": "embauche", "reason": "autre"}, ("embauche", "2026-06-20", "")),
    ],
)
def test_an_answer_has_its_day_and_a_refusal_its_reason(
    base: Base, given: dict[str, Any], expected: tuple[Any, ...] | None
) -> None:
    made = propose(base, new_need(base), {"initials": "JD"}, TODAY).row
    if expected is None:
        with pytest.raises(FieldErrors, match="choisissez pourquoi"):
            answer(base, made, given, TODAY)
        expected = ("en_attente", None, "")
    else:
        answer(base, made, given, TODAY)
    assert fields(base, made)[4:] == expected


def test_a_hiring_answers_the_proposal_in_the_same_batch(base: Base) -> None:
    contract = new_contract(base)
    need, person = new_need(base, obligation=contract.obligation), new_person(base)
    made = propose(base, need, {"initials": "JD"}, TODAY).row
    hired = place_person(
        base,
        contract.obligation,
        person,
        {"post": "Maçon", "start": TODAY},
        also=lambda who: hired_changes(base, made, who, TODAY),
    )
    assert fields(base, made)[:2] == (person, "")
    assert fields(base, made)[4:] == ("embauche", "2026-06-20", "")
    reading = read_need(base.connection, need)
    assert reading is not None
    assert (reading.hired, reading.filled, reading.waiting) == (1, True, ())
    undo_last(base)
    assert fields(base, made)[:2] == (None, "JD")
    assert not base.connection.execute("SELECT 1 FROM placement WHERE removed = 0").fetchone()
    # A placement that already joins the two leaves the answer alone to write.
    placed = new_placement(base, contract, person)
    again = place_work_contract(
        base,
        contract.obligation,
        placed.work_contract,
        also=lambda who: hired_changes(base, made, who, TODAY),
    )
    assert again.placement == placed.placement != hired.placement
    assert fields(base, made)[4] == "embauche"


def test_needs_in_figures(base: Base) -> None:
    contract = new_contract(base)
    first = new_need(base, number=2, company=contract.company, obligation=contract.obligation,
                     wanted_on="2026-06-19")  # fmt: skip
    second = new_need(base, company=contract.company)
    elsewhere = new_need(base)
    for initials, day in (("AA", date(2026, 6, 10)), ("BB", date(2026, 6, 1))):
        propose(base, first, {"initials": initials, "proposed_on": day}, TODAY)
    last = propose(base, first, {"initials": "CC", "proposed_on": date(2026, 5, 1)}, TODAY).row
    answer(base, last, {"answer": "embauche"}, TODAY)
    close_need(base, second, TODAY)
    found = read_needs(base.connection, company=contract.company)
    assert [one.row.need for one in found] == [second, first]
    assert count_needs(found) == (2, 1, 3, 2, 1)
    assert found[1].oldest_waiting == date(2026, 6, 1)
    # Late the day after it was wanted for, as long as it is open and not filled.
    assert found[1].late(TODAY)
    assert not found[1].late(date(2026, 6, 19))
    everywhere = read_needs(base.connection, open_only=True)
    assert [one.row.need for one in everywhere] == [elsewhere, first]
    of_obligation = read_needs(base.connection, obligation=contract.obligation)
    assert [one.row.need for one in of_obligation] == [first]
    close_need(base, second, None)
    assert len(read_needs(base.connection, open_only=True)) == 3
    assert read_need(base.connection, 1) is None


def test_what_a_person_was_proposed_for(base: Base) -> None:
    person, gone, kept = new_person(base), new_need(base), new_need(base)
    for need in (gone, kept):
        propose(base, need, {"participant": person}, TODAY)
    remove_record(base, "need", gone)
    assert [one.need.need for one in proposed_for(base.connection, person)] == [kept]
    known = read_person(base.connection, person, TODAY, 24)
    assert known is not None
    assert [one.need.post for one in known.proposed] == ["Maçon"]


def test_current_hires_of_followed_contracts_with_a_paper_missing(base: Base) -> None:
    followed = new_contract(base)
    other = new_contract(base, number="2026-02", taken_up=0)
    whole = dict.fromkeys(
        ("contract_received_on", "proof_received_on", "notice_sent_on"), "2026-01-05"
    )

    def hire(market: Any = followed, **values: Any) -> int:
        return new_placement(base, market, new_person(base), **values).work_contract

    missing = hire(contract_end="2026-06-20", **{**whole, "notice_sent_on": None})
    ageless = hire(contract_start=None, contract_end=None)
    hire(contract_end="2026-06-19")
    hire(**whole)
    hire(other)
    new_work_contract(base, new_person(base))
    found = current_hires_missing(base.connection, TODAY)
    assert [row.work_contract for row in found] == [ageless, missing]
    assert found[1].number == "2026-01"


def test_a_point_is_asked_then_answered_on_one_row(base: Base) -> None:
    person = new_person(base)
    works = [
        new_work_contract(base, person, start="2025-01-01", end="2025-06-30"),
        new_work_contract(base, person, start="2025-08-01", end="2026-03-18"),
    ]
    new_work_contract(base, new_person(base), start="2025-01-01", end="2025-01-31")
    (due,) = outcomes_due(base.connection, TODAY, 12)
    assert (due.point.point, due.point.due) == (OutcomePoint.MONTHS_3, date(2026, 6, 18))
    assert due.person.work_contract == works[1]
    path = due.reading.path.opened_by
    assert path == works[0]
    ask_point(base, person, path, OutcomePoint.MONTHS_3, TODAY)
    (asked,) = outcomes_due(base.connection, TODAY, 12)
    assert asked.point.state.value == "demandé"
    with pytest.raises(FieldErrors, match="situation"):
        save_outcome(base, person, path, OutcomePoint.MONTHS_3, {"answered_on": TODAY}, TODAY)
    save_outcome(base, person, path, OutcomePoint.MONTHS_3, {"situation": "cdi"}, TODAY)
    assert outcomes_due(base.connection, TODAY, 12) == []
    (reading,) = read_outcomes(base.connection, [person], TODAY)[person]
    told = reading.points[1].told
    assert told is not None
    assert (told.asked_on, told.answered_on, told.situation) == (TODAY, TODAY, "cdi")
    assert base.connection.execute("SELECT count(*) FROM outcome").fetchone() == (1,)


def test_a_promise_is_kept_or_not_and_says_so(base: Base) -> None:
    about = {"entity": "company", "subject": new_company(base), "date": "2026-06-01"}
    promise = save_record(
        base, "follow_up", None, {**about, "kind": "promesse", "text": "Deux embauches"}
    ).row
    call = save_record(base, "follow_up", None, {**about, "kind": "appel", "text": "Rappeler"}).row
    finish_follow_up(base, promise, TODAY, False)
    finish_follow_up(base, call, TODAY, True)
    rows = base.connection.execute("SELECT done, text FROM follow_up ORDER BY id").fetchall()
    assert rows == [("2026-06-20", "Deux embauches [non tenue]"), ("2026-06-20", "Rappeler")]
    remove_record(base, "follow_up", call)
    with pytest.raises(RecordGone):
        finish_follow_up(base, call, TODAY)
