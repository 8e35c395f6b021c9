"""Obligations kept or not and why, and their targets, on small bases."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import (
    NewContract,
    add,
    new_base,
    new_contract,
    new_hours,
    new_person,
    new_placement,
)
from suivi_tui.readings.evaluation_obligations import obligation_figures
from suivi_tui.readings.evaluation_targets import target_figures
from suivi_tui.readings.filters import Filters
from suivi_tui.rules.kept_obligations import VerdictCounts
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.choices.evaluation import ObligationVerdict, VerdictReason

TODAY = date(2026, 6, 20)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def worked(base: Base, market: NewContract, month: int, hours: int, **person: Any) -> None:
    placed = new_placement(base, market, new_person(base, **person))
    new_hours(base, placed, month, hours, validated=hours)


def test_verdicts_of_a_scope_and_why(base: Base) -> None:
    kept = new_contract(base, number="A", start="2025-01-01", end="2025-12-31")
    worked(base, kept, 202511, 1_000_00)
    partly = new_contract(base, number="B", start="2025-01-01", end="2026-03-31")
    worked(base, partly, 202512, 400_00)
    worked(base, partly, 202602, 400_00)
    add(base, "penalty_case", obligation=partly.obligation, decision="appliquee",
        decided_on="2026-05-01", efforts="Trois recherches")  # fmt: skip
    add(base, "contract_event", contract=partly.contract, date="2025-06-01", kind="arret")
    add(base, "contract_event", contract=partly.contract, date="2025-06-11", kind="reprise")
    new_contract(base, number="C")

    def counts(**filters: Any) -> VerdictCounts:
        return obligation_figures(base.connection, Filters(**filters), today=TODAY).counts

    assert counts() == VerdictCounts(kept=1, partly=1, going_on=1)
    # Each obligation is judged in the year it was over; the stop pushed the end of B to April.
    assert counts(first=202501, last=202512) == VerdictCounts(kept=1, going_on=1)
    assert counts(first=202601, last=202612) == VerdictCounts(partly=1, going_on=1)
    assert counts(first=202601, last=202603) == VerdictCounts(going_on=2)
    assert counts(contract=kept.contract) == VerdictCounts(kept=1)
    found = obligation_figures(base.connection, today=TODAY)
    assert found.reasons == {VerdictReason.DONE: 1, VerdictReason.PENALTY: 1}
    (one,) = found.of(ObligationVerdict.PARTLY)
    assert one.judgement.over_on == date(2026, 4, 10)
    assert one.judgement.reasons == (
        VerdictReason.PENALTY, VerdictReason.EFFORTS, VerdictReason.STOPPED
    )  # fmt: skip
    assert one.judgement.missing == 200_00


def test_hours_after_the_period_do_not_keep_it(base: Base) -> None:
    market = new_contract(base, start="2025-01-01", end="2025-12-31")
    worked(base, market, 202512, 999_00)
    worked(base, market, 202601, 1_00)
    year = Filters(first=202501, last=202512)
    assert obligation_figures(base.connection, year, today=TODAY).counts.partly == 1
    assert obligation_figures(base.connection, today=TODAY).counts.kept == 1


def test_targets_by_kind(base: Base) -> None:
    over = new_contract(base, number="A", start="2025-01-01", end="2025-12-31")
    running = new_contract(base, number="B")
    worked(base, over, 202506, 10_00, sex="F")
    worked(base, over, 202507, 10_00, sex="H")
    for market in (over, running):
        add(base, "target", obligation=market.obligation, kind="femmes", value=2)
        add(base, "target", obligation=market.obligation, kind="personnes", value=1)
    women, people = target_figures(base.connection, today=TODAY)
    assert (women.kind, women.reached, women.missed, women.going_on) == ("femmes", 0, 1, 1)
    assert (people.reached, people.missed, people.going_on, people.total) == (1, 0, 1, 2)
    # Before the second person worked.
    until_june = Filters(first=202501, last=202506)
    assert target_figures(base.connection, until_june, today=TODAY)[0].going_on == 1
