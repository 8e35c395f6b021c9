"""The grid of a sender: a statement typed line by line, whatever the obligations it feeds."""

from pathlib import Path

import pytest
from textual import events

from builders import (
    NewContract,
    NewPlacement,
    add,
    new_company,
    new_contract,
    new_eligibility,
    new_hours,
    new_person,
    new_placement,
    new_statement,
)
from driving import running, screen_text, settle, toasts
from entry_samples import Site, app_on
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.grille.screen import HourGridScreen
from suivi_tui.tui.screens.grille.sender import SenderGridScreen
from suivi_tui.tui.screens.grille.widget import PeopleGrid
from suivi_tui.vocabulary.months import Month

JUNE = Month(202606)
LINES = 30


class Agency(Site):
    """Its agency also employs people on a second contract of another holder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.agency: int = self.one("SELECT id FROM company WHERE kind = 'ETTI'")
        self.second: NewContract = new_contract(
            self.base,
            number="2026-02",
            lot="3",
            buyer=self.contract.buyer,
            company=new_company(self.base, name="Couvertures du Val"),
            owed=2_000_00,
        )
        self.zoe = self.placed("PIC", "Zoé", self.second)

    def placed(self, last: str, first: str, market: NewContract) -> NewPlacement:
        """Somebody known and eligible, placed by the agency."""
        person = new_person(self.base, last=last, first=first)
        new_eligibility(self.base, person)
        return new_placement(
            self.base, market, person, employer=self.agency, structure_kind="ETTI",
            mode="mise_a_disposition", type="cttii",
        )  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Agency:
    return Agency(tmp_path)


async def opened(app: SuiviApp, pilot: object, site: Agency) -> PeopleGrid:
    neighbours = [(site.agency, JUNE), (site.contract.company, JUNE)]
    app.push_screen(SenderGridScreen(site.agency, JUNE, neighbours))
    await settle(pilot)
    return app.screen.query_one(PeopleGrid)


async def test_thirty_lines_from_the_wall_in_three_keys_a_line_at_most(tmp_path: Path) -> None:
    site = Agency(tmp_path)
    for number in range(LINES - 2):
        site.placed(f"MERLE{number:02}", "Ali", (site.contract, site.second)[number % 2])
    for obligation in (site.contract.obligation, site.second.obligation):
        new_statement(site.base, obligation, site.agency, JUNE, "recu")
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        await settle(pilot)
        wall, keys, digits = app.screen.query_one("#wall"), 0, 0
        places = {line.label.split("\n")[0]: row for row, line in enumerate(wall.lines)}
        row = next(row for label, row in places.items() if "Intérim du Val" in label)
        column = [month.key for month in wall.months].index(JUNE)
        wall.go_to_cell(row, column)

        def press(*names: str, typed: bool = False) -> None:
            """As fast as keys can be: nothing waits for what was typed before."""
            nonlocal keys, digits
            keys, digits = keys + len(names), digits + (len(names) if typed else 0)
            for name in names:
                event = events.Key(name, name if len(name) == 1 else None)
                event.set_sender(app)
                app._driver.send_message(event)

        press("enter")
        await settle(pilot)
        grid = app.screen.query_one(PeopleGrid)
        assert len(grid.people) == LINES
        assert grid.column_key == JUNE
        for number in range(LINES):
            press(*str(50 + number), typed=True)
            press("enter")
            await pilot.pause()
        press("v")
        await settle(pilot)
        assert keys - digits <= 3 * LINES
        saved = site.base.connection.execute(
            "SELECT declared, validated FROM hour_entry WHERE month = 202606"
        ).fetchall()
        assert sorted(saved) == [(5000 + 100 * n, 5000 + 100 * n) for n in range(LINES)]
        assert site.one("SELECT count(DISTINCT obligation) FROM hour_entry") == 2
        assert site.one("SELECT group_concat(DISTINCT status) FROM statement") == "verifie"
        assert any("Heures de juin 2026 validées" in toast for toast in toasts(app))
        # One batch for all the obligations: it is cancelled as a whole.
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert site.one("SELECT count(validated) FROM hour_entry WHERE month = 202606") == 0


async def test_the_obligation_of_the_cursor_is_told_and_the_months_before_are_there(
    site: Agency,
) -> None:
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        grid = await opened(app, pilot, site)
        text = screen_text(app)
        assert "Intérim du Val (ETTI) · juin 2026" in text
        assert "2\u00a0personnes · 2 obligations" in text
        assert "Dues 1\u00a0000 · validées 100 · à valider 50" in text
        assert ("2026-01" in text, "2026-02/3" in text) == (True, True)
        assert "50,00?" in text
        await pilot.press("down", "2", "0")
        await settle(pilot)
        text = screen_text(app)
        assert "2026-02 lot 3 · Couvertures du Val" in text
        assert "Dues 2\u00a0000 · validées 0 · à valider 20 · reste 1\u00a0980" in text
        await pilot.press("escape", "up", "=")
        await settle(pilot)
        assert site.hours(site.paul, JUNE) == (5000, None, "")
        await pilot.press("M")
        await settle(pilot)
        assert grid.column_key == 202605
        assert app.screen.query_one(PeopleGrid).months[-1].key == 202605
        await pilot.press("plus")
        await settle(pilot)
        assert "Rien à reprendre du mois précédent" in toasts(app)[-1]
        await pilot.press("m", "plus")
        await settle(pilot)
        assert site.hours(site.paul, JUNE) == (5000, None, "")


async def test_a_table_pasted_finds_the_person_and_the_contract(site: Agency) -> None:
    other = new_placement(
        site.base, site.second, site.one("SELECT id FROM participant WHERE last = 'MOINEAU'"),
        employer=site.agency,
    )  # fmt: skip
    app = app_on(site.base, "saisie")
    async with running(app, (120, 40)) as pilot:
        grid = await opened(app, pilot, site)
        table = "PIC Zoé\t2026-02/3\t7h30\nMoineau Paul\t2026-02/3\t12\nMOINEAU Paul\t?\t1\n"
        grid.post_message(events.Paste(table))
        await settle(pilot)
        assert "2\u00a0cases seront écrites, 1\u00a0valeur laissée de côté" in screen_text(app)
        assert "plusieurs lignes" in screen_text(app)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert site.hours(site.zoe, JUNE) == (750, None, "")
        assert site.hours(other, JUNE) == (1200, None, "")
        assert site.hours(site.paul, JUNE) is None
        # A column of thirty lines: those beyond the last person are left out.
        grid.go_to_cell(0, len(grid.months) - 1)
        batches = site.one("SELECT count(*) FROM batch")
        grid.post_message(events.Paste("\n".join(["8"] * LINES)))
        await settle(pilot)
        assert "3\u00a0cases seront écrites, 27\u00a0valeurs laissées" in screen_text(app)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert site.one("SELECT count(*) FROM batch") == batches + 1
        assert site.hours(site.paul, JUNE) == (800, None, "")


async def test_a_person_is_added_asking_only_what_is_missing(site: Agency) -> None:
    app = app_on(site.base, "saisie")
    async with running(app, (120, 40)) as pilot:
        await opened(app, pilot, site)
        await pilot.press("a")
        await settle(pilot)
        assert "Pour quel marché" in screen_text(app)
        await pilot.press(*"2026-02", "enter")
        await settle(pilot)
        await pilot.press(*"merle Al", "enter")
        await settle(pilot)
        text = screen_text(app)
        assert "Nouveau participant" in text
        assert "Employeur" not in text
        await pilot.press("tab", "tab", "tab", *"cddi", "tab", "tab", *"2/6", "ctrl+s")
        await settle(pilot)
        assert "MERLE Al" in screen_text(app)
        work = site.base.connection.execute(
            "SELECT employer, obligation FROM work_contract JOIN placement "
            "ON work_contract = work_contract.id ORDER BY work_contract.id DESC"
        ).fetchone()
        assert work == (site.agency, site.second.obligation)


async def test_what_is_locked_for_the_sender_stays_and_the_rest_is_written(site: Agency) -> None:
    new_statement(site.base, site.second.obligation, site.agency, JUNE, "verrouille")
    new_hours(site.base, site.zoe, JUNE, 70_00)
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        await opened(app, pilot, site)
        await pilot.press("5", "down", "6", "v")
        await settle(pilot)
        assert "juin 2026 est verrouillé" in toasts(app)[0]
        assert site.hours(site.paul, JUNE) == (500, 500, "")
        assert site.hours(site.zoe, JUNE) == (7000, None, "")


async def test_a_month_without_activity_is_marked_for_all_its_obligations(site: Agency) -> None:
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        await opened(app, pilot, site)
        await pilot.press("n")
        await settle(pilot)
        assert "juin 26–" in screen_text(app)
        assert "relevés\u00a0: 2 sans activité" in screen_text(app)
        marked = site.base.connection.execute(
            "SELECT count(*), count(DISTINCT obligation) FROM statement WHERE sender = ? "
            "AND removed = 0", (site.agency,),
        ).fetchone()  # fmt: skip
        assert marked == (2, 2)
        await pilot.press("s")
        await settle(pilot)
        assert site.one("SELECT count(*) FROM statement WHERE removed = 0") == 0


async def test_the_two_views_lead_to_each_other_and_share_the_draft(site: Agency) -> None:
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        grid = await opened(app, pilot, site)
        await pilot.press("down", "4", "2")
        grid._tell_draft()
        await settle(pilot)
        app.screen.go_back()
        await settle(pilot)
        # What was half-typed in one view is proposed in the other.
        app.push_screen(HourGridScreen(site.second.obligation, JUNE))
        await settle(pilot)
        assert "Reprendre votre saisie" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        other = app.screen.query_one(PeopleGrid)
        assert other.draft is not None and other.draft.text == "42"
        await pilot.press("g")
        await settle(pilot)
        assert other.editing  # a letter of the cell: « g » is no hours
        await pilot.press("escape", "g")
        await settle(pilot)
        assert isinstance(app.screen, SenderGridScreen)
        await pilot.press("g")
        await settle(pilot)
        assert isinstance(app.screen, HourGridScreen)


async def test_o_goes_to_the_next_sender(site: Agency) -> None:
    add(site.base, "company", name="Sans personne", kind="ETTI")
    app = app_on(site.base, "saisie")
    async with running(app) as pilot:
        await opened(app, pilot, site)
        await pilot.press("o")
        await settle(pilot)
        assert "CANARI Jeanne" in screen_text(app)
        await pilot.press("ctrl+down")
        await settle(pilot)
        assert "Intérim du Val (ETTI)" in screen_text(app)
