"""A backup is verified, restored from, thinned by its rule, and never replaces anything else."""

import hashlib
import itertools
import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store_samples import Clock, Sample, assert_sound, sample_file, state
from suivi_tui.store import backup
from suivi_tui.store.backup import BackupFailed, back_up, back_up_if_grown, restore, thin
from suivi_tui.store.base import BaseRefused, open_base
from suivi_tui.store.integrity import findings
from suivi_tui.store.journal import changed, created, write

DAY_MS = 86_400_000


def rename(small: Sample, name: str) -> None:
    write(small.base, [changed("buyer", small.buyer, "name", name)], label=name)


def name_in(path: Path) -> str:
    with open_base(path, read_only=True) as base:
        assert findings(base.connection) == []
        return str(base.connection.execute("SELECT name FROM buyer").fetchone()[0])


def test_a_backup_holds_all_that_was_saved_until_then(small: Sample, tmp_path: Path) -> None:
    """What is still in the log of the open base is in the copy; what comes after is not."""
    rename(small, "avant")
    made = back_up(small.base, tmp_path / "usb" / "copie.db")
    rename(small, "après")
    assert name_in(made.path) == "avant"
    assert made.sha256 == hashlib.sha256(made.path.read_bytes()).hexdigest()
    assert [file.name for file in made.path.parent.iterdir()] == ["copie.db"]
    assert made.path.stat().st_mode & 0o077 == 0


def test_backups_made_while_another_thread_writes_are_each_a_moment_of_the_work(
    small: Sample, tmp_path: Path
) -> None:
    turn = threading.Lock()
    stop = threading.Event()
    written = []

    def work() -> None:
        while not stop.is_set():
            with turn:
                row = small.base.new_id()
                changes = [
                    created("company", row, {"name": str(len(written))}),
                    changed("buyer", small.buyer, "name", str(len(written))),
                ]
                write(small.base, changes, label="Essai")
                written.append(row)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for number in range(5):
            with turn:
                made = back_up(small.base, tmp_path / f"{number}.db")
                known = len(written)
            with open_base(made.path, read_only=True) as copy:
                count = copy.connection.execute("SELECT count(*) FROM company").fetchone()[0]
                assert count == known + 1
                assert findings(copy.connection) == []
    finally:
        stop.set()
        thread.join()
    assert_sound(small.base)


def test_a_copy_that_does_not_verify_is_not_kept(
    small: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that lies: what was written is not what is read."""
    real = backup.settle

    def spoil(path: Path) -> None:
        real(path)
        content = bytearray(path.read_bytes())
        content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
        path.write_bytes(content)

    monkeypatch.setattr(backup, "settle", spoil)
    with pytest.raises(BackupFailed, match="pas saine"):
        back_up(small.base, tmp_path / "usb" / "copie.db")
    assert list((tmp_path / "usb").iterdir()) == []


def test_hours_that_do_not_add_up_do_not_prevent_a_backup(small: Sample, tmp_path: Path) -> None:
    """A base with a mistake in it needs its backup as much as another."""
    placement = small.placements[0]
    row = f"{placement.obligation}/202601/{placement.placement}/1"
    write(small.base, [created("hour_entry", row, {"declared": 5, "validated": 9})], label="h")
    assert {finding.control for finding in findings(small.base.connection)} == {"sommes"}
    copy = back_up(small.base, tmp_path / "copie.db")
    small.base.close()
    restore(copy.path, small.base.path)


def test_a_backup_never_replaces_a_file(small: Sample, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("à garder", encoding="utf-8")
    folder = tmp_path / "dossier"
    folder.mkdir()
    for target in (notes, folder, small.base.path):
        with pytest.raises(BackupFailed, match="existe déjà"):
            back_up(small.base, target)
    assert notes.read_text(encoding="utf-8") == "à garder"
    rename(small, "suite")
    assert_sound(small.base)


def test_the_automatic_backup_is_made_only_when_something_changed(small: Sample) -> None:
    first = back_up_if_grown(small.base)
    assert first is not None
    assert first.path.parent.name == "suivi-sauvegardes"
    assert back_up_if_grown(small.base) is None
    small.base.set_setting("theme", "nuit")
    assert back_up_if_grown(small.base) is None
    rename(small, "x")
    second = back_up_if_grown(small.base)
    assert second is not None and second.path != first.path
    logged = small.base.connection.execute("SELECT path, lines, sha256 FROM backup_log").fetchall()
    assert logged == [(str(made.path), made.lines, made.sha256) for made in (first, second)]


def test_two_backups_in_one_second_are_two_files(small: Sample) -> None:
    made = set()
    for number in range(3):
        small.clock.moment = 1_767_225_600_000
        rename(small, f"{number}")
        kept = back_up_if_grown(small.base)
        assert kept is not None
        made.add(kept.path)
    assert len(made) == 3
    assert all(path.exists() for path in made)


def stamped(folder: Path, moment: datetime) -> Path:
    path = folder / f"suivi-{moment.strftime('%Y%m%d-%H%M%S')}.db"
    path.touch()
    return path


def test_a_year_of_work_keeps_today_7_days_4_weeks_6_months(tmp_path: Path) -> None:
    now = datetime(2026, 1, 5, 8, tzinfo=UTC)
    kept: set[Path] = set()
    for _ in range(400):
        now += timedelta(days=1)
        for hour in (0, 3, 6):
            last = stamped(tmp_path, now + timedelta(hours=hour))
            kept.add(last)
            kept -= set(thin(tmp_path, now + timedelta(hours=hour), keep=last))
    assert kept == set(tmp_path.iterdir())
    ages = sorted(
        (now - datetime.strptime(path.stem[-15:], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)).days
        for path in kept
    )
    assert ages[:3] == [-1, -1, 0]
    assert [age for age in ages if 1 <= age <= 7] == list(range(1, 8))
    weeks = [age for age in ages if 8 <= age < 36]
    assert 4 <= len(weeks) <= 5
    months = [age for age in ages if age >= 36]
    assert 6 <= len(months) <= 7
    assert max(months) > 150
    steps = [later - earlier for earlier, later in itertools.pairwise(ages)]
    assert max(steps) <= 62


def test_thinning_touches_only_the_backups_of_this_base(tmp_path: Path) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    old = now - timedelta(days=900)
    keep = stamped(tmp_path, old)
    also_old = stamped(tmp_path, old - timedelta(hours=5))
    others = [
        tmp_path / "suivi.db",
        tmp_path / "photos-20200101-000000.db",
        tmp_path / "suivi-avant-restauration-20200101-000000.db",
        tmp_path / "suivi-20200101.db",
    ]
    for other in others:
        other.touch()
    assert thin(tmp_path, now, keep=keep) == [also_old]
    assert sorted(tmp_path.iterdir()) == sorted([keep, *others])


def test_thinning_keeps_the_last_verified_one_when_the_clock_lies(small: Sample) -> None:
    made = back_up_if_grown(small.base)
    small.clock.moment += 900 * DAY_MS
    rename(small, "demain")
    later = back_up_if_grown(small.base)
    small.clock.moment -= 2000 * DAY_MS
    rename(small, "hier")
    last = back_up_if_grown(small.base)
    assert made is not None and later is not None and last is not None
    assert last.path.exists()
    assert name_in(last.path) == "hier"


def test_a_restored_base_holds_what_the_backup_held_under_a_new_identity(
    small: Sample, tmp_path: Path
) -> None:
    rename(small, "avant")
    held = state(small.base)
    copy = back_up(small.base, tmp_path / "copie.db").path
    rename(small, "perdu")
    identity = small.base.setting("identity")
    small.base.close()
    aside = restore(copy, small.base.path)
    assert aside is not None and name_in(aside) == "perdu"
    with open_base(small.base.path, clock=Clock()) as base:
        assert state(base) == held
        write(base, [changed("buyer", small.buyer, "name", "suite")], label="suite")
        assert base.setting("identity") != identity
        assert_sound(base)
        number, seen = base.connection.execute(
            "SELECT number, seen FROM journal WHERE value = '\"suite\"'"
        ).fetchone()
        assert number > 1 and json.loads(seen)
    names = sorted(file.name for file in tmp_path.iterdir())
    assert names == sorted(["copie.db", "suivi.db", aside.name])


def test_a_backup_put_back_by_hand_takes_a_new_identity_too(small: Sample, tmp_path: Path) -> None:
    """Copied over the base with the file manager: same place, same computer."""
    copy = back_up(small.base, tmp_path / "copie.db").path
    identity = small.base.setting("identity")
    rename(small, "perdu")
    small.base.close()
    small.base.path.write_bytes(copy.read_bytes())
    with open_base(small.base.path) as base:
        write(base, [changed("buyer", small.buyer, "name", "suite")], label="suite")
        assert base.setting("identity") != identity


def test_a_base_is_restored_where_there_was_none(tmp_path: Path) -> None:
    source = sample_file(tmp_path, "copie.db")
    target = tmp_path / "nouveau" / "suivi.db"
    assert restore(source, target) is None
    assert name_in(target) == "Ville de Valmont"
    assert [file.name for file in target.parent.iterdir()] == ["suivi.db"]


def test_a_log_without_its_base_never_meets_the_restored_one(tmp_path: Path) -> None:
    source = sample_file(tmp_path, "copie.db")
    target = tmp_path / "suivi.db"
    log = tmp_path / "suivi.db-wal"
    log.write_bytes(b"pages of a base that was deleted")
    restore(source, target)
    assert not log.exists()
    (kept,) = tmp_path.glob("*-avant-restauration-*-wal")
    assert kept.read_bytes() == b"pages of a base that was deleted"
    assert name_in(target) == "Ville de Valmont"


def test_a_damaged_base_is_kept_aside_byte_for_byte(tmp_path: Path) -> None:
    source = sample_file(tmp_path, "copie.db")
    target = sample_file(tmp_path)
    content = b"SQLite format 3\0" + b"\x07" * 9000
    target.write_bytes(content)
    aside = restore(source, target)
    assert aside is not None and aside.read_bytes() == content
    assert name_in(target) == "Ville de Valmont"


def test_several_restores_in_a_second_keep_each_replaced_base(tmp_path: Path) -> None:
    source, target = sample_file(tmp_path, "copie.db"), sample_file(tmp_path)
    asides = {restore(source, target) for _ in range(3)}
    assert len(asides) == 3
    assert all(aside is not None and aside.exists() for aside in asides)


def test_a_backup_with_its_log_is_restored_with_what_the_log_holds(
    small: Sample, tmp_path: Path
) -> None:
    """A copy made with the file manager has two files."""
    rename(small, "dans le log")
    path = small.base.path
    log = path.with_name(path.name + "-wal").read_bytes()
    small.base.connection.execute("PRAGMA wal_autocheckpoint = 0")
    folder = tmp_path / "usb"
    folder.mkdir()
    main = sample_file(tmp_path, "avant.db").read_bytes()
    small.base.connection.close()
    (folder / "copie.db").write_bytes(path.read_bytes())
    assert main and log
    target = tmp_path / "ici.db"
    restore(folder / "copie.db", target)
    assert name_in(target) == "dans le log"
    assert sorted(file.name for file in folder.iterdir()) == ["copie.db"]


@pytest.mark.parametrize("damage", ["zeros", "cut", "lines", "tables"])
def test_a_corrupt_backup_is_refused_and_the_base_untouched(
    small: Sample, tmp_path: Path, damage: str
) -> None:
    copy = back_up(small.base, tmp_path / "copie.db").path
    content = bytearray(copy.read_bytes())
    if damage == "zeros":
        content[8192:40_960] = bytes(40_960 - 8192)
    elif damage == "cut":
        del content[len(content) // 2 // 4096 * 4096 :]
    copy.write_bytes(content)
    if damage in ("lines", "tables"):
        edit_by_hand(
            copy,
            "DELETE FROM journal WHERE number = 3"
            if damage == "lines"
            else "UPDATE participant SET last = 'Autre'",
        )
    small.base.close()
    before = small.base.path.read_bytes()
    with pytest.raises((BackupFailed, BaseRefused)):
        restore(copy, small.base.path)
    assert small.base.path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copie.db", "suivi.db"]


def edit_by_hand(path: Path, statement: str) -> None:
    import sqlite3

    raw = sqlite3.connect(path)
    raw.execute(statement)
    raw.commit()
    raw.close()
