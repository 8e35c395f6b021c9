"""Frozen syntheses by keys: frozen, found the same, changed, explained, removed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from driving import running, screen_text, settle, toasts
from entry_samples import Site, app_on
from people_samples import fill, press
from suivi_tui.readings.filters import Filters
from suivi_tui.store.journal import changed, write
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.shared.buyer_report import ask_buyer_report
from suivi_tui.tui.screens.syntheses_figees.lignes import ChangedLines
from suivi_tui.tui.screens.syntheses_figees.screen import FrozenSyntheses
from suivi_tui.tui.screens.syntheses_figees.synthese import FrozenSynthesis


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    yield Site(tmp_path)


def words(app: object) -> str:
    return " ".join(screen_text(app).replace("\u00a0", " ").split())


async def test_a_synthesis_from_the_freezing_to_the_lines_that_changed(site: Site) -> None:
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        app.action_open_page("syntheses_figees")
        await settle(pilot)
        assert isinstance(app.screen, FrozenSyntheses)
        assert "Aucune synthèse figée" in screen_text(app)
        await press(pilot, "f")
        await fill(pilot, label="Bilan [b]2026[/b]")
        assert "Bilan [b]2026[/b]" in screen_text(app) and "identique" in screen_text(app)

        line = site.base.connection.execute(
            "SELECT obligation || '/' || month || '/' || placement || '/' || kind, declared "
            "FROM hour_entry WHERE removed = 0 LIMIT 1"
        ).fetchone()
        change = changed("hour_entry", line[0], "declared", line[1] + 10_00)
        app.screen.write(lambda base: write(base, [change], label="Correction"))
        await settle(pilot)
        app.screen.reload()
        await settle(pilot)
        assert "a changé" in screen_text(app)

        await press(pilot, "enter")
        assert isinstance(app.screen, FrozenSynthesis)
        text = words(app)
        assert "≠ Heures déclarées" in text and "retrouvés à l'identique" in text
        await press(pilot, "x")
        assert isinstance(app.screen, Message) and "Empreinte (SHA-256" in words(app)
        await press(pilot, "escape", "l")
        assert isinstance(app.screen, ChangedLines)
        assert "1 ligne changée" in words(app) and "Heures déclarées : " in words(app)
        await press(pilot, "enter")
        assert "Correction" in words(app)
        await press(pilot, "escape", "escape", "escape")

        await press(pilot, "delete", "o")
        assert "Aucune synthèse figée" in screen_text(app)


async def test_the_report_asks_where_and_never_writes_over_a_file_unasked(
    site: Site, own_home: Path
) -> None:
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        for answer in ((), ("o",)):
            ask_buyer_report(app.screen, Filters())
            await settle(pilot)
            await press(pilot, "ctrl+s", *answer)
        assert [path.suffix for path in own_home.rglob("suivi-rapport*")] == [".html"]
        assert sum("Rapport écrit" in text for text in toasts(app)) == 2
