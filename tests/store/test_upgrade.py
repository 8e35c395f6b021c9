"""Bases of older formats, as their releases wrote them: opened, nothing lost, a copy kept."""

import gzip
import sqlite3
from pathlib import Path

import pytest

from suivi_tui import paths
from suivi_tui.store.base import open_base
from suivi_tui.store.engine import SCHEMA_VERSION, BaseRefused, format_of
from suivi_tui.store.integrity import findings
from suivi_tui.store.journal import created, write
from suivi_tui.store.restoring import restore
from suivi_tui.store.undo import undo_last

OLDER = (1, 2)
SPREAD = {1: {0}, 2: {0, 1}}
HOURS = "SELECT month, declared, validated, removed FROM hour_entry ORDER BY month"
HELD = [(202601, 15167, 15167, 0), (202602, 8050, None, 0), (202603, 1000, None, 1)]


@pytest.fixture(params=OLDER)
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def old(tmp_path: Path, version: int) -> Path:
    path = tmp_path / "ancienne.db"
    packed = Path(__file__).with_name(f"format_{version}.db.gz")
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


def backups(path: Path) -> list[Path]:
    return sorted(paths.backup_directory(path).glob("*.db"))


def test_an_older_base_opens_with_everything_it_held_and_its_new_tables(
    old: Path, version: int
) -> None:
    with open_base(old) as base:
        assert base.connection.execute(HOURS).fetchall() == HELD
        assert format_of(base.connection) == SCHEMA_VERSION
        assert findings(base.connection) == []
        file = base.new_id()
        write(
            base, [created("source_file", file, {"name": "r.xlsx", "sender": None})], label="Essai"
        )
        spread = base.connection.execute("SELECT DISTINCT spread FROM hour_entry").fetchall()
        assert {value for (value,) in spread} == SPREAD[version]
        assert base.connection.execute("SELECT count(*) FROM calibration").fetchone() == (0,)
        undo_last(base)
        assert findings(base.connection) == []
    with open_base(old) as base:
        assert base.connection.execute(HOURS).fetchall() == HELD


def test_a_verified_copy_of_the_older_base_is_kept_once(old: Path, version: int) -> None:
    open_base(old).close()
    open_base(old).close()
    (copy,) = backups(old)
    connection = sqlite3.connect(copy)
    try:
        assert format_of(connection) == version
        assert connection.execute(HOURS).fetchall() == HELD
    finally:
        connection.close()


def test_the_kept_copy_can_be_restored(old: Path, tmp_path: Path) -> None:
    open_base(old).close()
    target = tmp_path / "remise.db"
    restore(backups(old)[0], target)
    with open_base(target) as base:
        assert base.connection.execute(HOURS).fetchall() == HELD
        assert findings(base.connection) == []


def test_reading_only_leaves_the_older_file_as_it_is(old: Path) -> None:
    before = old.read_bytes()
    with open_base(old, read_only=True) as base:
        assert base.connection.execute(HOURS).fetchall() == HELD
        assert base.connection.execute("SELECT count(*) FROM source_line").fetchone() == (0,)
    assert old.read_bytes() == before
    assert backups(old) == []


def test_rows_that_the_journal_does_not_know_are_never_thrown_away(old: Path, version: int) -> None:
    connection = sqlite3.connect(old)
    connection.execute("UPDATE hour_entry SET declared = 9999 WHERE month = 202602")
    connection.commit()
    connection.close()
    with pytest.raises(BaseRefused, match="verifier --reprendre"):
        open_base(old)
    connection = sqlite3.connect(old)
    try:
        assert format_of(connection) == version
        assert connection.execute("SELECT max(declared) FROM hour_entry").fetchone() == (15167,)
        assert connection.execute(
            "SELECT declared FROM hour_entry WHERE month = 202602"
        ).fetchone() == (9999,)
    finally:
        connection.close()
