"""The pace of obligations: the same figures as the rules, at the cost of their own hours."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from builders import (
    many_hours,
    new_base,
    new_contract,
    new_event,
    new_hours,
    new_lot,
    new_person,
    new_placement,
    sqlite_steps,
)
from suivi_tui.readings.alerts import read_alerts
from suivi_tui.readings.pace import obligation_paces
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, removed, write

TODAY = date(2026, 6, 30)
MONTHS = range(202501, 202513)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


def test_every_figure_of_an_obligation(base: Base) -> None:
    contract = new_contract(base, owed=1_000_00)
    new_event(base, contract.obligation, 500_00, kind="tranche", firm=0)
    placement = new_placement(base, contract, new_person(base))
    new_hours(base, placement, 202603, 100_00, 80_00)
    new_hours(base, placement, 202604, 50_00)
    (pace,) = obligation_paces(base.connection, TODAY)
    # 181 of 365 days of 1 000 h.
    assert pace.expected == 495_89
    assert (pace.owed, pace.planned, pace.remaining) == (1_000_00, 500_00, 920_00)
    assert (pace.declared, pace.validated, pace.refused, pace.pending) == (
        150_00,
        80_00,
        20_00,
        50_00,
    )
    assert pace.rate == Fraction(8, 100)
    assert (pace.start, pace.end) == (date(2026, 1, 1), date(2026, 12, 31))
    assert pace.late
    assert (pace.contract, pace.lot, pace.company, pace.obligation) == contract[1:]


def test_what_is_unknown_stays_unknown(base: Base) -> None:
    new_contract(base, owed=None, site_start=None)
    (pace,) = obligation_paces(base.connection, TODAY)
    assert (pace.owed, pace.expected, pace.remaining, pace.rate) == (None, None, None, None)
    assert not pace.late


def test_late_is_exactly_the_alert(base: Base) -> None:
    for number, declared in enumerate((100_00, 396_00, 397_00, 600_00)):
        contract = new_contract(base, number=f"2026-{number}")
        new_hours(base, new_placement(base, contract, new_person(base)), 202605, declared)
    new_contract(base, number="2026-9", stage="clos")
    late = {pace.obligation for pace in obligation_paces(base.connection, TODAY) if pace.late}
    assert len(late) == 2
    assert late == {
        alert.obligation for alert in read_alerts(base.connection, TODAY) if alert.code == "retard"
    }


def test_closed_and_untaken_contracts_show_only_when_asked_for(base: Base) -> None:
    closed = new_contract(base, stage="clos")
    known = new_contract(base, taken_up=0)
    ended = new_contract(base)
    write(base, [changed("obligation", ended.obligation, "closed_on", "2026-06-01")], label="Essai")
    assert obligation_paces(base.connection, TODAY) == []
    for contract in (closed, known, ended):
        (pace,) = obligation_paces(base.connection, TODAY, contract=contract.contract)
        assert pace.obligation == contract.obligation
        assert not pace.late
    write(base, [removed("contract", closed.contract)], label="Essai")
    assert obligation_paces(base.connection, TODAY, contract=closed.contract) == []


def test_the_obligations_of_a_company(base: Base) -> None:
    contract = new_contract(base)
    second = new_lot(base, contract.contract, contract.company, number="2")
    new_contract(base, number="2026-02")
    paces = obligation_paces(base.connection, TODAY, company=contract.company)
    assert {pace.obligation for pace in paces} == {contract.obligation, second.obligation}


def test_the_pace_of_a_contract_does_not_read_the_hours_of_others(base: Base) -> None:
    contract, other = new_contract(base), new_contract(base, number="2026-02")
    many_hours(base, contract, MONTHS, 5)

    def ask() -> object:
        return obligation_paces(base.connection, TODAY, contract=contract.contract)

    before = sqlite_steps(base, ask)
    many_hours(base, other, MONTHS, 300)
    assert sqlite_steps(base, ask) <= before * 1.1


def test_alerts_do_not_read_the_hours_of_closed_contracts(base: Base) -> None:
    contract, closed = new_contract(base), new_contract(base, number="2025-02", stage="clos")
    many_hours(base, contract, MONTHS, 5)

    def ask() -> object:
        return read_alerts(base.connection, TODAY)

    before = sqlite_steps(base, ask)
    many_hours(base, closed, MONTHS, 300)
    assert sqlite_steps(base, ask) <= before * 1.1
