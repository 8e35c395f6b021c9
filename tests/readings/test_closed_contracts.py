"""Hours for each 1 000 EUR of the contracts closed here: median, range, and not too few."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from builders import add, new_base, new_company, new_contract, new_hours, new_person, new_placement
from suivi_tui.readings.closed_contracts import by_trade, compare
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.hours import Hours


def closed(base: Base, amount: int, owed: int, done: int, **values: Any) -> None:
    """A closed contract of one lot: euros, hours."""
    given = {"stage": "clos", "amount_cents": amount * 100, **values}
    market = new_contract(base, owed=owed * 100, **given)
    placement = new_placement(base, market, new_person(base))
    new_hours(base, placement, 202603, done * 100, validated=done * 100)


def test_median_and_range_by_sector(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        closed(base, 100_000, 100, 90)
        closed(base, 200_000, 100, 120)
        closed(base, 100_000, 80, 80)
        closed(base, 100_000, 10, 10, sector="nettoyage")
        closed(base, 100_000, 900, 900, stage="en_cours")
        closed(base, 100_000, 900, 900, taken_up=0)
        closed(base, 0, 900, 900)
        found = compare(
            base.connection, sector="batiment", hours=Hours(833_00), amount_cents=100_000_000
        )
    sector, everything = found.groups
    assert (sector.number, everything.number) == (3, 4)
    assert sector.owed is not None
    assert sector.validated is not None
    assert sector.owed[1:] == (Fraction(4, 5), Fraction(1, 2), Fraction(1))
    assert sector.validated[1:] == (Fraction(4, 5), Fraction(3, 5), Fraction(9, 10))
    assert everything.owed is not None
    assert everything.owed.median == Fraction(13, 20)
    assert found.wanted == Fraction(833, 1000)
    told = [line.replace("\u00a0", " ") for line in found.lines]
    assert told[0] == "Ce calibrage : 0,83 h par k€."
    assert told[1] == (
        "Bâtiment : 3 lots clos, médiane prévues 0,80 h par k€ (de 0,50 h à 1,00 h) ; "
        "validées 0,80 h par k€ (de 0,60 h à 0,90 h)."
    )


def test_too_few_closed_contracts_say_nothing(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        closed(base, 100_000, 100, 90)
        closed(base, 100_000, 100, 90)
        two = compare(base.connection)
        closed(base, 100_000, 100, 90)
        three = compare(base.connection)
    assert "pas assez de marchés clos" in two.lines[0]
    assert two.groups[0].owed is None
    assert three.groups[0].owed is not None


def test_the_final_amount_and_the_trade_of_the_lot_count(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        closed(base, 100_000, 100, 90, final_amount_cents=200_000_00)
        final = compare(base.connection, least=1).groups[0].owed
        market = new_contract(base, owed=None, obligation=False, stage="clos")
        add(base, "lot", contract=market.contract, number="2", trade="Peinture",
            amount_cents=1_000_00)  # fmt: skip
        new_company(base)
        names = [(group.name, group.number) for group in by_trade(base.connection, least=1)]
    assert final is not None
    assert final.median == Fraction(1, 2)
    assert names == [("Bâtiment", 1)]
