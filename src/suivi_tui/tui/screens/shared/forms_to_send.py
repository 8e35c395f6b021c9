"""« Formulaire » of a sender and month: ask where, write the blank form, say where it is."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.screens.shared.path_field import PathField
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.months import Month, format_month
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.tui.screens.base import SuiviScreen


def ask_form(screen: "SuiviScreen[Any]", sender: int, month: Month) -> None:
    """Write the blank form of ``sender`` (a company) for ``month`` where the person says.

    Without a lot of that sender in the month, the reason is said and nothing is asked.
    """
    # A name typed without a folder goes where the proposed one would have gone.
    folder: list[Path] = []

    def where(base: Any) -> Path:
        from suivi_tui.actions.statement_forms import proposed_target

        return proposed_target(base, sender, month)

    def ask(target: Path) -> None:
        folder.append(target.parent)
        field = PathField("path", "Fichier", initial=target, required=True)
        title = f"Formulaire à envoyer{NBSP}: {format_month(month)}"
        screen.suivi.push_screen(Form(title, [field], record=sender), answered)

    def answered(values: Values | None) -> None:
        if values is not None:
            _write(screen, sender, month, folder[0] / values["path"], overwrite=False)

    screen.read("form", where, ask)


def _write(
    screen: "SuiviScreen[Any]", sender: int, month: Month, target: Path, *, overwrite: bool
) -> None:
    def save(base: Any) -> Path:
        from suivi_tui.actions.statement_forms import write_form

        return write_form(base, sender, month, target, overwrite=overwrite)

    def done(path: Path) -> None:
        screen.notify_plain(
            f"Formulaire écrit dans {path}. Envoyez-le{NBSP}; rempli, il s'importe sans question."
        )

    def failed(failure: Failure) -> None:
        if type(failure.error).__name__ != "FormAlreadyThere":
            screen.suivi.toast_failure(failure)
            return
        again = partial(_write, screen, sender, month, target, overwrite=True)
        screen.suivi.push_screen(
            Confirm("Formulaire", str(failure.error), yes="Remplacer", no="Ne rien écrire"),
            lambda yes: again() if yes else None,
        )

    screen.read("form", save, done, failed)
