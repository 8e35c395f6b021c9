"""What a write leaves in the journal, and what it refuses."""

import json
from pathlib import Path

import pytest

from store_samples import (
    START_MS,
    YEAR_MS,
    Clock,
    Sample,
    assert_lines_can_merge,
    assert_sound,
    sample_file,
    state,
)
from suivi_tui.store.base import BaseMoved, create_base, open_base
from suivi_tui.store.faults import WriteFailed
from suivi_tui.store.journal import (
    Change,
    MissingRow,
    changed,
    created,
    hour_row,
    removed,
    renew_identity,
    write,
)
from suivi_tui.store.schema import NotAValue


def lines(small: Sample, entity: str, row: int | str) -> list[tuple[str, str, str, int]]:
    return small.base.connection.execute(
        "SELECT field, value, seen, head FROM journal WHERE entity = ? AND row = ? ORDER BY hlc",
        (entity, str(row)),
    ).fetchall()


def test_one_line_a_changed_field_names_what_its_author_had_seen(small: Sample) -> None:
    company = small.base.new_id()
    write(small.base, [created("company", company, {"name": "Toits"})], label="Essai")
    write(small.base, [changed("company", company, "name", "Toitures")], label="Essai")
    write(small.base, [changed("company", company, "name", "Toitures du Val")], label="Essai")
    (birth, first, second) = lines(small, "company", company)
    assert (birth[0], birth[2], birth[3]) == ("+", "", 1)
    assert (first[0], first[1], first[3]) == ("name", '"Toitures"', 0)
    assert (second[0], second[3]) == ("name", 1)
    assert len(json.loads(first[2])) == 1
    assert len(json.loads(second[2])) == 2  # the birth, and the name that it replaces


def test_an_hour_line_made_again_replaces_all_that_stood(small: Sample) -> None:
    row = hour_row(small.obligation, 202603, small.placements[0].placement, 1)
    write(small.base, [created("hour_entry", row, {"declared": 100})], label="Essai")
    write(small.base, [changed("hour_entry", row, "comment", "vu")], label="Essai")
    write(small.base, [removed("hour_entry", row)], label="Essai")
    write(small.base, [created("hour_entry", row, {"declared": 200})], label="Essai")
    assert [line[3] for line in lines(small, "hour_entry", row)] == [0, 0, 0, 1]
    assert small.base.connection.execute(
        "SELECT declared, comment, removed FROM hour_entry"
    ).fetchall() == [(200, "", 0)]
    assert_sound(small.base)


def test_what_a_batch_says_of_one_row_is_one_line(small: Sample) -> None:
    """Two lines of one batch that ignored each other would look like a conflict once merged."""
    row = small.base.new_id()
    write(
        small.base,
        [
            created("company", row, {"name": "A"}),
            changed("company", row, "name", "B"),
            removed("company", row),
        ],
        label="Essai",
    )
    (line,) = lines(small, "company", row)
    assert json.loads(line[1]) == {"name": "B", "-": True}
    found = small.base.connection.execute("SELECT name, removed FROM company WHERE id = ?", (row,))
    assert found.fetchone() == ("B", 1)
    assert_sound(small.base)


def test_saving_again_under_the_same_identity_replaces_and_says_so(small: Sample) -> None:
    row = small.base.new_id()
    change = created("company", row, {"name": "A"})
    write(small.base, [change], label="Essai")
    before = state(small.base)
    write(small.base, [change], label="Essai")
    assert state(small.base) == before
    assert [line[3] for line in lines(small, "company", row)] == [0, 1]
    assert_lines_can_merge(small.base.connection)


def test_a_clock_that_goes_back_by_years_orders_nothing_backwards(small: Sample) -> None:
    ids = []
    for moment in (START_MS, START_MS - 30 * YEAR_MS, START_MS + YEAR_MS, 0, START_MS):
        small.clock.moment = moment
        row = small.base.new_id()
        ids.append(row)
        write(small.base, [created("company", row, {"name": "A"})], label="Essai")
        write(small.base, [changed("buyer", small.buyer, "name", f"{moment}")], label="Essai")
    assert ids == sorted(set(ids))
    name = small.base.connection.execute("SELECT name FROM buyer").fetchone()[0]
    assert name == str(START_MS), "the last word typed is the one shown"
    assert_sound(small.base)


def test_identities_do_not_come_back_after_a_flat_battery(tmp_path: Path) -> None:
    """A laptop that wakes up in 1970 at each start numbers on from what the base knows."""
    path = sample_file(tmp_path)
    seen: set[int] = set()
    for _ in range(5):
        with open_base(path, clock=lambda: 0, random_bits=lambda bits: 0) as base:
            rows = [base.new_id() for _ in range(20)]
            assert not seen & set(rows)
            seen |= set(rows)
            write(base, [created("company", row, {}) for row in rows], label="Essai")
            assert_lines_can_merge(base.connection)


@pytest.mark.parametrize("moment", [-(10**15), 0, 4_102_444_800_000, 10**17])
def test_an_absurd_clock_does_not_stop_the_work(tmp_path: Path, moment: int) -> None:
    with create_base(tmp_path / "b.db", clock=lambda: moment) as base:
        row = base.new_id()
        write(base, [created("company", row, {"name": "A"})], label="Essai")
        assert_sound(base)
        assert len({base.new_id() for _ in range(1000)}) == 1000


def test_two_installations_in_one_file_number_apart(small: Sample) -> None:
    """What a merge relies on, on the lines of two installations."""
    names = [name for (name,) in small.base.connection.execute("SELECT DISTINCT base FROM journal")]
    for _ in range(2):
        renew_identity(small.base)
        for text in ("a", "b"):
            write(small.base, [changed("buyer", small.buyer, "name", text)], label="Essai")
    counts = small.base.connection.execute(
        "SELECT base, min(number), max(number), count(*) FROM journal GROUP BY base"
    ).fetchall()
    assert len(counts) == len(names) + 2
    assert all(low == 1 and high == count for _, low, high, count in counts)
    known = small.base.connection.execute("SELECT id FROM base").fetchall()
    assert {base for (base,) in known} == {row[0] for row in counts}
    assert_sound(small.base)


def test_a_copy_of_the_file_elsewhere_takes_its_own_identity(tmp_path: Path) -> None:
    first = sample_file(tmp_path)
    with open_base(first) as base:
        write(base, [created("company", base.new_id(), {})], label="Essai")
        mine = base.setting("identity")
    (tmp_path / "ailleurs").mkdir()
    copy = tmp_path / "ailleurs" / "suivi.db"
    copy.write_bytes(first.read_bytes())
    with open_base(copy) as base:
        write(base, [created("company", base.new_id(), {})], label="Essai")
        assert base.setting("identity") != mine
        assert_sound(base)


@pytest.mark.parametrize(
    "change",
    [
        changed("buyer", 1, "colour", "red"),
        changed("buyer", 1, "removed", 1),
        changed("buyer", 1, "id", 5),
        changed("buyer", 1, "name", 3),
        changed("buyer", 1, "answer_weeks", "douze"),
        changed("buyer", 1, "answer_weeks", 1 << 63),
        changed("local_setting", 1, "value", "x"),
        changed("journal", 1, "value", "x"),
        removed("colours", 1),
        changed("buyer", 1, "name", "\ud800"),
        created("buyer", "007", {}),
        created("buyer", "1/2", {}),
        created("hour_entry", "1/2/3", {}),
        created("hour_entry", "1/2/3/4", {"month": 202601}),
    ],
    ids=str,
)
def test_what_a_field_cannot_hold_is_refused_and_nothing_is_written(
    small: Sample, change: Change
) -> None:
    count = "SELECT count(*) FROM journal"
    before = small.base.connection.execute(count).fetchone()
    if change.row == "1":
        change = change._replace(row=str(small.buyer))
    with pytest.raises(NotAValue, match="rien n'a été écrit"):
        write(small.base, [change], label="Essai")
    assert small.base.connection.execute(count).fetchone() == before
    assert_sound(small.base)


def test_a_change_to_a_row_that_does_not_exist_is_never_a_silent_success(small: Sample) -> None:
    with pytest.raises(MissingRow, match="rien n'a été écrit"):
        write(small.base, [changed("buyer", small.base.new_id(), "name", "x")], label="Essai")
    assert_sound(small.base)


def test_a_link_to_a_row_that_does_not_exist_is_refused_whole(small: Sample) -> None:
    before = state(small.base)
    row = small.base.new_id()
    with pytest.raises(WriteFailed, match="n'est pas enregistrée"):
        write(
            small.base,
            [
                changed("buyer", small.buyer, "name", "Autre"),
                created("contract", row, {"buyer": small.base.new_id()}),
            ],
            label="Essai",
        )
    assert state(small.base) == before
    assert_sound(small.base)


def test_nothing_to_write_writes_nothing(small: Sample) -> None:
    assert write(small.base, [], label="Essai") == (0, 0)


@pytest.mark.parametrize(
    ("field", "default"), [("taken_up", 1), ("number", ""), ("end", None), ("amount_cents", None)]
)
def test_a_value_taken_away_leaves_what_a_new_row_has(
    small: Sample, field: str, default: object
) -> None:
    write(small.base, [changed("contract", small.contract, field, None)], label="Essai")
    found = small.base.connection.execute(f'SELECT "{field}" FROM contract').fetchone()
    assert found == (default,)
    assert_sound(small.base)


def test_a_base_moved_while_open_stops_at_the_next_write(small: Sample, tmp_path: Path) -> None:
    moved = tmp_path / "deplacee.db"
    small.base.path.rename(moved)
    with pytest.raises(BaseMoved, match="déplacé ou remplacé"):
        write(small.base, [changed("buyer", small.buyer, "name", "x")], label="Essai")
    moved.rename(small.base.path)
    write(small.base, [changed("buyer", small.buyer, "name", "x")], label="Essai")


def test_a_base_replaced_while_open_is_not_written_over(small: Sample, tmp_path: Path) -> None:
    other = sample_file(tmp_path, "autre.db")
    content = other.read_bytes()
    other.replace(small.base.path)
    with pytest.raises(BaseMoved):
        write(small.base, [changed("buyer", small.buyer, "name", "x")], label="Essai")
    assert small.base.path.read_bytes() == content


def test_the_clock_of_the_test_only_goes_forward() -> None:
    clock = Clock()
    assert clock() < clock()
