"""Alerts of an obligation or of its contract: one small rule for each kind."""

from collections.abc import Callable
from datetime import date, timedelta

from suivi_tui.reference.loader import AlertThresholds
from suivi_tui.rules.alert_facts import ContractFacts, ObligationFacts
from suivi_tui.rules.alert_kinds import (
    END_NEAR,
    LATE,
    NO_PARTICIPANT,
    OBJECTIVE_UNKNOWN,
    START_UNKNOWN,
    STATEMENT_MISSING,
    Alert,
    AlertKind,
    days_until,
)
from suivi_tui.rules.obligation import hours_owed
from suivi_tui.rules.rate import achievement_rate, pace, remaining
from suivi_tui.rules.schedule import expected_hours
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.dates import add_calendar_months, format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import (
    Month,
    add_months,
    first_day,
    format_month,
    month_of,
    months_between,
    next_month,
)
from suivi_tui.vocabulary.numbers import format_percent, plural


def _alert(
    kind: AlertKind,
    facts: ObligationFacts,
    message: str,
    *,
    gravity: Gravity | None = None,
    month: Month | None = None,
) -> Alert:
    return Alert(
        code=kind.code,
        gravity=gravity or kind.gravity,
        contract=facts.contract.contract,
        lot=facts.lot,
        obligation=facts.obligation,
        company=facts.company,
        participant=None,
        month=month,
        message=message,
        action=kind.action,
    )


def late(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``retard``: too few hours acquired for the hours expected to date.

    Nothing is judged before some months on site, nor without a start, an end and an objective.
    """
    start, end = facts.start, facts.last_day
    if start is None or end is None or start > today:
        return []
    if today < add_calendar_months(start, limits.pace_months):
        return []
    expected = expected_hours(facts.events, start, end, today)
    reached = pace(facts.acquired, expected)
    if reached is None or expected is None or reached >= limits.pace_minimum:
        return []
    days = max((end - start).days + 1, 1)
    left = max(days_until(end, today), 0)
    extreme = reached < limits.pace_critical and left < limits.pace_time_left * days
    message = (
        f"{format_hours(facts.acquired)} acquises pour {format_hours(expected)} attendues au "
        f"{format_date(today)}, soit {format_percent(reached)}."
    )
    return [_alert(LATE, facts, message, gravity=Gravity.CRITICAL if extreme else None)]


def months_due(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Month]:
    """The months whose statement is due: begun on site, not ended, the limit day passed.

    Only the last months are watched; an unknown start means that nothing is awaited.
    """
    if facts.start is None:
        return []
    first = max(month_of(facts.start), add_months(month_of(today), -limits.statement_months_back))
    last = month_of(today)
    if facts.last_day is not None:
        last = min(last, month_of(facts.last_day))
    grace = timedelta(days=limits.statement_due_day - 1)
    return [
        month
        for month in months_between(first, last)
        if today > first_day(next_month(month)) + grace
    ]


def statement_missing(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``releve_manquant``: neither a statement nor an hour line for a month that is due."""
    return [
        _alert(
            STATEMENT_MISSING,
            facts,
            f"Aucun relevé ni aucune heure pour {format_month(month)}.",
            month=month,
        )
        for month in months_due(facts, limits, today)
        if month not in facts.months_seen
    ]


def end_near(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``fin_proche``: the end is near or has passed, and hours are left.

    Hours left only because they await validation are never critical.
    """
    end = facts.last_day
    owed = hours_owed(facts.events)
    left = remaining(facts.validated, owed)
    if end is None or not left or days_until(end, today) > limits.end_days:
        return []
    days = days_until(end, today)
    rate = achievement_rate(facts.validated, owed)
    low = rate is not None and rate < limits.end_critical_rate
    unworked = remaining(facts.acquired, owed)
    grave = days < 0 or (days <= limits.end_critical_days and low)
    pending = Hours(facts.acquired - facts.validated)
    if days < 0:
        when = f"Terminé depuis le {format_date(end)}"
    elif days == 0:
        when = "Se termine aujourd'hui"
    else:
        when = f"Se termine le {format_date(end)}, dans {plural(days, 'jour', 'jours')}"
    waiting = f", dont {format_hours(pending)} à valider" if pending > 0 else ""
    message = f"{when}\u00a0: il reste {format_hours(left)} à réaliser{waiting}."
    return [
        _alert(END_NEAR, facts, message, gravity=Gravity.CRITICAL if grave and unworked else None)
    ]


def no_participant(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``sans_participant``: on site for a while, and nobody was ever placed."""
    if facts.start is None or facts.placements or facts.declared or hours_owed(facts.events) == 0:
        return []
    days = (today - facts.start).days
    if days < limits.no_participant_days:
        return []
    message = (
        f"Démarré depuis {plural(days, 'jour', 'jours')} ({format_date(facts.start)}) sans aucun "
        "participant ni aucune heure."
    )
    return [_alert(NO_PARTICIPANT, facts, message)]


def objective_unknown(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``objectif_a_saisir``: the contract runs and nobody knows how many hours are owed."""
    if not facts.contract.under_way or hours_owed(facts.events) is not None:
        return []
    message = (
        "Les heures à réaliser ne sont pas connues\u00a0: l'obligation ne peut pas être suivie."
    )
    return [_alert(OBJECTIVE_UNKNOWN, facts, message)]


def start_unknown(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``demarrage_a_saisir``: hours are owed, the contract should have begun, no start is known.

    A contract to be notified or to start later has not begun.
    """
    contract = facts.contract
    if facts.start is not None or not contract.under_way or not hours_owed(facts.events):
        return []
    if any(day is not None and day > today for day in (contract.notified_on, contract.start)):
        return []
    message = "La date de démarrage n'est pas connue\u00a0: le rythme ne peut pas être calculé."
    return [_alert(START_UNKNOWN, facts, message)]


ObligationRule = Callable[[ObligationFacts, AlertThresholds, date], list[Alert]]

OBLIGATION_RULES: tuple[ObligationRule, ...] = (
    late,
    statement_missing,
    end_near,
    no_participant,
    objective_unknown,
    start_unknown,
)


def contract_without_obligation(facts: ContractFacts) -> list[Alert]:
    """``objectif_a_saisir`` for a contract that runs and carries no obligation at all."""
    if facts.obligations or not facts.under_way:
        return []
    return [
        Alert(
            code=OBJECTIVE_UNKNOWN.code,
            gravity=OBJECTIVE_UNKNOWN.gravity,
            contract=facts.contract,
            lot=None,
            obligation=None,
            company=None,
            participant=None,
            month=None,
            message="Aucune obligation saisie\u00a0: les heures à réaliser ne sont pas connues.",
            action=OBJECTIVE_UNKNOWN.action,
        )
    ]
