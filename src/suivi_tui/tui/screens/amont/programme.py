"""Bringing a buyer's programme in: its questions one by one, what it would change, the import."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.shared.importer import FILE, Refused, ReportDialog
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.errors import UserError

if TYPE_CHECKING:
    from suivi_tui.actions.import_programme import Programme
    from suivi_tui.actions.programme_answers import ProgrammeQuestion
    from suivi_tui.tui.screens.base import SuiviScreen


def bring_programme(
    screen: "SuiviScreen[Any]",
    path: Path,
    then: Callable[[], object] | None,
    refused: Refused,
) -> None:
    """Read a programme without writing, ask what it leaves open, show, then import it.

    A question left without an answer (Escape) leaves its lines as they are; it is asked again the
    next time.
    """
    _Bringing(screen, path, then, refused).rehearse()


class _Bringing:
    """One programme on its way in, with what was answered so far."""

    def __init__(
        self,
        screen: "SuiviScreen[Any]",
        path: Path,
        then: Callable[[], object] | None,
        refused: Refused,
    ) -> None:
        self.screen = screen
        self.path = path
        self.then = then
        self.refused = refused
        self.answers: dict[str, str] = {}
        self.left: set[str] = set()

    def _prepare(self, base: Any, *, dry_run: bool) -> "Programme":
        from suivi_tui.actions.import_programme import prepare

        today = self.screen.suivi.today
        return prepare(base, self.path, today=today, dry_run=dry_run, answers=self.answers)

    def rehearse(self) -> None:
        """Read the file, then ask or show."""
        self.screen.status("lecture du fichier…")
        # Not a read: an import rehearsed is never interrupted in the middle of its transaction.
        self.screen.desk.write(
            lambda base: self._prepare(base, dry_run=True), self._rehearsed, self._failed
        )

    def _rehearsed(self, found: "Programme") -> None:
        self.screen.status("")
        if found.report.error is not None:
            self.refused(found.report.error, FILE)
            return
        asked = next((each for each in found.questions if each.key not in self.left), None)
        if asked is not None:
            self._ask(asked)
            return
        dialog = ReportDialog("Aperçu du programme", found.report, ahead=True)
        self.screen.suivi.push_screen(dialog, lambda yes: self._import() if yes else None)

    def _ask(self, question: "ProgrammeQuestion") -> None:
        choices = [Choice(code, label) for code, label in question.options]

        def answered(code: str | None) -> None:
            if code is None:
                self.left.add(question.key)
            else:
                self.answers[question.key] = code
            self.rehearse()

        self.screen.suivi.push_screen(Choose(question.sentence, choices), answered)

    def _import(self) -> None:
        def write(base: Any) -> "Programme":
            from suivi_tui.actions.keeping import save_copy_if_needed

            done = self._prepare(base, dry_run=False)
            save_copy_if_needed(base)
            return done

        def written(done: "Programme") -> None:
            self.screen.reload()
            dialog = ReportDialog("Import terminé", done.report, ahead=False)
            self.screen.suivi.push_screen(dialog, self._closed)

        self.screen.status("import en cours…")
        self.screen.write(write, written, self._failed)

    def _closed(self, _: bool | None) -> None:
        if self.then is not None:
            self.then()

    def _failed(self, failure: Failure) -> None:
        self.screen.status("")
        if isinstance(failure.error, UserError):
            self.refused(failure.message, FILE)
        else:
            self.screen.suivi.toast_failure(failure)
