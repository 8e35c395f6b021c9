"""Lists that have one order only: the keys of the sort are free for the screen."""

from typing import Any, ClassVar, Final

from textual.binding import BindingType

from suivi_tui.tui.commands import LIST_COMMANDS, Command, bindings_of
from suivi_tui.tui.screens.base import Result, SuiviScreen
from suivi_tui.tui.widgets.paged_list import PagedList

_SORTING: Final = ("sort_next", "sort_reverse")


class FixedList(PagedList, inherit_bindings=False):
    """A list that cannot be sorted."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(
        command for command in LIST_COMMANDS if command.name not in _SORTING
    )


class FixedListScreen(SuiviScreen[Result]):
    """A screen whose lists have one order: help and footer do not speak of sorting."""

    def commands_here(self) -> list[Command]:
        """Without the sort while such a list has the focus."""
        here = super().commands_here()
        if not isinstance(self.focused, FixedList):
            return here
        return [command for command in here if command.name not in _SORTING]


def editable(screen: Any) -> bool:
    """Whether the base of a screen can be changed."""
    return not screen.suivi.read_only
