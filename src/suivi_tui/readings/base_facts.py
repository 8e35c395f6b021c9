"""From rows of the base to what the alerts know of it as a whole: backups, people, purchases."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from suivi_tui.readings.outcomes import outcomes_due
from suivi_tui.reference.loader import AlertThresholds
from suivi_tui.rules.alert_facts import ContractFacts
from suivi_tui.rules.alerts_contract import PurchaseFacts
from suivi_tui.rules.alerts_whole import SameCompanies, SamePeople, ToAsk, WholeFacts
from suivi_tui.rules.outcome_points import PointState
from suivi_tui.rules.same_people import PersonSheet, alike, letters
from suivi_tui.store.queries import facts_base, facts_cases
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.vocabulary.dates import add_calendar_months
from suivi_tui.vocabulary.money import Money
from suivi_tui.vocabulary.months import last_day, month_of, previous_month
from suivi_tui.vocabulary.text import fold

KEPT_LIMIT = 500
PAIRS_LIMIT = 100
COMPANIES_LIMIT = 50
_DAY = len("2026-01-01")


def whole_facts(
    connection: Connection, people: Iterable[int], today: date, limits: AlertThresholds
) -> WholeFacts:
    """What is known of the base by the evening of a day.

    Duplicates are looked for around ``people``, those who work on what is followed.
    """
    written = facts_base.written(connection, (today + timedelta(days=1)).isoformat())
    over = add_calendar_months(today, -limits.retention_months)
    month = month_of(over) if over == last_day(month_of(over)) else previous_month(month_of(over))
    kept = facts_base.kept_too_long(connection, over.isoformat(), month, KEPT_LIMIT + 1)
    due = outcomes_due(connection, today, limits.outcome_months)
    invented = facts_base.is_demonstration(connection)
    return WholeFacts(
        backed_up_on=iso_date((written.backup or "")[:_DAY]),
        begun_on=iso_date((written.first or "")[:_DAY]),
        written_since=not invented and (written.last or "") > (written.backup or ""),
        kept_too_long=tuple(kept[:KEPT_LIMIT]),
        kept_more=len(kept) > KEPT_LIMIT,
        to_ask=tuple(
            ToAsk(one.person.participant, one.point.point, one.point.due)
            for one in due
            if one.point.state is PointState.TO_ASK
        ),
        same_people=tuple(_same_people(connection, people)),
        same_companies=tuple(
            SameCompanies(name, companies)
            for name, companies in facts_base.same_sirets(connection, COMPANIES_LIMIT)
        ),
    )


def _same_people(connection: Connection, people: Iterable[int]) -> list[SamePeople]:
    known = [_sheet(row) for row in facts_base.named(connection, people)]
    by_name: dict[str, list[PersonSheet]] = defaultdict(list)
    for row in facts_base.with_last_names(connection, [fold(sheet.last) for sheet in known]):
        by_name[letters(row.last)].append(_sheet(row))
    found: dict[tuple[int, int], SamePeople] = {}
    for sheet in known:
        for other in by_name[letters(sheet.last)]:
            first, second = sorted((sheet.participant, other.participant))
            if first == second or (first, second) in found:
                continue
            sure = alike(sheet, other)
            if sure is not None:
                found[first, second] = SamePeople(first, second, sure)
    return sorted(found.values(), key=lambda pair: (not pair.sure, pair))[:PAIRS_LIMIT]


def _sheet(row: facts_base.NamedRow) -> PersonSheet:
    return PersonSheet(row.participant, row.last, row.first, iso_date(row.birth))


def purchase_facts(
    rows: Iterable[facts_cases.PurchaseRow], contracts: Mapping[int, ContractFacts]
) -> tuple[PurchaseFacts, ...]:
    """Contracts as their buyers prepare them."""
    return tuple(
        PurchaseFacts(
            contract=contracts[row.contract],
            category=row.category,
            buyer_kind=row.buyer_kind,
            amount=None if row.amount_cents is None else Money(row.amount_cents),
            clause_form=row.clause_form,
            launched_on=iso_date(row.notice_sent_on),
            answer_due=iso_date(row.answer_due),
            answer_weeks=row.answer_weeks,
            grounded=bool(row.grounded),
            asked_on=iso_date(row.asked_on),
            answered_on=iso_date(row.answered_on),
            network_operator=bool(row.network_operator),
        )
        for row in rows
        if row.contract in contracts
    )


def least_threshold(limits: AlertThresholds) -> Money | None:
    """The lowest European threshold of all; None when the law does not apply."""
    if limits.clause_since is None:
        return None
    amounts = (
        amount
        for period in limits.european
        for amount in (period.works, period.others, period.state)
    )
    return min(amounts, default=None)
