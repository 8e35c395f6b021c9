"""What moved on a contract: the modifications that open data publish, each once."""

from collections.abc import Callable, Container, Iterable
from datetime import date
from typing import NamedTuple

from suivi_tui.actions.decp_parties import Parties
from suivi_tui.exchange.decp import PublishedEvent, PublishedHolder
from suivi_tui.store.journal import Change, Value, changed, created
from suivi_tui.store.queries.published import KnownEvent
from suivi_tui.vocabulary.choices import ContractEventKind
from suivi_tui.vocabulary.text import fold


class Modification(NamedTuple):
    """A modification as the base keeps it; ``holders`` are the companies that it puts in place."""

    date: str
    kind: str
    amount_cents: int | None
    months: int | None
    reason: str
    holders: tuple[int, ...]


class Events:
    """The events of one contract, those of the base and those that this import adds."""

    def __init__(
        self,
        contract: int,
        new_id: Callable[[], int],
        known: Iterable[KnownEvent] = (),
        typed: Container[int] = (),
    ) -> None:
        self._contract = contract
        self._events = {event.id: event for event in known}
        self._typed = typed
        self._new_id = new_id
        self.changes: list[Change] = []

    @property
    def moves(self) -> int:
        """How many were added or completed."""
        return len(self.changes)

    @staticmethod
    def change_of(
        event: PublishedEvent, initial: tuple[PublishedHolder, ...], companies: Parties
    ) -> Modification:
        """A published modification; that it changes the holders is told against the first ones."""
        holders = event.holders if event.holders != initial else ()
        rows = tuple(companies.holder(holder) for holder in holders)
        if rows:
            kind = ContractEventKind.HOLDER
        elif event.amount_cents is not None:
            kind = ContractEventKind.AMOUNT
        elif event.months is not None:
            kind = ContractEventKind.DURATION
        else:
            kind = ContractEventKind.OTHER
        day = event.on.isoformat() if event.on else ""
        return Modification(day, kind.value, event.amount_cents, event.months, event.object, rows)

    def add(self, lot: int, change: Modification) -> bool:
        """Keep a modification of a lot; false when the base already tells it.

        One that a later file says to change the holders too is completed.
        """
        known = next((one for one in self._events.values() if _same(one, lot, change)), None)
        if known is not None:
            told = not change.holders or known.kind == change.kind or known.id in self._typed
            if not told:
                self._events[known.id] = known._replace(kind=change.kind)
                self.changes.append(changed("contract_event", known.id, "kind", change.kind))
            return not told
        event = KnownEvent(self._new_id(), self._contract, lot, *change[:5])
        self._events[event.id] = event
        values: dict[str, Value] = dict(event._asdict())
        del values["id"]
        self.changes.append(created("contract_event", event.id, values))
        return True

    def keep_start(
        self, lot: int, on: date | None, amount_cents: int | None, months: int | None
    ) -> None:
        """Keep what a lot was when it was notified: its own fields hold the last change."""
        if on is None or (amount_cents is None and months is None):
            return
        told = (on.isoformat(), ContractEventKind.NOTIFIED.value, amount_cents, months)
        self.add(lot, Modification(*told, "", ()))

    def amount(self, lot: int) -> int | None:
        """The total that the last change of amount of a lot tells, None when there is none."""
        found = [
            (event.date, event.amount_cents)
            for event in self._moved(lot)
            if event.amount_cents is not None
        ]
        return max(found)[1] if found else None

    def months(self, lot: int) -> int | None:
        """The duration that the last change of duration of a lot tells, None when there is none."""
        found = [
            (event.date, event.months) for event in self._moved(lot) if event.months is not None
        ]
        return max(found)[1] if found else None

    def latest_holder_change(self, lot: int) -> str:
        """The day of the last change of holders of a lot (ISO), empty when there is none."""
        changes = (event for event in self._of(lot) if event.kind == ContractEventKind.HOLDER.value)
        return max((event.date for event in changes), default="")

    def _moved(self, lot: int) -> list[KnownEvent]:
        start = ContractEventKind.NOTIFIED.value
        return [event for event in self._of(lot) if event.kind != start]

    def _of(self, lot: int) -> list[KnownEvent]:
        return [event for event in self._events.values() if event.lot == lot]


def _same(known: KnownEvent, lot: int, change: Modification) -> bool:
    """Whether the base tells a modification already, under whatever kind a person gave it."""
    if known.lot not in (None, lot) or known.date != change.date:
        return False
    figures = (change.amount_cents, change.months)
    if (known.amount_cents, known.months) != figures:
        return False
    return figures != (None, None) or fold(known.reason) == fold(change.reason)
