"""Small files typed as people type them, for the tests of imports."""

from datetime import date
from pathlib import Path
from typing import Any

from suivi_tui.actions.import_contracts import import_contracts
from suivi_tui.actions.import_hours import import_hours
from suivi_tui.actions.import_participants import import_participants
from suivi_tui.actions.import_report import ImportReport
from suivi_tui.store.base import Base

TODAY = date(2026, 3, 31)
_IMPORTS = {
    "marches": import_contracts,
    "participants": import_participants,
    "heures": import_hours,
}


def write_file(folder: Path, name: str, *lines: str) -> Path:
    """A file whose first line is its header."""
    path = folder / f"{name}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def bring(base: Base, name: str, *lines: str, dry_run: bool = False) -> ImportReport:
    """Import lines (the first one is the header) as a file of that name."""
    path = write_file(base.path.parent, name, *lines)
    return _IMPORTS[name](base, path, today=TODAY, dry_run=dry_run)


def outcome(report: ImportReport) -> tuple[int, int, int, int]:
    """Created, changed, unchanged, left out; always making the lines read."""
    counts = (report.created, report.changed, report.unchanged, report.left_out)
    assert report.read == sum(counts), report
    return counts


def rows(base: Base, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a question gives."""
    return base.connection.execute(sql, values).fetchall()


def one(base: Base, sql: str, *values: Any) -> Any:
    """The only value of the only row."""
    ((value,),) = rows(base, sql, *values)
    return value


def told(report: ImportReport) -> list[tuple[str, str]]:
    """Which line and column each warning is about."""
    return [(warning.record, warning.field) for warning in report.warnings]
