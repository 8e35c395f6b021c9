"""« Annuler » a batch; when things changed since, the person says what becomes of them."""

from collections.abc import Callable
from typing import Any

from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.numbers import NBSP

TITLE = "Annuler"


def later_changes(failure: Failure) -> bool:
    """Whether an undo was refused because of later changes: it may be asked again."""
    from suivi_tui.actions.undoing import LaterChanges

    return isinstance(failure.error, LaterChanges)


def ask_undo(screen: SuiviScreen[Any], batch: int, label: str, then: Callable[[], object]) -> None:
    """Ask, undo a batch of the history, run ``then``."""

    def undo(keep_later: bool) -> None:
        def run(base: Any) -> str:
            from suivi_tui.actions.undoing import undo_batch

            return undo_batch(base, batch, keep_later=keep_later)

        def done(sentence: str) -> None:
            screen.notify_plain(sentence)
            then()

        def failed(failure: Failure) -> None:
            if keep_later or not later_changes(failure):
                screen.suivi.toast_failure(failure)
            else:
                screen.suivi.push_screen(
                    keep_later_question(failure.message), lambda yes: undo(True) if yes else None
                )

        screen.write(run, done, failed)

    question = (
        f"Annuler «{NBSP}{label}{NBSP}»{NBSP}? Les valeurs d'avant reviennent ; l'historique "
        "garde tout."
    )
    screen.suivi.push_screen(
        Confirm(TITLE, question, yes="Oui, annuler", no="Non, garder"),
        lambda yes: undo(False) if yes else None,
    )


def keep_later_question(message: str) -> Confirm:
    """Keep what was changed since and undo the rest, or give up."""
    return Confirm(TITLE, message, yes="Annuler le reste", no="Renoncer")
