"""The synthesis as a file: where to, then the file written whole, never over another unasked."""

from pathlib import Path
from typing import Any

from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.export_writing import Save, write_export
from suivi_tui.tui.screens.shared.path_field import PathField
from suivi_tui.vocabulary.numbers import NBSP


def ask_export(screen: SuiviScreen[Any], title: str, save: Save) -> None:
    """Ask where to write, then write."""
    today = screen.suivi.today

    def where(base: Any) -> Path:
        from suivi_tui.actions.export_view import default_target

        return default_target(title, today)

    def ask(proposed: Path) -> None:
        field = PathField("path", "Fichier", initial=proposed, required=True)

        def answered(values: Values | None) -> None:
            if values is not None:
                # A name typed without a folder goes where the proposed one would have gone.
                target = proposed.parent / values["path"]
                target = target if target.suffix else target.with_suffix(".csv")
                write_export(screen, target, save)

        screen.suivi.push_screen(Form(f"Exporter{NBSP}: {title}", [field]), answered)

    screen.read("export", where, ask)
