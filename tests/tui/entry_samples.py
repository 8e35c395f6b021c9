"""The application on a small base, for the tests of the entry screens and of the contracts."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from builders import (
    NewContract,
    new_base,
    new_company,
    new_contract,
    new_hours,
    new_person,
    new_placement,
)
from suivi_tui.actions.undoing import undo_last
from suivi_tui.store.base import Base
from suivi_tui.tui.app import SuiviApp

TODAY = date(2026, 6, 20)
SIZES = ((80, 24), (120, 40))


def app_on(base: Base, first: str, **options: Any) -> SuiviApp:
    """The application on ``base``, the screen ``first`` on top."""
    places = {
        "saisie": "suivi_tui.tui.screens.saisie.screen:Statements",
        "marches": "suivi_tui.tui.screens.marches:ContractsScreen",
    }
    names = [first, *(name for name in places if name != first)]
    return SuiviApp(
        base.path,
        TODAY,
        lambda: base,
        screens={name: places[name] for name in names},
        undo_last=undo_last,
        clock=lambda: datetime(2026, 6, 20, 14, 2),
        encoding="utf-8",
        **options,
    )


class Site:
    """A contract of 1 000 h over 2026, two people, hours in May, an agency that employs one."""

    def __init__(self, folder: Path) -> None:
        self.base = new_base(folder)
        self.contract: NewContract = new_contract(self.base, company=new_company(self.base))
        agency = new_company(self.base, name="Intérim du Val", kind="ETTI")
        first = new_person(self.base, last="CANARI", first="Jeanne")
        second = new_person(self.base, last="MOINEAU", first="Paul")
        self.jeanne = new_placement(self.base, self.contract, first)
        self.paul = new_placement(self.base, self.contract, second, employer=agency)
        new_hours(self.base, self.jeanne, 202605, 100_00, validated=100_00)
        new_hours(self.base, self.paul, 202605, 50_00)

    def hours(self, placement: Any, month: int, kind: int = 1) -> tuple[Any, ...] | None:
        """Declared, validated, reason of an hour line; None when there is none."""
        found: tuple[Any, ...] | None = self.base.connection.execute(
            "SELECT declared, validated, refusal_reason FROM hour_entry WHERE obligation = ? "
            "AND month = ? AND placement = ? AND kind = ? AND removed = 0",
            (placement.obligation, month, placement.placement, kind),
        ).fetchone()
        return found

    def one(self, sql: str, *values: Any) -> Any:
        """The first value of the first row."""
        found = self.base.connection.execute(sql, values).fetchone()
        return found[0] if found else None


def traced(base: Base, act: Callable[[], object]) -> list[str]:
    """The SQL that ``act`` runs on the base."""
    seen: list[str] = []
    base.connection.set_trace_callback(seen.append)
    try:
        act()
    finally:
        base.connection.set_trace_callback(None)
    return seen
