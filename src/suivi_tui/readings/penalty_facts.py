"""What the base says of the breaches of one obligation: hours missing, statements late, notice."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from suivi_tui.readings.pace import obligation_paces
from suivi_tui.readings.statement_facts import known_statements
from suivi_tui.reference.loader import Thresholds
from suivi_tui.rules.indicators import Totals
from suivi_tui.rules.penalties import BreachFacts
from suivi_tui.rules.statement_schedule import Awaited, awaited_statements
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import ObligationRow, iso_date, sums
from suivi_tui.store.queries.penalties import NoticeRow
from suivi_tui.store.queries.statements import StatementRow
from suivi_tui.vocabulary.choices.penalties import Breach
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import add_months, month_of
from suivi_tui.vocabulary.numbers import plural
from suivi_tui.vocabulary.typography import french

_MONTHS_BACK: Final = 240
_NAMED: Final = 4


class Notice(NamedTuple):
    """The formal notice that penalties run from: its day, and the last day it left to comply."""

    on: date
    deadline: date | None


class Finding(NamedTuple):
    """What happened for one breach: facts (None: nothing), and where they come from."""

    breach: Breach
    facts: BreachFacts | None
    told: str
    typed: bool = False


def latest_notice(rows: Iterable[NoticeRow], on: date) -> Notice | None:
    """The last notice sent by that day. The latest one: no earlier day can be held against the
    company without somebody saying so."""
    for row in rows:
        day = iso_date(row.date)
        if row.sent and day is not None and day <= on:
            return Notice(day, iso_date(row.due))
    return None


def with_notice(facts: BreachFacts, notice: Notice | None) -> BreachFacts:
    """The same facts, counted from a notice."""
    if notice is None:
        return facts
    return facts._replace(notice_on=notice.on, notice_deadline=notice.deadline)


def findings(
    connection: Connection,
    row: ObligationRow,
    on: date,
    limits: Thresholds,
    notice: Notice | None,
) -> dict[Breach, Finding]:
    """By breach, what the base says on a day; what it knows nothing of is to be typed."""
    found = {
        Breach.HOURS: _hours(connection, row, on, limits),
        Breach.STATEMENT: _statements(connection, row, on, limits, notice),
    }
    nothing = "à saisir s'il y a lieu"
    for breach in Breach:
        item = found.setdefault(breach, Finding(breach, None, nothing))
        if item.facts is not None:
            found[breach] = item._replace(facts=with_notice(item.facts, notice))
    return found


def _hours(connection: Connection, row: ObligationRow, on: date, limits: Thresholds) -> Finding:
    paces = obligation_paces(connection, on, contract=row.contract, thresholds=limits)
    pace = next((one for one in paces if one.obligation == row.obligation), None)
    if pace is None or pace.owed is None:
        return Finding(Breach.HOURS, None, "objectif inconnu : rien ne peut être calculé")
    done = sums(connection, [row.obligation], None, month_of(on)).get(row.obligation, Totals())
    missing = Hours(max(pace.owed - done.validated, 0))
    told = f"{format_hours(pace.owed)} dues, {format_hours(done.validated)} validées"
    if done.pending:
        told += f", {format_hours(done.pending)} à valider qui ne sont pas comptées"
    if pace.end is None:
        told += " ; fin inconnue"
    elif on <= pace.end:
        told += f" ; l'obligation court jusqu'au {format_date(pace.end)}"
    if not missing:
        return Finding(Breach.HOURS, None, french(f"{told} : rien ne manque"))
    facts = BreachFacts(Breach.HOURS, missing=missing, due_on=pace.end)
    return Finding(Breach.HOURS, facts, french(told))


def _statements(
    connection: Connection,
    row: ObligationRow,
    on: date,
    limits: Thresholds,
    notice: Notice | None,
) -> Finding:
    """One delay for all the statements concerned, until the last of them came.

    Those that a notice asks for were due by then; without a notice, those still missing. Several
    missing at once are one delay: more would need the contract to say so.
    """
    first, last = add_months(month_of(on), -_MONTHS_BACK), month_of(on)
    if row.first_day is not None:
        first = max(first, month_of(row.first_day))
    known = known_statements(connection, [row], first, last)
    awaited = awaited_statements(
        known.facts[row.obligation], limits.alerts.statement_due_day, first, last
    )
    due = [item for item in awaited if item.period.due_on < on]
    came = {id(item): None if item.silent else _came(item, known.sent, row.company) for item in due}
    if notice is not None:
        asked = [item for item in due if item.period.due_on <= notice.on]
        concerned = [
            item for item in asked if item.silent or (came[id(item)] or date.min) > notice.on
        ]
    else:
        concerned = [item for item in due if item.silent]
    if not concerned:
        return Finding(Breach.STATEMENT, None, "aucun relevé en retard")
    days = [came[id(item)] for item in concerned]
    received = None if any(item.silent for item in concerned) else max(filter(None, days))
    facts = BreachFacts(
        Breach.STATEMENT,
        due_on=min(item.period.due_on for item in concerned),
        received_on=received,
    )
    return Finding(Breach.STATEMENT, facts, _late(concerned, known.facts[row.obligation].names))


def _came(item: Awaited, sent: Iterable[StatementRow], holder: int) -> date | None:
    """The day on which the last statement of a period came; None when nobody wrote it down."""
    days = [
        iso_date(one.received_on)
        for one in sent
        if one.month in item.months and one.sender in (item.sender, None, holder)
    ]
    return max(filter(None, days), default=None)


def _late(concerned: list[Awaited], names: Mapping[int, str]) -> str:
    listed = [
        f"{item.period.label} ({names.get(item.sender, 'expéditeur inconnu')})"
        for item in concerned[:_NAMED]
    ]
    more = len(concerned) - _NAMED
    listed += [plural(more, "autre", "autres")] if more > 0 else []
    return french("en retard : " + ", ".join(listed))
