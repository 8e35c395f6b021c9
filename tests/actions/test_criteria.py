"""The main criterion of a person: only one holds rank 1."""

from typing import Any

from builders import new_contract, new_eligibility, new_hours, new_person, new_placement
from import_samples import one, rows
from suivi_tui.actions.criteria import save_criterion
from suivi_tui.readings.evaluation import as_json, evaluate
from suivi_tui.store.base import Base
from suivi_tui.store.undo import undo_last

RANKS = "SELECT criterion, rank FROM eligibility WHERE removed = 0 ORDER BY rank, id"


def with_criteria(base: Base, *ranks: tuple[str, int]) -> tuple[int, list[int]]:
    person = new_person(base)
    return person, [new_eligibility(base, person, code, rank=rank) for code, rank in ranks]


def test_a_new_main_criterion_moves_the_others_down_in_one_batch(base: Base) -> None:
    person, _ = with_criteria(base, ("DELD", 1), ("RSA", 2), ("QPV", 5))
    batches = one(base, "SELECT count(*) FROM batch")
    save_criterion(base, person, None, {"criterion": "RQTH", "rank": 1})
    assert rows(base, RANKS) == [("RQTH", 1), ("DELD", 2), ("RSA", 3), ("QPV", 5)]
    assert one(base, "SELECT count(*) FROM batch") == batches + 1
    undo_last(base)
    assert rows(base, RANKS) == [("DELD", 1), ("RSA", 2), ("QPV", 5)]


def test_a_criterion_made_the_main_one_leaves_its_place(base: Base) -> None:
    person, made = with_criteria(base, ("DELD", 1), ("RSA", 2))
    save_criterion(base, person, made[1], {"rank": 1})
    assert rows(base, RANKS) == [("RSA", 1), ("DELD", 2)]
    # Saved again as it is, nothing moves.
    assert save_criterion(base, person, made[1], {"rank": 1}).lines == 0


def test_several_main_criteria_of_an_older_base_are_put_right(base: Base) -> None:
    person, made = with_criteria(base, ("DELD", 1), ("RSA", 1), ("QPV", 2))
    save_criterion(base, person, made[0], {"rank": 1})
    assert rows(base, RANKS) == [("DELD", 1), ("RSA", 2), ("QPV", 3)]


def test_a_second_criterion_moves_nothing_and_other_people_are_left_alone(base: Base) -> None:
    with_criteria(base, ("QPV", 1))
    person, _ = with_criteria(base, ("DELD", 1))
    save_criterion(base, person, None, {"criterion": "RSA", "rank": 2})
    save_criterion(base, person, None, {"criterion": "RQTH", "rank": 1})
    assert rows(base, RANKS) == [("QPV", 1), ("RQTH", 1), ("DELD", 2), ("RSA", 3)]


def counted(base: Base) -> dict[str, Any]:
    lines = as_json(evaluate(base.connection))["repartitions"]["critere"]
    return {line["valeur"]: line["heures"] for line in lines}


def test_an_evaluation_counts_the_new_main_criterion(base: Base) -> None:
    person, made = with_criteria(base, ("DELD", 1), ("RSA", 2))
    placement = new_placement(base, new_contract(base), person)
    new_hours(base, placement, 202603, 10_00)
    before = counted(base)
    save_criterion(base, person, made[1], {"rank": 1})
    after = counted(base)
    assert list(before.values()) == list(after.values()) == [10.0]
    assert set(before) != set(after)
