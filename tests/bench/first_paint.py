"""First useful paint of the dashboard against an empty Textual application started the same way.

    python tests/bench/first_paint.py [rounds]

Both run in a pseudo-terminal of 120 x 40, interleaved; the figure is the median of the ratios of
each round. Bar: at most 1.3.
"""

import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import time
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

EMPTY = """
import sys
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("ECRAN VIDE")
Empty().run()
"""


def seconds_to_text(command: list[str], wanted: bytes) -> float:
    """Time from the start of a process to ``wanted`` among the bytes it writes."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["TERM"] = "xterm-256color"
        os.execv(command[0], command)
    ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    start, seen = time.perf_counter(), b""
    try:
        while wanted not in seen:
            ready, _, _ = select.select([terminal], [], [], 20)
            if not ready:
                raise SystemExit(f"{wanted!r} never came: {seen[-400:]!r}")
            seen += os.read(terminal, 65536)
        return time.perf_counter() - start
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)


def main(rounds: int) -> None:
    """Print the ratio of each round and their median."""
    with tempfile.TemporaryDirectory() as folder:
        base = str(Path(folder) / "demonstration.db")
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        python = sys.executable
        ours = [python, "-m", "suivi_tui", "demo", "--base", base]
        os.spawnv(os.P_WAIT, python, [*ours, "--sans-interface"])
        theirs = [python, str(empty)]
        # "valider" is beside a figure of the base: neither the skeleton nor the title holds it.
        marks = (b"ECRAN VIDE", b"valider")
        seconds_to_text(theirs, marks[0]), seconds_to_text(ours, marks[1])
        ratios = []
        for _ in range(rounds):
            bare = seconds_to_text(theirs, marks[0])
            full = seconds_to_text(ours, marks[1])
            ratios.append(full / bare)
            print(f"vide {bare * 1000:.0f} ms, tableau de bord {full * 1000:.0f} ms, x{ratios[-1]:.2f}")
        print(f"médiane x{statistics.median(ratios):.2f} sur {rounds} tours (borne 1,30)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
