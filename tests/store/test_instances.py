"""One base, one process: the second one is told who holds it, and touches nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from store_samples import Sample, sample_file
from suivi_tui.store.backup import BackupFailed, back_up, restore
from suivi_tui.store.base import BaseRefused, create_base, open_base
from suivi_tui.store.journal import changed, write

SECOND = """
import sys
from pathlib import Path
from suivi_tui.store.base import open_base
from suivi_tui.vocabulary.errors import UserError
try:
    open_base(Path(sys.argv[1]))
except UserError as error:
    sys.stdout.buffer.write(str(error).encode())
"""


def second_process(path: Path) -> str:
    """What another process is told when it opens the base."""
    return subprocess.run(
        [sys.executable, "-c", SECOND, str(path)], capture_output=True, check=True, timeout=60
    ).stdout.decode()


def test_a_second_process_is_refused_with_the_number_of_the_first(small: Sample) -> None:
    told = second_process(small.base.path)
    assert "déjà ouverte" in told
    assert f"(processus {os.getpid()})" in told
    write(small.base, [changed("buyer", small.buyer, "name", "x")], label="Essai")


def test_what_this_process_does_beside_does_not_give_the_base_away(
    small: Sample, tmp_path: Path
) -> None:
    """On POSIX systems a file closed elsewhere in the process would drop the lock."""
    path = small.base.path
    for read_only in (False, True):
        with pytest.raises(BaseRefused, match="déjà ouverte"):
            open_base(path, read_only=read_only)
    with pytest.raises(BaseRefused, match="existe déjà"):
        create_base(path)
    with pytest.raises(BaseRefused, match="déjà ouverte"):
        restore(path, tmp_path / "autre.db")
    with pytest.raises(BackupFailed):
        back_up(small.base, path)
    back_up(small.base, tmp_path / "copie.db")
    write(small.base, [changed("buyer", small.buyer, "name", "x")], label="Essai")
    assert "déjà ouverte" in second_process(path)


def test_an_open_base_is_not_restored_over(small: Sample, tmp_path: Path) -> None:
    copy = back_up(small.base, tmp_path / "copie.db").path
    write(small.base, [changed("buyer", small.buyer, "name", "après")], label="Essai")
    with pytest.raises(BaseRefused, match="déjà ouverte"):
        restore(copy, small.base.path)
    write(small.base, [changed("buyer", small.buyer, "name", "encore")], label="Essai")
    path = small.base.path
    small.base.close()
    with open_base(path) as base:
        assert base.connection.execute("SELECT name FROM buyer").fetchone() == ("encore",)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copie.db", "suivi.db"]


def test_closing_leaves_one_file_and_gives_the_base_back(small: Sample, tmp_path: Path) -> None:
    small.base.close()
    assert [file.name for file in tmp_path.iterdir()] == ["suivi.db"]
    with open_base(tmp_path / "suivi.db") as again:
        small.base.close()
        with pytest.raises(BaseRefused, match=f"processus {os.getpid()}"):
            open_base(again.path)


READING = SECOND.replace(
    "open_base(Path(sys.argv[1]))",
    """
    view = open_base(Path(sys.argv[1]), read_only=True)
    sys.stdout.write(view.connection.execute("SELECT name FROM buyer").fetchone()[0])
    view.close()""",
)


def test_reading_a_base_that_another_process_holds_shows_what_it_saved(small: Sample) -> None:
    write(small.base, [changed("buyer", small.buyer, "name", "saved")], label="Essai")
    told = subprocess.run(
        [sys.executable, "-c", READING, str(small.base.path)],
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout.decode()
    assert told == "saved"
    write(small.base, [changed("buyer", small.buyer, "name", "x")], label="Essai")


def test_a_base_is_known_by_its_file_not_by_a_link_to_it(tmp_path: Path) -> None:
    path = sample_file(tmp_path)
    link = tmp_path / "raccourci.db"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("this system makes no links")
    with open_base(link) as base:
        buyer = base.connection.execute("SELECT id FROM buyer").fetchone()[0]
        write(base, [changed("buyer", buyer, "name", "x")], label="Essai")
        with pytest.raises(BaseRefused, match="déjà ouverte"):
            open_base(path)
        with pytest.raises(BackupFailed, match="existe déjà"):
            back_up(base, link)
    with open_base(link, read_only=True) as view:
        assert view.connection.execute("SELECT name FROM buyer").fetchone() == ("x",)
    assert link.is_symlink()
