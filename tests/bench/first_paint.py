"""First useful paint of the dashboard against an empty Textual application started the same way.

Never run in CI. By hand: ``python tests/bench/first_paint.py [rounds]``. Both are modules run by
``python -m`` in a pseudo-terminal of 120 x 40, interleaved. The dashboard counts as painted when
the figures of its year, read in the base, are on the screen. The figure is the median of the ratios
of each round: of the time waited, and of the processor time spent meanwhile, which the other work
of the machine disturbs less. Bar: at most 1.3.
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
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("ECRAN VIDE")
if __name__ == "__main__":
    Empty().run()
"""
# What the first one is looked for: written beside a figure of the base, in no title or skeleton.
FIGURE, NOTHING = b"valider", b"ECRAN VIDE"


def spent_until(command: list[str], wanted: bytes) -> tuple[float, float]:
    """Seconds, and processor seconds, from the start of a process until it writes ``wanted``."""
    start, seen = time.perf_counter(), b""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["TERM"] = "xterm-256color"
        os.execv(command[0], command)
    ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    waited = 0.0
    try:
        while wanted not in seen:
            ready, _, _ = select.select([terminal], [], [], 20)
            if not ready:
                raise SystemExit(f"{wanted!r} never came: {seen[-400:]!r}")
            seen += os.read(terminal, 65536)
        waited = time.perf_counter() - start
    finally:
        os.kill(child, 9)
        _, _, used = os.wait4(child, 0)
        os.close(terminal)
    return waited, used.ru_utime + used.ru_stime


def main(rounds: int) -> None:
    """Print the ratios of each round and their medians."""
    with tempfile.TemporaryDirectory() as folder:
        base = str(Path(folder) / "demonstration.db")
        (Path(folder) / "ecran_vide.py").write_text(EMPTY, encoding="utf-8")
        known = os.environ.get("PYTHONPATH")
        os.environ["PYTHONPATH"] = os.pathsep.join([folder, *([known] if known else [])])
        ours = [sys.executable, "-m", "suivi_tui", "demo", "--base", base]
        theirs = [sys.executable, "-m", "ecran_vide"]
        os.spawnv(os.P_WAIT, sys.executable, [*ours, "--sans-interface"])
        spent_until(theirs, NOTHING), spent_until(ours, FIGURE)
        waits, works = [], []
        for _ in range(rounds):
            bare, full = spent_until(theirs, NOTHING), spent_until(ours, FIGURE)
            waits.append(full[0] / bare[0])
            works.append(full[1] / bare[1])
            both = f"vide {bare[0] * 1000:.0f} ms, tableau de bord {full[0] * 1000:.0f} ms"
            print(f"{both}, x{waits[-1]:.2f} (processeur x{works[-1]:.2f})")
        print(
            f"médiane x{statistics.median(waits):.2f}, processeur x{statistics.median(works):.2f}, "
            f"sur {rounds} tours (borne 1,30)"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
