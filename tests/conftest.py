"""Tests are cut off from the machine they run on: no user folder, no network, no real clock."""

import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A loaded machine draws examples slowly: that says nothing of the program.
settings.register_profile(
    "suivi", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("suivi")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, in this process and in those it starts."""
    home = tmp_path_factory.mktemp("maison")
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "NO_COLOR", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing needs a network: a connection to anything but this machine's own pipes fails."""

    def refused(self: socket.socket, address: object) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            raise AssertionError(f"no network in tests: {address}")

    monkeypatch.setattr(socket.socket, "connect", refused)
