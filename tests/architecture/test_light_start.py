"""What a fresh process has imported: the static arrows cannot see an import made in a function."""

import subprocess
import sys

import pytest

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "markdown_it",
    "openpyxl",
    "alembic",
    "python_calamine",
    "xlsxwriter",
    "rapidfuzz",
    "docxtpl",
    "docx",
    "jinja2",
    "lxml",
    "holidays",
)
SCREEN = ("textual",)

_PROBE = """
import sys
from suivi_tui.cli import main
try:
    main({arguments!r})
finally:
    names = {{name.partition(".")[0] for name in sys.modules}}
    sys.stderr.write("MODULES " + " ".join(sorted(names)))
"""


def modules_after(*arguments: str) -> set[str]:
    """The top-level modules of a process that ran one command."""
    done = subprocess.run(
        [sys.executable, "-c", _PROBE.format(arguments=list(arguments))],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return set(done.stderr.rpartition("MODULES ")[2].split())


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("exporter", "--liste")])
def test_simple_commands_never_import_the_screen_nor_the_tables(arguments: tuple[str, ...]) -> None:
    imported = modules_after(*arguments)
    assert "suivi_tui" in imported
    assert imported.isdisjoint({*HEAVY, *SCREEN})


def test_an_export_never_imports_the_screen(tmp_path: object) -> None:
    base = f"{tmp_path}/b.db"
    modules_after("demo", "--sans-interface", "--base", base, "--au", "2026-11-22")
    imported = modules_after("exporter", "heures", "--base", base, "--vers", f"{tmp_path}/h.csv")
    assert "sqlite3" in imported
    assert imported.isdisjoint(SCREEN)
