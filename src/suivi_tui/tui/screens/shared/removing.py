"""« Retirer » a record from a screen: one question, one batch that Ctrl+Z takes back."""

from collections.abc import Callable
from typing import Any

from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.vocabulary.numbers import NBSP


def ask_removal(
    screen: SuiviScreen[Any],
    entity: str,
    row: int,
    name: str,
    then: Callable[[], object],
) -> None:
    """Ask, remove, then run ``then``; a record that hours stand on stays, with the reason."""

    def remove(base: Any) -> object:
        from suivi_tui.actions.records import remove_record

        return remove_record(base, entity, row)

    def answered(yes: bool | None) -> None:
        if yes:
            screen.write(remove, lambda _: then())

    question = f"Retirer «{NBSP}{name}{NBSP}»{NBSP}? Ctrl+Z annulera ce retrait."
    screen.suivi.push_screen(Confirm("Retirer", question, yes="Retirer", no="Garder"), answered)
