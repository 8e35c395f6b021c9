"""A work contract from the sheet of a person: which contract it serves, then its terms."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.entreprises.forms import known_companies
from suivi_tui.tui.screens.participants.forms import save_work_contract, work_contract_fields
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.screens.shared.texts import day
from suivi_tui.vocabulary.choices import EmploymentKind, label_of

if TYPE_CHECKING:
    from suivi_tui.store.queries.obligations import ObligationRow
    from suivi_tui.store.queries.people import ParticipantSheet

NO_CONTRACT = 0
NEW = 0


class Known(NamedTuple):
    """What a hiring chooses from."""

    sheet: "ParticipantSheet | None"
    running: "list[ObligationRow]"
    companies: list[tuple[int, str]]


def ask_hiring(screen: SuiviScreen[Any], person: int, then: Callable[[], object]) -> None:
    """Ask for which contract the person works, then with which work contract."""

    def known(base: Any) -> Known:
        from suivi_tui.store.queries.obligations import running
        from suivi_tui.store.queries.people import participant_sheet

        return Known(
            participant_sheet(base.connection, person),
            running(base.connection),
            known_companies(base),
        )

    screen.read("hiring", known, lambda found: _ask_obligation(screen, person, found, then))


def _ask_obligation(
    screen: SuiviScreen[Any], person: int, known: Known, then: Callable[[], object]
) -> None:
    if known.sheet is None:
        return

    def chosen(obligation: int | None) -> None:
        if obligation is not None:
            _ask_work_contract(screen, person, obligation, known, then)

    listed = [
        Choice(row.obligation, f"{contract_name(row)} · {row.company_name}", row.operation_name,
               f"{row.object} {row.buyer_name}")
        for row in known.running
    ]  # fmt: skip
    none = Choice(NO_CONTRACT, "Sans marché pour l'instant")
    screen.suivi.push_screen(Choose("Pour quel marché ?", [*listed, none]), chosen)


def contract_name(row: "ObligationRow") -> str:
    """``2026-01 lot 2``, or the object of a contract without a number."""
    name = row.number or row.object
    return name if row.lot_number in ("", "0") else f"{name} lot {row.lot_number}"


def _ask_work_contract(
    screen: SuiviScreen[Any],
    person: int,
    obligation: int,
    known: Known,
    then: Callable[[], object],
) -> None:
    today = screen.suivi.today.isoformat()
    works = known.sheet.work_contracts if known.sheet is not None else ()
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

    def place(base: Any, row: int) -> None:
        from suivi_tui.actions.hiring import place_work_contract

        place_work_contract(base, obligation, row)

    def chosen(row: int | None) -> None:
        if row is None:
            return
        if row != NEW:
            screen.write(lambda base: place(base, row), lambda _: then())
        else:
            _ask_terms(screen, person, obligation, known, then)

    if obligation and open_ones:
        new = Choice(NEW, "Nouveau contrat de travail")
        screen.suivi.push_screen(Choose("Avec quel contrat ?", [*open_ones, new]), chosen)
    else:
        chosen(NEW)


def _ask_terms(
    screen: SuiviScreen[Any],
    person: int,
    obligation: int,
    known: Known,
    then: Callable[[], object],
) -> None:
    holders = {row.obligation: row.company for row in known.running}

    def make() -> AskingForm:
        fields = work_contract_fields(
            screen.suivi.today, known.companies, employer=holders.get(obligation)
        )
        return AskingForm("Contrat de travail", fields, record=new_of(f"{person}/{obligation}"))

    ask(
        screen,
        make,
        lambda base, values: save_work_contract(base, person, None, obligation or None, values),
        lambda _: then(),
    )
