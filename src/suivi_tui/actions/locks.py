"""A locked month forbids changes in it, whoever asks: grid, paste, import, undo."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.rules.locks import closes
from suivi_tui.store.queries import entry
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import Month, of_month
from suivi_tui.vocabulary.numbers import NBSP


class MonthLocked(UserError):
    """Hours of a locked month were to change; nothing was written."""

    def __init__(self, month: Month) -> None:
        super().__init__(
            f"Le relevé {of_month(month)} est verrouillé{NBSP}: rien n'a été modifié. "
            "Rouvrez-le dans l'écran Saisie (touche k)."
        )


class HourPlace(NamedTuple):
    """What a lock may close: the hours of an employer for an obligation in a month."""

    obligation: int
    month: Month
    employer: int | None


class Locks:
    """The locked months of a base, each asked for once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._holders: dict[int, int] = {}
        self._sent: dict[tuple[int, Month], list[tuple[int | None, str]]] = {}

    def closes(self, place: HourPlace) -> bool:
        """Whether nothing may change at ``place``."""
        obligation, month, employer = place
        if (obligation, month) not in self._sent:
            known = entry.statements(self._connection, obligation, month)
            self._sent[obligation, month] = [(row, sent.status) for row, sent in known.items()]
        if obligation not in self._holders:
            about = entry.record(self._connection, "obligation", obligation) or {}
            self._holders[obligation] = int(about.get("company") or 0)
        return closes(self._sent[obligation, month], self._holders[obligation], employer)


def refuse_locked(connection: Connection, places: Iterable[HourPlace]) -> None:
    """Raise :class:`MonthLocked` when hours at one of ``places`` may not change."""
    locks = Locks(connection)
    for place in set(places):
        if locks.closes(place):
            raise MonthLocked(place.month)
