"""« Rapport à l'acheteur » from any screen that shows figures: a page to print, or Word."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.screens.shared.export_writing import write_export
from suivi_tui.tui.screens.shared.path_field import PathField
from suivi_tui.vocabulary.numbers import NBSP

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
                whole = target if target.suffix else target.with_suffix(".html")
                write_export(screen, whole, save, tell=_told)

        screen.suivi.push_screen(Form(TITLE, [field]), answered)

    def save(base: Any, target: Path) -> int:
        from suivi_tui.actions.buyer_reports import write_report

        write_report(base, filters, target, today=today, fte_base=fte_base)
        return 1

    screen.read("report", where, ask)


def _told(count: int, target: Path) -> str:
    return f"Rapport écrit{NBSP}: {target}"
