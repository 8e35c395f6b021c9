"""Leads: contracts that end soon, open data or followed, and that a buyer will pass again."""

from datetime import date
from typing import NamedTuple

from suivi_tui.reference.purchasing import Limit, PurchasingReference
from suivi_tui.store.queries import planned_purchases as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.planned_purchases import RenewalRow
from suivi_tui.vocabulary.dates import add_calendar_months


class Renewal(NamedTuple):
    """A contract that ends soon: when it does, and when its successor should be published."""

    row: RenewalRow
    ends: date
    publish_on: date


def read_renewals(
    connection: Connection, today: date, reference: PurchasingReference
) -> list[Renewal]:
    """The contracts that end within the months of the reference, the first to end first.

    Works are left out (they are done once) unless they are a framework agreement, and so is what
    a planned purchase already renews.
    """
    last = add_calendar_months(today, reference.whole(Limit.RENEWAL_AHEAD))
    rows = queries.renewals(connection, today.isoformat(), last.isoformat())
    return [_renewal(row, reference) for row in rows]


def _renewal(row: RenewalRow, reference: PurchasingReference) -> Renewal:
    ends = date.fromisoformat(row.ends)
    return Renewal(row, ends, publication_day(ends, reference))


def publication_day(ends: date, reference: PurchasingReference) -> date:
    """When the successor of a contract that ends that day should be published."""
    return add_calendar_months(ends, -reference.whole(Limit.RENEWAL_NOTICE))
