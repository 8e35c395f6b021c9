"""The application on a small base, for the tests of people, companies, history and imports."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from builders import (
    add,
    new_base,
    new_company,
    new_contract,
    new_eligibility,
    new_hours,
    new_person,
    new_placement,
    new_statement,
)
from driving import settle
from suivi_tui.actions.undoing import undo_last
from suivi_tui.store.base import Base
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.dialogs.form import Form

TODAY = date(2026, 6, 20)
SIZES = ((80, 24), (120, 40))
PLACES = {
    "participants": "suivi_tui.tui.screens.participants.screen:Participants",
    "entreprises": "suivi_tui.tui.screens.entreprises.screen:CompaniesScreen",
    "historique": "suivi_tui.tui.screens.historique.screen:History",
}


def app_on(base: Base, first: str, **options: Any) -> SuiviApp:
    """The application on ``base``, the screen ``first`` on top."""
    names = [first, *(name for name in PLACES if name != first)]
    options.setdefault("undo_last", undo_last)
    return SuiviApp(
        base.path,
        TODAY,
        lambda: base,
        screens={name: PLACES[name] for name in names},
        clock=lambda: datetime(2026, 6, 20, 14, 2),
        encoding="utf-8",
        **options,
    )


class Town:
    """A contract, its holder, an agency with a contact, two people with hours in May."""

    def __init__(self, folder: Path) -> None:
        self.base = new_base(folder)
        self.holder = new_company(self.base, siret="73282932000074", commune="Valmont")
        self.agency = new_company(self.base, name="Intérim du Val", kind="ETTI")
        add(self.base, "contact", company=self.agency, name="Sam Essai", role="Agence",
            phone="04 00 00 00 01")  # fmt: skip
        self.contract = new_contract(self.base, company=self.holder)
        self.jeanne = new_person(self.base, last="CANARI", first="Jeanne", commune="Valmont")
        self.paul = new_person(self.base, last="MOINEAU", first="Paul")
        new_eligibility(self.base, self.jeanne, "RQTH")
        new_eligibility(self.base, self.paul, "DELD", decision="en_attente", decided_on=None)
        place = new_placement(self.base, self.contract, self.jeanne)
        new_hours(self.base, place, 202605, 100_00, validated=100_00)
        other = new_placement(self.base, self.contract, self.paul, employer=self.agency)
        new_hours(self.base, other, 202605, 50_00)
        new_statement(self.base, self.contract.obligation, self.agency, 202605)

    def one(self, sql: str, *values: Any) -> Any:
        """The first value of the first row."""
        found = self.base.connection.execute(sql, values).fetchone()
        return found[0] if found else None


async def fill(pilot: Pilot[Any], **texts: str) -> None:
    """Type texts in the fields of the form on top, then save it."""
    form = pilot.app.screen
    assert isinstance(form, Form), form
    form.put_texts(texts)
    await pilot.pause()
    await pilot.press("ctrl+s")
    await settle(pilot)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, then wait until nothing is left to do."""
    await pilot.press(*keys)
    await settle(pilot)
