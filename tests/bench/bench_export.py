"""What writing 500,000 hour lines costs in memory, against writing 5,000.

Never run in CI. By hand: ``python tests/bench/bench_export.py FOLDER`` (the bases are made in
FOLDER the first time), or ``python tests/bench/bench_export.py BASE.db``. Each export runs in a
process of its own; the figure is the most memory it took beyond that of opening the base, in MiB.
"""

import subprocess
import sys
import time
from pathlib import Path

from big_base import LINES, RUNNING, TODAY, big_base

TABLES = ("heures", "participants", "marches", "parcours")


def most_memory() -> int:
    """The most memory this process had since ``forget_peak``, in KiB (Linux)."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def forget_peak() -> None:
    """From now on only: opening a base costs more than writing a table."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def measure(path: Path, name: str) -> str:
    """Export one table to nowhere; lines, MiB beyond the opening, seconds."""
    from suivi_tui.actions.export import SynthesisScope, export_table
    from suivi_tui.store.base import open_base

    with open_base(path) as base, Path("/dev/null").open("wb") as nowhere:
        forget_peak()
        opened, start = most_memory(), time.perf_counter()
        # The connection alone: an export of the bench leaves no line in the base.
        lines = export_table(base.connection, name, nowhere, scope=SynthesisScope(today=TODAY))
        seconds = time.perf_counter() - start
        return f"{lines} {(most_memory() - opened) / 1024:.1f} {seconds:.2f}"


def bases(given: Path) -> list[Path]:
    """The bases to compare, the smallest first."""
    if given.suffix == ".db":
        return [given]
    return [big_base(given, LINES // 100, RUNNING), big_base(given, LINES, RUNNING)]


def main() -> None:
    """A line of figures for each table and base."""
    print(f"{'table':<14} {'base':<24} {'lignes':>9} {'Mio':>7} {'s':>6}")
    for name in TABLES:
        for path in bases(Path(sys.argv[1])):
            done = subprocess.run(
                [sys.executable, __file__, str(path), name],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            lines, memory, seconds = done.stdout.split()
            print(f"{name:<14} {path.name:<24} {lines:>9} {memory:>7} {seconds:>6}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(measure(Path(sys.argv[1]), sys.argv[2]))
    else:
        main()
