"""The way to the penalty desk from a contract or an obligation."""

from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.texts import joined

if TYPE_CHECKING:
    from suivi_tui.store.queries.obligations import ObligationRow


def open_penalties(screen: SuiviScreen[Any], contract: int, obligation: int | None = None) -> None:
    """The desk of an obligation; of a contract, that of its only one or of the one chosen."""

    def show(chosen: int | None) -> None:
        if chosen is not None:
            from suivi_tui.tui.screens.penalites.desk import PenaltyDesk

            screen.suivi.push_screen(PenaltyDesk(chosen))

    def known(base: Any) -> "list[ObligationRow]":
        from suivi_tui.store.queries.obligations import of_contracts

        return of_contracts(base.connection, [contract])

    def choose(rows: "list[ObligationRow]") -> None:
        if not rows:
            screen.notify_plain("Ce marché n'a aucune obligation.", "warning")
        elif len(rows) == 1:
            show(rows[0].obligation)
        else:
            listed = [Choice(row.obligation, _name(row)) for row in rows]
            screen.suivi.push_screen(Choose("Pénalités de quelle obligation ?", listed), show)

    if obligation is not None:
        show(obligation)
    else:
        screen.read("penalties", known, choose)


def _name(row: "ObligationRow") -> str:
    lot = f"lot {row.lot_number}" if row.lot_number not in ("", "0") else ""
    return joined([lot, row.company_name])
