"""A demonstration base built once for a process of tests, and the modules the journeys share."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
for folder in (str(HERE), str(HERE.parent / "tui")):
    if folder not in sys.path:
        sys.path.insert(0, folder)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration on a fixed day, closed: copied before anything changes it."""
    from journey import TODAY
    from suivi_tui.actions.demonstration import open_or_build

    path = tmp_path_factory.mktemp("demonstration") / "demonstration.db"
    open_or_build(path, seed=1, today=TODAY)
    return path


@pytest.fixture(autouse=True)
def utf8_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is rendered does not depend on the terminal that runs the tests."""
    monkeypatch.setattr("suivi_tui.tui.app.terminal_encoding", lambda: "utf-8")
