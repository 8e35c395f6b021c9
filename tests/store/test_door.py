"""No write to a journalled table can bypass the journal: each way in is tried."""

import ast
import re
import sqlite3
from pathlib import Path

import pytest

import suivi_tui
from store_samples import Sample, assert_sound, sample_file, state
from suivi_tui.model import catalogue
from suivi_tui.store.base import BaseRefused, create_base, open_base
from suivi_tui.store.door import LOCAL_NAMES
from suivi_tui.store.drafts import keep_draft, read_draft
from suivi_tui.store.engine import connect
from suivi_tui.store.journal import changed, write
from suivi_tui.store.tables import JOURNALLED_NAMES

GUARDED = (*JOURNALLED_NAMES, "journal")
SOURCE = Path(suivi_tui.__file__).parent


def column_of(table: str) -> str:
    return {"journal": "value", "hour_entry": "declared"}.get(table, "removed")


@pytest.mark.parametrize("table", GUARDED)
def test_no_statement_writes_a_journalled_table(small: Sample, table: str) -> None:
    column = column_of(table)
    before = state(small.base)
    for statement in (
        f"UPDATE {table} SET {column} = 1",
        f"UPDATE main.{table.upper()} SET {column} = 1",
        f"UPDATE {table} SET {column} = 1 WHERE 0",
        f"INSERT INTO {table} SELECT * FROM {table}",
        f"INSERT INTO {table} ({column}) VALUES (1)",
        f"INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO UPDATE SET "
        f"{column} = 1",
        f"REPLACE INTO {table} SELECT * FROM {table}",
        f"INSERT OR IGNORE INTO {table} SELECT * FROM {table}",
        f"WITH x AS (SELECT 1) DELETE FROM {table}",
        f"DELETE FROM {table} RETURNING *",
        f"ALTER TABLE {table} ADD COLUMN colour TEXT",
        f"ALTER TABLE {table} RENAME TO {table}_old",
        f"ALTER TABLE {table} RENAME COLUMN {column} TO colour",
        f"ALTER TABLE {table} DROP COLUMN {column}",
        f"DROP TABLE {table}",
        f"CREATE TRIGGER sly AFTER INSERT ON {table} BEGIN DELETE FROM buyer; END",
        f"CREATE TEMP TRIGGER sly AFTER INSERT ON {table} BEGIN DELETE FROM buyer; END",
        f"CREATE TEMP TABLE {table} (id)",
        f"CREATE TEMP VIEW {table} AS SELECT 1",
        f"CREATE INDEX sly ON {table} ({column})",
    ):
        with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|prohibited"):
            small.base.connection.execute(statement)
    assert not small.base.connection.in_transaction
    assert state(small.base) == before


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA writable_schema = ON",
        "PRAGMA Writable_Schema(1)",
        "PRAGMA main.writable_schema = 1",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA synchronous = OFF",
        "PRAGMA journal_mode = OFF",
        "PRAGMA locking_mode = NORMAL",
        "PRAGMA user_version = 9",
        "UPDATE sqlite_master SET sql = ''",
        "DELETE FROM sqlite_master",
        "UPDATE search SET words = 'x'",
        "DELETE FROM search_data",
        "DROP INDEX journal_row",
        "CREATE TABLE sly (id)",
        "CREATE VIEW sly AS SELECT 1",
        "CREATE TRIGGER sly AFTER INSERT ON draft BEGIN DELETE FROM buyer; END",
        "CREATE VIRTUAL TABLE sly USING fts5(words)",
        "ATTACH ':memory:' AS other",
        "VACUUM INTO '/nowhere/else.db'",
    ],
)
def test_no_setting_nor_object_opens_another_way(small: Sample, statement: str) -> None:
    with pytest.raises(sqlite3.DatabaseError):
        small.base.connection.execute(statement).fetchall()
    write(small.base, [changed("buyer", small.buyer, "name", "x")], label="Essai")
    assert_sound(small.base)


def test_the_file_cannot_be_attached_under_another_name(small: Sample) -> None:
    with pytest.raises(sqlite3.DatabaseError):
        small.base.connection.execute("ATTACH ? AS twin", (str(small.base.path),))
    with pytest.raises(sqlite3.DatabaseError):
        small.base.connection.executescript("UPDATE buyer SET name = 'x'")
    assert_sound(small.base)


def test_a_statement_allowed_while_writing_is_refused_after(small: Sample) -> None:
    """SQLite keeps prepared statements: those of the open door must not stay usable."""
    statement = "UPDATE buyer SET name = 'x'"
    with pytest.raises(ZeroDivisionError), small.base.door.transaction():
        small.base.connection.execute(statement)
        raise ZeroDivisionError
    before = state(small.base)
    for _ in range(3):
        with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
            small.base.connection.execute(statement)
    assert state(small.base) == before


def test_a_trigger_left_by_another_tool_is_refused_at_opening(tmp_path: Path) -> None:
    path = sample_file(tmp_path)
    raw = sqlite3.connect(path)
    raw.execute("CREATE TRIGGER sly AFTER INSERT ON journal BEGIN DELETE FROM buyer; END")
    raw.commit()
    raw.close()
    content = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(BaseRefused, match="déclencheur"):
            open_base(path, read_only=read_only)
    assert path.read_bytes() == content


def test_the_local_tables_stay_open(small: Sample, tmp_path: Path) -> None:
    small.base.set_setting("theme", "nuit")
    assert small.base.setting("theme") == "nuit"
    keep_draft(small.base, "saisie", "1", "12,", small.base.now())
    draft = read_draft(small.base, "saisie", "1")
    assert draft is not None and draft.content == "12,"


def test_a_write_inside_a_write_leaves_the_outer_one_whole(small: Sample) -> None:
    with small.base.door.transaction():
        small.base.connection.execute("UPDATE local_setting SET value = value")
        with pytest.raises(sqlite3.OperationalError), small.base.door.transaction():
            pass
        small.base.connection.execute("UPDATE batch SET label = label")
    assert_sound(small.base)


def test_the_models_and_the_store_name_the_same_tables(tmp_path: Path) -> None:
    assert tuple(catalogue.table_name(model) for model in catalogue.JOURNALLED) == JOURNALLED_NAMES
    assert {catalogue.table_name(model) for model in catalogue.LOCAL} == LOCAL_NAMES


def test_a_new_base_holds_what_the_models_declare(tmp_path: Path) -> None:
    expected = sqlite3.connect(":memory:")
    for statement in catalogue.schema_statements():
        expected.execute(statement)
    with create_base(tmp_path / "b.db") as base:
        listing = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
        assert base.connection.execute(listing).fetchall() == expected.execute(listing).fetchall()
    expected.close()


def test_every_foreign_key_refers_to_an_earlier_table(small: Sample) -> None:
    """The order of the tables is that of the projection: parents first."""
    for place, table in enumerate(JOURNALLED_NAMES):
        for key in small.base.connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            assert key[2] in JOURNALLED_NAMES[: place + 1], (table, key[2])


_WRITERS = {"journal.py", "projection.py", "search.py", "base.py", "backup.py", "drafts.py"}
# One more file of the store writes, and only this: the mark that a copy is a copy.
_WRITERS |= {"copies.py"}
# What the past said is replayed in the memory of this program, never in the base.
_WRITERS |= {"as_known.py"}
_WRITING = re.compile(
    r"\b(INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b", re.I
)


def _texts(file: Path) -> list[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documented
    ]


def test_writing_sql_is_found_in_few_files() -> None:
    guilty = [
        file.relative_to(SOURCE).as_posix()
        for file in sorted(SOURCE.rglob("*.py"))
        if not (file.parent == SOURCE / "store" and file.name in _WRITERS)
        and any(_WRITING.search(text) for text in _texts(file))
    ]
    assert guilty == []


def test_nothing_goes_around_the_authorizer_by_a_method_of_the_connection() -> None:
    """``blobopen`` writes without asking the authorizer; these words have no place elsewhere."""
    words = ("blobopen", "set_authorizer", "deserialize", "enable_load_extension", "executescript")
    found = {
        (file.name, word)
        for file in SOURCE.rglob("*.py")
        for word in words
        if word in file.read_text(encoding="utf-8")
    }
    assert found == {("door.py", "set_authorizer")}


def test_outside_the_journal_only_local_tables_are_written() -> None:
    for name in ("base.py", "backup.py", "drafts.py", "copies.py"):
        for text in _texts(SOURCE / "store" / name):
            if _WRITING.search(text):
                tables = re.findall(r"(?:INTO|UPDATE|DELETE FROM)\s+(?!SET\b)(\w+)", text)
                assert set(tables) <= LOCAL_NAMES, (name, text)


def test_the_recipe_is_in_force(tmp_path: Path) -> None:
    connection = connect(sample_file(tmp_path))
    expected = {
        "journal_mode": "wal",
        "locking_mode": "exclusive",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "temp_store": 2,
    }
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
    connection.close()
    assert found == expected
