"""Sheets of records that exchanges are about: note one, change one, mark one as done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.base import Result
from suivi_tui.tui.screens.entreprises.forms import follow_up_fields, save_follow_up
from suivi_tui.tui.screens.shared.finishing import finish_follow_up
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.sheet import Sheet, SheetScreen

if TYPE_CHECKING:
    from suivi_tui.store.queries.follow_ups import FollowUpRow

_ENTITY = "follow_up"


def on_open_exchange(screen: Any) -> bool:
    """Whether the cursor is on an exchange that is not done yet."""
    row = screen.exchange_here()
    return editable(screen) and row is not None and not row.done


def note_commands(scope: str, group: str, footer: int) -> tuple[Command, Command]:
    """The keys of the exchanges of a sheet."""
    return (
        Command("note", "n", "Échange", "Noter un appel, un courriel, une promesse, une relance.",
                scope, group, footer=footer, available=editable),
        Command("finish", "f", "Fait", "Marquer l'échange choisi comme fait.", scope, group,
                footer=5, available=on_open_exchange),
    )  # fmt: skip


class NotingScreen(SheetScreen[Result]):
    """The sheet of a record whose exchanges are among its lines."""

    @property
    def noted(self) -> tuple[str, int]:
        """The record: its table and id."""
        raise NotImplementedError

    @property
    def exchanges(self) -> "Sequence[FollowUpRow]":
        """Its exchanges, once they are read."""
        raise NotImplementedError

    def exchange_here(self) -> "FollowUpRow | None":
        """The exchange of the line of the cursor."""
        for sheet in self.query(Sheet):
            record = sheet.record()
            if record is not None and record[0] == _ENTITY:
                return next((row for row in self.exchanges if row.follow_up == record[1]), None)
        return None

    def note(self, known: "FollowUpRow | None") -> None:
        """The form of an exchange; None: a new one."""
        entity, subject = self.noted
        today = self.suivi.today
        row = known.follow_up if known is not None else None
        self.ask_fields(
            "Échange",
            lambda: follow_up_fields(today, known),
            lambda base, values: save_follow_up(base, entity, subject, row, values),
            new_of(subject) if row is None else row,
        )

    def action_note(self) -> None:
        """Note a call, a mail, a promise, a reminder."""
        self.note(None)

    def action_finish(self) -> None:
        """The exchange of the cursor is done."""
        row = self.exchange_here()
        if row is not None:
            finish_follow_up(self, row, self.reload)
