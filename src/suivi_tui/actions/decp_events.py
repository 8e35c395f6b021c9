"""What moved on a contract: the modifications that open data publish, each once."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from suivi_tui.actions.decp_parties import Parties
from suivi_tui.exchange.decp import PublishedEvent, PublishedHolder
from suivi_tui.store.journal import Change, Value, created
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
        self, contract: int, known: Iterable[KnownEvent], new_id: Callable[[], int]
    ) -> None:
        self._contract = contract
        self._events = list(known)
        self._new_id = new_id
        self.changes: list[Change] = []

    @property
    def moves(self) -> int:
        """How many were added."""
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
        """Keep a modification of a lot; false when the base already tells it."""
        if any(_same(known, lot, change) for known in self._events):
            return False
        event = KnownEvent(self._contract, lot, *change[:5])
        self._events.append(event)
        values: dict[str, Value] = dict(event._asdict())
        self.changes.append(created("contract_event", self._new_id(), values))
        return True

    def amount(self, lot: int) -> int | None:
        """The total that the last change of amount of a lot tells, None when there is none."""
        found = [
            (event.date, event.amount_cents)
            for event in self._of(lot)
            if event.amount_cents is not None
        ]
        return max(found)[1] if found else None

    def months(self, lot: int) -> int | None:
        """The duration that the last change of duration of a lot tells, None when there is none."""
        found = [(event.date, event.months) for event in self._of(lot) if event.months is not None]
        return max(found)[1] if found else None

    def latest_holder_change(self, lot: int) -> str:
        """The day of the last change of holders of a lot (ISO), empty when there is none."""
        changes = (event for event in self._of(lot) if event.kind == ContractEventKind.HOLDER.value)
        return max((event.date for event in changes), default="")

    def _of(self, lot: int) -> list[KnownEvent]:
        return [event for event in self._events if event.lot == lot]


def _same(known: KnownEvent, lot: int, change: Modification) -> bool:
    if known.lot not in (None, lot) or known.date != change.date:
        return False
    if change.amount_cents is not None or change.months is not None:
        # A person may have called the same change otherwise (an extension, for example).
        return (known.amount_cents, known.months) == (change.amount_cents, change.months)
    return known.kind == change.kind and fold(known.reason) == fold(change.reason)
