"""Screen 1: what to do today and how far the year is, from the first paint to a done exchange."""

from datetime import date, datetime
from pathlib import Path

import pytest

from builders import (
    add,
    new_base,
    new_contract,
    new_eligibility,
    new_hours,
    new_person,
    new_placement,
)
from driving import running, screen_text, settle, toasts
from suivi_tui.actions.alert_marks import acknowledge
from suivi_tui.readings.dashboard import dashboard
from suivi_tui.reference.loader import thresholds
from suivi_tui.store.base import Base, open_base
from suivi_tui.store.journal import created, write
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.tableau_de_bord.board import DayBoard, board_rows
from suivi_tui.tui.screens.tableau_de_bord.sections import Entry, Section
from tui_samples import HOSTILE

TODAY = date(2026, 9, 20)
SIZES = ((80, 24), (120, 40))


class Recorder(SuiviScreen[None]):
    """Stands for the screen of a record."""

    def show_record(self, record: object) -> None:
        self.record = record


SCREENS = {
    "tableau_de_bord": "suivi_tui.tui.screens.tableau_de_bord.screen:DayScreen",
    **dict.fromkeys(("marches", "participants", "alertes", "saisie"), f"{__name__}:Recorder"),
}


def day_app(path: Path, *, read_only: bool = False) -> SuiviApp:
    app = SuiviApp(
        path,
        TODAY,
        lambda: open_base(path, read_only=read_only),
        read_only=read_only,
        screens={name: place for name, place in SCREENS.items() if name == "tableau_de_bord"},
        clock=lambda: datetime(2026, 9, 20, 9, 30),
        encoding="utf-8",
    )
    for name in SCREENS:
        if name not in app.screens_known:
            app.screens_known[name] = name
            app.add_mode(name, Recorder)
    return app


def late_site(base: Base, **names: str) -> tuple[int, int]:
    """A contract far behind, one pending line, an exchange overdue; its contract and exchange."""
    market = new_contract(base, owed=3_650_00, **names)
    add(
        base,
        "contact",
        company=market.company,
        name=names.get("object", "Claude Référent"),
        role="référent insertion",
        phone="01 02 03 04 05",
    )
    person = new_person(base, last=names.get("object", "Exemple"))
    new_eligibility(base, person)
    placement = new_placement(base, market, person)
    new_hours(base, placement, 202603, 120_50, validated=100_00, refusal_reason="autre")
    new_hours(base, placement, 202604, 80_00)
    exchange = base.new_id()
    values = {
        "entity": "contract",
        "subject": market.contract,
        "kind": "relance",
        "date": "2026-09-01",
        "due": "2026-09-18",
        "text": names.get("object", "Demander le relevé de mai"),
    }
    write(base, [created("follow_up", exchange, values)], label="Essai")
    return market.contract, exchange


@pytest.fixture
def late_base(tmp_path: Path) -> tuple[Path, int, int]:
    with new_base(tmp_path) as base:
        contract, exchange = late_site(base)
        return base.path, contract, exchange


@pytest.mark.parametrize("size", SIZES)
async def test_the_day_and_the_year_at_a_glance(
    late_base: tuple[Path, int, int], size: tuple[int, int]
) -> None:
    app = day_app(late_base[0])
    async with running(app, size) as pilot:
        text = screen_text(app)
        for expected in (
            "Tableau de bord",
            "en retard 2 j",
            "Relance",
            "À réaliser",
            "3\u00a0650,00\u00a0h",
            "200,50\u00a0h",
            "100,00\u00a0h",
            "80,00\u00a0h",
            "Attendues à ce jour",
            "▲",
            "Bâtisseurs du Val",
            "01 02 03 04 05",
            "Relevés manquants",
            "mars 2026",
        ):
            assert expected in text
        assert len(app.screen.query("*")) < 10
        await pilot.press("down")
        assert "→" in screen_text(app)


async def test_the_empty_base_says_what_to_do(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        path = base.path
    app = day_app(path)
    async with running(app):
        text = screen_text(app)
        assert "aucun marché" in text
        assert "importer marches" in text
        assert "À réaliser" not in text


async def test_f_marks_the_exchange_as_done_and_it_goes(
    late_base: tuple[Path, int, int],
) -> None:
    path, _, exchange = late_base
    app = day_app(path)
    async with running(app) as pilot:
        assert "f Fait" in screen_text(app)
        await pilot.press("f")
        await settle(pilot)
        text = screen_text(app)
        assert "Relance" not in text
        assert "enregistré à 09:30" in text
        assert "Ctrl+Z" in toasts(app)[0]
    with open_base(path) as base:
        done = base.connection.execute(
            "SELECT done FROM follow_up WHERE id = ?", (exchange,)
        ).fetchone()
    assert done == ("2026-09-20",)


async def test_nothing_is_marked_on_a_read_only_base(late_base: tuple[Path, int, int]) -> None:
    app = day_app(late_base[0], read_only=True)
    async with running(app) as pilot:
        await pilot.press("f")
        await settle(pilot)
        text = screen_text(app)
        assert "f Fait" not in text
        assert "Relance" in text


async def test_enter_opens_what_the_line_speaks_of(late_base: tuple[Path, int, int]) -> None:
    path, contract, _ = late_base
    app = day_app(path)
    async with running(app) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        assert app.current_mode == "marches"
        assert app.screen.record == contract


async def test_enter_acts_on_an_alert_o_opens_its_record_and_a_mark_hides_it(
    tmp_path: Path,
) -> None:
    with new_base(tmp_path) as base:
        market = new_contract(base, owed=9_000_00)
        need = {"company": market.company, "post": "Maçon", "number": 2, "wanted_on": "2026-09-18"}
        write(base, [created("need", base.new_id(), need)], label="Essai")
        path = base.path
    app = day_app(path)
    async with running(app) as pilot:
        text = screen_text(app)
        assert f"À faire aujourd'hui\u00a0: {len(app.screen.today.board.tasks)}" in text
        assert "Besoin · 2 Maçon · Bâtisseurs du Val" in text
        entries = [row.entry for row in app.screen.board.rows]
        app.screen.board.move_to(next(at for at, item in enumerate(entries) if item and item.need))
        await pilot.press("enter")
        await settle(pilot)
        assert type(app.screen).__name__ == "NeedDetail"
        await pilot.press("escape")
        late = next(item for item in entries if item and item.tone == "critique" and item.alerts)
        app.screen.board.move_to(entries.index(late))
        await pilot.press("enter")
        await settle(pilot)
        assert type(app.screen).__name__ == "ObligationDetail"
        await pilot.press("escape", "o")
        await settle(pilot)
        assert (app.current_mode, app.screen.record) == ("marches", market.contract)
    with open_base(path) as base:
        acknowledge(base, late.alerts[0], "Vu", today=TODAY)
        board = dashboard(base.connection, TODAY, thresholds())
    shown = [item for task in board.tasks for item in task.alerts] + list(board.others)
    names = [(item.code, item.about) for item in shown]
    assert (late.alerts[0].code, late.alerts[0].about) not in names
    assert len(set(names)) == len(names)


async def test_the_cursor_skips_the_titles_and_reaches_every_section(
    late_base: tuple[Path, int, int],
) -> None:
    app = day_app(late_base[0])
    async with running(app) as pilot:
        board = app.screen.query_one(DayBoard)
        seen = set()
        for _ in range(len(board.rows)):
            assert board.current is not None
            seen.add(board.cursor_row)
            await pilot.press("down")
        assert seen == {place for place, row in enumerate(board.rows) if row.opens}
        await pilot.press("home")
        assert board.cursor_row == 1
        assert "À faire" in screen_text(app)


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_texts_are_shown_and_start_nothing(tmp_path: Path, hostile: str) -> None:
    with new_base(tmp_path) as base:
        late_site(base, number=hostile, object=hostile)
        path = base.path
    app = day_app(path)
    async with running(app, (120, 40)) as pilot:
        await pilot.press("down", "down")
        text = screen_text(app)
        assert "Relance" in text
        assert not {"\x1b", "\x9b", "\x07", "\u202e", "\u2066", "\u200b"} & set(text)
        assert app.is_running


def test_sections_share_the_height() -> None:
    entry = Entry("", "une ligne", "", "", "", None)
    sections = [
        Section("Longue", (entry,) * 8, 30, ("alertes", None)),
        Section("Courte", (entry,), 1),
        Section("Vide", (), 0, empty="Rien."),
    ]
    small, large = board_rows(sections, 10), board_rows(sections, 40)
    assert [row.text for row in small].count("une ligne") < 9
    assert [row.text for row in large].count("une ligne") == 9
    assert any("la suite dans Alertes" in row.text for row in small)
    assert all(title in {row.text for row in small} for title in ("Longue", "Courte", "Vide"))
