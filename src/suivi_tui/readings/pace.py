"""How far each obligation is: owed, expected to date, done, left, and whether it is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from suivi_tui.readings.facts import contract_facts, obligation_facts, terms_of_contracts
from suivi_tui.reference.loader import Thresholds
from suivi_tui.reference.loader import thresholds as default_thresholds
from suivi_tui.rules.alert_facts import ObligationFacts
from suivi_tui.rules.alerts import limits_of
from suivi_tui.rules.alerts_obligation import late
from suivi_tui.rules.indicators import Totals
from suivi_tui.rules.obligation import hours_owed
from suivi_tui.rules.rate import achievement_rate, remaining
from suivi_tui.store.queries import facts
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import (
    ObligationRow,
    of_companies,
    of_contracts,
    sums,
)
from suivi_tui.store.queries.owing import read_owing
from suivi_tui.vocabulary.hours import Hours


@dataclass(frozen=True, slots=True)
class ObligationPace:
    """The pace of one obligation on a day; hours in hundredths.

    ``owed`` is what is due, None while nothing is known, and ``expected`` while the start on site,
    the end or the objective is; ``planned`` is what is still to come if everything ordered or
    planned is carried out; ``end`` the last day, extensions and stops counted. ``rate`` is
    validated over owed. ``late`` is exactly the alert ``retard``.
    """

    row: ObligationRow
    start: date | None
    end: date | None
    owed: Hours | None
    planned: Hours
    expected: Hours | None
    declared: Hours
    validated: Hours
    refused: Hours
    pending: Hours
    remaining: Hours | None
    rate: Fraction | None
    late: bool

    @property
    def obligation(self) -> int:
        """The id of the obligation."""
        return self.row.obligation

    @property
    def contract(self) -> int:
        """The id of its contract."""
        return self.row.contract

    @property
    def lot(self) -> int:
        """The id of its lot."""
        return self.row.lot

    @property
    def company(self) -> int:
        """The id of the holder that owes it."""
        return self.row.company


def obligation_paces(
    connection: Connection,
    today: date,
    contract: int | None = None,
    company: int | None = None,
    thresholds: Thresholds | None = None,
) -> list[ObligationPace]:
    """The pace of the open obligations of followed contracts, by contract and lot.

    With ``contract`` or ``company``: of all the obligations of that contract or that company,
    closed ones too. Only their own hours are read.
    """
    if contract is not None:
        rows = of_contracts(connection, [contract])
    elif company is not None:
        rows = of_companies(connection, [company])
    else:
        followed = [row.contract for row in facts.followed_contracts(connection)]
        rows = [row for row in of_contracts(connection, followed) if row.closed_on is None]
    return _paces(connection, rows, today, thresholds or default_thresholds())


def _paces(
    connection: Connection, rows: Sequence[ObligationRow], today: date, thresholds: Thresholds
) -> list[ObligationPace]:
    wanted = [row.obligation for row in rows]
    contracts = {
        row.contract: contract_facts(row)
        for row in facts.contracts(connection, {row.contract for row in rows})
    }
    owing = read_owing(connection, wanted)
    said = terms_of_contracts(connection, contracts)
    hours = sums(connection, wanted)
    found = []
    for row in rows:
        if row.contract in contracts:
            done = hours.get(row.obligation, Totals())
            judged = obligation_facts(
                row, contracts[row.contract], owing[row.obligation], done, today, said
            )
            found.append(_pace(row, judged, done, today, thresholds))
    return found


def _pace(
    row: ObligationRow,
    judged: ObligationFacts,
    done: Totals,
    today: date,
    thresholds: Thresholds,
) -> ObligationPace:
    owed = hours_owed(judged.events)
    planned = sum(event.hours or 0 for event in judged.events if not event.firm)
    return ObligationPace(
        row=row,
        start=judged.start,
        end=judged.last_day,
        owed=owed,
        planned=Hours(planned),
        expected=judged.expected(today),
        declared=done.declared,
        validated=done.validated,
        refused=done.refused,
        pending=done.pending,
        remaining=remaining(done.validated, owed),
        rate=achievement_rate(done.validated, owed),
        late=judged.followed and bool(late(judged, limits_of(judged, thresholds), today)),
    )
