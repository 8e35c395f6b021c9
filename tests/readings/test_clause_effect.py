"""Contracts with and without a clause, side by side, from what the base knows of both."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from builders import add, new_base, new_buyer, new_contract
from suivi_tui.readings.clause_effect import clause_effect
from suivi_tui.readings.clause_effect_texts import effect_rows, explained
from suivi_tui.readings.filters import Filters
from suivi_tui.store.base import Base

TODAY = date(2026, 6, 20)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def open_data(base: Base, buyer: int, rank: int, form: str, amounts: tuple[int, int]) -> int:
    """A contract known from open data, a year long, whose amount changed once."""
    made = new_contract(base, buyer=buyer, number=f"OD-{rank}", obligation=False, taken_up=0,
                        stage="a_qualifier", clause_form=form, notified_on="2024-01-01",
                        start=None, end="2024-12-31", amount_cents=amounts[1])  # fmt: skip
    for kind, on, amount in zip(("notification", "montant"), ("2024-01-01", "2024-06-01"),
                                amounts, strict=True):  # fmt: skip
        add(base, "contract_event", contract=made.contract, lot=made.lot, date=on, kind=kind,
            amount_cents=amount, months=None)  # fmt: skip
    return made.contract


def test_with_and_without_a_clause_side_by_side(base: Base, tmp_path: Path) -> None:
    buyer = new_buyer(base)
    for rank in range(2):
        open_data(base, buyer, rank, "aucune", (100_00, 120_00))
    open_data(base, buyer, 8, "", (100_00, 200_00))
    closed = new_contract(base, buyer=buyer, start="2024-01-01", end="2024-12-31", stage="clos",
                          amount_cents=100_00, final_amount_cents=110_00,
                          ended_on="2025-01-30")  # fmt: skip
    user_file = tmp_path / "reference.toml"
    user_file.write_text("[effet_clause]\nminimum = 1\n", encoding="utf-8")
    found = clause_effect(base.connection, today=TODAY, user_file=user_file)
    assert found.unsaid == 1
    cost_with, cost_without = found.whole.with_clause.cost, found.whole.without_clause.cost
    assert cost_with is not None and cost_without is not None
    assert (cost_with.contracts, cost_without.contracts) == (1, 2)
    assert (float(cost_with.change_median), float(cost_without.change_median)) == (0.1, 0.2)
    rows = effect_rows(found)
    texts = [tuple(text.replace("\u00a0", " ") for text in row.texts) for row in rows[:2]]
    assert texts == [
        ("Ensemble", "Durée", "+8,2 % (1)", "aucune conclusion (0)"),
        ("Ensemble", "Coût", "+10 % (1)", "+20 % (2)"),
    ]
    # By default ten contracts are needed on each side, and the text says so.
    usual = clause_effect(base.connection, today=TODAY)
    cost = effect_rows(usual)[1]
    assert cost.texts[3].startswith("aucune conclusion")
    said = explained(cost, usual).replace("\u00a0", " ")
    assert "Aucune conclusion : il faut 10 marchés de chaque côté" in said
    assert "Prévu : médiane 100 €" in said and "1 marché ne dit rien" in said
    assert "ne prouvent rien" in said
    # A scope narrows both sides.
    only = clause_effect(base.connection, Filters(contract=closed.contract), today=TODAY)
    assert (only.whole.with_clause.contracts, only.whole.without_clause.contracts) == (1, 0)
    assert [one.label for one in found.by["annee"]] == ["2024"]
