"""« Fait »: an exchange is done; of a promise one also says whether it was kept."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.rules.promises import is_promise
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.store.queries.follow_ups import FollowUpRow

_KEPT, _BROKEN, _UNKNOWN = "kept", "broken", "unknown"
_ANSWERS: Final = (
    Choice(_KEPT, "Promesse tenue"),
    Choice(_BROKEN, "Promesse non tenue", "une relance vous est proposée"),
    Choice(_UNKNOWN, "Fait, sans se prononcer"),
)
_SAID: Final = {_KEPT: True, _BROKEN: False, _UNKNOWN: None}


def finish_follow_up(
    screen: SuiviScreen[Any], row: "FollowUpRow", then: Callable[[], object]
) -> None:
    """Mark an exchange as done today; ``then`` runs once it is written.

    A promise is said kept or not; one that was not leads to the form of a reminder.
    """
    today = screen.suivi.today

    def finish(said: str) -> None:
        def save(base: Any) -> None:
            from suivi_tui.actions.follow_ups import finish_follow_up as finish_row

            finish_row(base, row.follow_up, today, _SAID[said])

        def done(_: None) -> None:
            screen.notify_plain("Échange marqué comme fait. Ctrl+Z l'annule.")
            then()
            if said == _BROKEN:
                _remind(screen, row, then)

        screen.write(save, done)

    if not is_promise(row.kind):
        finish(_UNKNOWN)
        return
    title = f"La promesse a-t-elle été tenue{NBSP}?"
    screen.suivi.push_screen(Choose(title, _ANSWERS), lambda said: finish(said) if said else None)


def _remind(screen: SuiviScreen[Any], row: "FollowUpRow", then: Callable[[], object]) -> None:
    from suivi_tui.tui.screens.entreprises.forms import follow_up_fields, save_follow_up
    from suivi_tui.tui.screens.shared.asking import ask_fields
    from suivi_tui.tui.screens.shared.texts import day
    from suivi_tui.vocabulary.choices import FollowUpKind

    ask_fields(
        screen,
        "Relance après une promesse non tenue",
        lambda: follow_up_fields(
            screen.suivi.today,
            kind=FollowUpKind.REMINDER.value,
            text=f"Promesse du {day(row.date)} non tenue",
        ),
        lambda base, values: save_follow_up(base, row.entity, row.subject, None, values),
        f"promesse/{row.follow_up}",
        lambda _: then(),
    )
