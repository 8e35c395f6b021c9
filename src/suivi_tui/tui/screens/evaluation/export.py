"""The synthesis as a file: where to, then the file written whole, never over another unasked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.path_field import PathField
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.numbers import NBSP, plural

Save = Callable[[Any, Path], int]
"""Writes the file and says how many lines; runs on the desk."""


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
                _write(screen, target if target.suffix else target.with_suffix(".csv"), save)

        screen.suivi.push_screen(Form(f"Exporter{NBSP}: {title}", [field]), answered)

    screen.read("export", where, ask)


def _write(screen: SuiviScreen[Any], target: Path, save: Save, overwrite: bool = False) -> None:
    def write(base: Any) -> int:
        from suivi_tui.actions.export_view import AlreadyThere

        if target.exists() and not overwrite:
            raise AlreadyThere(target)
        return save(base, target)

    def done(count: int) -> None:
        lines = plural(count, "ligne écrite", "lignes écrites")
        screen.notify_plain(f"{lines} dans {target}")

    def failed(failure: Failure) -> None:
        if type(failure.error).__name__ != "AlreadyThere":
            screen.suivi.toast_failure(failure)
            return
        question = Confirm("Exporter", str(failure.error), yes="Remplacer", no="Ne rien écrire")
        screen.suivi.push_screen(
            question, lambda yes: _write(screen, target, save, True) if yes else None
        )

    screen.read("export", write, done, failed)
