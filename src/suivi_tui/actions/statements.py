"""Statements marked on the wall: received, partial, without activity, checked; and taken back.

A mark addresses the statements of one sender: for one obligation, or for all those it declares in
the month, in one batch then. Locks are in ``statement_locks``.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from suivi_tui.actions.locks import HourPlace, Locks
from suivi_tui.readings.statement_facts import known_statements
from suivi_tui.rules.statement_schedule import awaited_statements, speaking
from suivi_tui.rules.terms import LAST_DUE_DAY
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Receipt, Value, changed, created, removed, write
from suivi_tui.store.queries import entry as queries
from suivi_tui.store.queries import obligations
from suivi_tui.store.queries import statements as statement_queries
from suivi_tui.store.queries.entry import StoredStatement
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import Month, format_month, of_month
from suivi_tui.vocabulary.numbers import NBSP, plural

_RECEIVED, _PARTIAL = StatementStatus.RECEIVED, StatementStatus.PARTIAL
_IDLE, _CHECKED = StatementStatus.NO_ACTIVITY, StatementStatus.CHECKED
_HOURS = "heures"
"""Instead of a status code: no statement, but hours that were entered."""

# Over several obligations a mark goes first to those it brings forward; where there are none, to
# those of the second group; where there are none either, it is taken back.
_FIRST: dict[StatementStatus, tuple[str, ...]] = {
    _RECEIVED: ("", _HOURS, _PARTIAL.value),
    _PARTIAL: ("", _HOURS, _RECEIVED.value),
    _IDLE: ("",),
    _CHECKED: (_HOURS, _RECEIVED.value, _PARTIAL.value),
}
_SECOND: dict[StatementStatus, tuple[str, ...]] = {
    _RECEIVED: (_IDLE.value,),
    _PARTIAL: (_IDLE.value, _CHECKED.value),
    _IDLE: (_RECEIVED.value, _PARTIAL.value),
    _CHECKED: ("",),
}


class StatementRefused(UserError):
    """The mark contradicts what is known of the month; nothing was written."""


class StatementPlace(NamedTuple):
    """What one sender (company) declares for one obligation and month."""

    obligation: int
    sender: int
    month: Month


class Marked(NamedTuple):
    """What a mark did: ``marked`` statements, or ``taken_back``; ``left`` are as they were."""

    marked: int = 0
    taken_back: int = 0
    left: int = 0


class _Known(NamedTuple):
    place: StatementPlace
    statement: StoredStatement | None
    lines: int

    @property
    def status(self) -> str:
        """The status code, ``_HOURS`` or nothing."""
        if self.statement is not None:
            return self.statement.status
        return _HOURS if self.lines else ""


def mark_statements(
    base: Base, places: Sequence[StatementPlace], status: StatementStatus, today: date
) -> Marked:
    """Mark the statements of a sender, or take the mark back where all have it already.

    For one obligation the mark replaces any other one. For several it goes to those it brings
    forward: « vérifié » leaves alone those that sent nothing while others did, « sans activité »
    those with hours. A checked one taken back is received again, another one removed. Raises
    StatementRefused when all are locked, all have hours (no activity), or none can take the mark.
    """
    locks = Locks(base.connection)
    free = [place for place in places if not locks.closes(HourPlace(*_turned(place)))]
    if places and not free:
        raise locked_statement(places[0].month)
    known = [_known(base, place) for place in free]
    chosen = _chosen(known, status, one=len({place[:2] for place in places}) == 1)
    changes: list[Change] = []
    if chosen:
        for item in chosen:
            changes.append(_marked(base, item, status, today))
        done = Marked(marked=len(chosen), left=len(places) - len(chosen))
        what = status.label.lower()
    else:
        same = [item for item in known if item.status == status.value]
        changes = [change for item in same for change in _taken_back(item.statement, status)]
        done = Marked(taken_back=len(same), left=len(places) - len(same))
        what = "marque retirée"
    if places and not changes:
        raise StatementRefused(
            f"Aucun de ces relevés ne peut être marqué {status.label.lower()} en "
            f"{format_month(places[0].month)}{NBSP}: rien n'a été modifié. Marquez-les un par un "
            "(touche d)."
        )
    write(base, changes, label=places_label(places, what))
    return done


def _turned(place: StatementPlace) -> tuple[int, Month, int]:
    return place.obligation, place.month, place.sender


def known_statement(base: Base, place: StatementPlace) -> StoredStatement | None:
    """The statement of a sender; one that nobody signed is that of the holder."""
    known = queries.statements(base.connection, place.obligation, place.month)
    about = queries.record(base.connection, "obligation", place.obligation)
    if about is None:
        raise _gone()
    unsigned = known.get(None) if about["company"] == place.sender else None
    return known.get(place.sender, unsigned)


def _gone() -> StatementRefused:
    return StatementRefused(
        f"Cette obligation n'existe plus{NBSP}: rien n'a été modifié. Revenez à l'écran précédent."
    )


def _known(base: Base, place: StatementPlace) -> _Known:
    lines = statement_queries.lines_of_sender(base.connection, *place)
    return _Known(place, known_statement(base, place), lines)


def _chosen(known: Iterable[_Known], status: StatementStatus, *, one: bool) -> list[_Known]:
    """Those that a mark changes; none when it is to be taken back."""
    able = [item for item in known if not (status is _IDLE and item.lines)]
    if not able:
        _refuse_hours(known)
    if one:
        other = [item for item in able if item.status != status.value]
        return able if other else []
    first = [item for item in able if item.status in _FIRST[status]]
    if first or any(item.status == status.value for item in able):
        return first
    return [item for item in able if item.status in _SECOND[status]]


def _refuse_hours(known: Iterable[_Known]) -> None:
    lines = sum(item.lines for item in known)
    month = next((item.place.month for item in known), None)
    if month is None:
        return
    entered = plural(lines, "ligne d'heures existe", "lignes d'heures existent")
    raise StatementRefused(
        f"{entered} en {format_month(month)}{NBSP}: le mois n'est pas marqué sans activité. "
        "Videz d'abord ces heures."
    )


def _marked(base: Base, item: _Known, status: StatementStatus, today: date) -> Change:
    if item.statement is not None:
        return changed("statement", item.statement.id, "status", status.value)
    return new_statement(base, item.place, status, today)


def _taken_back(statement: StoredStatement | None, status: StatementStatus) -> list[Change]:
    if statement is None:
        return []
    if status is _CHECKED:
        return [changed("statement", statement.id, "status", _RECEIVED.value)]
    return [removed("statement", statement.id)]


def new_statement(
    base: Base, place: StatementPlace, status: StatementStatus, today: date
) -> Change:
    """A statement that comes ``today``; one without activity was not received."""
    values: dict[str, Value] = {
        "obligation": place.obligation,
        "sender": place.sender,
        "month": place.month,
        "status": status.value,
        "received_on": None if status is _IDLE else today.isoformat(),
    }
    return created("statement", base.new_id(), values)


def locked_statement(month: Month) -> StatementRefused:
    """The refusal of a mark in a locked month."""
    return StatementRefused(
        f"Le relevé {of_month(month)} est verrouillé{NBSP}: rien n'a été modifié. "
        "Rouvrez-le dans l'écran Saisie (touche k)."
    )


def places_label(places: Sequence[StatementPlace], what: str) -> str:
    """What the history says of a mark: ``Relevé de mars 2026 (3 obligations) : reçu``."""
    months = sorted({place.month for place in places})
    title = of_month(months[0]) if months else ""
    if len(months) > 1:
        title = f"{title} à {format_month(months[-1])}"
    several = len({place.obligation for place in places})
    of = f" ({plural(several, 'obligation', 'obligations')})" if several > 1 else ""
    return f"Relevé {title}{of}{NBSP}: {what}"


def toggle_statement(
    base: Base, obligation: int, month: Month, status: StatementStatus, today: date
) -> Receipt:
    """Mark the month of an obligation whoever declares it, or take the mark back.

    Every statement of the month is marked, and one is made for each sender awaited without any
    (the holder when nobody is). Taken back as ``mark_statements`` does. Raises StatementRefused
    for a locked month, and for "sans activité" when hours were entered.
    """
    known = queries.statements(base.connection, obligation, month)
    title = format_month(month)
    if any(item.status == StatementStatus.LOCKED.value for item in known.values()):
        raise locked_statement(month)
    lines = queries.month_lines(base.connection, obligation, month)
    if status is _IDLE and lines:
        entered = plural(len(lines), "ligne d'heures existe", "lignes d'heures existent")
        raise StatementRefused(
            f"{entered} en {title}{NBSP}: le mois n'est pas marqué sans activité. "
            "Videz d'abord ces heures."
        )
    new = [
        new_statement(base, StatementPlace(obligation, sender, month), status, today)
        for sender in _unheard(base, obligation, month, known)
    ]
    label = f"Relevé {of_month(month)}{NBSP}: {status.label.lower()}"
    if new or any(item.status != status.value for item in known.values()):
        marks = (changed("statement", item.id, "status", status.value) for item in known.values())
        return write(base, [*new, *marks], label=label)
    label = f"Relevé {of_month(month)}{NBSP}: marque retirée"
    back = [change for item in known.values() for change in _taken_back(item, status)]
    return write(base, back, label=label)


def _unheard(
    base: Base, obligation: int, month: Month, known: dict[int | None, StoredStatement]
) -> list[int]:
    """The senders awaited in a month that no statement speaks of."""
    row = obligations.one(base.connection, obligation)
    if row is None:
        raise _gone()
    facts = known_statements(base.connection, [row], month, month).facts[obligation]
    # Whoever is awaited, whenever it is due.
    awaited = {one.sender for one in awaited_statements(facts, LAST_DUE_DAY, month, month)}
    asked = row.company in awaited
    found = sorted(one for one in awaited if not speaking(facts, one, month, asked))
    return found or ([] if known else [row.company])
