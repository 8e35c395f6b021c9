"""Lines of an older or a newer release: read with defaults, kept, and never in the way."""

import json
from pathlib import Path

import pytest

from store_samples import Sample, assert_lines_can_merge, sample_file
from suivi_tui.store.base import open_base
from suivi_tui.store.integrity import findings
from suivi_tui.store.journal import EncodedLine, append, changed, created, hour_row, removed, write
from suivi_tui.store.projection import project
from suivi_tui.store.repair import rebuild_tables
from suivi_tui.store.tsid import TsidSource, moment_of
from suivi_tui.store.undo import undo


def bring(small: Sample, *lines: tuple[str, str, str, object]) -> int:
    """Lines as another release wrote them; their batch."""
    base = small.base
    batch = base.new_id()
    header = EncodedLine("batch", str(batch), "+", '{"kind":"fusion","label":"Autre version"}')
    with base.door.transaction():
        append(
            base,
            base.new_id(),
            int(base.setting("author") or 0),
            batch,
            [header, *(EncodedLine(*line[:3], json.dumps(line[3])) for line in lines)],
        )
        project(base.connection)
    return batch


def test_an_old_line_without_a_later_column_takes_its_default(small: Sample) -> None:
    row = small.base.new_id()
    bring(small, ("contract", str(row), "+", {"buyer": small.buyer}))
    found = small.base.connection.execute(
        'SELECT number, taken_up, amount_cents, "end", removed FROM contract WHERE id = ?', (row,)
    )
    assert found.fetchone() == ("", 1, None, None, 0)
    assert findings(small.base.connection) == []
    assert rebuild_tables(small.base) == 0


def test_an_unknown_table_and_field_are_kept_and_ignored(small: Sample) -> None:
    row = str(small.base.new_id())
    bring(small, ("drone", row, "+", {"colour": "rouge"}))
    bring(
        small,
        ("drone", row, "colour", "bleu"),
        ("buyer", str(small.buyer), "colour", "vert"),
        ("company", row, "+", {"name": "Toits", "colour": "gris", "rank": {"deep": [1]}}),
    )
    name = small.base.connection.execute("SELECT name FROM company WHERE id = ?", (row,))
    assert name.fetchone() == ("Toits",)
    write(small.base, [changed("company", row, "name", "Toitures")], label="Essai")
    write(small.base, [changed("buyer", small.buyer, "name", "Ville")], label="Essai")
    kept = small.base.connection.execute(
        "SELECT count(*) FROM journal WHERE value LIKE '%rouge%' OR field = 'colour' "
        "OR value LIKE '%gris%'"
    )
    assert kept.fetchone() == (4,)
    assert findings(small.base.connection) == []
    assert rebuild_tables(small.base) == 0
    assert_lines_can_merge(small.base.connection)


def test_work_over_lines_of_a_newer_release_can_be_taken_back(small: Sample) -> None:
    """An hour line with a field we do not know, made again here, then taken back."""
    placement = small.placements[0]
    row = hour_row(placement.obligation, 202601, placement.placement, 1)
    bring(small, ("hour_entry", row, "+", {"declared": 100, "colour": "rouge"}))
    batch = write(small.base, [created("hour_entry", row, {"declared": 7})], label="Essai").batch
    undo(small.base, batch)
    declared = small.base.connection.execute("SELECT declared FROM hour_entry")
    assert declared.fetchone() == (100,)
    last = small.base.connection.execute(
        "SELECT value FROM journal WHERE entity = 'hour_entry' ORDER BY hlc DESC LIMIT 1"
    ).fetchone()[0]
    assert json.loads(last)["colour"] == "rouge"


def test_a_batch_of_a_newer_release_can_be_taken_back(small: Sample) -> None:
    row = str(small.base.new_id())
    batch = bring(small, ("drone", row, "+", {}), ("company", row, "+", {"name": "Toits"}))
    undo(small.base, batch)
    gone = small.base.connection.execute("SELECT removed FROM company WHERE id = ?", (row,))
    assert gone.fetchone() == (1,)


def test_a_change_that_arrives_before_its_row_waits_for_it(small: Sample) -> None:
    """Old packages come in any order: a line without its birth is kept, then takes its place."""
    base, row = small.base, str(small.base.new_id())
    insert = (
        "INSERT INTO journal (base, number, hlc, author, batch, entity, row, field, value, seen) "
        "VALUES (5, ?, ?, 1, 1, 'company', ?, ?, ?, '')"
    )
    with base.door.transaction():
        base.connection.execute(insert, (1, 20, row, "name", '"Après"'))
    assert rebuild_tables(base) == 0
    with base.door.transaction():
        base.connection.execute(insert, (2, 10, row, "+", '{"name":"Avant","commune":"Valmont"}'))
    assert rebuild_tables(base) == 1
    found = base.connection.execute("SELECT name, commune FROM company WHERE id = ?", (row,))
    assert found.fetchone() == ("Après", "Valmont")


@pytest.mark.parametrize(("first", "second"), [(1, 2), (2, 1)])
def test_two_words_at_the_same_instant_have_one_winner_everywhere(
    small: Sample, first: int, second: int
) -> None:
    """Equal clocks: the greater installation wins, in whatever order the lines came."""
    base, row = small.base, str(small.base.new_id())
    bring(small, ("company", row, "+", {"name": "Toits"}))
    hlc = 1 << 62
    with base.door.transaction():
        for installation in (first, second):
            base.connection.execute(
                "INSERT INTO journal (base, number, hlc, author, batch, entity, row, field, value,"
                " seen) VALUES (?, 1, ?, 1, 1, 'company', ?, 'name', ?, '')",
                (installation, hlc, row, json.dumps(f"de {installation}")),
            )
    rebuild_tables(base)
    assert base.connection.execute("SELECT name FROM company WHERE id = ?", (row,)).fetchone() == (
        "de 2",
    )


def test_a_row_removed_at_birth_is_removed(small: Sample) -> None:
    row = small.base.new_id()
    write(small.base, [created("company", row, {}), removed("company", row)], label="Essai")
    assert rebuild_tables(small.base) == 0


def test_an_identity_says_when_it_was_made() -> None:
    source = TsidSource(lambda: 1_767_225_600_123, lambda bits: (1 << bits) - 1)
    made = [source() for _ in range(10)]
    assert moment_of(made[0]) == 1_767_225_600_123
    assert made == sorted(set(made))
    assert max(made) < 1 << 63


def test_a_file_that_holds_old_lines_opens_again(tmp_path: Path) -> None:
    with open_base(sample_file(tmp_path)) as base:
        assert findings(base.connection) == []
