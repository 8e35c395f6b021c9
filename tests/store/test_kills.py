"""The process dies at any moment: what it acknowledged is there, and the base is sound."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store_samples import assert_sound, sample_file
from suivi_tui.store.base import open_base
from suivi_tui.store.journal import created, write

# Each line acknowledges one write; the process is killed while it goes on.
CHILD = """
import sys
from pathlib import Path
from suivi_tui.store.base import open_base
from suivi_tui.store.journal import changed, created, write

base = open_base(Path(sys.argv[1]))
buyer = base.connection.execute("SELECT id FROM buyer").fetchone()[0]
number = 0
while True:
    number += 1
    row = base.new_id()
    changes = [
        created("company", row, {"name": f"E{number}"}),
        created("participant", row + (1 << 40), {"last": f"P{number}"}),
        changed("buyer", buyer, "name", f"{sys.argv[2]}-{number}"),
    ]
    write(base, changes, label=str(number))
    print(row, flush=True)
    if number % 7 == 0:
        base.checkpoint()
"""


def run_and_kill(path: Path, turn: int, lines: int) -> list[int]:
    """The rows acknowledged by a process killed after about ``lines`` writes."""
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), str(turn)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    acknowledged = []
    for _ in range(lines):
        acknowledged.append(process.stdout.readline())
    process.kill()
    acknowledged += process.stdout.readlines()
    process.stdout.close()
    process.wait()
    # A line cut in the middle was not received.
    return [int(line) for line in acknowledged if line.endswith("\n")]


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    path = sample_file(tmp_path)
    chance = random.Random(4)
    acknowledged: list[int] = []
    for turn in range(24):
        acknowledged += run_and_kill(path, turn, chance.randrange(1, 25))
        with open_base(path) as base:
            found = {row for (row,) in base.connection.execute("SELECT id FROM company")}
            assert set(acknowledged) <= found
            people = base.connection.execute("SELECT count(*) FROM participant").fetchone()[0]
            assert people == len(found), "a write is there whole or not at all"
            assert base.connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
            if turn % 6 == 5:
                assert_sound(base)
    assert len(acknowledged) > 24
    assert not path.with_name(path.name + "-wal").exists()


def test_what_was_written_but_not_acknowledged_may_be_saved_again(tmp_path: Path) -> None:
    """After a kill, the person saves what the screen never confirmed."""
    path = sample_file(tmp_path)
    run_and_kill(path, 0, 3)
    with open_base(path) as base:
        row, name = base.connection.execute("SELECT id, name FROM company LIMIT 1").fetchone()
        count = base.connection.execute("SELECT count(*) FROM company").fetchone()
        write(base, [created("company", row, {"name": name})], label="encore")
        assert base.connection.execute("SELECT count(*) FROM company").fetchone() == count
        assert_sound(base)


CREATING = """
import sys, os
from pathlib import Path
from suivi_tui.store import base as store

def stop(*names):
    os._exit(9)

setattr(store, sys.argv[2], stop)
store.create_base(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("step", ["connect", "_put_in_place", "sync_directory"])
def test_a_base_cut_at_birth_is_whole_or_absent(tmp_path: Path, step: str) -> None:
    """The next start is never met by half a base that it refuses."""
    path = tmp_path / "b.db"
    subprocess.run([sys.executable, "-c", CREATING, str(path), step], check=False, timeout=60)
    if path.exists():
        with open_base(path) as base:
            assert_sound(base)
    else:
        assert step != "sync_directory"


@pytest.mark.skipif(os.name != "posix", reason="POSIX signals")
def test_the_lock_goes_with_the_process(tmp_path: Path) -> None:
    path = sample_file(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), "0"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGSTOP)
    process.kill()
    process.communicate()
    with open_base(path) as base:
        write(base, [created("company", base.new_id(), {})], label="après")
