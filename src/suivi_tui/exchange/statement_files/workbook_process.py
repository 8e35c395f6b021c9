"""Asks another process for the cells of a workbook, so that no file can end the application."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

_CHILD = Path(__file__).with_name("sheet_process.py")
_SECONDS = 120
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)

DAMAGED = "damaged"


def read_cells(path: Path, most_sheets: int, most_cells: int) -> Mapping[str, Any]:
    """What :mod:`sheet_process` says of the workbook at ``path``.

    Either ``sheets`` (each with ``rank``, ``name``, ``rows``, ``merged``) and ``hidden``, or
    ``refused``: ``password``, ``sheets``, ``cells`` or ``damaged``, which is also what a process
    that dies or never ends is worth.
    """
    command = [sys.executable, "-I", str(_CHILD), str(path), str(most_sheets), str(most_cells)]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
            creationflags=_NO_WINDOW,
        )
        said: Any = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired, RecursionError):
        return {"refused": DAMAGED}
    if not isinstance(said, dict):
        return {"refused": DAMAGED}
    for sheet in said.get("sheets", ()):
        for row in sheet["rows"]:
            for place, value in enumerate(row):
                if isinstance(value, list):
                    row[place] = _untagged(*value)
    return said


def _untagged(kind: str, value: Any) -> str | date | time | timedelta:
    if kind == "T":
        return time.fromisoformat(value)
    if kind == "S":
        return timedelta(seconds=value)
    if kind == "D":
        # A day has no clock, a moment has one: they are two kinds of cells.
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return ""
