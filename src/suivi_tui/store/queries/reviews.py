"""What was said of contracts: words, ratings, by whom."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list


class ReviewRow(NamedTuple):
    """One review; ``author_kind`` is a code of ``ReviewAuthor``, ``rating`` from 1 to 5."""

    review: int
    contract: int
    author_kind: str
    author: str
    text: str
    rating: int | None
    given_on: str | None


class ReviewedRow(NamedTuple):
    """A contract, as its review sheet names it; ``companies`` owe hours on it, dates are ISO."""

    contract: int
    number: str
    object: str
    buyer_name: str
    start: str | None
    end: str | None
    companies: tuple[str, ...]


REVIEWS = (
    "SELECT review.id, review.contract, review.author_kind, review.author, review.text, "
    "review.rating, review.given_on FROM json_each(:ids) AS wanted "
    "CROSS JOIN review ON review.contract = wanted.value WHERE review.removed = 0 "
    "ORDER BY coalesce(review.given_on, '') DESC, review.id DESC"
)
REVIEWED = (
    "SELECT contract.id, contract.number, contract.object, buyer.name, contract.start, "
    'contract."end", (SELECT json_group_array(DISTINCT company.name) FROM lot '
    "CROSS JOIN obligation ON obligation.lot = lot.id AND obligation.removed = 0 "
    "CROSS JOIN company ON company.id = obligation.company "
    "WHERE lot.contract = contract.id AND lot.removed = 0) "
    "FROM contract CROSS JOIN buyer ON buyer.id = contract.buyer "
    "WHERE contract.id = ? AND contract.removed = 0"
)


def of_contracts(connection: Connection, contracts: Iterable[int]) -> list[ReviewRow]:
    """The reviews of some contracts, the latest first."""
    rows = connection.execute(REVIEWS, {"ids": id_list(contracts)})
    return [ReviewRow._make(row) for row in rows]


def reviewed_contract(connection: Connection, contract: int) -> ReviewedRow | None:
    """A contract; None when it does not exist or was removed."""
    row = connection.execute(REVIEWED, (contract,)).fetchone()
    return ReviewedRow._make((*row[:-1], tuple(json.loads(row[-1])))) if row else None
