"""The way to the commitments of a buyer from one of its contracts."""

from typing import Any

from suivi_tui.tui.screens.base import SuiviScreen


def open_policies(screen: SuiviScreen[Any], contract: int) -> None:
    """What the buyer of a contract committed to this year."""

    def ask_base(base: Any) -> int:
        from suivi_tui.store.queries.entry import record

        return int((record(base.connection, "contract", contract) or {}).get("buyer") or 0)

    def show(buyer: int) -> None:
        from suivi_tui.tui.screens.politiques.fiche import BuyerPolicy

        if buyer:
            screen.suivi.push_screen(BuyerPolicy(buyer, screen.suivi.today.year))
        else:
            screen.notify_plain("Ce marché n'a plus d'acheteur.", "warning")

    screen.read("buyer", ask_base, show)
