"""The sheet of what the directory lists: a person or a structure."""

from typing import Any

from suivi_tui.tui.screens.base import SuiviScreen


def open_listed(screen: SuiviScreen[Any], entity: str, row: int) -> None:
    """The sheet of a person or of a structure over the screen shown; Escape comes back."""
    detail: SuiviScreen[Any]
    if entity == "directory_entry":
        from suivi_tui.tui.screens.annuaire.fiche import EntryDetail

        detail = EntryDetail(row)
    else:
        from suivi_tui.tui.screens.entreprises.entreprise import CompanyDetail

        detail = CompanyDetail(row)
    screen.suivi.push_screen(detail)
