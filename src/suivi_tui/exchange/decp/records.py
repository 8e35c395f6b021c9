"""A record of open data as it was published, once read: the contract, its holders, its changes."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from suivi_tui.exchange.decp.parties import PublishedHolder
from suivi_tui.exchange.decp.social import form_of
from suivi_tui.vocabulary.choices import Category, ClauseForm
from suivi_tui.vocabulary.text import fold

Kind = Literal["marché", "concession"]


class ContractKey(NamedTuple):
    """What names a contract in open data: SIRET of the buyer (else its name) and number."""

    buyer: str
    number: str


@dataclass(frozen=True, slots=True)
class PublishedEvent:
    """A modification: what it changed, the rest empty. Amounts and durations are the new totals."""

    notified_on: date | None
    published_on: date | None
    amount_cents: int | None
    months: int | None
    holders: tuple[PublishedHolder, ...]
    object: str

    @property
    def on(self) -> date | None:
        """The date of the modification, else that of its publication."""
        return self.notified_on or self.published_on


@dataclass(frozen=True, slots=True)
class PublishedContract:
    """One record: a contract, or one of its lots. Texts are empty when not published.

    ``social`` is None when the record says nothing of social considerations, empty when it says
    there are none. ``position`` is its rank in a JSON file, its first line in a CSV one, and is
    no part of the content; ``label`` names the record in messages.
    """

    buyer_siret: str
    buyer_name: str
    number: str
    kind: Kind
    object: str
    nature: str
    procedure: str
    cpv: str
    category: Category | None
    amount_cents: int | None
    duration_months: int | None
    notified_on: date | None
    published_on: date | None
    place: str
    department: str
    techniques: tuple[str, ...]
    framework: str
    social: frozenset[ClauseForm] | None
    holders: tuple[PublishedHolder, ...]
    events: tuple[PublishedEvent, ...]
    position: int
    label: str
    fingerprint: str

    @property
    def key(self) -> ContractKey:
        """What names the contract in every file; its lots share it."""
        return ContractKey(self.buyer_siret or fold(self.buyer_name), self.number)

    @property
    def lot_identity(self) -> str:
        """What tells one lot of a contract from another: its object and its holders."""
        whose = sorted(holder.id or fold(holder.name) for holder in self.holders)
        return _digest([fold(self.object), whose])[:32]

    @property
    def last_published_on(self) -> date | None:
        """The latest publication: of the record or of one of its modifications."""
        dates = [self.published_on, *(event.published_on for event in self.events)]
        return max((found for found in dates if found is not None), default=None)


def clause_form(record: PublishedContract) -> ClauseForm | None:
    """The legal form of the clause that was published; None when nothing is known."""
    return form_of(record.social)


def is_social(record: PublishedContract) -> bool | None:
    """Whether the record has a social consideration; None when it does not say."""
    return None if record.social is None else bool(record.social)


def fingerprint(
    identity: list[object],
    social: frozenset[ClauseForm] | None,
    holders: tuple[PublishedHolder, ...],
    events: tuple[PublishedEvent, ...],
) -> str:
    """A digest of what a record says, whatever the order or the shape of its file."""
    return _digest(
        [
            identity,
            None if social is None else sorted(form.value for form in social),
            [list(holder) for holder in holders],
            [_event_content(event) for event in events],
        ]
    )


def _event_content(event: PublishedEvent) -> list[object]:
    return [
        iso(event.notified_on),
        iso(event.published_on),
        event.amount_cents,
        event.months,
        [list(holder) for holder in event.holders],
        event.object,
    ]


def iso(day: date | None) -> str | None:
    """A date as it enters a digest."""
    return None if day is None else day.isoformat()


def _digest(content: list[object]) -> str:
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
