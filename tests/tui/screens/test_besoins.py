"""Needs, papers, points of a path and exchanges to do, driven by keys."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import add, new_base, new_company, new_person, new_work_contract
from driving import running, screen_text, settle, toasts
from people_samples import SIZES, Town, app_on, fill, press
from suivi_tui.actions.needs import propose
from suivi_tui.actions.records import save_record
from suivi_tui.tui.dialogs.choose import Choose
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.form import Form
from suivi_tui.tui.plain import shown
from suivi_tui.tui.screens.besoins.besoin import NeedDetail
from suivi_tui.tui.screens.besoins.flow import initials_of
from suivi_tui.tui.screens.besoins.opening import open_need, open_needs
from suivi_tui.tui.screens.besoins.screen import Needs
from suivi_tui.tui.screens.participants.outcomes import ask_outcome
from suivi_tui.tui.screens.participants.participant import ParticipantDetail
from suivi_tui.tui.screens.shared.sheet import Sheet
from suivi_tui.tui.widgets.paged_list import PagedList
from tui_samples import HOSTILE

TODAY = date(2026, 6, 20)


def go_to_line(app: Any, entity: str, place: int = 0) -> None:
    """The cursor on a line of the sheet on top."""
    sheet = app.screen.query_one(Sheet)
    sheet.move_to([at for at, line in enumerate(sheet.lines) if line.entity == entity][place])


@pytest.mark.parametrize("size", SIZES[:1])
async def test_from_a_need_to_a_hiring(tmp_path: Path, size: tuple[int, int]) -> None:
    """Initials are proposed, refused; a known person is proposed, hired, and the need closed."""
    town = Town(tmp_path)
    app = app_on(town.base, "entreprises")
    async with running(app, size) as pilot:
        await press(pilot, "b")
        assert "Besoins ouverts · Bâtisseurs du Val" in screen_text(app)
        assert "Aucun besoin ici" in screen_text(app)
        await press(pilot, "a")
        form = app.screen
        assert isinstance(form, Form)
        assert form.texts()["company"] == "Bâtisseurs du Val"
        await fill(pilot, post="Maçon", wanted_on="25/6/2026", obligation="2026-01",
                   asked_on="1/6/2026")  # fmt: skip
        assert isinstance(app.screen, NeedDetail)
        await press(pilot, "p", *"Durand Lou", "enter")
        assert app.screen.texts()["initials"] == "DL"
        await fill(pilot, prescriber="PLIE", proposed_on="10/6/2026")
        assert "DL · PLIE · proposée le 10/06/2026" in screen_text(app)
        go_to_line(app, "proposal")
        await press(pilot, "enter")
        await fill(pilot, answer="non retenu")
        assert "c'est ce qui prouvera" in screen_text(app)
        await fill(pilot, answer="non retenu", reason="mobilité")
        assert "× non retenue" in screen_text(app)
        await press(pilot, "p", *"cana", "enter")
        await fill(pilot, proposed_on="12/6/2026")
        go_to_line(app, "proposal", 1)
        await press(pilot, "r")
        await fill(pilot, answer="embauché")
        # What is known is there: no question about the contract, only the terms.
        assert isinstance(app.screen, Form)
        texts = app.screen.texts()
        assert (texts["employer"], texts["post"]) == ("Bâtisseurs du Val", "Maçon")
        assert texts["start"] == "25/06/2026"
        await fill(pilot, type="cdd")
        row = town.base.connection.execute(
            "SELECT work.start, work.post, placement.obligation FROM work_contract AS work "
            "JOIN placement ON placement.work_contract = work.id ORDER BY work.id DESC"
        ).fetchone()
        assert row == ("2026-06-25", "Maçon", town.contract.obligation)
        assert town.one("SELECT answer FROM proposal ORDER BY id DESC") == "embauche"
        assert isinstance(app.screen, Confirm)
        await press(pilot, "o")
        assert "✓ embauche" in screen_text(app)
        assert "clos" in screen_text(app)
        await press(pilot, "escape")
        assert "Aucun besoin ici" in screen_text(app)
        await press(pilot, "f", *"tous", "enter")
        assert "1 sur 1" in screen_text(app)
        await press(pilot, "escape", "enter")
        assert "0\u00a0besoin ouvert sur 1 · 2\u00a0personnes" in screen_text(app)


async def test_somebody_known_by_initials_gets_a_sheet_when_hired(tmp_path: Path) -> None:
    town = Town(tmp_path)
    need = add(town.base, "need", company=town.holder, post="Peintre", number=2)
    propose(town.base, need, {"initials": "ZP", "prescriber": "plie"}, TODAY)
    app = app_on(town.base, "entreprises")
    async with running(app) as pilot:
        open_need(app.screen, need)
        await settle(pilot)
        go_to_line(app, "proposal")
        await press(pilot, "t", *"Zed", "enter")
        assert app.screen.texts()["prescriber"] == "PLIE"
        await fill(pilot, last="ZED", first="Paula")
        # The need names no contract: which one is asked, those of the company first.
        assert isinstance(app.screen, Choose)
        await press(pilot, "enter")
        await fill(pilot, start="22/6/2026")
        assert "ZED Paula · PLIE" in screen_text(app)
        assert town.one("SELECT initials FROM proposal") == ""
        # One post is left: nothing asks to close.
        assert isinstance(app.screen, NeedDetail)
        await press(pilot, "v")
        assert isinstance(app.screen, ParticipantDetail)
        assert "Peintre · Bâtisseurs du Val" in screen_text(app)
        go_to_line(app, "proposal")
        await press(pilot, "enter")
        assert isinstance(app.screen, NeedDetail)


@pytest.mark.parametrize(
    ("typed", "initials"),
    [("JD", "JD"), ("jd", "JD"), ("Durand Lou", "DL"), ("Durand", "D"), ("Le-Goff Anne", "LGA"),
     ("", "")],
)  # fmt: skip
def test_only_initials_of_a_name_typed_are_kept(typed: str, initials: str) -> None:
    assert initials_of(typed) == initials


@pytest.mark.parametrize(("names", "named"), [("Sans les noms", False), ("Avec les noms", True)])
async def test_the_file_of_all_means_names_nobody_unless_asked(
    tmp_path: Path, names: str, named: bool
) -> None:
    town = Town(tmp_path)
    obligation = town.contract.obligation
    need = add(town.base, "need", company=town.holder, obligation=obligation, post="=1+1", number=1,
               comment="Voir avec Jeanne", asked_on="2026-06-01")  # fmt: skip
    add(town.base, "need", company=town.agency, post="Grutier", number=1)
    propose(town.base, need, {"participant": town.jeanne, "proposed_on": TODAY}, TODAY)
    propose(town.base, need, {"initials": "ZP", "proposed_on": TODAY}, TODAY)
    app = app_on(town.base, "entreprises")
    async with running(app) as pilot:
        open_needs(app.screen, obligation=obligation, name="2026-01")
        await settle(pilot)
        assert len(app.screen.query_one(PagedList).rows) == 1
        await press(pilot, "a")
        # A need of an obligation is that of its holder, until another company is typed.
        assert app.screen.texts()["company"] == "Bâtisseurs du Val"
        await press(pilot, "escape", "e")
        await fill(pilot, path=str(tmp_path / "moyens.csv"), names=names)
        with (tmp_path / "moyens.csv").open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file, delimiter=";"))
        assert [line["Réponse"] for line in lines] == ["En attente", "En attente"]
        assert [line["Prescripteur"] for line in lines] == ["France Travail", ""]
        assert not any(line["Poste"].startswith("=") for line in lines)
        whole = (tmp_path / "moyens.csv").read_text(encoding="utf-8")
        for text in ("CANARI", "ZP", "Voir avec"):
            assert (text in whole) is named


@pytest.mark.parametrize("size", SIZES[:1])
async def test_papers_are_marked_from_the_list_and_from_the_sheets(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    town = Town(tmp_path)
    app = app_on(town.base, "entreprises")
    column = "SELECT {} FROM work_contract WHERE participant = ?"
    async with running(app, size) as pilot:
        app.action_open_page("pieces_manquantes")
        await settle(pilot)
        assert "× à envoyer" in screen_text(app)
        await press(pilot, "p", "enter")
        assert town.one(column.format("contract_received_on"), town.jeanne) == "2026-06-20"
        assert "✓ reçu" in screen_text(app)
        # Both papers still missing come first, then the one that may be taken back.
        await press(pilot, "p", "down", "down", "enter")
        assert town.one(column.format("contract_received_on"), town.jeanne) is None
        await press(pilot, "v")
        assert "contrat × manque, justif. × manque" in screen_text(app)
        go_to_line(app, "work_contract")
        await press(pilot, "p", *"autre", "enter")
        await fill(pilot, contract_received_on="2/1/2026", proof_received_on="3/1/2026",
                   notice_sent_on="hier")  # fmt: skip
        assert "contrat ✓ reçu, justif. ✓ reçu, avis ✓ envoyé" in screen_text(app)
        assert town.one(column.format("notice_sent_on"), town.jeanne) == "2026-06-19"
        await press(pilot, "escape")
        assert "CANARI" not in screen_text(app)
        await press(pilot, "escape", "enter")
        go_to_line(app, "participant")
        assert "✓ pièces reçues" in screen_text(app)
        await press(pilot, "p")
        assert isinstance(app.screen, Choose)


@pytest.mark.parametrize("size", SIZES[:1])
async def test_a_point_is_asked_and_answered(tmp_path: Path, size: tuple[int, int]) -> None:
    base = new_base(tmp_path)
    person = new_person(base, last="PINSON", first="Ève")
    new_work_contract(base, person, new_company(base), start="2025-01-01", end="2025-12-15")
    app = app_on(base, "participants")
    async with running(app, size) as pilot:
        app.action_open_page("points_a_demander")
        await settle(pilot)
        assert "À 6 mois" in screen_text(app)
        assert "! à demander" in screen_text(app)
        await press(pilot, "d")
        assert "demandé le 20/06/2026" in screen_text(app)
        await press(pilot, "enter")
        await fill(pilot, situation="CDI")
        assert "Aucun point à demander" in screen_text(app)
        await press(pilot, "escape", "enter")
        assert "✓ durable" in screen_text(app)
        go_to_line(app, "outcome", 3)
        await press(pilot, "enter")
        await fill(pilot, situation="recherche", answered_on="20/6/2026")
        assert "autre sortie" in screen_text(app)
        # What an alert asks for: the point is chosen when none is due.
        ask_outcome(app.screen, person)
        await settle(pilot)
        assert isinstance(app.screen, Choose)
        await press(pilot, *"3 mois", "enter")
        assert isinstance(app.screen, Form)


async def test_exchanges_to_do_are_finished_and_a_promise_is_judged(tmp_path: Path) -> None:
    town = Town(tmp_path)
    about = {"entity": "obligation", "subject": town.contract.obligation, "date": "2026-06-01"}
    for kind, text, due in (
        ("promesse", "Deux embauches", "2026-06-18"),
        ("appel", "Rappeler", "2027-01-31"),
    ):
        save_record(town.base, "follow_up", None, {**about, "kind": kind, "text": text, "due": due})
    app = app_on(town.base, "participants")
    async with running(app, (120, 40)) as pilot:
        app.action_open_page("echanges_a_faire")
        await settle(pilot)
        text = screen_text(app)
        assert "! retard 2\u00a0j" in text
        assert "2026-01" in text
        await press(pilot, "f", "down", "enter")
        # A promise that was not kept leads to a reminder.
        assert app.screen.texts()["text"] == "Promesse du 01/06/2026 non tenue"
        await fill(pilot, due="30/6/2026")
        assert town.one("SELECT text FROM follow_up WHERE kind = 'promesse'").endswith(
            "[non tenue]"
        )
        text = screen_text(app)
        assert "Relance" in text
        assert "Deux embauches" not in text
        await press(pilot, "f", "f")
        assert "Aucun échange à faire" in screen_text(app)
        assert town.one("SELECT count(*) FROM follow_up WHERE done IS NULL") == 0


async def test_hostile_texts_are_shown_as_clean_leaves_them(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    for text in HOSTILE:
        company = new_company(base, name=text)
        need = add(base, "need", company=company, post=text, number=1, comment=text, asked_on=text,
                   wanted_on=text)  # fmt: skip
        add(base, "proposal", need=need, initials=text, prescriber=text, answer=text, reason=text,
            proposed_on=text, answered_on=text)  # fmt: skip
        person = new_person(base, last=text, first="")
        work = new_work_contract(base, person, company, contract_received_on=text, end=text)
        add(base, "outcome", participant=person, path=work, point=text, situation=text)
    app = app_on(base, "participants")
    async with running(app) as pilot:
        for page in ("pieces_manquantes", "points_a_demander", "echanges_a_faire", "besoins"):
            app.action_open_page(page)
            await settle(pilot)
        assert isinstance(app.screen, Needs)
        listed = app.screen.query_one(PagedList)
        assert len(listed.rows) == len(HOSTILE)
        for place, row in enumerate(list(listed.rows)[:6]):
            listed.move_to(place)
            await press(pilot, "enter")
            assert shown(row.cells[0])[:10] in screen_text(app)
            go_to_line(app, "proposal")
            await press(pilot, "r", "escape", "escape")
        assert "\x1b" not in screen_text(app)
        assert app.is_running


async def test_a_read_only_base_offers_no_change(tmp_path: Path) -> None:
    town = Town(tmp_path)
    need = add(town.base, "need", company=town.holder, post="Peintre", number=1)
    propose(town.base, need, {"initials": "ZP"}, TODAY)
    app = app_on(town.base, "participants", read_only=True)
    async with running(app) as pilot:
        for page in ("pieces_manquantes", "points_a_demander", "echanges_a_faire", "besoins"):
            app.action_open_page(page)
            await settle(pilot)
            await press(pilot, "a", "p", "d", "f", "escape")
        app.action_open_page("besoins")
        await settle(pilot)
        await press(pilot, "enter")
        go_to_line(app, "proposal")
        await press(pilot, "enter", "r", "t", "p", "c", "m", "x")
        assert isinstance(app.screen, NeedDetail)
        assert toasts(app) == []
