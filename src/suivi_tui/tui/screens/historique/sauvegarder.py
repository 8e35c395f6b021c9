"""Backups from the screen: make one now, put one back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.base_switch import switch_base
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP


def back_up_now(screen: SuiviScreen[Any], then: Callable[[], object]) -> None:
    """A verified copy beside the base."""

    def save(base: Any) -> Path:
        from suivi_tui.actions.keeping import save_copy

        return save_copy(base)

    def done(path: Path) -> None:
        screen.status("")
        screen.notify_plain(f"Sauvegarde vérifiée{NBSP}: {path.name}")
        then()

    def failed(failure: Failure) -> None:
        screen.status("")
        screen.suivi.toast_failure(failure)

    screen.status("sauvegarde…")
    # The copy is no change of the base: other screens need not read again.
    screen.desk.write(save, done, failed)


def ask_restore(screen: SuiviScreen[Any], source: Path, made_on: str) -> None:
    """Ask, then put a backup in place of the base; the replaced base is kept aside."""
    question = (
        f"Revenir à la sauvegarde du {made_on}{NBSP}? Ce qui a été saisi depuis n'y sera plus ; "
        "la base actuelle est gardée à côté, rien n'est détruit."
    )
    screen.suivi.push_screen(
        Confirm("Restaurer", question, yes="Restaurer", no="Garder la base actuelle"),
        lambda yes: _restore(screen, source) if yes else None,
    )


class _Restoring:
    """Restores once, then opens the base, whatever became of the restoration."""

    def __init__(self, source: Path, target: Path) -> None:
        self.source = source
        self.target = target
        self.done = False
        self.aside: Path | None = None
        self.refusal = ""

    def __call__(self) -> Any:
        from suivi_tui.actions.keeping import restore_copy
        from suivi_tui.store.base import open_base

        if not self.done:
            self.done = True
            try:
                self.aside = restore_copy(self.source, self.target)
            except UserError as error:
                self.refusal = str(error)
        return open_base(self.target)


def _restore(screen: SuiviScreen[Any], source: Path) -> None:
    app = screen.suivi
    restoring = _Restoring(source, app.base_path)

    def opened() -> None:
        screen.status("")
        screen.reload()
        if restoring.refusal:
            app.toast(restoring.refusal, "error")
        else:
            aside = restoring.aside
            kept = f" La base remplacée est gardée{NBSP}: {aside.name}" if aside else ""
            app.toast(f"Sauvegarde restaurée.{kept}")

    def failed(failure: Failure) -> None:
        screen.status("")
        app.toast_failure(failure)

    screen.status("restauration…")
    switch_base(app, app.base_path, restoring, opened, failed)
