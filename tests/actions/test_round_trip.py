"""A whole base exported and imported into an empty one gives the same evaluation."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from builders import new_base
from builders_actions import Drawn, bases, make
from suivi_tui.actions.export import export_table
from suivi_tui.actions.import_report import ImportReport
from suivi_tui.actions.importing import import_file
from suivi_tui.exchange.csv_out import Dialect
from suivi_tui.readings.breakdowns import TITLES
from suivi_tui.readings.evaluation import as_json, evaluate
from suivi_tui.store.base import Base

TODAY = date(2026, 3, 31)
FILES = ("marches", "participants", "heures")


def exported(base: Base, folder: Path, dialect: Dialect = Dialect.EXCEL) -> list[Path]:
    paths = [folder / f"{name}.csv" for name in FILES]
    for name, path in zip(FILES, paths, strict=True):
        export_table(base, name, path, dialect, nominative=True)
    return paths


def imported(base: Base, paths: list[Path]) -> list[ImportReport]:
    return [
        import_file(base, name, path, TODAY, False, None)
        for name, path in zip(FILES, paths, strict=True)
    ]


def counts(base: Base) -> list[Any]:
    tables = ("buyer", "contract", "lot", "company", "participant", "eligibility", "hour_entry")
    return [
        base.connection.execute(f"SELECT count(*) FROM {table} WHERE removed = 0").fetchone()[0]
        for table in tables
    ]


def figures(base: Base) -> dict[str, Any]:
    """The evaluation of a base, without what files number by themselves (a contract or a lot that
    has no number), nor what people did on contracts that nobody took up."""
    found = as_json(evaluate(base.connection, keys=TITLES.keys() - {"marche", "lot"}))
    del found["suites_de_contrats"], found["premiers_emplois"]
    return found


@pytest.mark.parametrize("dialect", list(Dialect))
@settings(
    # Each example writes its own file in the folder of the test.
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=bases())
def test_a_whole_base_goes_through_files(drawn: Drawn, dialect: Dialect) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with new_base(folder, "a.db") as first, new_base(folder, "b.db") as second:
            make(first, drawn)
            files = exported(first, folder, dialect)
            reports = imported(second, files)
            assert [report.left_out for report in reports] == [0, 0, 0], reports
            assert figures(second) == figures(first)
            before = counts(second)
            again = imported(second, files)
            assert [report.created + report.changed for report in again] == [0, 0, 0], again
            assert counts(second) == before
            kept = imported(first, files)
            assert figures(second) == figures(first)
            assert [report.left_out for report in kept] == [0, 0, 0], kept
