"""Whether the texts of clauses that were sent still say what the base says."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Final

from suivi_tui.readings.clause_facts import clause_facts
from suivi_tui.reference.loader import Thresholds
from suivi_tui.rules.clause_texts import Difference, TextFacts, differences
from suivi_tui.rules.clause_variables import Values, values_of
from suivi_tui.store.queries import clauses
from suivi_tui.store.queries.clauses import TextRow
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import iso_date

VALUES: Final = "valeurs"
TOGETHER: Final = "ensemble"


def kept_values(variables: str) -> Values:
    """The values kept with a text; none when they cannot be read."""
    try:
        found = json.loads(variables).get(VALUES, {})
    except (ValueError, AttributeError):
        return {}
    return {str(code): str(value) for code, value in found.items()}


def kept_together(row: TextRow) -> int:
    """What the pieces that were made at the same time share: the first of them."""
    try:
        return int(json.loads(row.variables)[TOGETHER])
    except (ValueError, KeyError, TypeError):
        return row.document


def text_facts(
    connection: Connection, contracts: Iterable[int], today: date, limits: Thresholds
) -> dict[int, TextFacts]:
    """By contract, the last text sent and what the base says otherwise; others are not there."""
    sent = clauses.sent_texts(connection, contracts)
    if not sent:
        return {}
    known = clause_facts(connection, sent, today, limits)
    found = {}
    for contract, pieces in sent.items():
        if contract not in known:
            continue
        now = values_of(known[contract])
        told: dict[str, Difference] = {}
        for row in pieces.values():
            for difference in differences(kept_values(row.variables), now):
                told.setdefault(difference.code, difference)
        days = [day for row in pieces.values() if (day := iso_date(row.sent_on)) is not None]
        if days:
            found[contract] = TextFacts(max(days), tuple(told.values()))
    return found
