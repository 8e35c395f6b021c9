"""Where the review sheet of a contract is written, with names or without."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.exporting import NAMES, WITH, WITHOUT
from suivi_tui.tui.screens.shared.path_field import PathField
from suivi_tui.tui.widgets.fields import ChoiceField, Field
from suivi_tui.tui.workers import Failure


def ask_sheet(
    screen: SuiviScreen[Any], contract: int, number: str, then: Callable[[Path], object]
) -> None:
    """Ask where, then write the sheet; ``then`` gets the file. Never over a file without a word."""
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
                write(target, values["names"] == WITH, overwrite=False)

        screen.suivi.push_screen(Form("Fiche d'avis", fields), answered)

    def write(target: Path, names: bool, *, overwrite: bool) -> None:
        def save(base: Any) -> int:
            from suivi_tui.actions.reviews import write_review_sheet

            return write_review_sheet(
                base, contract, target, today, names=names, overwrite=overwrite
            )

        def failed(failure: Failure) -> None:
            if type(failure.error).__name__ != "AlreadyThere":
                screen.suivi.toast_failure(failure)
                return
            screen.suivi.push_screen(
                Confirm("Fiche d'avis", str(failure.error), yes="Remplacer",
                        no="Ne rien écrire"),
                lambda yes: write(target, names, overwrite=True) if yes else None,
            )  # fmt: skip

        screen.read("sheet", save, lambda _: then(target), failed)

    screen.read("where", where, ask)
