"""« Bilan »: the yearly report of a buyer's policy, written where the person says."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.path_field import PathField
from suivi_tui.tui.workers import Failure

if TYPE_CHECKING:
    from suivi_tui.readings.policies import PolicyYear


def ask_report(screen: SuiviScreen[Any], found: "PolicyYear") -> None:
    """Ask where, then write the report; never over a file without a question."""
    buyer, name, year, today = found.buyer, found.name, found.year, screen.suivi.today

    def where(base: Any) -> Path:
        from suivi_tui.actions.policies import default_report

        return default_report(name, year, today)

    def ask(target: Path) -> None:
        field = PathField("path", "Fichier (.docx ou .md)", initial=target, required=True)
        form = Form(f"Bilan {year}", [field], record=buyer)
        screen.suivi.push_screen(form, partial(answered, target.parent))

    def answered(folder: Path, values: Values | None) -> None:
        if values is not None:
            # A name typed without a folder goes where the proposed one would have gone.
            write(folder / values["path"], overwrite=False)

    def write(target: Path, *, overwrite: bool) -> None:
        def save(base: Any) -> Path:
            from suivi_tui.actions.policies import write_report

            return write_report(base, buyer, year, target, today, overwrite=overwrite)

        def failed(failure: Failure) -> None:
            if type(failure.error).__name__ != "AlreadyThere":
                screen.suivi.toast_failure(failure)
                return
            screen.suivi.push_screen(
                Confirm("Bilan", str(failure.error), yes="Remplacer", no="Ne rien écrire"),
                lambda yes: write(target, overwrite=True) if yes else None,
            )

        screen.write(save, lambda path: screen.notify_plain(f"Bilan écrit dans {path}"), failed)

    screen.read("report", where, ask)
