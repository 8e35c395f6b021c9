"""Where nothing can be written, the base is shown from a copy and nothing of it is touched."""

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from store_samples import sample_file
from suivi_tui.store import base as store
from suivi_tui.store import reading_copy
from suivi_tui.store.backup import back_up, back_up_if_grown
from suivi_tui.store.base import Base, BaseRefused, open_base
from suivi_tui.store.drafts import keep_draft
from suivi_tui.store.integrity import findings
from suivi_tui.store.journal import changed, write
from suivi_tui.store.repair import adopt_differences, rebuild_tables
from suivi_tui.store.undo import undo_last

LEAVING_A_LOG = """
import os, sys
from pathlib import Path
from suivi_tui.store.base import open_base
from suivi_tui.store.journal import changed, write
base = open_base(Path(sys.argv[1]))
buyer = base.connection.execute("SELECT id FROM buyer").fetchone()[0]
write(base, [changed("buyer", buyer, "name", "dans le journal d'écriture")], label="Essai")
os._exit(9)
"""


def folder_of(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


def assert_reads_and_refuses_writes(base: Base) -> None:
    assert base.read_only
    buyer, name = base.connection.execute("SELECT id, name FROM buyer").fetchone()
    assert findings(base.connection) == []
    for attempt in (
        lambda: write(base, [changed("buyer", buyer, "name", "x")], label="Essai"),
        lambda: rebuild_tables(base),
        lambda: adopt_differences(base),
    ):
        with pytest.raises(BaseRefused, match="lecture seule"):
            attempt()
    with pytest.raises(sqlite3.Error):
        base.connection.execute("UPDATE local_setting SET value = 'x'")
    base.set_setting("theme", "nuit")
    keep_draft(base, "saisie", "1", "12", base.now())
    assert base.setting("theme") is None
    assert back_up_if_grown(base) is None
    assert base.connection.execute("SELECT name FROM buyer").fetchone() == (name,)


def refuse_access(monkeypatch: pytest.MonkeyPatch, refused: Path) -> None:
    real = os.access
    monkeypatch.setattr(
        store.os, "access", lambda path, mode: Path(path) != refused and real(path, mode)
    )


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_file_or_folder_without_right_to_write_opens_as_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    path = sample_file(tmp_path)
    before = folder_of(path)
    refuse_access(monkeypatch, path if what == "file" else path.parent)
    with open_base(path) as base:
        assert_reads_and_refuses_writes(base)
        assert folder_of(path) == before
        copy = Path(base.connection.execute("PRAGMA database_list").fetchone()[2])
        assert copy.parent != path.parent
    assert folder_of(path) == before
    assert not copy.parent.exists(), "the copy holds names: it goes with the view"


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_READONLY, sqlite3.SQLITE_READONLY_DIRECTORY, sqlite3.SQLITE_CANTOPEN]
)
def test_a_medium_that_only_shows_itself_when_written_opens_as_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    path = sample_file(tmp_path)
    before = folder_of(path)

    def refuse(_: Path) -> sqlite3.Connection:
        error = sqlite3.OperationalError("read-only")
        error.sqlite_errorcode = code
        raise error

    monkeypatch.setattr(store, "connect", refuse)
    with open_base(path) as base:
        assert_reads_and_refuses_writes(base)
    assert folder_of(path) == before


def test_what_the_log_beside_holds_is_shown_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sample_file(tmp_path)
    subprocess.run([sys.executable, "-c", LEAVING_A_LOG, str(path)], check=False, timeout=60)
    before = folder_of(path)
    assert before["suivi.db-wal"]
    refuse_access(monkeypatch, path.parent)
    with open_base(path) as base:
        name = base.connection.execute("SELECT name FROM buyer").fetchone()[0]
        assert name == "dans le journal d'écriture"
        assert_reads_and_refuses_writes(base)
    assert folder_of(path) == before


def test_a_link_to_a_base_shows_what_the_log_beside_the_base_holds(tmp_path: Path) -> None:
    path = sample_file(tmp_path)
    subprocess.run([sys.executable, "-c", LEAVING_A_LOG, str(path)], check=False, timeout=60)
    link = tmp_path / "bureau" / "raccourci.db"
    link.parent.mkdir()
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("this system makes no links")
    with open_base(link, read_only=True) as base:
        name = base.connection.execute("SELECT name FROM buyer").fetchone()[0]
        assert name == "dans le journal d'écriture"


def test_a_read_only_view_can_still_be_copied_elsewhere(tmp_path: Path) -> None:
    path = sample_file(tmp_path)
    with open_base(path, read_only=True) as base:
        copy = back_up(base, tmp_path / "ailleurs.db")
        with pytest.raises(BaseRefused, match="lecture seule"):
            undo_last(base)
    with open_base(copy.path) as base:
        assert not base.read_only


def test_a_base_that_keeps_changing_is_not_shown_half_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sample_file(tmp_path)
    real = reading_copy.shutil.copyfile

    def copy_while_written(source: Path, target: Path) -> Any:
        made = real(source, target)
        with Path(source).open("ab") as file:
            file.write(b"\0" * 4096)
        return made

    monkeypatch.setattr(reading_copy.shutil, "copyfile", copy_while_written)
    with pytest.raises(BaseRefused, match="en train de changer"):
        open_base(path, read_only=True)


def test_a_base_that_cannot_be_read_at_all_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sample_file(tmp_path)

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(reading_copy.shutil, "copyfile", fail)
    with pytest.raises(BaseRefused, match="endommagée ou illisible"):
        open_base(path, read_only=True)
