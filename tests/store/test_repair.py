"""What another tool changed is found, then adopted or put back, as the person chooses."""

import sqlite3
from pathlib import Path

import pytest

from store_samples import Sample, assert_sound, living, sample, search_words, state
from suivi_tui.store.base import open_base
from suivi_tui.store.integrity import UNSOUND, Finding, differences, findings, quick_check
from suivi_tui.store.journal import created, hour_row, write
from suivi_tui.store.repair import adopt_differences, rebuild_tables
from suivi_tui.store.search import find
from suivi_tui.store.undo import undo_last

BY_HAND = {
    "an edit": "UPDATE participant SET last = 'Autre'",
    "hours changed": "UPDATE hour_entry SET declared = 1",
    "hours deleted": "DELETE FROM hour_entry",
    "a row deleted": "DELETE FROM follow_up",
    "a row added": "INSERT INTO company (id, name) VALUES (12, 'Toits')",
    "rows of two tables under one number": (
        "INSERT INTO company (id, name) VALUES (12, 'T'); "
        "INSERT INTO buyer (id, name) VALUES (12, 'V')"
    ),
    "a mark of removal": "UPDATE follow_up SET removed = 1",
    "a value emptied": "UPDATE contract SET start = NULL, taken_up = 0",
    "a batch renamed": "UPDATE batch SET label = 'autre'",
}


def edited(folder: Path, script: str) -> Sample:
    """A base with hours and a follow-up, edited with plain sqlite3."""
    made = sample(folder)
    placement = made.placements[0]
    write(
        made.base,
        [
            created(
                "hour_entry",
                hour_row(placement.obligation, 202601, placement.placement, 1),
                {"declared": 15167},
            ),
            created("follow_up", made.base.new_id(), {"subject": made.buyer, "text": "Appel"}),
        ],
        label="Essai",
    )
    made.base.close()
    raw = sqlite3.connect(made.base.path)
    raw.executescript(script)
    raw.commit()
    raw.close()
    return made._replace(base=open_base(made.base.path, clock=made.clock))


@pytest.mark.parametrize("script", BY_HAND.values(), ids=BY_HAND.keys())
def test_edits_by_hand_are_found_then_put_back(tmp_path: Path, script: str) -> None:
    with edited(tmp_path, script).base as base:
        (found,) = findings(base.connection)
        count = len(differences(base.connection))
        assert (found.control, found.gravity, found.number) == ("historique", UNSOUND, count)
        assert findings(base.connection, complete=False) == []
        assert rebuild_tables(base) == count
        assert findings(base.connection) == []
        assert rebuild_tables(base) == 0
        assert_sound(base)


@pytest.mark.parametrize("script", BY_HAND.values(), ids=BY_HAND.keys())
def test_edits_by_hand_can_be_adopted_then_taken_back(tmp_path: Path, script: str) -> None:
    with edited(tmp_path, "SELECT 1").base as intact:
        as_journalled = living(intact)
    (tmp_path / "suivi.db").unlink()
    with edited(tmp_path, script).base as base:
        seen, count = living(base), len(differences(base.connection))
        assert adopt_differences(base) == count
        assert living(base) == seen
        assert findings(base.connection) == []
        undo_last(base)
        assert living(base) == as_journalled
        assert findings(base.connection) == []


def test_what_was_adopted_and_taken_back_is_the_state_before(tmp_path: Path) -> None:
    small = edited(tmp_path, "UPDATE participant SET last = 'Autre'; DELETE FROM hour_entry")
    with small.base as base:
        adopt_differences(base)
        assert base.connection.execute("SELECT last FROM participant").fetchone() == ("Autre",)
        undo_last(base)
        assert base.connection.execute("SELECT last FROM participant").fetchone() == ("Exemple",)
        hours = base.connection.execute("SELECT declared, removed FROM hour_entry").fetchall()
        assert hours == [(15167, 0)]


def test_a_link_broken_by_hand_is_found_and_put_back(tmp_path: Path) -> None:
    script = "PRAGMA foreign_keys = OFF; DELETE FROM buyer"
    with edited(tmp_path, script).base as base:
        assert {found.control for found in findings(base.connection)} == {"liens", "historique"}
        rebuild_tables(base)
        assert findings(base.connection) == []
        assert base.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_line_taken_out_of_the_journal_is_found(tmp_path: Path) -> None:
    script = "DELETE FROM journal WHERE number = 5"
    with edited(tmp_path, script).base as base:
        controls = {found.control for found in findings(base.connection)}
        assert "numeros" in controls


def test_more_hours_validated_than_declared_are_found(tmp_path: Path) -> None:
    script = "UPDATE hour_entry SET validated = declared + 1"
    with edited(tmp_path, script).base as base:
        adopt_differences(base)
        (found,) = findings(base.connection)
        assert found == Finding("sommes", UNSOUND, found.message, 1)
        assert "1\u00a0ligne" in found.message or "1 ligne" in found.message


def test_nothing_to_adopt_writes_nothing(small: Sample) -> None:
    before = state(small.base, leaving_out=())
    assert adopt_differences(small.base) == 0
    assert state(small.base, leaving_out=()) == before


def test_a_rebuild_that_fails_leaves_the_tables_as_they_were(
    small: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    from suivi_tui.store import repair
    from suivi_tui.store.faults import WriteFailed

    real = repair.projection.rebuild

    def fail(connection: sqlite3.Connection) -> None:
        real(connection)
        raise sqlite3.OperationalError("disk")

    before = state(small.base, leaving_out=())
    monkeypatch.setattr(repair.projection, "rebuild", fail)
    with pytest.raises(WriteFailed):
        rebuild_tables(small.base)
    assert state(small.base, leaving_out=()) == before
    assert small.base.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_rebuild_makes_the_search_again(small: Sample) -> None:
    write(
        small.base,
        [created("company", small.base.new_id(), {"name": "Cœur d'Œuvre Énergie"})],
        label="Essai",
    )
    before = search_words(small.base.connection)
    with small.base.door.transaction():
        small.base.connection.execute("DELETE FROM search")
    rebuild_tables(small.base)
    assert search_words(small.base.connection) == before


@pytest.mark.parametrize(
    "typed", ["coeur", "cœur", "CŒUR", "energie", "Éner", "d'œuvre", "coeur ener", "oeu"]
)
def test_a_record_is_found_whatever_the_accents_typed(small: Sample, typed: str) -> None:
    row = small.base.new_id()
    write(small.base, [created("company", row, {"name": "Cœur d'Œuvre Énergie"})], label="Essai")
    assert find(small.base.connection, typed) == [("company", row)]


@pytest.mark.parametrize("typed", ["", "  ", '"', "*", "zzz", "a OR b", "NEAR(", "-"])
def test_nothing_typed_is_ever_an_error(small: Sample, typed: str) -> None:
    find(small.base.connection, typed)


def test_an_interrupted_check_accuses_nobody(small: Sample) -> None:
    """Reads may be interrupted by the screen: the base is not damaged for that."""
    small.base.connection.set_progress_handler(lambda: 1, 10)
    try:
        with pytest.raises(sqlite3.OperationalError, match="interrupt"):
            findings(small.base.connection)
        with pytest.raises(sqlite3.OperationalError, match="interrupt"):
            quick_check(small.base.connection)
    finally:
        small.base.connection.set_progress_handler(None, 0)
    assert quick_check(small.base.connection)
