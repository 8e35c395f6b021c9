"""Writing an export from a screen: never over a file unasked, a line of it in the history."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.numbers import plural

if TYPE_CHECKING:
    from suivi_tui.rules.privacy_scan import SensitiveMatter
    from suivi_tui.tui.screens.base import SuiviScreen

Save = Callable[[Any, Path], int]
"""Writes the file, leaves its line in the history and says how many lines; runs on the desk."""

Then = Callable[[], object] | None

Tell = Callable[[int, Path], str]


def _lines_written(count: int, target: Path) -> str:
    return f"{plural(count, 'ligne écrite', 'lignes écrites')} dans {target}"


def write_export(
    screen: "SuiviScreen[Any]",
    target: Path,
    save: Save,
    then: Then = None,
    *,
    tell: Tell = _lines_written,
    overwrite: bool = False,
) -> None:
    """Write the file; asks before taking the place of another one. ``tell`` says it is done."""

    def write(base: Any) -> int:
        from suivi_tui.actions.export_view import AlreadyThere

        if target.exists() and not overwrite:
            raise AlreadyThere(target)
        return save(base, target)

    def done(count: int) -> None:
        screen.notify_plain(tell(count, target))
        if then is not None:
            then()

    def failed(failure: Failure) -> None:
        if type(failure.error).__name__ != "AlreadyThere":
            screen.suivi.toast_failure(failure)
            return
        again = partial(write_export, screen, target, save, then, tell=tell, overwrite=True)
        screen.suivi.push_screen(
            Confirm("Exporter", str(failure.error), yes="Remplacer", no="Ne rien écrire"),
            lambda yes: again() if yes else None,
        )

    if screen.suivi.read_only:
        screen.read("export", write, done, failed)
    else:
        # The history gets a line: that must never be interrupted as a read may be.
        screen.write(write, done, failed)


def once_read(
    screen: "SuiviScreen[Any]",
    look: "Callable[[Any], dict[SensitiveMatter, int]]",
    go_on: Callable[[], object],
) -> None:
    """Go on once free texts were looked at, and the person warned of what was found."""

    def told(found: "dict[SensitiveMatter, int]") -> None:
        from suivi_tui.rules.privacy_scan import scan_sentence

        if not found:
            go_on()
            return
        question = (
            f"{scan_sentence(found)}\nIls partiraient avec le fichier. Vérifiez-les d'abord, ou "
            "exportez quand même."
        )
        screen.suivi.push_screen(
            Confirm("Textes sensibles", question, yes="Exporter quand même", no="Ne rien écrire"),
            answered,
        )

    def answered(yes: bool | None) -> None:
        if yes:
            go_on()

    screen.read("scan", look, told)
