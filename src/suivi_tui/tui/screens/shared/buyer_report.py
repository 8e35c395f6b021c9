"""« Rapport à l'acheteur » from any screen that shows figures: a page to print, or Word."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.screens.shared.path_field import PathField
from suivi_tui.tui.workers import Failure

if TYPE_CHECKING:
    from suivi_tui.readings.filters import Filters
    from suivi_tui.tui.screens.base import SuiviScreen

TITLE: Final = "Rapport à l'acheteur"


def ask_buyer_report(
    screen: "SuiviScreen[Any]", filters: "Filters", fte_base: int | None = None
) -> None:
    """Ask where, then write the report of ``filters``; the suffix, ``.html`` or ``.docx``, says
    how. Never over a file without a word."""
    today = screen.suivi.today

    def where(base: Any) -> Path:
        from suivi_tui.actions.export_view import default_target

        return default_target(TITLE, today).with_suffix(".html")

    def ask(proposed: Path) -> None:
        field = PathField("path", "Fichier", initial=proposed, required=True, hint=".html ou .docx")

        def answered(values: Values | None) -> None:
            if values is not None:
                target = proposed.parent / values["path"]
                write(target if target.suffix else target.with_suffix(".html"), overwrite=False)

        screen.suivi.push_screen(Form(TITLE, [field]), answered)

    def write(target: Path, *, overwrite: bool) -> None:
        def save(base: Any) -> Path:
            from suivi_tui.actions.buyer_reports import write_report
            from suivi_tui.actions.export_view import AlreadyThere

            if target.exists() and not overwrite:
                raise AlreadyThere(target)
            return write_report(base, filters, target, today=today, fte_base=fte_base)

        def failed(failure: Failure) -> None:
            if type(failure.error).__name__ != "AlreadyThere":
                screen.suivi.toast_failure(failure)
                return
            question = Confirm(TITLE, str(failure.error), yes="Remplacer", no="Ne rien écrire")
            screen.suivi.push_screen(
                question, lambda yes: write(target, overwrite=True) if yes else None
            )

        screen.write(save, lambda path: screen.notify_plain(f"Rapport écrit : {path}"), failed)

    screen.read("report", where, ask)
