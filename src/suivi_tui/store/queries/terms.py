"""The terms of contracts, as they are stored (``rules.terms`` says which are in force)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suivi_tui.rules.terms import TermLine
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list


class TermRow(NamedTuple):
    """One term of a contract or of one of its lots; ``valid_from`` is an ISO date."""

    term: int
    contract: int
    lot: int | None
    code: str
    value: str
    valid_from: str | None

    @property
    def line(self) -> TermLine:
        """The term as the rules read it; a date that is none is as if it were not said."""
        try:
            since = date.fromisoformat(self.valid_from) if self.valid_from else None
        except ValueError:
            since = None
        return TermLine(self.code, self.value, self.lot, since)


def codes_of(connection: Connection, terms: Iterable[int]) -> dict[int, str]:
    """The codes of some terms, removed ones too."""
    found = connection.execute(
        "SELECT term.id, term.code FROM json_each(?) AS wanted "
        "CROSS JOIN term ON term.id = wanted.value",
        (id_list(terms),),
    )
    return dict(found.fetchall())


def of_contracts(connection: Connection, contracts: Iterable[int]) -> dict[int, list[TermRow]]:
    """The terms of some contracts, the oldest first; contracts without any are not there."""
    found: dict[int, list[TermRow]] = defaultdict(list)
    for row in connection.execute(
        "SELECT term.id, term.contract, term.lot, term.code, term.value, term.valid_from "
        "FROM json_each(?) AS wanted CROSS JOIN term ON term.contract = wanted.value "
        "WHERE term.removed = 0 ORDER BY term.contract, term.id",
        (id_list(contracts),),
    ):
        found[row[1]].append(TermRow(*row))
    return dict(found)
