"""Alerts of the case of an obligation: what will be missed, what was left without an answer."""

from collections.abc import Callable
from datetime import date

from suivi_tui.reference.loader import AlertThresholds
from suivi_tui.rules.alert_case_facts import ContractChange
from suivi_tui.rules.alert_facts import ObligationFacts
from suivi_tui.rules.alert_kinds import (
    CATCH_UP,
    NO_CONTACT,
    NOTICE_EXPIRED,
    OBJECTIVE_TO_REVIEW,
    REPORT_DUE,
    TARGET_MISSED,
    Alert,
    days_until,
)
from suivi_tui.rules.alerts_obligation import obligation_alert
from suivi_tui.rules.catch_up import Outlook, Situation, catch_up, months_open
from suivi_tui.rules.obligation import hours_owed
from suivi_tui.vocabulary.choices import ContractEventKind, Gravity, label_of
from suivi_tui.vocabulary.choices.formulas import TargetState
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.numbers import NBSP, plural


def full_timers(owed: Hours | None, situation: Situation, limits: AlertThresholds) -> int:
    """How many full-timers a company can be expected to bring to catch up.

    So many times the mean number that the whole obligation asks for over its duration, and never
    less than the least number: an obligation of 9 500 h cannot be judged on one person.
    """
    months = months_open(situation.calendar, situation.since or situation.today, situation.end)
    least = limits.catch_up_full_timers
    if not owed or months <= 0:
        return least
    wanted = limits.catch_up_times * owed / (months * situation.full_time.month)
    return max(least, -(-wanted.numerator // wanted.denominator))


def catch_up_near(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``rattrapage``: help must come by a day that is near, or came too late (critical).

    Only on site and before the end: afterwards ``fin_proche`` says that hours are missing.
    """
    situation = facts.case.situation
    if situation is None or facts.start is None or not facts.start <= today <= situation.end:
        return []
    number = full_timers(facts.case.owed, situation, limits)
    found = catch_up(situation._replace(today=today, full_timers=number))
    if found.outlook not in (Outlook.HELP_NEEDED, Outlook.TOO_LATE):
        return []
    late = found.outlook is Outlook.TOO_LATE
    if not late and days_until(found.last_day or today, today) > limits.catch_up_days:
        return []
    return [
        obligation_alert(
            CATCH_UP,
            facts,
            found.sentence,
            gravity=Gravity.CRITICAL if late else None,
            # In months of a full-timer: the days that pass are not a worse case.
            measure=found.shortfall // situation.full_time.month,
            due=found.last_day,
        )
    ]


def target_missed(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``cible_manquee``: the end is near or has passed, and a target is surely not reached.

    A target that cannot be told, for want of data on people, raises nothing.
    """
    end = facts.last_day
    if end is None or days_until(end, today) > limits.target_days:
        return []
    when = "Fin passée" if end < today else "Fin"
    found = []
    for target, reading in facts.case.targets:
        if reading.state is TargetState.MISSING:
            missing = reading.missing // 100 if reading.target.in_hours else reading.missing
            message = f"{reading.sentence} {when} le {format_date(end)}."
            about = f"cible:{target}"
            found.append(
                obligation_alert(
                    TARGET_MISSED, facts, message, about=about, measure=missing, due=end
                )
            )
    return found


def objective_to_review(
    facts: ObligationFacts, limits: AlertThresholds, today: date
) -> list[Alert]:
    """``objectif_a_revoir``: the amount or the duration changed since the objective was set.

    A movement of the objective from that day on answers the change, and so does one that says it
    comes from it. Formulas that follow amounts or years by themselves ask for nothing.
    """
    if not facts.case.written or hours_owed(facts.events) is None:
        return []
    last = max(event.date for event in facts.events)
    waiting = [
        change
        for change in facts.case.changes
        if not change.answered and last < change.date <= today
    ]
    if not waiting:
        return []
    named = ", ".join(_named(change) for change in waiting)
    message = f"Le marché a changé depuis que l'objectif est fixé{NBSP}: {named}."
    return [obligation_alert(OBJECTIVE_TO_REVIEW, facts, message, measure=len(waiting))]


def _named(change: ContractChange) -> str:
    kind = label_of(ContractEventKind, change.kind).lower()
    return f"{kind} du {format_date(change.date)}"


def report_due(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``bilan_a_etablir``: ended for some days, still open, and nothing was established."""
    end = facts.last_day
    if end is None or facts.case.certified or not facts.contract.under_way:
        return []
    days = (today - end).days
    if days < limits.report_days or days < 0:
        return []
    message = (
        f"Terminée depuis le {format_date(end)} sans attestation ni bilan{NBSP}: l'obligation "
        "reste ouverte."
    )
    return [obligation_alert(REPORT_DUE, facts, message, due=end)]


def notice_expired(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``mise_en_demeure_echue``: the delay of a formal notice has passed, and nothing followed."""
    found = []
    for notice in facts.case.notices:
        if notice.answered or notice.due is None or notice.due >= today:
            continue
        message = (
            f"Mise en demeure du {format_date(notice.date)}{NBSP}: délai passé depuis le "
            f"{format_date(notice.due)}, sans réponse notée."
        )
        about = f"mise_en_demeure:{notice.follow_up}"
        found.append(obligation_alert(NOTICE_EXPIRED, facts, message, about=about, due=notice.due))
    return found


def no_contact(facts: ObligationFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``sans_contact``: on site, and companies that declare can neither be called nor mailed."""
    end, unknown = facts.last_day, facts.case.unreachable
    if not unknown or not facts.contract.under_way or facts.start is None:
        return []
    if facts.start > today or (end is not None and end < today):
        return []
    if len(unknown) > 1:
        who = f"{plural(len(unknown), 'entreprise', 'entreprises')} qui déclarent n'ont"
    elif unknown[0] == facts.company:
        who = "Le titulaire n'a"
    else:
        who = f"{facts.statements.names.get(unknown[0]) or 'Une entreprise qui déclare'} n'a"
    message = f"{who} aucun contact avec un téléphone ou un courriel."
    alert = obligation_alert(NO_CONTACT, facts, message, measure=len(unknown))
    return [alert._replace(concerns=tuple(("company", company) for company in unknown))]


CaseRule = Callable[[ObligationFacts, AlertThresholds, date], list[Alert]]

CASE_RULES: tuple[CaseRule, ...] = (
    catch_up_near,
    target_missed,
    objective_to_review,
    report_due,
    notice_expired,
    no_contact,
)
