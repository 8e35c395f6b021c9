"""Screen 4 and the sheet of a person, driven by keys."""

from pathlib import Path

import pytest

from builders import add, new_base, new_person
from driving import running, screen_text, settle, toasts
from people_samples import SIZES, Town, app_on, fill, press
from suivi_tui.store.journal import created, write
from suivi_tui.tui.dialogs.choose import Choose
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.plain import shown
from suivi_tui.tui.screens.participants.participant import ParticipantDetail
from suivi_tui.tui.widgets.paged_list import PagedList
from tui_samples import HOSTILE


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_says_until_when_each_person_counts(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = app_on(Town(tmp_path).base, "participants")
    async with running(app, size):
        text = screen_text(app)
        assert "CANARI Jeanne" in text
        # Health is never written in a list.
        assert "RQTH" not in text
        assert "Autre public validé" in text
        assert "31/12/2027" in text
        assert "559\u00a0j" in text
        assert "en attente" in text
        assert "100,00\u00a0h" in text
        assert ("Commune" in text) is (size[0] > 100)


@pytest.mark.parametrize("size", SIZES[:1])
async def test_a_person_is_added_then_opened(tmp_path: Path, size: tuple[int, int]) -> None:
    town = Town(tmp_path)
    app = app_on(town.base, "participants")
    async with running(app, size) as pilot:
        await press(pilot, "a")
        await fill(pilot, last="Pinson", first="Ève", birth="17/05/1990", sex="femme")
        assert isinstance(app.screen, ParticipantDetail)
        assert "Pinson Ève · né(e) le 17/05/1990 · Femme" in screen_text(app)
        assert town.one("SELECT birth FROM participant WHERE last = 'Pinson'") == "1990-05-17"
        await press(pilot, "escape")
        assert "Pinson Ève" in screen_text(app)
        await press(pilot, "ctrl+z")
        names = [row.cells[0] for row in app.screen.query_one(PagedList).rows]
        assert names == ["CANARI Jeanne", "MOINEAU Paul"]


async def test_a_pending_criterion_is_decided_from_the_list(tmp_path: Path) -> None:
    town = Town(tmp_path)
    app = app_on(town.base, "participants")
    async with running(app) as pilot:
        await press(pilot, "down", "c")
        assert isinstance(app.screen, Choose)
        await press(pilot, "enter")
        await fill(pilot, decision="validée")
        row = town.base.connection.execute(
            "SELECT decision, decided_on FROM eligibility WHERE participant = ?", (town.paul,)
        ).fetchone()
        # A decision without a date is of today.
        assert row == ("validee", "2026-06-20")
        assert "31/12/2027" in screen_text(app).split("MOINEAU")[1]


async def test_the_sheet_shows_everything_and_the_true_criterion(tmp_path: Path) -> None:
    app = app_on(Town(tmp_path).base, "participants")
    async with running(app, (120, 40)) as pilot:
        await press(pilot, "enter")
        text = screen_text(app)
        for said in (
            "Compte jusqu'au 31/12/2027",
            "Travailleur handicapé (RQTH)",
            "CDD · Bâtisseurs du Val",
            "pour 2026-01",
            "mai 2026 · 2026-01 Bâtisseurs du Val",
            "Aucun échange",
        ):
            assert said in text


async def test_enter_changes_the_line_of_the_cursor(tmp_path: Path) -> None:
    town = Town(tmp_path)
    app = app_on(town.base, "participants")
    async with running(app) as pilot:
        await press(pilot, "enter", "enter")
        await fill(pilot, commune="Autreville")
        assert town.one("SELECT commune FROM participant WHERE id = ?", town.jeanne) == "Autreville"
        assert "Autreville" in screen_text(app)
        await press(pilot, "h")
        assert "Commune\u00a0: Valmont → Autreville" in screen_text(app)


async def test_a_work_contract_serves_a_chosen_contract(tmp_path: Path) -> None:
    town = Town(tmp_path)
    person = new_person(town.base, last="AABB", first="Zoé")
    app = app_on(town.base, "participants")
    async with running(app) as pilot:
        await press(pilot, "t")
        assert isinstance(app.screen, Choose)
        await press(pilot, "enter")
        await fill(pilot, type="cddi", start="1/6/2026", weekly_hours="26")
        row = town.base.connection.execute(
            "SELECT work.type, work.start, work.weekly_hours, work.employer, placement.obligation "
            "FROM work_contract AS work JOIN placement ON placement.work_contract = work.id "
            "WHERE work.participant = ?",
            (person,),
        ).fetchone()
        assert row == (
            "cddi", "2026-06-01", 2600, town.holder, town.contract.obligation
        )  # fmt: skip


async def test_a_new_employer_and_the_work_contract_go_away_with_one_undo(tmp_path: Path) -> None:
    town = Town(tmp_path)
    person = new_person(town.base, last="AABB", first="Zoé")
    count = "SELECT count(*) FROM {} WHERE removed = 0"
    before = [town.one(count.format(table)) for table in ("company", "work_contract", "placement")]
    app = app_on(town.base, "participants")
    async with running(app) as pilot:
        await press(pilot, "t", "enter")
        await fill(pilot, type="cddi", start="1/6/2026", employer="Intérim Neuf")
        works = "SELECT company.name FROM work_contract JOIN company ON company.id = employer"
        assert town.one(f"{works} WHERE participant = ?", person) == "Intérim Neuf"
        assert town.one("SELECT label FROM batch ORDER BY id DESC") == "Embauche\u00a0: AABB Zoé"
        await press(pilot, "ctrl+z")
        after = [town.one(count.format(name)) for name in ("company", "work_contract", "placement")]
        assert after == before


async def test_a_second_main_criterion_takes_the_place_of_the_first(tmp_path: Path) -> None:
    town = Town(tmp_path)
    app = app_on(town.base, "participants")
    async with running(app) as pilot:
        await press(pilot, "c", "down", "enter")
        await fill(pilot, criterion="RSA", rank="1")
        found = town.base.connection.execute(
            "SELECT criterion, rank FROM eligibility WHERE participant = ? ORDER BY rank",
            (town.jeanne,),
        ).fetchall()
        assert found == [("RSA", 1), ("RQTH", 2)]


async def test_an_exchange_is_noted_and_its_delay_is_said(tmp_path: Path) -> None:
    town = Town(tmp_path)
    app = app_on(town.base, "participants")
    async with running(app) as pilot:
        await press(pilot, "enter", "n")
        await fill(pilot, text="Rappeler", date="1/6/2026", due="10/6/2026")
        text = screen_text(app)
        assert "01/06/2026 Appel · Rappeler" in text
        assert "retard 10/06" in text


async def test_a_person_is_removed_after_a_question_unless_hours_stand_on_them(
    tmp_path: Path,
) -> None:
    town = Town(tmp_path)
    new_person(town.base, last="AABB", first="Zoé")
    app = app_on(town.base, "participants")
    async with running(app) as pilot:
        await press(pilot, "x")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "o")
        assert "AABB" not in screen_text(app)
        await press(pilot, "x", "o")
        assert "CANARI" in screen_text(app)
        assert any("sert encore" in toast for toast in toasts(app))


async def test_the_empty_list_says_what_to_do(tmp_path: Path) -> None:
    app = app_on(new_base(tmp_path), "participants")
    async with running(app) as pilot:
        assert "Aucun participant. Touche a" in screen_text(app)
        await press(pilot, "m", "c", "t", "h", "x", "enter", "e")
        assert toasts(app) == ["Il n'y a rien à exporter\u00a0: la liste est vide."]


async def test_a_filter_finds_the_beginning_of_words(tmp_path: Path) -> None:
    app = app_on(Town(tmp_path).base, "participants")
    async with running(app) as pilot:
        await pilot.press("slash", *"moin", "enter")
        await settle(pilot)
        text = screen_text(app)
        assert "MOINEAU" in text
        assert "CANARI" not in text


async def test_a_read_only_base_offers_no_change(tmp_path: Path) -> None:
    app = app_on(Town(tmp_path).base, "participants", read_only=True)
    async with running(app) as pilot:
        assert "Ajouter" not in screen_text(app)
        await press(pilot, "a")
        assert app.screen.query_one(PagedList)
        await press(pilot, "enter", "m")
        assert isinstance(app.screen, ParticipantDetail)


@pytest.mark.parametrize("size", SIZES[:1])
async def test_hostile_texts_are_shown_as_clean_leaves_them(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    base = new_base(tmp_path)
    for text in HOSTILE:
        person = new_person(
            base, last=text, first="", reference=text, commune=text, phone=text, mail=text
        )
        values = {"entity": "participant", "subject": person, "kind": text, "date": text}
        row = base.new_id()
        write(base, [created("follow_up", row, {**values, "text": text})], label=text)
        add(base, "eligibility", participant=person, criterion=text, proof=text, decision=text)
        add(base, "work_contract", participant=person, post=text, type=text, start=text)
    app = app_on(base, "participants")
    async with running(app, size) as pilot:
        people = app.screen.query_one(PagedList)
        for place, row in enumerate(list(people.rows)):
            people.move_to(place)
            await press(pilot, "enter")
            assert isinstance(app.screen, ParticipantDetail)
            assert shown(row.cells[0])[:30] in screen_text(app)
            await press(pilot, "h", "escape", "escape")
        assert app.is_running
        assert "\x1b" not in screen_text(app)


async def test_homonyms_are_told_apart_in_a_narrow_list(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    for birth, commune in (("1990-05-17", "Valmont"), ("1975-01-31", "Autreville"), (None, "Ici")):
        new_person(base, last="Moineau", first="Paul", birth=birth, commune=commune)
    new_person(base, last="MOINEAU", first="Pauline")
    app = app_on(base, "participants")
    async with running(app) as pilot:
        await settle(pilot)
        found = {row.cells[0] for row in app.screen.query_one(PagedList).rows}
        assert found == {
            "Moineau (1990) Paul", "Moineau (1975) Paul", "Moineau (Ici) Paul", "MOINEAU Pauline",
        }  # fmt: skip
        assert "Moineau (1975) Paul" in screen_text(app)
