"""Taking back: the state before, later changes respected, the past never rewritten."""

from pathlib import Path

import pytest

from builders import new_base, new_contract
from store_samples import Sample, assert_sound, living, state
from suivi_tui.store.journal import Change, changed, created, hour_row, removed, write
from suivi_tui.store.undo import LaterChanges, NothingToUndo, last_undoable, undo, undo_last
from suivi_tui.vocabulary.choices import BatchKind


def rename(small: Sample, name: str) -> int:
    return write(small.base, [changed("buyer", small.buyer, "name", name)], label=name).batch


def name_of(small: Sample) -> str:
    return str(small.base.connection.execute("SELECT name FROM buyer").fetchone()[0])


def test_each_undo_takes_back_one_more_change(small: Sample) -> None:
    start = name_of(small)
    for name in ("a", "b", "c"):
        rename(small, name)
    shown = []
    for _ in range(3):
        undo_last(small.base)
        shown.append(name_of(small))
    assert shown == ["b", "a", start]
    assert_sound(small.base)


def test_an_undone_change_can_be_done_again_and_undone_again(small: Sample) -> None:
    start = name_of(small)
    batch = rename(small, "a")
    back = undo(small.base, batch)
    again = undo(small.base, back.batch)
    assert name_of(small) == "a"
    assert last_undoable(small.base) == (batch, "a")
    undo(small.base, batch)
    assert name_of(small) == start
    with pytest.raises(NothingToUndo):
        undo(small.base, batch)
    with pytest.raises(NothingToUndo):
        undo(small.base, back.batch)
    assert again.lines
    assert_sound(small.base)


def test_an_imported_file_is_taken_back_whole(small: Sample) -> None:
    before = living(small.base)
    changes: list[Change] = []
    for number in range(50):
        row = small.base.new_id()
        changes.append(created("participant", row, {"last": f"P{number}"}))
        changes.append(created("eligibility", small.base.new_id(), {"participant": row}))
        placement = small.placements[number % 2]
        key = hour_row(placement.obligation, 202601 + number % 12, placement.placement, 1)
        changes.append(created("hour_entry", key, {"declared": number}))
    changes.append(changed("buyer", small.buyer, "siret", "12345678900011"))
    batch = write(small.base, changes, kind=BatchKind.IMPORT, label="heures.csv").batch
    undo(small.base, batch)
    assert living(small.base) == before
    assert_sound(small.base)


def test_what_was_changed_since_is_shown_and_can_be_kept(small: Sample) -> None:
    first = write(
        small.base,
        [
            changed("buyer", small.buyer, "name", "a"),
            changed("contract", small.contract, "object", "a"),
        ],
        label="premier",
    ).batch
    rename(small, "b")
    before = state(small.base)
    with pytest.raises(LaterChanges) as refusal:
        undo(small.base, first)
    assert refusal.value.count == 1
    assert state(small.base) == before
    undo(small.base, first, keep_later=True)
    assert name_of(small) == "b"
    found = small.base.connection.execute("SELECT object FROM contract").fetchone()
    assert found == ("Réhabilitation d'une école",)
    assert_sound(small.base)


def test_a_later_change_that_was_taken_back_is_no_obstacle(small: Sample) -> None:
    start = name_of(small)
    first = rename(small, "a")
    undo(small.base, rename(small, "b"))
    undo(small.base, first)
    assert name_of(small) == start


def test_a_record_used_since_is_not_pulled_from_under_another(small: Sample) -> None:
    buyer = small.base.new_id()
    batch = write(small.base, [created("buyer", buyer, {"name": "B"})], label="B").batch
    contract = small.base.new_id()
    write(small.base, [created("contract", contract, {"buyer": buyer})], label="C")
    with pytest.raises(LaterChanges):
        undo(small.base, batch)
    with pytest.raises(NothingToUndo):
        undo(small.base, batch, keep_later=True)
    assert ("buyer", str(buyer)) in living(small.base)


def test_a_record_brought_back_then_used_is_not_removed_again(small: Sample) -> None:
    buyer = small.base.new_id()
    birth = write(small.base, [created("buyer", buyer, {"name": "B"})], label="B").batch
    gone = undo(small.base, birth)
    back = undo(small.base, gone.batch)
    write(small.base, [created("contract", small.base.new_id(), {"buyer": buyer})], label="C")
    with pytest.raises(LaterChanges):
        undo(small.base, back.batch)
    assert ("buyer", str(buyer)) in living(small.base)


def test_a_link_made_by_the_batch_itself_goes_with_it(small: Sample) -> None:
    operation = small.base.new_id()
    before = living(small.base)
    batch = write(
        small.base,
        [
            created("operation", operation, {"buyer": small.buyer, "name": "Nord"}),
            changed("contract", small.contract, "operation", operation),
        ],
        label="rattachement",
    ).batch
    undo(small.base, batch)
    assert living(small.base) == before


def test_a_link_kept_because_changed_since_keeps_what_it_refers_to(small: Sample) -> None:
    operation = small.base.new_id()
    batch = write(
        small.base,
        [
            created("operation", operation, {"buyer": small.buyer, "name": "Nord"}),
            changed("contract", small.contract, "operation", operation),
            changed("contract", small.contract, "object", "a"),
        ],
        label="rattachement",
    ).batch
    write(small.base, [changed("contract", small.contract, "object", "b")], label="b")
    with pytest.raises(NothingToUndo):
        undo(small.base, batch, keep_later=True)
    assert ("operation", str(operation)) in living(small.base)
    assert_sound(small.base)


def test_hours_kept_because_changed_since_keep_their_placement(small: Sample) -> None:
    placement, month = small.base.new_id(), 202604
    row = hour_row(small.obligation, month, placement, 1)
    values = {"obligation": small.obligation, "work_contract": small.placements[0].work_contract}
    batch = write(
        small.base,
        [
            created("placement", placement, values),
            created("hour_entry", row, {"declared": 100}),
            changed("buyer", small.buyer, "name", "a"),
        ],
        label="import",
    ).batch
    write(small.base, [changed("hour_entry", row, "declared", 200)], label="heures")
    undo(small.base, batch, keep_later=True)
    assert ("placement", str(placement)) in living(small.base)
    assert name_of(small) == "Ville de Valmont"
    assert_sound(small.base)


def test_a_default_that_was_never_typed_comes_back(small: Sample) -> None:
    row = small.base.new_id()
    values = {"buyer": small.buyer, "number": "2"}
    write(small.base, [created("contract", row, values)], label="Essai")
    batch = write(small.base, [changed("contract", row, "taken_up", 0)], label="Essai").batch
    undo(small.base, batch)
    found = small.base.connection.execute("SELECT taken_up FROM contract WHERE id = ?", (row,))
    assert found.fetchone() == (1,)


def test_a_removed_hour_line_made_again_is_removed_again(small: Sample) -> None:
    row = hour_row(small.obligation, 202603, small.placements[0].placement, 1)
    write(small.base, [created("hour_entry", row, {"declared": 100})], label="Essai")
    write(small.base, [removed("hour_entry", row)], label="Essai")
    before = state(small.base)
    batch = write(small.base, [created("hour_entry", row, {"declared": 7})], label="Essai").batch
    undo(small.base, batch)
    assert state(small.base) == before
    assert_sound(small.base)


def test_undo_follows_the_order_of_the_work_whatever_the_clock_says(small: Sample) -> None:
    rename(small, "a")
    small.clock.moment -= 86_400_000 * 4000
    rename(small, "b")
    undo_last(small.base)
    assert name_of(small) == "a"


def test_the_birth_of_the_base_is_not_taken_back(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        new_contract(base)
        for _ in range(100):
            if last_undoable(base) is None:
                break
            undo_last(base)
        with pytest.raises(NothingToUndo, match="plus rien à annuler"):
            undo_last(base)
        assert {key[0] for key in living(base)} == {"author"}
        assert_sound(base)


def test_an_unknown_batch_is_nothing_to_undo(small: Sample) -> None:
    with pytest.raises(NothingToUndo):
        undo(small.base, 5)
