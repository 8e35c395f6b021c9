"""For what a company may be asked a statement in a month, and who is awaited in all."""

from collections.abc import Iterable

from suivi_tui.readings.statement_facts import known_statements
from suivi_tui.rules.statement_schedule import awaited_statements
from suivi_tui.rules.terms import terms_of
from suivi_tui.store.queries import obligations, terms
from suivi_tui.store.queries import statement_forms as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import ObligationRow
from suivi_tui.vocabulary.months import Month, first_day, last_day, month_of


def sender_obligations(
    connection: Connection, sender: int, month: Month, employing: Iterable[int] = ()
) -> list[ObligationRow]:
    """The obligations for which ``sender`` may declare hours of ``month``, by contract and lot.

    Those it owes, those it works on for their holder, those whose terms name it, and those where
    it employs someone (``employing``); under way then, and reaching the month.
    """
    rows = _open_in(connection, month)
    served = set(employing)
    roles = {role.lot: role.parent for role in queries.lots_of(connection, sender)}
    owned = {row.lot for row in rows if row.company == sender}
    said = terms.of_contracts(connection, {row.contract for row in rows})

    def concerned(row: ObligationRow) -> bool:
        if row.obligation in served or row.company == sender:
            return True
        if row.lot in roles and row.lot not in owned:
            return roles[row.lot] in (None, row.company)
        lines = [term.line for term in said.get(row.contract, ())]
        return bool(lines) and sender in terms_of(lines, row.lot, last_day(month)).declarants

    return [row for row in rows if concerned(row)]


def awaited_companies(connection: Connection, month: Month, due_day: int) -> list[int]:
    """The companies of which a statement is awaited for ``month``, by name.

    Also those whose statement came: a form may be sent again. ``due_day`` is the default one.
    """
    facts = known_statements(connection, _open_in(connection, month), month, month).facts
    awaited = {
        one.sender
        for fact in facts.values()
        for one in awaited_statements(fact, due_day, month, month)
    }
    return [row.company for row in queries.companies(connection) if row.company in awaited]


def _open_in(connection: Connection, month: Month) -> list[ObligationRow]:
    """The obligations under way in a month, or closed since; unknown bounds are open."""
    return [
        row
        for row in obligations.running(connection, open_since=first_day(month))
        if (row.first_day is None or month_of(row.first_day) <= month)
        and (row.last_day is None or month_of(row.last_day) >= month)
    ]
