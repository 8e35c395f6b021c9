"""Where the review sheet of a contract is written, with names or without."""

from pathlib import Path
from typing import Any

from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.export_writing import once_read, write_export
from suivi_tui.tui.screens.shared.exporting import NAMES, WITH, WITHOUT
from suivi_tui.tui.screens.shared.path_field import PathField
from suivi_tui.tui.widgets.fields import ChoiceField, Field


def ask_sheet(screen: SuiviScreen[Any], contract: int, number: str) -> None:
    """Ask where, then write the sheet. Never over a file, nor sensitive words, without asking."""
    today = screen.suivi.today

    def where(base: Any) -> Path:
        from suivi_tui.actions.reviews import default_sheet

        return default_sheet(number, today)

    def ask(proposed: Path) -> None:
        fields: list[Field[Any]] = [
            PathField("path", "Fichier", initial=proposed, required=True),
            ChoiceField("names", "Personnes", options=NAMES, initial=WITHOUT, required=True),
        ]

        def answered(values: Values | None) -> None:
            if values is not None:
                path: Path = proposed.parent / values["path"]
                target = path if path.suffix else path.with_suffix(".docx")
                write(target, values["names"] == WITH)

        screen.suivi.push_screen(Form("Fiche d'avis", fields), answered)

    def write(target: Path, names: bool) -> None:
        def look(base: Any) -> Any:
            from suivi_tui.actions.reviews import sensitive_reviews

            return sensitive_reviews(base.connection, contract)

        def save(base: Any, path: Path) -> int:
            from suivi_tui.actions.reviews import write_review_sheet

            return write_review_sheet(base, contract, path, today, names=names, overwrite=True)

        once_read(screen, look, lambda: write_export(screen, target, save, tell=_told))

    screen.read("where", where, ask)


def _told(count: int, target: Path) -> str:
    return f"Fiche d'avis écrite dans {target}"
