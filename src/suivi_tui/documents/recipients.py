"""Whom a letter is addressed to: the référent insertion first, then whoever is called first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from suivi_tui.documents.letter import Recipient
from suivi_tui.store.queries import contacts, letters
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.contacts import FOR_BUYER, ContactRow, SpeakerRow
from suivi_tui.vocabulary.text import clean, fold

_APT = ("insertion", "clause", "referent")
_GENERAL = 3


def company_recipients(
    connection: Connection, obligations: Mapping[int, Iterable[int]]
) -> dict[int, Recipient]:
    """By company, the person to write to about some obligations (none: about anything)."""
    pairs = [(row, company) for company, listed in obligations.items() for row in listed]
    speaking: dict[int, list[SpeakerRow]] = defaultdict(list)
    for row in contacts.speakers(connection, pairs):
        speaking[row.company].append(row)
    return {
        company: _recipient(
            known,
            best_speaker(speaking.get(company, ())) or _of_company(connection, company),
        )
        for company, known in letters.companies(connection, obligations).items()
    }


def company_recipient(
    connection: Connection, company: int, obligations: Iterable[int] = ()
) -> Recipient:
    """The person of one company to write to."""
    return company_recipients(connection, {company: obligations}).get(company, Recipient())


def best_speaker(rows: Sequence[SpeakerRow]) -> SpeakerRow | None:
    """The contact of several obligations that can be written to, the most apt first.

    A référent insertion comes before anyone else; then those of the company, the nearest to the
    lot, whoever is named for most of the obligations.
    """
    reachable = [row for row in rows if row.mail]
    times: dict[int, int] = defaultdict(int)
    for row in reachable:
        times[row.contact] += 1
    return min(
        reachable,
        key=lambda row: (
            not apt(row.role),
            row.rank > _GENERAL,
            -times[row.contact],
            row.rank,
            row.contact,
        ),
        default=None,
    )


def buyer_recipient(connection: Connection, contract: int, buyer: str) -> Recipient:
    """The person of the buyer to write to about a contract."""
    rows = [row for row in contacts.of_contract(connection, contract) if row.mail and row.buyer]
    best = min(rows, key=lambda row: (not apt(row.role), row.rank == FOR_BUYER), default=None)
    if best is None:
        return Recipient(company=buyer)
    return Recipient(buyer, best.name, best.role or best.service, clean(best.mail))


def apt(role: str) -> bool:
    """Whether a role is that of a référent insertion."""
    folded = fold(role)
    return any(word in folded for word in _APT)


def _of_company(connection: Connection, company: int) -> ContactRow | None:
    """Anyone of the company with an address, when nobody is named for the obligations."""
    rows = [row for row in contacts.of_company(connection, company) if row.mail]
    return min(rows, key=lambda row: not apt(row.role), default=None)


def _recipient(company: letters.CompanyRow, contact: SpeakerRow | ContactRow | None) -> Recipient:
    if contact is None:
        return Recipient(company=company.name, commune=company.commune)
    return Recipient(company.name, contact.name, contact.role, clean(contact.mail), company.commune)
