"""Alerts of an obligation or of its contract: one small rule for each kind."""

from collections.abc import Callable
from datetime import date, timedelta

from suivi_tui.reference.loader import AlertThresholds
from suivi_tui.rules.alert_facts import ObligationFacts
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
from suivi_tui.rules.catch_up import Outlook, catch_up
from suivi_tui.rules.obligation import hours_owed
from suivi_tui.rules.rate import achievement_rate, pace, remaining
from suivi_tui.rules.reminders import Step, next_reminder
from suivi_tui.rules.statement_schedule import Awaited, awaited_statements, watched_months
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.dates import add_calendar_months, format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, format_month
from suivi_tui.vocabulary.numbers import NBSP, format_percent, plural

_TENTHS = 10
_LEVEL_2 = 1_000
_REMINDERS = {
    Step.WAIT: "Attendre la réponse à la relance, ou appeler",
    Step.SECOND: "Faire une relance de second niveau",
    Step.EXHAUSTED: "Proposer une mise en demeure à l'acheteur",
}


def steps(hours: Hours, facts: ObligationFacts) -> int:
    """Hours in whole tenths of what is owed: a few hours more are not a worse case."""
    owed = hours_owed(facts.events)
    return hours * _TENTHS // owed if owed else 0


def obligation_alert(
    kind: AlertKind,
    facts: ObligationFacts,
    message: str,
    *,
    gravity: Gravity | None = None,
    month: Month | None = None,
    about: str = "",
    measure: int = 0,
    action: str = "",
    due: date | None = None,
) -> Alert:
    """An alert of an obligation; ``about`` is added when it may raise several at once."""
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
        action=action or kind.action,
        about=f"obligation:{facts.obligation}" + (f"/{about}" if about else ""),
        measure=measure,
        due=due,
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
    expected = facts.expected(today)
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
    return [
        obligation_alert(
            LATE,
            facts,
            message,
            gravity=Gravity.CRITICAL if extreme else None,
            measure=steps(Hours(expected - facts.acquired), facts),
        )
    ]


def statement_missing(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``releve_manquant``: nothing came of a sender for a period whose due day has passed.

    Neither a statement nor an hour line. Only the last months are watched; the month of the alert
    is the last one missing. A sender that is not the holder is named. It is of level 2 once a
    reminder stayed without effect for some days, or after many days late.
    """
    known = facts.statements
    if not facts.contract.under_way:
        return []
    first, last = watched_months(today, limits.statement_months_back)
    found = []
    for awaited in awaited_statements(known, limits.statement_due_day, first, last):
        if awaited.late(today):
            found.append(_missing(facts, awaited, limits, today))
    return found


def _missing(
    facts: ObligationFacts, awaited: Awaited, limits: AlertThresholds, today: date
) -> Alert:
    known, period = facts.statements, awaited.period
    name = "" if awaited.sender == known.holder else known.names.get(awaited.sender, "")
    what = "Aucun relevé ni aucune heure"
    said = f"{name}{NBSP}: {what.lower()}" if name else what
    when = f"le {period.label}" if period.quarterly else period.label
    if awaited.silent != tuple(period.months):
        when = ", ".join(format_month(month) for month in awaited.silent)
    sent = [
        reminder
        for reminder in facts.case.reminders.get(awaited.sender, ())
        if period.late_since <= reminder.made_on <= today
    ]
    level_2 = period.days_late(today) > limits.statement_level_2_days or any(
        (today - reminder.made_on).days > limits.reminder_level_2_days for reminder in sent
    )
    reminded = ""
    if sent:
        latest = max(reminder.made_on for reminder in sent)
        reminded = f" Relance du {format_date(latest)} sans effet."
    step, latest_sent = next_reminder(period.late_since, sent, today, limits.reminder_level_2_days)
    due = period.due_on
    if step is Step.WAIT and latest_sent is not None:
        # Nothing is to be done before the day on which the next reminder may be made.
        due = latest_sent + timedelta(days=limits.reminder_level_2_days + 1)
    alert = obligation_alert(
        STATEMENT_MISSING,
        facts,
        f"{said} pour {when}.{reminded}",
        month=awaited.silent[-1],
        # The first month of the period, which stays when a later one comes.
        about=f"expediteur:{awaited.sender}/mois:{period.first}",
        measure=len(awaited.silent) + (_LEVEL_2 if level_2 else 0),
        action=_REMINDERS.get(step, ""),
        due=due,
    )
    level = 2 if level_2 else 1
    return alert._replace(sender=awaited.sender, silent=awaited.silent, level=level)


def end_near(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``fin_proche``: the end is near or has passed, and hours are left.

    Hours left only because they await validation are never critical. While the people present
    can do what is left, it is information only.
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
    case = facts.case.situation
    enough = case is not None and days >= 0 and catch_up(case).outlook is Outlook.ON_COURSE
    grave = days < 0 or (days <= limits.end_critical_days and low)
    pending = Hours(facts.acquired - facts.validated)
    if days < 0:
        when = f"Terminé depuis le {format_date(end)}"
    elif days == 0:
        when = "Se termine aujourd'hui"
    else:
        when = f"Se termine le {format_date(end)}, dans {plural(days, 'jour', 'jours')}"
    waiting = f", dont {format_hours(pending)} à valider" if pending > 0 else ""
    message = f"{when}{NBSP}: il reste {format_hours(left)} à réaliser{waiting}."
    return [
        obligation_alert(
            END_NEAR,
            facts,
            message,
            gravity=Gravity.INFO if enough else Gravity.CRITICAL if grave and unworked else None,
            measure=steps(left, facts),
            due=end,
        )
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
    return [obligation_alert(NO_PARTICIPANT, facts, message)]


def objective_unknown(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``objectif_a_saisir``: the contract runs and nobody knows how many hours are owed."""
    if not facts.contract.under_way or hours_owed(facts.events) is not None:
        return []
    message = (
        f"Les heures à réaliser ne sont pas connues{NBSP}: l'obligation ne peut pas être suivie."
    )
    return [obligation_alert(OBJECTIVE_UNKNOWN, facts, message)]


def start_unknown(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``demarrage_a_saisir``: hours are owed, the contract should have begun, no start is known.

    A contract to be notified or to start later has not begun.
    """
    contract = facts.contract
    if facts.start is not None or not contract.under_way or not hours_owed(facts.events):
        return []
    if any(day is not None and day > today for day in (contract.notified_on, contract.start)):
        return []
    message = f"La date de démarrage n'est pas connue{NBSP}: le rythme ne peut pas être calculé."
    return [obligation_alert(START_UNKNOWN, facts, message)]


ObligationRule = Callable[[ObligationFacts, AlertThresholds, date], list[Alert]]

OBLIGATION_RULES: tuple[ObligationRule, ...] = (
    late,
    statement_missing,
    end_near,
    no_participant,
    objective_unknown,
    start_unknown,
)
