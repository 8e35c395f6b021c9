"""A work contract from the sheet of a person: which contract it serves, then its terms."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.entreprises.forms import known_companies
from suivi_tui.tui.screens.participants.forms import work_contract_fields
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.texts import day
from suivi_tui.vocabulary.choices import EmploymentKind, label_of
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.store.journal import Change
    from suivi_tui.store.queries.obligations import ObligationRow
    from suivi_tui.store.queries.people import ParticipantSheet

NO_CONTRACT = 0
NEW = 0


class Known(NamedTuple):
    """What a hiring chooses from."""

    sheet: "ParticipantSheet | None"
    running: "list[ObligationRow]"
    companies: list[tuple[int, str]]


class Prefilled(NamedTuple):
    """What is known of a hiring before it is asked; ``proposal`` is what it answers."""

    obligation: int | None = None
    employer: int | None = None
    post: str = ""
    start: date | None = None
    proposal: int | None = None


_NOTHING = Prefilled()


def ask_hiring(
    screen: SuiviScreen[Any],
    person: int,
    then: Callable[[], object],
    prefilled: Prefilled = _NOTHING,
) -> None:
    """Ask for which contract the person works, then with which work contract."""

    def known(base: Any) -> Known:
        from suivi_tui.store.queries.obligations import running
        from suivi_tui.store.queries.people import participant_sheet

        return Known(
            participant_sheet(base.connection, person),
            running(base.connection),
            known_companies(base),
        )

    def ask(found: Known) -> None:
        if found.sheet is not None:
            Hiring(screen, person, found, prefilled, then).ask_obligation()

    screen.read("hiring", known, ask)


def contract_name(row: "ObligationRow") -> str:
    """``2026-01 lot 2``, or the object of a contract without a number."""
    name = row.number or row.object
    return name if row.lot_number in ("", "0") else f"{name} lot {row.lot_number}"


class Hiring:
    """One hiring being asked, question by question."""

    def __init__(
        self,
        screen: SuiviScreen[Any],
        person: int,
        known: Known,
        prefilled: Prefilled,
        then: Callable[[], object],
    ) -> None:
        self.screen = screen
        self.person = person
        self.known = known
        self.prefilled = prefilled
        self.then = then

    def ask_obligation(self) -> None:
        """For which contract the person works, unless it is known."""
        running = self.known.running
        if any(row.obligation == self.prefilled.obligation for row in running):
            self.ask_work_contract(self.prefilled.obligation or NO_CONTRACT)
            return
        # Those of the company that looks for somebody come first.
        company = self.prefilled.employer
        listed = [
            Choice(row.obligation, f"{contract_name(row)} · {row.company_name}",
                   row.operation_name, f"{row.object} {row.buyer_name}")
            for row in sorted(running, key=lambda row: row.company != company)
        ]  # fmt: skip
        none = Choice(NO_CONTRACT, "Sans marché pour l'instant")
        self.screen.suivi.push_screen(
            Choose(f"Pour quel marché{NBSP}?", [*listed, none]), self._with_obligation
        )

    def _with_obligation(self, obligation: int | None) -> None:
        if obligation is not None:
            self.ask_work_contract(obligation)

    def ask_work_contract(self, obligation: int) -> None:
        """With a work contract that still runs, or a new one."""
        today = self.screen.suivi.today.isoformat()
        works = self.known.sheet.work_contracts if self.known.sheet is not None else ()
        open_ones = [
            Choice(
                work.work_contract,
                f"{label_of(EmploymentKind, work.type, 'Contrat')} depuis le {day(work.start)}",
                work.employer_name,
            )
            for work in works
            if (work.end is None or work.end >= today)
            and all(placement.obligation != obligation for placement in work.placements)
        ]

        def chosen(row: int | None) -> None:
            if row == NEW:
                self.ask_terms(obligation)
            elif row is not None:
                self.screen.write(
                    lambda base: self._place(base, obligation, row), lambda _: self.then()
                )

        if obligation and open_ones:
            new = Choice(NEW, "Nouveau contrat de travail")
            title = f"Avec quel contrat{NBSP}?"
            self.screen.suivi.push_screen(Choose(title, [*open_ones, new]), chosen)
        else:
            chosen(NEW)

    def ask_terms(self, obligation: int) -> None:
        """The terms of a new work contract."""
        holders = {row.obligation: row.company for row in self.known.running}
        start = self.prefilled.start
        initial = {"post": self.prefilled.post, "start": start.isoformat() if start else None}
        ask_fields(
            self.screen,
            "Contrat de travail",
            lambda: work_contract_fields(
                self.screen.suivi.today,
                self.known.companies,
                employer=self.prefilled.employer or holders.get(obligation),
                initial=initial,
            ),
            lambda base, values: self._hire(base, obligation, values),
            new_of(f"{self.person}/{obligation}"),
            lambda _: self.then(),
        )

    def _also(self, base: Any, person: int) -> "list[Change]":
        from suivi_tui.actions.needs import hired_changes

        proposal, today = self.prefilled.proposal, self.screen.suivi.today
        return [] if proposal is None else hired_changes(base, proposal, person, today)

    def _place(self, base: Any, obligation: int, work_contract: int) -> None:
        from suivi_tui.actions.hiring import place_work_contract

        place_work_contract(
            base, obligation, work_contract, also=lambda person: self._also(base, person)
        )

    def _hire(self, base: Any, obligation: int, values: Values) -> None:
        from suivi_tui.actions.hiring import place_person
        from suivi_tui.actions.records import save_record

        if obligation:
            place_person(
                base, obligation, self.person, values, also=lambda who: self._also(base, who)
            )
        else:
            given = {**values, "participant": self.person}
            save_record(base, "work_contract", None, given, self._also(base, self.person))
