"""From rows of the base to what the alerts know of the case of each open obligation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from suivi_tui.readings.obligation_case import ObligationCase, obligation_cases
from suivi_tui.reference.loader import Thresholds
from suivi_tui.rules.alert_case_facts import CaseFacts, ContractChange, NoticeFacts, TargetFacts
from suivi_tui.rules.owed_formula import FixedVolume, PerTranche
from suivi_tui.rules.reminders import ReminderSent
from suivi_tui.rules.statement_schedule import StatementFacts, awaited_statements
from suivi_tui.store.queries import contacts, facts_cases, letters
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.facts_cases import FiledRow
from suivi_tui.store.queries.obligations import ObligationRow, iso_date
from suivi_tui.vocabulary.choices import FollowUpKind
from suivi_tui.vocabulary.months import month_of, previous_month

_FOLLOWED_UP = (FollowUpKind.PENALTY.value, FollowUpKind.WAIVER.value)
# Whoever is named for a contract without a company speaks for its holder only.
_OF_THE_COMPANY = contacts.FOR_BUYER
_COMPANY, _OBLIGATION, _CONTRACT = "company", "obligation", "contract"


class _Filed(NamedTuple):
    """What was filed about the obligations and their contracts, by (entity, id)."""

    acts: Mapping[tuple[str, int], Sequence[FiledRow]]
    certified: set[int]
    penalties: Mapping[int, Sequence[date]]


def case_facts(
    connection: Connection,
    rows: Sequence[ObligationRow],
    statements: Mapping[int, StatementFacts],
    today: date,
    limits: Thresholds,
) -> dict[int, CaseFacts]:
    """By open obligation, its case on a day; the cost grows with these obligations only."""
    ids = [row.obligation for row in rows]
    cases = {case.obligation: case for case in obligation_cases(connection, today, limits, ids)}
    changes: dict[int, list[ContractChange]] = defaultdict(list)
    for row in facts_cases.changes(connection, ids):
        day = iso_date(row.date)
        if day is not None:
            change = ContractChange(row.event, day, row.kind, bool(row.linked))
            changes[row.obligation].append(change)
    awaited = {row.obligation: _awaited(statements[row.obligation], today, limits) for row in rows}
    silent = _unreachable(connection, awaited)
    reminders = _reminders(connection, rows, awaited)
    filed = _filed(connection, rows, today)
    notices = _notices(rows, filed, today)
    return {
        row.obligation: _case(cases[row.obligation])._replace(
            changes=tuple(changes.get(row.obligation, ())),
            certified=_certified(row, filed),
            notices=tuple(notices.get(row.obligation, ())),
            reminders=reminders[row.obligation],
            unreachable=silent[row.obligation],
        )
        for row in rows
    }


def _case(case: ObligationCase) -> CaseFacts:
    return CaseFacts(
        situation=case.situation,
        owed=case.owing.due(),
        written=isinstance(case.owing.formula, FixedVolume | PerTranche | None),
        targets=tuple(
            TargetFacts(row.target, reading)
            for row, reading in zip(case.target_rows, case.targets, strict=True)
        ),
    )


def _awaited(facts: StatementFacts, today: date, limits: Thresholds) -> tuple[int, ...]:
    """The companies that declare these days, the holder first: one must be able to reach them."""
    months = previous_month(month_of(today)), month_of(today)
    found = awaited_statements(facts, limits.alerts.statement_due_day, *months)
    return tuple(dict.fromkeys([facts.holder, *(one.sender for one in found)]))


def _unreachable(
    connection: Connection, awaited: Mapping[int, Iterable[int]]
) -> dict[int, tuple[int, ...]]:
    pairs = [(obligation, company) for obligation, listed in awaited.items() for company in listed]
    known = set()
    for row in contacts.speakers(connection, pairs):
        if (row.phone or row.mail) and (
            row.rank <= _OF_THE_COMPANY or row.company == next(iter(awaited[row.obligation]))
        ):
            known.add((row.obligation, row.company))
    return {
        obligation: tuple(company for company in listed if (obligation, company) not in known)
        for obligation, listed in awaited.items()
    }


def _reminders(
    connection: Connection,
    rows: Sequence[ObligationRow],
    awaited: Mapping[int, Iterable[int]],
) -> dict[int, dict[int, tuple[ReminderSent, ...]]]:
    """By obligation and company, what was filed about the company, the obligation or the contract:
    a reminder about one of the last two speaks to every company awaited there."""
    about = {
        _COMPANY: {company for listed in awaited.values() for company in listed},
        _OBLIGATION: {row.obligation for row in rows},
        _CONTRACT: {row.contract for row in rows},
    }
    sent: dict[tuple[str, int], list[ReminderSent]] = defaultdict(list)
    for entity, ids in about.items():
        for row in letters.reminders_sent(connection, entity, ids):
            day = iso_date(row.date)
            if day is not None:
                sent[entity, row.subject].append(ReminderSent(day, row.kind))
    if not sent:
        return {row.obligation: {} for row in rows}
    return {
        row.obligation: {
            company: tuple(
                reminder
                for key in (
                    (_COMPANY, company),
                    (_OBLIGATION, row.obligation),
                    (_CONTRACT, row.contract),
                )
                for reminder in sent.get(key, ())
            )
            for company in awaited[row.obligation]
        }
        for row in rows
    }


def _filed(connection: Connection, rows: Sequence[ObligationRow], today: date) -> _Filed:
    ids = [row.obligation for row in rows]
    about = {(_OBLIGATION, row.obligation) for row in rows}
    about |= {(_CONTRACT, row.contract) for row in rows}
    acts: dict[tuple[str, int], list[FiledRow]] = defaultdict(list)
    for act in facts_cases.filed(connection, about):
        day = iso_date(act.date)
        if day is not None and day <= today:
            acts[act.entity, act.subject].append(act)
    penalties: dict[int, list[date]] = defaultdict(list)
    for obligation, notice_on in facts_cases.penalty_notices(connection, ids):
        day = iso_date(notice_on)
        if day is not None:
            penalties[obligation].append(day)
    return _Filed(acts, facts_cases.certified(connection, ids), penalties)


def _about(row: ObligationRow, filed: _Filed) -> list[FiledRow]:
    keys = ((_OBLIGATION, row.obligation), (_CONTRACT, row.contract))
    return [act for key in keys for act in filed.acts.get(key, ())]


def _certified(row: ObligationRow, filed: _Filed) -> bool:
    acts = _about(row, filed)
    return row.obligation in filed.certified or any(
        act.kind == FollowUpKind.CERTIFICATE.value for act in acts
    )


def _notices(
    rows: Sequence[ObligationRow], filed: _Filed, today: date
) -> dict[int, list[NoticeFacts]]:
    """The formal notices sent; one about a whole contract is told on its first obligation."""
    found: dict[int, list[NoticeFacts]] = defaultdict(list)
    told: set[int] = set()
    for row in rows:
        acts = _about(row, filed)
        for act in acts:
            sent_on = iso_date(act.date)
            if act.kind != FollowUpKind.FORMAL_NOTICE.value or not act.sent or sent_on is None:
                continue
            if act.follow_up in told:
                continue
            told.add(act.follow_up)
            since = any(other.kind in _FOLLOWED_UP and other.date >= act.date for other in acts)
            since = since or any(day >= sent_on for day in filed.penalties.get(row.obligation, ()))
            notice = NoticeFacts(
                act.follow_up, sent_on, iso_date(act.due), answered=bool(act.done) or since
            )
            found[row.obligation].append(notice)
    return found
