"""A full disk: the entry is refused with a sentence, all the rest is intact, work goes on after."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from store_samples import Sample, assert_sound, sample_file, state
from suivi_tui.store import backup, birth, copies, reading_copy, restoring
from suivi_tui.store.backup import BackupFailed, back_up, restore
from suivi_tui.store.base import BaseRefused, create_base, open_base
from suivi_tui.store.drafts import keep_draft
from suivi_tui.store.faults import DiskFull, WriteFailed, explain
from suivi_tui.store.journal import changed, created, write
from suivi_tui.vocabulary.errors import UserError

MEGABYTES = re.compile(r"au moins \d+\u00a0Mo")


@contextmanager
def full_disk(connection: sqlite3.Connection) -> Iterator[None]:
    """No page more than now."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    try:
        yield
    finally:
        connection.execute("PRAGMA max_page_count = 1073741823").fetchall()


def many(small: Sample) -> list[Any]:
    return [
        created("participant", small.base.new_id(), {"last": "x" * 500, "situation": f"{number}"})
        for number in range(300)
    ]


def test_a_full_disk_refuses_the_entry_and_keeps_all_the_rest(small: Sample) -> None:
    before = state(small.base)
    with full_disk(small.base.connection):
        for _ in range(3):
            with pytest.raises(DiskFull, match=MEGABYTES):
                write(small.base, many(small), label="Import")
            assert state(small.base) == before
    write(small.base, many(small), label="Import")
    assert len(state(small.base)) == len(before) + 300
    assert_sound(small.base)


def test_a_draft_and_a_setting_say_that_the_disk_is_full(small: Sample) -> None:
    with full_disk(small.base.connection):
        with pytest.raises(DiskFull, match=MEGABYTES):
            small.base.set_setting("long", "x" * 100_000)
        with pytest.raises((UserError, sqlite3.Error)):
            keep_draft(small.base, "saisie", "1", "x" * 100_000, small.base.now())
    small.base.set_setting("long", "x" * 100_000)


def no_space(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def half_written(source: Path, target: Path, **_: object) -> None:
    Path(target).write_bytes(Path(source).read_bytes()[:5000])
    no_space()


@pytest.mark.parametrize(
    ("module", "name"),
    [(backup, "private_file"), (backup, "settle"), (backup, "_sha256"), (copies.os, "fsync")],
)
def test_a_backup_without_room_leaves_no_half_file(
    small: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    target = tmp_path / "usb" / "copie.db"
    before = state(small.base)
    with monkeypatch.context() as patch:
        patch.setattr(module, name, no_space)
        with pytest.raises(BackupFailed, match=MEGABYTES):
            back_up(small.base, target)
    assert not target.exists()
    assert list(target.parent.iterdir()) == []
    assert state(small.base) == before
    back_up(small.base, target)


@pytest.mark.parametrize(
    ("module", "name", "fault"),
    [
        (reading_copy.shutil, "copyfile", half_written),
        (restoring, "settle", no_space),
        (restoring, "private_file", no_space),
    ],
)
def test_a_restore_without_room_leaves_the_base_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, fault: Any
) -> None:
    source, target = sample_file(tmp_path, "copie.db"), sample_file(tmp_path)
    content = target.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(module, name, fault)
        with pytest.raises(BackupFailed, match=MEGABYTES):
            restore(source, target)
    assert target.read_bytes() == content
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copie.db", "suivi.db"]


@pytest.mark.parametrize("failing", [1, 2])
def test_a_restore_that_fails_while_exchanging_puts_the_base_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    source, target = sample_file(tmp_path, "copie.db"), sample_file(tmp_path)
    content = target.read_bytes()
    real, calls = Path.rename, []

    def rename(self: Path, other: Any) -> Path:
        calls.append(self)
        if len(calls) == failing:
            raise PermissionError(errno.EACCES, "held by an antivirus")
        return real(self, other)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        with pytest.raises(BackupFailed, match="base actuelle est intacte"):
            restore(source, target)
    assert target.read_bytes() == content
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copie.db", "suivi.db"]


@pytest.mark.parametrize("name", ["write_as"])
def test_a_base_born_on_a_full_disk_is_not_left_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(birth, name, no_space)
        with pytest.raises(BaseRefused, match="le disque est plein"):
            create_base(tmp_path / "b.db")
    assert list(tmp_path.iterdir()) == []
    create_base(tmp_path / "b.db").close()


def test_reading_a_copy_without_room_does_not_accuse_the_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sample_file(tmp_path)
    monkeypatch.setattr(reading_copy.shutil, "copyfile", half_written)
    with pytest.raises(BaseRefused, match=MEGABYTES) as refusal:
        open_base(path, read_only=True)
    assert "endommagée" not in str(refusal.value)


def _error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("refused")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (_error(sqlite3.SQLITE_FULL), DiskFull, "disque est plein"),
        (_error(sqlite3.SQLITE_READONLY), WriteFailed, "non modifiable"),
        (_error(sqlite3.SQLITE_READONLY_DBMOVED), WriteFailed, "non modifiable"),
        (_error(sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY), WriteFailed, "reste de la base"),
        (_error(sqlite3.SQLITE_IOERR_FSYNC), WriteFailed, "vérifiez le disque"),
        (_error(sqlite3.SQLITE_CORRUPT), WriteFailed, "endommagé"),
        (sqlite3.OperationalError("without a code"), WriteFailed, "disque"),
        (sqlite3.ProgrammingError("closed"), WriteFailed, "disque"),
    ],
)
def test_each_refusal_of_the_disk_has_its_sentence(
    error: sqlite3.Error, kind: type[UserError], words: str
) -> None:
    told = explain(error)
    assert type(told) is kind
    assert words in str(told)
    assert "n'est pas enregistrée" in str(told)


def test_after_a_failed_sync_nothing_more_is_written_until_reopened(
    small: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system may have dropped the pages it was told to keep: reopen and check first."""
    from suivi_tui.store import journal

    def fail(connection: sqlite3.Connection) -> None:
        raise _error(sqlite3.SQLITE_IOERR_FSYNC)

    change = changed("buyer", small.buyer, "name", "x")
    with monkeypatch.context() as patch:
        patch.setattr(journal.projection, "project", fail)
        with pytest.raises(WriteFailed):
            write(small.base, [change], label="Essai")
    with pytest.raises(BaseRefused, match="rouvrez"):
        write(small.base, [change], label="Essai")
    small.base.close()
    with open_base(small.base.path) as base:
        write(base, [change], label="Essai")
        assert_sound(base)
