"""From a line of one screen to the record it speaks of, on the screen where that record lives."""

from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.screens.base import SuiviScreen

if TYPE_CHECKING:
    from suivi_tui.tui.app import SuiviApp

CONTRACTS: Final = "marches"
PARTICIPANTS: Final = "participants"
COMPANIES: Final = "entreprises"
STATEMENTS: Final = "saisie"
ALERTS: Final = "alertes"
DIRECTORY: Final = "annuaire"

Place = tuple[str, int | None]
"""A screen and the record to show there; None: the screen itself."""


def place_of(entity: str, subject: int, contract: int | None) -> Place | None:
    """Where a record is shown; None when no screen shows it."""
    if entity == "participant":
        return PARTICIPANTS, subject
    if entity == "company":
        return COMPANIES, subject
    if entity == "contract":
        return CONTRACTS, subject
    if entity == "directory_entry":
        return DIRECTORY, subject
    return (CONTRACTS, contract) if contract is not None else None


def open_place(screen: SuiviScreen[Any], place: Place | None) -> None:
    """Go to a screen and show a record there; says so when there is nowhere to go."""
    app = screen.suivi
    if place is None or place[0] not in app.screens_known:
        screen.notify_plain("Aucun écran ne montre cette fiche.", "warning")
        return
    app.call_later(show_place, app, place)


async def show_place(app: "SuiviApp", place: Place) -> None:
    """Switch to a screen and show a record there, on the screen itself and not on a sheet."""
    name, record = place
    await app.switch_mode(name)
    if record is None:
        return
    # A sheet left open there may be that of another kind of record: what it types is kept.
    while len(app.screen_stack) > 1:
        keep_draft = getattr(app.screen, "keep_draft", None)
        if keep_draft is not None:
            keep_draft()
        await app.pop_screen()
    show = getattr(app.screen, "show_record", None)
    if show is not None:
        show(record)


def open_sheet(screen: SuiviScreen[Any], entity: str, row: int) -> None:
    """The sheet of a participant, company, contract or obligation over the screen shown; Escape
    comes back."""
    detail: SuiviScreen[Any]
    if entity == "participant":
        from suivi_tui.tui.screens.participants.participant import ParticipantDetail

        detail = ParticipantDetail(row)
    elif entity == "company":
        from suivi_tui.tui.screens.entreprises.entreprise import CompanyDetail

        detail = CompanyDetail(row)
    elif entity == "contract":
        from suivi_tui.tui.screens.marche.screen import ContractDetail

        detail = ContractDetail(row)
    elif entity == "obligation":
        from suivi_tui.tui.screens.marche.obligation import ObligationDetail

        detail = ObligationDetail(row)
    else:
        screen.notify_plain("Aucun écran ne montre cette fiche.", "warning")
        return
    screen.suivi.push_screen(detail)
