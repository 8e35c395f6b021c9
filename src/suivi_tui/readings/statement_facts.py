"""From rows of the base to what the schedule of statements looks at; for the wall and alerts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from suivi_tui.rules.statement_schedule import Sent, StatementFacts, Work, terms_by_month
from suivi_tui.rules.terms import TermLine, terms_of
from suivi_tui.store.queries import facts_people, statements, terms
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.facts_people import PlacedRow
from suivi_tui.store.queries.obligations import ObligationRow, iso_date
from suivi_tui.store.queries.statements import SenderActivity, StatementRow
from suivi_tui.vocabulary.months import Month

_NOBODY: frozenset[int] = frozenset()


class KnownStatements(NamedTuple):
    """Rows about the statements of some obligations over months, and the facts made of them."""

    sent: list[StatementRow]
    activity: list[SenderActivity]
    facts: dict[int, StatementFacts]


def known_statements(
    connection: Connection, rows: Sequence[ObligationRow], first: Month, last: Month
) -> KnownStatements:
    """What is known of the statements of some obligations from month ``first`` to ``last``."""
    ids = [row.obligation for row in rows]
    placed = facts_people.placed_people(connection, ids)
    sent = statements.of_obligations(connection, ids, first, last)
    activity = statements.activity(connection, ids, first, last)
    worked = ((line.obligation, line.month, line.employer) for line in activity)
    facts = read_statement_facts(connection, rows, placed, sent, worked)
    return KnownStatements(sent, activity, facts)


def read_statement_facts(
    connection: Connection,
    rows: Sequence[ObligationRow],
    placed: Iterable[PlacedRow],
    sent: Iterable[StatementRow],
    worked: Iterable[tuple[int, int, int | None]],
) -> dict[int, StatementFacts]:
    """By obligation, who declares and what came; terms and names are read here.

    ``worked`` holds the obligation, month and employer of hour lines.
    """
    holders = {row.obligation: row.company for row in rows}
    works: dict[int, list[Work]] = defaultdict(list)
    for one in placed:
        if one.current:
            work = Work(one.employer, iso_date(one.start), iso_date(one.end))
            works[one.obligation].append(work)
    came: dict[int, dict[Month, tuple[Sent, ...]]] = defaultdict(dict)
    for row in sent:
        month = Month(row.month)
        known = came[row.obligation].get(month, ())
        came[row.obligation][month] = (*known, Sent(row.sender, row.status))
    hours: dict[int, dict[Month, frozenset[int]]] = defaultdict(dict)
    for obligation, number, employer in worked:
        month, company = Month(number), employer or holders[obligation]
        if company not in hours[obligation].get(month, _NOBODY):
            hours[obligation][month] = hours[obligation].get(month, _NOBODY) | {company}
    said = {
        contract: [term.line for term in listed]
        for contract, listed in terms.of_contracts(
            connection, {row.contract for row in rows}
        ).items()
    }
    found = {
        row.obligation: StatementFacts(
            holder=row.company,
            start=row.first_day,
            end=_last_day(row),
            terms=terms_by_month(said.get(row.contract, ()), row.lot),
            works=tuple(works[row.obligation]),
            sent=came[row.obligation],
            worked=hours[row.obligation],
        )
        for row in rows
    }
    names = statements.company_names(connection, _companies(found.values(), said))
    return {key: facts._replace(names=names) for key, facts in found.items()}


def _last_day(row: ObligationRow) -> date | None:
    """The last day on which something is to be declared."""
    days = [day for day in (row.last_day, iso_date(row.closed_on)) if day is not None]
    return min(days, default=None)


def _companies(facts: Iterable[StatementFacts], said: dict[int, list[TermLine]]) -> set[int]:
    """Every company that may be named: holders, employers, senders, declarants of the terms."""
    found: set[int | None] = set()
    for one in facts:
        found.add(one.holder)
        found.update(work.employer for work in one.works)
        found.update(sent.sender for listed in one.sent.values() for sent in listed)
        found.update(*one.worked.values())
    for lines in said.values():
        for line in lines:
            found.update(terms_of([line], line.lot, line.valid_from or date.max).declarants)
    return {company for company in found if company is not None}
