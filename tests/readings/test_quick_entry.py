"""One line of text: what is understood, what is asked, what is never guessed."""

from datetime import date
from pathlib import Path

import pytest

from builders import (
    new_base,
    new_company,
    new_contract,
    new_hours,
    new_lot,
    new_person,
    new_placement,
    new_statement,
)
from suivi_tui.readings.quick_entry import Chosen, QuickReading, called, read_quick_entry
from suivi_tui.readings.quick_line import read_line
from suivi_tui.reference.loader import thresholds
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, write
from suivi_tui.vocabulary.months import Month

TODAY = date(2026, 11, 22)
OCTOBER = Month(202610)


@pytest.mark.parametrize(
    ("text", "words", "month", "hours", "kind", "lot"),
    [
        ("dupont 2026-10 151,67", ["dupont"], 202610, 15167, 1, ""),
        ("dupont jean 10/26 35h lot 2", ["dupont", "jean"], 202610, 3500, 1, "2"),
        ("dupont oct 12,5 formation", ["dupont"], 202610, 1250, 2, ""),
        ("martin 151,67", ["martin"], 202610, 15167, 1, ""),
        ("151.67 martin", ["martin"], 202610, 15167, 1, ""),
        ("septembre 2026 dupont 35", ["dupont"], 202609, 3500, 1, ""),
        ("dupont oct 26", ["dupont"], 202610, 2600, 1, ""),
        ("dupont sept. 25 151h40", ["dupont"], 202509, 15167, 1, ""),
        ("dupont 151 h 40", ["dupont"], 202610, 15167, 1, ""),
        ("lot2A dupont 7:30", ["dupont"], 202610, 750, 1, "2a"),
        ("dupont 2 35h", ["dupont", "2"], 202610, 3500, 1, ""),
        ("dupont −3,5", ["dupont"], 202610, -350, 1, ""),
        ("dupont 2026-13 4", ["dupont", "2026-13"], 202610, 400, 1, ""),
        ("dupont 90min", ["dupont"], 202610, 150, 1, ""),
        ("DUPONT, Jean; 8", ["dupont", "jean"], 202610, 800, 1, ""),
        ("dupont 31/08/2026 8", ["dupont"], 202608, 800, 1, ""),
        ("dupont 202609 12", ["dupont"], 202609, 1200, 1, ""),
        ("dupont décembre 8", ["dupont"], 202512, 800, 1, ""),
        ("O'Brien-Élie 3", ["o'brien-elie"], 202610, 300, 1, ""),
        ("dupont autre 1 234", ["dupont"], 202610, None, 3, ""),
        ("dupont 35 12", ["dupont"], 202610, None, 1, ""),
        ("dupont", ["dupont"], 202610, None, 1, ""),
        ("\x1b[31m dupont\u202e 5", ["[31m", "dupont"], 202610, 500, 1, ""),
    ],
)
def test_what_a_line_says(
    text: str, words: list[str], month: int, hours: int | None, kind: int, lot: str
) -> None:
    line = read_line(text, OCTOBER)
    assert (list(line.words), line.hours, line.kind, line.lot) == (words, hours, kind, lot)
    assert [word.month for word in line.months] == [month]
    assert bool(line.fault) == (hours is None and any(char.isdigit() for char in text))


class Town:
    """Two Duponts and a Dupontel, lots, employers, a closed obligation."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.agency = new_company(base, "Intérim du Val", kind="ETTI")
        self.market = new_contract(base, number="2025-12", lot="2", start="2025-12-01")
        self.other = new_contract(base, number="M-77", buyer=self.market.buyer)
        self.lot3 = new_lot(base, self.market.contract, self.market.company, number="03")
        self.jean = new_person(base, "DUPONT", "Jean", birth="1990-01-02")
        self.valerie = new_person(base, "DUPONT", "Valérie")
        self.dupontel = new_person(base, "DUPONTEL", "Marc")
        self.avril = new_person(base, "AVRIL", "Ana", reference="P-9")
        self.alone = new_person(base, "SANSPLACE", "Léa")
        self.jean_2 = new_placement(base, self.market, self.jean, employer=self.agency)
        self.jean_77 = new_placement(base, self.other, self.jean)
        self.val = new_placement(base, self.market, self.valerie, contract_end="2026-03-31")
        gone = new_person(base, "DUPONT", "Ancien")
        new_placement(base, self.market, gone, contract_start="2021-01-01",
                      contract_end="2021-12-31")  # fmt: skip
        self.marc = new_placement(base, self.market, self.dupontel)
        self.ana = new_placement(base, self.lot3, self.avril, employer=self.agency)
        self.ana_own = new_placement(base, self.lot3, self.avril, type="cdi")

    def read(self, text: str, chosen: Chosen | None = None) -> QuickReading:
        """What a line would do."""
        return read_quick_entry(self.base.connection, text, TODAY, thresholds(), chosen or Chosen())


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(new_base(tmp_path_factory.mktemp("ville")))


@pytest.mark.parametrize(
    ("text", "target", "month"),
    [
        ("dupont jean lot 2 12", "jean_2", 202610),
        ("dupont jean lot 02 12", "jean_2", 202610),
        ("dupont m-77 12", "jean_77", 202610),
        ("jean dupont 77 12h", "jean_77", 202610),
        ("dupont interim 12", "jean_2", 202610),
        ("dupont valerie 12", "val", 202610),  # nobody else: out of her contract, said by checks
        ("dupontel 12", "marc", 202610),
        ("valérie 2026-02 12", "val", 202602),
        ("jean 2025-12 2026-09 lot 2 12", "jean_2", 202609),  # one month is the contract
        ("avril interim 12", "ana", 202610),  # Avril is a name
        ("p-9 cdi 12", "ana_own", 202610),
    ],
)
def test_where_it_goes(town: Town, text: str, target: str, month: int) -> None:
    found = town.read(text)
    assert found.refused == ""
    assert found.target is not None, found.options
    assert found.target.placement == getattr(town, target).placement
    assert (found.month, found.hours, found.ready) == (month, 1200, True)


@pytest.mark.parametrize(
    ("text", "stage", "labels"),
    [
        # A whole name before a longer one; whoever left years ago is not meant, yet is offered.
        (
            "dupont 2026-02 12",
            "participant",
            ["DUPONT Jean", "DUPONT Valérie", "DUPONT Ancien", "DUPONTEL Marc"],
        ),
        (
            "dup 12",
            "participant",
            ["DUPONT Jean", "DUPONT Valérie", "DUPONTEL Marc", "DUPONT Ancien"],
        ),
        ("jean dupont 12", "obligation", ["2025-12 lot 2", "M-77"]),
        # « val » begins a first name and the name of a company.
        (
            "dup val 12",
            "participant",
            ["DUPONT Jean", "DUPONT Valérie", "DUPONTEL Marc", "DUPONT Ancien"],
        ),
        ("ana 12", "placement", ["employeur inconnu · CDI", "Intérim du Val · CDD"]),
    ],
)
def test_what_is_asked(town: Town, text: str, stage: str, labels: list[str]) -> None:
    found = town.read(text)
    assert (found.stage, [option.label for option in found.options]) == (stage, labels)
    assert not found.options or (found.target is None and not found.ready)


def test_what_was_chosen_holds_stage_by_stage(town: Town) -> None:
    first = town.read("dup 2026-02 12")
    chosen = Chosen().of(first.stage, town.jean)
    second = town.read("dup 2026-02 12", chosen)
    assert second.stage == "obligation"
    third = town.read("dup 2026-02 12", chosen.of(second.stage, town.other.obligation))
    assert third.target is not None and third.target.placement == town.jean_77.placement
    assert called(third.target) == "DUPONT Jean"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("zorro 12", "Personne ne correspond à «\u00a0zorro\u00a0»"),
        ("dupontel lot 9 12", "sur le lot 9"),
        ("sansplace 12", "SANSPLACE Léa n'a aucune affectation"),
        ("12", "Indiquez la personne"),
        ("dupontel 800", "plus de 24\u00a0h par jour"),
        ("dupontel 35 12", "Plusieurs nombres"),
        ("dupontel 2026-08 2026-09 12", "Plusieurs mois"),
        ("interim 12", "Personne ne correspond"),
    ],
)
def test_what_is_refused(town: Town, text: str, said: str) -> None:
    found = town.read(text)
    assert said in found.refused and not found.ready


def test_a_contract_numbered_like_a_month_is_said(town: Town) -> None:
    found = town.read("dupontel 2025-12 12")
    assert found.month == 202512 and "lu comme le mois" in found.note


def test_before_checks_locks_and_closing(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        town = Town(base)
        new_hours(base, town.marc, 202610, 100_00, validated=100_00)
        found = town.read("dupontel 2026-10 400")
        assert found.before is not None and found.before.declared == 100_00
        assert found.ready and found.findings
        assert town.read("dupontel 12 formation").before is None
        new_statement(base, town.market.obligation, town.market.company, 202610, "verrouille")
        assert "verrouillé" in town.read("dupontel 12").refused
        assert town.read("dupontel 2026-09 12").ready
        closed = changed("obligation", town.other.obligation, "closed_on", "2026-09-30")
        write(base, [closed], label="Clôture")
        assert "close depuis le 30/09/2026" in town.read("jean m-77 12").refused
