"""Whom to call: the people named for a contract or a lot, then for the company, then the buyer."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list

FOR_CONTRACT, FOR_COMPANY, FOR_BUYER = 1, 2, 3


class ContactRow(NamedTuple):
    """A person to call. ``rank`` 1: named for the contract or lot, 2: company, 3: buyer."""

    rank: int
    contact: int
    name: str
    role: str
    service: str
    phone: str
    mail: str
    company: int | None
    company_name: str
    buyer: int | None
    buyer_name: str
    contract: int | None
    lot: int | None


_COLUMNS = (
    "contact.id, contact.name, contact.role, contact.service, contact.phone, contact.mail, "
    "contact.company, coalesce(company.name, ''), contact.buyer, coalesce(buyer.name, ''), "
    "contact.contract, contact.lot"
)
_NAMES = (
    "LEFT JOIN company ON company.id = contact.company LEFT JOIN buyer ON buyer.id = contact.buyer "
)
_GENERAL = "contact.contract IS NULL AND contact.lot IS NULL AND contact.removed = 0 "


def of_contract(connection: Connection, contract: int) -> list[ContactRow]:
    """Whom to call about a contract: its own contacts, its companies' general ones, its buyer's.

    Whoever can be called comes before whoever can only be written to.
    """
    return [
        ContactRow(*row)
        for row in connection.execute(
            "WITH wanted (rank, id) AS ("
            f"SELECT {FOR_CONTRACT}, id FROM contact WHERE contract = :contract AND removed = 0 "
            f"UNION SELECT {FOR_CONTRACT}, contact.id FROM lot "
            "CROSS JOIN contact ON contact.lot = lot.id AND contact.removed = 0 "
            "WHERE lot.contract = :contract AND lot.removed = 0 "
            f"UNION SELECT {FOR_COMPANY}, contact.id FROM lot CROSS JOIN lot_company "
            "ON lot_company.lot = lot.id AND lot_company.removed = 0 "
            "CROSS JOIN contact ON contact.company = lot_company.company "
            f"WHERE lot.contract = :contract AND lot.removed = 0 AND {_GENERAL}"
            f"UNION SELECT {FOR_BUYER}, contact.id FROM contract "
            "CROSS JOIN contact ON contact.buyer = contract.buyer "
            f"WHERE contract.id = :contract AND {_GENERAL}) "
            f"SELECT wanted.rank, {_COLUMNS} FROM wanted "
            f"CROSS JOIN contact ON contact.id = wanted.id {_NAMES}"
            "ORDER BY rank, contact.phone = '', contact.id",
            {"contract": contract},
        )
    ]


def of_company(connection: Connection, company: int) -> list[ContactRow]:
    """Every contact of a company or structure, the general ones first."""
    return [
        ContactRow(*row)
        for row in connection.execute(
            f"SELECT {FOR_COMPANY}, {_COLUMNS} FROM contact {_NAMES}"
            "WHERE contact.company = ? AND contact.removed = 0 "
            "ORDER BY contact.contract IS NOT NULL OR contact.lot IS NOT NULL, "
            "contact.phone = '', contact.id",
            (company,),
        )
    ]


class CallRow(NamedTuple):
    """The first person to call about an obligation."""

    obligation: int
    name: str
    role: str
    phone: str
    mail: str


# Of the people of a company: those named for the lot, for the contract, the general ones; then
# whoever is named for the lot or the contract without a company.
_CANDIDATES = (
    "called (obligation, company, contact, rank) AS ("
    "SELECT wanted.id, wanted.company, contact.id, CASE WHEN contact.lot = wanted.lot THEN 1 "
    "WHEN contact.contract = wanted.contract THEN 2 ELSE 3 END FROM wanted "
    "CROSS JOIN contact ON contact.company = wanted.company "
    "WHERE coalesce(contact.lot, wanted.lot) = wanted.lot "
    "AND coalesce(contact.contract, wanted.contract) = wanted.contract "
    "UNION ALL SELECT wanted.id, wanted.company, contact.id, 4 FROM wanted "
    "CROSS JOIN contact ON contact.lot = wanted.lot "
    "WHERE contact.company IS NULL AND contact.buyer IS NULL "
    "UNION ALL SELECT wanted.id, wanted.company, contact.id, 5 FROM wanted "
    "CROSS JOIN contact ON contact.contract = wanted.contract "
    "WHERE contact.company IS NULL AND contact.buyer IS NULL AND contact.lot IS NULL) "
)
_CALLED = _CANDIDATES + (
    "SELECT called.company, called.obligation, contact.name, contact.role, contact.phone, "
    "contact.mail FROM called CROSS JOIN contact ON contact.id = called.contact "
    "WHERE contact.removed = 0 "
    "ORDER BY called.obligation, called.company, {order}, contact.id"
)

_WANTED_PAIRS = (
    "wanted AS MATERIALIZED (SELECT obligation.id, "
    "json_extract(listed.value, '$[1]') AS company, "
    "obligation.lot, lot.contract FROM json_each(?) AS listed "
    "CROSS JOIN obligation ON obligation.id = json_extract(listed.value, '$[0]') "
    "CROSS JOIN lot ON lot.id = obligation.lot)"
)


def first_to_call(connection: Connection, obligations: Iterable[int]) -> dict[int, CallRow]:
    """By obligation, whom to call: a contact of the company on that lot or contract, else the
    company's general one, else whoever is named for the lot or contract; with a phone if any has.
    """
    found: dict[int, CallRow] = {}
    for row in connection.execute(
        "WITH wanted AS MATERIALIZED (SELECT obligation.id, obligation.company, obligation.lot, "
        "lot.contract FROM json_each(?) AS listed "
        "CROSS JOIN obligation ON obligation.id = listed.value "
        "CROSS JOIN lot ON lot.id = obligation.lot), "
        + _CALLED.format(order="contact.phone = '', called.rank"),
        (id_list(obligations),),
    ):
        found.setdefault(row[1], CallRow(*row[1:]))
    return found


def senders_to_call(
    connection: Connection, pairs: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], CallRow]:
    """By (obligation, company that declares), whom to call (see ``first_to_call``).

    The people of the company come first, even without a phone: nobody else speaks for it.
    """
    found: dict[tuple[int, int], CallRow] = {}
    for row in connection.execute(
        f"WITH {_WANTED_PAIRS}, "
        + _CALLED.format(order="called.rank > 3, contact.phone = '', called.rank"),
        (json.dumps(sorted(pairs)),),
    ):
        found.setdefault((row[1], row[0]), CallRow(*row[1:]))
    return found


class SpeakerRow(NamedTuple):
    """Someone who may be written to about an obligation, on behalf of a company.

    ``rank`` 1: named for the lot, 2: for the contract, 3: the company's general ones, 4 and 5:
    named for the lot or the contract without a company.
    """

    company: int
    obligation: int
    contact: int
    rank: int
    name: str
    role: str
    phone: str
    mail: str


def speakers(connection: Connection, pairs: Iterable[tuple[int, int]]) -> list[SpeakerRow]:
    """Everyone whom ``senders_to_call`` chooses from, for some (obligation, company) pairs."""
    return [
        SpeakerRow._make(row)
        for row in connection.execute(
            f"WITH {_WANTED_PAIRS}, {_CANDIDATES}"
            "SELECT called.company, called.obligation, contact.id, called.rank, contact.name, "
            "contact.role, contact.phone, contact.mail FROM called "
            "CROSS JOIN contact ON contact.id = called.contact WHERE contact.removed = 0 "
            "ORDER BY called.company, called.obligation, called.rank, contact.id",
            (json.dumps(sorted(pairs)),),
        )
    ]
