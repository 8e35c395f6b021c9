"""Forms written from a base: whose people they name, where they go, what the command says."""

import json
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from builders import (
    NewContract,
    add,
    new_base,
    new_company,
    new_contract,
    new_lot,
    new_person,
    new_placement,
    new_statement,
)
from form_filling import fill
from suivi_tui.actions.statement_forms import (
    FormAlreadyThere,
    FormRefused,
    awaited,
    find_sender,
    form_of,
    write_form,
    write_forms,
)
from suivi_tui.actions.statement_import.planned import Outcome
from suivi_tui.actions.statement_import.preparing import prepare
from suivi_tui.actions.statement_import.writing import write_plan
from suivi_tui.cli import DONE, REFUSED, WRONG_USAGE, main
from suivi_tui.exchange.statement_files.form_layout import lot_labels
from suivi_tui.exchange.statement_files.form_reading import read_form
from suivi_tui.exchange.statement_files.workbook import open_statement_file
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.months import Month

MONTH = Month(202610)
SIRET = "35600000000048"


class Places:
    """A holder with two lots, an agency on one of them, another structure, and their people."""

    def __init__(self, base: Base) -> None:
        self.holder = new_company(base, "Bâtisseurs du Val")
        self.agency = new_company(base, "Intérim du Val", kind="ETTI", siret=SIRET)
        self.other = new_company(base, "Chantiers Secrets", kind="ACI")
        self.market: NewContract = new_contract(base, number="2025-12", lot="1",
                                                company=self.holder)  # fmt: skip
        self.second = new_lot(base, self.market.contract, self.holder, number="2")
        self.jeanne = new_person(base, "CANARI", "Jeanne", birth="1991-02-03")
        self.twin = new_person(base, "Canari", "JEANNE", birth="1979-04-05")
        self.paul = new_person(base, "MOINEAU", "Paul", birth="1985-06-07")
        self.gone = new_person(base, "PARTI", "Avant")
        self.secret = new_person(base, "SECRETE", "Personne", birth="1966-06-06",
                                 phone="0612345678")  # fmt: skip
        self.own = new_person(base, "MAISON", "Direct")
        add(base, "eligibility", participant=self.jeanne, rank=1, criterion="RQTH",
            proof="notification_rqth", proof_on="2025-12-01", decision="validee")  # fmt: skip
        for person in (self.jeanne, self.twin, self.paul):
            new_placement(base, self.market, person, employer=self.agency)
        new_placement(base, self.second, self.paul, employer=self.agency)
        new_placement(base, self.market, self.gone, employer=self.agency, contract_end="2026-09-30")
        new_placement(base, self.market, self.secret, employer=self.other)
        unknown = add(base, "work_contract", participant=self.own, mode="direct",
                      start="2026-01-01")  # fmt: skip
        new_placement(base, self.market, self.own, work_contract=unknown)


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return new_base(tmp_path)


@pytest.fixture
def places(base: Base) -> Places:
    return Places(base)


def everything(path: Path) -> str:
    """Every part of the file, and its name."""
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        return "\n".join([path.name, *archive.namelist(), *parts])


def test_a_form_names_the_own_people_of_its_sender_only(
    base: Base, places: Places, tmp_path: Path
) -> None:
    path = write_form(base, places.agency, MONTH, tmp_path)
    assert path.name == f"releve-2026-10-{SIRET}.xlsx"
    said = everything(path)
    for theirs in ("CANARI", "Canari", "MOINEAU", "Paul", "2025-12 lot 1", "Bâtisseurs du Val"):
        assert theirs in said
    for other in ("SECRETE", "MAISON", "PARTI", "Chantiers Secrets", "RQTH", "0612345678",
                  "1966", "Alix Essai"):  # fmt: skip
        assert other not in said
    people = form_of(base.connection, places.agency, MONTH).people
    # Two of the same name, accents and case aside: their birth tells them apart, no one else's.
    assert [(person.last, person.birth) for person in people] == [
        ("CANARI", "1991-02-03"),
        ("Canari", "1979-04-05"),
        ("MOINEAU", None),
        ("MOINEAU", None),
    ]
    direct = form_of(base.connection, places.holder, MONTH)
    assert [person.last for person in direct.people] == ["MAISON"]
    assert [lot.lot for lot in direct.lots] == ["1", "2"]


def test_a_subcontractor_and_a_declarant_are_asked_for_their_lots(
    base: Base, places: Places
) -> None:
    sub, named = new_company(base, "Sous-traitant"), new_company(base, "Groupement")
    lot = places.second.lot
    above = base.connection.execute("SELECT id FROM lot_company WHERE lot = ?", (lot,)).fetchone()
    add(base, "lot_company", lot=lot, company=sub, role="sous_traitant", parent=above[0])
    add(base, "term", contract=places.market.contract, lot=lot, code="declarant", value=str(named))
    for sender in (sub, named):
        assert [item.obligation for item in form_of(base.connection, sender, MONTH).lots] == [
            places.second.obligation
        ]
    with pytest.raises(FormRefused, match="ni lot ni salarié en décembre 2027"):
        form_of(base.connection, sub, Month(202712))


def test_who_is_awaited_gets_a_form(base: Base, places: Places, tmp_path: Path) -> None:
    new_statement(base, places.second.obligation, places.agency, MONTH)
    senders = awaited(base, MONTH, 10)
    assert set(senders) == {places.agency, places.other, places.holder}
    folder = tmp_path / "nouveau" / "dossier"
    forms = write_forms(base, senders, MONTH, folder)
    assert [form.name for form in forms] == [
        "Bâtisseurs du Val", "Chantiers Secrets", "Intérim du Val",
    ]  # fmt: skip
    assert sorted(form.path for form in forms) == sorted(folder.iterdir())
    assert all(re.fullmatch(r"releve-2026-10-\d+\.xlsx", form.path.name) for form in forms)
    again = write_forms(base, senders[:1], MONTH, folder)
    assert again[0].path.name == forms[0].path.name.replace(".xlsx", "-2.xlsx")


def test_nothing_is_overwritten_silently_nor_written_half(
    base: Base, places: Places, tmp_path: Path
) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"avant")
    with pytest.raises(FormAlreadyThere, match="existe déjà"):
        write_form(base, places.agency, MONTH, target)
    assert target.read_bytes() == b"avant"
    assert write_form(base, places.agency, MONTH, target, overwrite=True) == target
    assert write_form(base, places.agency, MONTH, tmp_path / "b").name == "b.xlsx"
    with pytest.raises(FormRefused, match="classeur"):
        write_form(base, places.agency, MONTH, tmp_path / "c.csv")
    assert not list(tmp_path.glob("*.partiel")) and not (tmp_path / "c.csv").exists()


@pytest.mark.parametrize(
    ("text", "name"),
    [("intérim du val", "Intérim du Val"), ("BÂTI", "Bâtisseurs du Val"), (SIRET, "Intérim du Val"),
     ("356 000 000 00048", "Intérim du Val"), ("secrets", "Chantiers Secrets")],
)  # fmt: skip
def test_a_sender_is_found_by_name_or_siret(
    base: Base, places: Places, text: str, name: str
) -> None:
    assert find_sender(base.connection, text).name == name


@pytest.mark.parametrize(("text", "said"), [("du val", "désigne 2"), ("", "Aucune"),
                                            ("x", "Aucune")])  # fmt: skip
def test_a_doubtful_sender_is_never_guessed(
    base: Base, places: Places, text: str, said: str
) -> None:
    with pytest.raises(FormRefused, match=said):
        find_sender(base.connection, text)


def test_the_command(
    base: Base, places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base.close()
    words = ["formulaire", "--base", str(base.path), "--mois", "octobre 2026"]
    target = tmp_path / "f.xlsx"
    assert main([*words, "--expediteur", "intérim", "--vers", str(target), "--json"]) == DONE
    assert json.loads(capsys.readouterr().out) == {
        "expediteur": "Intérim du Val", "mois": "2026-10", "fichier": str(target),
    }  # fmt: skip
    assert main([*words, "--expediteur", "intérim", "--vers", str(target)]) == REFUSED
    assert "existe déjà" in capsys.readouterr().err
    assert main(words) == main([*words, "--tous", "--expediteur", "x"]) == WRONG_USAGE
    assert "--tous" in capsys.readouterr().err
    assert main([*words, "--tous", "--vers", str(tmp_path / "tous")]) == DONE
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3 and all("releve-2026-10-" in line for line in lines)
    assert main(["formulaire", "--base", str(base.path), "--mois", "2031-01", "--tous"]) == DONE
    said = capsys.readouterr()
    assert said.out == "" and "Aucun relevé n'est attendu" in said.err


def test_a_newcomer_of_a_form_comes_in_with_no_question_unless_they_resemble_someone(
    base: Base, places: Places, tmp_path: Path
) -> None:
    path = write_form(base, places.agency, MONTH, tmp_path)
    lot = form_of(base.connection, places.agency, MONTH).lots[0]
    label = lot_labels([lot], "Intérim du Val")[0]
    rows = {13: ("NOUVELLE", "Zoé", 32874), 14: ("MOINAU", "Paul", 32874), 15: ("SEULE", "Éva", "")}
    cells: dict[str, str | float] = {}
    for row, (last, first, birth) in rows.items():
        cells |= {f"C{row}": last, f"D{row}": first, f"F{row}": label, f"J{row}": 35}
        cells |= {f"E{row}": birth} if birth else {}
    book = open_statement_file(fill(path, cells))
    plan = prepare(base, book, today=date(2026, 11, 22))
    assert [question.text for question in plan.questions] == ["MOINAU Paul", "SEULE Éva"]
    new, *asked = plan.lines
    assert new.outcome is Outcome.NEW and "nouvelle personne" in new.why
    assert [line.outcome for line in asked] == [Outcome.DOUBTFUL] * 2
    write_plan(base, plan)
    assert base.connection.execute(
        "SELECT last, first, birth FROM participant WHERE last = 'NOUVELLE'"
    ).fetchall() == [("NOUVELLE", "Zoé", "1990-01-01")]
    again = prepare(base, book, today=date(2026, 11, 22))
    assert again.lines[0].outcome is Outcome.IDENTICAL


def test_a_filled_form_is_imported_with_no_question_asked(
    base: Base, places: Places, tmp_path: Path
) -> None:
    path = write_form(base, places.agency, MONTH, tmp_path)
    hours = {"J9": 151.67, "J10": "35h30", "K10": 7, "J11": 20}
    filled = fill(path, hours, into=tmp_path / "Copie de envoi (2).xlsx")
    fill(filled, {"G7": "oui"}, sheet=2, into=filled)
    book = open_statement_file(filled)
    form = read_form(book)
    assert form is not None and form.sender == places.agency
    for outcomes in ([Outcome.NEW] * 5, [Outcome.IDENTICAL] * 5):
        plan = prepare(base, book, today=date(2026, 11, 22))
        assert (plan.sender, plan.questions) == (places.agency, ())
        assert not [sheet.questions for sheet in plan.reading.sheets if sheet.questions]
        assert [line.outcome for line in plan.lines] == outcomes
        write_plan(base, plan)
    entered = base.connection.execute(
        "SELECT placement, obligation, kind, declared FROM hour_entry WHERE removed = 0"
    ).fetchall()
    assert sorted(entered) == sorted(
        (line.placement, line.obligation, line.kind, line.hours) for line in form.lines
    )
    assert base.connection.execute(
        "SELECT sender, status FROM statement WHERE obligation = ?", (places.second.obligation,)
    ).fetchall() == [(places.agency, "sans_activite")]
